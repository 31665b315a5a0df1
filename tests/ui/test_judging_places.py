"""Judging where pictures are seen: in a set, in a comparison, at a quick look, in the viewer and by its buttons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QContextMenuEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Contents, Kind
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from tests.ui.gallery.samples import sha_of
from tests.ui.rail.samples import project

# The fixture of the neighbour: a window over a library of "fox" (3), "run" (on its way) and "owl" (2).
from tests.ui.test_judging import CTRL, SHIFT, Desk, Key, desk

__all__ = ["desk"]
REJECT, PICK = Judgment(flag=Flag.REJECT), Judgment(flag=Flag.PICK)


def meant(window: MainWindow) -> str | None:
    current = window.centre.current()
    return current[1].sha256 if current else None


async def compare_foxes(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_C)
    assert desk.window.centre.currentWidget() is desk.window.centre.compare


async def test_a_set_is_judged_frame_by_frame_and_left_where_one_came_to(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_S, Key.Key_4, Key.Key_X)
    assert await desk.said("fox1") == Judgment(stars=4)
    assert await desk.said("fox2") == REJECT
    assert meant(desk.window) == sha_of("fox3")
    await desk.press(Key.Key_Escape)

    assert desk.window.centre.shows_gallery
    assert desk.current() == sha_of("fox3")
    assert desk.window.focusWidget() is desk.window.gallery


async def test_all_chosen_frames_of_a_set_are_marked_at_once(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_S)
    await desk.press(Key.Key_A, modifier=CTRL)
    await desk.press(Key.Key_2)

    assert [(await desk.said(name)).stars for name in ("fox1", "fox2", "fox3")] == [2, 2, 2]
    assert await desk.said("owl1") == UNJUDGED
    assert "3 pictures" in desk.window.dock.status_text()


async def test_what_is_taken_back_in_a_set_is_gone_to_there(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_S, Key.Key_4, Key.Key_5)
    await desk.press(Key.Key_Z, modifier=CTRL)

    assert meant(desk.window) == sha_of("fox2")
    assert desk.window.focusWidget() is desk.window.centre.set_view.canvas
    assert await desk.said("fox2") == UNJUDGED


async def test_the_viewer_goes_through_the_set_it_was_opened_from_and_back_to_it(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_S, Key.Key_Return, Key.Key_P, Key.Key_PageDown, Key.Key_PageDown)
    assert meant(desk.window) == sha_of("fox3")
    assert await desk.said("fox1") == PICK
    await desk.press(Key.Key_Escape)

    assert desk.window.centre.currentWidget() is desk.window.centre.set_view
    assert meant(desk.window) == sha_of("fox3")


async def test_a_task_without_pictures_can_be_seen_as_a_set_too(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_S)

    assert desk.window.centre.currentWidget() is desk.window.centre.set_view
    assert desk.window.centre.current() is None
    await desk.press(Key.Key_5)
    assert "Marked" not in desk.window.dock.status_text()


async def test_more_than_four_are_seen_side_by_side_instead(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_Right, Key.Key_Right, modifier=CTRL)
    await desk.press(Key.Key_Space, modifier=CTRL)
    await desk.press(Key.Key_Right, modifier=CTRL)
    await desk.press(Key.Key_Space, modifier=CTRL)
    await desk.press(Key.Key_C)
    set_view = desk.window.centre.set_view
    assert desk.window.centre.currentWidget() is set_view
    assert len(set_view.frames) == 5

    await desk.press(Key.Key_X)
    await desk.press(Key.Key_C)

    assert desk.window.centre.currentWidget() is desk.window.centre.compare


async def test_in_a_comparison_a_verdict_goes_on_to_the_next_that_is_not_rejected(desk: Desk) -> None:
    await compare_foxes(desk)
    await desk.press(Key.Key_3, Key.Key_X)
    assert (await desk.said("fox1"), await desk.said("fox2")) == (Judgment(stars=3), REJECT)
    assert meant(desk.window) == sha_of("fox3")
    await desk.press(Key.Key_1, Key.Key_2)

    assert [(await desk.said(name)).stars for name in ("fox1", "fox2", "fox3")] == [2, 0, 1]
    panes = desk.window.centre.compare.side_by_side.panes[:3]
    assert [pane.canvas.accessibleDescription() for pane in panes] == ["2 stars", "rejected", "marked, 1 star"]
    assert [pane._veil.isVisible() for pane in panes] == [False, True, False]


async def test_undo_and_redo_in_a_comparison_go_to_the_picture(desk: Desk) -> None:
    await compare_foxes(desk)
    await desk.press(Key.Key_X)
    await desk.press(Key.Key_Z, modifier=CTRL)
    assert meant(desk.window) == sha_of("fox1")
    assert await desk.said("fox1") == UNJUDGED
    await desk.press(Key.Key_PageDown)
    await desk.press(Key.Key_Z, modifier=CTRL | SHIFT)

    assert await desk.said("fox1") == REJECT
    assert meant(desk.window) == sha_of("fox1")
    assert desk.window.centre.currentWidget() is desk.window.centre.compare


async def test_marks_are_told_in_every_way_of_comparing(desk: Desk) -> None:
    await compare_foxes(desk)
    await desk.press(Key.Key_F, Key.Key_M)
    compare = desk.window.centre.compare
    assert compare.slider.accessibleDescription().endswith(", favourite")
    await desk.press(Key.Key_M)

    assert compare.single.canvas.accessibleDescription() == "favourite"


async def test_a_quick_look_follows_the_arrows_is_judged_in_and_closes_with_its_key(desk: Desk) -> None:
    look = desk.window.centre.quick_look
    await desk.press(Key.Key_Home, Key.Key_Space, Key.Key_Right)
    assert look.picture is not None
    assert look.picture.sha256 == sha_of("fox2")
    await desk.press(Key.Key_F)
    assert look.canvas.accessibleDescription() == "favourite"
    await desk.press(Key.Key_5)
    assert look.picture.sha256 == sha_of("fox3")
    assert await desk.said("fox2") == Judgment(stars=5, is_favourite=True)
    await desk.press(Key.Key_Space)

    assert not look.isVisible()
    assert desk.window.focusWidget() is desk.window.gallery


async def test_a_quick_look_is_about_one_picture_whatever_is_chosen(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_Space, Key.Key_P)

    assert (await desk.said("fox1"), await desk.said("fox2")) == (UNJUDGED, PICK)


async def test_esc_closes_a_quick_look_and_enter_opens_the_viewer_instead(desk: Desk) -> None:
    look = desk.window.centre.quick_look
    await desk.press(Key.Key_Home, Key.Key_Space, Key.Key_Escape)
    assert not look.isVisible()
    await desk.press(Key.Key_Space, Key.Key_Return)

    assert not look.isVisible()
    assert desk.window.centre.currentWidget() is desk.window.viewer


async def test_a_quick_look_is_gone_when_a_key_that_was_held_is_let_go(desk: Desk) -> None:
    look, now_s = desk.window.centre.quick_look, [100.0]
    look._elapsed_s = lambda: now_s[0]
    await desk.press(Key.Key_Home)
    QTest.keyPress(desk.window.gallery, Key.Key_Space)
    now_s[0] += 2
    assert look.isVisible()
    QTest.keyRelease(desk.window.gallery, Key.Key_Space)

    assert not look.isVisible()


async def test_a_quick_look_shows_all_pixels_and_the_next_picture_is_made_ready(qtbot: QtBot, desk: Desk) -> None:
    wanted: list[str | None] = []
    desk.window.centre.pixels_requested.connect(lambda picture: wanted.append(picture.sha256))
    await desk.press(Key.Key_Home, Key.Key_Space)
    desk.window.centre.show_pixels(sha_of("fox1"), QImage(64, 64, QImage.Format.Format_RGB32))

    qtbot.waitUntil(lambda: wanted == [sha_of("fox1"), sha_of("fox2")])
    assert desk.window.centre.quick_look.canvas.has_pixels


async def test_going_on_after_a_mark_can_be_turned_off_and_is_remembered(desk: Desk, tmp_path: Path) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Space, modifier=SHIFT)
    assert "stays" in desk.window.dock.status_text()
    await desk.press(Key.Key_4, Key.Key_P)
    assert await desk.said("fox1") == Judgment(4, Flag.PICK)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk.window.remember(settings)
    desk.window.auto_advance.turn(is_on=True)
    desk.window.restore(settings)

    assert not desk.window.auto_advance.is_on
    assert not desk.window.centre.set_view.bar._advance.isChecked()


async def test_the_viewers_buttons_show_and_change_what_is_kept_and_stay(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Return)
    rating = desk.window.viewer.bar.rating
    rating.stars[3].click()
    rating.pick.click()
    rating.favourite.click()
    await desk.finish()
    assert await desk.said("fox1") == Judgment(4, Flag.PICK, is_favourite=True)
    assert [star.isChecked() for star in rating.stars] == [True, True, True, True, False]
    assert (rating.pick.isChecked(), rating.reject.isChecked(), rating.favourite.isChecked()) == (True, False, True)
    rating.stars[3].click()
    rating.reject.click()
    await desk.finish()

    assert await desk.said("fox1") == Judgment(0, Flag.REJECT, is_favourite=True)
    assert meant(desk.window) == sha_of("fox1")


async def test_zoom_and_place_stay_from_one_picture_to_the_next_of_its_size(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Return, Key.Key_Z)
    canvas = desk.window.viewer.canvas
    canvas.pan(-100, -60)
    before = canvas.framing
    await desk.press(Key.Key_PageDown)
    assert meant(desk.window) == sha_of("fox2")
    assert canvas.framing == before
    await desk.press(Key.Key_Escape, Key.Key_Right, Key.Key_Return)

    assert canvas.framing.is_fit


async def test_a_picture_has_the_full_screen_for_itself_and_esc_gives_the_rest_back(desk: Desk) -> None:
    window = desk.window
    around = (window.top_bar, window.composer, window.dock, window.inspector)
    await desk.press(Key.Key_Home, Key.Key_Return, Key.Key_F11)
    assert window.isFullScreen()
    assert not any(part.isVisible() for part in around)
    await desk.press(Key.Key_Escape)

    assert not window.isFullScreen()
    assert all(part.isVisible() for part in around)


def menu_of(window: MainWindow) -> QMenu:
    place = window.focusWidget()
    assert place is not None
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(20, 20), place.mapToGlobal(QPoint(20, 20)))
    QApplication.sendEvent(place, event)
    menu = next(each for each in window.findChildren(QMenu, "picture_menu") if each.isVisible())
    assert isinstance(menu, QMenu)
    return menu


async def test_the_menu_is_the_same_everywhere_and_shows_the_users_keys(desk: Desk) -> None:
    desk.window.key_map.assign(CommandId.USE_AS_REFERENCE, "K")
    await desk.press(Key.Key_Home)
    for key in (Key.Key_Space, Key.Key_S, Key.Key_Return):
        menu = menu_of(desk.window)
        shown = {action.objectName(): action.shortcut() for action in menu.actions() if action.objectName()}
        assert shown["use_as_reference"] == QKeySequence("K")
        assert shown["open_set"] == QKeySequence("S")
        assert shown["trash"] == QKeySequence("Del")
        menu.close()
        await desk.press(key)


async def test_the_menu_tells_how_a_picture_leaves_the_place_it_is_seen_in(desk: Desk) -> None:
    rail, offered = desk.window.rail, {}
    rail.show_contents(Contents((project("Fish & chips"),)))
    await desk.press(Key.Key_Home)
    # The pictures stay: what is in those places is not asked for.
    rail.blockSignals(True)
    for item in [each for each in rail.items() if each.kind in (Kind.ALL, Kind.PROJECT, Kind.BIN)]:
        rail.open(item)
        menu = menu_of(desk.window)
        offered[item.kind] = [each.text() for each in menu.actions() if each.objectName() in ("take_out", "trash")]
        menu.close()

    assert offered == {
        Kind.ALL: ["Put into the trash"],
        Kind.PROJECT: ["Take out of Fish && chips", "Put into the trash"],
        Kind.BIN: ["Restore"],
    }


async def test_the_menu_judges_what_is_chosen(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, modifier=SHIFT)
    menu = menu_of(desk.window)
    judge = menu.findChild(QMenu, "judge_menu")
    assert isinstance(judge, QMenu)
    next(action for action in judge.actions() if action.objectName() == "stars_4").trigger()
    await desk.finish()

    assert [(await desk.said(name)).stars for name in ("fox1", "fox2", "fox3")] == [4, 4, 0]


async def test_before_there_is_a_picture_the_menu_offers_what_is_about_the_order(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    enabled = {action.objectName() for action in menu_of(desk.window).actions() if action.isEnabled()}

    assert {"copy_prompt", "remix", "open_set"} <= enabled
    assert not {"open", "save_as", "copy_picture", "use_as_reference"} & enabled


def told(canvas: PictureCanvas) -> tuple[str, ...]:
    return canvas.verdict.signs


async def test_a_picture_seen_large_says_what_the_one_before_got(desk: Desk) -> None:
    centre = desk.window.centre
    await desk.press(Key.Key_Home, Key.Key_Space, Key.Key_3)
    assert told(centre.quick_look.canvas) == ("star",) * 3
    assert told(centre.viewer.canvas) == ()

    await desk.press(Key.Key_Return)
    await desk.press(Key.Key_X)
    assert meant(desk.window) == sha_of("fox3")
    assert told(centre.viewer.canvas) == ("reject",)
    await desk.press(Key.Key_0)
    assert meant(desk.window) == sha_of("owl1")
    assert told(centre.viewer.canvas) == ("0", "star")


async def test_a_picture_that_stays_shows_its_own_mark_and_nothing_else(qtbot: QtBot, desk: Desk) -> None:
    desk.window.auto_advance.turn(is_on=False)
    await desk.press(Key.Key_Home, Key.Key_Return, Key.Key_5)
    assert told(desk.window.viewer.canvas) == ()

    desk.window.auto_advance.turn(is_on=True)
    await desk.press(Key.Key_P)
    assert told(desk.window.viewer.canvas) == ("pick",)
    qtbot.waitUntil(lambda: told(desk.window.viewer.canvas) == ())
