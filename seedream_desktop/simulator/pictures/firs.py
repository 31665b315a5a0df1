"""Firs, alone and in rows: they stand in many scenes."""

from __future__ import annotations

from seedream_desktop.simulator.pictures.canvas import Canvas, Point
from seedream_desktop.simulator.pictures.palettes import Colour, darker


def tree_line(canvas: Canvas, level: float, height: float, colour: Colour) -> None:
    """A row of firs standing on *level*, of about *height*, in parts of the picture's height."""
    count = round(26 * canvas.across / canvas.down)
    for i in range(count + 1):
        x = (i + canvas.chance.uniform(-0.4, 0.4)) / count
        fir(canvas, (x, level + 0.05), height * canvas.down * canvas.chance.uniform(0.55, 1.15), colour)
    canvas.box(0, level + 0.04, 1, 1, colour)


def fir(canvas: Canvas, foot: Point, height: float, colour: Colour) -> None:
    """A fir of *height* shorter sides: tiers that widen towards the ground, one side in the light."""
    lit = darker(colour, -0.08)
    for side, fill in ((-1, lit), (1, colour)):
        points = [(0.0, -1.0)]
        for tier in range(1, 6):
            y = -1 + tier * 0.17
            points += [(side * 0.05 * tier * 1.05, y), (side * 0.028 * tier, y - 0.015)]
        canvas.local_shape(foot, height, [*points, (side * 0.03, -0.1), (side * 0.03, 0), (0, 0)], fill)
