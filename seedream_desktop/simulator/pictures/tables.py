"""Scenes indoors and of the mind: still life, flowers, and compositions of shapes."""

from __future__ import annotations

import math

from seedream_desktop.simulator.pictures.canvas import Canvas, Point, curve
from seedream_desktop.simulator.pictures.palettes import Colour, darker, mix

VASE: tuple[Point, ...] = ((0.13, -1.0), (0.12, -0.8), (0.2, -0.62), (0.36, -0.4), (0.34, -0.12), (0.2, 0.0))
BOTTLE: tuple[Point, ...] = ((0.07, -1.35), (0.07, -0.95), (0.1, -0.85), (0.23, -0.68), (0.24, -0.3), (0.23, 0.0))
JUG: tuple[Point, ...] = ((0.22, -0.8), (0.18, -0.66), (0.24, -0.5), (0.32, -0.3), (0.3, -0.1), (0.22, 0.0))
BOWL: tuple[Point, ...] = ((0.46, -0.36), (0.44, -0.24), (0.36, -0.1), (0.22, -0.02), (0.16, -0.01), (0.16, 0.0))
VESSELS = (VASE, BOTTLE, JUG, BOWL)


def still_life(canvas: Canvas) -> None:
    """Vessels and fruit on a table, in one light from the side."""
    palette, chance = canvas.palette, canvas.chance
    table = 0.7
    canvas.gradient(mix(palette.sky[0], palette.far, 0.25), palette.sky[1], 0, table)
    canvas.glow((0.22, 0.2), 0.9, palette.light, 0.55)
    canvas.gradient(mix(palette.far, palette.sky[1], 0.4), mix(palette.far, palette.near, 0.3), table, 1)
    places = [0.2, 0.42, 0.6, 0.8]
    kinds = [chance.choice(VESSELS) for _ in places]
    colours = [palette.layer(0.25), palette.accent, palette.layer(0.8), mix(palette.light, palette.far, 0.25)]
    chance.shuffle(colours)
    for x, kind, colour in zip(places, kinds, colours, strict=True):
        at = (x + chance.uniform(-0.04, 0.04), 0.8 + chance.uniform(-0.02, 0.05))
        _vessel(canvas, at, chance.uniform(0.32, 0.42), kind, colour)
    for _ in range(chance.randint(2, 4)):
        _fruit(canvas, (chance.uniform(0.15, 0.85), chance.uniform(0.88, 0.93)), chance.uniform(0.035, 0.055))


def _shadow(canvas: Canvas, at: Point, size: float, colour: Colour) -> None:
    fall = [(-0.25, -0.02), (0.25, -0.05), (1.25, 0.08), (1.35, 0.17), (0.9, 0.17), (-0.1, 0.06)]
    canvas.local_shape(at, size, curve(fall), colour)


def _vessel(canvas: Canvas, at: Point, size: float, outline: tuple[Point, ...], colour: Colour) -> None:
    palette = canvas.palette
    _shadow(canvas, at, size, mix(mix(palette.far, palette.near, 0.3), palette.near, 0.28))
    right = _smooth(outline)
    left = [(-x, y) for x, y in right]
    canvas.local_shape(at, size, [*left, *reversed(right)], colour)
    canvas.local_shape(at, size, [(x * 0.25, y) for x, y in right] + list(reversed(right)), darker(colour, 0.2))
    canvas.local_shape(
        at,
        size,
        [(x * -0.86, y) for x, y in right[4:-6]] + [(x * -0.66, y) for x, y in reversed(right[4:-6])],
        darker(colour, -0.28),
    )
    rim = outline[0]
    mouth = (at[0], at[1] + rim[1] * size / canvas.down)
    canvas.ellipse(mouth, rim[0] * size, rim[0] * size * 0.24, darker(colour, 0.42))


def _smooth(outline: tuple[Point, ...]) -> list[Point]:
    """A vessel's side, softened; its ends stay where they are."""
    closed = curve(outline, 6)
    return closed[: 6 * (len(outline) - 1) + 1]


def _fruit(canvas: Canvas, at: Point, radius: float) -> None:
    colour = mix(canvas.palette.accent, canvas.palette.light, canvas.chance.uniform(0.0, 0.35))
    dark = mix(mix(canvas.palette.far, canvas.palette.near, 0.3), canvas.palette.near, 0.32)
    canvas.ellipse(
        (at[0] + 0.9 * radius / canvas.across, at[1] + 0.8 * radius / canvas.down), radius * 1.6, radius * 0.32, dark
    )
    canvas.disc(at, radius, darker(colour, 0.2))
    canvas.disc((at[0] - 0.14 * radius / canvas.across, at[1] - 0.1 * radius / canvas.down), radius * 0.84, colour)
    canvas.disc(
        (at[0] - 0.4 * radius / canvas.across, at[1] - 0.4 * radius / canvas.down), radius * 0.2, darker(colour, -0.5)
    )
    stalk = [
        (at[0], at[1] - 0.9 * radius / canvas.down),
        (at[0] + 0.2 * radius / canvas.across, at[1] - 1.5 * radius / canvas.down),
    ]
    canvas.line(stalk, radius * 0.12, canvas.palette.near)


