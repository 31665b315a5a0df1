"""What one can do with a card or a picture: its button, its menu, its shortcuts, dragging it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.drag_out import file_of
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import Key, Told, buttons, names, press
from tests.ui.gallery.library import show
from tests.ui.gallery.samples import stored, task


def test_a_failure_is_a_card_with_one_button(qtbot: QtBot, gallery: Gallery) -> None:
    failed = task("x", TaskState.FAILED, failure=Failure(FailureKind.REFERENCE, "INVALID_IMAGE_URL", "cannot open"))
    show(gallery, [failed])
    told = Told(gallery)
    (name,) = names(qtbot, gallery)
    (button,) = buttons(gallery)
    button.click()

    assert name.startswith("x, Failed: The service could not use a reference image.")
    assert name.endswith("The service says: INVALID_IMAGE_URL, cannot open")
    assert button.text() == "Edit and try again"
    assert told.actions == [("x", "edit")]


def test_enter_on_a_card_does_what_its_button_does(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("x", TaskState.UNKNOWN, failure=Failure(FailureKind.REPLY_LOST))])
    told = Told(gallery)
    press(gallery, Key.Key_Home, Key.Key_Return)

    assert told.actions == [("x", "decide")]


def test_the_button_goes_when_the_task_is_sent_again(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("x", TaskState.REFUSED, failure=Failure(FailureKind.PROMPT))])
    qtbot.waitUntil(lambda: len(buttons(gallery)) == 1)
    gallery.change_task(task("x", TaskState.QUEUED, count=2))

    assert names(qtbot, gallery) == ["x, 1 of 2, Queued", "x, 2 of 2, Queued"]
    assert buttons(gallery) == []


def test_the_menu_offers_everything_for_a_stored_picture(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=1)])
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
        "Open",
        "Save as",
        "Use as reference",
        "Copy picture",
        "Show in folder",
        "Copy prompt",
        "Use this prompt and settings",
    ]
    assert len(told.opened) == 1
    assert saved == ["fox"]
    assert [action for _, action in told.actions] == ["reference", "copy_picture", "folder", "copy_prompt", "reuse"]


def test_without_a_picture_the_menu_still_offers_the_prompt(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", TaskState.PROCESSING, count=1)])
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

    assert [file_of(with_copy), file_of(copy_gone)] == [saved, Path("/data/originals/2.jpg")]
