"""Measures frames of the viewer with the largest picture, 6240x2656, while it is moved and zoomed; prints tables.

A frame lasts from the input to the end of the painting it causes. "Computing" is the time that all cores together
spent on it, which a busy computer does not stretch; "plain" is a window of one colour in the same run. Each pixel ratio
is a process of its own that paints a real window on the display there is, a virtual one of 2880x1800 will do. Run it
with ``python -m benchmarks.viewer [FRAMES]``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import chain
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.frames import Frame, Row, print_rows, row_of
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.pyramid import build_pyramid

_RATIOS: Final = ("1", "2")
_SIZE_PX: Final = (6240, 2656)
_WINDOW_PX: Final = (1440, 900)
_MOST_MS: Final = (16.0, 33.0)
_LIMIT_S: Final = 600.0
_ZOOM_FRAMES: Final = 100


def measure(frames: int) -> list[Row]:
    """Show the picture and return the figures of this process's pixel ratio."""
    app = QApplication([])
    theme.apply(app, Theme.DARK)
    canvas = PictureCanvas()
    canvas.resize(*_WINDOW_PX)
    canvas.show()
    _load(canvas)
    _rest(app)
    plain = QWidget()
    plain.resize(*_WINDOW_PX)
    plain.show()
    bare: list[Callable[[], None]] = [partial(plain.repaint, plain.rect())] * frames
    rows = []
    for name, steps in chain(_ways(canvas, frames), [("plain", bare)]):
        _rest(app)
        rows.append(row_of(name, [_frame(app, step) for step in steps], None if steps is bare else _MOST_MS))
    return rows


def _load(canvas: PictureCanvas) -> None:
    assert isinstance(canvas, PictureCanvas)  # noqa: S101 - for the type checker; Qt is imported late
    image = QImage(*_SIZE_PX, QImage.Format.Format_RGB32)
    slope = QLinearGradient(0, 0, *_SIZE_PX)
    slope.setColorAt(0, QColor("darkred"))
    slope.setColorAt(1, QColor("lightblue"))
    painter = QPainter(image)
    painter.fillRect(image.rect(), slope)
    painter.end()
    canvas.show_preview(None, QSize(*_SIZE_PX))
    canvas.show_pixels(build_pyramid(image))


def _ways(canvas: PictureCanvas, frames: int) -> Iterator[tuple[str, list[Callable[[], None]]]]:
    """Yield each way of using the viewer with the inputs that make it up."""
    for name, scale in (("pan_60", 0.6), ("pan_100", 1.0), ("pan_250", 2.5)):
        canvas.zoom_to(scale)
        yield name, [partial(canvas.pan, *_way(frame)) for frame in range(frames)]
    fit, largest = canvas.framing.fit_scale, 8.0
    parts = [1 - abs(frame % (2 * _ZOOM_FRAMES) - _ZOOM_FRAMES) / _ZOOM_FRAMES for frame in range(frames)]
    yield "zoom", [partial(canvas.zoom_to, fit * (largest / fit) ** part) for part in parts]


def _way(frame: int) -> tuple[int, int]:
    """Return how far to move, there and back, so that the edges are seldom met."""
    return 7 if frame // 50 % 2 else -7, 3 if frame // 40 % 2 else -3


def _frame(app: QApplication, step: Callable[[], None]) -> Frame:
    """Return how long it takes from an input to the end of its painting, on the clock and on the cores."""
    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    step()
    app.processEvents()
    return Frame(time.perf_counter() - began_s, time.process_time() - began_cpu_s)


def _rest(app: QApplication, rest_s: float = 0.4) -> None:
    """Let what is drawn at rest be drawn."""
    until = time.perf_counter() + rest_s
    while time.perf_counter() < until:
        app.processEvents()


def main() -> None:
    """Measure each pixel ratio in a process of its own, or one in this process."""
    if sys.argv[1:2] == ["--here"]:
        sys.stdout.write(json.dumps([asdict(row) for row in measure(int(sys.argv[2]))]) + "\n")
        return
    frames = sys.argv[1] if len(sys.argv) > 1 else "400"
    for ratio in _RATIOS:
        environment = {**os.environ, "QT_SCALE_FACTOR": ratio}
        command = [sys.executable, "-m", "benchmarks.viewer", "--here", frames]
        found = subprocess.run(
            command, check=True, env=environment, stdout=subprocess.PIPE, text=True, timeout=_LIMIT_S
        )
        print_rows(f"viewer, pixel ratio {ratio}, ms a frame", [Row(**row) for row in json.loads(found.stdout)])


if __name__ == "__main__":
    main()
