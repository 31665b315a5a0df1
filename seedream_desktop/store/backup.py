"""Dated copies of the database, made by SQLite itself so that they are whole at any moment."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Final

from seedream_desktop.store.database import connect_read_only
from seedream_desktop.store.files import PRIVATE_FILE, make_private, replace_file, sync_path
from seedream_desktop.store.times import for_file_name

KEPT: Final = 10
_PREFIX: Final = "seedream-"


def back_up(database: Path, folder: Path, now: datetime) -> Path:
    """Copy the database into *folder* under a dated name, beside a running program, and return the copy.

    Only the newest ten stay. Raises sqlite3.Error, OSError.
    """
    source = connect_read_only(database)
    try:
        return copy_of(source, folder, now)
    finally:
        source.close()


def copy_of(source: sqlite3.Connection, folder: Path, now: datetime) -> Path:
    """Do the same for an open connection that is in no transaction."""
    target = make_private(folder) / f"{_PREFIX}{for_file_name(now)}.db"
    part = target.with_name(f"{target.name}.part")
    _copy(source, part)
    replace_file(part, target)
    for old in newest_first(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def newest_first(folder: Path) -> list[Path]:
    """Return the copies in *folder*, the newest first; empty when there is no folder."""
    return sorted(folder.glob(f"{_PREFIX}*.db"), reverse=True)


def made_at(backup: Path) -> str:
    """Return when a copy was made, as in its name; such texts sort by time."""
    return backup.stem.removeprefix(_PREFIX)


def _copy(source: sqlite3.Connection, part: Path) -> None:
    part.unlink(missing_ok=True)
    part.touch(mode=PRIVATE_FILE)
    target = sqlite3.connect(part)
    try:
        source.backup(target)
    finally:
        target.close()
    sync_path(part)
