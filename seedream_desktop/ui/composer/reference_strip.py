"""The references as people see them: label, tiles, what is wrong with one, and the sentence about one left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import MAX_REFERENCES
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.file_choice import FileChoice
from seedream_desktop.ui.composer.reference_history import is_same_picture
from seedream_desktop.ui.composer.reference_list import ReferenceList
from seedream_desktop.ui.composer.reference_model import shown_name
from seedream_desktop.ui.composer.reference_tiles import ReferenceTiles
from seedream_desktop.ui.composer.reference_view import ReferenceView
from seedream_desktop.ui.composer.tile_menu import TileMenu
from seedream_desktop.ui.composer.tile_message import TileMessage
from seedream_desktop.ui.composer.tile_state import Entry, Kind, Repair, TileState
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_MOST_SENTENCES_SHOWN = 3


class ReferenceStrip(QWidget):
    """Up to 14 references.

    `changed`: they are others now; `renumbered` comes before it whenever one came, went or moved, with a dict of old
    numbers to new ones, None for a reference that is gone. `preparation_requested` brings each Entry whose picture is
    new here. `crop_requested` and `folder_requested` bring a key, `repair_requested` a key and a Repair that the
    strip cannot do itself. `files_chosen` brings paths, `dropped_at` a QMimeData and how many references stand before
    it. `refused` brings the sentence shown about what was left out.
    """

    changed = Signal()
    renumbered = Signal(object)
    refused = Signal(str)
    paste_requested = Signal()
    hosted_requested = Signal()
    files_chosen = Signal(object)
    dropped_at = Signal(object, int)
    preparation_requested = Signal(object)
    crop_requested = Signal(int)
    folder_requested = Signal(int)
    repair_requested = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_used = True
        self._list = ReferenceList(self)
        self._model = self._list.model
        self.view = ReferenceView(self._model)
        self.add_button = self._make_add_button()
        self.paste_button = self._make_paste_button()
        self._hosted_button = self._make_hosted_button()
        self.problem = MessageLine()
        self._refusal = MessageLine()
        self._message = TileMessage()
        self._told_key: int | None = None
        self._said: list[str] = []
        self._tiles = ReferenceTiles(self.view, self.add_button)
        self._counter = Label(tone="faint")
        self._counter.setFont(theme.label_font())
        self._compose()
        self._connect()
        self._on_counted()

    def references(self) -> tuple[Reference, ...]:
        """Return the references in their order."""
        return self._model.references()

    def entries(self) -> tuple[Entry, ...]:
        """Return the references in their order, with their keys."""
        return self._model.entries()

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show *references* in place of those before, unchecked: they belong to a request that was made before."""
        self._list.set_references(references)

    def insert(self, references: Sequence[Reference], at: int | None = None) -> None:
        """Take *references* before the one at row *at*, or at the end, up to 14 in all; say which were left out."""
        present = {entry.key for entry in self.entries()}
        room = max(0, MAX_REFERENCES - len(present))
        self._list.insert(references[:room], len(present) if at is None else min(max(0, at), len(present)))
        if references[room:]:
            self._refuse([self._too_many(reference) for reference in references[room:]])
        else:
            self._hint([entry for entry in self.entries() if entry.key not in present])

    def replace(self, key: int, reference: Reference) -> None:
        """Let *reference* take the place of the one with *key*; it is prepared anew when the picture is another."""
        self._list.replace(key, reference)

    def set_reference(self, key: int, reference: Reference) -> None:
        """Write down what became known of the reference with *key*, e.g. the copy kept; nothing is asked for again."""
        before = self._list.reference(key)
        self._list.set_reference(key, reference)
        if before is not None and before.sha256 != reference.sha256 and not self._refusal.text():
            self._hint([Entry(key, reference)])

    def set_state(self, key: int, state: TileState) -> None:
        """Show how far the reference with *key* is."""
        self._model.set_state(key, state)

    def state(self, key: int) -> TileState:
        """Return how far the reference with *key* is, as far as it was told."""
        return self._model.state(key)

    def set_thumbnail(self, key: int, picture: QImage) -> None:
        """Show *picture* on the tile of *key*; a null one takes it away."""
        self._model.set_thumbnail(key, picture)

    def is_preparing(self) -> bool:
        """Return whether any reference is not prepared yet."""
        return any(self.state(entry.key).kind is Kind.PREPARING for entry in self.entries())

    def problems(self) -> tuple[tuple[int, TileState], ...]:
        """Return number and state of each reference that cannot be used."""
        states = ((number, self.state(entry.key)) for number, entry in enumerate(self.entries(), 1))
        return tuple((number, state) for number, state in states if state.kind is Kind.PROBLEM)

    def select(self, number: int) -> None:
        """Put the keyboard on the reference with *number*, counted from 1; nothing happens when there is none."""
        if 1 <= number <= len(self.entries()):
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.view.setCurrentIndex(self._model.index(number - 1))

    def refuse(self, *sentences: str) -> None:
        """Show *sentences* about what could not be taken, beside those said in the same turn of the event loop."""
        self._refuse(sentences)

    def refusal_text(self) -> str:
        """Return the sentence about what was left out last, or ""."""
        return self._refusal.text()

    def set_used(self, is_used: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Grey the references where the mode does not use them; they are kept."""
        self._is_used = is_used
        self._on_counted()
        self._show_message()

    def mark_drop(self, *, is_over: bool) -> None:
        """Show that what hangs at the pointer may be let go here."""
        self.add_button.setProperty("look", "target" if is_over else "dashed")
        self.add_button.style().unpolish(self.add_button)
        self.add_button.style().polish(self.add_button)

    def choose_files(self) -> None:
        """Let the user choose picture files; `files_chosen` brings them."""
        FileChoice(self, self.tr("Add references"), lambda paths: self.files_chosen.emit(list(paths))).open()

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._head())
        layout.addWidget(self._tiles)
        layout.addWidget(self._message)
        layout.addWidget(self._refusal)
        layout.addWidget(self.problem)

    def _head(self) -> QHBoxLayout:
        label = Label(self.tr("References"), tone="muted")
        label.setFont(theme.label_font())
        label.setBuddy(self.view)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        head.addWidget(label)
        head.addWidget(self._counter)
        head.addStretch(1)
        head.addWidget(self._hosted_button)
        head.addWidget(self.paste_button)
        return head

    def _connect(self) -> None:
        model, view = self._model, self.view
        for happened in (model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.modelReset):
            happened.connect(self._on_rearranged)
        for happened in (model.dataChanged, view.selectionModel().currentChanged):
            happened.connect(self._show_message)
        self._list.renumbered.connect(self.renumbered)
        self._list.changed.connect(self.changed)
        self._list.preparation_requested.connect(self.preparation_requested)
        view.paste_requested.connect(self.paste_requested)
        view.dropped_at.connect(self.dropped_at)
        view.remove_wanted.connect(self._remove)
        view.move_wanted.connect(self._move)
        view.crop_wanted.connect(lambda row: self.crop_requested.emit(self.entries()[row].key))
        view.menu_wanted.connect(self._open_menu)
        view.undo_wanted.connect(lambda: self._step(self._list.undo))
        view.redo_wanted.connect(lambda: self._step(self._list.redo))
        self._message.repair_chosen.connect(self._repair)

    def _make_add_button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("look", "dashed")
        button.setIcon(icon("plus", "muted"))
        button.clicked.connect(self.choose_files)
        set_name(button, "add_references", self.tr("Add references"))
        button.setToolTip(self.tr("Add pictures; drop and paste work too"))
        return button

    def _make_paste_button(self) -> QPushButton:
        button = QPushButton(" " + self.tr("Paste"))  # Fusion sets icon and text closer than they can be read
        button.setProperty("look", "aside")
        button.setFont(theme.label_font())
        button.setIcon(icon("clipboard-paste", "muted"))
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(self.paste_requested)
        set_name(button, "paste_reference", self.tr("Paste reference"))
        button.setToolTip(self.tr("Paste a picture or the link of one"))
        return button

    def _make_hosted_button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("look", "aside")
        button.setIcon(icon("cloud", "muted"))
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(self.hosted_requested)
        set_name(button, "hosted_pictures", self.tr("Hosted pictures"))
        button.setToolTip(self.tr("Which references were uploaded, where, and until when"))
        return button

    def _on_rearranged(self) -> None:
        self._said = []
        self._refusal.say("")
        self._on_counted()
        self._tiles.arrange()
        self._show_message()

    def _on_counted(self) -> None:
        count = len(self.references())
        self._counter.setText(self._count_words(count))
        self._tiles.setEnabled(self._is_used)
        self.add_button.setVisible(count < MAX_REFERENCES)
        self.add_button.setEnabled(self._is_used and count < MAX_REFERENCES)
        self.add_button.setText(self.tr("Add references") if not count else "")

    def _count_words(self, count: int) -> str:
        if self._is_used:
            return self.tr("{count} of {limit}").format(count=count, limit=MAX_REFERENCES)
        if count:
            return self.tr("{count} kept, not sent").format(count=count)
        return self.tr("for image to image")

    def _show_message(self) -> None:
        """Speak of the chosen tile's problem, else of the first one, else of what was done to the chosen one."""
        self._message.setVisible(bool(self.entries()) and self._is_used)
        current = self.view.currentIndex().row() + 1
        problems = dict(self.problems())
        number = current if current in problems else next(iter(problems), 0)
        self._told_key = self.entries()[number - 1].key if number else None
        if number:
            self._message.show_problem(number, problems[number])
        else:
            self._message.show_facts(*self._facts(current))

    def _facts(self, number: int) -> tuple[str, ...]:
        """Return what is told of the chosen tile, or of all, from the longest wording to the shortest."""
        if not 1 <= number <= len(self.entries()):
            hint = self.tr("Drag to reorder, double-click to crop")
            return (self.tr("Being prepared…") if self.is_preparing() else hint,)
        key = self.entries()[number - 1].key
        whole, done = self._model.state_words(key), self.state(key).words
        numbered = self.tr("{number}: {sentence}")
        wordings = [numbered.format(number=number, sentence=words) for words in (whole, done) if words]
        return (*wordings, done) if wordings else ("",)

    def _remove(self, row: int) -> None:
        had_focus = self.view.hasFocus()
        self._list.remove(self.entries()[row].key)
        count = len(self.entries())
        if count:
            self.view.setCurrentIndex(self._model.index(min(row, count - 1)))
        elif had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, row: int, target: int) -> None:
        self._list.move(row, target)
        self.view.setCurrentIndex(self._model.index(target))

    def _step(self, go: Callable[[], bool]) -> None:
        """Undo or redo, and stand on the first tile that is another now."""
        before, row = self.entries(), self.view.currentIndex().row()
        if not go():
            return
        after = self.entries()
        changed = (place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
        row = next(changed, min(len(before), len(after)) if len(after) > len(before) else row)
        self.view.setCurrentIndex(self._model.index(min(row, len(after) - 1)))

    def _open_menu(self, row: int, place: QPoint) -> None:
        menu = self._tile_menu(self.entries()[row], row) if row >= 0 else QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addAction(self.tr("Paste picture or link"), self.paste_requested.emit)
        menu.popup(place)

    def _tile_menu(self, entry: Entry, row: int) -> TileMenu:
        menu = TileMenu(entry.reference, row + 1, len(self.entries()), self)
        menu.role_chosen.connect(lambda role: self._list.set_role(entry.key, role))
        menu.crop_chosen.connect(lambda: self.crop_requested.emit(entry.key))
        menu.replace_chosen.connect(lambda: self._choose_other(entry.key))
        menu.move_chosen.connect(lambda step: self._move(row, row + step))
        menu.folder_chosen.connect(lambda: self.folder_requested.emit(entry.key))
        menu.remove_chosen.connect(lambda: self._remove(row))
        return menu

    def _repair(self, repair: Repair) -> None:
        key = self._told_key
        row = None if key is None else self._model.row_of(key)
        if key is None or row is None:
            return
        match repair:
            case Repair.REMOVE:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self._remove(row)
            case Repair.REPLACE:
                self._choose_other(key)
            case Repair.CROP:
                # The button goes with the problem: the keyboard waits at the tile.
                self.select(row + 1)
                self.crop_requested.emit(key)
            case _:
                self.repair_requested.emit(key, repair)

    def _choose_other(self, key: int) -> None:
        """Let the user choose another file for *key*; its role stays."""
        dialog = FileChoice(self, self.tr("Replace reference"), lambda paths: self._take_other(key, paths[0]))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _take_other(self, key: int, path: str) -> None:
        present = self._list.reference(key)
        if present is not None:
            self._list.replace(key, Reference(str(Path(path).absolute()), role=present.role))

    def _hint(self, entries: Sequence[Entry]) -> None:
        """Say calmly which of *entries* are there twice."""
        found = ((entry, self._number_of_double(entry)) for entry in entries)
        words = self.tr("{name} is there already, as number {number}.")
        hints = [words.format(name=shown_name(entry.reference), number=number) for entry, number in found if number]
        if hints:
            self._refusal.say(self._abridged(hints), "muted")

    def _number_of_double(self, entry: Entry) -> int | None:
        sha256 = entry.reference.sha256
        for number, other in enumerate(self.entries(), 1):
            is_same_copy = sha256 is not None and other.reference.sha256 == sha256
            is_double = is_same_copy or is_same_picture(other.reference, entry.reference)
            if other.key != entry.key and is_double:
                return number
        return None

    def _refuse(self, sentences: Sequence[str]) -> None:
        self._said = [*dict.fromkeys([*self._said, *sentences])]
        QTimer.singleShot(0, self, self._forget_said)
        text = self._abridged(self._said)
        self._refusal.say(text)
        self.refused.emit(text)

    def _forget_said(self) -> None:
        self._said = []

    def _abridged(self, sentences: Sequence[str]) -> str:
        shown = list(sentences[:_MOST_SENTENCES_SHOWN])
        rest = len(sentences) - len(shown)
        if rest:
            shown.append(self.tr("And besides: {count}.").format(count=rest))
        return "\n".join(shown)

    def _too_many(self, reference: Reference) -> str:
        words = self.tr("{name} was left out: the service takes at most {limit} references.")
        return words.format(name=shown_name(reference), limit=MAX_REFERENCES)
