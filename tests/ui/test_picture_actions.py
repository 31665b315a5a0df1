"""Pixels of pictures: decoded once, given to whoever waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.ports.errors import StorageError, UndecodableError
from seedream_desktop.ui.actions.pictures import PictureActions
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import task


class Decoder:
    """Writes black pixels, or refuses when it *is_blind*; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Path] = []
        self.is_blind = False
        self.is_away = False

    async def render(self, path: Path, into: Path) -> PixelSize:
        self.asked.append(path)
        if self.is_blind:
            raise UndecodableError("no picture")
        if self.is_away:
            raise StorageError(Failure(FailureKind.DISK_TROUBLE, "DISK_ERROR", "no worker"))
        into.write_bytes(bytes(2048 * 2048 * 4))
        return PixelSize(2048, 2048)


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    found = task("fox", count=1)
    show(window.gallery, [found])
    window.gallery.choose(found, 0)
    return window


def joined(window: MainWindow, decoder: Decoder, folder: Path) -> list[Coroutine[Any, Any, Any]]:
    """Join the window to *decoder*; return what is begun of pixels from now on."""
    (folder / "pixels").mkdir()
    begun: list[Coroutine[Any, Any, Any]] = []

    def start(work: Coroutine[Any, Any, Any], name: str) -> None:
        begun.append(work) if name == "all pixels" else work.close()

    backend = SimpleNamespace(pixels=decoder, working_dir=folder, start=start)
    PictureActions(window, cast(Backend, backend))
    return begun


async def test_two_windows_that_want_one_picture_have_it_decoded_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    decoder = Decoder()
    begun = joined(window, decoder, tmp_path)

    window.centre.open_second()
    window.gallery.picture_opened.emit(*(window.gallery.current() or ()))
    await asyncio.gather(*begun)

    assert len(decoder.asked) == 1
    second = window.centre.large.second
    assert second is not None
    qtbot.waitUntil(lambda: window.viewer.canvas.has_pixels and second.viewer.canvas.has_pixels)


async def test_a_picture_that_cannot_be_opened_is_told_and_asked_for_again_later(
    window: MainWindow, tmp_path: Path
) -> None:
    decoder = Decoder()
    decoder.is_blind = True
    begun = joined(window, decoder, tmp_path)
    window.gallery.picture_opened.emit(*(window.gallery.current() or ()))
    await begun.pop()
    assert "cannot be opened" in window.viewer._trouble.text()

    window.centre.pixels_requested.emit(window.viewer.picture)
    await begun.pop()

    assert len(decoder.asked) == 2


async def test_a_picture_whose_disk_or_decoder_is_away_is_told_too(window: MainWindow, tmp_path: Path) -> None:
    decoder = Decoder()
    decoder.is_away = True
    begun = joined(window, decoder, tmp_path)
    window.gallery.picture_opened.emit(*(window.gallery.current() or ()))
    await begun.pop()

    assert "cannot be opened" in window.viewer._trouble.text()
