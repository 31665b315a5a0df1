from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery import Gallery
from seedream_desktop.ui.gallery.menu import files_for_drag
from seedream_desktop.ui.gallery.proxies import CellProxy
from tests.ui.gallery.samples import ThumbnailFolder, coming, now, stored, task

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(tmp_path)


@pytest.fixture
def gallery(qtbot: QtBot, folder: ThumbnailFolder) -> Gallery:
    found = Gallery(folder.path_of, now)
    qtbot.addWidget(found)
    found.resize(770, 600)
    found.show()
    qtbot.waitExposed(found)
    return found


def press(gallery: Gallery, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(gallery, key, modifier)


def names(qtbot: QtBot, gallery: Gallery) -> list[str]:
    qtbot.wait(90)
    return [proxy.accessibleName() for proxy in gallery.viewport().findChildren(CellProxy) if proxy.isVisible()]


def middle_of(qtbot: QtBot, gallery: Gallery, name: str) -> QPoint:
    qtbot.wait(90)
    proxies = gallery.viewport().findChildren(CellProxy)
    return next(proxy.geometry().center() for proxy in proxies if proxy.accessibleName().startswith(name))


def chosen(gallery: Gallery) -> list[tuple[str, int]]:
    return [(found.id, picture.position) for found, picture in gallery.selected()]


def current(gallery: Gallery) -> tuple[str, int] | None:
    found = gallery.current()
    return (found[0].id, found[1].position) if found else None


def buttons(gallery: Gallery) -> list[QPushButton]:
    return [button for button in gallery.viewport().findChildren(QPushButton) if button.isVisible()]


class Told:
    """Remembers what a gallery told."""

    def __init__(self, gallery: Gallery) -> None:
        self.chosen: list[tuple[Task | None, Picture | None]] = []
        self.opened: list[tuple[Task, Picture]] = []
        self.actions: list[tuple[str, str]] = []
        gallery.picture_chosen.connect(lambda found, picture: self.chosen.append((found, picture)))
        gallery.picture_opened.connect(lambda found, picture: self.opened.append((found, picture)))
        gallery.action_requested.connect(lambda found, action: self.actions.append((found.id, action)))


def test_the_gallery_and_what_is_in_sight_have_names(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("running", TaskState.PROCESSING, count=2), task("fox", count=3)])

    assert gallery.accessibleName() == "Gallery"
    assert gallery.objectName() == "gallery"
    assert names(qtbot, gallery) == [
        "running, 1 of 2, Generating",
        "running, 2 of 2, Generating",
        "fox, 1 of 3, 2048 x 2048",
        "fox, 2 of 3, 2048 x 2048",
        "fox, 3 of 3, 2048 x 2048",
    ]


def test_assistive_technology_sees_a_list_with_items(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=1)])
    names(qtbot, gallery)
    (proxy,) = gallery.viewport().findChildren(CellProxy)
    whole, item = QAccessible.queryAccessibleInterface(gallery), QAccessible.queryAccessibleInterface(proxy)

    assert whole is not None
    assert item is not None
    assert whole.role() is QAccessible.Role.List
    assert item.role() is QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == "fox, 1 of 1, 2048 x 2048"


def test_assistive_technology_can_choose_a_picture(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=3)])
    names(qtbot, gallery)
    second = gallery.viewport().findChildren(CellProxy)[1]
    spoken = QAccessible.queryAccessibleInterface(second)
    gallery.activateWindow()
    assert spoken is not None
    assert spoken.actionInterface().actionNames() == ["SetFocus"]
    spoken.actionInterface().doAction("SetFocus")
    qtbot.waitUntil(lambda: current(gallery) == ("fox", 2))

    assert gallery.hasFocus()
    qtbot.waitUntil(lambda: second.accessibleDescription() == "Chosen")


def test_a_connected_set_is_joined(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=2)])
    single = gallery.viewport().grab().toImage()
    gallery.set_tasks([task("fox", count=2, sequence=True)])
    joined = gallery.viewport().grab().toImage()
    gap = middle_of(qtbot, gallery, "fox, 1 of 2") + QPoint(148 // 2 + 4, 0)

    assert single.pixelColor(gap) == theme.tokens().ground
    assert joined.pixelColor(gap) == theme.tokens().muted


def test_only_what_is_in_sight_is_named_wherever_one_scrolls(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task(f"t{n}", count=2) for n in range(500)])
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    seen = names(qtbot, gallery)

    assert seen[-1].startswith("t499, 2 of 2")
    assert len(seen) < 20


