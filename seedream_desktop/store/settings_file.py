"""The user's choices as a JSON file that a person can read; secrets never come here."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from seedream_desktop.domain.hosting import MAX_LINK_DAYS, HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.store.errors import troubles_named
from seedream_desktop.store.files import make_private, write_whole
from seedream_desktop.store.times import for_file_name, utc_now

log = logging.getLogger(__name__)

E = TypeVar("E", bound=StrEnum)
# Named one by one: a field added to the values is written here only when somebody has decided that it is no secret.
_S3_TEXTS: Final = ("endpoint", "region", "bucket", "access_key_id", "prefix", "public_base_url")
_PUT_TEXTS: Final = ("upload_url", "user", "public_base_url")


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
            values = _merged(self._read(), _values(settings))
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
    return Settings(
        library=_text(values, "library", default.library),
        price_per_image_usd=_price(values.get("price_per_image_usd"), default.price_per_image_usd),
        theme=_one_of(Theme, values.get("theme"), default.theme),
        hosting=_hosting(_object(values, "hosting")),
        copies_carry_recipe=values.get("copies_carry_recipe") is True,
    )


def _hosting(values: dict[str, Any]) -> HostingSettings:
    default = HostingSettings()
    is_private = values.get("private")
    return HostingSettings(
        kind=_one_of(HostingKind, values.get("kind"), default.kind),
        s3=_s3(_object(values, "s3")),
        put=_put(_object(values, "put")),
        is_private=is_private if isinstance(is_private, bool) else default.is_private,
    )


def _s3(values: dict[str, Any]) -> S3Settings:
    default = S3Settings()
    texts = {name: _text(values, name, getattr(default, name)) for name in _S3_TEXTS}
    return S3Settings(**texts, link_days=_days(values.get("link_days"), default.link_days))


def _put(values: dict[str, Any]) -> PutSettings:
    default = PutSettings()
    return PutSettings(**{name: _text(values, name, getattr(default, name)) for name in _PUT_TEXTS})


def _object(values: dict[str, Any], name: str) -> dict[str, Any]:
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _text(values: dict[str, Any], name: str, default: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else default


def _price(value: object, default: Decimal) -> Decimal:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return default
    return price if price.is_finite() and price >= 0 else default


def _days(value: object, default: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_LINK_DAYS:
        return value
    return default


def _one_of(choices: type[E], value: object, default: E) -> E:
    try:
        return choices(str(value))
    except ValueError:
        return default


def _values(settings: Settings) -> dict[str, Any]:
    hosting = settings.hosting
    return {
        "library": settings.library,
        "price_per_image_usd": str(settings.price_per_image_usd),
        "theme": settings.theme.value,
        "copies_carry_recipe": settings.copies_carry_recipe,
        "hosting": {
            "kind": hosting.kind.value,
            "private": hosting.is_private,
            "s3": {**{name: getattr(hosting.s3, name) for name in _S3_TEXTS}, "link_days": hosting.s3.link_days},
            "put": {name: getattr(hosting.put, name) for name in _PUT_TEXTS},
        },
    }


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return *new* over *old*, objects within objects too, so that keys of a newer program stay everywhere."""
    inner = {name: _merged(_object(old, name), value) for name, value in new.items() if isinstance(value, dict)}
    return {**old, **new, **inner}
