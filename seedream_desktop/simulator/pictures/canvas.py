"""A canvas in parts of its size, with the few strokes all scenes are made of.

Shapes are filled at full size and smoothed once at the end, which gives crisp edges without drawing everything twice
as large.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seedream_desktop.simulator.chance import dice
from seedream_desktop.simulator.pictures.palettes import Colour, Palette, darker, mix
from seedream_desktop.simulator.pictures.sketch import Sketch

Point = tuple[float, float]
GRAIN_PX = 256
GRAIN = 5
SMOOTH = ImageFilter.Kernel((3, 3), (1, 2, 1, 2, 4, 2, 1, 2, 1))


@dataclass
class Canvas:
    """One picture being drawn. Points are parts of width and height; lengths are parts of the shorter side."""

    sketch: Sketch
    palette: Palette
    chance: random.Random

    def __post_init__(self) -> None:
        self.width_px, self.height_px = self.sketch.width_px, self.sketch.height_px
        self.unit_px = min(self.width_px, self.height_px)
        self.image = Image.new("RGB", (self.width_px, self.height_px), self.palette.sky[1])
        self.pen = ImageDraw.Draw(self.image)

    @property
    def across(self) -> float:
        """The width, in shorter sides."""
        return self.width_px / self.unit_px

    @property
    def down(self) -> float:
        """The height, in shorter sides."""
        return self.height_px / self.unit_px

    def gradient(self, top: Colour, bottom: Colour, start: float = 0.0, stop: float = 1.0) -> None:
        """Fill the full width from *start* to *stop* of the height."""
        first, last = round(start * self.height_px), round(stop * self.height_px)
        column = Image.new("RGB", (1, 32))
        column.putdata([mix(top, bottom, i / 31) for i in range(32)])
        tall = column.resize((1, max(1, last - first)), Image.Resampling.BICUBIC)
        self.image.paste(tall.resize((self.width_px, tall.height), Image.Resampling.NEAREST), (0, first))

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * self.width_px, y * self.height_px) for x, y in points], fill=colour)

    def local_shape(self, centre: Point, size: float, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon given around *centre*, where 1 is *size* shorter sides."""
        scale = size * self.unit_px
        x0, y0 = centre[0] * self.width_px, centre[1] * self.height_px
        self.pen.polygon([(x0 + x * scale, y0 + y * scale) for x, y in points], fill=colour)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        x, y, r = centre[0] * self.width_px, centre[1] * self.height_px, radius * self.unit_px
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def ellipse(self, centre: Point, across: float, down: float, colour: Colour) -> None:
        """Fill an ellipse with these radii."""
        x, y = centre[0] * self.width_px, centre[1] * self.height_px
        a, b = across * self.unit_px, down * self.unit_px
        self.pen.ellipse((x - a, y - b, x + a, y + b), fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Fill a rectangle."""
        w, h = self.width_px, self.height_px
        self.pen.rectangle((left * w, top * h, max(left, right) * w, max(top, bottom) * h), fill=colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """Draw a line of *width* shorter sides."""
        scaled = [(x * self.width_px, y * self.height_px) for x, y in points]
        self.pen.line(scaled, fill=colour, width=max(1, round(width * self.unit_px)), joint="curve")

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """Light that fades from *centre* to nothing at *radius*; *strength* 0 to 1."""
        side = max(2, round(2 * radius * self.unit_px))
        mask = _fading_disc().resize((side, side), Image.Resampling.BILINEAR).point(_scaled(strength))
        corner = (
            round(centre[0] * self.width_px - side / 2),
            round(centre[1] * self.height_px - side / 2),
        )
        self.image.paste(colour, (*corner, corner[0] + side, corner[1] + side), mask)

    def veil(self, colour: Colour, start: float, stop: float, strength: float) -> None:
        """Mist over the full width: nothing at *start*, *strength* at *stop* of the height."""
        first, last = round(start * self.height_px), round(stop * self.height_px)
        column = Image.linear_gradient("L").resize((1, max(1, last - first))).point(_scaled(strength))
        mask = column.resize((self.width_px, column.height), Image.Resampling.NEAREST)
        self.image.paste(colour, (0, first, self.width_px, first + column.height), mask)

    def land(self, edge: Callable[[float], float], colour: Colour, *, bands: int = 0, fall: float = 0.05) -> None:
        """Fill everything below *edge* (a height for each part of the width), with darker *bands* following it."""
        steps = 160
        top = [(i / steps, edge(i / steps)) for i in range(steps + 1)]
        for band in range(bands + 1):
            drop = fall * band * (1 + 0.35 * band)
            outline = [(x, y + drop * (1 + 0.25 * math.sin(9 * x + band))) for x, y in top]
            self.shape([*outline, (1, 1.1), (0, 1.1)], darker(colour, 0.09 * band))

    def specks(self, count: int, colour: Colour, least: float, most: float, *, above: float = 1.0) -> None:
        """Scatter small discs of these radii over the part of the height down to *above*."""
        for _ in range(count):
            centre = (self.chance.random(), self.chance.random() * above)
            self.disc(centre, least + (most - least) * self.chance.random() ** 3, colour)

    def finish(self) -> Image.Image:
        """The picture, smoothed and with a little grain."""
        smooth = self.image.filter(SMOOTH)
        grain = _grain(self.width_px, self.height_px)
        return ImageChops.add(smooth, grain, 1, -GRAIN)


def ridge(chance: random.Random, level: float, swing: float, waves: float = 1.0) -> Callable[[float], float]:
    """A soft horizon around *level*, up and down by some *swing*."""
    parts = [
        (swing / (k + 1), waves * (1.1 + 1.7 * k) * chance.uniform(0.8, 1.2), chance.uniform(0, 6.3)) for k in range(3)
    ]
    return lambda x: level + sum(a * math.sin(f * 3.1 * x + p) for a, f, p in parts)


def curve(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A closed smooth line through *points* (Catmull-Rom)."""
    n = len(points)
    return [
        _between(points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n], s / steps)
        for i in range(n)
        for s in range(steps)
    ]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def along(p: float, q: float, r: float, s: float) -> float:
        return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)

    return along(a[0], b[0], c[0], d[0]), along(a[1], b[1], c[1], d[1])


def _scaled(strength: float) -> list[int]:
    return [round(i * strength) for i in range(256)]


@lru_cache(maxsize=1)
def _fading_disc() -> Image.Image:
    """White in the middle, soft to black at the rim."""
    return (
        Image.radial_gradient("L")
        .resize((512, 512))
        .point([round(255 * max(0.0, 1 - i / 181) ** 2) for i in range(256)])
    )


@lru_cache(maxsize=1)
def _grain_tile() -> Image.Image:
    chance = dice("grain")
    noise = Image.frombytes("L", (GRAIN_PX, GRAIN_PX), chance.randbytes(GRAIN_PX * GRAIN_PX))
    return noise.point([i * (2 * GRAIN) // 255 for i in range(256)])


def _grain(width_px: int, height_px: int) -> Image.Image:
    """Noise of twice GRAIN grey levels, the same for all three colours."""
    row = Image.new("L", (width_px, GRAIN_PX))
    for x in range(0, width_px, GRAIN_PX):
        row.paste(_grain_tile(), (x, 0))
    sheet = Image.new("L", (width_px, height_px))
    for y in range(0, height_px, GRAIN_PX):
        sheet.paste(row, (0, y))
    return Image.merge("RGB", (sheet, sheet, sheet))