def test_a_finished_task_takes_the_place_of_its_running_tiles(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([])
    gallery.add_task(task("fox", TaskState.PROCESSING, count=1))
    assert names(qtbot, gallery) == ["fox, 1 of 1, Generating"]
    gallery.change_task(task("fox", TaskState.DONE, count=1))

    assert names(qtbot, gallery) == ["fox, 1 of 1, 2048 x 2048"]


def test_a_task_is_added_by_a_change_that_comes_first_and_never_twice(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.change_task(task("fox", count=1))
    gallery.add_task(task("fox", count=1))

    assert len(names(qtbot, gallery)) == 1


def test_arrows_walk_through_all_pictures_and_tell_each(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("b", count=2), task("a", count=2)])
    told = Told(gallery)
    press(gallery, Key.Key_Right, Key.Key_Right, Key.Key_Right)

    assert current(gallery) == ("a", 1)
    assert [picture.position for _, picture in told.chosen if picture] == [1, 2, 1]
    press(gallery, Key.Key_Up)
    assert current(gallery) == ("b", 1)
    press(gallery, Key.Key_End)
    assert current(gallery) == ("a", 2)
    press(gallery, Key.Key_Home)
    assert current(gallery) == ("b", 1)


def test_page_down_brings_what_it_reaches_into_sight(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task(f"t{n}", count=1) for n in range(50)])
    press(gallery, Key.Key_Home, Key.Key_PageDown)
    found = gallery.current()

    assert found is not None
    assert found[0].id != "t0"
    assert f"{found[0].id}, 1 of 1, 2048 x 2048" in names(qtbot, gallery)


def test_shift_stretches_and_ctrl_adds(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("b", count=2), task("a", count=2)])
    press(gallery, Key.Key_Home)
    press(gallery, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 1)]
    press(gallery, Key.Key_Left, modifier=SHIFT)
    assert chosen(gallery) == [("b", 1), ("b", 2)]

    press(gallery, Key.Key_End, modifier=CTRL)
    press(gallery, Key.Key_Space, modifier=CTRL)
    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 2)]


def test_ctrl_a_chooses_every_picture_that_is_on_this_disk(qtbot: QtBot, gallery: Gallery) -> None:
    partial = task("a", TaskState.PARTIAL, pictures=(stored(1, "a"), coming(2, PictureState.EXPIRED)))
    gallery.set_tasks([task("run", TaskState.PROCESSING), task("b", count=2), partial])
    press(gallery, Key.Key_A, modifier=CTRL)

    assert chosen(gallery) == [("b", 1), ("b", 2), ("a", 1)]


def test_clicks_choose_add_and_stretch(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=4)])
    left = Qt.MouseButton.LeftButton
    points = [middle_of(qtbot, gallery, f"fox, {n} of 4") for n in (1, 2, 3, 4)]
    QTest.mouseClick(gallery.viewport(), left, pos=points[0])
    QTest.mouseClick(gallery.viewport(), left, SHIFT, pos=points[2])
    assert chosen(gallery) == [("fox", 1), ("fox", 2), ("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, CTRL, pos=points[1])
    assert chosen(gallery) == [("fox", 1), ("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, pos=points[2])
    assert chosen(gallery) == [("fox", 3)]
    QTest.mouseClick(gallery.viewport(), left, pos=QPoint(700, 590))
    assert chosen(gallery) == []
    assert gallery.current() is None


def test_enter_and_double_click_open_the_picture(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=2)])
    told = Told(gallery)
    press(gallery, Key.Key_Home, Key.Key_Return)
    QTest.mouseDClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(qtbot, gallery, "fox, 1 of 2"))

    assert [(found.id, picture.position) for found, picture in told.opened] == [("fox", 1), ("fox", 1)]


def test_a_running_tile_can_be_stood_on_but_is_not_a_chosen_picture(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("run", TaskState.PROCESSING, count=1), task("fox", count=1)])
    told = Told(gallery)
    press(gallery, Key.Key_End, Key.Key_Up, Key.Key_Return)

    assert gallery.current() is None
    assert told.chosen[-1] == (None, None)
    assert told.opened == []


