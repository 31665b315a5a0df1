"""The panel of hosted pictures: rows that tell everything, keys, questions asked in the panel, honest results."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import PictureFacts
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.host_manager import HostManager
from seedream_desktop.ui.hosted import wording
from seedream_desktop.ui.hosted.model import HostedModel
from seedream_desktop.ui.hosted.row import Doing, HostedRow, Key
from seedream_desktop.ui.hosted.view import HostedView

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS = PictureFacts("JPEG", PixelSize(4032, 3024), 3_100_000)


def row(name: str, until: timedelta | None = 23 * HOUR, *, needed_by: int = 0, is_here: bool = True) -> HostedRow:
    """Return a picture hosted an hour ago whose link ends *until* from now."""
    ends = (NOW + until).isoformat() if until is not None else None
    hosted = HostedReference(f"https://s3.example/{name}?sig=1", "S3 foxes", name, ends, name, (NOW - HOUR).isoformat())
    return HostedRow(hosted, f"{name}.jpg", FACTS, None, needed_by, is_here)


FOX, DUNE, NEEDED = row("fox"), row("dune", -HOUR), row("needed", needed_by=2)
ELSEWHERE = row("elsewhere", None, is_here=False)


class Desk:
    """The open panel and what it has asked for."""

    def __init__(self, qtbot: QtBot, *rows: HostedRow) -> None:
        self.now = NOW
        self.manager = HostManager(lambda: self.now)
        qtbot.addWidget(self.manager)
        self.deletions: list[tuple[list[str], bool]] = []
        self.forgotten: list[str] = []
        self.manager.delete_requested.connect(
            lambda all_, used: self.deletions.append(([h.sha256 for h in all_], used))
        )
        self.manager.forget_requested.connect(lambda all_: self.forgotten.extend(hosted.sha256 for hosted in all_))
        self.manager.show()
        self.manager.set_rows(rows)
        view = self.manager.findChild(HostedView)
        assert isinstance(view, HostedView)
        self.view = view

    def choose(self, *numbers: int) -> None:
        """Mark rows."""
        self.view.clearSelection()
        model = self.view.selectionModel()
        for number in numbers:
            model.select(self.view.model().index(number, 0), model.SelectionFlag.Select)

    def button(self, name: str) -> QPushButton:
        """Return a button by its object name."""
        button = self.manager.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        return button

    def spoken(self) -> list[str]:
        """Return what assistive technology is told of each row."""
        model = self.view.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [model.data(model.index(number, 0), role) for number in range(model.rowCount())]

    def said(self) -> str:
        """Return the sentences seen outside the rows."""
        return " ".join(line.text() for line in self.manager.findChildren(MessageLine) if line.isVisible())


@pytest.fixture(autouse=True, scope="module")
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT)


def test_the_model_keeps_qts_rules_through_every_change(qtbot: QtBot) -> None:
    model = HostedModel(lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in ([FOX, DUNE], [NEEDED, FOX, DUNE], [DUNE, FOX], [FOX], [], [NEEDED, DUNE], [DUNE, NEEDED, FOX]):
        model.set_rows(rows)
        assert [each.key for each in model.rows()] == [each.key for each in rows]
    model.set_doing(FOX.key, Doing.FAILED, "no")
    model.remove(NEEDED.key)
    model.remove(("unknown", "host"))
    model.tell_time()

    assert [each.hosted.sha256 for each in model.rows()] == ["dune", "fox"]
    assert model.rowCount(model.index(0)) == 0
    assert model.data(QModelIndex()) is None
    del tester


def test_a_row_tells_everything_to_those_who_do_not_see_it(qtbot: QtBot) -> None:
    [needed, elsewhere] = Desk(qtbot, NEEDED, ELSEWHERE).spoken()

    assert needed == (
        "needed.jpg, ends in 23 h, needed by open orders: 2, 4032×3024 JPEG, 3.1 MB, S3 foxes, hosted 1 h ago"
    )
    assert "does not end by itself" in elsewhere
    assert "not the storage in Settings" in elsewhere


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(), "1 min"),
        (timedelta(seconds=59), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (HOUR, "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=6, hours=23), "6 days"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_unit(time: timedelta, words: str) -> None:
    assert wording.span(time) == words


@pytest.mark.parametrize("until", ["soon", "2026-11-21T14:02:00", ""])
def test_a_time_that_makes_no_sense_is_none(until: str) -> None:
    odd = replace(FOX, hosted=replace(FOX.hosted, until=until, hosted_at=until))
    assert not odd.is_ended(NOW)
    assert "ago" not in wording.spoken(odd, NOW)


def test_the_exact_times_and_a_strange_name_stand_safely_in_the_tool_tip(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(FOX, name='<img src="x">'))
    tip = desk.view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "Hosted: " in tip
    assert "Link ends: " in tip


def test_the_minutes_go_on_while_somebody_looks(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX)
    desk.now = NOW + 24 * HOUR
    desk.manager.tell_time()

    assert "ended" in desk.spoken()[0]
    assert desk.button("delete_all_that_ended").isEnabled()


def test_an_empty_panel_says_when_something_is_hosted(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    seen = [label.text() for label in desk.manager.findChildren(Label) if label.isVisible()]
    assert "Nothing is hosted" in seen
    assert not desk.view.isVisible()
    assert not desk.button("delete_now").isVisible()


def test_what_is_chosen_stays_chosen_when_another_picture_is_hosted(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, DUNE)
    desk.choose(1)
    desk.manager.set_rows([NEEDED, FOX, DUNE])
    assert [each.key for each in desk.view.chosen()] == [DUNE.key]


def test_delete_and_copy_by_keyboard_take_all_that_is_chosen(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, DUNE)
    QTest.keySequence(desk.view, QKeySequence("Ctrl+A"))

    QTest.keySequence(desk.view, QKeySequence("Ctrl+C"))
    assert QGuiApplication.clipboard().text() == f"{FOX.hosted.url}\n{DUNE.hosted.url}"
    assert "Whoever gets the link" in desk.said()

    QTest.keyClick(desk.view, Qt.Key.Key_Delete)
    assert desk.deletions == [(["fox", "dune"], False)]
    assert all("Deleting…" in words for words in desk.spoken())


def test_without_a_choice_nothing_is_copied_or_deleted(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX)
    QGuiApplication.clipboard().setText("mine")
    desk.view.clearSelection()
    QTest.keySequence(desk.view, QKeySequence("Ctrl+C"))
    QTest.keyClick(desk.view, Qt.Key.Key_Delete)

    assert QGuiApplication.clipboard().text() == "mine"
    assert desk.deletions == []
    assert not desk.button("delete_now").isEnabled()


def test_what_an_open_order_needs_is_deleted_only_on_the_users_word(qtbot: QtBot) -> None:
    desk = Desk(qtbot, NEEDED)
    desk.choose(0)
    desk.button("delete_now").click()

    assert desk.deletions == []
    assert "needed.jpg" in desk.said()
    assert not desk.button("delete_only_the_others").isVisible()
    assert desk.manager.focusWidget() is desk.button("keep")

    desk.button("delete_all_the_same").click()
    assert desk.deletions == [(["needed"], True)]
    assert desk.said() == ""


def test_the_others_can_be_deleted_alone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, NEEDED)
    desk.choose(0, 1)
    desk.button("delete_now").click()
    desk.button("delete_only_the_others").click()
    assert desk.deletions == [(["fox"], False)]


def test_keeping_deletes_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, NEEDED)
    desk.choose(0)
    desk.button("delete_now").click()
    desk.button("keep").click()
    assert desk.deletions == []
    assert desk.said() == ""


def test_the_question_goes_with_the_picture_it_is_about(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, NEEDED)
    desk.choose(1)
    desk.button("delete_now").click()
    desk.manager.set_rows([FOX])
    assert desk.said() == ""


def test_all_that_ended_are_deleted_at_once(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, DUNE, row("old", -100 * HOUR), row("away", -HOUR, is_here=False))
    desk.button("delete_all_that_ended").click()
    assert desk.deletions == [(["dune", "old"], False)]
    assert not desk.button("delete_all_that_ended").isEnabled()


def test_a_deletion_that_failed_is_told_in_its_row_and_can_be_tried_again(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX)
    desk.choose(0)
    desk.button("delete_now").click()
    assert not desk.button("delete_now").isEnabled()

    desk.manager.show_failed(FOX.key, "The storage cannot be reached.")
    desk.manager.set_rows([FOX])
    assert desk.spoken()[0].endswith("The storage cannot be reached.")

    desk.button("delete_now").click()
    assert len(desk.deletions) == 2
    desk.manager.show_deleted(FOX.key)
    assert desk.spoken() == []


def test_what_lies_in_another_storage_can_only_be_forgotten(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, ELSEWHERE)
    desk.choose(0)
    assert not desk.button("forget").isEnabled()

    desk.choose(0, 1)
    desk.button("forget").click()
    assert desk.forgotten == ["elsewhere"]

    desk.button("delete_now").click()
    assert desk.deletions == [(["fox"], False)]


def test_forget_is_not_offered_while_everything_is_in_the_storage_in_use(qtbot: QtBot) -> None:
    assert not Desk(qtbot, FOX).button("forget").isVisible()


def test_the_row_under_the_pointer_has_its_own_buttons(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, DUNE)
    desk.view.entered.emit(desk.view.model().index(1, 0))
    delete = desk.view.findChild(QToolButton, "row_trash_2")
    assert isinstance(delete, QToolButton)
    assert delete.isVisible()
    inside = delete.mapTo(desk.view.viewport(), delete.rect().center())
    assert desk.view.indexAt(inside).row() == 1

    delete.click()

    assert desk.deletions == [(["dune"], False)]


def test_a_kept_file_is_shown_small(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "kept.png"
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(file))
    desk = Desk(qtbot, replace(FOX, file=file))
    place = desk.view.visualRect(desk.view.model().index(0, 0)).topLeft()

    def is_red() -> bool:
        shown = desk.view.viewport().grab().toImage()
        ratio = shown.devicePixelRatio()
        pixel = shown.pixelColor(round((place.x() + 30) * ratio), round((place.y() + 32) * ratio))
        return pixel.red() > 200 and pixel.blue() < 60

    qtbot.waitUntil(is_red)
    desk.manager.finish()


def test_the_key_of_a_row_is_its_content_and_host() -> None:
    key: Key = FOX.key
    assert key == ("fox", "S3 foxes")


def test_a_deletion_by_the_button_leads_the_keyboard_to_the_next_picture_and_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, row("sea"))
    desk.manager.activateWindow()
    desk.choose(0)
    desk.button("delete_now").setFocus()
    qtbot.waitUntil(desk.button("delete_now").hasFocus)

    QTest.keyClick(desk.button("delete_now"), Qt.Key.Key_Space)
    desk.manager.show_deleted(FOX.key)

    assert desk.view.hasFocus()
    assert [each.name for each in desk.view.chosen()] == ["sea.jpg"]
    assert desk.said() == "fox.jpg was deleted; its link is dead."
    assert desk.button("delete_now").isEnabled()


def test_nothing_is_said_of_a_picture_that_went_by_itself(qtbot: QtBot) -> None:
    desk = Desk(qtbot, FOX, row("sea"))

    desk.manager.show_deleted(FOX.key)

    assert desk.said() == ""


def test_the_keyboard_stands_on_the_newest_picture_as_soon_as_there_is_one(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.manager.activateWindow()
    desk.button("close").setFocus()
    qtbot.waitUntil(desk.button("close").hasFocus)

    desk.manager.set_rows((FOX, row("sea")))

    assert desk.view.hasFocus()
    assert [each.name for each in desk.view.chosen()] == ["fox.jpg"]
