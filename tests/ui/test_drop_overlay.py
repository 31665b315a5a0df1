from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui import theme
from seedream_desktop.ui.drop_overlay import Target
from seedream_desktop.ui.intake.offer import Intake
from seedream_desktop.ui.main_window import SMALLEST_SIZE_PX, MainWindow
from tests.recorded_mime import NAMES, recorded

WORDS = ("chromium-drag-text", "firefox-drag-text")
PICTURES = tuple(name for name in NAMES if name not in WORDS)


@dataclass
class Hand:
    """A pointer with something hanging on it, that moves over the window as Qt's window system tells it."""

    window: MainWindow

    def enter(self, mime: QMimeData, over: QWidget, actions: Qt.DropAction = Qt.DropAction.CopyAction) -> bool:
        self._mime, self._actions = mime, actions
        point = self._middle(over)
        return self._send(QDragEnterEvent(point, actions, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)))

    def move(self, over: QWidget) -> bool:
        point, copy = self._middle(over), self._actions
        return self._send(QDragMoveEvent(point, copy, self._mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)))

    def drop(self, over: QWidget) -> Qt.DropAction:
        self.move(over)
        where, actions = self._middle(over).toPointF(), self._actions
        event = QDropEvent(where, actions, self._mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
        self._send(event)
        return event.dropAction()

    def leave(self) -> None:
        self._send(QDragLeaveEvent())

    def _middle(self, over: QWidget) -> QPoint:
        return over.mapTo(self.window, over.rect().center())

    def _send(self, event: QDragEnterEvent | QDragMoveEvent | QDropEvent | QDragLeaveEvent) -> bool:
        QGuiApplication.sendEvent(self.window.windowHandle(), event)
        return event.isAccepted()


@dataclass
class Heard:
    """What the window told of drops."""

    dropped: list[tuple[Intake, Target]]
    offered: list[tuple[Intake, int | None]]


@pytest.fixture
def hand(window: MainWindow) -> Hand:
    return Hand(window)


@pytest.fixture
def heard(window: MainWindow) -> Heard:
    heard = Heard([], [])
    window.drop_overlay.dropped.connect(lambda taken, target: heard.dropped.append((taken, target)))
    window.composer.pictures_offered.connect(lambda taken, at: heard.offered.append((taken, at)))
    return heard


def file() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl("file:///tmp/a.jpg")])
    return mime


@pytest.mark.parametrize("name", PICTURES)
def test_everything_real_programs_drag_can_be_let_go_anywhere_in_the_window(
    hand: Hand, heard: Heard, window: MainWindow, name: str
) -> None:
    assert hand.enter(recorded(name), window.dock)
    assert window.drop_overlay.isVisible()

    assert hand.drop(window.dock) is Qt.DropAction.CopyAction

    ((taken, target),) = heard.dropped
    assert target is Target.REFERENCE
    assert taken.items
    assert not window.drop_overlay.isVisible()


@pytest.mark.parametrize("name", PICTURES)
def test_on_the_tiles_everything_real_programs_drag_is_taken_by_the_composer(
    qtbot: QtBot, hand: Hand, heard: Heard, window: MainWindow, name: str
) -> None:
    hand.enter(recorded(name), window.gallery)

    hand.drop(window.composer.references)

    assert [bool(taken.items) for taken, _ in heard.offered] == [True]
    assert heard.dropped == []
    qtbot.waitUntil(lambda: not window.drop_overlay.isVisible())


@pytest.mark.parametrize("name", WORDS)
def test_words_show_no_targets(hand: Hand, window: MainWindow, name: str) -> None:
    assert not hand.enter(recorded(name), window.gallery)
    assert not window.drop_overlay.isVisible()


def test_what_can_only_be_moved_is_not_taken(hand: Hand, window: MainWindow) -> None:
    assert not hand.enter(file(), window.gallery, Qt.DropAction.MoveAction)
    assert not window.drop_overlay.isVisible()


