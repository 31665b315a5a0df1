"""The balance as the service told it over time: a hint at whether an order with an unclear outcome was charged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from seedream_desktop.store.database import Database
from seedream_desktop.store.times import to_text, utc_now


@dataclass(frozen=True, slots=True)
class BalancesAround:
    """The last balance read before an order and the first one read after it, in dollars; None where there is none."""

    before_usd: Decimal | None
    after_usd: Decimal | None


class Balances:
    """Every reading of the balance, by its time."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    async def note(self, balance_usd: Decimal) -> None:
        """Commit a reading made just now; raises StorageError."""
        values = (to_text(self._now()), str(balance_usd))
        await self._database.execute("INSERT INTO balances (at, usd) VALUES (?, ?)", values)

    async def around(self, began: datetime, ended: datetime) -> BalancesAround:
        """Return the readings next to an order that was under way from *began* to *ended*; raises StorageError."""
        before = await self._one("SELECT usd FROM balances WHERE at <= ? ORDER BY at DESC LIMIT 1", began)
        after = await self._one("SELECT usd FROM balances WHERE at >= ? ORDER BY at LIMIT 1", ended)
        return BalancesAround(before, after)

    async def _one(self, sql: str, at: datetime) -> Decimal | None:
        row = await self._database.row(sql, (to_text(at),))
        return None if row is None else Decimal(row[0])
