"""The prompt's editor: plain text with figures as chips; pictures put into it go to the references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.chip_cursor import chip_after, chip_before, settled
from seedream_desktop.ui.composer.figure_chips import ChipHighlighter, chips_in, draw_chips
from seedream_desktop.ui.composer.figure_completion import FigureCompletion
from seedream_desktop.ui.composer.figure_numbers import FigureNumbers
from seedream_desktop.ui.composer.figure_popup import FigureChoice
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.intake.reading import has_files_or_bitmap

_LEAST_HEIGHT_PX: Final = 72
_USUAL_HEIGHT_PX: Final = 240
_LINE_BREAKS: Final = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\t": " "})


class PromptEditor(QPlainTextEdit):
    """A plain editor that Tab leaves.

    `pictures_offered` brings files or a bitmap pasted or dropped into it; `figure_inserted`: one was chosen for an
    ``@``.
    """

    pictures_offered = Signal(QMimeData)
    figure_inserted = Signal()

    def __init__(self, choices: Callable[[], Sequence[FigureChoice]] = tuple) -> None:
        super().__init__()
        self.is_composing = False
        self._came_from: int | None = None
        self.setTabChangesFocus(True)
        self.setFont(theme.prompt_font())
        self.document().setDocumentMargin(theme.SPACE_2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST_HEIGHT_PX)
        self.document().documentLayout().documentSizeChanged.connect(self._limit_height)
        self._limit_height()
        self.setPlaceholderText(self.tr("Describe the picture: what is seen, the light, the style"))
        set_name(self, "prompt", self.tr("Prompt"))
        self.numbers = FigureNumbers(self.document())
        self._chips = ChipHighlighter(self.document())
        self._completion = FigureCompletion(self, choices)
        self._completion.inserted.connect(self.figure_inserted)
        self.cursorPositionChanged.connect(self._settle)
        self.selectionChanged.connect(self._settle)
        theme.notifier.changed.connect(self.viewport().update)

    def prompt(self) -> str:
        """Return the text as written, with plain line breaks and no tab characters."""
        # toPlainText() would also turn no-break spaces into ordinary ones.
        return self.document().toRawText().translate(_LINE_BREAKS)

    def set_prompt(self, text: str) -> None:
        """Show *text* in place of what was there; undo brings back what somebody had written."""
        plain = text.replace("\t", " ")
        if self.document().isEmpty():
            self.setPlainText(plain)
        elif plain != self.prompt():
            self._write_over(plain)

    def set_references(self, count: int | None) -> None:
        """Mark figures beyond *count* references; with None no pictures go along and figures are mere words."""
        self._chips.set_references(count)
        self.viewport().update()

    def take_out(self, words: str) -> None:
        """Remove the figure *words* wherever it stands, with the space before it, in one step of undo."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for chip in reversed([chip for chip in chips_in(self.document()) if chip.words == words]):
            cursor.setPosition(chip.start)
            if self.document().characterAt(chip.start - 1) == " ":
                cursor.setPosition(chip.start - 1)
            cursor.setPosition(chip.end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.endEditBlock()

    def follow_scrolling(self) -> None:
        """Keep the open list of references at its sign when the editor itself was moved."""
        self._completion.follow()

    def sizeHint(self) -> QSize:
        """Return the least height: the editor takes what is left over and asks for no more."""
        return QSize(200, self.minimumHeight())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, and pictures for the references."""
        return source.hasText() or has_files_or_bitmap(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words without tabs and without any markup; hand pictures on."""
        if has_files_or_bitmap(source):
            self.pictures_offered.emit(source)
        else:
            self.insertPlainText(source.text().replace("\t", " "))

    def event(self, event: QEvent) -> bool:
        """Let the open list of references have its keys before the window's shortcuts and the Tab order see them."""
        if isinstance(event, QKeyEvent) and not self.is_composing and self._completion.takes(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._completion.press(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete a chip whole; let an ``@`` open the list of references."""
        if self._delete_chip(event):
            return
        self._completion.mend_space(event.text())
        self._came_from = self.textCursor().position()
        super().keyPressEvent(event)
        self._came_from = None
        self._completion.on_typed(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether letters are still being put together, when Enter belongs to the input method."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._completion.on_typed(event.commitString())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list of references away."""
        super().focusOutEvent(event)
        self._completion.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips beneath the words."""
        if self._chips.is_drawn():
            self._draw_chips(event)
        super().paintEvent(event)

    def _write_over(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _draw_chips(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > event.rect().bottom():
                break
            draw_chips(painter, block, place, event.rect(), self._chips)
            block = block.next()
        painter.end()

    def _limit_height(self) -> None:
        """Be no higher than a few lines until more are written: an empty hall asks for more than is needed."""
        # A plain document tells its height in lines.
        lines = self.document().documentLayout().documentSize().height()
        around = 2 * (round(self.document().documentMargin()) + self.frameWidth())
        self.setMaximumHeight(max(_USUAL_HEIGHT_PX, round(lines * self.fontMetrics().lineSpacing()) + around))

    def _settle(self) -> None:
        """Lead the cursor out of a chip, wherever a key or a click put it."""
        moved = settled(self.textCursor(), self._came_from)
        if moved is not None:
            self.setTextCursor(moved)

    def _delete_chip(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        match event.key():
            case Qt.Key.Key_Backspace if is_plain:
                selection = chip_before(self.textCursor())
            case Qt.Key.Key_Delete if is_plain:
                selection = chip_after(self.textCursor())
            case _:
                return False
        if selection is None:
            return False
        selection.removeSelectedText()
        self.setTextCursor(selection)
        return True
