"""What the tests of the composer look for in it, by the names that people and screen readers know."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.controls.message_line import MessageLine

LINK = "https://example.com/fox.png"
NAMES = (
    "Prompt",
    "Text to image",
    "Image to image",
    "2K",
    "4K",
    "Auto",
    *(ratio.value for ratio in AspectRatio),
    "Number of images",
    "Connected set",
    "Advanced",
    "Add references",
    "References",
)
WHOLE = GenerationRequest(
    prompt="a red\u00a0fox\nin snow",
    mode=Mode.IMAGE_TO_IMAGE,
    resolution=Resolution.FOUR_K,
    aspect_ratio=AspectRatio.PORTRAIT_3_4,
    count=3,
    sequence=True,
    provider=Provider.OFFICIAL,
    references=(Reference(LINK),),
    callback_url="https://example.com/done",
)


def control_named(composer: QWidget, name: str) -> QWidget:
    found = [widget for widget in composer.findChildren(QWidget) if widget.accessibleName() == name]
    assert len(found) == 1, f"{len(found)} controls are named {name}"
    return found[0]


def button_named(composer: Composer, name: str) -> QPushButton:
    button = control_named(composer, name)
    assert isinstance(button, QPushButton)
    return button


def prompt_of(composer: Composer) -> QPlainTextEdit:
    editor = control_named(composer, "Prompt")
    assert isinstance(editor, QPlainTextEdit)
    return editor


def generate_of(composer: Composer) -> QPushButton:
    button = composer.findChild(QPushButton, "generate")
    assert isinstance(button, QPushButton)
    return button


def sentences_of(composer: Composer) -> list[str]:
    return [line.text() for line in composer.findChildren(MessageLine) if line.isVisible()]


def orders_of(composer: Composer) -> list[GenerationRequest]:
    sent: list[GenerationRequest] = []
    composer.requested.connect(sent.append)
    return sent


def drop_on(composer: Composer, mime: QMimeData) -> QDropEvent:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(20, 20), actions, mime, no_button, no_key)
    composer.dropEvent(event)
    return event
