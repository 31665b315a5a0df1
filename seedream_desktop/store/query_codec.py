"""A saved search as JSON and back; names stay as they are even when the program's own words change."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState
from seedream_desktop.store.codec import canonical


def query_to_text(query: Query) -> str:
    """Return *query* on one line of JSON, the same for the same query."""
    return canonical(
        {
            "text": query.text,
            "ratios": list(query.ratios),
            "resolutions": list(query.resolutions),
            "modes": list(query.modes),
            "states": list(query.states),
            "rating_at_least": query.rating_at_least,
            "flag": query.flag,
            "is_favourite": query.is_favourite,
            "tags": list(query.tags),
            "project": query.project,
            "collection": query.collection,
            "first_day": query.first_day and query.first_day.isoformat(),
            "last_day": query.last_day and query.last_day.isoformat(),
            "reference_sha256": query.reference_sha256,
            "is_in_trash": query.is_in_trash,
        }
    )


def query_from_text(text: str) -> Query:
    """Return the query; raises one of many errors, RecursionError too, for none."""
    value: dict[str, Any] = json.loads(text)
    if not isinstance(value["tags"], list):
        raise TypeError("tags are a list")
    return Query(
        text=_text(value["text"]),
        ratios=tuple(map(AspectRatio, value["ratios"])),
        resolutions=tuple(map(Resolution, value["resolutions"])),
        modes=tuple(map(Mode, value["modes"])),
        states=tuple(map(TaskState, value["states"])),
        rating_at_least=_number(value["rating_at_least"]),
        flag=None if value["flag"] is None else Flag(value["flag"]),
        is_favourite=bool(value["is_favourite"]),
        tags=tuple(map(_text, value["tags"])),
        project=_text_or_none(value["project"]),
        collection=_text_or_none(value["collection"]),
        first_day=_day(value["first_day"]),
        last_day=_day(value["last_day"]),
        reference_sha256=_text_or_none(value["reference_sha256"]),
        is_in_trash=bool(value["is_in_trash"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no number")
    return value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
