"""What the service remembers across a restart: tables of rows in one append-only file.

Every change is one line written at once, so killing the process can only lose a line's tail, never an older line.
It is not fsynced: it survives a kill of the process, not a power cut.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Journal:
    """Tables of rows by key; `put` merges fields into a row and writes them down before it returns."""

    def __init__(self, file: Path) -> None:
        self._tables: dict[str, dict[str, Row]] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        self._replay(file)
        self._fd = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def put(self, table: str, key: str, fields: Row) -> None:
        """Merge *fields* into the row *key* of *table*, making the row if there is none."""
        self._merge(table, key, fields)
        line = json.dumps([table, key, fields]) + "\n"
        os.write(self._fd, line.encode())

    def rows(self, table: str) -> dict[str, Row]:
        """The rows of *table* by key, in the order of their first `put`; a live view, to be read only."""
        return self._tables.setdefault(table, {})

    def close(self) -> None:
        """Close the file; nothing may be put afterwards."""
        os.close(self._fd)

    def _merge(self, table: str, key: str, fields: Row) -> None:
        self._tables.setdefault(table, {}).setdefault(key, {}).update(fields)

    def _replay(self, file: Path) -> None:
        if not file.exists():
            return
        whole = file.read_bytes()
        kept = whole[: whole.rfind(b"\n") + 1]
        for line in kept.splitlines():
            table, key, fields = json.loads(line)
            self._merge(table, key, fields)
        if len(kept) < len(whole):
            os.truncate(file, len(kept))
