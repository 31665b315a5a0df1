"""What a screen reader finds in the gallery, and what stands where."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.gallery import Gallery
from seedream_desktop.ui.gallery.proxies import CellProxy
from tests.ui.gallery.handling import current, names
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import task


def test_the_gallery_and_what_is_in_sight_have_names(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("running", TaskState.PROCESSING, count=2), task("fox", count=3)])

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
    show(gallery, [task("fox", count=1)])
    names(qtbot, gallery)
    (proxy,) = gallery.viewport().findChildren(CellProxy)
    whole, item = QAccessible.queryAccessibleInterface(gallery), QAccessible.queryAccessibleInterface(proxy)

    assert whole is not None
    assert item is not None
    assert whole.role() is QAccessible.Role.List
    assert item.role() is QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == "fox, 1 of 1, 2048 x 2048"


def test_assistive_technology_can_choose_a_picture(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=3)])
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


def test_only_what_is_in_sight_is_named_wherever_one_scrolls(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=2) for n in range(500)])
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    seen = names(qtbot, gallery)

    assert seen[-1].startswith("t499, 2 of 2")
    assert len(seen) < 20


def test_a_finished_task_takes_the_place_of_its_running_tiles(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [])
    gallery.add_task(task("fox", TaskState.PROCESSING, count=1))
    assert names(qtbot, gallery) == ["fox, 1 of 1, Generating"]
    gallery.change_task(task("fox", TaskState.DONE, count=1))

    assert names(qtbot, gallery) == ["fox, 1 of 1, 2048 x 2048"]


def test_a_task_is_added_by_a_change_that_comes_first_and_never_twice(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.change_task(task("fox", count=1))
    gallery.add_task(task("fox", count=1))

    assert len(names(qtbot, gallery)) == 1
