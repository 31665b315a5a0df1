"""Where tasks stand, read without reading whole tasks, on an open connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from seedream_desktop.domain.standing import Standing
from seedream_desktop.domain.task import FINAL, MAY_BE_BILLED, TaskId, TaskState
from seedream_desktop.store.errors import DATABASE_DAMAGED, trouble
from seedream_desktop.store.times import from_text, to_text

_LIVE: Final = ", ".join(repr(str(state)) for state in sorted(set(TaskState) - FINAL))
_BILLED: Final = ", ".join(repr(str(state)) for state in sorted(MAY_BE_BILLED))
_STANDINGS: Final = (
    "SELECT id, state, created_at, estimated_cost_usd, (SELECT count(*) FROM attempts"  # noqa: S608 - words of this package
    f" WHERE task_id = tasks.id AND attempts.state IN ({_BILLED})) FROM tasks"
    f" WHERE id IN (SELECT id FROM tasks WHERE state IN ({_LIVE}) UNION SELECT id FROM tasks WHERE created_at >= ?)"
)


def read_standings(connection: sqlite3.Connection, since: datetime) -> tuple[Standing, ...]:
    """Return where every task stands that is not final or was made at *since* (aware) or later, in no order.

    Raises:
        StorageError: with DATABASE_DAMAGED when a row makes no sense.
    """
    return tuple(map(_standing, connection.execute(_STANDINGS, (to_text(since),))))


def _standing(row: Sequence[Any]) -> Standing:
    task_id, state, created_at, cost_usd, sendings = row
    try:
        return Standing(TaskId(task_id), TaskState(state), from_text(created_at), Decimal(cost_usd) * sendings)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise trouble(DATABASE_DAMAGED, f"task {task_id}: {error}") from error
