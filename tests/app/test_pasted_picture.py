"""A pasted picture becomes a file that can be sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from seedream_desktop.imaging.probe import sniff_format
from seedream_desktop.ui.actions.orders import _write_png
from seedream_desktop.ui.actions.pictures import _with_true_ending


def test_it_is_written_as_a_png(qapp: QApplication, tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))

    assert _write_png(image, tmp_path / "pasted" / "one.png")

    assert sniff_format((tmp_path / "pasted" / "one.png").read_bytes()) == "PNG"


def test_a_folder_that_cannot_be_written_is_no_crash(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "pasted").write_text("a file in the way")

    assert not _write_png(QImage(4, 3, QImage.Format.Format_RGB32), tmp_path / "pasted" / "one.png")


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [("fox.jpg", "fox.jpg"), ("fox.JPEG", "fox.JPEG"), ("fox.png", "fox.jpg"), ("fox", "fox.jpg")],
)
def test_a_saved_copy_has_the_ending_of_what_is_in_it(chosen: str, saved: str) -> None:
    assert _with_true_ending(Path(chosen), Path("original.jpg")) == Path(saved)
