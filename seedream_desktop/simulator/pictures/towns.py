"""Scenes with windows: a city at night by its harbour, a cabin in the snow."""

from __future__ import annotations

from dataclasses import dataclass

from seedream_desktop.simulator.pictures.canvas import Canvas, Point, ridge
from seedream_desktop.simulator.pictures.firs import fir
from seedream_desktop.simulator.pictures.lands import sky, sun
from seedream_desktop.simulator.pictures.palettes import Colour, darker, mix


@dataclass(frozen=True)
class House:
    """One building of a skyline, in parts of the picture."""

    left: float
    right: float
    top: float
    ground: float
    colour: Colour
    depth: float


def city(canvas: Canvas) -> None:
    """Three rows of lit towers, and their lights in the water of the harbour."""
    shore = canvas.chance.uniform(0.72, 0.78)
    at = sky(canvas, shore)
    sun(canvas, (at[0], at[1] * 0.8), canvas.chance.uniform(0.05, 0.075))
    canvas.glow((0.5, shore), 0.75 * canvas.across, mix(canvas.palette.accent, canvas.palette.sky[1], 0.5), 0.32)
    for row, depth in enumerate((0.15, 0.5, 0.9)):
        for house in _skyline(canvas, shore, depth):
            _paint_house(canvas, house, row)
    _water(canvas, shore)
    if canvas.sketch.connected:
        _small_boat(canvas, (0.1 + 0.8 * canvas.sketch.progress, shore + 0.09))


def _skyline(canvas: Canvas, shore: float, depth: float) -> list[House]:
    houses, left = [], -0.03
    while left < 1.02:
        width = canvas.chance.uniform(0.045, 0.1) * (0.75 + 0.4 * depth) * 1.5 / canvas.across
        tall = canvas.chance.uniform(0.16, 0.5 - 0.18 * depth) * (1.0 if canvas.down == 1 else 0.9)
        colour = darker(canvas.palette.layer(depth), canvas.chance.uniform(-0.04, 0.08))
        houses.append(House(left, left + width, shore - tall, shore, colour, depth))
        left += width * canvas.chance.uniform(0.85, 1.25 if depth < 0.8 else 1.6)
    return houses


def _paint_house(canvas: Canvas, house: House, row: int) -> None:
    middle = house.left + 0.62 * (house.right - house.left)
    canvas.box(house.left, house.top, house.right, house.ground, house.colour)
    canvas.box(middle, house.top, house.right, house.ground, darker(house.colour, 0.16))
    _roof(canvas, house)
    _windows(canvas, house, 0.0085 + 0.0025 * row)


def _roof(canvas: Canvas, house: House) -> None:
    kind, width = canvas.chance.randrange(5), house.right - house.left
    centre = (house.left + house.right) / 2
    if kind == 0:
        canvas.line([(centre, house.top), (centre, house.top - 0.07)], 0.004, house.colour)
        canvas.disc((centre, house.top - 0.07), 0.004, canvas.palette.accent)
    elif kind == 1:
        canvas.box(house.left + 0.2 * width, house.top - 0.025, house.right - 0.2 * width, house.top, house.colour)
    elif kind == 2:
        canvas.shape([(house.left, house.top), (house.right, house.top), (house.right, house.top - 0.04)], house.colour)


def _windows(canvas: Canvas, house: House, size: float) -> None:
    """A regular grid; about every third window is lit, in one of three colours."""
    chance, palette = canvas.chance, canvas.palette
    across, down = size / canvas.across, size / canvas.down
    lights = (palette.light, mix(palette.light, palette.accent, 0.55), mix(palette.light, palette.sky[1], 0.5))
    busy = chance.uniform(0.2, 0.48)
    columns = int((house.right - house.left - across) / (across * 2.1))
    rows = int((house.ground - house.top - down) / (down * 2.6))
    for column in range(columns):
        for row in range(rows):
            if chance.random() < busy:
                x = house.left + across * (1 + 2.1 * column)
                y = house.top + down * (1.2 + 2.6 * row)
                colour = mix(house.colour, chance.choice(lights), 0.5 + 0.45 * house.depth)
                canvas.box(x, y, x + across, y + 1.35 * down, colour)


def _water(canvas: Canvas, shore: float) -> None:
    palette, chance = canvas.palette, canvas.chance
    canvas.gradient(darker(palette.layer(0.75), 0.1), darker(palette.near, 0.25), shore, 1.0)
    canvas.box(0, shore, 1, shore + 0.008, darker(palette.near, 0.35))
    for _ in range(round(80 * canvas.across)):
        x, top = chance.random(), shore + 0.012
        colour = mix(
            palette.near, chance.choice((palette.light, palette.accent, palette.sky[1])), chance.uniform(0.25, 0.75)
        )
        _glimmer(canvas, x, top, chance.uniform(0.03, 0.22), colour)


