"""What one can do with a card or a picture: its button, its menu, its shortcuts, dragging it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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


def test_the_menu_is_asked_for_at_the_pointer_or_at_the_current_picture(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=1)])
    press(gallery, Key.Key_Home)
    point = QPoint(5, 5)
    asked: list[QPoint] = []
    gallery.menu_requested.connect(asked.append)
    for target, reason in (
        (gallery.viewport(), QContextMenuEvent.Reason.Mouse),
        (gallery, QContextMenuEvent.Reason.Keyboard),
    ):
        QApplication.sendEvent(target, QContextMenuEvent(reason, point, gallery.mapToGlobal(point)))

    by_pointer, by_key = asked
    assert by_pointer == gallery.mapToGlobal(point)
    assert gallery.rect().contains(gallery.mapFromGlobal(by_key))
    assert by_key != by_pointer


def test_a_click_on_a_prompt_asks_for_the_set(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("owl", count=1), task("fox", count=2)])
    header = gallery._shelf.bands.plan(1).header
    assert header is not None
    y = gallery._shelf.bands.top_of(1) + header.y + header.height // 2
    with qtbot.waitSignal(gallery.set_requested) as asked:
        QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.x + 20, y))

    assert asked.args[0].id == "fox"


def test_a_drag_carries_the_readable_file_or_else_the_original(tmp_path: Path) -> None:
    saved = tmp_path / "fox.jpg"
    saved.write_bytes(b"x")
    with_copy = stored(1).but(saved_path=str(saved))
    copy_gone = stored(2).but(saved_path=str(tmp_path / "gone.jpg"), path="/data/originals/2.jpg")

    assert [file_of(with_copy), file_of(copy_gone)] == [saved, Path("/data/originals/2.jpg")]