def flowers(canvas: Canvas) -> None:
    """Large flowers before a pale disc, leaves below."""
    palette, chance = canvas.palette, canvas.chance
    canvas.gradient(*palette.sky)
    canvas.disc((0.5, 0.42), 0.36, mix(palette.sky[1], palette.light, 0.75))
    count = max(5, round(4 * canvas.across))
    for i in range(count):
        x = (i + 0.5 + chance.uniform(-0.3, 0.3)) / count
        head = (x + chance.uniform(-0.03, 0.03), chance.uniform(0.2, 0.62))
        _stem(canvas, (x, 1.05), head)
        canvas.ellipse(head, 0.011, 0.022, mix(palette.accent, palette.light, 0.3))
    for i in range(count):
        x, y = (i + 0.5 + chance.uniform(-0.3, 0.3)) / count, chance.uniform(0.25, 0.66)
        _stem(canvas, (x, 1.05), (x, y))
        _bloom(canvas, (x, y), chance.uniform(0.09, 0.16))


def _stem(canvas: Canvas, foot: Point, head: Point) -> None:
    green = mix(canvas.palette.near, (40, 90, 70), 0.4)
    colour = mix(green, canvas.palette.far, canvas.chance.uniform(0.0, 0.4))
    bend = canvas.chance.uniform(-0.05, 0.05)
    points = [
        (foot[0] + (head[0] - foot[0]) * t + bend * math.sin(3.14 * t), foot[1] + (head[1] - foot[1]) * t)
        for t in (i / 20 for i in range(21))
    ]
    canvas.line(points, 0.008, colour)
    for place in (6, 10, 14):
        side = canvas.chance.choice((-1, 1))
        leaf = [(0, 0), (side * 0.35, -0.42), (side * 1.0, -0.62), (side * 0.62, -0.1)]
        canvas.local_shape(points[place], canvas.chance.uniform(0.07, 0.13), curve(leaf), colour)


def _bloom(canvas: Canvas, at: Point, size: float) -> None:
    palette, chance = canvas.palette, canvas.chance
    colour = chance.choice(
        (palette.accent, mix(palette.accent, palette.light, 0.45), mix(palette.light, palette.accent, 0.25))
    )
    petals, turn = chance.choice((6, 8, 10)), chance.uniform(0, 3)
    for ring, scale in ((0, 1.0), (1, 0.68)):
        fill = darker(colour, 0.14 if ring == 0 else -0.08)
        for i in range(petals):
            angle = turn + ring * math.pi / petals + 2 * math.pi * i / petals
            canvas.local_shape(at, size * scale, curve(_petal(angle, 2.2 / petals), 6), darker(fill, 0.05 * (i % 2)))
    canvas.disc(at, size * 0.24, mix(palette.light, (240, 190, 60), 0.6))
    canvas.disc(at, size * 0.14, mix(palette.near, (120, 70, 20), 0.5))


def _petal(angle: float, width: float) -> list[Point]:
    c, s = math.cos(angle), math.sin(angle)
    shape = ((0.1, 0.0), (0.6, width), (1.0, 0.0), (0.6, -width))
    return [(c * along - s * aside, s * along + c * aside) for along, aside in shape]


def shapes(canvas: Canvas) -> None:
    """A poster of circles, arches and bars on a loose grid."""
    palette, chance = canvas.palette, canvas.chance
    ground = mix(palette.sky[1], palette.light, 0.4)
    canvas.gradient(ground, mix(ground, palette.far, 0.12))
    columns, rows = max(2, round(2.2 * canvas.across)), max(2, round(2.2 * canvas.down))
    if canvas.sketch.connected:
        columns, rows = columns + 1, rows + 1
    colours = (palette.accent, palette.near, palette.far, palette.layer(0.5), palette.light, palette.sky[0])
    for column in range(columns):
        for row in range(rows):
            cell = (column / columns, row / rows, (column + 1) / columns, (row + 1) / rows)
            _tile(canvas, cell, chance.sample(colours, 3))
    _travelling_disc(canvas)


def _tile(canvas: Canvas, cell: tuple[float, float, float, float], colours: list[Colour]) -> None:
    left, top, right, bottom = cell
    canvas.box(left, top, right, bottom, colours[0])
    kind = canvas.chance.randrange(6)
    corner = (left if kind % 2 else right, top if kind < 3 else bottom)
    box = tuple(v * (canvas.width_px if i % 2 == 0 else canvas.height_px) for i, v in enumerate(cell))
    if kind < 2:
        canvas.pen.ellipse(box, fill=colours[1])
        canvas.ellipse(((left + right) / 2, (top + bottom) / 2), 0.09, 0.09, colours[2])
    elif kind < 4:
        canvas.shape([(left, bottom), (right, bottom), corner], colours[1])
        canvas.ellipse(((left + right) / 2, (top + bottom) / 2), 0.07, 0.07, colours[2])
    else:
        for i in range(4):
            step = (bottom - top) / 8
            canvas.box(left, top + 2 * i * step, right, top + (2 * i + 1) * step, colours[1])


def _travelling_disc(canvas: Canvas) -> None:
    x = 0.2 + 0.6 * canvas.sketch.progress if canvas.sketch.connected else canvas.chance.uniform(0.3, 0.7)
    at = (x, canvas.chance.uniform(0.35, 0.6))
    canvas.disc(at, 0.22, canvas.palette.accent)
    canvas.disc(
        (at[0] + 0.07 / canvas.across, at[1] - 0.05 / canvas.down),
        0.22,
        mix(canvas.palette.accent, canvas.palette.light, 0.75),
    )
