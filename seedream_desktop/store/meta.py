"""Small facts beside the tasks: who this data folder is, which folders the user chose, the unsent draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.store.codec import canonical, request_from_json, request_to_json
from seedream_desktop.store.database import Database
from seedream_desktop.store.times import to_text, utc_now

_OPEN: Final = "is open"
_IDENTITY: Final = "data_folder.identity"
_COMPOSER: Final = "composer"


class Meta:
    """Texts by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return the value, or None; raises StorageError."""
        row = await self._database.row("SELECT value FROM meta WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    async def put(self, key: str, value: str) -> None:
        """Commit a value; raises StorageError."""
        await self._database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def identity_of(machine: str, data_dir: Path) -> str:
    """Return the identity of a data folder on a machine: another machine or another place gives another one."""
    return hashlib.sha256(f"{machine}\n{data_dir.resolve()}".encode(errors="surrogateescape")).hexdigest()


class DataFolder:
    """What the data folder remembers of itself, by which a copy is told from the folder it was made of."""

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    async def identity(self) -> str | None:
        """Return the identity written last, or None in a new folder; raises StorageError."""
        return await self._meta.get(_IDENTITY)

    async def is_open(self) -> bool:
        """Return whether a program has the folder open, or died with it open; raises StorageError."""
        return await self._meta.get(_OPEN) == "yes"

    async def set_open(self, *, is_open: bool) -> None:
        """Commit whether a program has the folder open; raises StorageError."""
        await self._meta.put(_OPEN, "yes" if is_open else "no")

    async def remember(self, identity: str) -> None:
        """Commit *identity* as the folder's own; raises StorageError."""
        await self._meta.put(_IDENTITY, identity)


class Drafts:
    """What the user has written and not sent, kept from one run to the next."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def save_draft(self, request: GenerationRequest) -> None:
        """Commit the composer's content; raises StorageError."""
        sql = "INSERT OR REPLACE INTO drafts (name, saved_at, request) VALUES (?, ?, ?)"
        await self._database.execute(sql, (_COMPOSER, to_text(self._now()), canonical(request_to_json(request))))

    async def load_draft(self) -> GenerationRequest | None:
        """Return the composer's content, or None when none was saved; raises StorageError."""
        row = await self._database.row("SELECT request FROM drafts WHERE name = ?", (_COMPOSER,))
        try:
            return None if row is None else request_from_json(json.loads(row[0]))
        except (KeyError, TypeError, ValueError):
            return None  # an odd draft must not keep the window from opening
