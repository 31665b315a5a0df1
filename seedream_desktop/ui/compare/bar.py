"""The line above a comparison: the ways to compare, how fast to blink, zoom, and taking the marked picture."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.viewer.command_bar import CommandBar

_INTERVALS_MS: Final = (0, 300, 500, 1000, 2000)


class Mode(StrEnum):
    """The ways to compare, in the order in which they follow each other."""

    SIDE_BY_SIDE = "side_by_side"
    SLIDER = "slider"
    BLINK = "blink"

    def next(self) -> Mode:
        """Return the one that follows, the first after the last."""
        every = list(Mode)
        return every[(every.index(self) + 1) % len(every)]


class CompareBar(CommandBar):
    """``pressed`` carries a CommandId, ``mode_chosen`` a Mode, ``interval_chosen`` milliseconds, 0: by hand."""

    mode_chosen = Signal(object)
    interval_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            Mode.SIDE_BY_SIDE: self.tr("Side by side"),
            Mode.SLIDER: self.tr("Slider"),
            Mode.BLINK: self.tr("Blink"),
        }
        self.modes = Segmented([(mode, words[mode]) for mode in Mode], self, takes_clicks_focus=False)
        set_name(self.modes, "compare_mode", self.tr("Way to compare"))
        self.modes.chosen.connect(self.mode_chosen)
        self._mode = Mode.SIDE_BY_SIDE
        self._interval_label = Label(self.tr("Change"), self, tone="muted")
        self.interval = ComboBox(self)
        self._fill_intervals()
        self._lay_out()
        self.show_mode(Mode.SIDE_BY_SIDE)

    def show_mode(self, mode: Mode) -> None:
        """Show how it is compared now."""
        self._mode = mode
        with QSignalBlocker(self.modes):
            self.modes.set_value(mode)
        self.fit()

    def wants(self, part: QWidget) -> bool:
        """Whether a part that can be spared is to be shown: what is about blinking only while it blinks."""
        return part not in (self._interval_label, self.interval) or self._mode is Mode.BLINK

    def _fill_intervals(self) -> None:
        set_name(self.interval, "blink_interval", self.tr("Change"))
        self._interval_label.setBuddy(self.interval)
        for interval_ms in _INTERVALS_MS:
            seconds = self.tr("every {seconds} s").format(seconds=interval_ms / 1000)
            self.interval.addItem(seconds if interval_ms else self.tr("by hand"), interval_ms)
        self.interval.currentIndexChanged.connect(lambda: self.interval_chosen.emit(self.interval.currentData()))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(
            self.sign("arrow-left", "leave_comparison", self.tr("Leave the comparison"), CommandId.LEAVE_COMPARE)
        )
        # Otherwise it would be as high as the bar.
        row.addWidget(self.modes, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._interval_label)
        row.addWidget(self.interval)
        row.addStretch(1)
        fit = self.button("compare_fit", self.tr("Fit"), CommandId.FIT)
        one_to_one = self.button("compare_100", self.tr("100 %"), CommandId.ONE_TO_ONE)
        background = self.sign("palette", "compare_background", self.tr("Next background"), CommandId.BACKDROP)
        take = self.button("take_picture", self.tr("Take this one"), CommandId.COMPARE_PICK)
        for part in (self.zoom, fit, one_to_one, background, take):
            row.addWidget(part)
        self.spare(self._interval_label, self.zoom, background, one_to_one, fit, self.interval, take)
