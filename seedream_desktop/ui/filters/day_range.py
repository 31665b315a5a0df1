"""From when and until when: two days, each of which may be left open."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.flow import FlowLayout


class DayRange(QWidget):
    """``changed`` tells that the user wants other days."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_from, self.first = QCheckBox(self.tr("From"), self), QDateEdit(self)
        self.is_until, self.last = QCheckBox(self.tr("Until"), self), QDateEdit(self)
        flow = FlowLayout(self, theme.SPACE_2)
        set_name(self.is_from, "from_a_day", self.tr("From a day"))
        set_name(self.is_until, "until_a_day", self.tr("Until a day"))
        set_name(self.first, "first_day", self.tr("First day"))
        set_name(self.last, "last_day", self.tr("Last day"))
        for switch, field in ((self.is_from, self.first), (self.is_until, self.last)):
            field.setDisplayFormat("d MMM yyyy")
            field.setCalendarPopup(True)
            field.setDate(QDate.currentDate())
            field.setEnabled(False)
            field.dateChanged.connect(self.changed)
            switch.toggled.connect(field.setEnabled)
            switch.clicked.connect(self.changed)
            flow.addWidget(switch)
            flow.addWidget(field)

    def days(self) -> tuple[date | None, date | None]:
        """Return the first day and the last one, None where the range is open."""
        first, last = (cast(date, field.date().toPython()) for field in (self.first, self.last))
        return first if self.is_from.isChecked() else None, last if self.is_until.isChecked() else None

    def set_days(self, first: date | None, last: date | None) -> None:
        """Show a range without telling of it."""
        for switch, field, day in ((self.is_from, self.first, first), (self.is_until, self.last, last)):
            switch.setChecked(day is not None)
            if day is not None:
                with QSignalBlocker(field):
                    field.setDate(QDate(day.year, day.month, day.day))
