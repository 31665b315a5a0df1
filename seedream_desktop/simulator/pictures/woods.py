"""Scenes of forest and sea."""

from __future__ import annotations

import math
from collections.abc import Callable

from seedream_desktop.simulator.pictures.canvas import Canvas, Point, ridge
from seedream_desktop.simulator.pictures.firs import fir
from seedream_desktop.simulator.pictures.lands import sky, sun
from seedream_desktop.simulator.pictures.palettes import darker, mix


def forest(canvas: Canvas) -> None:
    """Rows of firs in mist, the nearest dark and large."""
    at = sky(canvas)
    sun(canvas, at, canvas.chance.uniform(0.06, 0.1))
    rows = 5
    for i in range(rows):
        depth = i / (rows - 1)
        level = 0.5 + 0.36 * depth
        canvas.land(ridge(canvas.chance, level, 0.02 + 0.015 * depth, 1.1), canvas.palette.layer(depth))
        _row(canvas, level, 0.17 + 0.42 * depth**1.6, depth)
        if i < rows - 1:
            canvas.veil(
                mix(canvas.palette.sky[1], canvas.palette.far, 0.25), level - 0.06, level + 0.16, 0.55 - 0.3 * depth
            )


def _row(canvas: Canvas, level: float, height: float, depth: float) -> None:
    colour = canvas.palette.layer(depth)
    count = max(4, round((30 - 21 * depth) * canvas.across / 1.6))
    for i in range(count + 1):
        x = (i + canvas.chance.uniform(-0.45, 0.45)) / count
        if depth == 1 and 0.3 < x < 0.68:
            continue
        foot = (x, level + 0.03 + 0.05 * depth)
        fir(canvas, foot, height * canvas.chance.uniform(0.7, 1.2), darker(colour, canvas.chance.uniform(-0.03, 0.08)))


def sea(canvas: Canvas) -> None:
    """A low sun over the water, its path of light, and a boat."""
    horizon = canvas.chance.uniform(0.5, 0.58)
    at = sky(canvas, horizon)
    if not canvas.sketch.connected:
        at = at[0], horizon - canvas.chance.uniform(0.02, 0.2)
    radius = canvas.chance.uniform(0.09, 0.13)
    sun(canvas, at, radius)
    palette = canvas.palette
    canvas.gradient(mix(palette.far, palette.sky[1], 0.45), palette.layer(0.55), horizon, 1.0)
    _light_path(canvas, at[0], horizon, radius)
    for i in range(4):
        level = horizon + 0.17 + 0.1 * i
        canvas.land(_swell(canvas, level), mix(palette.layer(0.4 + 0.18 * i), palette.far, 0.15), bands=1, fall=0.04)
    where = canvas.chance.uniform(0.24, 0.76) + (0.3 * (canvas.sketch.progress - 0.5) if canvas.sketch.connected else 0)
    boat(canvas, (where, horizon + 0.19), 0.17)


def _swell(canvas: Canvas, level: float) -> Callable[[float], float]:
    phase, count = canvas.chance.uniform(0, 6), canvas.chance.uniform(2.5, 4) * canvas.across
    return lambda x: level - 0.012 * abs(math.sin(count * x + phase)) - 0.012 * math.sin(3 * x + phase)


def _light_path(canvas: Canvas, x: float, horizon: float, radius: float) -> None:
    rows = 16
    for i in range(rows):
        y = horizon + 0.012 + (0.2 * i / rows)
        half = radius * (0.9 - 0.035 * i) * canvas.chance.uniform(0.55, 1.1) / canvas.across
        shift = canvas.chance.uniform(-0.25, 0.25) * half
        thick = 0.0022 + 0.0003 * i
        colour = mix(canvas.palette.light, canvas.palette.far, 0.05 + 0.03 * i)
        canvas.ellipse((x + shift, y), half * canvas.across, thick * canvas.down, colour)


def boat(canvas: Canvas, foot: Point, size: float) -> None:
    """A small boat with two sails."""
    palette = canvas.palette
    sail, hull = palette.light, darker(palette.near, 0.2)
    canvas.local_shape(foot, size, [(0.02, -1.0), (0.02, -0.16), (0.42, -0.16)], palette.accent)
    canvas.local_shape(foot, size, [(-0.02, -0.9), (-0.02, -0.16), (-0.34, -0.16)], sail)
    canvas.local_shape(foot, size, [(-0.46, -0.12), (0.52, -0.12), (0.36, 0.06), (-0.34, 0.06)], hull)
    for i in range(5):
        y = foot[1] + size * (0.1 + 0.06 * i) / canvas.down
        canvas.ellipse((foot[0], y), size * (0.36 - 0.05 * i), size * 0.009, mix(hull, palette.far, 0.35 + 0.1 * i))
