"""The one place where the composer's tests let Qt's own loop run."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication


def settle() -> None:
    """Let what was put off be laid out and painted: the tests measure it, and no signal tells that it is done."""
    QApplication.processEvents()  # no loop of asyncio runs in these tests, so none can be entered twice
