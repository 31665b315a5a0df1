"""Measures the full-text search and the gallery's columns on libraries of 100,000 prompts; prints a table.

An answer is what a key typed into the search field brings: the newest 200 ids and the count, asked on the loop through
the database's thread. Beside it, in the same run, stand the same words looked for without an index; the ratio to that
can be compared between computers. ``beat`` is how late a timer of 5 ms came on the loop meanwhile.

Run it with ``python -m benchmarks.search [FOLDER] [--short]``; a library in FOLDER is used again, else one is made
there. It ends with 1 when the answers take longer than they may.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from benchmarks.frames import write
from benchmarks.library import make_library
from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.store.opening import Store, open_store
from seedream_desktop.system.turns import take_short_turns

_PICTURES: Final = 420_000
_MILLION: Final = 1_000_000
_SHORT: Final = (400, 400)
_MOST_MS: Final = {"all_median_ms": 16.0, "all_p99_ms": 50.0}
_ROUNDS: Final = 30
_BEAT_S: Final = 0.005
_TYPED: Final = "gouache illustration of a red fox under neon"
_QUERIES: Final[dict[str, Sequence[str]]] = {
    "frequent": ("of a ", "and ", "light ", "series "),
    "usual": ("fox ", "lighthouse ", "zurich ", "candlelight violin ", "狐狸"),
    "rare": ("series 1a2b ", "9c40 ", "picture-012345", "c0de "),
    "nothing": ("zebra ", "fox zebra "),
    "prefix": ("s", "li", "pho", "fo", "candlel", "1a"),
    "phrase": ('"red fox under neon rain"', '"soft window light"', '"of a"', '"京都の寺"'),
    "typing": tuple(_TYPED[:end] for end in range(1, len(_TYPED) + 1)),
}


class Beat:
    """Notices how late a timer of 5 ms comes, which is how long the loop was busy with something else."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []

    async def run(self) -> None:
        """Measure until cancelled."""
        while True:
            begin = time.perf_counter()
            await asyncio.sleep(_BEAT_S)
            self.late_ms.append(1000 * (time.perf_counter() - begin - _BEAT_S))


async def took_ms(work: Callable[[], Awaitable[Any]]) -> float:
    """Return the milliseconds from the call to its answer."""
    begin = time.perf_counter()
    await work()
    return 1000 * (time.perf_counter() - begin)


def spread(name: str, figures: Sequence[float]) -> dict[str, float]:
    """Return median, p99 and the longest, rounded, under names that begin with *name*."""
    ordered = sorted(figures)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    values = {"median": statistics.median(ordered), "p99": p99, "max": ordered[-1]}
    return {f"{name}_{kind}_ms": round(value, 2) for kind, value in values.items()}


async def answer(store: Store, text: str) -> None:
    """Ask what a key in the search field asks."""
    await store.gallery.newest(Query(text), 200)


async def answer_without_index(store: Store, text: str) -> None:
    """Look through all prompts for the first word."""
    word = f"%{text.split(maxsplit=1)[0].strip(chr(34))}%"
    await store.looking.row("SELECT count(*) FROM tasks WHERE prompt LIKE ?", (word,))


async def search_figures(store: Store, rounds: int) -> dict[str, float]:
    """Return what each kind of question took."""
    texts = [(kind, text) for kind, texts in _QUERIES.items() for text in texts] * rounds
    random.Random(0).shuffle(texts)  # noqa: S311 - the same order each time
    took: dict[str, list[float]] = {kind: [] for kind in _QUERIES}
    for kind, text in texts:
        took[kind].append(await took_ms(lambda text=text: answer(store, text)))  # type: ignore[misc] # a default as a capture
    plain = [await took_ms(lambda text=text: answer_without_index(store, text)) for _, text in texts[:20]]  # type: ignore[misc] # the same
    every = [figure for figures in took.values() for figure in figures]
    figures = {name: value for kind in took for name, value in spread(kind, took[kind]).items()}
    ratio = round(statistics.median(every) / statistics.median(plain), 4)
    return {**spread("all", every), "all_to_plain_ratio": ratio, **figures}


async def index_figures(store: Store, name: str) -> dict[str, float]:
    """Return what the columns of the whole library and of some questions took, in milliseconds."""
    queries = {
        "groups": Query(),
        "groups_fox": Query("fox"),
        "groups_stars": Query(rating_at_least=4),
        "groups_picks_of_fox": Query("fox", flag=Flag.PICK),
        "groups_unjudged": Query(flag=Flag.NONE),
        "groups_tag": Query(tags=("cover",)),
    }
    figures: dict[str, float] = {}
    for kind, query in queries.items():
        times = [await took_ms(lambda query=query: store.gallery.groups(query)) for _ in range(5)]  # type: ignore[misc] # the same
        figures[f"{name}_{kind}_ms"] = round(statistics.median(times), 1)
    index = await store.gallery.groups(Query())
    middle = len(index) // 2
    page = index.ids[middle : middle + 50]
    figures[f"{name}_page_of_50_tasks_ms"] = round(await took_ms(lambda: store.gallery.tasks(page)), 1)
    return {f"{name}_groups": len(index), f"{name}_cells": index.total_cells, **figures}


async def with_beat(name: str, work: Awaitable[dict[str, float]]) -> dict[str, float]:
    """Return what *work* returns, with how long the loop stood still meanwhile."""
    beat = Beat()
    beating = asyncio.ensure_future(beat.run())
    try:
        figures = await work
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
    return {**figures, **spread(f"{name}_beat", beat.late_ms)}


async def measured(folder: Path, name: str, rounds: int) -> dict[str, float]:
    """Return the figures of one library; it is searched *rounds* times with every question."""
    store = await open_store(folder, folder / "library")
    try:
        figures = await with_beat(f"{name}_groups", index_figures(store, name))
        return {**(await with_beat("search", search_figures(store, rounds)) if rounds else {}), **figures}
    finally:
        await store.close()


async def figures_of(folder: Path, rounds: int) -> dict[str, float]:
    """Return the figures of both libraries."""
    figures = await measured(folder / "prompts", "prompts", rounds)
    return figures | await measured(folder / "million", "million", 0)


def prepare(folder: Path, sizes: Sequence[int]) -> None:
    """Make both libraries where they are not there yet."""
    for name, pictures in zip(("prompts", "million"), sizes, strict=True):
        if not (folder / name).exists():
            make_library(folder / name, pictures, thumbnails=False)


def main() -> int:
    """Measure and print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--short", action="store_true", help="small libraries and few rounds, to see that it runs")
    chosen = parser.parse_args()
    # As the window has it.
    take_short_turns()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = chosen.folder or Path(made)
        prepare(folder, _SHORT if chosen.short else (_PICTURES, _MILLION))
        figures = asyncio.run(figures_of(folder, 1 if chosen.short else _ROUNDS))
    for name, figure in figures.items():
        most = _MOST_MS.get(name)
        sign = "" if most is None or figure <= most else "   TOO LONG"
        write(f"{name:<36}{figure:>12}" + ("" if most is None else f"   may be {most:.0f}{sign}"))
    return 0 if all(figures[name] <= most for name, most in _MOST_MS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
