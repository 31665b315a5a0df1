"""The references with their label, the button that adds some, and the sentence about one that was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import MAX_REFERENCES
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_model import ReferenceModel, shown_name
from seedream_desktop.ui.composer.reference_view import ReferenceView
from seedream_desktop.ui.composer.source_check import SourceFault, source_fault
from seedream_desktop.ui.composer.tile_painter import GAP_PX
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_EMPTY_HEIGHT_PX = 56
_LARGEST_COLUMNS = 4
_MOST_REFUSALS_SHOWN = 3


class ReferenceTiles(QWidget):
    """Lays the tiles and the add button in one row while they are few, else in two; the cells shrink to fit."""

    def __init__(self, view: ReferenceView, add: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._add = add
        view.setParent(self)
        add.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the rows at the present width."""
        return QSize(200, self.height())

    def arrange(self) -> None:
        """Give every tile its place for the present number and width."""
        count = self._view.model().rowCount()
        columns = _columns(count + 1)
        side = (self.width() - GAP_PX * (columns - 1)) // columns
        rows = -(-(count + 1) // columns)
        self.setFixedHeight(rows * (side + GAP_PX) - GAP_PX if count else _EMPTY_HEIGHT_PX)
        self._view.set_tile_side(side)
        # The last tile's gap hangs over the edge; a little more keeps the last column from wrapping.
        self._view.setGeometry(0, 0, columns * (side + GAP_PX) + 4, self.height() + GAP_PX)
        row, column = divmod(count, columns)
        place = QRect(column * (side + GAP_PX), row * (side + GAP_PX), side, side)
        self._add.setGeometry(place if count else self.rect())
        self._add.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tiles for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.arrange()


def _columns(cells: int) -> int:
    """At most two rows, as large as that allows: 4 columns, then 5, then half the cells."""
    if cells <= _LARGEST_COLUMNS:
        return _LARGEST_COLUMNS
    return max(5, -(-cells // 2)) if cells > 6 else cells


class ReferenceStrip(QWidget):
    """Up to 14 references. `changed`: they are others now; `refused`: the sentence shown; `paste_requested`."""

    changed = Signal()
    refused = Signal(str)
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_used = True
        self._model = ReferenceModel(self)
        self.view = ReferenceView(self._model)
        self.add_button = self._make_add_button()
        self.paste_button = self._make_paste_button()
        self.problem = MessageLine()
        self._refusal = MessageLine()
        self._tiles = ReferenceTiles(self.view, self.add_button)
        self._counter = Label(tone="faint")
        self._counter.setFont(theme.label_font())
        self._compose()
        self.view.paste_requested.connect(self.paste_requested)
        for happened in (self._model.rowsInserted, self._model.rowsRemoved, self._model.rowsMoved):
            happened.connect(self._on_changed)
        self._model.modelReset.connect(self._on_changed)
        self._on_changed()

    def references(self) -> tuple[Reference, ...]:
        """Return the references in their order."""
        return self._model.references()

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show *references* in place of those before, unchecked: they belong to a request that was made before."""
        self._refusal.say("")
        self._model.set_references(references)

    def add(self, sources: Sequence[str]) -> None:
        """Take the first of *sources* (paths, links) that can be used, up to 14 in all; say what was left out."""
        refusals: list[str] = []
        taken: list[Reference] = []
        room = MAX_REFERENCES - len(self.references())
        for source in sources:
            reference = _reference_of(source)
            if len(taken) >= room:
                refusals.append(self._too_many(reference))
                continue
            fault = source_fault(reference)
            if fault is None:
                taken.append(reference)
            else:
                refusals.append(self._fault_sentence(fault, shown_name(reference)))
        self._model.extend(taken)
        self._refuse(refusals)

    def refuse(self, sentence: str) -> None:
        """Show *sentence* about something that could not be taken."""
        self._refuse([sentence])

    def refusal_text(self) -> str:
        """Return the sentence about what was left out last, or ""."""
        return self._refusal.text()

    def set_used(self, is_used: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Grey the references where the mode does not use them; they are kept."""
        self._is_used = is_used
        self._on_counted()

    def mark_drop(self, *, is_over: bool) -> None:
        """Show that what hangs at the pointer may be let go here."""
        self.add_button.setProperty("look", "target" if is_over else "dashed")
        self.add_button.style().unpolish(self.add_button)
        self.add_button.style().polish(self.add_button)

    def choose_files(self) -> None:
        """Open the system's file dialog beside the running window."""
        dialog = QFileDialog(self, self.tr("Add references"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pictures = self.tr("Pictures (*.jpg *.jpeg *.png *.webp)")
        dialog.setNameFilters([pictures, self.tr("All files (*)")])
        dialog.filesSelected.connect(self.add)
        dialog.open()

    def _compose(self) -> None:
        label = Label(self.tr("References"), tone="muted")
        label.setFont(theme.label_font())
        label.setBuddy(self.view)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        head.addWidget(label)
        head.addWidget(self._counter)
        head.addStretch(1)
        head.addWidget(self.paste_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._tiles)
        layout.addWidget(self._refusal)
        layout.addWidget(self.problem)

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

    def _on_changed(self) -> None:
        self._refusal.say("")
        self._on_counted()
        self._tiles.arrange()
        self.changed.emit()

    def _on_counted(self) -> None:
        count = len(self.references())
        shown = self.tr("{count} of {limit}").format(count=count, limit=MAX_REFERENCES)
        self._counter.setText(shown if self._is_used or count else self.tr("for image to image"))
        self._tiles.setEnabled(self._is_used)
        self.add_button.setEnabled(self._is_used and count < MAX_REFERENCES)
        self.add_button.setText(self.tr("Add references") if not count else "")

    def _refuse(self, sentences: Sequence[str]) -> None:
        if not sentences:
            return
        shown = list(sentences[:_MOST_REFUSALS_SHOWN])
        rest = len(sentences) - len(shown)
        if rest:
            shown.append(self.tr("Left out besides: {count}.").format(count=rest))
        text = "\n".join(shown)
        self._refusal.say(text)
        self.refused.emit(text)

    def _too_many(self, reference: Reference) -> str:
        words = self.tr("{name} was left out: the service takes at most {limit} references.")
        return words.format(name=shown_name(reference), limit=MAX_REFERENCES)

    def _fault_sentence(self, fault: SourceFault, name: str) -> str:
        match fault:
            case SourceFault.NOT_A_PICTURE:
                words = self.tr("{name} is not a picture the model can use: JPEG, PNG or WebP.")
            case SourceFault.TOO_BIG:
                words = self.tr("{name} is larger than 10 MB, the most the service takes.")
            case SourceFault.UNREADABLE:
                words = self.tr("{name} cannot be opened.")
        return words.format(name=name)


def _reference_of(source: str) -> Reference:
    reference = Reference(source)
    return reference if reference.is_link else Reference(str(Path(source).absolute()))
