"""The rows above the gallery: what they ask for, by mouse and by keyboard, and what they say."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDateEdit,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.gallery import Counts
from seedream_desktop.ports.searching import FilterCounts
from seedream_desktop.ui.filters import GalleryHeader


def test_the_controls_have_their_names(header: GalleryHeader) -> None:
    assert (header.search.objectName(), header.search.accessibleName()) == ("search", "Search")
    assert (header.slider.objectName(), header.slider.accessibleName()) == ("thumbnail_size", "Thumbnail size")


def test_the_signs_inside_the_search_have_names(header: GalleryHeader) -> None:
    assert [action.text() for action in header.search.findChildren(QAction)] == ["Empty the search", "Search icon"]


def test_the_search_is_told_when_the_typing_pauses(qtbot: QtBot, header: GalleryHeader) -> None:
    told: list[Query] = []
    header.filter_changed.connect(told.append)
    QTest.keyClicks(header.search, "fox")
    qtbot.waitUntil(lambda: bool(told))

    assert told == [Query(text="fox")]


def test_escape_empties_the_search(qtbot: QtBot, header: GalleryHeader) -> None:
    QTest.keyClicks(header.search, "fox")
    with qtbot.waitSignal(header.filter_changed) as told:
        QTest.keyClick(header.search, Qt.Key.Key_Escape)

    assert header.search.text() == ""
    assert told.args == [Query()]


def test_escape_in_an_empty_search_goes_back_to_the_pictures(qtbot: QtBot, header: GalleryHeader) -> None:
    with qtbot.waitSignal(header.pictures_wanted, timeout=500):
        QTest.keyClick(header.search, Qt.Key.Key_Escape)


def test_the_slider_tells_the_height_of_the_rows(qtbot: QtBot, header: GalleryHeader) -> None:
    with qtbot.waitSignal(header.row_height_changed) as changed:
        QTest.keyClick(header.slider, Qt.Key.Key_Right)

    assert changed.args == [160]


def test_the_slider_follows_the_gallery(header: GalleryHeader) -> None:
    header.set_row_height(200)

    assert header.slider.value() == 200


def option(header: GalleryHeader, name: str) -> QAbstractButton:
    found = header.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton), name
    return found


def click(header: GalleryHeader, *names: str) -> None:
    for name in names:
        QTest.mouseClick(option(header, name), Qt.MouseButton.LeftButton)


def told(header: GalleryHeader) -> list[Query]:
    """Return a list that grows with each query that is told."""
    found: list[Query] = []
    header.filter_changed.connect(found.append)
    return found


def test_each_filter_asks_for_what_it_says(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()

    click(header, "ratio_1_1", "ratio_16_9", "size_4k", "mode_image_to_image", "state_done", "stars_at_least_3")
    click(header, "flag_pick", "favourites_true")

    assert asked[-1] == Query(
        ratios=(AspectRatio.SQUARE, AspectRatio.LANDSCAPE_16_9),
        resolutions=(Resolution.FOUR_K,),
        modes=(Mode.IMAGE_TO_IMAGE,),
        states=(TaskState.DONE,),
        rating_at_least=3,
        flag=Flag.PICK,
        is_favourite=True,
    )
    assert len(asked) == 8
    assert header.filter_button.text().split() == ["Filter", "8"]


def test_of_the_flags_one_can_be_wanted_or_none(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()

    click(header, "flag_pick", "flag_reject", "flag_reject")

    assert [query.flag for query in asked] == [Flag.PICK, Flag.REJECT, None]


def test_a_second_press_on_the_same_star_wants_any(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()

    click(header, "stars_at_least_4", "stars_at_least_2", "stars_at_least_2")

    assert [query.rating_at_least for query in asked] == [4, 2, 0]


def test_days_are_asked_for_only_where_they_are_switched_on(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()
    click(header, "from_a_day")
    header.panel.days.first.setDate(QDate(2026, 3, 1))
    click(header, "until_a_day")
    header.panel.days.last.setDate(QDate(2026, 3, 14))
    click(header, "from_a_day")

    assert (asked[1].first_day, asked[1].last_day) == (date(2026, 3, 1), None)
    assert (asked[-1].first_day, asked[-1].last_day) == (None, date(2026, 3, 14))


def test_tags_are_chosen_from_those_in_use_or_typed(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()
    header.show_tags([("cover", 12), ("R&D", 3)])
    click(header, "tags_r_d")
    QTest.keyClicks(header.panel.tags.field, " second,  round ")
    QTest.keyClick(header.panel.tags.field, Qt.Key.Key_Return)

    assert asked[-1].tags == ("R&D", "second round")
    assert header.chips.words() == ("Tag: R&D", "Tag: second round")


def test_a_filter_takes_the_text_along_that_was_typed_just_now(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()
    QTest.keyClicks(header.search, "fox")
    click(header, "size_2k")

    assert asked == [Query(text="fox", resolutions=(Resolution.TWO_K,))]


def test_a_chip_takes_its_filter_off_and_clear_all_everything(header: GalleryHeader) -> None:
    header.set_query(Query(text="fox", ratios=(AspectRatio.SQUARE,), tags=("a", "b"), rating_at_least=1))
    asked = told(header)
    assert header.chips.words() == ("1:1", "1 star or more", "Tag: a", "Tag: b")

    chips = header.findChildren(QPushButton, "remove_filter")
    assert chips[2].accessibleName() == "Remove filter Tag: a"
    chips[2].click()
    assert asked == [Query(text="fox", ratios=(AspectRatio.SQUARE,), tags=("b",), rating_at_least=1)]
    click(header, "clear_all")

    assert asked[-1] == Query()
    assert header.search.text() == ""
    assert header.chips.words() == ()


@pytest.mark.parametrize("name", ["clear_all", "remove_filter"])
def test_when_the_last_filter_goes_by_its_button_the_keyboard_goes_to_the_pictures(
    qtbot: QtBot, header: GalleryHeader, name: str
) -> None:
    header.set_query(Query(tags=("hero",)))
    button = header.findChild(QPushButton, name)
    assert button is not None
    qtbot.waitUntil(button.isVisible)
    button.setFocus()

    with qtbot.waitSignal(header.pictures_wanted):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_what_is_asked_from_elsewhere_is_shown_in_the_filters_and_told_once(header: GalleryHeader) -> None:
    asked = told(header)
    header.turn_filters()
    query = Query(text="fox", states=(TaskState.FAILED, TaskState.REFUSED, TaskState.NOT_FOUND), flag=Flag.NONE)
    header.set_query(query)

    assert asked == [query]
    assert option(header, "state_failed").isChecked()
    assert option(header, "flag_none").isChecked()
    assert header.search.text() == "fox"


def test_what_was_made_with_a_reference_is_looked_for_alone(header: GalleryHeader) -> None:
    header.set_query(Query(text="fox"))
    asked = told(header)

    header.filter_by_reference("ab12")

    assert asked == [Query(reference_sha256="ab12")]
    assert header.chips.words() == ("Made with a certain reference",)


def test_numbers_stand_beside_the_filters_while_they_are_known(header: GalleryHeader) -> None:
    header.turn_filters()
    header.show_filter_counts(
        FilterCounts(ratios={AspectRatio.SQUARE: 1234}, states={TaskState.FAILED: 2, TaskState.REFUSED: 1})
    )
    assert [option(header, name).text() for name in ("ratio_1_1", "ratio_2_3", "state_failed")] == [
        f"1:1 ({QLocale().toString(1234)})",
        "2:3 (0)",
        "Failed (3)",
    ]
    header.show_filter_counts(None)

    assert option(header, "ratio_1_1").text() == "1:1"


def test_groups_or_flat_and_the_height_of_the_rows_are_kept_for_the_next_start(
    qtbot: QtBot, header: GalleryHeader, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    header.grouping.set_value("flat")
    header.set_row_height(222)
    header.save(settings)
    settings.sync()
    other = GalleryHeader()
    qtbot.addWidget(other)

    changed: list[object] = []
    other.grouped_changed.connect(changed.append)
    other.row_height_changed.connect(changed.append)

    other.load(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))

    assert changed == [False, 222]


def test_down_leads_to_the_pictures_and_enter_to_the_first_of_what_is_typed(
    qtbot: QtBot, header: GalleryHeader
) -> None:
    with qtbot.waitSignal(header.pictures_wanted):
        QTest.keyClick(header.search, Qt.Key.Key_Down)
    asked = told(header)
    QTest.keyClicks(header.search, "fox")
    with qtbot.waitSignal(header.first_wanted):
        QTest.keyClick(header.search, Qt.Key.Key_Return)

    assert asked == [Query(text="fox")]


def test_closing_the_filters_keeps_the_keyboard_in_the_row(qtbot: QtBot, header: GalleryHeader) -> None:
    header.activateWindow()
    qtbot.waitUntil(header.isActiveWindow)
    header.turn_filters()
    assert option(header, "ratio_1_1").hasFocus()

    header.turn_filters()

    assert not header.panel.isVisible()
    assert header.filter_button.hasFocus()


@pytest.mark.parametrize("width_px", [480, 560, 700, 1000])
def test_nothing_in_the_row_lies_on_something_else(qtbot: QtBot, header: GalleryHeader, width_px: int) -> None:
    header.resize(width_px, 300)
    header.turn_filters()
    qtbot.waitExposed(header)
    row = (header.search, header.filter_button, header.saved, header.grouping, header.day_button, header.sizes)

    assert header.minimumSizeHint().width() <= width_px
    assert all(left.geometry().right() < right.geometry().left() for left, right in pairwise(row))
    assert header.sizes.geometry().right() <= header.width()


def test_every_control_has_a_name(header: GalleryHeader) -> None:
    header.turn_filters()
    header.set_query(Query(tags=("a",)))
    controls = [*header.findChildren(QAbstractButton), *header.findChildren(QLineEdit), *header.findChildren(QDateEdit)]

    inner = {"qt_spinbox_lineedit", "", "qt_calendar_prevmonth", "qt_calendar_nextmonth"}
    nameless = [found for found in controls if found.objectName() not in inner and not found.accessibleName()]
    assert len(controls) > 40
    assert [found.objectName() for found in nameless] == []


def test_words_that_are_too_long_for_a_button_are_cut_there_and_whole_for_a_screen_reader(
    header: GalleryHeader,
) -> None:
    header.turn_filters()
    tag = "a tag that somebody wrote a whole sentence into, or even two of them"
    header.set_query(Query(tags=(tag,)))
    button = option(header, "tags_a_tag_that_somebody_wrote_a_whole_sentence_into_or_even_two_of_them")

    assert button.text().endswith("…")
    assert (button.accessibleName(), button.toolTip()) == (tag, f"<qt>{tag}</qt>")
    assert header.chips.words() == (f"Tag: {tag}",)


def test_filters_scroll_before_they_take_the_room_of_the_pictures(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    header = GalleryHeader()
    column.addWidget(header)
    column.addWidget(QWidget(), 1)
    page.resize(900, 1000)
    page.show()
    header.turn_filters()
    qtbot.waitUntil(lambda: header.panel.height() > 0)
    room = header.panel.parentWidget()
    assert room is not None
    qtbot.waitUntil(lambda: room.height() == header.panel.height())

    page.resize(500, 400)

    qtbot.waitUntil(lambda: room.height() == 160)
    assert header.panel.height() > 160


def test_an_empty_place_is_not_counted(header: GalleryHeader) -> None:
    header.show_counts(Counts(2, 1), Counts(2, 3))
    assert header.chips.count.text() == "1 of 3 pictures in 2 orders"
    header.show_counts(Counts(0, 0), None)

    assert header.chips.count.text() == ""


def test_in_a_wide_window_groups_and_flat_are_not_pulled_apart(header: GalleryHeader) -> None:
    narrow_px = header.grouping.width()
    header.resize(1600, header.height())
    header.grab()

    assert header.grouping.width() == header.grouping.sizeHint().width() >= narrow_px


def test_an_option_that_is_turned_without_a_click_is_used_too(qtbot: QtBot, header: GalleryHeader) -> None:
    header.turn_filters()
    with qtbot.waitSignal(header.filter_changed) as told:
        option(header, "ratio_1_1").toggle()

    assert told.args == [Query(ratios=(AspectRatio.SQUARE,))]


def test_in_a_narrow_gallery_the_slider_goes_before_words_lie_on_one_another(header: GalleryHeader) -> None:
    header.resize(430, header.height())
    row = header.layout()
    assert row is not None
    row.activate()

    assert header.grouping.width() >= header.grouping.minimumSizeHint().width()
    assert not header.sizes.isVisible()
