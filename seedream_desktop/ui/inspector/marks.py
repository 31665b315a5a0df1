"""The row of marks: stars, pick or reject, and favourite, of one picture or of several."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.inspector.common import Common
from seedream_desktop.ui.inspector.stars import Stars

_ICON_PX: Final = 16


class Marks(QWidget):
    """``judged`` carries a Change; nothing is shown as given before it is told by `show_common`."""

    judged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = Stars(self)
        self._mixed = Label(self.tr("mixed"), self, tone="muted")
        self._mixed.setFont(theme.label_font())
        self._pick = self._toggle("check", "pick", self.tr("Pick"))
        self._reject = self._toggle("x", "reject", self.tr("Reject"))
        self._favourite = self._toggle("heart", "favourite", self.tr("Favourite"))
        self._common = Common()
        self._stars.rated.connect(lambda stars: self.judged.emit(Change(stars=stars)))
        on_user_toggle(self._pick, lambda: self._turn_flag(Flag.PICK))
        on_user_toggle(self._reject, lambda: self._turn_flag(Flag.REJECT))
        on_user_toggle(self._favourite, self._turn_favourite)
        self._lay_out()

    def show_common(self, common: Common) -> None:
        """Show what all have in common."""
        self._common = common
        self._stars.show_stars(common.stars)
        self._mixed.setVisible(None in (common.stars, common.flag, common.is_favourite))
        for button, flag in ((self._pick, Flag.PICK), (self._reject, Flag.REJECT)):
            self._show_toggle(button, is_on=common.flag is flag, is_mixed=common.flag is None)
        is_favourite = common.is_favourite
        self._show_toggle(self._favourite, is_on=bool(is_favourite), is_mixed=is_favourite is None)

    def _show_toggle(self, button: QPushButton, *, is_on: bool, is_mixed: bool) -> None:
        show_checked(button, is_on=is_on)
        button.setAccessibleDescription(self.tr("mixed") if is_mixed else "")

    def _turn_flag(self, flag: Flag) -> None:
        wanted = Flag.NONE if self._common.flag is flag else flag
        self.show_common(self._common)
        self.judged.emit(Change(flag=wanted))

    def _turn_favourite(self) -> None:
        wanted = not self._common.is_favourite
        self.show_common(self._common)
        self.judged.emit(Change(is_favourite=wanted))

    def _toggle(self, sign: str, object_name: str, spoken: str) -> QPushButton:
        button = QPushButton(self)
        set_name(button, object_name, spoken)
        button.setToolTip(spoken)
        button.setProperty("look", "mark")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._stars)
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self._mixed)
        row.addStretch(1)
        for button in (self._pick, self._reject, self._favourite):
            row.addWidget(button)
