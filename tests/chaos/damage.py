"""Ways to damage a database, each a small function from a data folder and a die to what was done."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

Damage = Callable[[Path, random.Random], None]
PAGE_BYTES: Final = 4096
_HEADER_BYTES: Final = 100


def flip_bytes(database: Path, chance: random.Random) -> None:
    """Change one to 64 bytes anywhere."""
    _flip(database, chance, chance.choice((1, 4, 16, 64)))


def flip_header(database: Path, chance: random.Random) -> None:
    """Change one to four bytes of the header: versions, sizes, counters."""
    _flip(database, chance, chance.randint(1, 4), below=_HEADER_BYTES)


def cut(database: Path, chance: random.Random) -> None:
    """Truncate anywhere."""
    _write(database, database.read_bytes()[: chance.randrange(database.stat().st_size)])


def cut_at_page(database: Path, chance: random.Random) -> None:
    """Lose whole pages at the end."""
    pages = database.stat().st_size // PAGE_BYTES
    _write(database, database.read_bytes()[: chance.randrange(pages) * PAGE_BYTES])


def zero_header(database: Path, chance: random.Random) -> None:
    """Zero the header."""
    _write(database, bytes(_HEADER_BYTES) + database.read_bytes()[_HEADER_BYTES:])


def zero_page(database: Path, chance: random.Random) -> None:
    """Zero a page, as a disk does that lost one."""
    _overwrite(database, _a_page(database, chance), bytes(PAGE_BYTES))


def swap_pages(database: Path, chance: random.Random) -> None:
    """Exchange two pages."""
    data = database.read_bytes()
    first, second = _a_page(database, chance), _a_page(database, chance)
    one, other = data[first : first + PAGE_BYTES], data[second : second + PAGE_BYTES]
    _overwrite(database, first, other)
    _overwrite(database, second, one)


def become_noise(database: Path, chance: random.Random) -> None:
    """Be something else altogether."""
    _write(database, chance.randbytes(database.stat().st_size))


def become_empty(database: Path, chance: random.Random) -> None:
    """Keep the name and lose the content."""
    _write(database, b"")


def vanish(database: Path, chance: random.Random) -> None:
    """Lose the database and keep its companions."""
    database.unlink()


def lose_log(database: Path, chance: random.Random) -> None:
    """Lose the write-ahead log and with it what was committed last."""
    _companion(database, "wal").unlink(missing_ok=True)
    _companion(database, "shm").unlink(missing_ok=True)


def empty_log(database: Path, chance: random.Random) -> None:
    """Empty the write-ahead log."""
    _write(_companion(database, "wal"), b"")


def cut_log(database: Path, chance: random.Random) -> None:
    """Truncate the write-ahead log."""
    log = _companion(database, "wal")
    data = log.read_bytes() if log.exists() else b""
    _write(log, data[: chance.randrange(len(data) + 1)])


def flip_log(database: Path, chance: random.Random) -> None:
    """Change bytes of the write-ahead log."""
    log = _companion(database, "wal")
    if log.exists() and log.stat().st_size:
        _flip(log, chance, chance.choice((1, 16)))
    else:
        _write(log, chance.randbytes(5000))


def foreign_log(database: Path, chance: random.Random) -> None:
    """Put another database's write-ahead log beside it."""
    other = database.with_name("other.db")
    connection = sqlite3.connect(other, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE other (text)")
    connection.execute("INSERT INTO other VALUES (?)", (chance.random(),))
    log = _companion(other, "wal").read_bytes()
    connection.close()
    other.unlink()
    _write(_companion(database, "wal"), log)


def foreign_index(database: Path, chance: random.Random) -> None:
    """Put rubbish in the place of the log's index."""
    _write(_companion(database, "shm"), chance.randbytes(32768))


def be_of_version(database: Path, chance: random.Random) -> None:
    """Say another schema version in the header."""
    version = chance.choice((0, 2, 9999, -1, -(2**31)))
    _overwrite(database, 60, version.to_bytes(4, "big", signed=True))


ALL: Final[tuple[Damage, ...]] = (
    *(flip_bytes, flip_header, cut, cut_at_page, zero_header, zero_page, swap_pages, become_noise, become_empty),
    *(vanish, lose_log, empty_log, cut_log, flip_log, foreign_log, foreign_index, be_of_version),
)


def _companion(database: Path, kind: str) -> Path:
    return database.with_name(f"{database.name}-{kind}")


def _a_page(database: Path, chance: random.Random) -> int:
    return chance.randrange(database.stat().st_size // PAGE_BYTES) * PAGE_BYTES


def _flip(path: Path, chance: random.Random, count: int, below: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(count):
        data[chance.randrange(min(len(data), below or len(data)))] ^= chance.randint(1, 255)
    _write(path, bytes(data))


def _overwrite(path: Path, at: int, data: bytes) -> None:
    old = path.read_bytes()
    _write(path, old[:at] + data + old[at + len(data) :])


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
