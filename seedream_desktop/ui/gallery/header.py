"""The row above the gallery: search on the left, size of the thumbnails on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QWidget

from seedream_desktop.domain.query import Query
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.layout import DEFAULT_ROW_HEIGHT_PX, MARGIN_PX, MAX_ROW_HEIGHT_PX, MIN_ROW_HEIGHT_PX
from seedream_desktop.ui.icons import draw_icon, icon

_PAUSE_MS: Final = 120
_STEP_PX: Final = 12
_PAGE_PX: Final = 48
_SLIDER_PX: Final = 120
_SMALL_SIGN_PX: Final = 12
_LARGE_SIGN_PX: Final = 18
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
        self._name_buttons()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(self._wait)

    def _name_buttons(self) -> None:
        """Give the two signs inside the field words: a screen reader comes by both."""
        sign = self.addAction(icon("search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        sign.setText(self.tr("Search icon"))
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if isinstance(clear, QAction):
            clear.setText(self.tr("Empty the search"))

    def _wait(self) -> None:
        self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the search with Esc; with nothing to empty the key is left to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class SizeSign(QWidget):
    """A picture at one end of the slider, as small or large as what the slider makes there."""

    def __init__(self, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side_px, side_px)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        draw_icon(QPainter(self), "image", QRectF(self.rect()), theme.tokens().muted)


class GalleryHeader(QWidget):
    """Search and thumbnail size; ``filter_changed`` carries a Query."""

    filter_changed = Signal(object)
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
        self.search.searched.connect(self._tell_filter)
        self.slider.valueChanged.connect(self.row_height_changed)

    def set_row_height(self, height_px: int) -> None:
        """Let the slider stand where the gallery's rows are, after Ctrl and the wheel changed them."""
        self.slider.setValue(height_px)

    def focus_search(self) -> None:
        """Go to the search and mark what is in it."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_search(self) -> None:
        """Empty the search and show everything at once."""
        self.search.clear()
        self._tell_filter("")

    def _tell_filter(self, text: str) -> None:
        self.filter_changed.emit(Query(text=text))

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, theme.SPACE_3, MARGIN_PX + _SCROLL_BAR_PX, theme.SPACE_3)
        layout.setSpacing(theme.SPACE_4)
        layout.addWidget(self.search, 1)
        layout.addStretch(0)
        sizes = QHBoxLayout()
        sizes.setSpacing(theme.SPACE_2)
        sizes.addWidget(SizeSign(_SMALL_SIGN_PX, self))
        sizes.addWidget(self.slider)
        sizes.addWidget(SizeSign(_LARGE_SIGN_PX, self))
        layout.addLayout(sizes)