@pytest.mark.parametrize("target", list(Target))
def test_the_target_under_the_pointer_lights_up_and_is_told(
    hand: Hand, heard: Heard, window: MainWindow, target: Target
) -> None:
    overlay = window.drop_overlay
    hand.enter(file(), window.dock)

    hand.move(overlay.card(target))
    lit = [card.target for card in overlay.cards if card.is_under_pointer]
    hand.drop(overlay.card(target))

    assert lit == [target]
    assert [(taken.sources, told) for taken, told in heard.dropped] == [(("/tmp/a.jpg",), target)]


def test_only_what_has_bytes_here_can_be_looked_up(hand: Hand, window: MainWindow) -> None:
    def targets() -> list[Target]:
        return [card.target for card in window.drop_overlay.cards if card.isVisible()]

    hand.enter(file(), window.gallery)
    with_a_file = targets()
    hand.enter(recorded("firefox-drag-plain"), window.gallery)

    assert with_a_file == list(Target)
    assert targets() == [Target.REFERENCE]


def test_over_the_composer_no_target_is_lit(hand: Hand, window: MainWindow) -> None:
    hand.enter(file(), window.gallery)

    hand.move(window.composer.references)

    assert window.drop_overlay.isVisible()
    assert not any(card.is_under_pointer for card in window.drop_overlay.cards)


def test_the_targets_vanish_when_the_drag_leaves_and_come_back_with_it(
    qtbot: QtBot, hand: Hand, window: MainWindow
) -> None:
    hand.enter(file(), window.gallery)
    hand.leave()
    qtbot.waitUntil(lambda: not window.drop_overlay.isVisible())

    hand.enter(file(), window.gallery)
    hand.leave()
    hand.enter(file(), window.gallery)
    qtbot.wait(20)

    assert window.drop_overlay.isVisible()


def test_a_forgotten_overlay_vanishes_when_the_mouse_is_used_again(hand: Hand, window: MainWindow) -> None:
    hand.enter(file(), window.gallery)
    place = window.drop_overlay.card(Target.REFERENCE).geometry().center()

    QTest.mouseMove(window.windowHandle(), place)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), place)

    assert not window.drop_overlay.isVisible()


def test_without_a_drag_every_click_reaches_what_is_beneath(window: MainWindow) -> None:
    assert not window.drop_overlay.isVisible()
    assert window.childAt(window.dock.mapTo(window, window.dock.rect().center())) is not window.drop_overlay


def test_a_picture_that_turns_out_to_be_none_is_said_to_be_none(hand: Hand, heard: Heard, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setData("image/png", b"this is no picture, whatever its name")
    hand.enter(mime, window.gallery)

    hand.drop(window.gallery)

    assert heard.dropped == []
    assert window.composer.references.refusal_text() == "There is no picture and no link of one in this."


def test_the_veil_leaves_the_colours_of_the_window_as_they_were(hand: Hand, window: MainWindow) -> None:
    hand.enter(file(), window.gallery)

    window.grab()

    assert theme.tokens().ground.alpha() == 255


def test_in_the_smallest_window_every_target_is_whole(hand: Hand, window: MainWindow) -> None:
    window.resize(*SMALLEST_SIZE_PX)

    hand.enter(file(), window.dock)

    for card in window.drop_overlay.cards:
        place = card.rect().translated(card.mapTo(window, QPoint()))
        assert window.rect().contains(place)
        assert card.height() >= card.minimumSizeHint().height()
        assert not place.intersects(window.composer.geometry())


def test_the_targets_have_names_for_those_who_cannot_see_them(window: MainWindow) -> None:
    names = [(card.objectName(), card.accessibleName()) for card in window.drop_overlay.cards]

    assert names == [
        ("drop_reference", "Use as reference"),
        ("drop_settings", "Use its settings"),
        ("drop_next_frame", "Next frame"),
        ("drop_library", "Find in the library"),
    ]
    assert window.drop_overlay.accessibleName() == "Drop targets"
