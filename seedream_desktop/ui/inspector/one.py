"""The page of one picture, from what is seen first to what is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.family import Kin
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from seedream_desktop.ui.inspector import facts
from seedream_desktop.ui.inspector.buttons import button, link
from seedream_desktop.ui.inspector.common import Common
from seedream_desktop.ui.inspector.fact_grid import FactGrid
from seedream_desktop.ui.inspector.flow import FlowLayout
from seedream_desktop.ui.inspector.marks import Marks
from seedream_desktop.ui.inspector.note import NoteField
from seedream_desktop.ui.inspector.preview import SCROLL_BAR_PX, Preview
from seedream_desktop.ui.inspector.prompt import Prompt
from seedream_desktop.ui.inspector.relatives import FamilyTree, References
from seedream_desktop.ui.inspector.section import Section
from seedream_desktop.ui.inspector.tags import Tags

_FOLDER_PX: Final = 150


class OnePage(QWidget):
    """Signals are told in `Inspector`; ``action_requested`` carries the word alone."""

    action_requested = Signal(str)
    judged = Signal(object)
    note_written = Signal(str, str, bool)
    known_tags_wanted = Signal()
    relative_pressed = Signal(object, int)
    reference_pressed = Signal(object)
    left = Signal()

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._order: tuple[Task, Picture] | None = None
        self._balances_usd: tuple[Decimal, Decimal] | None = None
        self._preview, self._marks = Preview(thumbnails, self), Marks(self)
        self._result, self._tags, self._note = FactGrid(self), Tags(self), NoteField(self)
        self._folder = link(self, "show_in_folder", "", self.tr("Show in folder"), lambda: self._ask("folder"))
        self._result.add_last(self.tr("Saved"), self._folder)
        self._prompt, self._references = Prompt(self), References(thumbnails, self)
        self._family = FamilyTree(thumbnails, self)
        self._request, self._file, self._order_facts = FactGrid(self), FactGrid(self), FactGrid(self)
        self.sections = self._sections()
        self._tags_section, self._note_section = self.sections[:2]
        self._references_section = self.sections[3]
        self._connect()
        self._lay_out()

    def show_picture(self, task: Task, picture: Picture) -> None:
        """Show all that the task and the picture tell."""
        self._order = task, picture
        self._preview.show_picture(picture)
        self._result.show_facts(facts.result_facts(task, picture))
        self._show_folder(picture)
        self._prompt.show_text(task.request.prompt)
        self._request.show_facts(facts.request_facts(task.request))
        self._file.show_facts(facts.file_facts(picture))
        self._order_facts.show_facts(facts.order_facts(task, picture, self._balances_usd))
        count = len(task.request.references)
        self._references_section.set_title(self.tr("References · {count}").format(count=count))
        self._references_section.setVisible(count > 0)

    def show_judgment(self, sha256: str | None, judgment: Judgment) -> None:
        """Show what is said of the picture with this content."""
        common = Common.of([judgment])
        self._marks.show_common(common)
        self._tags.show_common(common)
        self._note.show_note(sha256, judgment.note)

    def show_kin(self, kin: Kin, *, is_known: bool) -> None:
        """Show references and family; nothing is claimed while they are not known."""
        self._references.show_references(kin.references)
        self._family.show_kin(kin if is_known else None)

    def show_balances(self, balances_usd: tuple[Decimal, Decimal] | None) -> None:
        """Show the balance in dollars before and after the order."""
        self._balances_usd = balances_usd
        if self._order is not None:
            self._order_facts.show_facts(facts.order_facts(*self._order, balances_usd))

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """Offer *tags* while one is written."""
        self._tags.set_known(tags)

    def write_tag(self) -> None:
        """Put the keyboard where tags are written."""
        self._tags_section.take_keyboard()

    def write_note(self) -> None:
        """Put the keyboard where the note is written."""
        self._note_section.take_keyboard()

    def flush(self) -> None:
        """Tell what is being written."""
        self._note.flush()
        self._tags.flush()

    def _sections(self) -> tuple[Section, ...]:
        copy = link(self, "copy_prompt", self.tr("Copy"), self.tr("Copy prompt"), lambda: self._ask("copy_prompt"))
        return (
            Section(self.tr("Tags"), "tags", self._tags),
            Section(self.tr("Note"), "notes", self._note),
            Section(self.tr("Prompt"), "prompt", self._with_actions(), beside=copy),
            Section(self.tr("References"), "references", self._references),
            Section(self.tr("Family"), "family", self._family),
            Section(self.tr("Asked"), "asked", self._request, is_open=False),
            Section(self.tr("File"), "file", self._with_file_actions(), is_open=False),
            Section(self.tr("Order"), "order", self._order_facts, is_open=False),
        )

    def _with_actions(self) -> QWidget:
        buttons = (
            self._button("use_as_reference", self.tr("Use as reference"), "reference"),
            self._button("remix", self.tr("Remix"), "remix", self.tr("Prompt and settings")),
            self._button(
                "use_everything", self.tr("Use everything"), "reuse", self.tr("Prompt, settings and references")
            ),
            self._button(
                "next_frame", self.tr("Next frame"), "next_frame", self.tr("With this picture as a reference")
            ),
        )
        return _above(self._prompt, _flowing(buttons))

    def _with_file_actions(self) -> QWidget:
        opening = self._button("open_with", self.tr("Open with…"), "open_with")
        return _above(self._file, _flowing((opening,)))

    def _button(self, object_name: str, text: str, action: str, hint: str = "") -> QPushButton:
        made = button(self, object_name, text, text.rstrip("…"), lambda: self._ask(action))
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
        return made

    def _ask(self, action: str) -> None:
        self.action_requested.emit(action)

    def _connect(self) -> None:
        self._marks.judged.connect(self.judged)
        self._tags.judged.connect(self.judged)
        self._tags.known_wanted.connect(self.known_tags_wanted)
        self._note.written.connect(self.note_written)
        self._tags.left.connect(self.left)
        self._note.left.connect(self.left)
        self._references.pressed.connect(self.reference_pressed)
        self._family.pressed.connect(self.relative_pressed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        # The scroll bar lies beside the page.
        column.setContentsMargins(theme.SPACE_4 - 1, theme.SPACE_4, theme.SPACE_4 - SCROLL_BAR_PX, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        for part in (self._preview, self._marks, self._result, *self.sections):
            column.addWidget(part)
        column.addStretch(1)

    def _show_folder(self, picture: Picture) -> None:
        folder = PurePath(picture.saved_path).parent if picture.saved_path else None
        name = "/".join(folder.parts[-2:]) if folder else self.tr("in the program's store")
        shown = self._folder.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _FOLDER_PX)
        self._folder.setText(shown.replace("&", "&&"))
        self._folder.setAccessibleDescription(str(folder or name))


def _flowing(buttons: Sequence[QPushButton]) -> QWidget:
    """Side by side they are wider than the panel in many a font and language: then one beneath the other."""
    whole = QWidget()
    flow = FlowLayout(theme.SPACE_2, whole)
    for each in buttons:
        flow.addWidget(each)
    return whole


def _above(upper: QWidget, lower: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_3)
    column.addWidget(upper)
    column.addWidget(lower)
    return whole
