"""From when and until when: two days, each of which may be left open."""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from PySide6.QtCore import QDate, QRectF, QSignalBlocker, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.toggling import on_user_toggle, show_checked
from seedream_desktop.ui.filters.flow import FlowLayout
from seedream_desktop.ui.filters.options import Option
from seedream_desktop.ui.icons import draw_icon

_SIGN_PX: Final = 12
_SIGN_AWAY_PX: Final = 6


class DayField(QDateEdit):
    """A day that is typed or chosen in a calendar; a passing wheel does not change it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDisplayFormat("d MMM yyyy")
        self.setCalendarPopup(True)
        self.setDate(QDate.currentDate())
        self.setFont(theme.label_font())
        self.setProperty("look", "day")
        self.setEnabled(False)
        theme.notifier.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the sign: a style sheet cannot colour one by the theme."""
        super().paintEvent(event)
        chosen = theme.tokens()
        left = self.width() - _SIGN_PX - _SIGN_AWAY_PX
        sign = QRectF(left, (self.height() - _SIGN_PX) / 2, _SIGN_PX, _SIGN_PX)
        draw_icon(QPainter(self), "chevron-down", sign, chosen.muted if self.isEnabled() else chosen.faint)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies behind unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DayRange(QWidget):
    """``changed`` tells that the user wants other days."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_from, self.first = Option(self.tr("From"), self), DayField(self)
        self.is_until, self.last = Option(self.tr("Until"), self), DayField(self)
        set_name(self.is_from, "from_a_day", self.tr("From a day"))
        set_name(self.is_until, "until_a_day", self.tr("Until a day"))
        set_name(self.first, "first_day", self.tr("First day"))
        set_name(self.last, "last_day", self.tr("Last day"))
        flow = FlowLayout(self, theme.SPACE)
        for switch, field in ((self.is_from, self.first), (self.is_until, self.last)):
            field.dateChanged.connect(self.changed)
            switch.toggled.connect(field.setEnabled)
            on_user_toggle(switch, self.changed.emit)
            flow.addWidget(switch)
            flow.addWidget(field)

    def days(self) -> tuple[date | None, date | None]:
        """Return the first day and the last one, None where the range is open."""
        first, last = (cast(date, field.date().toPython()) for field in (self.first, self.last))
        return first if self.is_from.isChecked() else None, last if self.is_until.isChecked() else None

    def set_days(self, first: date | None, last: date | None) -> None:
        """Show a range without telling of it."""
        for switch, field, day in ((self.is_from, self.first, first), (self.is_until, self.last, last)):
            show_checked(switch, is_on=day is not None)
            field.setEnabled(day is not None)
            if day is not None:
                with QSignalBlocker(field):
                    field.setDate(QDate(day.year, day.month, day.day))
