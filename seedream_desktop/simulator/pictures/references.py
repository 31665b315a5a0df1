"""Shows that reference images were used: prints of them lie in a corner, and their colours rule the picture."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageOps

SIDE = 0.13
"""Of a print, in shorter sides."""
GAP = 0.022
MOST_IN_A_ROW = 7
SHADOW = (16, 18, 26)
PAPER = (252, 250, 246)


def lay_prints(image: Image.Image, references: tuple[Image.Image, ...]) -> None:
    """Lay a small print of each reference into the lower left corner."""
    unit_px = min(image.size)
    side, gap = round(SIDE * unit_px), round(GAP * unit_px)
    shrink = min(1.0, (image.width - 2 * gap) / (MOST_IN_A_ROW * (side + gap))) if len(references) > 4 else 1.0
    side, gap = round(side * shrink), round(gap * shrink)
    for place, reference in enumerate(references):
        row, column = divmod(place, MOST_IN_A_ROW)
        left = 2 * gap + column * (side + gap)
        top = image.height - (row + 1) * (side + gap) - gap
        _print(image, reference, left, top, side)


def _print(image: Image.Image, reference: Image.Image, left: int, top: int, side: int) -> None:
    border = max(2, side // 18)
    soft = max(1, side // 40)
    pen = ImageDraw.Draw(image)
    radius = side // 14
    pen.rounded_rectangle((left + soft, top + 2 * soft, left + side + soft, top + side + 2 * soft), radius, fill=SHADOW)
    pen.rounded_rectangle((left, top, left + side, top + side), radius, fill=PAPER)
    inner = side - 2 * border
    image.paste(ImageOps.fit(reference, (inner, inner)), (left + border, top + border))
