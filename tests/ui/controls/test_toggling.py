"""Every checkable button is worked by assistive technology, which turns it without clicking it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment
from seedream_desktop.ui.filters.day_range import DayRange
from seedream_desktop.ui.filters.header import GalleryHeader
from seedream_desktop.ui.filters.options import Options
from seedream_desktop.ui.filters.stars import StarPicker
from seedream_desktop.ui.inspector.common import Common
from seedream_desktop.ui.inspector.marks import Marks
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.set_view.bar import SetBar
from seedream_desktop.ui.viewer.rating import Rating


def toggle(inside: QWidget, name: str) -> None:
    """Turn the button of this object name as a screen reader does."""
    button = cast(QAbstractButton, inside.findChild(QAbstractButton, name))
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction(QAccessibleActionInterface.toggleAction())


@pytest.fixture
def options(qtbot: QtBot) -> Options:
    found = Options("Ratio", [("1:1", "1:1"), ("3:2", "3:2")], is_single=True)
    qtbot.addWidget(found)
    return found


def test_an_option_is_chosen_and_left_again(qtbot: QtBot, options: Options) -> None:
    with qtbot.waitSignal(options.changed):
        toggle(options, "ratio_3_2")
    assert options.chosen() == ("3:2",)

    with qtbot.waitSignal(options.changed):
        toggle(options, "ratio_3_2")
    assert options.chosen() == ()


def test_one_of_a_single_choice_takes_the_place_of_another(options: Options) -> None:
    told: list[tuple[str, ...]] = []
    options.set_chosen(["1:1"])
    options.changed.connect(lambda: told.append(options.chosen()))

    toggle(options, "ratio_3_2")

    assert told == [("3:2",)]


def test_stars_are_asked_for_and_no_more(qtbot: QtBot) -> None:
    picker = StarPicker()
    qtbot.addWidget(picker)
    told: list[int] = []
    picker.changed.connect(lambda: told.append(picker.stars))

    for number in (4, 2, 2):
        toggle(picker, f"stars_at_least_{number}")

    assert told == [4, 2, 0]


@pytest.mark.parametrize("name", ["from_a_day", "until_a_day"])
def test_a_range_of_days_is_closed_and_opened(qtbot: QtBot, name: str) -> None:
    days = DayRange()
    qtbot.addWidget(days)
    told: list[int] = []
    days.changed.connect(lambda: told.append(sum(day is not None for day in days.days())))

    toggle(days, name)
    assert [days.first.isEnabled(), days.last.isEnabled()] == [name == "from_a_day", name == "until_a_day"]
    toggle(days, name)

    assert told == [1, 0]


GIVEN = Common(stars=2, flag=Flag.PICK, is_favourite=True)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("pick", Change(flag=Flag.NONE)),
        ("reject", Change(flag=Flag.REJECT)),
        ("favourite", Change(is_favourite=False)),
    ],
)
def test_a_mark_of_the_inspector_is_asked_for_but_not_shown_before_it_is_kept(
    qtbot: QtBot, name: str, change: Change
) -> None:
    marks = Marks()
    qtbot.addWidget(marks)
    marks.show_common(GIVEN)
    told: list[Change] = []
    marks.judged.connect(told.append)
    shown = checked(marks)

    toggle(marks, name)

    assert told == [change]
    assert checked(marks) == shown == {"pick", "favourite"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("rate_2", Change(stars=0)),
        ("rate_1", Change(stars=1)),
        ("rate_5", Change(stars=5)),
        ("rate_pick", Change(flag=Flag.NONE)),
        ("rate_reject", Change(flag=Flag.REJECT)),
        ("rate_favourite", "favourite"),
    ],
)
@pytest.mark.parametrize("press", [toggle, lambda inside, name: inside.findChild(QAbstractButton, name).click()])
def test_a_sign_of_the_viewer_is_asked_for_but_not_shown_before_it_is_kept(
    qtbot: QtBot, press: Callable[[QWidget, str], None], name: str, change: object
) -> None:
    rating = Rating()
    qtbot.addWidget(rating)
    rating.show_judgment(Judgment(2, Flag.PICK, is_favourite=True))
    told: list[object] = []
    rating.judged.connect(told.append)
    rating.favourite_clicked.connect(lambda: told.append("favourite"))
    shown = checked(rating)

    press(rating, name)

    assert told == [change]
    assert checked(rating) == shown == {"rate_1", "rate_2", "rate_pick", "rate_favourite"}


def test_going_on_after_a_mark_is_turned(qtbot: QtBot) -> None:
    bar = SetBar()
    qtbot.addWidget(bar)
    told: list[CommandId] = []
    bar.pressed.connect(told.append)

    toggle(bar, "go_on_after_mark")

    assert told == [CommandId.AUTO_ADVANCE]


def test_the_filters_are_opened_and_one_of_them_is_used(qtbot: QtBot) -> None:
    header = GalleryHeader()
    qtbot.addWidget(header)
    header.show()

    with qtbot.waitSignal(header.counts_wanted):
        toggle(header, "filter")
    with qtbot.waitSignal(header.filter_changed) as told:
        toggle(header, "stars_at_least_3")

    assert told.args[0].rating_at_least == 3


def test_what_the_program_shows_is_told_of_as_nobodys_wish(qtbot: QtBot, options: Options) -> None:
    told: list[object] = []
    picker, days, marks, rating, bar = StarPicker(), DayRange(), Marks(), Rating(), SetBar()
    for widget in (picker, days, marks, rating, bar):
        qtbot.addWidget(widget)
    for signal in (options.changed, picker.changed, days.changed):
        signal.connect(lambda: told.append("changed"))
    for signal in (marks.judged, rating.judged, bar.pressed):
        signal.connect(told.append)

    options.set_chosen(["3:2"])
    picker.set_stars(3)
    days.set_days(date(2026, 3, 14), date(2026, 3, 15))
    for judgment in (Judgment(4, Flag.REJECT, is_favourite=True), UNJUDGED):
        rating.show_judgment(judgment)
    marks.show_common(GIVEN)
    bar.show_advance(is_on=True)

    assert told == []
    assert days.first.isEnabled()
    assert checked(marks) == {"pick", "favourite"}
    assert checked(bar) == {"go_on_after_mark"}


def checked(inside: QWidget) -> set[str]:
    """Return the object names of the buttons that are on."""
    return {button.objectName() for button in inside.findChildren(QAbstractButton) if button.isChecked()}
