"""Prompts of earlier orders, brought back by Alt and an arrow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.prompt_history import OrderedPrompt
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.recalling import Recalling
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.composer.parts import sentences_of
from tests.ui.windows import Work

ALT = Qt.KeyboardModifier.AltModifier


class Prompts:
    """Prompts of orders, the oldest first; the number is the order."""

    def __init__(self, *prompts: str) -> None:
        self.prompts = prompts
        self.trouble: Failure | None = None
        self.door = asyncio.Event()
        self.door.set()

    async def older(self, than: TaskId | None, other_than: str) -> OrderedPrompt | None:
        before = len(self.prompts) if than is None else int(than)
        return await self._first(range(before - 1, -1, -1), other_than)

    async def newer(self, than: TaskId, other_than: str) -> OrderedPrompt | None:
        return await self._first(range(int(than) + 1, len(self.prompts)), other_than)

    async def _first(self, places: range, other_than: str) -> OrderedPrompt | None:
        await self.door.wait()
        if self.trouble is not None:
            raise StorageError(self.trouble)
        fitting = (OrderedPrompt(TaskId(str(at)), self.prompts[at]) for at in places if self.prompts[at] != other_than)
        return next(fitting, None)


@pytest.fixture
def work() -> Iterator[Work]:
    work = Work()
    yield work
    work.let_go()


@pytest.fixture
async def prompts(window: MainWindow, work: Work) -> Prompts:
    prompts = Prompts("dunes", "a fox", "a fox in snow")
    Recalling(window, cast(Backend, SimpleNamespace(start=work.start, prompts=prompts)))
    return prompts


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Callable[[Qt.Key], None]:
    """Press Alt and a key in the prompt."""
    with qtbot.waitExposed(window):
        window.show()
    window.focus_prompt()
    return lambda key: QTest.keyClick(window.composer.editor, key, ALT)


def written(window: MainWindow) -> str:
    """Return what stands in the prompt."""
    return window.composer.draft().prompt


async def test_the_keys_lead_back_and_forward_to_what_was_being_written(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    window.composer.set_prompt("half a thought")
    seen: list[str] = []

    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(key)
        await work.finish()
        seen.append(written(window))

    assert seen == ["a fox in snow", "a fox", "dunes", "a fox", "a fox in snow", "half a thought"]
    assert len(prompts.prompts) == 3


async def test_at_either_end_nothing_changes_and_that_is_said(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    prompts.prompts = ("dunes",)
    press(Qt.Key.Key_Down)
    await work.finish()
    said = sentences_of(window.composer)
    for _ in range(2):
        press(Qt.Key.Key_Up)
        await work.finish()
    said += sentences_of(window.composer)

    assert written(window) == "dunes"
    assert said == ["There is no newer prompt.", "There is no older prompt."]


async def test_keys_that_come_while_the_disk_is_read_are_counted(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    prompts.door.clear()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        press(key)
    prompts.door.set()
    await work.finish()

    assert written(window) == "a fox"


async def test_what_is_written_while_the_disk_is_read_stays(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    prompts.door.clear()
    press(Qt.Key.Key_Up)
    walk = asyncio.ensure_future(work.finish())
    await asyncio.sleep(0)
    QTest.keyClicks(window.composer.editor, "new words")
    prompts.door.set()
    await walk

    assert written(window) == "new words"


async def test_a_recalled_prompt_that_was_edited_is_what_is_being_written(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    for _ in range(2):
        press(Qt.Key.Key_Up)
        await work.finish()
    QTest.keyClicks(window.composer.editor, ", red")
    press(Qt.Key.Key_Up)
    await work.finish()
    newest = written(window)
    press(Qt.Key.Key_Down)
    await work.finish()

    assert (newest, written(window)) == ("a fox in snow", "a fox, red")


async def test_the_rest_of_the_order_stays_and_undo_brings_the_words_back(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    order = GenerationRequest("half a thought", mode=Mode.IMAGE_TO_IMAGE, count=3, adds_role_line=False)
    window.composer.set_request(order)
    press(Qt.Key.Key_Up)
    await work.finish()
    recalled = window.composer.draft()
    QTest.keyClick(window.composer.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert (recalled.prompt, recalled.mode, recalled.count) == ("a fox in snow", Mode.IMAGE_TO_IMAGE, 3)
    assert window.composer.draft() == order


async def test_a_disk_that_does_not_answer_is_told_and_the_words_stay(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    window.composer.set_prompt("half a thought")
    prompts.trouble = Failure(FailureKind.DISK_TROUBLE)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    await work.finish()
    told = sentences_of(window.composer)
    prompts.trouble = None
    press(Qt.Key.Key_Up)
    await work.finish()

    assert told == [failure_sentence(Failure(FailureKind.DISK_TROUBLE))]
    assert written(window) == "a fox in snow"


async def test_the_keys_can_be_changed(
    window: MainWindow, work: Work, prompts: Prompts, press: Callable[[Qt.Key], None]
) -> None:
    window.key_map.assign(CommandId.OLDER_PROMPT, "Alt+P")
    press(Qt.Key.Key_Up)
    is_quiet = not work.started
    press(Qt.Key.Key_P)
    await work.finish()

    assert (is_quiet, written(window)) == (True, "a fox in snow")
