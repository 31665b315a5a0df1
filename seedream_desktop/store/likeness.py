"""Pictures of the library that look the same, behind `ports.LikenessIndex`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from seedream_desktop.ports.recognition import LIKENESS_BITS, Lookalike
from seedream_desktop.store.database import Database
from seedream_desktop.store.likeness_tables import BANDS

# What `docs/decisions/0032` measures: copies stay within it, different pictures hardly ever come so near.
MOST_DISTANCE: Final = 12
_MOST_FOUND: Final = 12
_BAND_BITS: Final = LIKENESS_BITS // len(BANDS)
_NEIGHBOURS: Final = (0, *(1 << bit for bit in range(_BAND_BITS)))
_MARKS: Final = ", ".join("?" * len(_NEIGHBOURS))
_NEAR: Final = f"SELECT content, bits FROM likenesses WHERE ({' OR '.join(f'{band} IN ({_MARKS})' for band in BANDS)})"  # noqa: S608 - question marks and our own names
_KEEP: Final = (
    f"INSERT INTO likenesses (content, bits, {', '.join(BANDS)})"  # noqa: S608 - the same
    f" VALUES (?, ?, {', '.join('?' * len(BANDS))}) ON CONFLICT DO NOTHING"
)


class SqliteLikenesses:
    """Implements `ports.LikenessIndex`; *writing* takes what is kept, *looking* answers beside it."""

    def __init__(self, looking: Database, writing: Database) -> None:
        self._looking = looking
        self._writing = writing

    async def lookalikes(self, likeness: bytes) -> tuple[Lookalike, ...]:
        """Return up to 12 pictures outside the trash that differ in at most 12 of 128 bits, the most alike first."""
        return await self._looking.read(lambda connection: _lookalikes(connection, likeness))

    async def unseen(self, limit: int) -> tuple[str, ...]:
        """Return up to *limit* pictures on this disk that nobody has looked at yet."""
        sql = "SELECT sha256 FROM likeness_pending LIMIT ?"
        rows: list[Any] = await self._looking.read(lambda connection: connection.execute(sql, (limit,)).fetchall())
        return tuple(name for (name,) in rows)

    async def keep(self, likenesses: Mapping[str, bytes | None]) -> None:
        """Commit the likeness of pictures; None for one that has none."""
        await self._writing.write(lambda connection: _keep(connection, likenesses))


def bands_of(likeness: bytes) -> tuple[int, ...]:
    """Return the likeness as eight numbers of 16 bits, each with a bit of every part of the picture.

    Neighbours in a row would be alike in every picture with a plain sky, and their index of little use.
    """
    bits = int.from_bytes(likeness, "big")
    return tuple(
        sum((bits >> (len(BANDS) * place + band) & 1) << place for place in range(_BAND_BITS))
        for band in range(len(BANDS))
    )


def _lookalikes(connection: sqlite3.Connection, likeness: bytes) -> tuple[Lookalike, ...]:
    wanted = int.from_bytes(likeness, "big")
    values = [number ^ change for number in bands_of(likeness) for change in _NEIGHBOURS]
    near = (
        (distance, content.hex())
        for content, bits in connection.execute(_NEAR, values)
        if (distance := (int.from_bytes(bits, "big") ^ wanted).bit_count()) <= MOST_DISTANCE
    )
    present = ((distance, content) for distance, content in sorted(near) if not _is_in_trash(connection, content))
    return tuple(Lookalike(content, distance) for distance, content in islice(present, _MOST_FOUND))


def _is_in_trash(connection: sqlite3.Connection, content: str) -> bool:
    return connection.execute("SELECT 1 FROM trashed_pictures WHERE sha256 = ?", (content,)).fetchone() is not None


def _keep(connection: sqlite3.Connection, likenesses: Mapping[str, bytes | None]) -> None:
    known = ((bytes.fromhex(content), bits, *bands_of(bits)) for content, bits in likenesses.items() if bits)
    connection.executemany(_KEEP, known)
    connection.executemany("DELETE FROM likeness_pending WHERE sha256 = ?", [(content,) for content in likenesses])
