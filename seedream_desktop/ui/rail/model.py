"""The rail's places as a tree model: a copy for the view that changes line by line, so that nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop.ui.rail import wording
from seedream_desktop.ui.rail.items import HEADINGS, Branch, Contents, Item, Key, Kind, branches_of

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE: Final = Qt.ItemDataRole.UserRole
_NONE: Final = QModelIndex()


class _Node:
    def __init__(self, number: int, item: Item, parent: _Node | None) -> None:
        self.number = number
        self.item = item
        self.parent = parent
        self.children: list[_Node] = []


class RailModel(QAbstractItemModel):
    """One row for each place; ``ITEM_ROLE`` holds the `Item` itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._root = _Node(0, Item(Kind.GROUP), None)
        # An index carries a number: the view may still hold one of a line that is gone.
        self._nodes = {0: self._root}
        self.show_contents(Contents())

    def show_contents(self, contents: Contents) -> None:
        """Show *contents* and nothing else; lines that stay keep what the view knows of them."""
        self._update(self._root, branches_of(contents))

    def item(self, index: Index) -> Item | None:
        """Return the place of a line, or None when there is no such line."""
        node = self._nodes.get(index.internalId()) if index.isValid() else None
        return node.item if node else None

    def index_of(self, key: Key) -> QModelIndex:
        """Return the line with *key*; an invalid index when there is none."""
        return next((self._index(node) for node in self._walk(self._root) if node.item.key == key), QModelIndex())

    def items(self) -> Iterator[Item]:
        """Yield all places from top to bottom."""
        return (node.item for node in self._walk(self._root))

    def depth(self, index: Index) -> int:
        """Return how deep a line is nested: 0 for the fixed places, and for projects and collections on their own."""
        steps = 0
        parent = index.parent()
        while parent.isValid():
            steps += 1
            parent = parent.parent()
        return max(0, steps - 1)

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        """Return the line at *row* below *parent*."""
        children = self._node(parent).children
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, column, children[row].number)
        return QModelIndex()

    # Qt has two methods of this name; the one without an index is the object's owner.
    def parent(self, index: Index = _NONE) -> Any:
        """Return the line above a nested one."""
        node = self._nodes.get(index.internalId()) if index.isValid() else None
        return self._index(node.parent) if node and node.parent else QModelIndex()

    def rowCount(self, parent: Index = _NONE) -> int:
        """Return the number of lines directly below *parent*."""
        return len(self._node(parent).children)

    def columnCount(self, _parent: Index = _NONE) -> int:
        """Return 1."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every line be stood on, and those that take pictures be dropped on."""
        item = self.item(index)
        flags = Qt.ItemFlag.ItemIsEnabled
        if item is None:
            return Qt.ItemFlag.NoItemFlags
        if item.can_open:
            flags |= Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDropEnabled if item.takes_pictures else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, all words for assistive technology, or the place itself."""
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return wording.name_of(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.spoken(item)
            case Qt.ItemDataRole.ToolTipRole:
                # Markup, so that Qt does not guess whether a name is some.
                return None if item.kind in HEADINGS else f"<p>{escape(wording.tool_tip(item))}</p>"
            case Qt.ItemDataRole.UserRole:
                return item
        return None

    def _update(self, parent: _Node, branches: Sequence[Branch]) -> None:
        keys = {branch.item.key for branch in branches}
        for row in reversed(range(len(parent.children))):
            if parent.children[row].item.key not in keys:
                self._remove(parent, row)
        for row, branch in enumerate(branches):
            node = self._place(parent, row, branch.item)
            self._update(node, branch.children)

    def _place(self, parent: _Node, row: int, item: Item) -> _Node:
        known = [node.item.key for node in parent.children]
        if item.key not in known:
            return self._insert(parent, row, item)
        old = known.index(item.key)
        if old != row:
            above = self._index(parent)
            self.beginMoveRows(above, old, old, above, row)
            parent.children.insert(row, parent.children.pop(old))
            self.endMoveRows()
        node = parent.children[row]
        if node.item != item:
            node.item = item
            self.dataChanged.emit(self._index(node), self._index(node))
        return node

    def _insert(self, parent: _Node, row: int, item: Item) -> _Node:
        node = _Node(next(self._numbers), item, parent)
        self.beginInsertRows(self._index(parent), row, row)
        self._nodes[node.number] = node
        parent.children.insert(row, node)
        self.endInsertRows()
        return node

    def _remove(self, parent: _Node, row: int) -> None:
        self.beginRemoveRows(self._index(parent), row, row)
        for node in (parent.children[row], *self._walk(parent.children[row])):
            del self._nodes[node.number]
        del parent.children[row]
        self.endRemoveRows()

    def _node(self, index: Index) -> _Node:
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)

    def _walk(self, node: _Node) -> Iterator[_Node]:
        for child in node.children:
            yield child
            yield from self._walk(child)
