"""Where the columns of the task list stand in a row of some width; must not know what is written in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect

from seedream_desktop.ui import theme

THUMBNAIL_PX: Final = 32
_ROOMY_STATE_PX: Final = 144
_STATE_PX: Final = 112
_TOOK_PX: Final = 64
_TIME_PX: Final = 92
_COST_PX: Final = 56
# A narrow list leaves the time of day out first, then the time taken: the prompt needs the room.
_ROOMY_PX: Final = 700
_NARROW_PX: Final = 460


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of one row's parts; one that is left out is empty."""

    thumbnail: QRect
    prompt: QRect
    state: QRect
    took: QRect
    time: QRect
    cost: QRect


def columns(row: QRect) -> Columns:
    """Return the places within *row*, the numbers at its right end and the prompt in what is left over."""
    right = row.right() - theme.SPACE_2
    cost = _ending(row, right, _COST_PX)
    time = _ending(row, cost.left(), _TIME_PX if row.width() >= _ROOMY_PX else 0)
    took = _ending(row, time.left(), _TOOK_PX if row.width() >= _NARROW_PX else 0)
    state_px = _ROOMY_STATE_PX if row.width() >= _ROOMY_PX else _STATE_PX
    state = _ending(row, took.left() - theme.SPACE_2, state_px)
    top = row.center().y() - THUMBNAIL_PX // 2
    thumbnail = QRect(row.left() + theme.SPACE_2, top, THUMBNAIL_PX, THUMBNAIL_PX)
    left = thumbnail.right() + 1 + theme.SPACE_3
    prompt = QRect(left, row.top(), max(0, state.left() - theme.SPACE_3 - left), row.height())
    return Columns(thumbnail, prompt, state, took, time, cost)


def _ending(row: QRect, right: int, width: int) -> QRect:
    return QRect(right - width, row.top(), width, row.height())
