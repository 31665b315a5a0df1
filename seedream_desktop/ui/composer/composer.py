"""The composer: where a request is written, from what is wanted down to Generate; it never sends one itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.money import DEFAULT_PRICE_USD
from seedream_desktop.domain.request import (
    MAX_COUNT,
    Field,
    GenerationRequest,
    Mode,
    Problem,
    ProblemCode,
    Resolution,
)
from seedream_desktop.sentences import failure_sentence, problem_sentence
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.advanced import AdvancedFields
from seedream_desktop.ui.composer.generate_bar import GenerateBar
from seedream_desktop.ui.composer.intake import intake, may_hold_references
from seedream_desktop.ui.composer.prompt_editor import PromptField
from seedream_desktop.ui.composer.reference_model import shown_name
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.shape_picker import ShapePicker
from seedream_desktop.ui.controls.fold import Fold
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.controls.stepper import Stepper
from seedream_desktop.ui.controls.switch_row import SwitchRow

WIDTH_PX: Final = 340
_DRAFT_AFTER_MS: Final = 300
_PROMPT_FIRST: Final = 1000
# Nobody is told off for what he has not come to yet: these show only once Generate was pressed.
_QUIET_AT_FIRST: Final = frozenset({ProblemCode.PROMPT_EMPTY, ProblemCode.REFERENCES_MISSING})


class Composer(QWidget):
    """Everything a request needs, in the order of thinking; problems stand beside what they are about."""

    requested = Signal(object)
    references_refused = Signal(str)
    bitmap_received = Signal(object)
    draft_changed = Signal(object)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._price_usd = DEFAULT_PRICE_USD
        self._can_send = True
        self._reason = ""
        self._takes_local_files = True
        self._was_pressed = False
        self._is_being_set = False
        self._make_controls()
        self._compose()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(_DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(lambda: self.draft_changed.emit(self.draft()))
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
        return GenerationRequest(
            prompt=self._prompt.editor.prompt(),
            mode=Mode(str(self._mode.value())),
            resolution=Resolution(str(self._resolution.value())),
            aspect_ratio=self._shape.value(),
            count=self._count.value(),
            sequence=self._sequence.isChecked(),
            provider=self._advanced.provider(),
            references=self._references.references(),
            callback_url=self._advanced.callback_url(),
        )

    def set_request(self, request: GenerationRequest) -> None:
        """Show *request* in place of what was written before."""
        self._is_being_set = True
        self._was_pressed = False
        self._mode.set_value(request.mode)
        self._prompt.editor.set_prompt(request.prompt)
        self._references.set_references(request.references)
        self._shape.set_value(request.aspect_ratio)
        self._resolution.set_value(request.resolution)
        self._count.set_value(request.count)
        self._sequence.setChecked(request.sequence)
        self._advanced.set_provider(request.provider)
        self._advanced.set_callback_url(request.callback_url)
        self._is_being_set = False
        self._on_changed()

    def add_references(self, sources: Sequence[str]) -> None:
        """Take *sources* (paths or links) up to 14 in all and go to image mode; say what cannot be taken."""
        count = len(self._references.references())
        self._references.add(sources)
        if len(self._references.references()) > count:
            self._mode.set_value(Mode.IMAGE_TO_IMAGE)

    def take(self, mime: QMimeData) -> bool:
        """Take the pictures that were dropped or pasted anywhere; return whether there were any."""
        taken = intake(mime)
        if taken.bitmap is not None:
            self.bitmap_received.emit(taken.bitmap)
        self.add_references(taken.sources)
        return not taken.is_empty

    def set_price(self, price_usd: Decimal) -> None:
        """Estimate with *price_usd* per picture from now on."""
        self._price_usd = price_usd
        self._show_state()

    def set_can_send(self, allowed: bool, reason: str = "") -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Say why nothing can be sent, e.g. without a key; Generate then asks for the settings instead."""
        self._can_send = allowed
        self._reason = "" if allowed else reason
        self._foot.message.say(self._reason, "care")

    def set_local_files_allowed(self, allowed: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Tell whether files of this computer can be made reachable for the service."""
        self._takes_local_files = allowed
        self._show_state()

    def focus_prompt(self) -> None:
        """Put the cursor into the prompt."""
        self._prompt.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_notice(self, text: str) -> None:
        """Show *text* above Generate until something is edited."""
        self._foot.message.say(text or self._reason, "bad" if text else "care")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let pictures and links in."""
        if may_hold_references(event.mimeData()):
            event.acceptProposedAction()
            self._mark_drop(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the mark of the drop away."""
        self._mark_drop(is_over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped; the source keeps its own."""
        self._mark_drop(is_over=False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._take_or_say(event.mimeData()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line on the right."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.tokens().line)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste pictures and links wherever no field takes them as text."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    def _make_controls(self) -> None:
        modes = ((Mode.TEXT_TO_IMAGE, self.tr("Text to image")), (Mode.IMAGE_TO_IMAGE, self.tr("Image to image")))
        self._mode = Segmented(modes)
        self._mode.setAccessibleName(self.tr("Mode"))
        self._prompt = PromptField()
        self._references = ReferenceStrip()
        self._shape = ShapePicker()
        self._resolution = Segmented(tuple((size, size.value) for size in Resolution))
        self._resolution.setAccessibleName(self.tr("Resolution"))
        self._count = Stepper(1, MAX_COUNT)
        set_name(self._count.spin_box, "number_of_images", self.tr("Number of images"))
        self._sequence = SwitchRow(self.tr("Connected set"), self.tr("storyboards, comic panels, one character"))
        set_name(self._sequence, "connected_set", self.tr("Connected set"))
        self._advanced = AdvancedFields()
        hint = self.tr("routing, callback")
        self._fold = Fold(self.tr("Advanced"), hint, self._advanced, "advanced")
        self._foot = GenerateBar()
        self._problems = {
            Field.PROMPT: self._prompt.problem,
            Field.REFERENCES: self._references.problem,
            Field.COUNT: MessageLine(),
            Field.SEQUENCE: MessageLine(),
            Field.CALLBACK_URL: self._advanced.problem,
        }

    def _compose(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4 - 1, theme.SPACE_2)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self._mode)
        # The prompt takes the room first; what it does not need lies above Generate.
        column.addWidget(self._prompt, _PROMPT_FIRST)
        column.addWidget(self._references)
        column.addWidget(self._shape)
        column.addLayout(self._size_and_count())
        column.addLayout(_over(self._sequence, self._problems[Field.SEQUENCE]))
        column.addWidget(self._fold)
        column.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._foot)

    def _size_and_count(self) -> QVBoxLayout:
        label = Label(self.tr("Images"), tone="muted")
        label.setBuddy(self._count.spin_box)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._resolution, 1)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self._count, 1)
        both = QVBoxLayout()
        both.setSpacing(6)
        both.addLayout(row)
        both.addWidget(self._problems[Field.COUNT])
        return both

    def _connect(self) -> None:
        for edited in (
            self._mode.chosen,
            self._prompt.changed,
            self._references.changed,
            self._shape.chosen,
            self._resolution.chosen,
            self._count.changed,
            self._sequence.toggled,
            self._advanced.changed,
        ):
            edited.connect(self._on_changed)
        self._references.refused.connect(self.references_refused)
        self._references.paste_requested.connect(self._paste)
        self._prompt.editor.pictures_offered.connect(self.take)
        self._foot.pressed.connect(self._generate)

    def _on_changed(self) -> None:
        if self._is_being_set:
            return
        self.show_notice("")
        self._show_state()
        self._draft_timer.start()

    def _show_state(self) -> None:
        request = self.request()
        self._references.set_used(request.mode is Mode.IMAGE_TO_IMAGE)
        self._shape.show_size(request.pixels)
        self._foot.show_estimate(request.count, self._price_usd)
        self._show_problems(request)

    def _show_problems(self, request: GenerationRequest) -> None:
        said: dict[Field, tuple[str, str]] = {}
        for problem in request.problems():
            if self._was_pressed or problem.code not in _QUIET_AT_FIRST:
                said.setdefault(problem.field, (problem_sentence(problem), _tone(problem)))
        local = self._local_file_sentence(request)
        if local:
            said.setdefault(Field.REFERENCES, (local, "bad"))
        for field, line in self._problems.items():
            line.say(*said.get(field, ("", "bad")))
        if Field.CALLBACK_URL in said and self._was_pressed:
            self._fold.open()

    def _local_file_sentence(self, request: GenerationRequest) -> str:
        """Return why the first local reference cannot be sent, or "" when all can."""
        if self._takes_local_files:
            return ""
        local = next((reference for reference in request.references if not reference.is_link), None)
        if local is None:
            return ""
        return failure_sentence(Failure(FailureKind.NO_HOST_FOR_FILES, message=shown_name(local)))

    def _generate(self) -> None:
        if self._prompt.editor.is_composing:
            return
        if not self._can_send:
            self.settings_requested.emit()
            return
        request = self.request()
        self._was_pressed = True
        self._show_problems(request)
        if request.is_sendable and not self._local_file_sentence(request):
            self._was_pressed = False
            self._foot.rest()
            self.requested.emit(request)
        else:
            self._lead_to_problem()

    def _lead_to_problem(self) -> None:
        """Bring the first problem into sight, and the cursor where it is mended by writing."""
        field = next(field for field, line in self._problems.items() if line.text())
        if field is Field.PROMPT:
            self.focus_prompt()
        self._scroll.ensureWidgetVisible(self._problems[field])

    def _paste(self) -> None:
        self._take_or_say(QGuiApplication.clipboard().mimeData())

    def _take_or_say(self, mime: QMimeData) -> bool:
        is_taken = self.take(mime)
        if not is_taken:
            self._references.refuse(self.tr("There is no picture and no link of one in this."))
        return is_taken

    def _mark_drop(self, *, is_over: bool) -> None:
        self._references.mark_drop(is_over=is_over)


def _tone(problem: Problem) -> str:
    return "bad" if problem.forbids else "care"


def _over(control: QWidget, line: MessageLine) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(6)
    layout.addWidget(control)
    layout.addWidget(line)
    return layout
