"""The references of the request being written, as a list model; it reads no file and no link itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui.composer.role_menu import RoleWords
from seedream_desktop.ui.composer.tile_state import Entry, Kind, TileState

REFERENCE_ROLE: Final = Qt.ItemDataRole.UserRole
STATE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
# Sharp at twice the largest tile.
_THUMBNAIL_PX: Final = 176
_Index = QModelIndex | QPersistentModelIndex


class ReferenceModel(QAbstractListModel):
    """Entries in their order; states and thumbnails are kept by key, so that what comes back shows them again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._states: dict[int, TileState] = {}
        self._thumbnails: dict[int, QImage] = {}
        self._roles = RoleWords(self)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in their order."""
        return tuple(self._entries)

    def references(self) -> tuple[Reference, ...]:
        """Return all references in their order."""
        return tuple(entry.reference for entry in self._entries)

    def row_of(self, key: int) -> int | None:
        """Return the row of the entry with *key*, or None when it is gone."""
        return next((row for row, entry in enumerate(self._entries) if entry.key == key), None)

    def state(self, key: int) -> TileState:
        """Return the state of *key*: being prepared until something else is told."""
        return self._states.get(key) or TileState(Kind.PREPARING, self.tr("Being prepared…"))

    def state_words(self, key: int) -> str:
        """Return what was done to the picture of *key*, and until when it is hosted."""
        state = self.state(key)
        hosted = self._hosted(state) if state.kind is Kind.HOSTED else ""
        return " · ".join(part for part in (state.words, hosted) if part)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show *entries* in place of those before."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def insert(self, row: int, entries: Sequence[Entry]) -> None:
        """Put *entries* before the one at *row*."""
        if not entries:
            return
        self.beginInsertRows(QModelIndex(), row, row + len(entries) - 1)
        self._entries[row:row] = entries
        self.endInsertRows()

    def remove(self, row: int) -> None:
        """Take the entry at *row* out; the numbers of those behind it go down."""
        if 0 <= row < len(self._entries):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._entries[row]
            self.endRemoveRows()

    def move(self, row: int, target: int) -> bool:
        """Put the entry at *row* where *target* is; return whether it moved."""
        count = len(self._entries)
        if row == target or not (0 <= row < count and 0 <= target < count):
            return False
        # Qt names the place before which the row goes, counted while it still stands at its old place.
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + (target > row))
        self._entries.insert(target, self._entries.pop(row))
        self.endMoveRows()
        return True

    def set_reference(self, key: int, reference: Reference) -> None:
        """Let *reference* stand where *key* stands."""
        row = self.row_of(key)
        if row is not None and self._entries[row].reference != reference:
            self._entries[row] = Entry(key, reference)
            self._tell(key)

    def set_state(self, key: int, state: TileState | None) -> None:
        """Show *state* on the tile of *key*; None begins anew."""
        if state is None:
            self._states.pop(key, None)
        else:
            self._states[key] = state
        self._tell(key)

    def set_thumbnail(self, key: int, picture: QImage | None) -> None:
        """Show *picture* on the tile of *key*; None takes it away."""
        if picture is None or picture.isNull():
            self._thumbnails.pop(key, None)
        else:
            self._thumbnails[key] = _small(picture)
        self._tell(key)

    def forget(self) -> None:
        """Let go of what was known of the entries; others come."""
        self._states.clear()
        self._thumbnails.clear()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many references there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, what is spoken, the thumbnail, the state or the reference itself."""
        if not index.isValid():
            return None
        number, entry = index.row() + 1, self._entries[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(number, entry)
        return self._tooltip(entry) if role == Qt.ItemDataRole.ToolTipRole else self._fact(entry, role)

    def _fact(self, entry: Entry, role: int) -> object:
        state = self.state(entry.key)
        facts: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: shown_name(entry.reference),
            Qt.ItemDataRole.AccessibleDescriptionRole: state.words,
            Qt.ItemDataRole.DecorationRole: self._thumbnails.get(entry.key),
            REFERENCE_ROLE: entry.reference,
            STATE_ROLE: state,
        }
        return facts.get(role)

    def _tell(self, key: int) -> None:
        row = self.row_of(key)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, number: int, entry: Entry) -> str:
        role = self._roles.full(entry.reference.role).lower() if entry.reference.role is not Role.FREE else ""
        parts = (str(number), shown_name(entry.reference), role, self._state_word(self.state(entry.key).kind))
        return ", ".join(part for part in parts if part)

    def _state_word(self, kind: Kind) -> str:
        match kind:
            case Kind.PREPARING:
                return self.tr("preparing")
            case Kind.READY:
                return self.tr("ready")
            case Kind.HOSTED:
                return self.tr("hosted")
            case Kind.PROBLEM:
                return self.tr("problem")

    def _tooltip(self, entry: Entry) -> str:
        state = self.state(entry.key)
        lines = [entry.reference.source, state.words]
        if entry.reference.role is not Role.FREE:
            lines.insert(1, self.tr("Role: {role}").format(role=self._roles.full(entry.reference.role)))
        if state.kind is Kind.HOSTED:
            lines.append(self._hosted(state))
        return f"<qt>{'<br>'.join(escape(line) for line in lines if line)}</qt>"

    def _hosted(self, state: TileState) -> str:
        if state.until is None:
            return self.tr("Hosted; its link does not end by itself")
        moment = QDateTime.fromSecsSinceEpoch(int(state.until.timestamp()))
        ends = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        return self.tr("Hosted until {time}").format(time=ends)


def shown_name(reference: Reference) -> str:
    """Return what people call *reference*: its title, the file's name, or the last part of the link, else its host."""
    host = urlsplit(reference.source).hostname or "" if reference.is_link else ""
    return host if reference.name in ("", host) else reference.name


def _small(picture: QImage) -> QImage:
    """Return *picture* just covering a square of 176 px, so that painting it costs little."""
    side = QSize(_THUMBNAIL_PX, _THUMBNAIL_PX)
    if min(picture.width(), picture.height()) <= _THUMBNAIL_PX:
        return picture
    return picture.scaled(
        side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
