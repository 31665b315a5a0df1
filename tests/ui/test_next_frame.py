"""The next frame of a story, begun from a picture."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import MAX_REFERENCES, AspectRatio, GenerationRequest, Mode, Resolution
from seedream_desktop.ui.actions.next_frame import NextFrame, following
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import task

FRAME = Reference("/library/frame.jpg")
HERO = Reference("/mine/hero.png", Role.SUBJECT)
STORY = GenerationRequest(
    "A story in six frames",
    resolution=Resolution.FOUR_K,
    aspect_ratio=AspectRatio.LANDSCAPE_16_9,
    count=6,
    sequence=True,
)


def test_the_next_frame_is_one_image_of_the_same_order_with_the_picture_as_a_reference() -> None:
    wanted = replace(STORY, mode=Mode.IMAGE_TO_IMAGE, count=1, sequence=False, references=(FRAME,))

    assert following(STORY, FRAME) == wanted


def test_the_references_of_the_order_stay_before_it_so_that_figures_in_the_prompt_stay_true() -> None:
    order = replace(STORY, mode=Mode.IMAGE_TO_IMAGE, references=(HERO,))

    assert following(order, FRAME).references == (HERO, FRAME)


def test_references_that_were_not_sent_do_not_come_along() -> None:
    assert following(replace(STORY, references=(HERO,)), FRAME).references == (FRAME,)


def test_an_order_full_of_references_gives_its_last_place_to_the_frame() -> None:
    many = tuple(Reference(f"/mine/{number}.png") for number in range(MAX_REFERENCES))
    order = replace(STORY, mode=Mode.IMAGE_TO_IMAGE, references=many)

    assert following(order, FRAME).references == (*many[:-1], FRAME)


@pytest.fixture
def begun(window: MainWindow) -> list[Coroutine[Any, Any, Any]]:
    """What was begun by the key."""
    found: list[Coroutine[Any, Any, Any]] = []
    backend = SimpleNamespace(start=lambda work, _name: found.append(work))
    NextFrame(window, cast(Backend, backend), Reusing(window))
    return found


async def test_n_fills_the_composer_and_says_which_figure_the_picture_is(
    window: MainWindow, begun: list[Coroutine[Any, Any, Any]]
) -> None:
    made = replace(task("made", count=2), request=replace(STORY, mode=Mode.IMAGE_TO_IMAGE, references=(HERO,)))
    show(window.gallery, [made])
    window.gallery.choose(made, 1)

    QTest.keyClick(window.gallery, Qt.Key.Key_N)
    await begun.pop()

    draft = window.composer.draft()
    assert [reference.source for reference in draft.references] == [HERO.source, made.pictures[1].path]
    assert (draft.prompt, draft.count, draft.sequence) == (STORY.prompt, 1, False)
    assert "Figure 2" in window.dock.status_text()


def test_with_several_pictures_chosen_n_asks_for_the_one_that_is_meant(
    window: MainWindow, begun: list[Coroutine[Any, Any, Any]]
) -> None:
    made = task("made", count=2)
    show(window.gallery, [made])
    window.gallery.choose(made, 0)
    QTest.keyClick(window.gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    QTest.keyClick(window.gallery, Qt.Key.Key_N)

    assert not begun
    assert "Choose the one picture" in window.dock.status_text()
