"""Prints the screen's pixel ratio, and whether a picture of one-pixel lines is seen line by line at 100 %."""

from __future__ import annotations

import sys

from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.ui.viewer.viewer import Viewer
from tests.ui.gallery.samples import stored, task

SIZE = PixelSize(2848, 1600)


def lines() -> QImage:
    """Return a picture of white and black rows, one pixel each."""
    row = bytes(4 * SIZE.width_px)
    pixels = (b"\xff" * len(row) + row) * (SIZE.height_px // 2)
    return QImage(pixels, SIZE.width_px, SIZE.height_px, QImage.Format.Format_RGB32).copy()


def main() -> None:
    """Show the lines and look at the window."""
    app = QApplication(sys.argv)
    viewer = Viewer()
    viewer.resize(700, 500)
    viewer.show()
    found = task("lines", pictures=(stored(1, "lines", SIZE),))
    viewer.show_picture(found, found.pictures[0], None)
    viewer.set_pixels(str(found.pictures[0].sha256), lines())
    QThreadPool.globalInstance().waitForDone()
    app.processEvents()  # this program has no other loop; the picture that was smoothed on a thread is taken over
    viewer.canvas.zoom_to(1.0)
    image = viewer.grab().toImage()
    bottom = image.height() - 20
    seen = [image.pixelColor(40, y).red() for y in range(bottom - 200, bottom)]
    print(viewer.devicePixelRatioF(), seen in ([255, 0] * 100, [0, 255] * 100))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
