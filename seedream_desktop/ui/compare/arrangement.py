"""How two to four pictures are laid out so that they are seen as large as can be; must not know Qt."""

from __future__ import annotations

import math

Size = tuple[float, float]


def best_columns(count: int, ratio: float, room: Size, around: Size = (0, 0)) -> int:
    """Return in how many columns pictures *ratio* times as wide as high are largest; more when it is equal.

    *room* is for all of them, *around* what each needs beside itself, both as width and height.
    """
    return max(range(1, count + 1), key=lambda columns: (_scale(count, columns, ratio, room, around), columns))


def _scale(count: int, columns: int, ratio: float, room: Size, around: Size) -> float:
    rows = math.ceil(count / columns)
    return round(min((room[0] / columns - around[0]) / ratio, room[1] / rows - around[1]), 3)
