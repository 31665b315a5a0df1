"""What the composer needs to lead through the prompts of orders that were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from seedream_desktop.domain.task import TaskId


@dataclass(frozen=True, slots=True)
class OrderedPrompt:
    """A prompt as it was ordered, and the order, which is its place in the history."""

    task_id: TaskId
    prompt: str


class PromptHistory(Protocol):
    """All prompts by the time of their orders, nothing left out; every call raises StorageError."""

    async def older(self, than: TaskId | None, other_than: str) -> OrderedPrompt | None:
        """Return the nearest one before the order *than*, with None the newest, whose words are not *other_than*."""
        ...

    async def newer(self, than: TaskId, other_than: str) -> OrderedPrompt | None:
        """Return the nearest one after the order *than* whose words are not *other_than*."""
        ...
