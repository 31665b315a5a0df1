"""Ten candidates of full size, judged by keys alone from the order to the picked file."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Resolution
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.inspector.tags import TagField
from tests.app.reference_desk import ReferenceDesk, reference_desk
from tests.app.test_light_table import CTRL, SHIFT, Key, press, said, until_said
from tests.app.trash_bench import at_home
from tests.trust.test_app_loop import on_the_loop

COUNT = 10
# Ten times 16 megapixels are drawn, sent, checked and made small before there is anything to judge.
LIMIT_S = 150
REJECT, PICK = Judgment(flag=Flag.REJECT), Judgment(flag=Flag.PICK)


async def ordered(desk: ReferenceDesk) -> Task:
    """Write a prompt, order ten pictures with the keyboard, and wait for them."""
    asked = replace(
        desk.composer.draft(), count=COUNT, aspect_ratio=AspectRatio.PORTRAIT_3_4, resolution=Resolution.FOUR_K
    )
    desk.composer.set_request(asked)
    desk.window.activateWindow()
    desk.composer.focus_prompt()
    focused = desk.window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "a lighthouse at dusk")
    await desk.until(lambda: desk.composer.draft().prompt == "a lighthouse at dusk")
    press(desk, Key.Key_Return, modifier=CTRL)
    await desk.until(lambda: len(desk.window.gallery._shelf.groups) == 1)
    [newest] = await desk.program.store.tasks.newest(1)
    done = newest
    while done.state is not TaskState.DONE or not all(picture.saved_path for picture in done.pictures):
        await asyncio.sleep(0.1)
        done = await desk.program.store.tasks.get(newest.id) or newest
    return done


def current(desk: ReferenceDesk) -> str | None:
    found = desk.window.centre.current()
    return found[1].sha256 if found is not None else None


async def written(desk: ReferenceDesk, tag: str) -> None:
    """Write a tag in the field that has the keyboard, and go back to the pictures."""
    focused = desk.window.focusWidget()
    assert isinstance(focused, TagField)
    QTest.keyClicks(focused, tag)
    QTest.keyClick(focused, Key.Key_Return)
    await desk.until(lambda: not focused.text())
    QTest.keyClick(focused, Key.Key_Return)
    assert desk.window.focusWidget() is desk.window.centre.set_view.canvas


async def saved_as(desk: ReferenceDesk, path: Path) -> None:
    """Type where the picture is to be saved, and wait until it is there."""
    press(desk, Key.Key_S, modifier=CTRL)
    await desk.until(lambda: desk.window.findChild(QFileDialog, "save_picture") is not None)
    dialog = desk.window.findChild(QFileDialog, "save_picture")
    assert isinstance(dialog, QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.clear()
    QTest.keyClicks(name, str(path))
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    # The first Return may only put away the list of names that begin like this.
    while not chosen:
        QTest.keyClick(name, Key.Key_Return)
        await asyncio.sleep(0.2)
    await desk.until(lambda: "Saved as" in desk.window.dock.status_text())


@pytest.mark.timeout(180)
def test_ten_candidates_become_one_file_without_the_mouse(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    at_home(tmp_path, monkeypatch)

    async def main() -> None:
        async with reference_desk(tmp_path) as desk:
            await story(desk)

    async def story(desk: ReferenceDesk) -> None:
        window, set_view = desk.window, desk.window.centre.set_view
        done = await ordered(desk)
        contents = [picture.sha256 for picture in done.pictures]
        assert [picture.size for picture in done.pictures] == [PixelSize(3520, 4704)] * COUNT

        window.gallery.setFocus()
        press(desk, Key.Key_Home)
        await desk.until(lambda: window.gallery.current() is not None)
        press(desk, Key.Key_S)
        assert window.centre.currentWidget() is set_view
        assert len(set_view.frames) == COUNT

        press(desk, Key.Key_3, *[Key.Key_X] * 6, Key.Key_4)
        assert current(desk) == contents[8]
        await until_said(desk, contents[0], Judgment(stars=3))
        await until_said(desk, contents[7], Judgment(stars=4))
        for content in contents[1:7]:
            await until_said(desk, content, REJECT)

        press(desk, Key.Key_Z, modifier=CTRL)
        await until_said(desk, contents[7], UNJUDGED)
        assert current(desk) == contents[7]
        press(desk, Key.Key_Z, modifier=CTRL | SHIFT)
        await until_said(desk, contents[7], Judgment(stars=4))
        press(desk, Key.Key_K)
        await written(desk, "cover")
        await until_said(desk, contents[7], Judgment(stars=4, tags=("cover",)))
        press(desk, Key.Key_Z, modifier=CTRL)
        await until_said(desk, contents[7], Judgment(stars=4))

        press(desk, Key.Key_C)
        compare = window.centre.compare
        assert window.centre.currentWidget() is compare
        while not all(pane.canvas.has_pixels for pane in compare.side_by_side.panes):
            await asyncio.sleep(0.05)
        press(desk, Key.Key_X)
        await until_said(desk, contents[0], Judgment(stars=3, flag=Flag.REJECT))
        assert current(desk) == contents[7]
        press(desk, Key.Key_Z, modifier=CTRL)
        await until_said(desk, contents[0], Judgment(stars=3))
        assert current(desk) == contents[0]
        press(desk, Key.Key_PageDown, Key.Key_PageDown, Key.Key_Return)
        await until_said(desk, contents[8], PICK)
        assert window.centre.currentWidget() is set_view
        assert current(desk) == contents[8]

        rejected = [Path(str(picture.saved_path)) for picture in done.pictures[1:7]]
        press(desk, Key.Key_Backspace, modifier=CTRL)
        await desk.until(lambda: len(set_view.frames) == COUNT - len(rejected))
        assert not any(file.exists() for file in rejected)
        press(desk, Key.Key_Z, modifier=CTRL)
        await desk.until(lambda: len(set_view.frames) == COUNT)
        assert all(file.exists() for file in rejected)
        press(desk, Key.Key_Z, modifier=CTRL | SHIFT)
        await desk.until(lambda: len(set_view.frames) == COUNT - len(rejected))
        assert current(desk) == contents[8]

        press(desk, Key.Key_C, modifier=CTRL)
        await desk.until(lambda: "clipboard" in window.dock.status_text())
        copied = Path(QGuiApplication.clipboard().mimeData().urls()[0].toLocalFile())
        assert copied == Path(str(done.pictures[8].saved_path))
        target = desk.folder / "picked.jpg"
        await saved_as(desk, target.with_suffix(copied.suffix))

        saved = target.with_suffix(copied.suffix).read_bytes()
        assert hashlib.sha256(saved).hexdigest() == contents[8] == hashlib.sha256(copied.read_bytes()).hexdigest()
        picked = await desk.program.store.gallery.groups(Query(flag=Flag.PICK))
        assert (list(picked.ids), list(picked.cells)) == ([done.id], [1])
        assert await said(desk, contents[9]) == UNJUDGED

    on_the_loop(qapp, main, LIMIT_S)
