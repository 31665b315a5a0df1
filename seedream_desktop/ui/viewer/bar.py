"""The slim line above a large picture: what it is, how large it is seen, and the buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.viewer.command_bar import CommandBar
from seedream_desktop.ui.viewer.rating import Rating

_BETWEEN: Final = " · "


class ViewerBar(CommandBar):
    """Each button stands for a command; ``pressed`` carries its CommandId, ``judged`` a Change that was clicked."""

    judged = Signal(object)
    favourite_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = FittingLabel(self)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._back = self.sign("arrow-left", "back_to_gallery", self.tr("Back to gallery"), CommandId.LEAVE_VIEWER)
        self.rating = Rating(self)
        self.rating.judged.connect(self.judged)
        self.rating.favourite_clicked.connect(self.favourite_clicked)
        self._lay_out()

    def show_keys(self, key_map: KeyMap) -> None:
        """Say at each button which key does the same."""
        super().show_keys(key_map)
        self.rating.show_keys(key_map)

    def set_facts(self, text: str) -> None:
        """Show what picture it is; all but its first part is left out where there is no room."""
        parts = text.split(_BETWEEN)
        self._facts.setMinimumWidth(self._facts.fontMetrics().horizontalAdvance(parts[0]))
        self._facts.set_wordings([_BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1)])
        self.fit()

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
        row.addWidget(self.sign("chevron-left", "previous", self.tr("Previous picture"), CommandId.PREVIOUS_PICTURE))
        row.addWidget(self.sign("chevron-right", "next", self.tr("Next picture"), CommandId.NEXT_PICTURE))
        row.addSpacing(theme.SPACE_2)
        fit = self.button("fit", self.tr("Fit"), CommandId.FIT)
        one_to_one = self.button("100", self.tr("100 %"), CommandId.ONE_TO_ONE)
        background = self.sign("palette", "background", self.tr("Next background"), CommandId.BACKDROP)
        save_as = self.button("viewer_save_as", self.tr("Save as"), CommandId.SAVE_AS)
        for part in (self.zoom, fit, one_to_one, background, save_as):
            row.addWidget(part)
        self.spare(background, save_as, one_to_one, fit, self.zoom)
