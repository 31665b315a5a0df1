"""What the user can set and keeps between runs; secrets are never part of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.domain.money import DEFAULT_PRICE_USD


class Theme(StrEnum):
    """The window's colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; an empty *library* means the platform's Pictures folder.

    *copies_carry_recipe*: files that leave the library by saving or dragging tell how they were made.
    """

    library: str = ""
    price_per_image_usd: Decimal = DEFAULT_PRICE_USD
    theme: Theme = Theme.SYSTEM
    hosting: HostingSettings = field(default_factory=HostingSettings)
    copies_carry_recipe: bool = False
