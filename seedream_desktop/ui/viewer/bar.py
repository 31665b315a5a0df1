"""The slim line above a large picture: what it is, how large it is seen, and the buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.viewer.rating import Rating

_BAR_PX: Final = 44
_ICON_PX: Final = 18
_BETWEEN: Final = " · "


class ViewerBar(QWidget):
    """Each button stands for a command; ``pressed`` carries its CommandId, ``judged`` a Change that was clicked."""

    pressed = Signal(object)
    judged = Signal(object)
    favourite_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_BAR_PX)
        self._facts = FittingLabel(self)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._zoom = Label("", self, tone="muted")
        self._back = self._sign("arrow-left", "back_to_gallery", self.tr("Back to gallery"), CommandId.LEAVE_VIEWER)
        self.rating = Rating(self)
        self.rating.judged.connect(self.judged)
        self.rating.favourite_clicked.connect(self.favourite_clicked)
        self._lay_out()

    def set_facts(self, text: str) -> None:
        """Show what picture it is; its last parts are left out where there is no room."""
        parts = text.split(_BETWEEN)
        self._facts.set_wordings([_BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1)])

    def set_scale(self, scale: float) -> None:
        """Show how many screen pixels a picture pixel has, in per cent."""
        self._zoom.setText(self.tr("{percent} %").format(percent=round(scale * 100)))

    def hide_back(self) -> None:
        """Leave out the way to the gallery, where there is none."""
        self._back.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._back)
        row.addWidget(self._facts, 1)
        row.addWidget(self.rating)
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self._sign("chevron-left", "previous", self.tr("Previous picture"), CommandId.PREVIOUS_PICTURE))
        row.addWidget(self._sign("chevron-right", "next", self.tr("Next picture"), CommandId.NEXT_PICTURE))
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self._zoom)
        row.addWidget(self._button("fit", self.tr("Fit"), CommandId.FIT))
        row.addWidget(self._button("100", self.tr("100 %"), CommandId.ONE_TO_ONE))
        row.addWidget(self._sign("palette", "background", self.tr("Next background"), CommandId.BACKDROP))
        row.addWidget(self._button("viewer_save_as", self.tr("Save as"), CommandId.SAVE_AS))

    def _sign(self, sign: str, object_name: str, spoken: str, command: CommandId) -> QPushButton:
        button = self._button(object_name, "", command)
        button.setProperty("look", "quiet")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setToolTip(spoken)
        button.setAccessibleName(spoken)
        return button

    def _button(self, object_name: str, text: str, command: CommandId) -> QPushButton:
        button = QPushButton(text, self)
        set_name(button, object_name, text)
        press: Callable[[], None] = lambda: self.pressed.emit(command)  # noqa: E731 - drops the signal's argument
        button.clicked.connect(press)
        return button
