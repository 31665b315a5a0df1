"""The trash in the whole window, with the demo's simulator and the real trash of the system in a home of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.query import Query
from tests.app.reference_desk import ReferenceDesk, Story
from tests.app.test_light_table import CTRL, press, until_said
from tests.app.trash_bench import at_home

Key = Qt.Key


def test_rejects_go_in_one_step_and_undo_brings_their_files_and_marks_back(
    at_a_desk: Callable[[Story], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(tmp_path, monkeypatch)

    async def story(desk: ReferenceDesk) -> None:
        window, index = desk.window, desk.program.store.gallery
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a lighthouse", count=3))
        done = await desk.ended((await desk.program.engine.submit(desk.composer.request())).id)
        first, second, third = done.pictures
        await desk.until(lambda: window.gallery.choose(done, 0) and window.gallery.current() is not None)
        press(desk, Key.Key_X)
        await until_said(desk, first.sha256, Judgment(flag=Flag.REJECT))
        press(desk, Key.Key_X)
        await until_said(desk, second.sha256, Judgment(flag=Flag.REJECT))

        press(desk, Key.Key_Backspace, modifier=CTRL)
        await desk.until(lambda: "2 pictures" in window.dock.status_text())
        assert await index.contents(Query()) == (third.sha256,)
        assert [Path(picture.saved_path or "").exists() for picture in done.pictures] == [False, False, True]
        await desk.until(lambda: (shown := window.gallery.current()) is not None and shown[1].sha256 == third.sha256)

        press(desk, Key.Key_Z, modifier=CTRL)
        await desk.until(lambda: "Brought back" in window.dock.status_text())
        assert [Path(picture.saved_path or "").exists() for picture in done.pictures] == [True, True, True]
        assert await index.contents(Query(flag=Flag.REJECT)) == (first.sha256, second.sha256)
        assert await desk.program.store.tasks.get(done.id) == done

    at_a_desk(story)
