"""Keeps the full-text index up with the tasks: reads what the triggers noted, a little at a time.

The index holds nothing that is not elsewhere. When it is damaged it is made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from seedream_desktop.store.codec import request_from_json
from seedream_desktop.store.rows import clean
from seedream_desktop.store.tokens import spaced

_PENDING: Final = "SELECT task_id FROM search_pending LIMIT ?"
_TASK: Final = (
    "SELECT g.number, t.prompt, t.request FROM tasks AS t JOIN gallery_groups AS g ON g.task_id = t.id WHERE t.id = ?"
)
_NOTES: Final = (
    "SELECT DISTINCT note FROM pictures JOIN judgments USING (sha256) WHERE task_id = ? AND note != '' ORDER BY note"
)
_TAGS: Final = "SELECT DISTINCT tag FROM pictures JOIN picture_tags USING (sha256) WHERE task_id = ? ORDER BY tag"
_NAMES: Final = "SELECT saved_path FROM pictures WHERE task_id = ? AND saved_path IS NOT NULL ORDER BY position"


def read_pending(connection: sqlite3.Connection, limit: int) -> int:
    """Bring up to *limit* changed tasks into the index, inside somebody else's transaction; return how many."""
    pending = [str(name) for (name,) in connection.execute(_PENDING, (limit,))]
    if not pending:
        return 0
    _read_in(connection, pending)
    connection.executemany("DELETE FROM search_pending WHERE task_id = ?", [(name,) for name in pending])
    return len(pending)


def make_anew(connection: sqlite3.Connection) -> None:
    """Empty the index and note every task as pending, inside somebody else's transaction."""
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone()
    connection.execute("DROP TABLE search")
    connection.execute(sql)
    connection.execute("INSERT INTO search_pending (task_id) SELECT id FROM tasks WHERE true ON CONFLICT DO NOTHING")


def _read_in(connection: sqlite3.Connection, task_ids: Iterable[str]) -> None:
    for task_id in task_ids:
        row = connection.execute(_TASK, (task_id,)).fetchone()
        if row is None:
            continue
        number, prompt, request = row
        connection.execute("DELETE FROM search WHERE rowid = ?", (number,))
        texts = spaced(prompt), spaced(_words_of(connection, task_id))
        connection.execute("INSERT INTO search (rowid, prompt, words) VALUES (?, ?, ?)", (number, *texts))
        _note_references(connection, task_id, request)


def _words_of(connection: sqlite3.Connection, task_id: str) -> str:
    """Return tags, notes and file names; a line each, so that no phrase reaches from one into the next by chance."""
    words = [str(word) for sql in (_TAGS, _NOTES) for (word,) in connection.execute(sql, (task_id,))]
    names = [PurePath(path).stem for (path,) in connection.execute(_NAMES, (task_id,))]
    return "\n".join((*words, *names))


def _note_references(connection: sqlite3.Connection, task_id: str, request: str) -> None:
    connection.execute("DELETE FROM task_references WHERE task_id = ?", (task_id,))
    rows = [(task_id, sha256) for sha256 in _references_in(request)]
    connection.executemany("INSERT INTO task_references (task_id, sha256) VALUES (?, ?)", rows)


def _references_in(request: str) -> Sequence[str]:
    try:
        references = request_from_json(json.loads(request)).references
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()  # told where the task itself is read
    return sorted({clean(each.sha256) for each in references if each.sha256})
