"""Orders made again from pictures: prompt and settings, everything, or pictures as references."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.actions.references import ReferenceActions
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.composer.prompt_editor import PromptEditor
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import index_of, show
from tests.ui.gallery.samples import task

TWO = (Reference("/gone/fox.png", Role.SUBJECT), Reference("https://example.com/snow.jpg"))
REQUESTS = {
    "text": GenerationRequest("A fox", resolution=Resolution.FOUR_K, aspect_ratio=AspectRatio.PORTRAIT_2_3, count=3),
    "image": GenerationRequest("A fox", Mode.IMAGE_TO_IMAGE, references=TWO, adds_role_line=True),
    "sequence": GenerationRequest("A story", aspect_ratio=AspectRatio.SQUARE, count=6, sequence=True),
    "provider": GenerationRequest("A fox", provider=Provider.OFFICIAL, callback_url="https://example.com/back"),
}
MINE = GenerationRequest("Mine", Mode.IMAGE_TO_IMAGE, references=(Reference("/mine.png"),))


def chosen(window: MainWindow, request: GenerationRequest) -> Task:
    """Choose the picture of a task that was made by *request*."""
    Reusing(window)
    found = replace(task("made", count=1), request=request)
    show(window.gallery, [found])
    window.gallery.choose(found, 0)
    window.gallery.setFocus()
    return found


@pytest.mark.parametrize("kind", REQUESTS)
def test_everything_is_used_again_by_one_key(window: MainWindow, kind: str) -> None:
    chosen(window, REQUESTS[kind])
    window.composer.set_request(MINE)
    window.gallery.setFocus()

    QTest.keyClick(window.gallery, Qt.Key.Key_A)

    assert window.composer.draft() == REQUESTS[kind]


@pytest.mark.parametrize("kind", REQUESTS)
@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)],
)
def test_prompt_and_settings_are_used_with_the_references_that_are_there(
    window: MainWindow, kind: str, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    chosen(window, REQUESTS[kind])
    window.composer.set_request(MINE)
    window.gallery.setFocus()

    QTest.keyClick(window.gallery, key, modifier)

    assert window.composer.draft() == replace(REQUESTS[kind], mode=MINE.mode, references=MINE.references)
    assert ("own references, 2, are not" in window.dock.status_text()) is (kind == "image")


def test_a_recipe_brings_all_it_tells(window: MainWindow) -> None:
    request = REQUESTS["sequence"]
    made = replace(task("made", count=1), request=request)

    Reusing(window).use_request(Recipe.of(made, "a test").request(), "")

    assert window.composer.draft() == request


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_A])
def test_a_prompt_that_was_written_over_comes_back_by_undo_and_that_is_said(window: MainWindow, key: Qt.Key) -> None:
    chosen(window, REQUESTS["text"])
    window.composer.set_request(MINE)
    editor = window.composer.findChild(PromptEditor)
    assert editor is not None
    window.gallery.setFocus()

    QTest.keyClick(window.gallery, key)
    assert "brings back what was there" in window.dock.status_text()
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert window.composer.draft() == MINE


def test_nothing_is_said_of_a_way_back_where_no_prompt_was_written(window: MainWindow) -> None:
    chosen(window, REQUESTS["text"])
    window.composer.set_request(GenerationRequest(""))
    window.gallery.setFocus()

    QTest.keyClick(window.gallery, Qt.Key.Key_R)

    assert window.dock.status_text().endswith("Prompt and settings are in the composer.")


class Index:
    """Knows every task."""

    def __init__(self, tasks: list[Task]) -> None:
        self._tasks = {task.id: task for task in tasks}

    async def tasks(self, ids: list[TaskId]) -> tuple[Task, ...]:
        return tuple(self._tasks[task_id] for task_id in ids if task_id in self._tasks)


async def test_of_many_chosen_pictures_the_first_fourteen_become_references_and_that_is_said(
    window: MainWindow,
) -> None:
    tasks = [task(f"fox {number:03}", count=1) for number in range(300)]
    begun: list[Coroutine[Any, Any, Any]] = []
    backend = SimpleNamespace(gallery=Index(tasks), start=lambda work, _name: begun.append(work))
    ReferenceActions(window, cast(Backend, backend), Bridge())
    window.gallery.set_index(index_of(tasks))
    window.gallery.choose(tasks[0], 0)
    QTest.keyClick(window.gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.gallery.take_tasks(tasks[:5])

    window.action_requested.emit(tasks[0], "reference")
    await begun.pop(0)

    sources = [reference.source for reference in window.composer.draft().references]
    assert sources == [each.pictures[0].path for each in tasks[:14]]
    assert "300 pictures are chosen, and at most 14" in window.composer.references._refusal.text()
    for rest in begun:
        rest.close()
