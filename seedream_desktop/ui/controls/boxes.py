"""Parts beside and beneath one another, with nothing between them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def beside(left: QWidget, right: QWidget, *, stretched: int = 0) -> QWidget:
    """Return a row of the two, of which the one at *stretched* takes the room."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addWidget(right)
    row.setStretch(stretched, 1)
    return both


def column_in(parent: QWidget) -> QVBoxLayout:
    """Return a column that fills *parent*."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
