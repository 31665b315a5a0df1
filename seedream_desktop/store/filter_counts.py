"""How many orders each value of a filter would show, found in one reading of the gallery's narrow rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.searching import FilterCounts
from seedream_desktop.store.conditions import answer_to
from seedream_desktop.store.database import Database

_COLUMNS: Final = "g.aspect_ratio, g.resolution, g.mode, g.state"
_RATIO, _RESOLUTION, _MODE, _STATE = range(4)


class SqliteFilterCounts:
    """Implements `ports.searching.FilterCounter`; *looking* answers, and every call raises StorageError."""

    def __init__(self, looking: Database) -> None:
        self._looking = looking

    async def counts(self, query: Query) -> FilterCounts:
        """Return for each ratio, size, mode and state how many orders fit *query* with that value asked for.

        What else is asked of the same kind is set aside: several ratios widen the answer, so that each shows what it
        would add.
        """
        answer = answer_to(replace(query, ratios=(), resolutions=(), modes=(), states=()))
        sql = (
            f"SELECT {_COLUMNS}, count(*) FROM ({answer.sql}) AS a"  # noqa: S608 - words of this package
            f" JOIN gallery_groups AS g ON g.number = a.number GROUP BY {_COLUMNS}"
        )
        rows = await self._looking.read(lambda connection: connection.execute(sql, answer.values).fetchall())
        return _counts(rows, query)


def _counts(rows: Sequence[Any], query: Query) -> FilterCounts:
    asked: tuple[Sequence[str], ...] = (query.ratios, query.resolutions, query.modes, query.states)

    def of(column: int) -> Counter[str]:
        fitting = (row for row in rows if _fits_others(row, asked, column))
        return _summed((row[column], row[-1]) for row in fitting)

    return FilterCounts(
        ratios={AspectRatio(word): count for word, count in of(_RATIO).items() if word in set(AspectRatio)},
        resolutions={Resolution(word): count for word, count in of(_RESOLUTION).items()},
        modes={Mode(word): count for word, count in of(_MODE).items()},
        states={TaskState(word): count for word, count in of(_STATE).items()},
    )


def _fits_others(row: Sequence[Any], asked: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a row has what is asked for in all columns but *column*."""
    return all(at == column or not wanted or row[at] in wanted for at, wanted in enumerate(asked))


def _summed(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in pairs:
        found[word] += count
    return found
