"""Orders whose nonces tell them apart in the service's ledger; some of them run into trouble at the service."""

from __future__ import annotations

from typing import Final

# Every tenth order or so goes wrong in a way of its own, so that kills also come in the middle of trouble.
_TROUBLES: Final = (
    *("[429]", "[drop-after-body]", "[fail:CONTENT_VIOLATION]", "[cut-image:1]", "[500]", "[no-id]", "[402]"),
    *("[truncated]", "[rst-after-body]", "[partial:1]"),
)


def prompts_for(run: str, count: int, *, has_trouble: bool = True) -> list[str]:
    """Return *count* prompts of a run; a fifth of them with trouble if *has_trouble*."""
    return [f"order {run} {_trouble(at) if has_trouble else ''}[nonce:{run}-{at}]" for at in range(count)]


def _trouble(at: int) -> str:
    nth, rest = divmod(at, 5)
    return "" if rest != 3 else f"{_TROUBLES[nth % len(_TROUBLES)]} "
