"""Tells facts to whoever listens, in order and one at a time."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

from seedream_desktop.domain.events import Event

log = logging.getLogger(__name__)

Listener = Callable[[Event], None]


class Bus:
    """A synchronous bus: an event published by a listener waits until the one before it was told to all."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiting: deque[Event] = deque()
        self._is_telling = False

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell *listener* every event from now on; call what comes back to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell *event* to every listener; one that raises is logged and does not stop the others."""
        self._waiting.append(event)
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._waiting:
                self._tell(self._waiting.popleft())
        finally:
            self._is_telling = False

    def _tell(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:  # a listener's bug must not stop the engine; it is logged whole
                log.exception("a listener failed on %s", type(event).__name__)
