"""What is done in the window before a picture of it is taken, by the accessible names of its controls."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.whole.atspi import Node
from tests.whole.window import Window

# For a moment after a send, Generate takes no second press.
REST_S: Final = 1.0
_DRAG_STEPS: Final = 12
_STEP_S: Final = 0.03
_WHEEL_NOTCHES: Final = 12
_CONTROLLER: Final = "org.a11y.atspi.DeviceEventController"
_CONTROLLER_PATH: Final = "/org/a11y/atspi/registry/deviceeventcontroller"


def order(window: Window, prompt: str, *, resolution: str, ratio: str, count: int) -> None:
    """Write an order, send it and wait until the gallery shows it."""
    window.find("Prompt", "text").write(prompt)
    window.press(resolution)
    window.press(ratio)
    window.find("Number of images", "spin box").set_value(count)
    window.generate()
    window.wait_for(lambda: any(name.startswith(prompt) for name in window.pictures()), "the order is in the gallery")
    time.sleep(REST_S)


def add_references(window: Window, files: list[Path]) -> None:
    """Go to image mode and choose *files* in the file dialog."""
    window.press("Image to image")
    window.wait_for(lambda: "enabled" in window.find("Add references").states, "references can be added")
    window.press("Add references")
    window.find("File name:", "text").write(" ".join(f'"{file}"' for file in files))
    window.press("Open")
    window.wait_for(lambda: window.seen(f"{len(files)} of 14"), "the references are there")


def tiles(window: Window) -> list[Node]:
    """Return the reference tiles in their order."""
    found = window.seen("References", "list")
    return [child for child in found.node.children() if child.role == "list item"] if found else []


def choose_tile(window: Window, number: int) -> None:
    """Click on the reference with *number* once all of them are prepared, then take the pointer away."""
    window.wait_for(lambda: _all_told(window), "the references are prepared")
    window.wait_for(lambda: _is_clicked(window, number), "the reference is chosen")
    window.bus.point_at(0, 0)


def open_crop(window: Window, number: int) -> None:
    """Open the crop dialog of the reference with *number*."""
    choose_tile(window, number)
    x, y = tiles(window)[number - 1].middle
    window.bus.click(x, y, twice=True)
    window.bus.point_at(0, 0)
    window.find("Use")


def all_hosted(window: Window) -> bool:
    """Return whether there are references and every one of them is hosted."""
    return {node.name.rpartition(", ")[2] for node in tiles(window)} == {"hosted"}


def extents(node: Node) -> tuple[int, int, int, int]:
    """Return where *node* is on the screen: left, top, right and bottom in pixels."""
    found = node.bus.call(node.owner, node.path, "org.a11y.atspi.Component", "GetExtents", "u", 0)
    ((x, y, width, height),) = found
    return x, y, x + width, y + height


def choose(window: Window, beginning: str, *, twice: bool = False, scale: int = 1) -> None:
    """Click on the picture whose name begins so, then take the pointer away; Qt tells places before scaling."""
    x, y = starting(window, beginning).middle
    window.bus.click(scale * x, scale * y, twice=twice)
    window.bus.point_at(0, 0)
    window.wait_for(lambda: "enabled" in window.find("Save as").states, "a picture is chosen")


def starting(window: Window, beginning: str) -> Node:
    """Return what is shown with a name that begins so, as soon as there is any."""
    return window.wait_for(
        lambda: next((seen.node for seen in window.shown() if seen.name.startswith(beginning)), None), beginning
    )


def click(window: Window, beginning: str) -> None:
    """Click on what is shown with a name that begins so, then take the pointer away."""
    window.bus.click(*starting(window, beginning).middle)
    window.bus.point_at(0, 0)


def wheel_down(window: Window, place: tuple[int, int]) -> None:
    """Turn the wheel at this place of the screen until what is there has come to its end; take the pointer away."""
    window.bus.point_at(*place)
    for _ in range(_WHEEL_NOTCHES):
        _button(window, place, "b5c")
    window.bus.point_at(0, 0)


@contextmanager
def dragged_over(window: Window, beginning: str, target: str) -> Iterator[None]:
    """Pull at the picture whose name begins so, carry it to the *target* that is shown then, and let go at the end."""
    begin = starting(window, beginning).middle
    window.bus.point_at(*begin)
    _button(window, begin, "b1p")
    _carry(window, begin, (begin[0] + 60, begin[1] + 40))
    targets = window.find("Drop targets").walk()
    end = next(node.middle for node in targets if node.name == target)
    _carry(window, (begin[0] + 60, begin[1] + 40), end)
    time.sleep(REST_S)
    yield
    # A button that stays down is down for the next window too.
    _button(window, end, "b1r")


def balance_is_known(window: Window) -> bool:
    """Return whether the dock shows the balance, which means that everything behind the window runs."""
    return any(seen.name.startswith("Balance $") for seen in window.shown())


def _all_told(window: Window) -> bool:
    found = tiles(window)
    return bool(found) and not any(each.name.endswith(", preparing") for each in found)


def _is_clicked(window: Window, number: int) -> bool:
    """Click; a click into a window that is still filling up is lost."""
    chosen = tiles(window)[number - 1]
    window.bus.click(*chosen.middle)
    time.sleep(_STEP_S * _DRAG_STEPS)
    return "selected" in chosen.states


def _carry(window: Window, begin: tuple[int, int], end: tuple[int, int]) -> None:
    for step in range(1, _DRAG_STEPS + 1):
        x, y = (first + (last - first) * step // _DRAG_STEPS for first, last in zip(begin, end, strict=True))
        window.bus.point_at(x, y)
        time.sleep(_STEP_S)


def _button(window: Window, place: tuple[int, int], event: str) -> None:
    window.bus.call(
        "org.a11y.atspi.Registry", _CONTROLLER_PATH, _CONTROLLER, "GenerateMouseEvent", "iis", *place, event
    )
