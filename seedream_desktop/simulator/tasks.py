"""A task as the service knows it, and its state at any moment: pending, processing, then success or failed."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Task:
    """One accepted submit. All times are Unix seconds of the simulator's clock, already divided by the speed."""

    id: str
    request: dict[str, Any]
    images: int
    """How many pictures it delivers."""
    width_px: int
    height_px: int
    created_at: float
    starts_at: float
    due_at: float | None
    """When it may become final; None: never (a stuck task)."""
    links_token: str
    fail_code: str | None = None
    fail_message: str = ""
    ready_at: float | None = None
    """When its pictures were drawn, or its failure was found; None: not yet."""
    working_state: str = "processing"
    """The word while it works, for the state words that no page documents."""
    called_back: bool = False
    take: int = 0
    """How often its prompt was ordered before: each time the pictures are others, as the model's are."""

    @property
    def prompt(self) -> str:
        """The prompt as it was sent."""
        return str(self.request["input"]["prompt"])

    @property
    def references(self) -> list[str]:
        """The addresses of its reference images, none for text-to-image."""
        return list(self.request["input"].get("image_urls") or [])

    @property
    def is_connected_set(self) -> bool:
        """Whether its pictures belong together."""
        return bool(self.request["input"].get("sequential_image_generation") == "auto")

    @property
    def callback_url(self) -> str | None:
        """Where its final state is posted to; None in polling mode."""
        return self.request.get("callback_url") if self.request.get("request_type") == "callback" else None

    @property
    def ended_at(self) -> float | None:
        """When it becomes or became final; None while that is not known."""
        if self.due_at is None or self.ready_at is None:
            return None
        return max(self.due_at, self.ready_at)

    def is_final(self, now: float) -> bool:
        """Whether success or failed is its state at *now*."""
        return self.ended_at is not None and self.ended_at <= now

    def state(self, now: float) -> str:
        """The state word at *now*."""
        if self.is_final(now):
            return "failed" if self.fail_code else "success"
        return "pending" if now < self.starts_at else self.working_state

    def to_row(self) -> dict[str, Any]:
        """The task as plain JSON."""
        return asdict(self)


def new_task_id() -> str:
    """32 hexadecimal digits, never used before."""
    return secrets.token_hex(16)
