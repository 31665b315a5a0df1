"""The gallery's answers at the edges: as many pictures as an order can have, days no calendar knows, odd places."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import partial
from typing import Any

import pytest

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import TaskId
from seedream_desktop.store.conditions import Answer, answer_to, contents_of
from seedream_desktop.store.opening import Store
from tests.store.samples import task_of
from tests.store.test_gallery_index import done, names


async def test_what_stands_at_places_of_tasks_comes_in_their_order_each_content_once(store: Store) -> None:
    await store.tasks.save(done("one", "a", None, "b"))
    await store.tasks.save(done("two", "b", "c"))
    places = [("two", 1), ("one", 2), ("nobody", 0), ("one", 1), ("two", 0), ("one", 9), ("one", -1), ("one", 0)]

    assert await store.gallery.contents_at([(TaskId(name), at) for name, at in places]) == ("c", "b", "a")
    assert await store.gallery.contents_at(()) == ()


@pytest.mark.parametrize("count", [31, 32, 33, 62, 63, 64])
async def test_a_group_of_as_many_pictures_as_the_service_may_send_shows_only_those_that_fit(
    store: Store, count: int
) -> None:
    await store.tasks.save(done("many", *(f"content-{at}" for at in range(count))))
    fitting = (0, 20, count - 1)
    hidden = (1, count - 2)
    await store.judging.judge({f"content-{at}": Change(stars=4, adds=("cover",)) for at in fitting})
    await store.trash.note({f"content-{at}": () for at in hidden})

    async def shown(query: Query) -> tuple[tuple[int, ...], int, int]:
        head = (await store.gallery.groups(query)).head(0)
        return head.positions(count), head.cells, (await store.gallery.count(query)).pictures

    left = tuple(at for at in range(count) if at not in hidden)
    assert await shown(Query(rating_at_least=4)) == await shown(Query(tags=("cover",))) == (fitting, 3, 3)
    assert await shown(Query(is_in_trash=True)) == (hidden, 2, 2)
    assert await shown(Query()) == await shown(Query(flag=Flag.NONE)) == (left, count - 2, count - 2)


@pytest.mark.parametrize("day", [date.min, date(1969, 12, 31), date(3001, 1, 1), date.max])
async def test_a_day_no_calendar_of_this_computer_knows_is_asked_for_without_trouble(store: Store, day: date) -> None:
    await store.tasks.save(task_of())
    is_long_ago = day.year < 1970

    assert await names(store, Query(first_day=day)) == (["one"] if is_long_ago else [])
    assert await names(store, Query(last_day=day)) == ([] if is_long_ago else ["one"])
    assert await store.gallery.first_before(day, Query()) == (None if is_long_ago else "one")


@pytest.mark.parametrize("more", [{}, {"flag": Flag.NONE}, {"rating_at_least": 4}, {"text": "fox"}])
async def test_the_trash_is_opened_without_a_look_at_the_pictures_outside_of_it(
    store: Store, more: dict[str, Any]
) -> None:
    query = Query(is_in_trash=True, **more)
    for answer in (answer_to(query), contents_of(query)):
        plan = await store.looking.read(partial(_plan_of, answer=answer))
        assert not any(step.startswith(("SCAN pictures", "SCAN g ", "SCAN gallery_groups")) for step in plan)
        assert any(step.startswith("SEARCH pictures USING INDEX pictures_by_content") for step in plan)


def _plan_of(connection: sqlite3.Connection, answer: Answer) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {answer.sql}", answer.values)]
