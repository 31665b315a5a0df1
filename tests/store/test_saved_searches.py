"""Searches under a name: one that makes no sense hides no other."""

from __future__ import annotations

import pytest

from seedream_desktop.domain.query import Query
from seedream_desktop.store.opening import Store

ADD = "INSERT INTO saved_searches VALUES ('odd', 'odd', ?, '2026-11-20T12:00:00.000250+00:00')"


@pytest.mark.parametrize("text", ["{}", "null", "[" * 100_000, '{"text": 5}'])
async def test_a_search_that_makes_no_sense_hides_no_other(store: Store, text: str) -> None:
    await store.searches.save("foxes", Query(text="fox"))
    await store.database.execute(ADD, (text,))

    assert [search.name for search in await store.searches.all()] == ["foxes"]
