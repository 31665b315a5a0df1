"""The references of the request being written, as a list model; it reads no file itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.thumbnails import Thumbnails

REFERENCE_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class ReferenceModel(QAbstractListModel):
    """References in the order the model is given them; thumbnails fill in as they are decoded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._references: list[Reference] = []
        self._pictures: dict[str, QImage] = {}
        self._thumbnails = Thumbnails(self)
        self._thumbnails.loaded.connect(self._on_loaded)
        self.destroyed.connect(self._thumbnails.finish)

    def references(self) -> tuple[Reference, ...]:
        """Return all references in their order."""
        return tuple(self._references)

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show *references* in place of those before."""
        self.beginResetModel()
        self._references = list(references)
        self.endResetModel()
        self._load(self._references)

    def extend(self, references: Sequence[Reference]) -> None:
        """Add *references* at the end."""
        if not references:
            return
        row = len(self._references)
        self.beginInsertRows(QModelIndex(), row, row + len(references) - 1)
        self._references.extend(references)
        self.endInsertRows()
        self._load(references)

    def remove(self, row: int) -> None:
        """Take the reference at *row* out; the numbers of those behind it go down."""
        if 0 <= row < len(self._references):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._references[row]
            self.endRemoveRows()

    def move(self, row: int, target: int) -> bool:
        """Put the reference at *row* where *target* is; return whether it moved."""
        count = len(self._references)
        if row == target or not (0 <= row < count and 0 <= target < count):
            return False
        # Qt names the place before which the row goes, counted while it still stands at its old place.
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + (target > row))
        self._references.insert(target, self._references.pop(row))
        self.endMoveRows()
        return True

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many references there are."""
        return 0 if parent is not None and parent.isValid() else len(self._references)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the spoken name, the thumbnail or the reference itself."""
        if not index.isValid():
            return None
        reference = self._references[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_name(reference)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{index.row() + 1}, {shown_name(reference)}"
            case Qt.ItemDataRole.ToolTipRole:
                return escape(reference.source)
            case Qt.ItemDataRole.DecorationRole:
                return self._pictures.get(reference.source)
            case _:
                return reference if role == REFERENCE_ROLE else None

    def _load(self, references: Sequence[Reference]) -> None:
        """Read the files anew, also known ones: what is shown must be what would be sent."""
        for reference in references:
            if not reference.is_link:
                self._thumbnails.request(reference.source)

    def _on_loaded(self, path: str, picture: QImage) -> None:
        self._pictures[path] = picture
        for row, reference in enumerate(self._references):
            if reference.source == path:
                self.dataChanged.emit(self.index(row), self.index(row))


def shown_name(reference: Reference) -> str:
    """Return what people call *reference*: the file's name, or the last part of the link, else its host."""
    host = urlsplit(reference.source).hostname or "" if reference.is_link else ""
    return host if reference.name in ("", host) else reference.name
