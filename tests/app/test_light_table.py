"""From an order to the picked file, by keys alone, in the whole window with the demo's simulator behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.reference import Reference
from tests.app.reference_desk import ReferenceDesk, Story

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(desk: ReferenceDesk, *keys: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        focused = desk.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)


async def said(desk: ReferenceDesk, content: str | None) -> Judgment:
    return (await desk.program.store.judging.judgments([content or ""]))[content or ""]


async def until_said(desk: ReferenceDesk, content: str | None, wanted: Judgment) -> None:
    """Wait until the disk knows a judgment, and the gallery shows it."""
    await desk.until(lambda: desk.window.gallery._scene.judged.of(content) == wanted)
    assert await said(desk, content) == wanted


def test_candidates_are_judged_compared_picked_and_found_again(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        window = desk.window
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a lighthouse", count=3))
        done = await desk.ended((await desk.program.engine.submit(desk.composer.request())).id)
        first, second, third = (picture.sha256 for picture in done.pictures)
        await desk.until(lambda: window.gallery.choose(done, 0) and window.gallery.current() is not None)

        press(desk, Key.Key_X)
        await until_said(desk, first, Judgment(flag=Flag.REJECT))
        press(desk, Key.Key_Z, modifier=CTRL)
        await until_said(desk, first, UNJUDGED)

        press(desk, Key.Key_End)
        press(desk, Key.Key_Left, modifier=SHIFT)
        press(desk, Key.Key_C)
        assert window.centre.currentWidget() is window.centre.compare
        await desk.until(lambda: all(pane.canvas.has_pixels for pane in window.centre.compare.side_by_side.panes[:2]))
        press(desk, Key.Key_PageDown, Key.Key_Return)
        await until_said(desk, third, Judgment(flag=Flag.PICK))
        assert await said(desk, second) == UNJUDGED

        press(desk, Key.Key_Return)
        await desk.until(lambda: window.viewer.canvas.has_pixels)
        assert window.viewer.canvas.accessibleDescription() == "picked"
        press(desk, Key.Key_Escape)
        press(desk, Key.Key_C, modifier=CTRL)
        await desk.until(lambda: "clipboard" in window.dock.status_text())
        assert QGuiApplication.clipboard().mimeData().urls()[0].toLocalFile() == done.pictures[2].saved_path

        picked = await desk.program.store.gallery.groups(Query(flag=Flag.PICK))
        assert (list(picked.ids), list(picked.cells)) == ([done.id], [1])

    at_a_desk(story)


def test_a_picture_brings_back_its_prompt_alone_or_everything(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a lighthouse", count=2))
        done = await desk.ended((await desk.program.engine.submit(desk.composer.request())).id)
        desk.composer.set_request(replace(desk.composer.draft(), prompt="an owl", count=1))
        desk.composer.add_references([Reference("https://example.com/owl.jpg")])
        await desk.until(lambda: desk.window.gallery.choose(done, 1))

        press(desk, Key.Key_R)
        draft = desk.composer.draft()
        assert (draft.prompt, draft.count, len(draft.references)) == ("a lighthouse", 2, 1)
        await desk.until(lambda: desk.window.gallery.choose(done, 1))
        press(desk, Key.Key_A)

        draft = desk.composer.draft()
        assert (draft.prompt, draft.count, len(draft.references)) == ("a lighthouse", 2, 0)

    at_a_desk(story)


def test_how_long_it_usually_takes_is_the_same_in_the_gallery_and_in_the_set(
    at_a_desk: Callable[[Story], None],
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        centre = desk.window.centre
        assert centre.set_view._time_scale == centre.gallery._scene.time_scale != 1

    at_a_desk(story)
