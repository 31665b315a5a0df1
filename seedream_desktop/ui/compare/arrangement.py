"""How two to four pictures are laid out so that they are seen as large as can be; must not know Qt."""

from __future__ import annotations

import math


def best_columns(count: int, ratio: float, width: float, height: float) -> int:
    """Return in how many columns pictures *ratio* times as wide as high are largest; more when it is equal."""
    return max(range(1, count + 1), key=lambda columns: (_scale(count, columns, ratio, width, height), columns))


def _scale(count: int, columns: int, ratio: float, width: float, height: float) -> float:
    rows = math.ceil(count / columns)
    return round(min(width / columns / ratio, height / rows), 3)
