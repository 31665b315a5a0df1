from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.tasks import TaskList
from seedream_desktop.ui.tasks.actions import actions_for
from seedream_desktop.ui.tasks.columns import columns
from seedream_desktop.ui.tasks.delegate import took_text
from seedream_desktop.ui.tasks.headings import Headings
from seedream_desktop.ui.tasks.model import TaskListModel
from tests.ui.gallery.samples import NOW, ThumbnailFolder, coming, now, stored, task


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> TaskList:
    found = TaskList(ThumbnailFolder(tmp_path).path_of, now)
    qtbot.addWidget(found)
    found.resize(1100, 260)
    found.show()
    qtbot.waitExposed(found)
    return found


def rows(panel: TaskList) -> QListView:
    found = panel.findChild(QListView, "tasks")
    assert isinstance(found, QListView)
    return found


def names(panel: TaskList) -> list[str]:
    model = rows(panel).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def enabled(panel: TaskList) -> list[str]:
    buttons = panel.findChildren(QPushButton)
    return [button.accessibleName() for button in buttons if button.isVisible() and button.isEnabled()]


def hints(panel: TaskList) -> list[str]:
    return [label.text() for label in panel.findChildren(Label) if label.isVisible()]


def choose(panel: TaskList, row: int) -> None:
    rows(panel).setCurrentIndex(rows(panel).model().index(row, 0))


def test_the_model_keeps_the_rules_of_qt_while_tasks_come_and_change(qtbot: QtBot) -> None:
    model = TaskListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add([task("b"), task("a")])
    model.put(task("d", TaskState.PROCESSING))
    model.put(task("d", TaskState.DONE))
    model.add([task("e"), task("c"), task("a"), task("0")])
    model.add([])

    assert tester.model() is model
    assert [model.index(row).data() for row in range(model.rowCount())] == ["e", "d", "c", "b", "a", "0"]


def test_rows_are_named_by_prompt_and_state_newest_first(panel: TaskList) -> None:
    panel.add_tasks([task("b", TaskState.DONE), task("a", TaskState.UNKNOWN)])
    panel.change_task(task("c", TaskState.PROCESSING))
    panel.add_tasks([task("0", TaskState.FAILED)])

    assert names(panel) == ["c, Generating", "b, Done", "a, Outcome unknown", "0, Failed"]


def test_what_was_read_from_the_disk_does_not_undo_what_was_told_meanwhile(panel: TaskList) -> None:
    panel.change_task(task("fox", TaskState.DONE))
    panel.add_tasks([task("fox", TaskState.PROCESSING)])

    assert names(panel) == ["fox, Done"]


def test_older_tasks_are_asked_for_once_when_the_end_comes_into_sight(qtbot: QtBot, panel: TaskList) -> None:
    asked: list[Task] = []
    panel.older_wanted.connect(asked.append)
    page = [task(f"{number:03}", age_s=number) for number in range(100)]
    panel.add_tasks(page)
    panel.set_oldest(page[-1])
    qtbot.waitUntil(lambda: rows(panel).verticalScrollBar().maximum() > 0)
    assert asked == []

    rows(panel).scrollToBottom()
    rows(panel).verticalScrollBar().setValue(0)
    rows(panel).scrollToBottom()
    assert asked == [page[-1]]

    panel.add_tasks([task("older", age_s=1000)])
    assert names(panel)[-1].startswith("older")
    assert asked == [page[-1]]


def test_a_hidden_list_asks_for_nothing_until_it_is_opened(qtbot: QtBot, panel: TaskList) -> None:
    asked: list[Task] = []
    panel.older_wanted.connect(asked.append)
    panel.hide()
    panel.add_tasks([task("fox")])
    panel.set_oldest(task("fox"))
    assert asked == []

    panel.show()
    assert [found.id for found in asked] == ["fox"]


def test_assistive_technology_reads_the_same_names(panel: TaskList) -> None:
    panel.add_tasks([task("fox", TaskState.DONE)])
    whole = QAccessible.queryAccessibleInterface(rows(panel))

    assert whole is not None
    assert whole.role() is QAccessible.Role.List
    assert whole.text(QAccessible.Text.Name) == "Tasks"
    assert "fox, Done" in [whole.child(n).text(QAccessible.Text.Name) for n in range(whole.childCount())]


def test_a_changed_task_changes_its_row_and_its_buttons(panel: TaskList) -> None:
    panel.add_tasks([task("fox", TaskState.PROCESSING)])
    choose(panel, 0)
    assert enabled(panel) == ["Check now", "Stop watching", "Copy report"]
    panel.change_task(task("fox", TaskState.FAILED, failure=Failure(FailureKind.MODERATION)))

    assert names(panel) == ["fox, Failed"]
    assert enabled(panel) == ["Check now", "Edit and try again", "Copy report"]


def test_a_new_task_leaves_the_chosen_one_chosen(panel: TaskList) -> None:
    panel.add_tasks([task("fox")])
    choose(panel, 0)
    panel.change_task(task("new"))
    found = panel.current()

    assert found is not None
    assert found.id == "fox"


