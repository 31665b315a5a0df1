"""The prompts of all orders by time, one at a time."""

from __future__ import annotations

import sqlite3
from typing import Final

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.prompt_history import OrderedPrompt
from seedream_desktop.store.database import Database
from seedream_desktop.store.rows import clean

_NEWEST: Final = "SELECT id, prompt FROM tasks WHERE prompt != ? ORDER BY created_at DESC, id DESC LIMIT 1"
_OLDER: Final = (
    "SELECT id, prompt FROM tasks WHERE prompt != ? AND (created_at, id) < (SELECT created_at, id FROM tasks"
    " WHERE id = ?) ORDER BY created_at DESC, id DESC LIMIT 1"
)
_NEWER: Final = (
    "SELECT id, prompt FROM tasks WHERE prompt != ? AND (created_at, id) > (SELECT created_at, id FROM tasks"
    " WHERE id = ?) ORDER BY created_at, id LIMIT 1"
)


class SqlitePromptHistory:
    """Implements `ports.prompt_history.PromptHistory`; *looking* answers."""

    def __init__(self, looking: Database) -> None:
        self._looking = looking

    async def older(self, than: TaskId | None, other_than: str) -> OrderedPrompt | None:
        """Return the nearest one before the order *than*, with None the newest, whose words are not *other_than*."""
        if than is None:
            return await self._first(_NEWEST, clean(other_than))
        return await self._first(_OLDER, clean(other_than), than)

    async def newer(self, than: TaskId, other_than: str) -> OrderedPrompt | None:
        """Return the nearest one after the order *than* whose words are not *other_than*."""
        return await self._first(_NEWER, clean(other_than), than)

    async def _first(self, sql: str, *values: str) -> OrderedPrompt | None:
        def work(connection: sqlite3.Connection) -> OrderedPrompt | None:
            row = connection.execute(sql, values).fetchone()
            return None if row is None else OrderedPrompt(TaskId(row[0]), row[1])

        return await self._looking.read(work)
