"""The menu of a tile, and the dialogs in which files are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.role_menu import RoleMenu
from seedream_desktop.ui.composer.tile_menu import TileMenu
from tests.ui.composer.strip_parts import (
    NONE,
    SHIFT,
    fill,
    key_of,
    names,
    open_menu,
    press,
    trigger,
)


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
