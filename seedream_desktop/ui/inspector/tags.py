"""The tags of what is chosen: chips that can be taken off, and a field that completes from the tags in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Change, tidy_tag
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.inspector.common import Common
from seedream_desktop.ui.inspector.flow import FlowLayout

_CHIP_PX: Final = 220
_MOST_CHIPS: Final = 100
_ROOM_PX: Final = 40
_LEAVING: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TagField(QLineEdit):
    """``entered`` carries the tags that were written; what stands in the field is entered when the keyboard leaves.

    ``left`` wants the keyboard back among the pictures: Enter or Escape in an empty field.
    """

    entered = Signal(object)
    left = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "add_tag", self.tr("Add tag"))
        self.setPlaceholderText(self.tr("Add tag"))
        self._known = QStringListModel(self)
        self._spelling: dict[str, str] = {}
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Later, for the completer itself writes its word into the field after this signal.
        completer.activated.connect(lambda _: QTimer.singleShot(0, self, self.enter))
        self.setCompleter(completer)
        self.returnPressed.connect(self.enter)
        self.textEdited.connect(self._enter_at_comma)

    def set_known(self, tags: Sequence[str]) -> None:
        """Offer *tags*, the most used first, and let them be written in whatever case."""
        self._known.setStringList(list(tags))
        self._spelling = {tag.casefold(): tag for tag in reversed(tags)}

    def enter(self) -> None:
        """Take what is written as tags."""
        written = filter(None, map(tidy_tag, self.text().split(",")))
        tags = tuple(dict.fromkeys(self._spelling.get(tag.casefold(), tag) for tag in written))
        self.clear()
        if tags:
            self.entered.emit(tags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape forget what is written; where nothing is, it leaves like Enter."""
        if event.key() not in _LEAVING or (self.text() and event.key() != Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask for the tags in use."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lose nothing that was written; the list of completions takes the keyboard only for a while."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.enter()

    def _enter_at_comma(self, text: str) -> None:
        if "," in text:
            self.enter()


class TagChips(QWidget):
    """A chip for each tag; ``dropped`` carries the tag whose chip was pressed."""

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(theme.SPACE, self)
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._chips: list[QPushButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tags(self, tags: Sequence[str], some_tags: Sequence[str]) -> None:
        """Show *tags*, and those that only some pictures have."""
        wanted = (*((tag, True) for tag in tags), *((tag, False) for tag in some_tags))[:_MOST_CHIPS]
        if wanted == self._shown:
            return
        self._shown = wanted
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(tag, on_all=on_all) for tag, on_all in wanted]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(wanted))
        self.updateGeometry()

    def _chip(self, tag: str, *, on_all: bool) -> QPushButton:
        words = tag if on_all else self.tr("{tag} (some)").format(tag=tag)
        chip = QPushButton(self)
        chip.setFont(theme.label_font())
        shown = chip.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, _CHIP_PX - _ROOM_PX)
        chip.setText(shown.replace("&", "&&"))
        set_name(chip, "tag", self.tr("Remove tag {tag}").format(tag=words))
        chip.setProperty("look", "tag")
        chip.setIcon(icon("x", "muted"))
        chip.setIconSize(QSize(12, 12))
        # The cross stands behind the word.
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.clicked.connect(lambda: self.dropped.emit(tag))
        return chip


class Tags(QWidget):
    """``judged`` carries a Change of tags, ``known_wanted`` asks for `set_known`, ``left`` is the field's."""

    judged = Signal(object)
    known_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = TagChips(self)
        self._field = TagField(self)
        self._chips.dropped.connect(self._drop)
        self._field.entered.connect(lambda tags: self.judged.emit(Change(adds=tags)))
        self._field.focused.connect(self.known_wanted)
        self._field.left.connect(self.left)
        self.setFocusProxy(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        column.addWidget(self._chips)
        column.addWidget(self._field)
        self._chips.hide()

    def show_common(self, common: Common) -> None:
        """Show the tags of all, and those of some."""
        self._chips.show_tags(common.tags, common.some_tags)

    def set_known(self, tags: Sequence[str]) -> None:
        """Offer *tags* as they are written."""
        self._field.set_known(tags)

    def flush(self) -> None:
        """Enter what is written, before something else is shown."""
        self._field.enter()

    def _drop(self, tag: str) -> None:
        # The chip that has the keyboard is about to go.
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.judged.emit(Change(drops=(tag,)))
