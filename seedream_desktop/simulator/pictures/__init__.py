"""Drawn pictures that stand for generated ones: flat, calm, different for every prompt and number."""

from seedream_desktop.simulator.pictures.draw import draw, draw_plain
from seedream_desktop.simulator.pictures.sketch import Sketch

__all__ = ["Sketch", "draw", "draw_plain"]
