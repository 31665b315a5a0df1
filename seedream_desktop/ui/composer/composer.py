"""The composer: where a request is written, from what is wanted down to Generate; it never sends one itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.money import DEFAULT_PRICE_USD
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Field, GenerationRequest, Mode
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.exchanges import Exchanges, essence
from seedream_desktop.ui.composer.generate_bar import GenerateBar
from seedream_desktop.ui.composer.preflight import Circumstances, Cure, Finding, Remedy, findings
from seedream_desktop.ui.composer.request_form import RequestForm
from seedream_desktop.ui.composer.tile_state import Repair
from seedream_desktop.ui.intake.reading import intake, may_hold_references

WIDTH_PX: Final = 340
_DRAFT_AFTER_MS: Final = 300


class Composer(QWidget):
    """Everything a request needs, in the order of thinking; problems stand beside what they are about.

    `requested` brings a GenerationRequest that nothing known speaks against. `pictures_offered` brings an Intake
    and how many references stand before it (None: all); who resolves it gives the result to `add_references`.
    """

    requested = Signal(object)
    pictures_offered = Signal(object, object)
    references_refused = Signal(str)
    draft_changed = Signal(object)
    settings_requested = Signal()
    hosting_settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = Circumstances(DEFAULT_PRICE_USD)
        self._can_send = True
        self._held: GenerationRequest | None = None
        self._exchanges = Exchanges()
        self._form = RequestForm()
        self.references = self._form.references
        self.editor = self._form.prompt.editor
        self._foot = GenerateBar()
        self._seen = essence(self.draft())
        self._compose()
        self._draft_timer = _single_shot(self, _DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(lambda: self.draft_changed.emit(self.draft()))
        # Whoever tells that a reference is ready may tell its copy in the next breath.
        self._held_timer = _single_shot(self, 0)
        self._held_timer.timeout.connect(self._try_held)
        self._connect()
        self.setFixedWidth(WIDTH_PX)
        self.setAcceptDrops(True)
        self.set_request(GenerationRequest(prompt=""))
        self._draft_timer.stop()

    def request(self) -> GenerationRequest:
        """Return what Generate would send now; in text mode the kept references are no part of it."""
        draft = self.draft()
        return replace(draft, references=()) if draft.mode is Mode.TEXT_TO_IMAGE else draft

    def draft(self) -> GenerationRequest:
        """Return all that is written here, references included whatever the mode."""
        return self._form.draft()

    def set_request(self, request: GenerationRequest) -> None:
        """Show *request* in place of what was written before."""
        self._known = replace(self._known, was_pressed=False)
        self._form.set_draft(request)
        self._on_changed()
        self.show_notice("")

    def exchange(self, request: GenerationRequest) -> bool:
        """Show *request* in place of what was written; return whether that is kept for Undo, references and all."""
        before = self.draft()
        self.set_request(request)
        self._exchanges.remember(before, self.draft())
        self._show_state()
        return self._exchanges.leads_back(self.draft())

    def set_prompt(self, text: str) -> None:
        """Show *text* as the prompt, to be gone on with; undo brings back what stood there. All else stays."""
        self._form.set_prompt(text)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def add_references(self, references: Sequence[Reference], at: int | None = None) -> None:
        """Put *references* before the one at row *at* or at the end, up to 14 in all, and go to image mode."""
        count = len(self.references.references())
        self.references.insert(references, at)
        if len(self.references.references()) > count:
            self._form.use_references()

    def take(self, mime: QMimeData, at: int | None = None) -> bool:
        """Offer what was dropped or pasted anywhere to whoever resolves it; return whether it may be pictures."""
        taken = intake(mime)
        if not taken.is_empty:
            self.pictures_offered.emit(taken, at)
        return not taken.is_empty

    def set_generate_keys(self, keys: Sequence[str]) -> None:
        """Order by these keys, as portable text, anywhere in the window."""
        self._foot.set_keys(keys)

    def set_price(self, price_usd: Decimal) -> None:
        """Estimate with *price_usd* per picture from now on."""
        self._learn(replace(self._known, price_usd=price_usd))

    def set_balance(self, balance_usd: Decimal | None) -> None:
        """Warn when an order may cost more than *balance_usd*; None: it is not known."""
        self._learn(replace(self._known, balance_usd=balance_usd))

    def set_can_send(self, allowed: bool, reason: str = "") -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Say why nothing can be sent, e.g. without a key; Generate then asks for the settings instead."""
        self._can_send = allowed
        if not allowed:
            self._let_go()
        self._foot.show_reason("" if allowed else reason)

    def set_local_files_allowed(self, allowed: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Tell whether files of this computer can be made reachable for the service."""
        self._learn(replace(self._known, takes_local_files=allowed))

    def focus_prompt(self) -> None:
        """Put the cursor into the prompt."""
        self._form.focus_prompt()

    def show_notice(self, text: str) -> None:
        """Show *text* above Generate until something is edited."""
        self._foot.show_notice(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let pictures and links in."""
        if may_hold_references(event.mimeData()):
            event.acceptProposedAction()
            self.references.mark_drop(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the mark of the drop away."""
        self.references.mark_drop(is_over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped; the source keeps its own."""
        self.references.mark_drop(is_over=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._take_or_say(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line on the right."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.tokens().line)
        painter.end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let Undo bring back a whole request before the field that has the keyboard undoes anything of its own."""
        return isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._exchange_back(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste pictures and links wherever no field takes them as text."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif not self._exchange_back(event):
            super().keyPressEvent(event)

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self._form, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self._form.changed.connect(self._on_changed)
        self.editor.pictures_offered.connect(self.take)
        self._form.lines.remedy_chosen.connect(self._mend)
        self._foot.pressed.connect(self._generate)
        self._foot.remedy_chosen.connect(self._mend)
        self._foot.taken_back.connect(self._let_go)
        self._foot.exchanged_back.connect(self._bring_back)
        for field in (self.editor, self.references.view):
            field.installEventFilter(self)
        strip = self.references
        strip.refused.connect(self.references_refused)
        strip.paste_requested.connect(self._paste)
        strip.files_chosen.connect(lambda paths: self._take_or_say(_offered(paths)))
        strip.dropped_at.connect(self._take_or_say)
        strip.view.model().dataChanged.connect(self._held_timer.start)

    def _on_changed(self) -> None:
        """Show what follows from an edit; what the program found out about a reference is none."""
        now = essence(self.draft())
        if now != self._seen:
            self._seen = now
            self.show_notice("")
            self._let_go()
        self._show_state()
        self._draft_timer.start()

    def _learn(self, known: Circumstances) -> None:
        self._known = known
        self._show_state()

    def _show_state(self) -> None:
        request = self.request()
        self._form.show_facts(self.draft())
        self._foot.show_estimate(request.count, self._known.price_usd, is_waiting=self._held is not None)
        self._foot.show_exchanged(is_exchanged=self._exchanges.leads_back(self.draft()))
        self._show_findings(request)

    def _show_findings(self, request: GenerationRequest) -> tuple[Finding, ...]:
        said_by_tiles = any(Repair.CHOOSE_HOST in state.repairs for _number, state in self.references.problems())
        takes_files = self._known.takes_local_files or said_by_tiles
        found = findings(request, replace(self._known, takes_local_files=takes_files))
        self._form.lines.show(found)
        self._foot.show_finding(next((finding for finding in found if finding.field is None), None))
        return found

    def _generate(self) -> None:
        if self.editor.is_composing or self._held is not None:
            return
        if not self._can_send:
            self.settings_requested.emit()
            return
        request = self.request()
        self._known = replace(self._known, was_pressed=True)
        if self._leads_to_problem(request):
            return
        if request.references and self.references.is_preparing():
            self._hold(request)
        else:
            self._send(request)

    def _leads_to_problem(self, request: GenerationRequest) -> bool:
        """Bring the first thing that forbids sending into sight; return whether there is any."""
        wrong = next((finding.field for finding in self._show_findings(request) if finding.forbids), None)
        tiles = self.references.problems() if request.references else ()
        if tiles and wrong is not Field.PROMPT:
            self._form.lead_to_tile(tiles[0][0])
        elif wrong is not None:
            self._form.lead_to(wrong)
        return bool(tiles) or wrong is not None

    def _send(self, request: GenerationRequest) -> None:
        self._known = replace(self._known, was_pressed=False)
        self._foot.rest()
        self.requested.emit(request)

    def _hold(self, request: GenerationRequest) -> None:
        """Keep the order until its references are ready; any edit takes it back."""
        self._held = request
        self._foot.show_waiting(is_waiting=True)
        self._show_state()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self._foot.show_waiting(is_waiting=False)
            self._show_state()

    def _try_held(self) -> None:
        if self._held is None:
            return
        if self.references.problems():
            self._let_go()
            # The keyboard may be somewhere else by now: nothing is led anywhere.
            self.show_notice(self.tr("Nothing was sent: a reference cannot be used."))
        elif not self.references.is_preparing():
            self._let_go()
            self._generate()

    def _exchange_back(self, event: QKeyEvent) -> bool:
        """Do what Undo and Redo mean for a whole request; return whether they meant that."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return self._show_instead(self._exchanges.back(self.draft()))
        if event.matches(QKeySequence.StandardKey.Redo):
            return self._show_instead(self._exchanges.forward(self.draft()))
        return False

    def _bring_back(self) -> None:
        self._show_instead(self._exchanges.back(self.draft()))
        self.focus_prompt()

    def _show_instead(self, request: GenerationRequest | None) -> bool:
        if request is not None:
            self.set_request(request)
        return request is not None

    def _mend(self, remedy: Remedy) -> None:
        match remedy.cure:
            case Cure.TAKE_FIGURE_OUT:
                self.editor.take_out(remedy.words)
            case Cure.LEAVE_ROLES_OUT:
                self._form.leave_roles_out()
            case Cure.SET_COUNT:
                self._form.set_count(remedy.count)
            case Cure.CLEAR_CALLBACK:
                self._form.clear_callback()
            case Cure.CHOOSE_HOST:
                self.hosting_settings_requested.emit()

    def _paste(self) -> None:
        self._take_or_say(QGuiApplication.clipboard().mimeData())

    def _take_or_say(self, mime: QMimeData, at: int | None = None) -> bool:
        is_taken = self.take(mime, at)
        if not is_taken:
            self.references.refuse(self.tr("There is no picture and no link of one in this."))
        return is_taken


def _offered(paths: Sequence[str]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def _single_shot(parent: QWidget, interval_ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    return timer
