"""Whole requests that took each other's place, for Undo to go back through as long as nobody has written in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from seedream_desktop.domain.request import GenerationRequest

_MOST: Final = 20


class Exchanges:
    """The last 20 requests; what the program finds out about their references makes no other ones of them."""

    def __init__(self) -> None:
        self._requests: list[GenerationRequest] = []
        self._at = 0

    def remember(self, before: GenerationRequest, after: GenerationRequest) -> None:
        """Keep both; what stood there is worth it when it has words or references."""
        if essence(before) == essence(after):
            return
        kept = self._requests[: self._at + 1]
        if not self._stands_on(before) and (before.prompt.strip() or before.references):
            kept.append(before)
        self._requests = [*kept, after][-_MOST:]
        self._at = len(self._requests) - 1

    def leads_back(self, now: GenerationRequest) -> bool:
        """Return whether *now* took the place of another one and nothing was written since."""
        return self._stands_on(now) and self._at > 0

    def back(self, now: GenerationRequest) -> GenerationRequest | None:
        """Return what *now* took the place of, if that is known."""
        return self._step(-1) if self.leads_back(now) else None

    def forward(self, now: GenerationRequest) -> GenerationRequest | None:
        """Return what had taken the place of *now*, which `back` brought, if nothing was written since."""
        return self._step(1) if self._stands_on(now) and self._at + 1 < len(self._requests) else None

    def _stands_on(self, now: GenerationRequest) -> bool:
        return bool(self._requests) and essence(self._requests[self._at]) == essence(now)

    def _step(self, step: int) -> GenerationRequest:
        self._at += step
        return self._requests[self._at]


def essence(draft: GenerationRequest) -> GenerationRequest:
    """Return *draft* without what the program finds out about its references by itself."""
    bare = (replace(reference, sha256=None, title="") for reference in draft.references)
    return replace(draft, references=tuple(bare))
