"""Searches under a name: one that makes no sense hides no other."""

from __future__ import annotations

import json

import pytest

from seedream_desktop.domain.query import Query
from seedream_desktop.store.opening import Store
from seedream_desktop.store.query_codec import query_to_text

ADD = "INSERT INTO saved_searches VALUES ('odd', 'odd', ?, '2026-11-20T12:00:00.000250+00:00')"


FOX = json.loads(query_to_text(Query(text="fox")))
WRONG: tuple[dict[str, object], ...] = (
    {"text": 5},
    {"tags": "red"},
    {"tags": [5]},
    {"project": ["north"]},
    {"collection": 5},
    {"reference_sha256": {}},
    {"rating_at_least": 99},
    {"rating_at_least": -1},
    {"rating_at_least": float("inf")},
    {"rating_at_least": "3"},
    {"first_day": "0000-01-01"},
    {"states": ["lost"]},
)


@pytest.mark.parametrize(
    "text", ["{}", "null", "[" * 100_000, '{"text": 5}', *(json.dumps(FOX | wrong) for wrong in WRONG)]
)
async def test_a_search_that_makes_no_sense_hides_no_other(store: Store, text: str) -> None:
    await store.searches.save("foxes", Query(text="fox"))
    await store.database.execute(ADD, (text,))

    assert [search.name for search in await store.searches.all()] == ["foxes"]
