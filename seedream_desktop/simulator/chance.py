"""The one source of chance: dice that fall the same way for the same seed."""

from __future__ import annotations

import random


def dice(*seed: object) -> random.Random:
    """A generator that depends on nothing but *seed*."""
    text = "|".join(str(part) for part in seed)
    return random.Random(text)  # noqa: S311 - draws pictures and delays, guards no secret
