"""Times as text that sorts like the times themselves: UTC, ISO 8601, always with microseconds."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the wall clock, aware, in UTC."""
    return datetime.now(UTC)


def to_text(moment: datetime) -> str:
    """Return e.g. ``2026-11-20T21:05:01.000250+00:00``; *moment* must be aware."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the aware time; raises ValueError for anything `to_text` does not write."""
    return datetime.fromisoformat(text).astimezone(UTC)


def text_or_none(moment: datetime | None) -> str | None:
    """Return `to_text` of a time that may be missing."""
    return None if moment is None else to_text(moment)


def time_or_none(text: str | None) -> datetime | None:
    """Return `from_text` of a text that may be missing."""
    return None if text is None else from_text(text)


def for_file_name(moment: datetime) -> str:
    """Return e.g. ``20261120-210501-000250``; such names sort by time."""
    return f"{moment.astimezone(UTC):%Y%m%d-%H%M%S-%f}"
