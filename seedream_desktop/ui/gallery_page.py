"""The page of the centre on which the gallery stands below its header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from seedream_desktop.ui.controls.boxes import column_in
from seedream_desktop.ui.filters import GalleryHeader
from seedream_desktop.ui.gallery.view import Gallery


class GalleryPage(QWidget):
    """Joins the two: how the gallery shows what it has is said in the header."""

    def __init__(self, thumbnail_path: Callable[[str, int], Path], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.header, self.gallery = GalleryHeader(), Gallery(thumbnail_path, clock)
        column = column_in(self)
        column.addWidget(self.header)
        column.addWidget(self.gallery, 1)
        # Whoever pulls it goes on with the pictures, whose arrows it would take.
        self.header.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._connect()

    def _connect(self) -> None:
        header, gallery = self.header, self.gallery
        header.row_height_changed.connect(gallery.set_row_height)
        gallery.row_height_changed.connect(header.set_row_height)
        gallery.clear_requested.connect(header.clear_search)
        header.grouped_changed.connect(gallery.set_grouped)
        header.day_chosen.connect(self._go_to_day)
        header.pictures_wanted.connect(self._go_to_pictures)

    def _go_to_day(self, day: date) -> None:
        self.gallery.show_day(day)
        self.gallery.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_pictures(self) -> None:
        """Let the keyboard stand on the picture that was current, else on the first."""
        if self.gallery.current_task() is None:
            self.gallery.choose_first()
        self.gallery.setFocus(Qt.FocusReason.OtherFocusReason)
