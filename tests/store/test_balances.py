"""What the balance did around an order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from seedream_desktop.store.balances import Balances, BalancesAround
from seedream_desktop.store.opening import open_store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_the_readings_next_to_the_order_are_found(tmp_path: Path) -> None:
    store = await open_store(tmp_path / "data", tmp_path / "library")
    times = iter(NOON + timedelta(minutes=minutes) for minutes in (0, 5, 20, 30))
    balances = Balances(store.database, lambda: next(times))
    try:
        for reading in ("73.00", "72.95", "72.79", "70.00"):
            await balances.note(Decimal(reading))

        around = await balances.around(NOON + timedelta(minutes=6), NOON + timedelta(minutes=8))
        before_all = await balances.around(NOON - timedelta(hours=1), NOON - timedelta(hours=1))
    finally:
        await store.close()

    assert around == BalancesAround(Decimal("72.95"), Decimal("72.79"))
    assert before_all == BalancesAround(None, Decimal("73.00"))
