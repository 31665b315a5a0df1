"""Python's garbage is collected on the window's thread alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from seedream_desktop.app.garbage import Garbage


class Part(QObject):
    """A part of a window that holds itself, and tells on which thread it was taken down."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self._itself = self
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    with closing(Garbage()) as found:
        yield found


@pytest.mark.usefixtures("garbage")
def test_what_holds_itself_is_taken_down_on_the_window_s_thread_though_another_makes_the_garbage(qtbot: QtBot) -> None:
    ended: list[int] = []
    gc.collect()
    Part(ended)
    busy = threading.Thread(target=lambda: [[number] for number in range(100_000)])
    busy.start()
    busy.join()
    assert ended == []
    made = [[number] for number in range(1_000)]
    qtbot.waitUntil(lambda: bool(ended))

    assert ended == [threading.get_ident()]
    assert len(made) == 1_000


@pytest.mark.parametrize("is_enabled", [True, False])
@pytest.mark.usefixtures("qapp")
def test_in_the_end_it_is_left_to_whom_it_was_left_before(is_enabled: bool) -> None:
    if is_enabled:
        gc.enable()
    try:
        with closing(Garbage()):
            assert not gc.isenabled()
        assert gc.isenabled() is is_enabled
    finally:
        gc.disable()
