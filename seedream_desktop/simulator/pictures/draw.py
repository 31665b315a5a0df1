"""Chooses a scene by the words of the prompt, gives it colours, and adds references and frame dots."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from seedream_desktop.simulator.chance import dice
from seedream_desktop.simulator.pictures import creatures, lands, references, tables, towns, woods
from seedream_desktop.simulator.pictures import palettes as p
from seedream_desktop.simulator.pictures.canvas import Canvas
from seedream_desktop.simulator.pictures.palettes import Palette
from seedream_desktop.simulator.pictures.sketch import Sketch


@dataclass(frozen=True)
class Family:
    """A kind of scene: the beginnings of words that call for it, and the colours that suit it."""

    words: tuple[str, ...]
    paint: Callable[[Canvas], None]
    palettes: tuple[Palette, ...]


def _family(words: str, paint: Callable[[Canvas], None], *palettes: Palette) -> Family:
    return Family(tuple(words.split()), paint, palettes)


FAMILIES = (
    _family("fox wolf dog cat animal portrait", creatures.fox, p.FROST, p.SLATE, p.ROSE, p.MIDNIGHT, p.DAWN),
    _family("cabin house cottage chalet hut", towns.cabin, p.MIDNIGHT, p.FROST, p.DUSK, p.SLATE, p.ROSE),
    _family("desert dune sand sahara", lands.dunes, p.DAWN, p.DUSK, p.AMBER, p.ROSE, p.EMBER, p.PLUM),
    _family(
        "city night harbo tokyo street skyline neon tower", towns.city, p.VIOLET, p.TEAL, p.EMBER, p.MIDNIGHT, p.DUSK
    ),
    _family("forest wood tree pine", woods.forest, p.FERN, p.MOSS, p.TEAL, p.SLATE, p.MIDNIGHT),
    _family("sea ocean boat sail ship lake water wave beach", woods.sea, p.LAGOON, p.AMBER, p.DUSK, p.DAWN, p.TEAL),
    _family("mountain peak alp hill glacier snow", lands.mountains, p.DAWN, p.SLATE, p.DUSK, p.PLUM, p.FROST),
    _family("flower bloom rose tulip garden botan", tables.flowers, p.CLAY, p.PLUM, p.MOSS, p.LAGOON, p.ROSE),
    _family(
        "still vase fruit tea cup bottle product ceramic table", tables.still_life, p.CLAY, p.INK, p.PLUM, p.LAGOON
    ),
    _family(
        "poster abstract logo shape pattern bauhaus geometr", tables.shapes, p.INK, p.CLAY, p.LAGOON, p.DUSK, p.PLUM
    ),
)
DOT_RADIUS = 0.0075


def draw(sketch: Sketch) -> Image.Image:
    """The finished picture, of exactly the sketch's size."""
    family = family_of(sketch)
    palette = _palette(family, sketch)
    if sketch.references:
        palette = p.from_references(palette, sketch.references)
    canvas = Canvas(sketch, palette, sketch.place_chance())
    family.paint(canvas)
    if sketch.connected and sketch.of > 1:
        _frame_dots(canvas)
    picture = canvas.finish()
    references.lay_prints(picture, sketch.references)
    return picture


def draw_plain(sketch: Sketch) -> Image.Image:
    """A plain gradient: quick, and still different for each prompt and number."""
    chance = dice(sketch.seed, sketch.prompt, sketch.number)
    corners = Image.new("RGB", (2, 2))
    pen = ImageDraw.Draw(corners)
    for corner in ((0, 0), (1, 0), (0, 1), (1, 1)):
        pen.point(corner, (chance.randrange(256), chance.randrange(256), chance.randrange(256)))
    return corners.resize((sketch.width_px, sketch.height_px), Image.Resampling.BILINEAR)


def family_of(sketch: Sketch) -> Family:
    """The family whose word comes first in the prompt; without any, one by chance."""
    for word in re.findall(r"[a-z]+", sketch.prompt.lower()):
        for family in FAMILIES:
            if word.startswith(family.words):
                return family
    return sketch.task_chance().choice(FAMILIES)


def _palette(family: Family, sketch: Sketch) -> Palette:
    """Another one for each picture of a task, but one for all of a connected set."""
    palettes = list(family.palettes)
    sketch.task_chance().shuffle(palettes)
    return palettes[0 if sketch.connected else (sketch.number - 1) % len(palettes)]


def _frame_dots(canvas: Canvas) -> None:
    """A dot for each picture of the set, this one's lit."""
    for place in range(canvas.sketch.of):
        x = 0.5 + (place - (canvas.sketch.of - 1) / 2) * 3.4 * DOT_RADIUS / canvas.across
        lit = place == canvas.sketch.number - 1
        colour = canvas.palette.light if lit else p.mix(canvas.palette.near, canvas.palette.light, 0.3)
        canvas.disc((x, 1 - 0.03 / canvas.down), DOT_RADIUS * (1.25 if lit else 0.9), colour)
