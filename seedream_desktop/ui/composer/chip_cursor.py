"""How the text cursor treats a chip: it never stands inside one, steps over it, and deletes it whole."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from seedream_desktop.domain.figures import Figure
from seedream_desktop.ui.composer.figure_chips import chips_of


def settled(cursor: QTextCursor, came_from: int | None) -> QTextCursor | None:
    """Return *cursor* moved out of the chip it stands in, or None where it stands well.

    A key brought it from position *came_from* and it goes on that way. A click (None) leads behind the chip, and a
    selection drawn by the mouse grows to the whole chip.
    """
    position, anchor = cursor.position(), cursor.anchor()
    is_forward = position > came_from if came_from is not None else position >= anchor
    new_position = _out_of(cursor, position, to_end=is_forward)
    new_anchor = _out_of(cursor, anchor, to_end=anchor > position) if cursor.hasSelection() else new_position
    if (new_position, new_anchor) == (position, anchor):
        return None
    moved = QTextCursor(cursor)
    moved.setPosition(new_anchor)
    moved.setPosition(new_position, QTextCursor.MoveMode.KeepAnchor)
    return moved


def chip_before(cursor: QTextCursor) -> QTextCursor | None:
    """Return a selection of the chip that ends where *cursor* stands, or None."""
    return _selected(cursor, next((chip for chip in chips_of(cursor.block()) if chip.end == cursor.position()), None))


def chip_after(cursor: QTextCursor) -> QTextCursor | None:
    """Return a selection of the chip that begins where *cursor* stands, or None."""
    return _selected(cursor, next((chip for chip in chips_of(cursor.block()) if chip.start == cursor.position()), None))


def _selected(cursor: QTextCursor, chip: Figure | None) -> QTextCursor | None:
    if chip is None or cursor.hasSelection():
        return None
    selection = QTextCursor(cursor)
    selection.setPosition(chip.start)
    selection.setPosition(chip.end, QTextCursor.MoveMode.KeepAnchor)
    return selection


def _out_of(cursor: QTextCursor, position: int, *, to_end: bool) -> int:
    chip = _chip_around(cursor, position)
    if chip is None:
        return position
    return chip.end if to_end else chip.start


def _chip_around(cursor: QTextCursor, position: int) -> Figure | None:
    block = cursor.document().findBlock(position)
    return next((chip for chip in chips_of(block) if chip.holds(position)), None)
