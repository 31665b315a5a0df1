from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.role_menu import RoleMenu
from seedream_desktop.ui.composer.tile_menu import TileMenu
from seedream_desktop.ui.composer.tile_message import TileMessage
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from seedream_desktop.ui.controls.fitting_label import FittingLabel
from seedream_desktop.ui.controls.label import Label

ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
TOO_LONG = TileState(Kind.PROBLEM, "pano.jpg is too long.", (Repair.CROP, Repair.REMOVE))
NO_HOST = TileState(Kind.PROBLEM, "fox.jpg has to be hosted.", (Repair.RETRY, Repair.CHOOSE_HOST))


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> ReferenceStrip:
    """Return a shown strip, as wide as in the composer."""
    theme.apply(qapp, Theme.LIGHT)
    widget = ReferenceStrip()
    qtbot.addWidget(widget)
    widget.resize(308, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def references(names: str) -> list[Reference]:
    return [Reference(f"/pictures/{name}.jpg") for name in names]


def fill(strip: ReferenceStrip, names: str) -> None:
    strip.set_references(references(names))
    QApplication.processEvents()


def names(strip: ReferenceStrip) -> str:
    return "".join(reference.name[0] for reference in strip.references())


def current(strip: ReferenceStrip) -> int:
    return strip.view.currentIndex().row() + 1


def key_of(strip: ReferenceStrip, number: int) -> int:
    return strip.entries()[number - 1].key


def press(strip: ReferenceStrip, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(strip.view, key, modifiers)


def middle(strip: ReferenceStrip, number: int) -> QPoint:
    return strip.view.tile_rect(number - 1).center()


def message(strip: ReferenceStrip) -> str:
    found = strip.findChild(TileMessage)
    assert isinstance(found, TileMessage)
    return found.text()


def repairs(strip: ReferenceStrip) -> list[str]:
    QApplication.processEvents()
    buttons = [button for button in strip.findChildren(QPushButton) if button.objectName().startswith("repair_")]
    return [button.text() for button in buttons if button.isVisible()]


def repair(strip: ReferenceStrip, name: str) -> None:
    button = strip.findChild(QPushButton, f"repair_{name}")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_menu(strip: ReferenceStrip, number: int) -> TileMenu:
    strip.select(number)
    press(strip, Qt.Key.Key_R)
    menu = strip.findChildren(TileMenu)[-1]
    assert menu.isVisible()
    return menu


def trigger(menu: QMenu, text: str) -> None:
    [action] = [action for action in menu.actions() if action.text() == text]
    assert action.isEnabled()
    action.trigger()
    menu.close()


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def drop(view: QWidget, mime: QMimeData, point: QPoint) -> QDropEvent:
    actions, button = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.NoButton
    enter = QDragEnterEvent(point, actions, mime, button, NONE)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(point), actions, mime, button, NONE)
    QApplication.sendEvent(view, event)
    return event


def test_fourteen_are_taken_and_the_others_named(strip: ReferenceStrip) -> None:
    refused: list[str] = []
    strip.refused.connect(refused.append)

    strip.insert([Reference(f"/p/{number}.jpg") for number in range(1, 20)])

    assert len(strip.references()) == 14
    assert refused == [strip.refusal_text()]
    assert refused[0].splitlines() == [
        "15.jpg was left out: the service takes at most 14 references.",
        "16.jpg was left out: the service takes at most 14 references.",
        "17.jpg was left out: the service takes at most 14 references.",
        "And besides: 2.",
    ]
    assert not strip.add_button.isEnabled()


def test_a_full_strip_takes_nothing_more_and_stays_as_it_is(strip: ReferenceStrip) -> None:
    fill(strip, "abcdefghijklmn")
    changes: list[int] = []
    strip.changed.connect(lambda: changes.append(1))

    strip.insert(references("x"), 0)

    assert names(strip) == "abcdefghijklmn"
    assert strip.refusal_text() == "x.jpg was left out: the service takes at most 14 references."
    assert changes == []


def test_what_is_refused_in_one_go_is_shown_together(strip: ReferenceStrip, qtbot: QtBot) -> None:
    fill(strip, "abcdefghijklm")
    strip.insert(references("xy"))
    strip.refuse("notes.txt is no picture.")
    strip.refuse("notes.txt is no picture.", "song.mp3 is no picture.")

    assert strip.refusal_text().splitlines() == [
        "y.jpg was left out: the service takes at most 14 references.",
        "notes.txt is no picture.",
        "song.mp3 is no picture.",
    ]
    qtbot.wait(1)
    strip.refuse("There is no picture in this.")
    assert strip.refusal_text() == "There is no picture in this."
    strip.view.remove_wanted.emit(0)
    assert strip.refusal_text() == ""


def test_references_go_in_where_they_are_put(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.insert(references("xy"), 1)
    strip.insert(references("z"), 99)
    assert names(strip) == "axybcz"


def test_a_double_is_taken_with_a_calm_hint(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    refused: list[str] = []
    strip.refused.connect(refused.append)

    strip.insert(references("b"))

    assert names(strip) == "abb"
    assert strip.refusal_text() == "b.jpg is there already, as number 2."
    assert refused == []


def test_another_part_of_the_same_picture_is_no_double(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    strip.insert([Reference("/pictures/a.jpg", crop=Crop(0, 0, 0.5, 1))])
    assert strip.refusal_text() == ""


def test_the_same_content_under_another_name_is_told_once_it_is_known(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    for number, reference in enumerate(references("ab"), 1):
        strip.set_reference(key_of(strip, number), replace(reference, sha256="1" * 64))

    assert strip.refusal_text() == "b.jpg is there already, as number 1."


def test_what_became_known_is_part_of_the_references_and_asks_for_nothing(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    asked: list[object] = []
    strip.preparation_requested.connect(asked.append)
    known = replace(references("a")[0], sha256="1" * 64)

    strip.set_reference(key_of(strip, 1), known)

    assert strip.references() == (known,)
    assert asked == []


def test_every_reference_that_is_set_is_to_be_prepared(strip: ReferenceStrip) -> None:
    asked: list[str] = []
    strip.preparation_requested.connect(lambda entry: asked.append(entry.reference.name))

    fill(strip, "ab")

    assert asked == ["a.jpg", "b.jpg"]
    assert strip.is_preparing()
    for number in (1, 2):
        strip.set_state(key_of(strip, number), TileState(Kind.READY, "fine"))
    assert not strip.is_preparing()


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        (1, Qt.Key.Key_Right, 2),
        (4, Qt.Key.Key_Right, 5),
        (5, Qt.Key.Key_Left, 4),
        (1, Qt.Key.Key_Left, 1),
        (2, Qt.Key.Key_Down, 6),
        (4, Qt.Key.Key_Down, 7),
        (7, Qt.Key.Key_Down, 7),
        (6, Qt.Key.Key_Up, 2),
        (3, Qt.Key.Key_Up, 3),
        (3, Qt.Key.Key_End, 7),
        (3, Qt.Key.Key_Home, 1),
    ],
)
def test_arrows_go_through_the_grid(strip: ReferenceStrip, start: int, key: Qt.Key, end: int) -> None:
    fill(strip, "abcdefg")
    strip.select(start)
    assert strip.view.hasFocus()

    press(strip, key)

    assert current(strip) == end


@pytest.mark.parametrize("modifiers", [ALT, CTRL])
def test_arrows_with_alt_or_ctrl_carry_the_tile_along(strip: ReferenceStrip, modifiers: Qt.KeyboardModifier) -> None:
    fill(strip, "abcdef")
    strip.select(2)

    press(strip, Qt.Key.Key_Left, modifiers)
    assert (names(strip), current(strip)) == ("bacdef", 1)
    press(strip, Qt.Key.Key_Down, modifiers)
    assert (names(strip), current(strip)) == ("acdebf", 5)
    press(strip, Qt.Key.Key_Down, modifiers)
    assert names(strip) == "acdebf"


def test_delete_goes_on_to_the_neighbour_and_at_last_to_the_button(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.select(2)

    press(strip, Qt.Key.Key_Delete)
    assert (names(strip), current(strip)) == ("ac", 2)
    press(strip, Qt.Key.Key_Backspace)
    assert (names(strip), current(strip)) == ("a", 1)
    press(strip, Qt.Key.Key_Delete)
    assert names(strip) == ""
    assert strip.add_button.hasFocus()


def test_enter_and_double_click_ask_for_a_crop_but_ctrl_enter_does_not(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    asked: list[int] = []
    strip.crop_requested.connect(asked.append)
    strip.select(2)

    press(strip, Qt.Key.Key_Return)
    press(strip, Qt.Key.Key_Return, CTRL)
    QTest.mouseDClick(strip.view.viewport(), Qt.MouseButton.LeftButton, NONE, middle(strip, 1))

    assert asked == [key_of(strip, 2), key_of(strip, 1)]


def test_undo_and_redo_by_key_stand_on_what_changed(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    told: list[dict[int, int | None]] = []
    strip.renumbered.connect(told.append)
    strip.select(3)
    press(strip, Qt.Key.Key_Delete)
    press(strip, Qt.Key.Key_Z, CTRL)

    assert (names(strip), current(strip)) == ("abc", 3)
    assert told == [{3: None}, {}]
    press(strip, Qt.Key.Key_Z, CTRL | SHIFT)
    assert names(strip) == "ab"


def test_undo_takes_back_roles_and_other_pictures_too(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    before = strip.references()
    strip.replace(key_of(strip, 1), Reference("/pictures/z.jpg", role=Role.POSE))
    assert names(strip) == "zb"

    strip.select(2)
    press(strip, Qt.Key.Key_Z, CTRL)

    assert strip.references() == before


@pytest.mark.parametrize("key", ["r", "shift+f10", "menu"])
def test_keys_open_the_menu_of_the_chosen_tile(strip: ReferenceStrip, key: str) -> None:
    fill(strip, "ab")
    strip.select(2)

    if key == "menu":  # Qt makes this event of the key
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(strip.view, QContextMenuEvent(reason, QPoint(), QPoint(), NONE))
    else:
        press(strip, *{"r": (Qt.Key.Key_R, NONE), "shift+f10": (Qt.Key.Key_F10, SHIFT)}[key])

    menus = strip.findChildren(TileMenu)
    assert len(menus) == 1
    texts = [action.text() for action in menus[0].actions() if action.text()]
    assert texts == [
        "Role",
        "Crop…",
        "Replace…",
        "Move earlier",
        "Move later",
        "Show in folder",
        "Remove",
        "Paste picture or link",
    ]
    enabled = {action.text(): action.isEnabled() for action in menus[0].actions()}
    assert enabled["Move earlier"]
    assert not enabled["Move later"]
    menus[0].close()


def test_the_menu_gives_a_role_and_marks_the_present_one(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    [roles] = open_menu(strip, 1).findChildren(RoleMenu)
    assert [action.text() for action in roles.actions() if action.isChecked()] == ["None"]
    trigger(roles, "Text or logo")
    assert strip.references()[0].role is Role.TEXT

    [roles] = open_menu(strip, 1).findChildren(RoleMenu)
    assert [action.text() for action in roles.actions() if action.isChecked()] == ["Text or logo"]
    trigger(roles, "None")
    assert strip.references()[0].role is Role.FREE


def test_the_menu_moves_crops_removes_and_leads_to_the_folder(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    cropped: list[int] = []
    folders: list[int] = []
    strip.crop_requested.connect(cropped.append)
    strip.folder_requested.connect(folders.append)

    trigger(open_menu(strip, 1), "Move later")
    assert names(strip) == "bac"
    trigger(open_menu(strip, 2), "Crop…")
    trigger(open_menu(strip, 2), "Show in folder")
    assert cropped == folders == [key_of(strip, 2)]
    trigger(open_menu(strip, 2), "Remove")
    assert names(strip) == "bc"


def test_the_link_of_a_link_can_be_copied(strip: ReferenceStrip) -> None:
    strip.set_references([Reference("https://example.com/a.png")])
    menu = open_menu(strip, 1)
    assert "Show in folder" not in [action.text() for action in menu.actions()]

    trigger(menu, "Copy link")

    assert QGuiApplication.clipboard().text() == "https://example.com/a.png"


def test_another_file_keeps_the_role_and_loses_the_crop(strip: ReferenceStrip, tmp_path: Path) -> None:
    other = tmp_path / "other.heic"
    other.write_bytes(b"x")
    strip.set_references([Reference("/pictures/a.jpg", role=Role.STYLE, crop=Crop(0, 0, 0.5, 1))])
    trigger(open_menu(strip, 1), "Replace…")
    [dialog] = strip.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile

    dialog.filesSelected.emit([str(other)])
    dialog.close()

    assert strip.references() == (Reference(str(other), role=Role.STYLE),)


def test_the_file_dialog_offers_every_readable_format_and_several_files(strip: ReferenceStrip) -> None:
    chosen: list[list[str]] = []
    strip.files_chosen.connect(chosen.append)
    QTest.mouseClick(strip.add_button, Qt.MouseButton.LeftButton)
    [dialog] = strip.findChildren(QFileDialog)

    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    for pattern in ("*.heic", "*.HEIC", "*.avif", "*.tiff", "*.psd", "*.gif", "*.webp", "*.JPG"):
        assert pattern in dialog.nameFilters()[0]
    dialog.filesSelected.emit(["/p/a.jpg", "/p/b.heic"])
    dialog.close()
    assert chosen == [["/p/a.jpg", "/p/b.heic"]]


def test_a_tile_is_carried_to_the_line_between_two_others(strip: ReferenceStrip) -> None:
    fill(strip, "abcdef")
    viewport = strip.view.viewport()
    told: list[object] = []
    strip.renumbered.connect(told.append)
    between = QPoint(strip.view.tile_rect(2).right() + 4, middle(strip, 1).y())

    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 1))
    QTest.mouseMove(viewport, middle(strip, 2))
    QTest.mouseMove(viewport, between)
    line = viewport.grab().toImage().pixelColor(between)
    assert names(strip) == "abcdef"
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, between)

    assert line == theme.tokens().accent
    assert (names(strip), current(strip)) == ("bcadef", 3)
    assert told == [{1: 3, 2: 1, 3: 2}]
    assert viewport.grab().toImage().pixelColor(between) != theme.tokens().accent


def test_escape_puts_a_carried_tile_back(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    viewport = strip.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 1))
    QTest.mouseMove(viewport, middle(strip, 3))
    press(strip, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, middle(strip, 3))

    assert names(strip) == "abc"


def test_the_sign_in_the_corner_removes(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    corner = strip.view.tile_rect(0).topRight() + QPoint(-10, 10)

    QTest.mouseClick(strip.view.viewport(), Qt.MouseButton.LeftButton, NONE, corner)

    assert names(strip) == "bc"


@pytest.mark.parametrize(
    ("number", "side", "place"), [(1, "left", 0), (2, "left", 1), (2, "right", 2), (4, "right", 4), (6, "left", 5)]
)
def test_a_drop_tells_between_which_tiles_it_fell(strip: ReferenceStrip, number: int, side: str, place: int) -> None:
    fill(strip, "abcdef")
    got: list[tuple[list[str], int]] = []
    strip.dropped_at.connect(lambda mime, at: got.append(([url.toLocalFile() for url in mime.urls()], at)))
    tile = strip.view.tile_rect(number - 1)
    point = QPoint(tile.left() + 6 if side == "left" else tile.right() - 6, tile.center().y())

    event = drop(strip.view.viewport(), files("/p/x.jpg"), point)

    assert got == [(["/p/x.jpg"], place)]
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert names(strip) == "abcdef"


def test_the_chosen_problem_is_spoken_of_else_the_first(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 2), TOO_LONG)
    strip.set_state(key_of(strip, 3), NO_HOST)

    assert message(strip) == "2: pano.jpg is too long."
    assert repairs(strip) == ["Crop…", "Remove"]
    strip.select(3)
    assert message(strip) == "3: fox.jpg has to be hosted."
    assert repairs(strip) == ["Try again", "Choose hosting…"]
    strip.select(1)
    assert message(strip) == "2: pano.jpg is too long."
    assert strip.problems() == ((2, TOO_LONG), (3, NO_HOST))


def test_one_press_repairs_what_the_strip_can_repair(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 2), TOO_LONG)
    cropped: list[int] = []
    strip.crop_requested.connect(cropped.append)

    repair(strip, "crop")
    assert cropped == [key_of(strip, 2)]
    repair(strip, "remove")
    assert names(strip) == "a"
    assert message(strip) == ""
    assert repairs(strip) == []


def test_other_repairs_are_told_with_the_key(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 2), NO_HOST)
    told: list[tuple[int, object]] = []
    strip.repair_requested.connect(lambda key, wanted: told.append((key, wanted)))

    for name in ("choose_host", "retry"):
        repair(strip, name)

    key = key_of(strip, 2)
    assert told == [(key, Repair.CHOOSE_HOST), (key, Repair.RETRY)]


def test_the_message_moves_with_its_tile(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.select(1)
    press(strip, Qt.Key.Key_Right, ALT)

    assert message(strip) == "2: pano.jpg is too long."


def test_what_was_done_to_the_chosen_picture_is_told(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    facts = strip.findChild(FittingLabel, "reference_facts")
    assert isinstance(facts, FittingLabel)
    assert facts.accessibleDescription() == "Being prepared…"
    for number in (1, 2):
        strip.set_state(key_of(strip, number), TileState(Kind.READY, "4032×3024 HEIC → 4032×3024 JPEG"))
    assert "Drag" in facts.accessibleDescription()

    strip.select(2)

    assert facts.accessibleDescription() == "2: 4032×3024 HEIC → 4032×3024 JPEG"


def test_choosing_another_tile_moves_nothing_beneath(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TileState(Kind.READY, "a long story " * 30))
    heights = set()
    for number in (1, 2):
        strip.select(number)
        QApplication.processEvents()
        heights.add(strip.minimumSizeHint().height())

    assert len(heights) == 1


def test_text_mode_greys_the_tiles_keeps_them_and_says_nothing_of_problems(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.set_used(False)

    assert not strip.view.isEnabled()
    assert names(strip) == "ab"
    assert repairs(strip) == []
    strip.set_used(True)
    assert repairs(strip) == ["Crop…", "Remove"]


@pytest.mark.parametrize(("count", "rows"), [(3, 1), (4, 2), (7, 2), (14, 4)])
def test_tiles_are_as_large_as_four_in_a_row_can_be(strip: ReferenceStrip, count: int, rows: int) -> None:
    fill(strip, "abcdefghijklmn"[:count])
    tiles = [strip.view.tile_rect(row) for row in range(count)]

    assert {(tile.width(), tile.height()) for tile in tiles} == {(71, 71)}
    assert len({tile.y() for tile in tiles} | {strip.add_button.y()}) == rows
    assert max(tile.right() for tile in tiles) < 308
    assert not any(strip.add_button.geometry().intersects(tile) for tile in tiles)


def test_every_role_is_readable_on_its_tile(strip: ReferenceStrip) -> None:
    roles = [role for role in Role if role is not Role.FREE]
    strip.set_references([Reference(f"/p/{role}.jpg", role=role) for role in roles])
    white = QImage(80, 80, QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    for entry in strip.entries():
        strip.set_thumbnail(entry.key, white)
        strip.set_state(entry.key, TileState(Kind.READY))
    QApplication.processEvents()

    seen = strip.view.viewport().grab().toImage()
    for row in range(len(roles)):
        tile = strip.view.tile_rect(row)
        # The badge's ground is dark beside the sign, and the tile's own border is still free of it.
        assert seen.pixelColor(tile.left() + 5, tile.bottom() - 5).lightness() < 120
        assert seen.pixelColor(tile.right() - 2, tile.bottom() - 12).lightness() > 240


def test_a_problem_has_its_border_even_with_the_focus_on_it(strip: ReferenceStrip) -> None:
    fill(strip, "ab")
    strip.set_state(key_of(strip, 1), TOO_LONG)
    strip.select(1)
    QApplication.processEvents()
    tile = strip.view.tile_rect(0)
    seen = strip.view.viewport().grab().toImage()

    column = {seen.pixelColor(x, tile.center().y() + 8).name() for x in range(tile.right() - 4, tile.right() + 4)}

    assert theme.tokens().bad.name() in column
    assert theme.tokens().accent.name() in column


def test_the_repair_by_cropping_puts_the_keyboard_on_the_tile(strip: ReferenceStrip) -> None:
    fill(strip, "abc")
    strip.set_state(key_of(strip, 2), TOO_LONG)

    repair(strip, "crop")

    assert strip.view.hasFocus()
    assert current(strip) == 2


def test_text_mode_says_what_the_tiles_are_kept_for(strip: ReferenceStrip) -> None:
    fill(strip, "abc")

    strip.set_used(False)

    assert "3 kept, not sent" in [label.text() for label in strip.findChildren(Label)]


def test_a_full_strip_offers_no_more_room(strip: ReferenceStrip) -> None:
    fill(strip, "abcdefghijklm")
    assert strip.add_button.isVisible()

    strip.insert(references("n"))

    assert not strip.add_button.isVisible()


def test_until_when_a_picture_is_hosted_is_told_of_the_chosen_one(strip: ReferenceStrip) -> None:
    fill(strip, "a")
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    strip.set_state(key_of(strip, 1), TileState(Kind.HOSTED, "800×600 JPEG", until=noon))

    strip.select(1)

    facts = strip.findChild(FittingLabel, "reference_facts")
    assert isinstance(facts, FittingLabel)
    assert "800×600 JPEG" in facts.accessibleDescription()
    assert "Hosted until" in facts.accessibleDescription()
