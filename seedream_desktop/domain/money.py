"""Estimates of what a request costs; the service's balance call has the last word."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from seedream_desktop.domain.task import Task

DEFAULT_PRICE_USD: Final = Decimal("0.04")


def estimate_usd(count: int, price_usd: Decimal) -> Decimal:
    """Return the dollars *count* pictures cost at *price_usd* each."""
    return count * price_usd


def spent_usd(tasks: Iterable[Task]) -> Decimal:
    """Return the dollars of all orders that were billed or may have been; unclear ones count as spent."""
    return sum((task.estimated_cost_usd * task.billable_attempts for task in tasks), Decimal(0))


def dollars(amount_usd: Decimal) -> str:
    """Return the amount as the window shows it: two decimals, up to four where they matter."""
    rounded = amount_usd.quantize(Decimal("0.0001"))
    cents = rounded.quantize(Decimal("0.01"))
    shown = cents if cents == rounded else rounded.normalize()
    return f"-${-shown:f}" if shown < 0 else f"${abs(shown):f}"
