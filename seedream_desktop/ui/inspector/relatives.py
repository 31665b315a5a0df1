"""The references a picture was made with, and its family, as small pictures that lead on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.family import Kin, UsedReference
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.role_menu import ROLE_ICONS, RoleWords
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from seedream_desktop.ui.inspector.flow import FlowLayout
from seedream_desktop.ui.inspector.thumb import Thumb

_PROMPT_CHARS: Final = 300


class ThumbRow(QWidget):
    """Small pictures, line after line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(theme.SPACE, self)
        self._thumbs: list[Thumb] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_thumbs(self, thumbs: Sequence[Thumb]) -> None:
        """Show these in the place of the others."""
        for old in self._thumbs:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._thumbs = list(thumbs)
        for thumb in thumbs:
            self._flow.addWidget(thumb)
            thumb.show()
        self.setVisible(bool(thumbs))
        self.updateGeometry()


class References(QWidget):
    """The numbered references of the order; ``pressed`` carries the UsedReference."""

    pressed = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._row = ThumbRow(self)
        self._missing = _words(self, "care")
        _column(self, self._row, self._missing)

    def show_references(self, used: Sequence[UsedReference]) -> None:
        """Show them in the order of their numbers; those that are gone are named."""
        self._row.show_thumbs([self._thumb(each) for each in used])
        gone = [str(each.number) for each in used if each.own is None and each.file is None]
        self._missing.setText(self.tr("No longer on this disk: {numbers}").format(numbers=", ".join(gone)))
        self._missing.setVisible(bool(gone))

    def _thumb(self, used: UsedReference) -> Thumb:
        content = used.own[1].sha256 if used.own else used.reference.sha256
        sign = ROLE_ICONS.get(used.reference.role, "")
        thumb = Thumb(self._thumbnails, content, self, badge=str(used.number), sign=sign)
        thumb.setEnabled(used.own is not None or used.file is not None)
        thumb.call("used_reference", self._spoken(used))
        thumb.clicked.connect(lambda: self.pressed.emit(used))
        return thumb

    def _spoken(self, used: UsedReference) -> str:
        if used.own is not None:
            words = self.tr("Reference {number}, {role}: {name}, show in gallery")
        elif used.file is not None:
            words = self.tr("Reference {number}, {role}: {name}, show file")
        else:
            words = self.tr("Reference {number}, {role}: {name}, no longer on this disk")
        role = RoleWords().short(used.reference.role) or self.tr("no role")
        return words.format(number=used.number, role=role, name=used.reference.name)


class FamilyTree(QWidget):
    """Above what the picture was made from, below what was made from it.

    ``pressed`` carries the Task and the index of its picture.
    """

    pressed = Signal(object, int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._from_words, self._into_words = _words(self, "muted"), _words(self, "muted")
        self._from, self._into = ThumbRow(self), ThumbRow(self)
        _column(self, self._from_words, self._from, self._into_words, self._into)

    def show_kin(self, kin: Kin | None) -> None:
        """Show the relatives; None while they are not known."""
        for words in (self._from_words, self._into_words):
            words.setVisible(kin is not None)
        kin = kin or Kin()
        parents = [each for each in kin.references if each.own is not None]
        self._from.show_thumbs([self._parent(*each.own, str(each.number)) for each in parents if each.own])
        self._from_words.setText(self.tr("Made from") if parents else self.tr("Made from no picture of this library"))
        self._into.show_thumbs([self._child(task) for task in kin.used_in])
        self._into_words.setText(self._used_words(kin))

    def _used_words(self, kin: Kin) -> str:
        if not kin.used_count:
            return self.tr("Not used for another picture yet")
        if kin.used_count > len(kin.used_in):
            words = self.tr("Used in {count} orders, the newest {shown}:")
            return words.format(count=kin.used_count, shown=len(kin.used_in))
        return self.tr("Used in")

    def _child(self, task: Task) -> Thumb:
        first = next(iter(task.stored_pictures), None)
        thumb = Thumb(self._thumbnails, first.sha256 if first else None, self)
        return self._called(thumb, task, task.pictures.index(first) if first else 0)

    def _parent(self, task: Task, picture: Picture, badge: str) -> Thumb:
        thumb = Thumb(self._thumbnails, picture.sha256, self, badge=badge)
        return self._called(thumb, task, task.pictures.index(picture))

    def _called(self, thumb: Thumb, task: Task, index: int) -> Thumb:
        prompt = " ".join(task.request.prompt.split())[:_PROMPT_CHARS]
        thumb.call("relative", self.tr("Go to: {prompt}").format(prompt=prompt))
        thumb.clicked.connect(lambda: self.pressed.emit(task, index))
        return thumb


def _words(parent: QWidget, tone: str) -> Label:
    label = Label("", parent, tone=tone)
    label.setFont(theme.label_font())
    label.setWordWrap(True)
    return label


def _column(parent: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_2)
    for widget in widgets:
        column.addWidget(widget)
