"""What arrived, what was billed and who was told: the service's own books, for tests and for looking at by hand.

Money is taken when a submit is accepted, for every image asked for, and is not given back when fewer arrive.
"""

from __future__ import annotations

import re
import time
from typing import Any

from seedream_desktop.simulator.journal import Journal, Row
from seedream_desktop.simulator.limits import RequestMeter

NONCE = re.compile(r"\[nonce:([^\]]+)\]")


class Ledger:
    """Rows of submits, uploads, callbacks and image requests, written down as they happen."""

    def __init__(self, journal: Journal, opening_balance_usd: float, price_usd: float) -> None:
        self._journal = journal
        self._opening_balance_usd = opening_balance_usd
        self._price_usd = price_usd
        self.meter = RequestMeter()

    def submit_arrived(self, connection: int, nth_on_connection: int) -> str:
        """A submit's first bytes are here; returns its key for `submit`."""
        key = str(len(self._journal.rows("submits")) + 1)
        row: Row = {
            "task_id": None,
            "prompt": None,
            "received_at": time.time(),
            "complete": False,
            "billed": 0,
            "answered": False,
            "status": None,
            "nonce": None,
            "image_urls": [],
            "request": None,
            "connection": connection,
            "nth_on_connection": nth_on_connection,
        }
        self._journal.put("submits", key, row)
        return key

    def submit(self, key: str, **fields: object) -> None:
        """More is known about a submit."""
        self._journal.put("submits", key, fields)

    def submit_read(self, key: str, request: object) -> None:
        """The whole body of a submit was read."""
        given = request.get("input") if isinstance(request, dict) else None
        given = given if isinstance(given, dict) else {}
        prompt = given.get("prompt")
        nonce = NONCE.search(prompt) if isinstance(prompt, str) else None
        self.submit(
            key,
            complete=True,
            request=request,
            prompt=prompt,
            image_urls=given.get("image_urls") or [],
            nonce=nonce[1] if nonce else None,
        )

    def note(self, table: str, row: Row) -> str:
        """Add a row to *table* (uploads, callbacks, authorized_images); returns its key."""
        key = str(len(self._journal.rows(table)) + 1)
        self._journal.put(table, key, row)
        return key

    def change(self, table: str, key: str, **fields: object) -> None:
        """More is known about a row that `note` added."""
        self._journal.put(table, key, fields)

    def balance_usd(self, refunded_images: int = 0) -> float:
        """What is left on the account."""
        billed: int = sum(row["billed"] for row in self._journal.rows("submits").values())
        return round(self._opening_balance_usd - (billed - refunded_images) * self._price_usd, 4)

    def can_pay(self, images: int, refunded_images: int = 0) -> bool:
        """Whether the balance covers *images*."""
        return self.balance_usd(refunded_images) >= round(images * self._price_usd, 4)

    def as_json(self) -> dict[str, Any]:
        """The whole ledger."""
        rows = self._journal.rows
        return {
            "submits": list(rows("submits").values()),
            "uploads": list(rows("uploads").values()),
            "callbacks": list(rows("callbacks").values()),
            "authorized_image_requests": len(rows("authorized_images")),
            "balance_usd": self.balance_usd(),
            "requests_last_minute": self.meter.last_minute(time.monotonic()),
            "most_in_a_minute": self.meter.most_in_a_minute,
            "most_in_a_second": self.meter.most_in_a_second,
        }