def test_without_a_chosen_task_nothing_can_be_pressed(panel: TaskList) -> None:
    panel.add_tasks([task("fox", TaskState.UNKNOWN)])

    assert enabled(panel) == []
    assert "Choose a task to see what can be done with it." in hints(panel)

    choose(panel, 0)
    assert hints(panel) == []


def test_coming_by_keyboard_marks_the_row_the_buttons_are_for(qtbot: QtBot, panel: TaskList) -> None:
    panel.add_tasks([task("b"), task("a")])
    rows(panel).selectionModel().setCurrentIndex(
        rows(panel).model().index(1, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert panel.current() is None
    panel.activateWindow()
    rows(panel).clearFocus()
    rows(panel).setFocus()
    qtbot.waitUntil(lambda: rows(panel).selectionModel().hasSelection())
    found = panel.current()

    assert found is not None
    assert found.id == "a"


def test_a_narrow_list_keeps_room_for_the_prompt() -> None:
    wide, narrow, least = (columns(QRect(0, 0, width, 44)) for width in (860, 540, 340))

    assert wide.time.width() > 0
    assert (narrow.time.width(), narrow.prompt.width() > 200) == (0, True)
    assert (least.took.width(), least.prompt.width() > 80) == (0, True)


ACTIONS = [
    (task("a", TaskState.QUEUED), set()),
    (task("a", TaskState.SUBMITTING), set()),
    (task("a", TaskState.PROCESSING), {"check", "stop"}),
    (task("a", TaskState.PROCESSING).but(is_watched=False), {"check"}),
    (task("a", TaskState.DOWNLOADING, pictures=(coming(1),)), {"check", "stop"}),
    (task("a", TaskState.DONE), set()),
    (task("a", TaskState.PARTIAL, pictures=(stored(1),)), {"check"}),
    (task("a", TaskState.UNKNOWN), {"decide"}),
    (task("a", TaskState.REFUSED, failure=Failure(FailureKind.PROMPT)), {"edit"}),
    (task("a", TaskState.FAILED, failure=Failure(FailureKind.TRY_LATER)), {"check", "retry"}),
    (task("a", TaskState.NOT_FOUND), {"check", "stop"}),
    (task("a", TaskState.QUEUED, failure=Failure(FailureKind.KEY_REFUSED)), set()),
]


@pytest.mark.parametrize(
    ("found", "actions"), ACTIONS, ids=[f"{found.state}-{n}" for n, (found, _) in enumerate(ACTIONS)]
)
def test_only_what_makes_sense_is_offered(found: Task, actions: set[str]) -> None:
    assert actions_for(found) == actions | {"report"}


def test_a_press_tells_task_and_action(qtbot: QtBot, panel: TaskList) -> None:
    unclear = task("fox", TaskState.UNKNOWN)
    panel.add_tasks([unclear])
    choose(panel, 0)
    button = panel.findChild(QPushButton, "decide")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(panel.action_requested) as asked:
        button.click()

    assert asked.args == [unclear, "decide"]


def test_the_keyboard_finds_the_newest_task_and_walks_down(qtbot: QtBot, panel: TaskList) -> None:
    panel.add_tasks([task("b"), task("a")])
    panel.activateWindow()
    rows(panel).clearFocus()
    rows(panel).setFocus()
    qtbot.waitUntil(lambda: panel.current() is not None)
    QTest.keyClick(rows(panel), Qt.Key.Key_Down)
    found = panel.current()

    assert found is not None
    assert found.id == "a"


def test_a_running_task_shows_its_seconds_and_a_finished_one_what_it_took() -> None:
    assert took_text(task("a", TaskState.PROCESSING, age_s=18), NOW) == "0:18"
    assert took_text(task("a", TaskState.DONE), NOW) == "31 s"
    assert took_text(task("a", TaskState.QUEUED), NOW) == ""


def test_rows_are_really_drawn(panel: TaskList) -> None:
    empty = rows(panel).viewport().grab().toImage()
    panel.add_tasks([task(str(state), state) for state in TaskState])

    assert rows(panel).viewport().grab().toImage() != empty


def test_a_thumbnail_appears_in_its_row(qtbot: QtBot, tmp_path: Path) -> None:
    folder = ThumbnailFolder(tmp_path)
    done = task("fox", count=1)
    folder.make(done.pictures[0], "red")
    panel = TaskList(folder.path_of, now)
    qtbot.addWidget(panel)
    panel.resize(900, 260)
    panel.add_tasks([done])
    panel.show()

    qtbot.waitUntil(lambda: rows(panel).viewport().grab().toImage().pixelColor(24, 22).red() > 240)


@pytest.mark.parametrize("bar_px", [6, 24])
def test_the_headings_end_where_the_rows_end_whatever_the_scroll_bar_is_made_of(panel: TaskList, bar_px: int) -> None:
    panel.setStyleSheet(f"QScrollBar:vertical {{ width: {bar_px}px; }}")
    QApplication.processEvents()
    headings = panel.findChild(Headings)
    assert headings is not None

    drawn = headings.grab().toImage()
    line = theme.tokens().line.rgb()
    ends = max(x for x in range(drawn.width()) if drawn.pixel(x, drawn.height() - 1) == line)

    assert ends == rows(panel).viewport().width() - 1
