"""The words for the way to the service; apart, for the events are not needed to show a window."""

from __future__ import annotations

from typing import Final

from seedream_desktop.domain.events import Connection
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say

_CONNECTIONS: Final[dict[Connection, str]] = {
    Connection.READY: QT_TRANSLATE_NOOP("Sentences", "Ready"),
    Connection.OFFLINE: QT_TRANSLATE_NOOP("Sentences", "Not reachable, will go on by itself"),
    Connection.BUSY: QT_TRANSLATE_NOOP("Sentences", "The service asks to wait a moment"),
    Connection.KEY_MISSING: QT_TRANSLATE_NOOP("Sentences", "No API key yet: add it in Settings"),
    Connection.KEY_REFUSED: QT_TRANSLATE_NOOP("Sentences", "API key refused: everything waits"),
}


def connection_sentence(connection: Connection) -> str:
    """Return the dock's words about the way to the service."""
    return say(_CONNECTIONS[connection])
