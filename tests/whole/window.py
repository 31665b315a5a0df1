"""The real program on a desktop of its own, worked from this process by nothing but accessible names."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from tests.programs import CHECKOUT
from tests.whole.atspi import Bus, GoneError, Node
from tests.xserver import Desktop, wait_until

# A drawn picture of 17 megapixels on a busy machine takes its time.
TASK_LIMIT_S: Final = 60.0
# What takes a second on a machine at rest.
LIMIT_S: Final = 60.0
Found = TypeVar("Found")


@dataclass(frozen=True)
class Glance:
    """What an object said of itself a moment ago; a combo box goes by its label too."""

    node: Node
    name: str
    label: str
    role: str
    states: frozenset[str]


class Window:
    """The window of a running program, seen through assistive technology."""

    def __init__(self, bus: Bus, process: subprocess.Popen[str]) -> None:
        self.bus = bus
        self.process = process
        self._root = self.wait_for(self._opened, "the window is known to the accessibility bus")

    def find(self, name: str, role: str | None = None) -> Node:
        """Return the object of this name or label as soon as it is shown; raises TimeoutError."""
        return self.wait_for(lambda: self.seen(name, role), f"{name!r} is shown").node

    def seen(self, name: str, role: str | None = None) -> Glance | None:
        """Return the object of this name or label that is shown now, or None."""
        return next(
            (seen for seen in self.shown() if name in (seen.name, seen.label) and role in (None, seen.role)), None
        )

    def shown(self) -> list[Glance]:
        """Return every object that is on the screen."""
        return list(_shown(self._root))

    def everything(self) -> Iterator[Node]:
        """Yield every object there is, hidden ones too."""
        return self._root.walk()

    def focused_name(self) -> str | None:
        """Return the name of the object that has the keyboard."""
        wanted = {"focused", "focusable"}
        return next((node.name for node, states in _showing(self._root) if wanted <= states), None)

    def pictures(self) -> list[str]:
        """Return the names of what is in sight in the gallery, in reading order."""
        return [seen.name for seen in _shown(self.find("Gallery", "list")) if seen.role == "list item"]

    def task_rows(self) -> list[str]:
        """Return the names of the rows of the task list, opening it when it is closed."""
        if self.seen("Tasks", "list") is None:
            self.find("Show tasks").press()
        return [seen.name for seen in _shown(self.find("Tasks", "list")) if seen.role == "list item"]

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.find(name).press()

    def generate(self) -> None:
        """Press Generate, whatever count and estimate its name goes on with."""
        button = next(seen for seen in self.shown() if seen.role == "push button" and seen.name.startswith("Generate"))
        button.node.press()

    def wait_for(self, look: Callable[[], Found | None], what: str, limit_s: float = LIMIT_S) -> Found:
        """Return what *look* finds as soon as it finds anything; raises TimeoutError naming *what*."""
        found: list[Found] = []

        def is_there() -> bool:
            assert self.process.poll() is None, f"the program ended: {self.process.communicate()[1]}"
            thing = look()
            found.extend([thing] if thing else [])
            return bool(found)

        wait_until(is_there, what, limit_s)
        return found[0]

    def _opened(self) -> Node | None:
        root = self.bus.application(self.process.pid)
        return root if root is not None and root.children() else None


@contextmanager
def open_window(desktop: Desktop, folder: Path, time_scale: float = 0.05) -> Iterator[Window]:
    """Start the program in demo mode with its data in *folder*; if it still runs at the end, it is killed."""
    command = [sys.executable, "-m", "seedream_desktop", "--demo", "--time-scale", str(time_scale)]
    command += ["--data-dir", str(folder / "data"), "--library", str(folder / "library")]
    with (
        Bus(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as bus,
        subprocess.Popen(command, cwd=CHECKOUT, env=desktop.environment, stderr=subprocess.PIPE, text=True) as process,
    ):
        try:
            yield Window(bus, process)
        finally:
            process.kill()


def _shown(node: Node) -> Iterator[Glance]:
    for there, states in _showing(node):
        try:
            label = " ".join(label.name for label in there.labels()) if there.role == "combo box" else ""
            yield Glance(there, there.name, label, there.role, states)
        except GoneError:
            continue


def _showing(node: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    """Yield what is shown of *node* and beneath it; nothing is looked for beneath what is hidden."""
    try:
        states = frozenset(node.states)
        children = node.children() if "showing" in states else []
    except GoneError:
        return
    if "showing" in states:
        yield node, states
    for child in children:
        yield from _showing(child)
