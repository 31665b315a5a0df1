"""Drags and pastes between two real programs over the X server, with the pointer moved as a hand does."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

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
