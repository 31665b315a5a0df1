"""The user's choices as a JSON file that a person can read; secrets never come here."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.store.errors import troubles_named
from seedream_desktop.store.files import make_private, write_whole
from seedream_desktop.store.times import for_file_name, utc_now

log = logging.getLogger(__name__)


class SettingsFile:
    """Reads and replaces the file; keys it does not know are left as they are."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._path = path
        self._now = now

    def load(self) -> Settings:
        """Return the settings, the default for whatever is missing or makes no sense; small enough for any thread.

        A file that is not JSON is kept under a new name. Raises StorageError when the folder cannot be used.
        """
        with troubles_named(self._path.parent):
            return _settings(self._read())

    async def save(self, settings: Settings) -> None:
        """Replace the file at once and durably; raises StorageError."""
        await asyncio.to_thread(self._save, settings)

    def _save(self, settings: Settings) -> None:
        with troubles_named(self._path.parent):
            values = {**self._read(), **_values(settings)}
            make_private(self._path.parent)
            write_whole(self._path, (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode())

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            self._set_aside()
            return {}
        return values

    def _set_aside(self) -> None:
        aside = self._path.with_name(f"settings.broken-{for_file_name(self._now())}.json")
        self._path.rename(aside)
        log.warning("settings could not be read; the file is kept as %s", aside.name)


def _settings(values: dict[str, Any]) -> Settings:
    default = Settings()
    library = values.get("library")
    return Settings(
        library=library if isinstance(library, str) else default.library,
        price_per_image_usd=_price(values.get("price_per_image_usd"), default.price_per_image_usd),
        theme=_theme(values.get("theme"), default.theme),
    )


def _price(value: object, default: Decimal) -> Decimal:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return default
    return price if price.is_finite() and price >= 0 else default


def _theme(value: object, default: Theme) -> Theme:
    try:
        return Theme(str(value))
    except ValueError:
        return default


def _values(settings: Settings) -> dict[str, Any]:
    return {
        "library": settings.library,
        "price_per_image_usd": str(settings.price_per_image_usd),
        "theme": settings.theme.value,
    }
