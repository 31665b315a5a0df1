"""What is told of picture files from anywhere, by the worker."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.imaging.recipe import with_recipe
from seedream_desktop.ports.errors import UndecodableError, UnusableReferenceError
from seedream_desktop.simulator.pictures import Sketch, draw
from seedream_desktop.store.likeness import MOST_DISTANCE

RECIPE = Recipe(prompt="A red fox", task_id="task-17", program="Seedream Desktop")
SCENES = ("red fox", "desert", "city night", "sea", "mountain", "flower", "poster")


@pytest.fixture
async def pool(tmp_path: Path) -> AsyncIterator[ImagingPool]:
    pool = ImagingPool(tmp_path / "scratch", workers=1)
    yield pool
    await pool.close()


def scene(words: str) -> Image.Image:
    return draw(Sketch(words, 1, 1, 640, 360)).convert("RGB")


def saved(image: Image.Image, path: Path, kind: str, **options: int) -> Path:
    image.save(path, kind, **options)
    return path


async def likeness(pool: ImagingPool, path: Path) -> int:
    found = (await pool.traces(path)).likeness
    assert found is not None
    return int.from_bytes(found, "big")


@pytest.mark.parametrize("words", SCENES)
async def test_a_copy_changed_by_other_programs_looks_the_same(pool: ImagingPool, tmp_path: Path, words: str) -> None:
    image = scene(words)
    small = image.resize((320, 180))
    first = await likeness(pool, saved(image, tmp_path / "a.png", "PNG"))

    for number, (copy, kind, options) in enumerate(
        [
            (small, "JPEG", {"quality": 70}),
            (small.resize((160, 90)), "JPEG", {"quality": 50}),
            (image, "WEBP", {"quality": 60}),
            (ImageEnhance.Brightness(image).enhance(1.05), "JPEG", {"quality": 90}),
        ]
    ):
        other = await likeness(pool, saved(copy, tmp_path / f"{number}", kind, **options))
        assert (first ^ other).bit_count() <= MOST_DISTANCE


async def test_different_pictures_look_different(pool: ImagingPool, tmp_path: Path) -> None:
    found = [await likeness(pool, saved(scene(words), tmp_path / f"{words}.png", "PNG")) for words in SCENES]

    apart = [(a ^ b).bit_count() for at, a in enumerate(found) for b in found[:at]]
    assert min(apart) > MOST_DISTANCE


async def test_a_plain_picture_has_no_likeness(pool: ImagingPool, tmp_path: Path) -> None:
    logo = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(logo).point((200, 200), "black")

    assert (await pool.traces(saved(logo, tmp_path / "plain.png", "PNG"))).likeness is None


async def test_a_turned_photo_looks_like_the_upright_one(pool: ImagingPool, tmp_path: Path) -> None:
    image = scene("red fox")
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = tmp_path / "turned.jpg"
    image.transpose(Image.Transpose.ROTATE_90).save(turned, "JPEG", exif=exif.tobytes())

    first = await likeness(pool, saved(image, tmp_path / "upright.jpg", "JPEG"))
    assert (first ^ await likeness(pool, turned)).bit_count() <= MOST_DISTANCE


async def test_a_recipe_is_written_by_the_worker_and_read_again(pool: ImagingPool, tmp_path: Path) -> None:
    original, copy = saved(scene("sea"), tmp_path / "sea.png", "PNG"), tmp_path / "out" / "copy.png"

    await pool.inscribe(original, copy, RECIPE)

    assert (await pool.traces(copy)).recipe == RECIPE
    assert (await pool.traces(original)).recipe is None
    assert [path.name for path in copy.parent.iterdir()] == ["copy.png"]


async def test_what_is_no_picture_gets_no_recipe_and_leaves_nothing(pool: ImagingPool, tmp_path: Path) -> None:
    words, target = tmp_path / "words.txt", tmp_path / "out" / "copy.png"
    words.write_text("no picture")

    with pytest.raises(UndecodableError):
        await pool.inscribe(words, target, RECIPE)
    assert list(target.parent.iterdir()) == []


async def test_a_file_that_is_no_picture_has_no_traces(pool: ImagingPool, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("no picture")

    with pytest.raises(UnusableReferenceError):
        await pool.traces(words)


async def test_the_recipe_is_read_even_in_a_plain_picture(pool: ImagingPool, tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(file, "WEBP")
    path = tmp_path / "plain.webp"
    path.write_bytes(with_recipe(file.getvalue(), RECIPE))

    told = await pool.traces(path)

    assert (told.recipe, told.likeness) == (RECIPE, None)
