"""The row above the gallery: search on the left, size of the thumbnails on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.layout import DEFAULT_ROW_HEIGHT_PX, MARGIN_PX, MAX_ROW_HEIGHT_PX, MIN_ROW_HEIGHT_PX
from seedream_desktop.ui.icons import icon

_PAUSE_MS: Final = 120
_STEP_PX: Final = 12
_PAGE_PX: Final = 48
_SLIDER_PX: Final = 120
_SEARCH_PX: Final = 340
# The slider ends where the pictures below it end.
_SCROLL_BAR_PX: Final = 10


class SearchEdit(QLineEdit):
    """The search; tells its text when the typing pauses, and Esc empties it."""

    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "search", self.tr("Search"))
        self.setPlaceholderText(self.tr("Search prompts"))
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(_SEARCH_PX)
        self.addAction(icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._wait)

    def _wait(self) -> None:
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the search with Esc; with nothing to empty the key is left to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class GalleryHeader(QWidget):
    """Search and thumbnail size."""

    searched = Signal(str)
    row_height_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchEdit(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        set_name(self.slider, "thumbnail_size", self.tr("Thumbnail size"))
        self.slider.setToolTip(self.tr("Thumbnail size"))
        self.slider.setRange(MIN_ROW_HEIGHT_PX, MAX_ROW_HEIGHT_PX)
        self.slider.setValue(DEFAULT_ROW_HEIGHT_PX)
        self.slider.setSingleStep(_STEP_PX)
        self.slider.setPageStep(_PAGE_PX)
        self.slider.setFixedWidth(_SLIDER_PX)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._lay_out()
        self.search.searched.connect(self.searched)
        self.slider.valueChanged.connect(self.row_height_changed)

    def set_row_height(self, height_px: int) -> None:
        """Let the slider stand where the gallery's rows are, after Ctrl and the wheel changed them."""
        self.slider.setValue(height_px)

    def focus_search(self) -> None:
        """Go to the search and mark what is in it."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, theme.SPACE_3, MARGIN_PX + _SCROLL_BAR_PX, theme.SPACE_3)
        layout.setSpacing(theme.SPACE_4)
        layout.addWidget(self.search, 1)
        layout.addStretch(0)
        layout.addWidget(self.slider)
