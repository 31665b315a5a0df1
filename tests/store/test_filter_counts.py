"""How many orders each value of a filter would show."""

from __future__ import annotations

from seedream_desktop.domain.judging import Change
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Resolution
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ports.searching import FilterCounter, FilterCounts
from seedream_desktop.store.opening import Store
from tests.store.samples import task_of
from tests.store.test_gallery_index import done

SQUARE, WIDE = AspectRatio.SQUARE, AspectRatio.LANDSCAPE_16_9
TWO_K, FOUR_K = Resolution.TWO_K, Resolution.FOUR_K


def order(name: str, ratio: AspectRatio | None, resolution: Resolution, *contents: str) -> Task:
    """Return a finished task of this shape, with a picture for each of *contents*."""
    return done(name, *contents, request=GenerationRequest(f"a {name}", aspect_ratio=ratio, resolution=resolution))


async def filled(store: Store) -> FilterCounter:
    for found in (
        order("red fox", SQUARE, TWO_K, "a"),
        order("grey fox", SQUARE, FOUR_K, "b"),
        order("owl", WIDE, FOUR_K, "c"),
        order("whale", None, FOUR_K, "d"),
        task_of("failed", state=TaskState.FAILED).but(request=GenerationRequest("a fox", aspect_ratio=WIDE)),
    ):
        await store.tasks.save(found)
    return store.filter_counts


async def test_all_orders_are_counted_by_each_kind(store: Store) -> None:
    counts = await (await filled(store)).counts(Query())

    assert counts == FilterCounts(
        ratios={SQUARE: 2, WIDE: 2},
        resolutions={TWO_K: 2, FOUR_K: 3},
        modes={Mode.TEXT_TO_IMAGE: 5},
        states={TaskState.DONE: 4, TaskState.FAILED: 1},
    )


async def test_what_is_asked_of_a_kind_narrows_the_others_and_not_itself(store: Store) -> None:
    counts = await (await filled(store)).counts(Query(ratios=(WIDE,)))

    assert counts.ratios == {SQUARE: 2, WIDE: 2}
    assert counts.resolutions == {TWO_K: 1, FOUR_K: 1}
    assert counts.states == {TaskState.DONE: 1, TaskState.FAILED: 1}


async def test_words_and_judgments_narrow_all(store: Store) -> None:
    counter = await filled(store)
    await store.judging.judge({"b": Change(stars=4)})
    await store.gallery.catch_up()

    assert (await counter.counts(Query("fox"))).ratios == {SQUARE: 2, WIDE: 1}
    assert (await counter.counts(Query("fox", rating_at_least=4))).resolutions == {FOUR_K: 1}


async def test_each_number_is_what_the_filter_then_shows(store: Store) -> None:
    counter = await filled(store)
    counts = await counter.counts(Query(resolutions=(FOUR_K,)))

    for ratio, number in counts.ratios.items():
        assert len(await store.gallery.groups(Query(resolutions=(FOUR_K,), ratios=(ratio,)))) == number
    for state, number in counts.states.items():
        assert len(await store.gallery.groups(Query(resolutions=(FOUR_K,), states=(state,)))) == number


async def test_an_empty_library_has_nothing_to_count(store: Store) -> None:
    assert await store.filter_counts.counts(Query()) == FilterCounts()
