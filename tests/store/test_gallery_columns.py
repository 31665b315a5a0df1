"""The columns of an answer: read in pieces, with ids that take little memory."""

from __future__ import annotations

from datetime import date

import pytest

from seedream_desktop.domain.judging import Change
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports import gallery
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.store import gallery_index
from seedream_desktop.store.gallery_index import PackedIds
from seedream_desktop.store.opening import Store
from tests.store.samples import task_of
from tests.store.test_gallery_index import done


def columns(index: GroupIndex) -> tuple[object, ...]:
    """Return all that an index holds."""
    return list(index.ids), index.cells, index.shapes, index.created, index.shown, index.total_cells, index.forms


async def test_columns_that_are_read_in_pieces_are_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(7):
        await store.tasks.save(done(f"task{at}", *"abcd"[: at % 4], age_s=at * 50_000_000))
    await store.judging.judge({"b": Change(stars=4)})
    queries = Query(), Query(rating_at_least=4)
    whole = [columns(await store.gallery.groups(query)) for query in queries]

    for chars in (1, 5, 40):
        monkeypatch.setattr(gallery_index, "_PIECE_CHARS", chars)
        monkeypatch.setattr(gallery, "_AT_ONCE", 2)
        assert [columns(await store.gallery.groups(query)) for query in queries] == whole


def test_packed_ids_read_like_a_tuple() -> None:
    ids = PackedIds("aa\nbb\ncc", 2)

    assert (len(ids), ids[0], ids[-1], ids[1:], list(ids)) == (3, "aa", "cc", ("bb", "cc"), ["aa", "bb", "cc"])
    with pytest.raises(IndexError):
        ids[3]


@pytest.mark.parametrize(
    ("bounds", "found"), [((), 1), ((1,), 1), ((0, 2), 1), ((-2,), 1), ((2,), None), ((0, 1), None)]
)
def test_an_id_is_found_among_packed_ones_where_a_list_finds_it(bounds: tuple[int, ...], found: int | None) -> None:
    ids = PackedIds("aa\nbb\ncc", 2)

    if found is None:
        with pytest.raises(ValueError, match="bb"):
            ids.index("bb", *bounds)
    else:
        assert ids.index("bb", *bounds) == list(ids).index(TaskId("bb"), *bounds) == found


@pytest.mark.parametrize("value", ["", "b", "ab", "a\n", "aa\n", "\nb", None])
def test_what_is_no_id_is_not_found_among_packed_ones(value: object) -> None:
    with pytest.raises(ValueError, match="is not here"):
        PackedIds("aa\nbb\ncc", 2).index(value)


async def test_ids_of_several_lengths_are_no_trouble(store: Store) -> None:
    for at, name in enumerate(("a", "bbb", "cc", "ddd")):
        await store.tasks.save(task_of(name, age_s=at))

    assert list((await store.gallery.groups(Query())).ids) == ["a", "bbb", "cc", "ddd"]
    assert list((await store.gallery.groups(Query(last_day=date(1999, 1, 1)))).ids) == []
