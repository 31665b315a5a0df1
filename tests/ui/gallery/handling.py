"""Hands and eyes for the tests of the gallery: keys, names, what is chosen, and what it told."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery import Gallery
from seedream_desktop.ui.gallery.proxies import CellProxy

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(gallery: Gallery, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(gallery, key, modifier)


def settle(qtbot: QtBot, gallery: Gallery) -> None:
    """Wait until everything in sight is here and named."""
    qtbot.wait(90)
    qtbot.waitUntil(lambda: not gallery._settled.isActive() and gallery._names.is_still)


def names(qtbot: QtBot, gallery: Gallery) -> list[str]:
    settle(qtbot, gallery)
    return [proxy.accessibleName() for proxy in gallery.viewport().findChildren(CellProxy) if proxy.isVisible()]


def middle_of(qtbot: QtBot, gallery: Gallery, name: str) -> QPoint:
    settle(qtbot, gallery)
    proxies = gallery.viewport().findChildren(CellProxy)
    return next(proxy.geometry().center() for proxy in proxies if proxy.accessibleName().startswith(name))


def chosen(gallery: Gallery) -> list[tuple[str, int]]:
    return [(found.id, picture.position) for found, picture in gallery.selected()]


def current(gallery: Gallery) -> tuple[str, int] | None:
    found = gallery.current()
    return (found[0].id, found[1].position) if found else None


def buttons(gallery: Gallery) -> list[QPushButton]:
    return [button for button in gallery.viewport().findChildren(QPushButton) if button.isVisible()]


class Told:
    """Remembers what a gallery told."""

    def __init__(self, gallery: Gallery) -> None:
        self.chosen: list[tuple[Task | None, Picture | None]] = []
        self.opened: list[tuple[Task, Picture]] = []
        self.actions: list[tuple[str, str]] = []
        gallery.picture_chosen.connect(lambda found, picture: self.chosen.append((found, picture)))
        gallery.picture_opened.connect(lambda found, picture: self.opened.append((found, picture)))
        gallery.action_requested.connect(lambda found, action: self.actions.append((found.id, action)))
