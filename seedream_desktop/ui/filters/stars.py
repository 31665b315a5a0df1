"""Five stars to click: how many a picture has at least."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from seedream_desktop.domain.judging import MAX_STARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.filters.wording import stars_words
from seedream_desktop.ui.signs import star_path

_SIDE_PX: Final = 24
_STAR_PX: Final = 15


class StarButton(QAbstractButton):
    """One star; full when it is *checked*."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIDE_PX, _SIDE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the star with room around it."""
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the star, and a frame while the keyboard is on it."""
        chosen = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = (_SIDE_PX - _STAR_PX) / 2
        painter.setPen(QPen(chosen.accent if self.isChecked() else chosen.muted, 1.2))
        painter.setBrush(chosen.accent if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawPath(star_path(QRectF(edge, edge, _STAR_PX, _STAR_PX)))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(chosen.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.SPACE, theme.SPACE)


class StarPicker(QWidget):
    """``changed`` tells that the user wants another number of stars; a second press on the same wants any."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "stars_at_least", self.tr("Stars at least"))
        self._stars = 0
        self._buttons = [StarButton(self) for _ in range(MAX_STARS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, button in enumerate(self._buttons, start=1):
            button.setCheckable(True)
            set_name(button, f"stars_at_least_{number}", stars_words(number))
            button.setToolTip(stars_words(number))
            on_user_toggle(button, partial(self._choose, number))
            row.addWidget(button)

    @property
    def stars(self) -> int:
        """How many are wanted at least; 0 wants any."""
        return self._stars

    def set_stars(self, stars: int) -> None:
        """Show a number without telling of it."""
        self._stars = stars
        for number, button in enumerate(self._buttons, start=1):
            show_checked(button, is_on=number <= stars)

    def _choose(self, number: int) -> None:
        self.set_stars(0 if number == self._stars else number)
        self.changed.emit()
