"""Pictures dragged out of the real window into a second program, which reads the files it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole import dragging
from tests.whole.drop_target import PLACE
from tests.whole.window import TASK_LIMIT_S, Window, open_window
from tests.xserver import Desktop

NAMES = ("A red fox, 1 of 2, 2048 x 2048", "A red fox, 2 of 2, 2048 x 2048")
TARGET = (PLACE.center().x(), PLACE.center().y())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("program")


@pytest.fixture(scope="module")
def used(desktop: Desktop, folder: Path) -> Iterator[Window]:
    """A window with two finished pictures."""
    with open_window(desktop, folder) as window:
        window.find("Balance $100.00")
        window.find("Prompt", "text").write("A red fox")
        window.press("1:1")
        window.find("Number of images", "spin box").set_value(2)
        window.generate()
        window.wait_for(lambda: window.pictures() == list(NAMES), "two finished pictures", TASK_LIMIT_S)
        window.wait_for(lambda: len(library(folder)) == 2, "two pictures in the library", TASK_LIMIT_S)
        yield window


def library(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "library").glob("*.*") if not path.name.startswith("."))


def choose(window: Window, name: str) -> tuple[int, int]:
    """Choose the picture of this name alone, and return where it is."""
    window.find(name, "list item").focus()
    window.wait_for(lambda: window.find(name, "list item").description == "Chosen", "the picture is chosen")
    return window.find(name, "list item").middle


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_picture_is_given_to_another_program_as_a_file_and_as_pixels(
    desktop: Desktop, used: Window, folder: Path
) -> None:
    with dragging.target(desktop, "copy") as dropped:
        dragging.drag(used.bus, choose(used, NAMES[0]), TARGET)
        told = dropped()

    first = next(path for path in library(folder) if path.stem.endswith("_1"))
    assert told["names"] == [first.name]
    assert told["contents"] == [content(first)]
    assert told["image"] == [2048, 2048]


def test_several_go_at_once_in_the_order_they_are_seen(desktop: Desktop, used: Window, folder: Path) -> None:
    place = choose(used, NAMES[0])
    used.bus.press("End", "Shift")
    used.wait_for(lambda: used.find(NAMES[1], "list item").description == "Chosen", "both are chosen")
    with dragging.target(desktop, "copy") as dropped:
        dragging.drag(used.bus, place, TARGET)
        told = dropped()

    assert told["names"] == [path.name for path in library(folder)]
    assert told["contents"] == [content(path) for path in library(folder)]
    assert told["image"] is None


def test_a_program_that_would_move_the_file_is_not_allowed_to(desktop: Desktop, used: Window, folder: Path) -> None:
    before = library(folder)
    with dragging.target(desktop, "move") as dropped:
        dragging.drag(used.bus, choose(used, NAMES[0]), TARGET)
        told = dropped()

    assert (told["may_copy"], told["may_move"]) == (True, False)
    assert library(folder) == before
