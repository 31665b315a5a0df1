"""What the tests of the reference strip do to it and read off it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip
from seedream_desktop.ui.composer.tile_menu import TileMenu
from seedream_desktop.ui.composer.tile_message import TileMessage
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from tests.ui.composer.settling import settle

ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
TOO_LONG = TileState(Kind.PROBLEM, "pano.jpg is too long.", (Repair.CROP, Repair.REMOVE))
NO_HOST = TileState(Kind.PROBLEM, "fox.jpg has to be hosted.", (Repair.RETRY, Repair.CHOOSE_HOST))


def references(names: str) -> list[Reference]:
    return [Reference(f"/pictures/{name}.jpg") for name in names]


def fill(strip: ReferenceStrip, names: str) -> None:
    strip.set_references(references(names))
    settle()


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
    settle()
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
