"""The pixel sizes of the model, as printed on the API pages."""

from __future__ import annotations

import re

PIXELS: dict[str, dict[str, tuple[int, int]]] = {
    "2K": {
        "1:1": (2048, 2048),
        "2:3": (1664, 2496),
        "3:2": (2496, 1664),
        "3:4": (1728, 2304),
        "4:3": (2304, 1728),
        "9:16": (1600, 2848),
        "16:9": (2848, 1600),
        "21:9": (3136, 1344),
    },
    "4K": {
        "1:1": (4096, 4096),
        "2:3": (3328, 4992),
        "3:2": (4992, 3328),
        "3:4": (3520, 4704),
        "4:3": (4704, 3520),
        "9:16": (3040, 5504),
        "16:9": (5504, 3040),
        "21:9": (6240, 2656),
    },
}
RATIOS = tuple(PIXELS["2K"])

LEAST_PX = 3_686_400
MOST_PX = 16_777_216
WIDEST_RATIO = 16.0


def explicit_size(text: str) -> tuple[int, int] | None:
    """Width and height of `WIDTHxHEIGHT`; None for any other text."""
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    return (int(found[1]), int(found[2])) if found else None


def is_drawable(width_px: int, height_px: int) -> bool:
    """Whether the model draws a picture of this size: 3,686,400 to 16,777,216 px in all, within 1:16 and 16:1."""
    if not (width_px and height_px and LEAST_PX <= width_px * height_px <= MOST_PX):
        return False
    return 1 / WIDEST_RATIO <= width_px / height_px <= WIDEST_RATIO
