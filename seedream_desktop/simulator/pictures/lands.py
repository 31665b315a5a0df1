"""Scenes of open country: dunes and mountains, and the sky that other scenes share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seedream_desktop.simulator.pictures.canvas import Canvas, Point, ridge
from seedream_desktop.simulator.pictures.firs import tree_line
from seedream_desktop.simulator.pictures.palettes import Colour, darker, mix


def sky(canvas: Canvas, horizon: float = 0.6) -> Point:
    """Sky with stars at night and one sun or moon; returns where that stands. In a connected set it moves on."""
    palette, chance = canvas.palette, canvas.chance
    canvas.gradient(*palette.sky, 0.0, 1.0)
    if palette.night:
        canvas.specks(
            round(110 * canvas.across), mix(palette.sky[0], palette.light, 0.8), 0.0007, 0.0032, above=horizon
        )
    start, height = chance.uniform(0.2, 0.8), chance.uniform(0.16, 0.3)
    if canvas.sketch.connected:
        start = 0.14 + 0.72 * canvas.sketch.progress
        height = horizon * (0.34 + 0.9 * (canvas.sketch.progress - 0.5) ** 2)
    return start, height


def sun(canvas: Canvas, at: Point, radius: float) -> None:
    """A disc with a wide glow."""
    palette = canvas.palette
    canvas.glow(at, radius * 5.5, palette.light, 0.34)
    canvas.glow(at, radius * 2.2, palette.light, 0.4)
    canvas.disc(at, radius, palette.light)
    if palette.night:
        shade = mix(palette.light, palette.sky[0], 0.13)
        canvas.disc((at[0] - radius * 0.3 / canvas.across, at[1] - radius * 0.25 / canvas.down), radius * 0.2, shade)
        canvas.disc((at[0] + radius * 0.35 / canvas.across, at[1] + radius * 0.3 / canvas.down), radius * 0.3, shade)


def dunes(canvas: Canvas) -> None:
    """Layered dunes, each with a lit and a shaded side."""
    at = sky(canvas)
    sun(canvas, at, canvas.chance.uniform(0.065, 0.1))
    layers = canvas.chance.choice((5, 6))
    for i in range(layers):
        depth = i / (layers - 1)
        _dune(canvas, 0.47 + 0.43 * depth**1.15, 0.035 + 0.05 * depth, depth)


def _dune(canvas: Canvas, level: float, swing: float, depth: float) -> None:
    colour = canvas.palette.layer(depth)
    edge = ridge(canvas.chance, level, swing, 0.75 + 0.5 * canvas.chance.random())
    canvas.land(edge, colour, bands=2, fall=0.035 + 0.03 * depth)
    _shaded_side(canvas, edge, darker(colour, 0.11), depth)


def _shaded_side(canvas: Canvas, edge: Callable[[float], float], colour: Colour, depth: float) -> None:
    """A leaf of shade that hangs from a dune's highest point and runs out along its crest and down its face."""
    around = canvas.chance.uniform(0.1, 0.8)
    peak = min((around + step / 40 for step in range(-4, 5)), key=edge)
    reach, drop = canvas.chance.uniform(0.22, 0.4), 0.3 + 0.12 * depth
    foot, end = (peak + 0.45 * reach, edge(peak) + drop), (peak + reach, edge(peak + reach))
    parts = [step / 24 for step in range(25)]
    crest = [(peak + reach * t, edge(peak + reach * t)) for t in parts]
    back = [_bent(end, (peak + 0.62 * reach, end[1] + 0.4 * drop), foot, t) for t in parts]
    spine = [_bent(foot, (peak + 0.42 * reach, edge(peak) + 0.35 * drop), (peak, edge(peak)), t) for t in parts]
    canvas.shape([*crest, *back, *spine], colour)


def _bent(a: Point, pull: Point, b: Point, t: float) -> Point:
    """The point at *t* of a line from *a* to *b*, bent towards *pull* (a quadratic Bezier curve)."""
    first, middle, last = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return first * a[0] + middle * pull[0] + last * b[0], first * a[1] + middle * pull[1] + last * b[1]


def mountains(canvas: Canvas) -> None:
    """Jagged ridges with snow on their lit sides, above a lake or a wood."""
    at = sky(canvas)
    sun(canvas, at, canvas.chance.uniform(0.05, 0.08))
    for i, depth in enumerate((0.08, 0.36, 0.62)):
        _range(canvas, 0.3 + 0.17 * i, 0.3 - 0.06 * i, depth)
        canvas.veil(mix(canvas.palette.sky[1], canvas.palette.far, 0.3), 0.4 + 0.14 * i, 0.74 + 0.1 * i, 0.5)
    canvas.land(ridge(canvas.chance, 0.84, 0.025, 1.4), canvas.palette.layer(0.86), bands=1, fall=0.06)
    tree_line(canvas, 0.86, 0.13, canvas.palette.layer(1.0))


def _range(canvas: Canvas, level: float, height: float, depth: float) -> None:
    chance, palette = canvas.chance, canvas.palette
    lit, shade = palette.layer(depth), darker(palette.layer(depth), 0.26)
    snow = None if depth > 0.5 else mix(palette.light, palette.sky[0], 0.1 + 0.6 * depth + 0.2 * palette.night)
    count = max(2, round((1.5 + 1.3 * depth) * canvas.across))
    for place in sorted(range(-1, count + 1), key=lambda _: chance.random()):
        top = (place + 0.5 + chance.uniform(-0.22, 0.22)) / count, level + height * chance.uniform(-0.3, 0.4)
        peak = Peak(top, chance.uniform(1.0, 1.35) / count, level + height + 0.3, lit, shade, snow)
        _paint_peak(canvas, peak)


@dataclass(frozen=True)
class Peak:
    """One mountain: where its top is, how wide it is to one side, where its foot is, and its colours."""

    top: Point
    half: float
    foot: float
    lit: Colour
    shade: Colour
    snow: Colour | None


def _paint_peak(canvas: Canvas, peak: Peak) -> None:
    (x, y), half = peak.top, peak.half
    drop = peak.foot - y
    lean = canvas.chance.uniform(-0.12, 0.12) * half
    spine = [
        (x, y),
        (x + lean + 0.1 * half, y + 0.3 * drop),
        (x + lean - 0.06 * half, y + 0.6 * drop),
        (x + lean, peak.foot),
    ]
    canvas.shape([(x - half, peak.foot), (x - 0.46 * half, y + 0.42 * drop), *spine], peak.lit)
    canvas.shape([*spine, (x + half, peak.foot), (x + 0.52 * half, y + 0.47 * drop)], peak.shade)
    if peak.snow:
        _snowcap(canvas, peak, peak.snow, 0.3 * drop)


def _snowcap(canvas: Canvas, peak: Peak, snow: Colour, cap: float) -> None:
    (x, y), half = peak.top, peak.half
    lit = [(x + half * f, y + cap * g) for f, g in ((-0.33, 0.92), (-0.22, 0.7), (-0.13, 1.0), (0.02, 0.72))]
    shaded = [(x + half * f, y + cap * g) for f, g in ((0.02, 0.72), (0.12, 0.98), (0.2, 0.74), (0.34, 0.92))]
    canvas.shape([(x, y), *lit], snow)
    canvas.shape([(x, y), *shaded], mix(snow, peak.shade, 0.42))
