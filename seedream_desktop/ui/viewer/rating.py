"""Five stars, pick, reject and heart as small buttons, which show what was said of a picture and change it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from seedream_desktop.domain.judging import MAX_STARS, UNJUDGED, Change, Flag, Judgment
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.keys import CommandId, KeyHint, KeyMap
from seedream_desktop.ui.signs import FAVOURITE_SIGN, STAR_SIGN, draw_sign

_SIDE_PX: Final = 22
_SIGN_PX: Final = 14
_RING_RADIUS_PX: Final = 4
_STAR_COMMANDS: Final = (
    CommandId.STARS_1,
    CommandId.STARS_2,
    CommandId.STARS_3,
    CommandId.STARS_4,
    CommandId.STARS_5,
)


class SignButton(QAbstractButton):
    """One sign: full in the text's colour while it holds, pale while it does not."""

    def __init__(self, sign: str, object_name: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(spoken)
        set_name(self, object_name, spoken)
        theme.notifier.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the sign with room to hit it."""
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign, and where the keyboard is."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            self._draw_ground(painter)
        away = (_SIDE_PX - _SIGN_PX) / 2
        colour = tokens.text if self.isChecked() else tokens.faint
        painter.setPen(Qt.PenStyle.NoPen)
        draw_sign(painter, self._sign, QRectF(away, away, _SIGN_PX, _SIGN_PX), colour, is_full=self.isChecked())
        if self.hasFocus():
            painter.setPen(tokens.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(inner, _RING_RADIUS_PX, _RING_RADIUS_PX)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().raised)
        painter.drawRoundedRect(QRectF(self.rect()), _RING_RADIUS_PX, _RING_RADIUS_PX)


class Rating(QWidget):
    """``judged`` carries the Change that was clicked; ``favourite_clicked`` asks to turn the favourite around."""

    judged = Signal(object)
    favourite_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "rating", self.tr("Judgment"))
        self._judgment = UNJUDGED
        self.stars = tuple(self._star(number) for number in range(1, MAX_STARS + 1))
        self.pick = SignButton(Flag.PICK.value, "rate_pick", self.tr("Pick"), self)
        self.reject = SignButton(Flag.REJECT.value, "rate_reject", self.tr("Reject"), self)
        self.favourite = SignButton(FAVOURITE_SIGN, "rate_favourite", self.tr("Favourite"), self)
        on_user_toggle(self.pick, lambda: self._turn_flag(Flag.PICK))
        on_user_toggle(self.reject, lambda: self._turn_flag(Flag.REJECT))
        on_user_toggle(self.favourite, self._turn_favourite)
        self._lay_out()

    def show_keys(self, key_map: KeyMap) -> None:
        """Say at each sign which key does the same."""
        stars = zip(self.stars, _STAR_COMMANDS, strict=True)
        flags = ((self.pick, CommandId.PICK), (self.reject, CommandId.REJECT), (self.favourite, CommandId.FAVOURITE))
        for button, command in (*stars, *flags):
            KeyHint(button, command, key_map, button.accessibleName())

    def show_judgment(self, judgment: Judgment) -> None:
        """Show what is kept."""
        self._judgment = judgment
        for number, star in enumerate(self.stars, start=1):
            show_checked(star, is_on=number <= judgment.stars)
        show_checked(self.pick, is_on=judgment.flag is Flag.PICK)
        show_checked(self.reject, is_on=judgment.flag is Flag.REJECT)
        show_checked(self.favourite, is_on=judgment.is_favourite)

    def _star(self, number: int) -> SignButton:
        spoken = self.tr("1 star") if number == 1 else self.tr("{count} stars").format(count=number)
        star = SignButton(STAR_SIGN, f"rate_{number}", spoken, self)
        on_user_toggle(star, lambda: self._give(number))
        return star

    def _give(self, number: int) -> None:
        """Give so many stars; the same once more takes them away."""
        stars = 0 if number == self._judgment.stars else number
        self._turn_back()
        self.judged.emit(Change(stars=stars))

    def _turn_flag(self, flag: Flag) -> None:
        wanted = Flag.NONE if self._judgment.flag is flag else flag
        self._turn_back()
        self.judged.emit(Change(flag=wanted))

    def _turn_favourite(self) -> None:
        self._turn_back()
        self.favourite_clicked.emit()

    def _turn_back(self) -> None:
        """Show what is kept until it is said to be another: that is what holds, not the click."""
        self.show_judgment(self._judgment)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for star in self.stars:
            row.addWidget(star)
        row.addSpacing(theme.SPACE_2)
        for button in (self.pick, self.reject, self.favourite):
            row.addWidget(button)
