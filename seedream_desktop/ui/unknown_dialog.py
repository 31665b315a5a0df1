"""Lets the user decide about an order that was sent while its answer was lost; waiting is the default."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.task import Task
from seedream_desktop.sentences import charge_sentence
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX: Final = 520
_REST_MS: Final = 800


class UnknownDialog(QDialog):
    """Opened with `open()`; sending again needs a second press that names the sum."""

    link_chosen = Signal(str)
    resend_chosen = Signal()
    write_off_chosen = Signal()

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Outcome unknown"))
        self.setFixedWidth(_WIDTH_PX)
        self._sum = dollars(task.estimated_cost_usd)
        self._is_confirming = False
        self._explanation = Label(self._words(task))
        self._explanation.setWordWrap(True)
        self._balances = Label("", tone="muted")
        self._balances.setWordWrap(True)
        self._balances.hide()
        self._make_controls()
        self._compose()

    def show_balances(self, before_usd: Decimal, after_usd: Decimal) -> None:
        """Show the balance before and after the order; a hint only, since other orders change it too."""
        words = self.tr("Balance before the order {before}, after it {after}. Other orders may have changed it too.")
        self._balances.setText(words.format(before=dollars(before_usd), after=dollars(after_usd)))
        self._balances.show()

    def show_problem(self, sentence: str) -> None:
        """Say beside the task id why it cannot be linked."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _words(self, task: Task) -> str:
        charged = charge_sentence(task.request.count, task.estimated_cost_usd)
        words = self.tr(
            "This order was sent, but its answer was lost. {charged} The service offers no way to look it up, "
            "so the program does not send it again by itself."
        )
        return words.format(charged=charged)

    def _make_controls(self) -> None:
        self._task_id = QLineEdit()
        self._task_id.setPlaceholderText(self.tr("Task ID, as the service's own page shows it"))
        set_name(self._task_id, "task_id", self.tr("Task ID"))
        self._task_id.textChanged.connect(self._choose_default)
        self._link = push_button("check_and_link", self.tr("Check and link"), takes_enter=True)
        self._link.clicked.connect(lambda: self.link_chosen.emit(self._task_id.text()))
        self._problem = Label("", tone="bad")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._resend = push_button("send_again", self.tr("Send again…"), self.tr("Send again"), takes_enter=True)
        self._resend.clicked.connect(self._confirm_resend)
        self._write_off = push_button("write_off", self.tr("Write off"), takes_enter=True)
        self._write_off.clicked.connect(self._choose_write_off)
        self._wait = push_button("wait", self.tr("Wait"), takes_enter=True)
        self._wait.setDefault(True)
        self._wait.clicked.connect(self.reject)

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._explanation)
        layout.addWidget(self._balances)
        layout.addSpacing(8)
        link = QVBoxLayout()
        link.setSpacing(6)
        link.addWidget(Label(self.tr("Found its task ID elsewhere?"), tone="muted"))
        link.addLayout(_row(self._task_id, self._link))
        link.addWidget(self._problem)
        layout.addLayout(link)
        layout.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.addWidget(self._write_off)
        buttons.addStretch(1)
        buttons.addWidget(self._resend)
        buttons.addWidget(self._wait)
        layout.addLayout(buttons)

    def _choose_default(self, text: str) -> None:
        """Let Enter check a task id that was typed, and wait otherwise."""
        (self._link if text.strip() else self._wait).setDefault(True)

    def _confirm_resend(self) -> None:
        if self._is_confirming:
            self.resend_chosen.emit()
            self.accept()
            return
        self._is_confirming = True
        words = self.tr("Send again for {sum}: this may be charged twice").format(sum=self._sum)
        self._resend.setText(words)
        self._resend.setAccessibleName(words)
        # A double click must not pass the confirmation: it would be paid for.
        self._resend.setEnabled(False)
        QTimer.singleShot(_REST_MS, self._resend, lambda: self._resend.setEnabled(True))

    def _choose_write_off(self) -> None:
        self.write_off_chosen.emit()
        self.accept()


def _row(field: QWidget, button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(button)
    return row
