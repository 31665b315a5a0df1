"""A picture's file in the file manager, also when the user has moved it away."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.ui.actions.opening import Opening
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import task

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("present", "shown", "said", "has_file_manager"),
    [
        (("copy", "own"), "copy", "", True),
        (("own",), "own", "fox.jpg is not in", True),
        ((), None, "The file is gone", True),
        (("copy", "own"), "copy", "No file manager could be opened. The file is ", False),
    ],
)
async def test_the_copy_is_shown_else_the_programs_own_file_and_that_is_said(
    window: MainWindow, tmp_path: Path, present: tuple[str, ...], shown: str | None, said: str, has_file_manager: bool
) -> None:
    places = {"copy": tmp_path / "Library" / "fox.jpg", "own": tmp_path / "originals" / "0a1b.jpg"}
    for name in present:
        places[name].parent.mkdir()
        places[name].write_bytes(b"a picture")
    found = task("fox", count=1)
    picture = replace(found.pictures[0], path=str(places["own"]), saved_path=str(places["copy"]))
    found = found.but(pictures=(picture,))
    begun: list[Coroutine[Any, Any, Any]] = []
    opened: list[Path] = []
    backend = SimpleNamespace(
        start=lambda work, _name: begun.append(work), gallery=None, working_dir=tmp_path / "working"
    )

    def show_file(path: Path, failed: Callable[[], None]) -> None:
        opened.append(path)
        if not has_file_manager:
            failed()

    Opening(window, cast(Backend, backend), show_file)
    show(window.gallery, [found])
    window.gallery.choose(found, 0)

    QTest.keyClick(window.gallery, Qt.Key.Key_E, CTRL_SHIFT)
    await begun.pop()

    assert opened == ([places[shown]] if shown else [])
    assert said in window.dock.status_text()
    assert bool(said) is (window.dock.status_text() not in ("", "Ready"))
