"""Drags and pastes between two real programs over the X server, with the pointer moved as a hand does."""

from __future__ import annotations

import base64
import json
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from tests.programs import CHECKOUT
from tests.whole.atspi import Bus
from tests.whole.drag_source import PLACE
from tests.xserver import Desktop

_CONTROLLER: Final = "org.a11y.atspi.DeviceEventController"
_REGISTRY: Final = "org.a11y.atspi.Registry"
_STEPS: Final = 12
# X tells the source and the target of a drag of each step in turn.
_STEP_S: Final = 0.03
_REST_S: Final = 0.4
_DROP_LIMIT_S: Final = 20.0


@contextmanager
def source(desktop: Desktop, folder: Path, job: str, contents: Mapping[str, bytes]) -> Iterator[None]:
    """Run the second program, which lets *contents* be dragged or holds them on the clipboard."""
    file = folder / "contents.json"
    file.write_text(json.dumps({name: base64.b64encode(content).decode() for name, content in contents.items()}))
    command = [sys.executable, "-m", "tests.whole.drag_source", job, str(file)]
    with subprocess.Popen(command, cwd=CHECKOUT, env=desktop.environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield
        finally:
            process.kill()


@contextmanager
def target(desktop: Desktop, job: str) -> Iterator[Callable[[], Any]]:
    """Run the second program that takes drops; yield what waits for the next one and returns what it said."""
    command = [sys.executable, "-m", "tests.whole.drop_target", job]
    with subprocess.Popen(command, cwd=CHECKOUT, env=desktop.environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            lines = process.stdout
            assert lines.readline() == "ready\n"
            yield lambda: json.loads(_line(lines))
        finally:
            process.kill()


def _line(lines: IO[str]) -> str:
    """Return the next line; raises TimeoutError."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(lines, selectors.EVENT_READ)
        if not waiting.select(_DROP_LIMIT_S):
            raise TimeoutError("nothing was dropped")
    return lines.readline()


def drag(bus: Bus, begin: tuple[int, int], end: tuple[int, int]) -> None:
    """Press at *begin*, move to *end* and let go there."""
    bus.point_at(*begin)
    time.sleep(_REST_S)
    _button(bus, begin, "b1p")
    time.sleep(_REST_S)
    for step in range(1, 3 * _STEPS + 1):
        along = step / (3 * _STEPS)
        bus.point_at(round(begin[0] + (end[0] - begin[0]) * along), round(begin[1] + (end[1] - begin[1]) * along))
        time.sleep(_STEP_S)
    time.sleep(_REST_S)
    let_go(bus, end)


def pull_out(bus: Bus) -> None:
    """Press on the source and pull until the drag has begun."""
    x, y = PLACE.center().x(), PLACE.center().y()
    bus.point_at(x, y)
    time.sleep(_REST_S)
    _button(bus, (x, y), "b1p")
    for step in range(1, _STEPS + 1):
        bus.point_at(x + 2 * step, y + step)
        time.sleep(_STEP_S)


def carry_to(bus: Bus, place: tuple[int, int]) -> None:
    """Move what hangs at the pointer to *place* of the screen, and rest there."""
    x, y = PLACE.center().x(), PLACE.center().y()
    for step in range(1, _STEPS + 1):
        bus.point_at(x + (place[0] - x) * step // _STEPS, y + (place[1] - y) * step // _STEPS)
        time.sleep(_STEP_S)
    time.sleep(_REST_S)


def let_go(bus: Bus, place: tuple[int, int]) -> None:
    """Release the button at *place*."""
    _button(bus, place, "b1r")


def _button(bus: Bus, place: tuple[int, int], event: str) -> None:
    path = "/org/a11y/atspi/registry/deviceeventcontroller"
    bus.call(_REGISTRY, path, _CONTROLLER, "GenerateMouseEvent", "iis", *place, event)
