from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.keys import CommandId, KeyMap
from seedream_desktop.ui.set_view.view import SetView
from tests.ui.gallery.samples import ThumbnailFolder, coming, now, sha_of, stored, task

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LARGE = PixelSize(1600, 1200)


@pytest.fixture
def set_view(qtbot: QtBot, tmp_path: Path) -> Iterator[SetView]:
    found = SetView(ThumbnailFolder(tmp_path).path_of, now, KeyMap())
    qtbot.addWidget(found)
    found.resize(1300, 900)
    found.show()
    qtbot.waitExposed(found)
    yield found
    found.hide()


def large(name: str, count: int) -> Task:
    return task(name, pictures=tuple(stored(n, name, LARGE) for n in range(1, count + 1)))


def seen(view: SetView) -> str | None:
    current = view.current()
    return current[1].sha256 if current else None


def press(view: SetView, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(view.canvas, key, modifier)


def items(view: SetView) -> list[tuple[str, str]]:
    found = [each for each in view.canvas.findChildren(QWidget) if each.accessibleName() and each.isVisible()]
    return [
        (each.accessibleName(), each.accessibleDescription()) for each in found if not isinstance(each, QPushButton)
    ]


def filled(width: int = 1600, height: int = 1200) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    return image


def test_all_frames_of_a_task_have_a_place_and_what_is_coming_says_how_far_it_is(
    qtbot: QtBot, set_view: SetView
) -> None:
    shown = task("fox", TaskState.DOWNLOADING, pictures=(*(stored(n, "fox") for n in (1, 2)), coming(3)), count=3)
    set_view.show_task(shown, 1)

    assert [name for name, _ in items(set_view)] == [
        "fox, 1 of 3, 2048 x 2048",
        "fox, 2 of 3, 2048 x 2048",
        "fox, 3 of 3, Downloading",
    ]
    assert seen(set_view) == sha_of("fox2")
    qtbot.waitUntil(lambda: "2 of 3" in set_view.bar._facts.text())


def test_a_picture_that_arrives_takes_its_place_and_the_keyboard_stays(set_view: SetView) -> None:
    set_view.show_task(task("fox", TaskState.DOWNLOADING, pictures=(stored(1, "fox"), coming(2)), count=2), 0)
    set_view.change_task(task("fox", count=2))

    assert [frame.picture is not None for frame in set_view.frames] == [True, True]
    assert seen(set_view) == sha_of("fox1")


def test_a_failed_task_says_why_and_its_button_asks_for_what_helps(qtbot: QtBot, set_view: SetView) -> None:
    set_view.show_task(task("x", TaskState.UNKNOWN, failure=Failure(FailureKind.REPLY_LOST)), 0)
    [button] = [each for each in set_view.canvas.findChildren(QPushButton) if each.isVisible()]
    with qtbot.waitSignal(set_view.action_requested) as asked:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args[1] == "decide"
    with qtbot.waitSignal(set_view.action_requested) as asked:
        press(set_view, Key.Key_Return)

    assert asked.args[1] == "decide"
    assert set_view.current() is None


def test_the_arrows_go_through_the_rows_and_enter_opens(qtbot: QtBot, set_view: SetView) -> None:
    set_view.show_task(large("fox", 5), 0)
    rows = len({box.y for box in set_view.canvas.boxes})
    assert rows == 2
    press(set_view, Key.Key_Right)
    assert seen(set_view) == sha_of("fox2")
    press(set_view, Key.Key_Down)
    below = seen(set_view)
    assert below in (sha_of("fox4"), sha_of("fox5"))
    press(set_view, Key.Key_Up, Key.Key_End)
    assert seen(set_view) == sha_of("fox5")
    press(set_view, Key.Key_Right, Key.Key_Home, Key.Key_Left)
    assert seen(set_view) == sha_of("fox1")
    with qtbot.waitSignal(set_view.opened) as opened:
        press(set_view, Key.Key_Return)

    assert opened.args[1].sha256 == sha_of("fox1")


def test_several_are_chosen_with_shift_ctrl_and_all(set_view: SetView) -> None:
    set_view.show_task(large("fox", 4), 0)
    press(set_view, Key.Key_Right, modifier=SHIFT)
    assert set_view.chosen_keys() == (("fox", 0), ("fox", 1))
    press(set_view, Key.Key_End, modifier=CTRL)
    press(set_view, Key.Key_Space, modifier=CTRL)
    assert set_view.chosen_keys() == (("fox", 0), ("fox", 1), ("fox", 3))
    assert [said for _, said in items(set_view)] == ["Chosen", "Chosen", "", "Chosen"]
    press(set_view, Key.Key_A, modifier=CTRL)

    assert len(set_view.chosen_keys()) == 4


def test_one_chosen_stands_for_those_not_rejected_when_it_comes_to_comparing(set_view: SetView) -> None:
    set_view.show_task(large("fox", 5), 0)
    assert len(set_view.for_comparing()) == 1
    set_view.show_judgments({sha_of(f"fox{n}"): Judgment(flag=Flag.REJECT) for n in (2, 4)})
    assert [picture.sha256 for _, picture in set_view.for_comparing()] == [sha_of(f"fox{n}") for n in (1, 3, 5)]
    press(set_view, Key.Key_Right, modifier=SHIFT)

    assert [picture.sha256 for _, picture in set_view.for_comparing()] == [sha_of("fox1"), sha_of("fox2")]


def test_marks_are_read_out(set_view: SetView) -> None:
    set_view.show_task(large("fox", 2), 0)
    set_view.show_judgments({sha_of("fox2"): Judgment(3, Flag.PICK)})

    assert [said for _, said in items(set_view)] == ["Chosen", "3 stars, picked"]


def test_esc_and_the_arrow_button_leave(qtbot: QtBot, set_view: SetView) -> None:
    set_view.show_task(large("fox", 2), 0)
    with qtbot.waitSignal(set_view.closed):
        press(set_view, Key.Key_Escape)
    back = set_view.bar.findChild(QPushButton, "leave_set")
    assert isinstance(back, QPushButton)
    with qtbot.waitSignal(set_view.closed):
        back.click()


def test_the_buttons_in_the_bar_ask_the_window(qtbot: QtBot, set_view: SetView) -> None:
    compare = set_view.bar.findChild(QPushButton, "compare_set")
    assert isinstance(compare, QPushButton)
    with qtbot.waitSignal(set_view.commanded) as asked:
        compare.click()

    assert asked.args == [CommandId.COMPARE]


def test_pixels_are_asked_for_a_few_at_a_time_the_current_one_first(qtbot: QtBot, set_view: SetView) -> None:
    asked: list[Picture] = []
    set_view.pixels_requested.connect(asked.append)
    set_view.show_task(large("fox", 4), 2)
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert [picture.sha256 for picture in asked] == [sha_of("fox3"), sha_of("fox4")]

    set_view.set_pixels(sha_of("fox3"), filled())
    qtbot.waitUntil(lambda: len(asked) == 3)

    assert asked[2].sha256 == sha_of("fox1")
    assert set_view.canvas.pictures.sharp == {sha_of("fox3")}
    box = set_view.canvas.boxes[2]
    shown = set_view.canvas.grab().toImage()
    ratio = shown.devicePixelRatio()
    middle = shown.pixelColor(round((box.x + box.width / 2) * ratio), round((box.y + box.height / 2) * ratio))
    assert middle.name() == "#00ff00"


def test_what_cannot_be_opened_is_said_and_does_not_hold_up_the_others(qtbot: QtBot, set_view: SetView) -> None:
    asked: list[Picture] = []
    set_view.pixels_requested.connect(asked.append)
    set_view.show_task(large("fox", 3), 0)
    qtbot.waitUntil(lambda: len(asked) == 2)
    set_view.set_trouble(sha_of("fox1"), "It cannot be opened.")

    assert [picture.sha256 for picture in asked] == [sha_of("fox1"), sha_of("fox2"), sha_of("fox3")]
    assert set_view.bar._trouble.text() == "It cannot be opened."


def test_small_frames_need_no_more_than_their_thumbnails(qtbot: QtBot, set_view: SetView) -> None:
    asked: list[Picture] = []
    set_view.pixels_requested.connect(asked.append)
    set_view.resize(600, 500)
    set_view.show_task(large("fox", 10), 0)
    qtbot.wait(250)

    assert asked == []


def test_a_set_out_of_sight_holds_no_pictures(qtbot: QtBot, set_view: SetView) -> None:
    asked: list[Picture] = []
    set_view.pixels_requested.connect(asked.append)
    set_view.show_task(large("fox", 2), 0)
    qtbot.waitUntil(lambda: len(asked) == 2)
    set_view.set_pixels(sha_of("fox1"), filled())
    qtbot.waitUntil(lambda: set_view.canvas.pictures.sharp == {sha_of("fox1")})
    set_view.hide()
    assert set_view.canvas.pictures.sharp == frozenset()
    asked.clear()
    set_view.show()

    qtbot.waitUntil(lambda: len(asked) == 2)


def test_more_than_fifteen_are_refused(set_view: SetView) -> None:
    many = task("fox", count=16)
    with pytest.raises(ValueError, match="16 pictures"):
        set_view.show_pictures([(many, picture) for picture in many.pictures])


def test_what_is_shown_nowhere_else_leaves_the_set_and_comes_back(set_view: SetView) -> None:
    set_view.show_task(large("fox", 3), 1)
    assert set_view.keep_shown(lambda _task, index: index != 1)
    assert [frame.index for frame in set_view.frames] == [0, 2]
    assert seen(set_view) == sha_of("fox3")
    set_view.change_task(large("fox", 3))
    assert [frame.index for frame in set_view.frames] == [0, 2]
    assert set_view.keep_shown(lambda _task, _index: True)
    assert [frame.index for frame in set_view.frames] == [0, 1, 2]

    assert not set_view.keep_shown(lambda _task, _index: False)
    assert set_view.current() is None


def test_where_there_is_little_room_the_prompt_stays_and_the_last_facts_go(qtbot: QtBot, set_view: SetView) -> None:
    set_view.show_task(task("a very long prompt about a fox " * 20, count=4), 0)
    facts, title = set_view.bar._facts, set_view.bar._title
    qtbot.waitUntil(lambda: facts.text() == facts.accessibleDescription())

    set_view.resize(520, 700)
    qtbot.waitUntil(lambda: facts.text() != facts.accessibleDescription())

    assert title.text().startswith("a very long")
    assert title.text().endswith("…")
    assert facts.accessibleDescription().startswith(facts.text().rstrip("…"))
