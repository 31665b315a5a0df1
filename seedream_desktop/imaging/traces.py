"""The worker's jobs about knowing a picture again: what its file tells, and a copy that tells how it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from seedream_desktop.domain.recipe import recipe_from_json, recipe_to_json
from seedream_desktop.imaging.appearance import presentable
from seedream_desktop.imaging.decode import read_bytes
from seedream_desktop.imaging.geometry import frame_within
from seedream_desktop.imaging.likeness import likeness_of
from seedream_desktop.imaging.painting import paint
from seedream_desktop.imaging.recipe import read_recipe, with_recipe
from seedream_desktop.imaging.source import more_pixels, read_source
from seedream_desktop.ports.errors import UndecodableError

Answer = dict[str, Any]
# As large as the smaller thumbnails, from which the library's likenesses are made.
_EDGE_PX: Final = 256


def traces(path: Path) -> Answer:
    """Return the recipe in the file as JSON and its likeness in hexadecimal digits, each None without one.

    Raises:
        UnusableReferenceError: without a name, when the picture cannot be opened.
    """
    with more_pixels():
        source = read_source(path)
        painting = paint(source, frame_within(source.size, source.orientation, _EDGE_PX))
    likeness = likeness_of(presentable(painting.image))
    recipe = read_recipe(path.read_bytes())
    return {
        "recipe": recipe_to_json(recipe) if recipe else None,
        "likeness": likeness.hex() if likeness else None,
    }


def inscribe(path: Path, into: Path, recipe: dict[str, Any]) -> Answer:
    """Write the file with *recipe* in it to *into*; not a pixel is coded anew.

    Raises:
        UndecodableError, OSError: when that cannot be done.
    """
    try:
        into.write_bytes(with_recipe(read_bytes(path), recipe_from_json(recipe)))
    except ValueError as error:
        raise UndecodableError(str(error)) from error
    return {}
