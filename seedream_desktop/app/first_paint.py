"""Tells when a window was painted for the first time: what comes behind it must not delay that."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

# A window that opens on another desktop, or as an icon, is not painted.
_LIMIT_S: Final = 1.0


class FirstPaint(QObject):
    """Watches *window* from before it is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._is_painted = asyncio.Event()
        window.installEventFilter(self)

    async def wait(self) -> None:
        """Return when the window was painted; after a second in any case."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LIMIT_S):
                await self._is_painted.wait()
        self._window.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the painting; whoever waits goes on when it is done."""
        if event.type() is QEvent.Type.Paint:
            self._is_painted.set()
        return False
