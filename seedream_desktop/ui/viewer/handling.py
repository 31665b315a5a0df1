"""What the keys of everything that shows a picture large have in common; must not know tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas

_PAN_PX: Final = 80
_OTHER_MEANING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_WAYS: Final = {
    Qt.Key.Key_Up: (0, _PAN_PX),
    Qt.Key.Key_Down: (0, -_PAN_PX),
    Qt.Key.Key_Left: (_PAN_PX, 0),
    Qt.Key.Key_Right: (-_PAN_PX, 0),
}

Handlers = Mapping[CommandId, Callable[[], object]]


def zoom_handlers(canvas: PictureCanvas, backdrop: BackdropChoice) -> Handlers:
    """Return what zooms *canvas* and changes what lies around the picture."""
    return {
        CommandId.TOGGLE_ZOOM: canvas.toggle,
        CommandId.FIT: canvas.fit,
        CommandId.ONE_TO_ONE: partial(canvas.zoom_to, 1.0),
        CommandId.ZOOM_IN: canvas.zoom_in,
        CommandId.ZOOM_OUT: canvas.zoom_out,
        CommandId.BACKDROP: backdrop.choose_next,
    }


def handler_of(event: QKeyEvent, place: Place, key_map: KeyMap, handlers: Handlers) -> Callable[[], object] | None:
    """Return what the user's keys mean here; None when they mean nothing."""
    command = key_map.command_at(place, event.keyCombination())
    return handlers.get(command) if command is not None else None


def arrow_step(event: QKeyEvent) -> int:
    """Return -1 for Left, 1 for Right, and 0 for any other key."""
    if event.modifiers() & _OTHER_MEANING:
        return 0
    return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)


def pans(event: QKeyEvent, canvas: PictureCanvas) -> bool:
    """Move the picture by an arrow; False when it is none, or points sideways and the picture is all seen."""
    way = _WAYS.get(Qt.Key(event.key()))
    if way is None or event.modifiers() & _OTHER_MEANING or (way[0] and not canvas.framing.pans_sideways):
        return False
    canvas.pan(*way)
    return True
