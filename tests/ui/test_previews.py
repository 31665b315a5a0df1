"""What is seen large before its pixels come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.previews import Previews
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import stored, task

FOX, OWL, HARE = (stored(1, name) for name in ("fox", "owl", "hare"))
_RED = 200


class Shelf:
    """Thumbnail files, red ones; remembers which were looked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: list[str] = []
        for picture in (FOX, OWL, HARE):
            image = QImage(512, 512, QImage.Format.Format_RGB32)
            image.fill(0xFFFF0000)
            image.save(str(self.folder / f"{picture.sha256}-512.jpg"))

    def path_of(self, sha256: str, edge_px: int) -> Path:
        self.read.append(sha256)
        return self.folder / f"{sha256}-{edge_px}.jpg"


def test_a_preview_is_read_from_the_disk_when_nobody_has_shown_the_picture_yet(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QObject()
    previews = Previews(Shelf(tmp_path).path_of, parent)
    came: list[str] = []
    previews.came.connect(came.append)

    assert previews.of(FOX) is None
    qtbot.waitUntil(lambda: came == [FOX.sha256])

    seen = previews.of(FOX)
    assert seen is not None
    assert (seen.width(), seen.height()) == (512, 512)


def test_what_was_passed_is_not_read_any_more_and_what_comes_next_is(qtbot: QtBot, tmp_path: Path) -> None:
    shelf, parent = Shelf(tmp_path), QObject()
    previews = Previews(shelf.path_of, parent)
    passed = [stored(number, "passed") for number in range(20)]
    for picture in passed:
        previews.of(picture)

    previews.expect(HARE, OWL, None)
    qtbot.waitUntil(lambda: previews.of(HARE) is not None and previews.of(OWL) is not None)

    read_in_vain = [picture for picture in passed if picture.sha256 in shelf.read]
    assert len(read_in_vain) <= 2


def test_a_picture_is_seen_large_before_its_pixels_come_though_the_gallery_never_drew_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(Shelf(tmp_path).path_of, lambda: datetime.now(UTC))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    fox, hare = task("fox", count=1), task("hare", count=1)
    show(window.gallery, [fox, *(task(f"other{number}", count=9) for number in range(9)), hare])
    window.centre.open_viewer(fox, fox.pictures[0])
    window.gallery.choose(hare, 0)

    def is_red() -> bool:
        image = window.viewer.canvas.grab().toImage()
        return image.pixelColor(image.rect().center()).red() > _RED

    assert window.viewer.picture == hare.pictures[0]
    qtbot.waitUntil(is_red)
    assert not window.viewer.canvas.has_pixels
    window.let_close()


def test_pictures_that_are_compared_are_seen_by_their_previews_too(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Shelf(tmp_path).path_of, lambda: datetime.now(UTC))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    show(window.gallery, [task("fox", count=1), task("hare", count=1)])
    window.gallery.choose_first()
    QTest.keyClick(window.gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.gallery.set_row_height(80)
    assert window.centre.compare_chosen()
    canvas = window.centre.compare.side_by_side.panes[1].canvas

    def preview_px() -> int:
        return canvas._depiction.preview.width()

    qtbot.waitUntil(lambda: preview_px() == 512)
    assert not canvas.has_pixels
    window.let_close()
