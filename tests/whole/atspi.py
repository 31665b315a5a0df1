"""A screen reader's view of a program: its accessible objects, read and worked through AT-SPI over D-Bus.

Nothing is kept between two questions, so that what is told is what the program says now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_PREFIX: Final = "org.a11y.atspi."
_REGISTRY: Final = "org.a11y.atspi.Registry"
_ROOT: Final = "/org/a11y/atspi/accessible/root"
_CALL_LIMIT_S: Final = 20.0
_LABELLED_BY: Final = 2
# The bits of AT-SPI's state set that are asked for here.
STATES: Final = {
    "checked": 4, "editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "multi line": 17, "selected": 23,
    "showing": 25,
}  # fmt: skip
# The sorts of GenerateKeyboardEvent.
_PRESS, _RELEASE, _SYMBOL = 0, 1, 3
KEYS: Final = {"Tab": 0xFF09, "Right": 0xFF53, "Left": 0xFF51, "Down": 0xFF54, "Return": 0xFF0D, "Escape": 0xFF1B,
               "F4": 0xFFC1, "End": 0xFF57, "Home": 0xFF50, "F1": 0xFFBE, "Backspace": 0xFF08, "Space": 0x20,
               "=": 0x3D, "C": 0x63, "G": 0x67, "S": 0x73}  # fmt: skip
# Hardware key codes, the same on every X server with the evdev layout.
MODIFIERS: Final = {"Shift": 50, "Control": 37, "Alt": 64}


class GoneError(Exception):
    """The object or the program it belongs to does not answer any more."""


class Bus:
    """A connection to the accessibility bus of the desktop with the session bus at *session_address*."""

    def __init__(self, session_address: str) -> None:
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # it has no types

        with closing(open_dbus_connection(session_address, auth_timeout=_CALL_LIMIT_S)) as session:
            self._connection = session
            (address,) = self.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        self._connection = open_dbus_connection(address, auth_timeout=_CALL_LIMIT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def call(self, owner: str, path: str, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        """Call a method and return what it returns, a tuple; raises GoneError."""
        from jeepney import (  # type: ignore[import-untyped]  # it has no types
            DBusAddress,
            DBusErrorResponse,
            new_method_call,
        )
        from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]  # it has no types

        message = new_method_call(DBusAddress(path, bus_name=owner, interface=interface), method, signature, body)
        try:
            return unwrap_msg(self._connection.send_and_get_reply(message, timeout=_CALL_LIMIT_S))
        except (DBusErrorResponse, TimeoutError, ConnectionError) as error:
            raise GoneError(f"{method} of {path}: {error}") from error

    def application(self, pid: int) -> Node | None:
        """Return the root of the program that runs as *pid*, or None while it is not known here."""
        for node in Node(self, _REGISTRY, _ROOT).children():
            try:
                (owner_pid,) = self.call(
                    "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                    "GetConnectionUnixProcessID", "s", node.owner,
                )  # fmt: skip
            except GoneError:
                continue
            if owner_pid == pid:
                return node
        return None

    def listen(self, *events: str) -> None:
        """Ask every program to tell *events*, such as ``object:``, as it does while a screen reader runs."""
        for event in events:
            self.call(_REGISTRY, "/org/a11y/atspi/registry", _REGISTRY, "RegisterEvent", "s", event)

    def press(self, key: str, *modifiers: str) -> None:
        """Press and release *key* of `KEYS` on the keyboard while *modifiers* are held."""
        for modifier in modifiers:
            self._keyboard(MODIFIERS[modifier], _PRESS)
        self._keyboard(KEYS[key], _SYMBOL)
        for modifier in modifiers:
            self._keyboard(MODIFIERS[modifier], _RELEASE)

    def click(self, x_px: int, y_px: int, *, twice: bool = False) -> None:
        """Click with the left button at this place of the screen."""
        self._devices("GenerateMouseEvent", "iis", x_px, y_px, "b1d" if twice else "b1c")

    def point_at(self, x_px: int, y_px: int) -> None:
        """Move the pointer there."""
        self._devices("GenerateMouseEvent", "iis", x_px, y_px, "abs")

    def _keyboard(self, code: int, sort: int) -> None:
        self._devices("GenerateKeyboardEvent", "isu", code, "", sort)

    def _devices(self, method: str, signature: str, *body: Any) -> None:
        path, interface = "/org/a11y/atspi/registry/deviceeventcontroller", f"{_PREFIX}DeviceEventController"
        self.call(_REGISTRY, path, interface, method, signature, *body)


@dataclass(frozen=True)
class Node:
    """One accessible object; every property is asked for anew and may raise GoneError."""

    bus: Bus
    owner: str
    path: str

    @property
    def name(self) -> str:
        """What a screen reader calls it."""
        return str(self._property(_ACCESSIBLE, "Name"))

    @property
    def description(self) -> str:
        """What a screen reader says about it."""
        return str(self._property(_ACCESSIBLE, "Description"))

    @property
    def role(self) -> str:
        """Its role in words."""
        (role,) = self._ask(_ACCESSIBLE, "GetRoleName")
        return str(role)

    @property
    def interfaces(self) -> set[str]:
        """The interfaces it offers, such as ``Value``."""
        (names,) = self._ask(_ACCESSIBLE, "GetInterfaces")
        return {name.removeprefix(_PREFIX) for name in names}

    @property
    def states(self) -> set[str]:
        """The states of `STATES` it is in."""
        ((low, high),) = self._ask(_ACCESSIBLE, "GetState")
        bits = low | high << 32
        return {name for name, bit in STATES.items() if bits >> bit & 1}

    @property
    def text(self) -> str:
        """All its text."""
        (text,) = self._ask(f"{_PREFIX}Text", "GetText", "ii", 0, -1)
        return str(text)

    @property
    def value(self) -> float:
        """The number it stands at."""
        return float(self._property(f"{_PREFIX}Value", "CurrentValue"))

    @property
    def value_range(self) -> tuple[float, float]:
        """The lowest and the highest number it takes."""
        of = f"{_PREFIX}Value"
        return float(self._property(of, "MinimumValue")), float(self._property(of, "MaximumValue"))

    @property
    def middle(self) -> tuple[int, int]:
        """Its middle on the screen, in pixels."""
        ((x, y, width, height),) = self._ask(f"{_PREFIX}Component", "GetExtents", "u", 0)
        return x + width // 2, y + height // 2

    def labels(self) -> list[Node]:
        """Return the labels that stand for it."""
        (relations,) = self._ask(_ACCESSIBLE, "GetRelationSet")
        targets = [target for sort, targets in relations if sort == _LABELLED_BY for target in targets]
        return [Node(self.bus, owner, path) for owner, path in targets]

    def children(self) -> list[Node]:
        """Return what lies directly beneath it."""
        (children,) = self._ask(_ACCESSIBLE, "GetChildren")
        return [Node(self.bus, owner, path) for owner, path in children]

    def walk(self) -> Iterator[Node]:
        """Yield itself and everything beneath it that still answers, parents first."""
        yield self
        try:
            children = self.children()
        except GoneError:
            return
        for child in children:
            yield from child.walk()

    def write(self, text: str) -> None:
        """Replace its text."""
        (done,) = self._ask(f"{_PREFIX}EditableText", "SetTextContents", "s", text)
        assert done, f"{self.path} takes no text"

    def set_value(self, number: float) -> None:
        """Let it stand at *number*."""
        body = (f"{_PREFIX}Value", "CurrentValue", ("d", number))
        self.bus.call(self.owner, self.path, "org.freedesktop.DBus.Properties", "Set", "ssv", *body)

    def press(self) -> None:
        """Do its first action, as a click does."""
        (done,) = self._ask(f"{_PREFIX}Action", "DoAction", "i", 0)
        assert done, f"{self.path} does nothing"

    def focus(self) -> None:
        """Give it the keyboard."""
        self._ask(f"{_PREFIX}Component", "GrabFocus")

    def _ask(self, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        return self.bus.call(self.owner, self.path, interface, method, signature, *body)

    def _property(self, interface: str, name: str) -> Any:
        path, of = self.path, "org.freedesktop.DBus.Properties"
        ((_signature, value),) = self.bus.call(self.owner, path, of, "Get", "ss", interface, name)
        return value
