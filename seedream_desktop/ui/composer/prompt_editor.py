"""The prompt: plain text and nothing else, with its counter; pictures put into it go to the references."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.request import MAX_PROMPT_CHARS
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.intake import has_files_or_bitmap
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name

_LEAST_HEIGHT_PX: Final = 72
_USUAL_HEIGHT_PX: Final = 240
_LINE_BREAKS: Final = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\t": " "})


class PromptEditor(QPlainTextEdit):
    """A plain editor that Tab leaves. `pictures_offered` brings files or a bitmap pasted or dropped into it."""

    pictures_offered = Signal(QMimeData)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
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

    def prompt(self) -> str:
        """Return the text as written, with plain line breaks and no tab characters."""
        # toPlainText() would also turn no-break spaces into ordinary ones.
        return self.document().toRawText().translate(_LINE_BREAKS)

    def set_prompt(self, text: str) -> None:
        """Show *text* in place of what was there."""
        self.setPlainText(text.replace("\t", " "))

    def sizeHint(self) -> QSize:
        """Return the least height: the editor takes what is left over and asks for no more."""
        return QSize(200, self.minimumHeight())

    def _limit_height(self) -> None:
        """Be no higher than a few lines until more are written: an empty hall asks for more than is needed."""
        # A plain document tells its height in lines.
        lines = self.document().documentLayout().documentSize().height()
        around = 2 * (round(self.document().documentMargin()) + self.frameWidth())
        self.setMaximumHeight(max(_USUAL_HEIGHT_PX, round(lines * self.fontMetrics().lineSpacing()) + around))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words, and pictures for the references."""
        return source.hasText() or has_files_or_bitmap(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words without tabs and without any markup; hand pictures on."""
        if has_files_or_bitmap(source):
            self.pictures_offered.emit(source)
        else:
            self.insertPlainText(source.text().replace("\t", " "))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether letters are still being put together, when Enter belongs to the input method."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class PromptField(QWidget):
    """The editor under its label and counter; `changed` follows every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = PromptEditor()
        self.problem = MessageLine()
        self._counter = Label(tone="muted")
        self._counter.setFont(theme.label_font())
        label = Label(self.tr("Prompt"), tone="muted")
        label.setFont(theme.label_font())
        label.setBuddy(self.editor)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._counter)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self.problem)
        self.editor.textChanged.connect(self._on_changed)
        self._count()

    def event(self, event: QEvent) -> bool:
        """Follow the editor's greatest height: what is beyond it is somebody else's room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._limit_height()
        return super().event(event)

    def _limit_height(self) -> None:
        layout = self._column
        # Only with a sentence that may be wrapped does the height depend on the width.
        by_width = layout.totalMinimumHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
        least = max(by_width, layout.totalMinimumSize().height())
        self.setMaximumHeight(least - self.editor.minimumHeight() + self.editor.maximumHeight())

    def counter_text(self) -> str:
        """Return the counter as shown, e.g. ``86 / 5000``."""
        return self._counter.text()

    def _on_changed(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        count = len(self.editor.prompt())
        self._counter.setText(self.tr("{count} / {limit}").format(count=count, limit=MAX_PROMPT_CHARS))
        self._counter.set_tone("bad" if count > MAX_PROMPT_CHARS else "muted")
