"""What the tests of the prompt's figures and of the pre-flight do to a composer."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.reference_view import ReferenceView
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from tests.ui.composer.parts import control_named, prompt_of

READY = TileState(Kind.READY, "as it is")
DAMAGED = TileState(Kind.PROBLEM, "It is damaged.", (Repair.REMOVE,))


def link(name: str, role: Role = Role.FREE) -> Reference:
    return Reference(f"https://example.com/{name}.png", role=role)


def links(names: str) -> tuple[Reference, ...]:
    return tuple(link(name) for name in names)


def tell(composer: Composer, state: TileState, *numbers: int) -> None:
    """Tell *state* of the references with *numbers*, of all without any."""
    for number, entry in enumerate(composer.references.entries(), 1):
        if not numbers or number in numbers:
            composer.references.set_state(entry.key, state)


def tiles_of(composer: Composer) -> ReferenceView:
    view = control_named(composer, "References")
    assert isinstance(view, ReferenceView)
    return view


def order_of(composer: Composer) -> str:
    return "".join(reference.name[0] for reference in composer.references.references())


def write(composer: Composer, text: str) -> QPlainTextEdit:
    """Type *text* at the end of the prompt, key by key; what no key of Qt's tests gives is put in."""
    editor = prompt_of(composer)
    composer.activateWindow()
    composer.focus_prompt()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    for char in text:
        if char.isascii():
            QTest.keyClicks(editor, char)
        else:
            editor.insertPlainText(char)
    return editor