def test_the_chosen_picture_is_told_anew_when_it_arrives(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", TaskState.PROCESSING, count=1)])
    press(gallery, Key.Key_Home)
    told = Told(gallery)
    done = task("fox", count=1)
    gallery.change_task(done)

    assert told.chosen == [(done, done.pictures[0])]


def test_next_and_previous_step_over_what_is_not_there(qtbot: QtBot, gallery: Gallery) -> None:
    failed = task("x", TaskState.FAILED, failure=Failure(FailureKind.MODERATION))
    gallery.set_tasks([task("b", count=1), failed, task("run", TaskState.PROCESSING), task("a", count=1)])
    press(gallery, Key.Key_Home)
    gallery.select_next()
    assert current(gallery) == ("a", 1)
    gallery.select_next()
    assert current(gallery) == ("a", 1)
    gallery.select_previous()
    assert current(gallery) == ("b", 1)


def test_a_failure_is_a_card_with_one_button(qtbot: QtBot, gallery: Gallery) -> None:
    failed = task("x", TaskState.FAILED, failure=Failure(FailureKind.REFERENCE, "INVALID_IMAGE_URL", "cannot open"))
    gallery.set_tasks([failed])
    told = Told(gallery)
    (name,) = names(qtbot, gallery)
    (button,) = buttons(gallery)
    button.click()

    assert name.startswith("x, Failed: The service could not use a reference image.")
    assert name.endswith("The service says: INVALID_IMAGE_URL, cannot open")
    assert button.text() == "Edit and try again"
    assert told.actions == [("x", "edit")]


def test_enter_on_a_card_does_what_its_button_does(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("x", TaskState.UNKNOWN, failure=Failure(FailureKind.REPLY_LOST))])
    told = Told(gallery)
    press(gallery, Key.Key_Home, Key.Key_Return)

    assert told.actions == [("x", "decide")]


def test_the_button_goes_when_the_task_is_sent_again(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("x", TaskState.REFUSED, failure=Failure(FailureKind.PROMPT))])
    qtbot.waitUntil(lambda: len(buttons(gallery)) == 1)
    gallery.change_task(task("x", TaskState.QUEUED, count=2))

    assert names(qtbot, gallery) == ["x, 1 of 2, Queued", "x, 2 of 2, Queued"]
    assert buttons(gallery) == []


def test_the_menu_offers_everything_for_a_stored_picture(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=1)])
    told = Told(gallery)
    saved: list[str] = []
    gallery.save_requested.connect(lambda found, _picture: saved.append(found.id))
    press(gallery, Key.Key_Home)
    point = gallery.rect().center()
    QApplication.sendEvent(
        gallery, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, gallery.mapToGlobal(point))
    )
    menu = gallery.findChild(QMenu)
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    for text in list(actions):
        actions[text].trigger()
    menu.close()

    assert list(actions) == [
        "Open", "Save as", "Copy picture", "Show in folder", "Copy prompt", "Use this prompt and settings"
    ]  # fmt: skip
    assert len(told.opened) == 1
    assert saved == ["fox"]
    assert [action for _, action in told.actions] == ["copy_picture", "folder", "copy_prompt", "reuse"]


def test_ctrl_c_copies_the_picture_and_with_shift_the_prompt(gallery: Gallery) -> None:
    gallery.set_tasks([task("run", TaskState.PROCESSING, count=1), task("fox", count=1)])
    told = Told(gallery)
    press(gallery, Key.Key_Home)
    press(gallery, Key.Key_C, modifier=CTRL)
    press(gallery, Key.Key_C, modifier=CTRL | SHIFT)
    press(gallery, Key.Key_End)
    press(gallery, Key.Key_C, modifier=CTRL)

    assert told.actions == [("run", "copy_prompt"), ("fox", "copy_picture")]


def test_without_a_picture_the_menu_still_offers_the_prompt(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", TaskState.PROCESSING, count=1)])
    press(gallery, Key.Key_Home)
    point = QPoint(5, 5)
    QApplication.sendEvent(
        gallery, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, gallery.mapToGlobal(point))
    )
    menu = gallery.findChild(QMenu)
    assert isinstance(menu, QMenu)
    enabled = [action.text() for action in menu.actions() if action.text() and action.isEnabled()]
    menu.close()

    assert enabled == ["Copy prompt", "Use this prompt and settings"]


def test_a_drag_carries_the_readable_file_or_else_the_original(tmp_path: Path) -> None:
    saved = tmp_path / "fox.jpg"
    saved.write_bytes(b"x")
    with_copy = stored(1).but(saved_path=str(saved))
    copy_gone = stored(2).but(saved_path=str(tmp_path / "gone.jpg"), path="/data/originals/2.jpg")
    urls = [url.toLocalFile() for url in files_for_drag([with_copy, copy_gone]).urls()]

    assert urls == [str(saved), "/data/originals/2.jpg"]


