"""A designer's mood board: fourteen picture files, made of what the simulator drew."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image
from pillow_heif import register_heif_opener

# Each with the beginning of the prompt and the number of the picture it is made of, and its longest side in pixels;
# 0 means that the file is copied as it is.
_FILES: Final = (
    ("fox.jpg", "A red fox", 2, 0),
    ("dunes.jpg", "Dunes", 1, 0),
    ("cabin.jpg", "A small cabin", 1, 0),
    ("poster.png", "Poster", 1, 1600),
    ("lettering.webp", "Poster", 2, 1200),
    ("IMG_2041.heic", "A city", 1, 2848),
    ("fox, standing.jpg", "A red fox", 3, 0),
    ("bottle.png", "Poster", 3, 900),
    ("fjord.jpg", "A small cabin", 2, 0),
    ("street.avif", "A city", 2, 1600),
    ("sand.jpg", "Dunes", 2, 0),
    ("red.bmp", "Poster", 4, 640),
    ("snow.jpg", "A red fox", 4, 0),
    ("roofs.tif", "A city", 3, 1200),
)
_CAMERA: Final = 0x010F
_PANORAMA_PX: Final = (6000, 300)


def make_board(pictures: Sequence[Path], folder: Path) -> list[Path]:
    """Write fourteen files to *folder* and return them in the order in which they become references."""
    folder.mkdir()
    register_heif_opener()
    for name, prompt, number, side_px in _FILES:
        made_of = [picture for picture in pictures if prompt in picture.name][number - 1]
        _write(made_of, folder / name, side_px)
    return [folder / name for name, *_ in _FILES]


def make_panorama(picture: Path, file: Path) -> Path:
    """Write a picture to *file* that is twenty times as wide as high."""
    with Image.open(picture) as image:
        image.convert("RGB").resize(_PANORAMA_PX).save(file, quality=90)
    return file


def _write(picture: Path, file: Path, side_px: int) -> None:
    if not side_px:
        shutil.copyfile(picture, file)
        return
    with Image.open(picture) as image:
        image.thumbnail((side_px, side_px))
        image.convert("RGB").save(file, **_notes(file))


def _notes(file: Path) -> dict[str, Any]:
    """Return what a telephone writes into its pictures."""
    if file.suffix != ".heic":
        return {}
    notes = Image.Exif()
    notes[_CAMERA] = "A telephone"
    return {"exif": notes}
