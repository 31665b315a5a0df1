"""The fields of a request in the order of thinking: what is wanted, from what, what shape, how many."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedream_desktop.domain.figures import role_line
from seedream_desktop.domain.request import (
    MAX_COUNT,
    Field,
    GenerationRequest,
    Mode,
    Resolution,
)
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.advanced import AdvancedFields
from seedream_desktop.ui.composer.figure_popup import FigureChoice
from seedream_desktop.ui.composer.finding_lines import FindingLines
from seedream_desktop.ui.composer.picture_meter import PictureMeter
from seedream_desktop.ui.composer.prompt_field import PromptField
from seedream_desktop.ui.composer.reference_model import shown_name
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.role_line import RoleLine
from seedream_desktop.ui.composer.role_menu import RoleWords
from seedream_desktop.ui.composer.shape_picker import ShapePicker
from seedream_desktop.ui.controls.fold import Fold
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.controls.stepper import Stepper
from seedream_desktop.ui.controls.switch_row import SwitchRow

_PROMPT_FIRST: Final = 1000
_ROOMY_PX: Final = 640
_CLOSE_PX: Final = 10


class RequestForm(QScrollArea):
    """Holds what is written, as a `GenerationRequest`; `changed` follows every edit, but not `set_draft`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_being_set = False
        self._make_controls()
        self.lines = FindingLines(self._make_lines(), self)
        self._compose()
        self._connect()

    def draft(self) -> GenerationRequest:
        """Return all that is written here, references included whatever the mode."""
        return GenerationRequest(
            prompt=self.prompt.editor.prompt(),
            mode=Mode(str(self._mode.value())),
            resolution=Resolution(str(self._resolution.value())),
            aspect_ratio=self._shape.value(),
            count=self._count.value(),
            sequence=self._sequence.isChecked(),
            provider=self._advanced.provider(),
            references=self.references.references(),
            callback_url=self._advanced.callback_url(),
            adds_role_line=self._roles.is_on(),
        )

    def set_draft(self, request: GenerationRequest) -> None:
        """Show *request* in place of what was written before."""
        self._is_being_set = True
        self._mode.set_value(request.mode)
        self.prompt.editor.set_prompt(request.prompt)
        self.references.set_references(request.references)
        self.prompt.editor.numbers.begin(self._keys())
        self._roles.turn(on=request.adds_role_line)
        self._shape.set_value(request.aspect_ratio)
        self._resolution.set_value(request.resolution)
        self._count.set_value(request.count)
        self._sequence.setChecked(request.sequence)
        self._advanced.set_provider(request.provider)
        self._advanced.set_callback_url(request.callback_url)
        self._is_being_set = False

    def set_prompt(self, text: str) -> None:
        """Show *text* as the prompt and leave all else; its figures count the references as they are."""
        self.prompt.editor.set_prompt(text)
        self.prompt.editor.numbers.begin(self._keys())

    def show_facts(self, request: GenerationRequest) -> None:
        """Show what follows from *request*: its size, its roles, its meter, and what else is sent with the prompt."""
        uses_references = request.mode is Mode.IMAGE_TO_IMAGE
        self.references.set_used(uses_references)
        self.prompt.editor.set_references(len(request.references) if uses_references else None)
        self.prompt.count_more(len(request.sent_prompt) - len(request.prompt))
        self._roles.show_line(role_line(request.references) if uses_references else "")
        self._shape.show_size(request.pixels)
        self._meter.setVisible(request.sequence)
        self._meter.show_counts(len(request.references) if uses_references else 0, request.count)

    def use_references(self) -> None:
        """Go to the mode that sends references."""
        self._mode.set_value(Mode.IMAGE_TO_IMAGE)

    def set_count(self, count: int) -> None:
        """Ask for *count* images."""
        self._count.set_value(count)

    def leave_roles_out(self) -> None:
        """Send the prompt without the line of the roles."""
        self._roles.turn(on=False)

    def clear_callback(self) -> None:
        """Let results be fetched."""
        self._advanced.set_callback_url(None)

    def focus_prompt(self) -> None:
        """Put the cursor into the prompt."""
        self.prompt.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def lead_to(self, field: Field) -> None:
        """Bring what is said about *field* into sight, and the cursor where it is mended by writing."""
        if field is Field.PROMPT:
            self.focus_prompt()
        if field is Field.CALLBACK_URL:
            self._fold.open()
        self.ensureWidgetVisible(self.lines.line(field))

    def lead_to_tile(self, number: int) -> None:
        """Stand on the reference with *number* and bring the strip into sight."""
        self.references.select(number)
        self.ensureWidgetVisible(self.references)

    def figure_choices(self) -> list[FigureChoice]:
        """Return the references as the prompt offers them for an ``@``."""
        model = self.references.view.model()
        pictures = [model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(model.rowCount())]
        return [
            FigureChoice(number, shown_name(reference), self._role_words.short(reference.role), picture)
            for number, (reference, picture) in enumerate(zip(self.references.references(), pictures, strict=True), 1)
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the groups closer together in a low window, before any of them is scrolled out of sight."""
        super().resizeEvent(event)
        gap = theme.SPACE_4 if event.size().height() >= _ROOMY_PX else _CLOSE_PX
        # A scroll bar stands in the margin: nothing gets narrower when it comes.
        bar_px = self.width() - event.size().width()
        self._column.setContentsMargins(theme.SPACE_4, gap, max(0, theme.SPACE_4 - 1 - bar_px), theme.SPACE_2)
        self._column.setSpacing(gap)

    def _make_controls(self) -> None:
        modes = ((Mode.TEXT_TO_IMAGE, self.tr("Text to image")), (Mode.IMAGE_TO_IMAGE, self.tr("Image to image")))
        self._mode = Segmented(modes)
        self._mode.setAccessibleName(self.tr("Mode"))
        self.prompt = PromptField(self.figure_choices)
        self.references = ReferenceStrip()
        self._role_words = RoleWords(self)
        self._roles = RoleLine()
        self._shape = ShapePicker()
        self._resolution = Segmented(tuple((size, size.value) for size in Resolution))
        self._resolution.setAccessibleName(self.tr("Resolution"))
        self._count = Stepper(1, MAX_COUNT)
        set_name(self._count.spin_box, "number_of_images", self.tr("Number of images"))
        self._sequence = SwitchRow(self.tr("Connected set"), self.tr("storyboards, comic panels, one character"))
        set_name(self._sequence, "connected_set", self.tr("Connected set"))
        self._meter = PictureMeter()
        self._advanced = AdvancedFields()
        self._fold = Fold(self.tr("Advanced"), self.tr("routing, callback"), self._advanced, "advanced")

    def _make_lines(self) -> dict[Field, MessageLine]:
        self._count_problem = MessageLine()
        self._set_problem = MessageLine()
        return {
            Field.PROMPT: self.prompt.problem,
            Field.REFERENCES: self.references.problem,
            Field.COUNT: self._count_problem,
            Field.SEQUENCE: self._set_problem,
            Field.CALLBACK_URL: self._advanced.problem,
        }

    def _compose(self) -> None:
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        column.addWidget(self._mode)
        # The prompt takes the room first; what it does not need lies above Generate.
        column.addWidget(self.prompt, _PROMPT_FIRST)
        column.addWidget(self.references)
        column.addWidget(self._roles)
        column.addWidget(self._shape)
        column.addLayout(_over(self._size_and_count(), self._count_problem))
        column.addLayout(_over(self._sequence, self._meter, self._set_problem))
        column.addWidget(self._fold)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)

    def _size_and_count(self) -> QWidget:
        label = Label(self.tr("Images"), tone="muted")
        label.setBuddy(self._count.spin_box)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._resolution, 1)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self._count, 1)
        return both

    def _connect(self) -> None:
        self.references.renumbered.connect(self._follow_numbers)
        # What is told after `renumbered` can only be a reference that came back.
        self.references.changed.connect(lambda: self._follow_numbers({}))
        for edited in (
            self._mode.chosen,
            self.prompt.changed,
            self.references.changed,
            self._roles.toggled,
            self._shape.chosen,
            self._resolution.chosen,
            self._count.changed,
            self._sequence.toggled,
            self._advanced.changed,
        ):
            edited.connect(self._on_changed)
        self.prompt.editor.figure_inserted.connect(self.use_references)
        self.verticalScrollBar().valueChanged.connect(self.prompt.editor.follow_scrolling)

    def _follow_numbers(self, new_numbers: dict[int, int | None]) -> None:
        if not self._is_being_set:
            self.prompt.editor.numbers.follow(new_numbers, self._keys())

    def _keys(self) -> list[int]:
        return [entry.key for entry in self.references.entries()]

    def _on_changed(self) -> None:
        if not self._is_being_set:
            self.changed.emit()


def _over(*stacked: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(6)
    for widget in stacked:
        layout.addWidget(widget)
    return layout
