"""What can be set about one simulator, with the units in the names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

LINKS_LIVE_S = 15 * 24 * 3600.0
"""How long result links live (API page; an older one says 24 hours)."""

READINGS = {
    "refusals-with-200": "a refused call has HTTP status 200 and its code only in the body",
    "no-code": "replies carry no `code`",
    "no-data": "a refusal has no `data`",
    "null-data": "a refusal has `data: null`",
    "no-times": "a status reply has no createTime, completeTime and costTime",
    "size-beside": "`input.size` may stand beside resolution and aspect_ratio; without this it is refused",
    "failed-refunded": "a failed task gives its money back; without this it stays billed",
    "late-tasks": "a new task answers 404 to status calls for its first two seconds (divided by the speed)",
    "second-round": "in the second half of its work a task is in the undocumented state `processing_r2`",
}
"""The places where the API pages leave a choice, or where more than one answer has been seen."""


@dataclass(frozen=True)
class Options:
    """The settings of one run."""

    folder: Path
    """Where tasks, uploads, pictures and the ledger live."""
    port: int = 0
    speed: float = 1.0
    """All times of the service are divided by this."""
    seed: int = 0
    balance_usd: float = 100.0
    price_usd: float = 0.04
    links_live_s: float = LINKS_LIVE_S
    """Real seconds: not divided by the speed."""
    requests_per_minute: int = 10_000
    tasks_at_once: int = 1_000
    plain_pictures: bool = False
    """Draw one plain gradient instead of a scene: for load tests with thousands of pictures."""
    readings: frozenset[str] = field(default_factory=frozenset)
    """Names of `READINGS` that are switched on."""
