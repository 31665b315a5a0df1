"""The rail at the left: opening, naming, deleting, dropping; with words and as icons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.query import Query
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Contents, Item, Kind, Rail
from seedream_desktop.ui.rail.model import ITEM_ROLE
from tests.ui.gallery.samples import sha_of
from tests.ui.rail.samples import CONTENTS, collection, dragged, project

Key = Qt.Key
COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 640)
    rail.show()
    qtbot.waitExposed(rail)
    rail.show_contents(CONTENTS)
    rail.view.setFocus()
    return rail


def named(rail: Rail, name: str) -> Item:
    return next(item for item in rail.items() if item.name == name)


def test_the_menu_of_the_trash_empties_it_as_long_as_something_is_in_it(qtbot: QtBot, rail: Rail) -> None:
    def emptying(count: int) -> QAction:
        menu = rail.view._menu(Item(Kind.BIN, count=count))
        return next(action for action in menu.actions() if action.text().startswith("Empty"))

    assert not emptying(0).isEnabled()
    with qtbot.waitSignal(rail.empty_requested):
        emptying(3).trigger()


def middle_of(rail: Rail, item: Item) -> QPoint:
    return rail.view.visualRect(rail.view.model().index_of(item.key)).center()  # type: ignore[attr-defined]  # ours


def edit_of(rail: Rail) -> QLineEdit:
    field = rail.name_field()
    assert field is not None
    return field.findChildren(QLineEdit)[0]


def drag(rail: Rail, mime: QMimeData, point: QPoint) -> QDragMoveEvent:
    view = rail.view.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(point, COPY, mime, LEFT, NO_KEYS))
    move = QDragMoveEvent(point, COPY, mime, LEFT, NO_KEYS)
    QApplication.sendEvent(view, move)
    return move


def drop(rail: Rail, mime: QMimeData, item: Item) -> bool:
    point = middle_of(rail, item)
    if not drag(rail, mime, point).isAccepted():
        return False
    event = QDropEvent(QPointF(point), COPY, mime, LEFT, NO_KEYS)
    QApplication.sendEvent(rail.view.viewport(), event)
    return event.isAccepted()


def test_arrows_go_along_the_places_and_enter_opens(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.assertNotEmitted(rail.opened):
        QTest.keyClick(rail.view, Key.Key_Down)

    with qtbot.waitSignal(rail.opened) as opened:
        QTest.keyClick(rail.view, Key.Key_Return)

    assert opened.args[0].kind is rail.item().kind is Kind.FAVOURITES
    assert [index.data(ITEM_ROLE).kind for index in rail.view.selectedIndexes()] == [Kind.FAVOURITES]


def test_a_click_opens_a_project_to_which_new_orders_belong(qtbot: QtBot, rail: Rail) -> None:
    assert rail.project() is None

    QTest.mouseClick(rail.view.viewport(), LEFT, pos=middle_of(rail, named(rail, "Autumn")))

    assert rail.project() == "id of Autumn"


def test_a_click_on_a_part_of_a_path_shows_what_lies_below_it(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.waitSignal(rail.opened) as opened:
        QTest.mouseClick(rail.view.viewport(), LEFT, pos=middle_of(rail, named(rail, "Clients/Northwind")))

    assert opened.args[0].query == Query(collection="Clients/Northwind")
    assert rail.item().count == 33


def test_what_is_open_stays_open_when_counts_change_and_gives_way_when_it_is_gone(qtbot: QtBot, rail: Rail) -> None:
    rail.open(named(rail, "Moods"))
    with qtbot.assertNotEmitted(rail.opened):
        rail.show_contents(Contents((), (collection("Moods", 2),)))
    assert rail.item().count == 2

    with qtbot.waitSignal(rail.opened) as opened:
        rail.show_contents(Contents())

    assert opened.args[0].kind is rail.item().kind is Kind.ALL


def test_enter_at_a_heading_and_its_button_ask_for_a_name(qtbot: QtBot, rail: Rail) -> None:
    for _ in range(3):
        QTest.keyClick(rail.view, Key.Key_Down)
    QTest.keyClick(rail.view, Key.Key_Return)
    QTest.keyClicks(edit_of(rail), "Winter")

    with qtbot.waitSignal(rail.named) as given:
        QTest.keyClick(edit_of(rail), Key.Key_Return)
    assert (given.args[0].kind, given.args[1]) == (Kind.PROJECTS, "Winter")
    rail.use_name()
    assert rail.name_field() is None

    button = rail.findChild(QPushButton, "new_collection")
    assert button is not None
    assert button.accessibleName() == "New collection"
    QTest.mouseClick(button, LEFT)
    assert edit_of(rail).accessibleName() == "Name, or path/name"


def test_a_refused_name_stays_as_it_was_typed_with_the_reason_beside_it(rail: Rail) -> None:
    rail.name_new(Kind.PROJECTS)
    QTest.keyClicks(edit_of(rail), "Autumn")
    QTest.keyClick(edit_of(rail), Key.Key_Return)

    rail.refuse_name("There is one called “Autumn” already.")

    field = rail.name_field()
    assert field is not None
    assert (field.text(), field.trouble()) == ("Autumn", "There is one called “Autumn” already.")
    QTest.keyClicks(edit_of(rail), "2")
    assert field.trouble() == ""


def test_an_unused_name_field_goes_with_the_keyboard_and_a_used_one_stays(rail: Rail) -> None:
    rail.name_new(Kind.PROJECTS)
    rail.view.setFocus()
    assert rail.name_field() is None

    rail.name_new(Kind.PROJECTS)
    QTest.keyClicks(edit_of(rail), "Winter")
    rail.view.setFocus()

    assert edit_of(rail).text() == "Winter"


def test_f2_renames_in_place_and_escape_leaves_the_name(qtbot: QtBot, rail: Rail) -> None:
    spring = named(rail, "Clients/Northwind/Spring")
    rail.stand_on(spring.key)
    QTest.keyClick(rail.view, Key.Key_F2)
    assert (edit_of(rail).text(), edit_of(rail).selectedText()) == ("Clients/Northwind/Spring", "Spring")

    with qtbot.assertNotEmitted(rail.named):
        QTest.keyClick(edit_of(rail), Key.Key_Escape)
    assert rail.name_field() is None

    QTest.keyClick(rail.view, Key.Key_F2)
    QTest.keyClicks(edit_of(rail), "Summer")
    with qtbot.waitSignal(rail.named) as given:
        QTest.keyClick(edit_of(rail), Key.Key_Return)
    assert (given.args[0].id, given.args[1]) == (spring.id, "Clients/Northwind/Summer")


def test_tab_leaves_the_places(window: MainWindow) -> None:
    window.rail.view.setFocus()
    stops = []
    for _ in range(3):
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Key.Key_Tab)
        stops.append(window.focusWidget())

    assert [stop.accessibleName() for stop in stops[:2] if stop] == ["New project", "New collection"]
    assert not window.rail.isAncestorOf(stops[2])
    assert not window.rail.view.currentIndex().isValid()


def test_the_keyboard_stands_on_what_was_just_made_as_soon_as_it_is_there(rail: Rail) -> None:
    winter = project("Winter", 0)
    rail.view.setFocus()
    rail.stand_on((Kind.PROJECT, winter.id))
    rail.show_contents(replace(CONTENTS, projects=(*CONTENTS.projects, winter)))

    standing = rail.view.current_item()
    assert standing is not None
    assert standing.name == "Winter"


def test_del_deletes_what_the_user_made_and_nothing_else(qtbot: QtBot, rail: Rail) -> None:
    with qtbot.assertNotEmitted(rail.deleted):
        QTest.keyClick(rail.view, Key.Key_Delete)
        rail.stand_on((Kind.BIN, ""))
        QTest.keyClick(rail.view, Key.Key_Delete)

    rail.stand_on(named(rail, "Moods").key)
    with qtbot.waitSignal(rail.deleted) as deleted:
        QTest.keyClick(rail.view, Key.Key_Delete)

    assert deleted.args[0].name == "Moods"


def test_pictures_of_the_gallery_can_be_let_go_on_places_that_take_them(qtbot: QtBot, rail: Rail) -> None:
    for item in (named(rail, "Harbour campaign"), named(rail, "Moods"), Item(Kind.FAVOURITES), Item(Kind.BIN)):
        with qtbot.waitSignal(rail.pictures_dropped) as dropped:
            assert drop(rail, dragged("fox1", "fox2", "fox1"), item)
        assert dropped.args[0].key == item.key
        assert dropped.args[1] == (sha_of("fox1"), sha_of("fox2"))


def test_nothing_can_be_let_go_on_all_on_a_heading_or_from_elsewhere(qtbot: QtBot, rail: Rail) -> None:
    foreign = QMimeData()
    foreign.setUrls([QUrl.fromLocalFile("/home/anna/cat.jpg")])

    with qtbot.assertNotEmitted(rail.pictures_dropped):
        assert not drop(rail, dragged("fox1"), Item(Kind.ALL))
        assert not drop(rail, dragged("fox1"), Item(Kind.PROJECTS))
        assert not drop(rail, foreign, named(rail, "Moods"))


def test_a_closed_collection_opens_when_a_drag_rests_on_it(qtbot: QtBot, rail: Rail) -> None:
    clients = named(rail, "Clients")
    index = rail.view.model().index_of(clients.key)  # type: ignore[attr-defined]  # ours
    rail.view.collapse(index)

    drag(rail, dragged("fox1"), middle_of(rail, clients))

    qtbot.waitUntil(lambda: rail.view.isExpanded(index), timeout=2000)


def test_below_1600_px_the_rail_shows_icons_unless_the_user_wants_words(window: MainWindow) -> None:
    window.resize(1600, 1000)
    wide_px = window.rail.width()
    window.resize(1440, 900)
    assert window.rail.width() < wide_px / 3
    window.rail.show_contents(CONTENTS)
    button = window.rail.findChild(QPushButton, "new_project")
    assert button is not None
    assert button.isVisible()

    window.gallery.setFocus()
    QTest.keyClick(window.gallery, Key.Key_G)

    assert window.rail.width() == wide_px


def test_opening_a_place_asks_for_what_is_in_it(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.show_contents(CONTENTS)

    with qtbot.waitSignal(window.scope_changed) as changed:
        window.rail.open(named(window.rail, "Autumn"))

    assert changed.args[0].project == "id of Autumn"


def test_a_place_opened_by_the_mouse_leaves_the_keyboard_to_the_pictures_and_one_by_keys_keeps_it(
    window: MainWindow,
) -> None:
    window.rail.show_contents(CONTENTS)
    place = named(window.rail, "Autumn")
    window.focus_prompt()
    QTest.mouseClick(window.rail.view.viewport(), LEFT, pos=middle_of(window.rail, place))
    assert window.gallery.hasFocus()
    assert window.rail.item() == place
    assert not window.rail.view.currentIndex().isValid()

    window.rail.view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.rail.view, Key.Key_Down)
    QTest.keyClick(window.rail.view, Key.Key_Return)
    assert window.rail.view.hasFocus()


def test_the_rail_lies_above_the_targets_of_a_drag_of_our_own_pictures_alone(window: MainWindow) -> None:
    handle = window.windowHandle()
    order = window.children

    for mime, is_above in ((dragged("fox1"), True), (_foreign(), False)):
        QApplication.sendEvent(handle, QDragEnterEvent(QPoint(700, 400), COPY, mime, LEFT, NO_KEYS))
        assert window.drop_overlay.isVisible()
        QApplication.processEvents()  # no loop of asyncio runs in these tests, so none can be entered twice
        assert (order().index(window.rail) > order().index(window.drop_overlay)) is is_above
        QApplication.sendEvent(handle, QEvent(QEvent.Type.DragLeave))


def _foreign() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/anna/cat.jpg")])
    return mime
