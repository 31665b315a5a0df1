"""Scenes with a face: a fox in the snow."""

from __future__ import annotations

from seedream_desktop.simulator.pictures.canvas import Canvas, Point, curve, ridge
from seedream_desktop.simulator.pictures.firs import fir
from seedream_desktop.simulator.pictures.lands import sky, sun
from seedream_desktop.simulator.pictures.palettes import Colour, darker, mix

HEAD: tuple[Point, ...] = (
    (0, -0.52),
    (0.36, -0.5),
    (0.62, -0.22),
    (0.8, 0.1),
    (0.98, 0.34),
    (0.66, 0.5),
    (0.34, 0.72),
    (0, 0.92),
)
CHEEK: tuple[Point, ...] = (
    (0.0, 0.42),
    (0.2, 0.3),
    (0.46, 0.2),
    (0.74, 0.24),
    (0.98, 0.34),
    (0.66, 0.5),
    (0.34, 0.72),
    (0, 0.92),
)
EAR: tuple[Point, ...] = ((0.2, -0.42), (0.3, -0.78), (0.56, -1.22), (0.72, -0.72), (0.7, -0.1))
INNER_EAR: tuple[Point, ...] = ((0.36, -0.46), (0.42, -0.72), (0.55, -0.98), (0.62, -0.66), (0.6, -0.3))


def fox(canvas: Canvas) -> None:
    """A fox looking at you out of falling snow."""
    at = sky(canvas)
    chance = canvas.chance
    sun(canvas, (at[0], min(at[1], 0.2)), 0.07)
    _snowfield(canvas)
    size = chance.uniform(0.27, 0.36)
    where = 0.5 + chance.uniform(-0.12, 0.12) * min(1.0, canvas.across - 0.6)
    where += 0.24 * (canvas.sketch.progress - 0.5) if canvas.sketch.connected else 0.0
    centre = (where, 0.5 + 0.06 / canvas.down)
    canvas.glow(centre, size * 3, canvas.palette.light, 0.2)
    _body(canvas, centre, size)
    _head(canvas, centre, size)
    _snowfall(canvas)


def _snowfield(canvas: Canvas) -> None:
    palette, chance = canvas.palette, canvas.chance
    far = mix(palette.sky[1], palette.far, 0.45)
    for i in range(2):
        level = 0.6 + 0.07 * i
        canvas.land(ridge(chance, level, 0.03), mix(far, palette.far, 0.3 * i))
        for _ in range(round(9 * canvas.across)):
            x = chance.random()
            fir(
                canvas,
                (x, level + 0.02),
                chance.uniform(0.12, 0.24) * (1 + 0.5 * i),
                mix(far, palette.near, 0.28 + 0.2 * i),
            )
    snow = mix(palette.light, palette.sky[0], 0.1 + 0.22 * palette.night)
    canvas.land(ridge(chance, 0.74, 0.025), snow, bands=0)
    canvas.land(ridge(chance, 0.84, 0.03), mix(snow, palette.far, 0.22), bands=1)


def _mirrored(points: tuple[Point, ...]) -> list[Point]:
    return [(-x, y) for x, y in points]


def _body(canvas: Canvas, centre: Point, size: float) -> None:
    coat, white = _coat(canvas), mix(canvas.palette.light, canvas.palette.sky[0], 0.08)
    shadow = mix(coat, canvas.palette.near, 0.25)
    tail = curve([(0.5, 2.3), (1.2, 2.0), (1.62, 1.3), (1.5, 0.75), (1.86, 1.2), (1.9, 1.9), (1.5, 2.6)])
    canvas.local_shape(centre, size, tail, mix(coat, canvas.palette.near, 0.12))
    canvas.local_shape(centre, size, curve([(1.5, 0.72), (1.36, 1.12), (1.62, 1.2), (1.78, 1.1)]), white)
    canvas.local_shape(
        centre, size, curve([(-0.5, 0.5), (0.5, 0.5), (0.9, 1.5), (1.05, 3.2), (-1.05, 3.2), (-0.9, 1.5)]), shadow
    )
    chest = [
        (-0.42, 0.5),
        (0.42, 0.5),
        (0.54, 1.1),
        (0.42, 1.9),
        (0.16, 2.5),
        (0.08, 2.2),
        (-0.06, 2.7),
        (-0.4, 1.9),
        (-0.54, 1.1),
    ]
    canvas.local_shape(centre, size, chest, mix(white, shadow, 0.16))


def _coat(canvas: Canvas) -> Colour:
    return canvas.palette.accent


def _head(canvas: Canvas, centre: Point, size: float) -> None:
    coat, palette = _coat(canvas), canvas.palette
    lit, shade = darker(coat, -0.08), mix(coat, palette.near, 0.16)
    white = mix(palette.light, palette.sky[0], 0.03)
    dark = mix(palette.near, (20, 14, 18), 0.7)
    for sided, colour, snow in ((_mirrored, lit, white), (list, shade, mix(white, palette.far, 0.16))):
        canvas.local_shape(centre, size, sided(EAR), colour)
        canvas.local_shape(centre, size, sided(INNER_EAR), mix(dark, colour, 0.2))
        canvas.local_shape(centre, size, sided(HEAD), colour)
        canvas.local_shape(centre, size, sided(CHEEK), snow)
    canvas.local_shape(centre, size, [(-0.22, 0.3), (0, -0.5), (0.0, 0.72), (-0.12, 0.62)], darker(lit, -0.07))
    canvas.local_shape(centre, size, [(0.22, 0.3), (0, -0.5), (0.0, 0.72), (0.12, 0.62)], mix(shade, lit, 0.35))
    canvas.local_shape(
        centre, size, curve([(-0.13, 0.62), (0, 0.58), (0.13, 0.62), (0.06, 0.76), (0, 0.79), (-0.06, 0.76)]), dark
    )
    _eyes(canvas, centre, size, dark)


def _eyes(canvas: Canvas, centre: Point, size: float, dark: Colour) -> None:
    for side in (-1, 1):
        eye = [(side * x, y) for x, y in ((0.24, 0.1), (0.36, -0.02), (0.52, 0.0), (0.42, 0.12), (0.3, 0.14))]
        canvas.local_shape(centre, size, curve(eye), dark)
        x = centre[0] + (side * 0.38 - 0.03) * size / canvas.across
        canvas.disc((x, centre[1] + 0.035 * size / canvas.down), 0.024 * size, canvas.palette.light)


def _snowfall(canvas: Canvas) -> None:
    flake = mix(canvas.palette.light, canvas.palette.sky[0], 0.04)
    canvas.specks(round(190 * canvas.across * canvas.down), flake, 0.0012, 0.0085)
