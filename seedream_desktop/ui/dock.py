"""The one line at the foot of the window: what runs, what waits, what needs the user, and the money."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import Final, Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.domain.money import dollars
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_HEIGHT_PX: Final = 40
_BUTTON_PX: Final = 28
_SEPARATOR: Final = " · "
# Long enough to be read twice; what was done a while ago is no news any more.
_NEWS_MS: Final = 10_000
Tone = Literal["good", "care", "bad", ""]
_NOTHING: Final[tuple[str, Tone]] = ("", "")


class Dock(QWidget):
    """Always one line; ``toggled`` carries whether the task list is to be open."""

    toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self._is_open = False
        self._button = QPushButton(" " + self.tr("Tasks"), self)
        self._status = QWidget(self)
        self._ready = self._label("ready")
        self._counts = self._label("counts")
        self._needs_user = self._label("needs_user", tone="care")
        self._notice = self._notice_label()
        self._said = self._condition = _NOTHING
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(_NEWS_MS)
        self._news.timeout.connect(lambda: self.set_notice(*_NOTHING))
        self._today = self._label("today")
        self._balance = self._label("balance")
        self._prepare_button()
        self._lay_out()
        self.set_counts(0, 0, 0)
        self.set_spent_today(Decimal(0))
        self.set_balance(None)

    def set_counts(self, running: int, waiting: int, needs_user: int) -> None:
        """Say how many tasks run, wait in the queue, and need a decision; nothing of the three is "Ready"."""
        parts = ((running, self.tr("{count} running")), (waiting, self.tr("{count} waiting")))
        self._counts.setText(_SEPARATOR.join(text.format(count=count) for count, text in parts if count))
        self._needs_user.setText(self.tr("{count} needs you").format(count=needs_user) if needs_user else "")
        self._show_status()

    def set_condition(self, text: str, tone: Tone) -> None:
        """Say what concerns all tasks as long as it is so, such as the way to the service; "" takes it back."""
        self._condition = (text, tone)
        if text:
            self._said = _NOTHING
        self._show_status()

    def set_notice(self, text: str, tone: Tone) -> None:
        """Say what was just done, or why not, in the place of a condition; good news go after a while by themselves."""
        self._said = (text, tone)
        self._news.start() if tone == "good" else self._news.stop()
        self._show_status()

    def set_spent_today(self, amount_usd: Decimal) -> None:
        """Show what today's orders cost, by estimate."""
        self._today.setText(self.tr("Today {sum}").format(sum=dollars(amount_usd)))

    def set_balance(self, balance_usd: Decimal | None) -> None:
        """Show the account's balance; None while it is not known."""
        amount = "—" if balance_usd is None else dollars(balance_usd)
        self._balance.setText(self.tr("Balance {sum}").format(sum=amount))

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - named like a setter of Qt
        """Open or close the task list."""
        if is_open != self._is_open:
            self._turn(is_open)
            self.toggled.emit(is_open)

    def status_text(self) -> str:
        """Return the words of the status."""
        return self._status.accessibleDescription()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.tokens().line)
        painter.end()

    def _show_status(self) -> None:
        """Without anything to say it is ready; the whole line is also the description of the box around it."""
        notice, tone = self._said if self._said[0] else self._condition
        self._notice.set_wordings([notice])
        self._notice.setToolTip(f"<qt>{escape(notice)}</qt>" if notice else "")
        self._notice.set_tone(tone or "muted")
        words = (
            (self._counts, self._counts.text()),
            (self._needs_user, self._needs_user.text()),
            (self._notice, notice),
        )
        said = [text for _, text in words if text]
        for label, text in words:
            label.setVisible(bool(text))
        self._ready.setText("" if said else self.tr("Ready"))
        self._ready.setVisible(not said)
        self._status.setAccessibleDescription(_SEPARATOR.join(said) or self._ready.text())

    def _label(self, object_name: str, *, tone: str = "muted") -> Label:
        """A label without an accessible name of its own: that would hide its words."""
        label = Label("", self, tone=tone)
        label.setObjectName(object_name)
        label.setFont(theme.label_font())
        return label

    def _notice_label(self) -> FittingLabel:
        """The one label that is cut where there is no room for it."""
        label = FittingLabel(self)
        label.setObjectName("notice")
        label.setFont(theme.label_font())
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _prepare_button(self) -> None:
        set_name(self._button, "show_tasks", self.tr("Show tasks"))
        # Not checkable: assistive technology would call it a check box, and it opens something.
        self._button.setProperty("look", "quiet")
        self._button.setFixedHeight(_BUTTON_PX)
        self._button.setIconSize(QSize(16, 16))
        self._button.clicked.connect(lambda: self.set_open(not self._is_open))
        self._turn(is_open=False)

    def _turn(self, is_open: bool) -> None:  # noqa: FBT001 - as in set_open
        self._is_open = is_open
        self._button.setIcon(icon("chevron-down" if is_open else "chevron-up"))
        hint = self.tr("Hide the task list") if is_open else self.tr("Show the task list")
        self._button.setToolTip(hint)
        self._button.setAccessibleDescription(hint)

    def _lay_out(self) -> None:
        set_name(self._status, "status", self.tr("Status"))
        inner = QHBoxLayout(self._status)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.SPACE_4)
        for label in (self._ready, self._counts, self._needs_user):
            inner.addWidget(label)
        inner.addWidget(self._notice, 1)
        inner.addStretch(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_2, 1, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._button)
        row.addWidget(self._status, 1)
        row.addWidget(self._today)
        row.addSpacing(theme.SPACE)
        row.addWidget(self._balance)