def test_ctrl_and_the_wheel_change_the_height_of_the_rows(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=1)])
    before = gallery.row_height_px
    with qtbot.waitSignal(gallery.row_height_changed) as changed:
        _wheel(gallery, 120)

    assert changed.args == [gallery.row_height_px]
    assert gallery.row_height_px > before
    for _ in range(40):
        _wheel(gallery, -120)
    assert gallery.row_height_px == 80


def _wheel(gallery: Gallery, delta: int) -> None:
    point = QPointF(100, 100)
    QApplication.sendEvent(
        gallery.viewport(),
        QWheelEvent(
            point, point, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        ),
    )


def test_what_one_looks_at_stays_when_a_new_task_comes_on_top(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task(f"t{n}", count=2) for n in range(50)])
    gallery.verticalScrollBar().setValue(1500)
    before = middle_of(qtbot, gallery, names(qtbot, gallery)[0])
    first = names(qtbot, gallery)[0]
    gallery.add_task(task("new", TaskState.PROCESSING, count=10))

    assert middle_of(qtbot, gallery, first) == before


def test_what_one_looks_at_stays_at_the_top_when_the_window_changes_its_width(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task(f"t{n}", count=9) for n in range(50)])
    gallery.verticalScrollBar().setValue(3000)
    first = names(qtbot, gallery)[0].split(",")[0]
    gallery.resize(500, 600)

    assert first in {name.split(",")[0] for name in names(qtbot, gallery)}


def test_at_the_top_a_new_task_is_seen_at_once(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task(f"t{n}", count=2) for n in range(50)])
    gallery.add_task(task("new", TaskState.QUEUED, count=1))

    assert names(qtbot, gallery)[0] == "new, 1 of 1, Queued"


def test_an_empty_gallery_says_what_to_do_and_offers_three_prompts(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([])
    samples = buttons(gallery)
    with qtbot.waitSignal(gallery.sample_chosen) as sample:
        samples[1].click()

    assert len(samples) == 3
    assert sample.args == [samples[1].text()]
    assert [button.accessibleName() for button in samples] == [f"Sample prompt {n}" for n in (1, 2, 3)]
    gallery.add_task(task("fox"))
    qtbot.waitUntil(lambda: not buttons(gallery))


def test_a_search_without_a_match_says_so_and_loses_nothing(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", count=1)])
    press(gallery, Key.Key_Home)
    gallery.set_search("whale")
    assert gallery.current() is None
    assert names(qtbot, gallery) == []
    assert gallery._no_match.isVisible()
    gallery.set_search("")

    assert names(qtbot, gallery) == ["fox, 1 of 1, 2048 x 2048"]
    assert not gallery._no_match.isVisible()


def test_thumbnails_are_drawn_when_they_come(qtbot: QtBot, gallery: Gallery, folder: ThumbnailFolder) -> None:
    done = task("fox", count=1)
    folder.make(done.pictures[0], "red")
    gallery.set_tasks([done])
    point = middle_of(qtbot, gallery, "fox")

    qtbot.waitUntil(lambda: gallery.viewport().grab().toImage().pixelColor(point).red() > 240)
    assert gallery.preview(done.pictures[0]) is not None


def test_a_missing_thumbnail_is_told_with_its_task(qtbot: QtBot, gallery: Gallery, folder: ThumbnailFolder) -> None:
    done = task("fox", count=1)
    with qtbot.waitSignal(gallery.thumbnail_missing) as missing:
        gallery.set_tasks([done])
    assert missing.args == [done, done.pictures[0]]

    folder.make(done.pictures[0], "red")
    gallery.thumbnail_made(str(done.pictures[0].sha256))
    point = middle_of(qtbot, gallery, "fox")
    qtbot.waitUntil(lambda: gallery.viewport().grab().toImage().pixelColor(point).red() > 240)


def test_progress_changes_what_is_drawn(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("fox", TaskState.DOWNLOADING, pictures=(coming(1),))])
    before = gallery.viewport().grab().toImage()
    gallery.show_progress(TaskId("fox"), 1, 61, 100)

    assert gallery.viewport().grab().toImage() != before


def test_the_clock_ticks_only_while_something_runs_and_is_seen(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.set_tasks([task("run", TaskState.PROCESSING)])
    qtbot.waitUntil(gallery._seconds.isActive)
    gallery.hide()
    assert not gallery._seconds.isActive()
    gallery.show()
    qtbot.waitUntil(gallery._seconds.isActive)
    gallery.change_task(task("run", TaskState.DONE))
    qtbot.waitUntil(lambda: not gallery._seconds.isActive())
