"""The panel that shows where references went: which picture, where, until when; it deletes nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.hosted.model import HostedModel
from seedream_desktop.ui.hosted.question import Question
from seedream_desktop.ui.hosted.row import Doing, HostedRow, Key
from seedream_desktop.ui.hosted.view import HostedView
from seedream_desktop.ui.hosted.wording import name_of
from seedream_desktop.ui.settings.form import rule

_SIZE_PX: Final = (760, 520)
_SMALLEST_PX: Final = (560, 320)
_FRAME_PX: Final = 64
_MINUTE_MS: Final = 60_000


class HostManager(QDialog):
    """Not modal. `delete_requested`: HostedReferences, and whether even those that open orders need.

    Whoever listens tells what became of it by `show_deleted` and `show_failed`.
    """

    shown = Signal()
    delete_requested = Signal(tuple, bool)
    forget_requested = Signal(tuple)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hosted pictures"))
        self.setModal(False)
        self.setMinimumSize(*_SMALLEST_PX)
        self._clock = clock
        self._model = HostedModel(clock, self)
        self._view = HostedView(self._model, clock)
        self._question = Question()
        self._said = MessageLine()
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._make_controls()
        self._compose()
        self._connect()
        self._fit_screen()
        self._show_state()

    def set_rows(self, rows: Sequence[HostedRow]) -> None:
        """Show *rows*, newest first, and nothing else; what is under way or chosen stays so."""
        was_empty = not self._model.rows()
        self._model.set_rows(rows)
        self._question.keep_only({row.key for row in rows})
        self._show_state()
        if was_empty and rows:
            # Until now the keyboard had nothing but Close to stand on.
            self._view.setFocus()

    def show_deleted(self, key: Key) -> None:
        """Take away a picture that is no longer hosted, and stand on the one that follows."""
        row = next((row for row in self._model.rows() if row.key == key), None)
        if row is not None and row.doing is Doing.DELETING:
            self._said.say(self.tr("{name} was deleted; its link is dead.").format(name=name_of(row)), "good")
        self._model.remove(key)
        self._view.stand()
        self._show_state()

    def show_failed(self, key: Key, sentence: str) -> None:
        """Say in its row why a picture could not be deleted."""
        self._model.set_doing(key, Doing.FAILED, sentence)
        self._show_state()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the list as a whole; "" takes it back."""
        self._said.say(sentence)

    def tell_time(self) -> None:
        """Show how much time is left by now."""
        self._model.tell_time()
        self._show_state()

    def finish(self) -> None:
        """Let what runs beside the window end; call before the dialog goes."""
        self._view.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clock run while somebody looks, and ask for what there is."""
        super().showEvent(event)
        self._said.say("")
        self._minutes.start()
        self._view.setFocus()
        self.tell_time()
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock rest."""
        super().hideEvent(event)
        self._minutes.stop()

    def _make_controls(self) -> None:
        self._summary = Label(tone="muted")
        self._summary.setFont(theme.label_font())
        self._summary.setWordWrap(True)
        self._copy = push_button("copy_link", self.tr("Copy link"))
        self._delete = push_button("delete_now", self.tr("Delete now"))
        self._forget = push_button("forget", self.tr("Forget"))
        self._forget.setToolTip(self.tr("Takes it off this list alone: its storage is no longer the one in Settings"))
        self._ended = push_button("delete_all_that_ended", self.tr("Delete all that ended"))
        self._ended.setToolTip(self.tr("Their links are dead, but the files still lie in the storage"))
        self._close = push_button("close", self.tr("Close"))

    def _compose(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_4, 0, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(_inset(self._summary))
        layout.addLayout(_inset(self._stack, theme.SPACE_2), 1)
        layout.addWidget(rule())
        layout.addLayout(_inset(self._question))
        layout.addLayout(_inset(self._said))
        layout.addLayout(self._buttons())

    def _empty(self) -> QWidget:
        page = QWidget()
        title = Label(self.tr("Nothing is hosted"))
        hint = Label(self.tr("A picture of yours is hosted only when an order with it is sent."), tone="muted")
        column = QVBoxLayout(page)
        column.setSpacing(theme.SPACE)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        for button in (self._copy, self._delete, self._forget):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._ended)
        row.addWidget(self._close)
        return row

    def _connect(self) -> None:
        view = self._view
        view.chosen_changed.connect(self._show_state)
        view.copy_requested.connect(self._copy_links)
        view.delete_requested.connect(self._ask_to_delete)
        view.forget_requested.connect(self._ask_to_forget)
        self._copy.clicked.connect(lambda: self._copy_links(view.chosen()))
        self._delete.clicked.connect(lambda: self._ask_to_delete(view.chosen()))
        self._forget.clicked.connect(lambda: self._ask_to_forget(view.chosen()))
        self._ended.clicked.connect(lambda: self._ask_to_delete(self._ended_rows()))
        self._close.clicked.connect(self.close)
        self._question.answered.connect(self._start_deleting)
        self._minutes.timeout.connect(self.tell_time)

    def _copy_links(self, rows: tuple[HostedRow, ...]) -> None:
        if rows:
            QGuiApplication.clipboard().setText("\n".join(row.hosted.url for row in rows))
            self._said.say(self.tr("Copied. Whoever gets the link can read the picture."), "good")

    def _ask_to_delete(self, rows: tuple[HostedRow, ...]) -> None:
        """Delete at once what no open order needs; ask first when one does."""
        rows = tuple(row for row in rows if _is_deletable(row))
        if any(row.needed_by for row in rows):
            self._question.ask(rows)
        elif rows:
            self._start_deleting(rows, even_if_used=False)

    def _start_deleting(self, rows: tuple[HostedRow, ...], even_if_used: bool) -> None:  # noqa: FBT001 - a slot
        self._said.say("")
        # The buttons rest while it is deleted, and would hand the keyboard on to Close.
        self._view.setFocus()
        for row in rows:
            self._model.set_doing(row.key, Doing.DELETING)
        self._show_state()
        self.delete_requested.emit(tuple(row.hosted for row in rows), even_if_used)

    def _ask_to_forget(self, rows: tuple[HostedRow, ...]) -> None:
        elsewhere: tuple[HostedReference, ...] = tuple(row.hosted for row in rows if not row.is_here)
        if elsewhere:
            self.forget_requested.emit(elsewhere)

    def _ended_rows(self) -> tuple[HostedRow, ...]:
        now = self._clock()
        return tuple(row for row in self._model.rows() if row.is_ended(now) and _is_deletable(row))

    def _show_state(self) -> None:
        rows, chosen = self._model.rows(), self._view.chosen()
        self._stack.setCurrentIndex(0 if rows else 1)
        self._copy.setEnabled(bool(chosen))
        self._delete.setEnabled(any(_is_deletable(row) for row in chosen))
        self._forget.setVisible(any(not row.is_here for row in rows))
        self._forget.setEnabled(any(not row.is_here for row in chosen))
        self._ended.setEnabled(bool(self._ended_rows()))
        for button in (self._copy, self._delete, self._ended):
            button.setVisible(bool(rows))
        self._show_summary(rows)

    def _show_summary(self, rows: tuple[HostedRow, ...]) -> None:
        now = self._clock()
        ended = sum(row.is_ended(now) for row in rows)
        words = self.tr("Readable by whoever has the link: {open}.")
        if ended:
            words = self.tr("Readable by whoever has the link: {open}. Ended, but still in the storage: {ended}.")
        self._summary.setText(words.format(open=len(rows) - ended, ended=ended) if rows else "")
        self._summary.setVisible(bool(rows))

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE_PX[0], room.width()), min(_SIZE_PX[1], room.height() - _FRAME_PX))


def _is_deletable(row: HostedRow) -> bool:
    return row.is_here and row.doing is not Doing.DELETING


def _inset(part: QWidget, margin_px: int = theme.SPACE_4) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margin_px, 0, margin_px, 0)
    row.addWidget(part)
    return row
