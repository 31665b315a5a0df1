"""The colours: chosen by hand, or taken from the reference images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """The colours of one picture."""

    sky: tuple[Colour, Colour]
    """Top and bottom of what is far away."""
    far: Colour
    near: Colour
    """Silhouettes from the farthest to the nearest, mixed between these."""
    light: Colour
    """Sun, moon, snow, windows."""
    accent: Colour
    """The one thing that is not of the family."""
    night: bool = False

    def layer(self, depth: float) -> Colour:
        """The colour of a silhouette at *depth*: 0 far away, 1 near."""
        return mix(self.far, self.near, depth)


def rgb(text: str) -> Colour:
    """The colour of six hexadecimal digits."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """*a* at part 0, *b* at part 1, and beyond them what follows, kept within the range of colours."""
    red, green, blue = (min(255, max(0, round(x + (y - x) * part))) for x, y in zip(a, b, strict=True))
    return red, green, blue


def darker(colour: Colour, part: float) -> Colour:
    """*colour* moved by *part* towards a deep blue-black; a negative part brightens it."""
    return mix(colour, (12, 12, 30), part) if part >= 0 else mix(colour, (255, 255, 255), -part)


def _palette(sky: str, far: str, near: str, light: str, accent: str, *, night: bool = False) -> Palette:
    top, bottom = sky.split()
    return Palette((rgb(top), rgb(bottom)), rgb(far), rgb(near), rgb(light), rgb(accent), night)


DAWN = _palette("a9c0e6 f3d6cf", "c08a99", "4b2338", "fff0dc", "d8572a")
DUSK = _palette("2c2755 a3587c", "6d3f73", "1c1030", "f5d9a6", "f08a4b", night=True)
AMBER = _palette("f6c98a fbe7c4", "e2a367", "7a3218", "fffaf0", "b23a1e")
TEAL = _palette("0e3b4d 5fa8a3", "3a7f83", "07232d", "f4e3b2", "f26b4e", night=True)
SLATE = _palette("6f83a3 cfd9e6", "8c9cb5", "27314a", "fbfdff", "cf5a24")
FROST = _palette("bcd3e8 f2f6fb", "b9cbdc", "49627f", "ffffff", "d96a2b")
ROSE = _palette("d9bdb6 f8ebe2", "cfa59b", "6e4148", "fffaf5", "e07a3a")
MIDNIGHT = _palette("0d1530 41588c", "33477a", "080c1f", "e9edf7", "e0923f", night=True)
MOSS = _palette("dfe8cf f7f3df", "a7bf98", "1f3b2c", "fffbe6", "d4693f")
FERN = _palette("9fc3b1 e9f0dc", "7fa88f", "0f2f2a", "fdf6d8", "e2a13c")
VIOLET = _palette("2a0f45 b0317d", "7a2a7c", "150828", "ffd9a0", "42d1d1", night=True)
EMBER = _palette("3a0f1e d4513c", "96323a", "1d0711", "ffcf8a", "ffb03a", night=True)
LAGOON = _palette("8fd0dc f6eed8", "5fb3bf", "114b63", "fff8e3", "ef6f53")
INK = _palette("e9e2d3 f6f1e6", "b9b3a6", "1f2430", "ffffff", "c8392b")
CLAY = _palette("e7d3bf f5e9da", "cf9f7d", "5c3a33", "fffaf2", "2f6f73")
PLUM = _palette("cbb4d4 f6dfd9", "a87fa8", "3b2147", "fff4e6", "f0a03c")


def from_references(base: Palette, references: Sequence[Image.Image]) -> Palette:
    """*base* with its colours drawn towards the main colours of the references, dark and light kept in place."""
    found = sorted(_main_colours(references), key=_brightness)
    dark, light = found[0], found[-1]
    middle = found[len(found) // 2]
    vivid = max(found, key=_vividness)
    return replace(
        base,
        sky=(mix(base.sky[0], found[3], 0.85), mix(base.sky[1], light, 0.9)),
        far=mix(base.far, middle, 0.85),
        near=mix(base.near, dark, 0.9),
        accent=vivid,
    )


def _main_colours(references: Sequence[Image.Image]) -> list[Colour]:
    """Six colours that stand for all *references* together."""
    strip = Image.new("RGB", (64 * len(references), 64))
    for place, reference in enumerate(references):
        strip.paste(reference.resize((64, 64)), (64 * place, 0))
    few = strip.quantize(6)
    table = few.getpalette() or []
    used = sorted(few.getcolors() or [], reverse=True)
    colours = [(table[3 * i], table[3 * i + 1], table[3 * i + 2]) for _, i in used if isinstance(i, int)]
    return (colours * 6)[:6]


def _brightness(colour: Colour) -> float:
    return 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2]


def _vividness(colour: Colour) -> float:
    return max(colour) - min(colour)
