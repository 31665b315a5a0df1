"""The drawn pictures: the right size, the same again for the same seed, another for everything else."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from seedream_desktop.simulator.pictures import Sketch, draw
from seedream_desktop.simulator.pictures.draw import FAMILIES, family_of

PROMPTS = [family.words[0] for family in FAMILIES]


def sketch(
    prompt: str = "dunes", number: int = 1, of: int = 4, size: tuple[int, int] = (480, 320), **more: object
) -> Sketch:
    return Sketch(prompt, number, of, *size, **more)  # type: ignore[arg-type]  # only known fields are given


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("size", [(630, 270), (270, 480), (400, 25)], ids=["wide", "tall", "1 to 16"])
def test_every_scene_can_be_drawn_in_every_shape(prompt: str, size: tuple[int, int]) -> None:
    picture = draw(sketch(prompt, size=size))

    assert (picture.size, picture.mode) == (size, "RGB")
    assert len(picture.getcolors(1_000_000) or []) > 50


def test_the_same_sketch_is_drawn_the_same() -> None:
    assert draw(sketch("a fox")).tobytes() == draw(sketch("a fox")).tobytes()


@pytest.mark.parametrize(
    "other", [sketch(number=2), sketch("more dunes"), sketch(seed=1)], ids=["number", "prompt", "seed"]
)
def test_another_number_prompt_or_seed_is_another_picture(other: Sketch) -> None:
    assert difference(draw(sketch()), draw(other)) > 3


def test_the_first_word_that_names_a_scene_decides() -> None:
    fox, city = family_of(sketch("A red FOX by the harbour")), family_of(sketch("harbour with a fox"))

    assert fox is FAMILIES[PROMPTS.index("fox")]
    assert city is FAMILIES[PROMPTS.index("city")]


def test_prompts_that_name_no_scene_get_different_ones() -> None:
    assert len({family_of(sketch(f"nothing {n}")).words for n in range(40)}) > 4


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_connected_set_keeps_its_place_and_moves_on(prompt: str) -> None:
    frames = [draw(sketch(prompt, number, of=3, connected=True)) for number in (1, 2)]
    strangers = [draw(sketch(prompt, number, of=3)) for number in (1, 2)]

    assert 0 < difference(*frames) < difference(*strangers)


def test_references_lie_in_the_corner_and_rule_the_colours() -> None:
    reference = Image.new("RGB", (60, 60), (200, 20, 40))
    picture = draw(sketch(size=(640, 640), references=(reference, reference)))
    red, green, _ = ImageStat.Stat(picture).mean

    assert picture.getpixel((70, 590)) == (200, 20, 40)
    assert red > 1.5 * green