def _glimmer(canvas: Canvas, x: float, top: float, length: float, colour: Colour) -> None:
    """One light in the water: short dashes that fade away from the shore."""
    dashes = 9
    for i in range(dashes):
        y = top + length * (i / dashes)
        half = canvas.chance.uniform(0.003, 0.011) / canvas.across
        fading = mix(colour, canvas.palette.near, i / dashes)
        canvas.box(x - half, y, x + half, y + 0.0035, fading)


def _small_boat(canvas: Canvas, at: Point) -> None:
    """The character of a connected set: a ferry that crosses from frame to frame."""
    palette = canvas.palette
    hull, light = darker(palette.near, 0.5), palette.light
    canvas.glow(at, 0.16, light, 0.4)
    canvas.local_shape(at, 0.1, [(-0.8, 0), (0.9, 0), (0.68, 0.32), (-0.62, 0.32)], palette.accent)
    canvas.local_shape(at, 0.1, [(-0.5, -0.34), (0.4, -0.34), (0.5, 0), (-0.55, 0)], hull)
    for i in range(4):
        x = -0.4 + 0.22 * i
        canvas.local_shape(at, 0.1, [(x, -0.25), (x + 0.12, -0.25), (x + 0.12, -0.1), (x, -0.1)], light)


def cabin(canvas: Canvas) -> None:
    """A small house with lit windows between firs, snow on its roof."""
    at = sky(canvas)
    sun(canvas, at, canvas.chance.uniform(0.05, 0.075))
    palette, chance = canvas.palette, canvas.chance
    for i in range(2):
        canvas.land(ridge(chance, 0.5 + 0.08 * i, 0.05, 1.3), mix(palette.far, palette.sky[1], 0.45 - 0.3 * i))
    snow = mix(palette.light, palette.sky[0], 0.08 + 0.26 * palette.night)
    canvas.land(ridge(chance, 0.68, 0.015), mix(snow, palette.far, 0.18))
    where = (0.5 + chance.uniform(-0.16, 0.16) + 0.3 * (canvas.sketch.progress - 0.5) * canvas.sketch.connected, 0.74)
    _trees(canvas, where[0], behind=True)
    _house(canvas, where, chance.uniform(0.24, 0.3), snow)
    canvas.land(ridge(chance, 0.8, 0.02), snow, bands=1, fall=0.07)
    _trees(canvas, where[0], behind=False)
    canvas.specks(round(130 * canvas.across * canvas.down), snow, 0.001, 0.006)


def _trees(canvas: Canvas, gap: float, *, behind: bool) -> None:
    chance = canvas.chance
    for _ in range(round((16 if behind else 7) * canvas.across)):
        x = chance.random()
        near = abs(x - gap) < (0.1 if behind else 0.24) / canvas.across * 1.4
        if not near:
            height = chance.uniform(0.2, 0.36) if behind else chance.uniform(0.3, 0.5)
            colour = canvas.palette.layer(chance.uniform(0.45, 0.7) if behind else chance.uniform(0.85, 1.0))
            fir(canvas, (x, 0.73 if behind else 0.87), height, colour)


def _house(canvas: Canvas, at: Point, size: float, snow: Colour) -> None:
    palette = canvas.palette
    wall, window = mix(palette.near, palette.accent, 0.22), mix(palette.light, palette.accent, 0.35)
    canvas.glow((at[0], at[1] - 0.1), size * 2.4, window, 0.4)
    smoke = mix(palette.light, palette.sky[0], 0.35)
    for i in range(5):
        x = at[0] + size * (0.42 + 0.07 * i + 0.03 * i * i) / canvas.across
        canvas.disc(
            (x, at[1] - size * (1.22 + 0.2 * i) / canvas.down),
            size * (0.05 + 0.026 * i),
            mix(smoke, palette.sky[1], 0.16 * i),
        )
    canvas.local_shape(at, size, [(0.34, -1.1), (0.5, -1.1), (0.5, -0.6), (0.34, -0.6)], darker(wall, 0.3))
    canvas.local_shape(at, size, [(-0.72, -0.5), (0.0, -1.0), (0.0, 0.3), (-0.72, 0.3)], wall)
    canvas.local_shape(at, size, [(0.0, -1.0), (0.72, -0.5), (0.72, 0.3), (0.0, 0.3)], darker(wall, 0.22))
    canvas.local_shape(
        at, size, [(-0.9, -0.42), (0, -1.08), (0.9, -0.42), (0.9, -0.54), (0, -1.24), (-0.9, -0.54)], snow
    )
    for x in (-0.52, 0.22):
        canvas.local_shape(at, size, [(x, -0.34), (x + 0.3, -0.34), (x + 0.3, -0.04), (x, -0.04)], window)
        canvas.local_shape(at, size, [(x + 0.13, -0.34), (x + 0.17, -0.34), (x + 0.17, -0.04), (x + 0.13, -0.04)], wall)
    canvas.local_shape(at, size, [(-0.12, -0.3), (0.12, -0.3), (0.12, 0.3), (-0.12, 0.3)], darker(palette.accent, 0.3))
