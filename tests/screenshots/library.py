"""Looks through what the studio made as a designer does: marks, tags, notes, a project, collections and the trash."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task
from seedream_desktop.store.opening import Store, open_store

SAILS: Final = "Sailing boats at six in the morning, fog lifting, gulls"
PERFUME: Final = "Perfume bottle on wet black stone, one hard light from the left"
TEA: Final = "Tea tins and cups for a packaging study, pastel colours"
ALPS: Final = "Alpine road from above, one red car, first snow"
STAGE: Final = "Opera stage as a garden, paper flowers, three acts"
MARKET: Final = "Night market, steam and neon, shot from the hip"
PINES: Final = "Pine forest after rain, ferns in front, deep green"
MEETING: Final = "The fox of Figure 1 on the dunes of Figure 2"
# What a year of work looks like: other shapes, other sizes, one picture or ten.
ORDERS: Final[tuple[dict[str, Any], ...]] = (
    {"prompt": PINES, "resolution": "2K", "aspect_ratio": "3:4", "count": 2},
    {"prompt": MARKET, "resolution": "2K", "aspect_ratio": "9:16", "count": 4},
    {"prompt": STAGE, "resolution": "2K", "aspect_ratio": "4:3", "count": 3, "sequence": True},
    {"prompt": ALPS, "resolution": "4K", "aspect_ratio": "16:9", "count": 2},
    {"prompt": TEA, "resolution": "2K", "aspect_ratio": "1:1", "count": 6},
    {"prompt": PERFUME, "resolution": "4K", "aspect_ratio": "3:4", "count": 6},
    {"prompt": SAILS, "resolution": "2K", "aspect_ratio": "3:2", "count": 4},
)
_PROJECTS: Final = {
    "Spring campaign": (SAILS, PERFUME, "A red fox", MEETING),
    "Jazz festival": ("Poster", STAGE, MARKET),
}
_COLLECTIONS: Final = {
    "Moods/Dawn": (SAILS, "Dunes", ALPS),
    "Moods/Night": (MARKET, "A city", "Poster"),
    "Portfolio": (PERFUME, "Dunes", "A red fox"),
}
_NOTE: Final = "The client wants more sky and the boat further left. Ask for 21:9 next."
# By prompt and number: what was said of it.
_SAID: Final = {
    (SAILS, 1): Change(stars=5, flag=Flag.PICK, is_favourite=True, note=_NOTE, adds=("fog", "morning", "hero")),
    (SAILS, 2): Change(stars=3, adds=("fog", "morning")),
    (SAILS, 3): Change(flag=Flag.REJECT),
    (SAILS, 4): Change(stars=2, adds=("morning",)),
    (PERFUME, 1): Change(stars=4, flag=Flag.PICK, adds=("product",)),
    (PERFUME, 2): Change(stars=3, adds=("product",)),
    (PERFUME, 3): Change(flag=Flag.REJECT),
    (PERFUME, 4): Change(stars=5, is_favourite=True, adds=("hero", "product")),
    (PERFUME, 6): Change(stars=1),
    (TEA, 2): Change(stars=4, is_favourite=True, adds=("packaging",)),
    (TEA, 5): Change(flag=Flag.PICK, stars=4, adds=("packaging",)),
    (ALPS, 1): Change(stars=5, flag=Flag.PICK),
    (MARKET, 3): Change(stars=3),
    ("A red fox", 1): Change(stars=3, adds=("winter",)),
    ("A red fox", 2): Change(stars=5, flag=Flag.PICK, is_favourite=True, adds=("hero", "winter")),
    ("A red fox", 4): Change(flag=Flag.REJECT),
    ("Dunes", 1): Change(stars=4, is_favourite=True),
    (MEETING, 1): Change(stars=4, flag=Flag.PICK, adds=("hero", "winter"), note="Shadow of the fox is too short."),
}
_FILTER: Final = ("Heroes", Query(rating_at_least=4, tags=("hero",)))


def sort_out(data: Path, library: Path) -> None:
    """Judge and sort everything in a data folder that no program has open."""

    async def work() -> None:
        store = await open_store(data, library)
        try:
            await _sort(store, await _contents(store))
        finally:
            await store.close()

    asyncio.run(work())


async def _sort(store: Store, contents: Mapping[str, tuple[str, ...]]) -> None:
    await store.judging.judge({_of(contents, prompt)[number - 1]: said for (prompt, number), said in _SAID.items()})
    for name, prompts in _PROJECTS.items():
        project = await store.sorting.make_project(name)
        await store.sorting.place(dict.fromkeys(_all_of(contents, prompts), project.id))
    for name, prompts in _COLLECTIONS.items():
        collection = await store.sorting.make_collection(name)
        await store.sorting.add(collection.id, _all_of(contents, prompts))
    await store.searches.save(*_FILTER)


async def _contents(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the SHA-256 of each picture by the prompt of its order."""
    groups = await store.gallery.groups(Query())
    return {task.request.prompt: _saved(task) for task in await store.gallery.tasks(groups.ids)}


def _saved(task: Task) -> tuple[str, ...]:
    return tuple(picture.sha256 for picture in task.stored_pictures if picture.sha256)


def _of(contents: Mapping[str, tuple[str, ...]], beginning: str) -> tuple[str, ...]:
    return next(found for prompt, found in contents.items() if prompt.startswith(beginning))


def _all_of(contents: Mapping[str, tuple[str, ...]], prompts: Iterable[str]) -> list[str]:
    return [content for prompt in prompts for content in _of(contents, prompt)]
