"""What may have cost money."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from seedream_desktop.domain.money import dollars
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say

_MAY_BE_CHARGED: Final = QT_TRANSLATE_NOOP("Sentences", "You may have been charged {sum} ({count} × {each}).")


_UNKNOWN: Final = QT_TRANSLATE_NOOP("Sentences", "The order was sent, but what became of it is not known. {charged}")


def unknown_sentence(count: int, estimate_usd: Decimal) -> str:
    """Return what is to be said of an order with an unclear outcome: that it may have cost money, and how much."""
    return say(_UNKNOWN, charged=charge_sentence(count, estimate_usd))


def charge_sentence(count: int, estimate_usd: Decimal) -> str:
    """Return the warning that an order of *count* images with an unclear outcome may have cost *estimate_usd*."""
    return say(_MAY_BE_CHARGED, sum=dollars(estimate_usd), count=count, each=dollars(estimate_usd / max(1, count)))
