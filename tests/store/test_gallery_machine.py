"""Whatever is done to a library in whatever order, its indexes, bits and counts answer as plain Python would."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from seedream_desktop.domain.collections import OF_TASK, CollectionId
from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, GenerationRequest
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.store.opening import Store
from tests.store.naive_gallery import Group, NaiveGallery
from tests.store.samples import opened, task_of

T = TypeVar("T")
Undo = Callable[[], Coroutine[Any, Any, None]]

WORDS = ("fox", "foxes", "owl", "red", "night")
CONTENTS = ("a", "b", "c", "d", "e")
PROJECTS = ("north", "south")
_PROJECT = "INSERT INTO projects (id, name, created_at) VALUES (?, ?, '2026-11-20T12:00:00.000000+00:00')"
TREE = ("Moods", "Moods/Dawn", "Other")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
contents = st.sampled_from(CONTENTS)
several = st.sets(contents, min_size=1, max_size=3).map(sorted)
changes = st.builds(
    Change,
    stars=st.none() | st.integers(0, 5),
    flag=st.none() | st.sampled_from(Flag),
    is_favourite=st.none() | st.booleans(),
    note=st.none() | st.just("") | texts,
    adds=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    drops=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
)
typed = st.lists(st.sampled_from((*WORDS, "fo", "ni", '"red fox"', '"fox re', " ")), max_size=2).map(" ".join)
asks = st.one_of(
    st.fixed_dictionaries({"text": typed}),
    st.fixed_dictionaries({"ratios": st.just((AspectRatio.SQUARE,))}),
    st.fixed_dictionaries({"states": st.sampled_from([(TaskState.DONE,), (TaskState.FAILED, TaskState.PROCESSING)])}),
    st.fixed_dictionaries({"rating_at_least": st.integers(0, 5)}),
    st.fixed_dictionaries({"flag": st.sampled_from(Flag)}),
    st.fixed_dictionaries({"is_favourite": st.just(True)}),
    st.fixed_dictionaries({"tags": st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)}),
    st.fixed_dictionaries({"project": st.sampled_from(PROJECTS)}),
    st.fixed_dictionaries({"collection": st.sampled_from(TREE)}),
    st.fixed_dictionaries({"is_in_trash": st.just(True)}),
)
queries = st.lists(asks, max_size=3).map(lambda parts: Query(**{name: each[name] for each in parts for name in each}))


# After each step some of these are asked: what only a few of all questions would show does not wait for one by chance.
PROBES: tuple[dict[str, Any], ...] = (
    *({"text": word} for word in WORDS[:4]),
    *({"flag": flag} for flag in Flag),
    {"rating_at_least": 1},
    {"is_favourite": True},
    {"is_in_trash": True},
    {"project": PROJECTS[0]},
    {},
)
_AT_ONCE = 4


def _picture(position: int, content: str | None) -> Picture:
    planned = Picture(position, f"https://pictures.invalid/{position}")
    return planned if content is None else planned.but(state=PictureState.STORED, sha256=content, path=content)


class Library(RuleBasedStateMachine):
    """The store on a real file beside the naive one; each step goes into both."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.naive = NaiveGallery()
        self.undo: list[Undo] = []
        self.asked = 0

    @initialize()
    def open(self) -> None:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.store: Store = self.run(self.stack.enter_async_context(opened(folder / "data")))
        for name in PROJECTS:
            self.run(self.store.database.execute(_PROJECT, (name, name)))
        for name in TREE:
            made = self.run(self.store.sorting.make_collection(name))
            self.naive.collections[made.id] = (name, set())
        self.ids = {name: id_ for id_, (name, _) in self.naive.collections.items()}
        for number, held in enumerate((("a", "b", "a"), ("b", None, "c"), ("d",), (None, None))):
            self.begin(number, held)

    def begin(self, number: int, held: tuple[str | None, ...]) -> None:
        """Save an order that has pictures already."""
        task = task_of(f"task-{number}", age_s=-number, state=TaskState.DONE)
        pictures = (_picture(at, content) for at, content in enumerate(held))
        request = GenerationRequest(("a red fox", "the night owl")[number % 2], count=len(held))
        self.save(task.but(request=request, pictures=tuple(pictures), project=PROJECTS[0] if number % 2 else None))

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def save(self, task: Task) -> None:
        self.run(self.store.tasks.save(task))
        self.naive.tasks[task.id] = task

    @rule(
        prompt=texts,
        links=st.integers(0, 3),
        state=st.sampled_from([TaskState.PROCESSING, TaskState.DONE, TaskState.FAILED, TaskState.QUEUED]),
        project=st.none() | st.sampled_from(PROJECTS),
        shape=st.sampled_from([AspectRatio.SQUARE, AspectRatio.LANDSCAPE_3_2, None]),
    )
    def order(self, prompt: str, links: int, state: TaskState, project: str | None, shape: AspectRatio | None) -> None:
        """A new order comes in, a second after the last."""
        number = len(self.naive.tasks)
        request = GenerationRequest(prompt, aspect_ratio=shape, count=links or 2)
        pictures = tuple(Picture(at, f"https://pictures.invalid/{at}") for at in range(links))
        task = task_of(f"task-{number}", age_s=-number, state=state)
        self.save(task.but(request=request, pictures=pictures, project=project))

    @rule(data=st.data(), content=contents, name=texts)
    def receive(self, data: st.DataObject, content: str, name: str) -> None:
        """A picture arrives; its bytes may be those of another one."""
        task = self.some_task(data)
        if task is not None and task.pictures:
            picture = data.draw(st.sampled_from(task.pictures))
            came = picture.but(state=PictureState.STORED, sha256=content, path=content, saved_path=f"/l/{name}.png")
            self.save(task.with_picture(came))

    @rule(data=st.data(), state=st.sampled_from([TaskState.DONE, TaskState.FAILED, TaskState.DOWNLOADING]))
    def move(self, data: st.DataObject, state: TaskState) -> None:
        """An order comes into another state."""
        task = self.some_task(data)
        if task is not None:
            self.save(task.but(state=state))

    def some_task(self, data: st.DataObject) -> Task | None:
        tasks = self.naive.tasks
        return tasks[data.draw(st.sampled_from(sorted(tasks)))] if tasks else None

    @rule(chosen=several, change=changes)
    def judge(self, chosen: list[str], change: Change) -> None:
        """One key marks several pictures."""
        self.run(self.judge_all(dict.fromkeys(chosen, change)))

    async def judge_all(self, wanted: dict[str, Change]) -> None:
        inverse = await self.store.judging.judge(wanted)
        for content, change in wanted.items():
            self.naive.judgments[content] = change.applied_to(self.naive.said(content))
        self.undo.append(lambda: self.judge_all(inverse))

    @rule(chosen=several)
    def throw(self, chosen: list[str]) -> None:
        """Pictures go into the trash."""
        self.run(self.throw_all(chosen))

    async def throw_all(self, chosen: list[str]) -> None:
        noted = list(await self.store.trash.note(dict.fromkeys(chosen, ())))
        assert set(noted) == set(chosen) - self.naive.trash
        self.naive.trash |= set(noted)
        self.undo.append(lambda: self.bring_back_all(noted))

    @rule(chosen=several)
    def bring_back(self, chosen: list[str]) -> None:
        """Pictures come out of the trash."""
        self.run(self.bring_back_all(chosen))

    async def bring_back_all(self, chosen: list[str]) -> None:
        back = list(await self.store.trash.forget(chosen))
        assert set(back) == set(chosen) & self.naive.trash
        self.naive.trash -= set(back)
        self.undo.append(lambda: self.throw_all(back))

    @rule(chosen=several, place=st.sampled_from([*PROJECTS, None, OF_TASK]))
    def place(self, chosen: list[str], place: str | None) -> None:
        """Pictures are put into a project, into none, or where their orders are."""
        self.run(self.place_all(dict.fromkeys(chosen, place)))

    async def place_all(self, wanted: dict[str, Any]) -> None:
        before = await self.store.sorting.place(wanted)
        for content, place in wanted.items():
            self.naive.places.pop(content, None)
            if place != OF_TASK:
                self.naive.places[content] = place
        self.undo.append(lambda: self.place_all(before))

    @rule(chosen=several, name=st.sampled_from(TREE), is_in=st.booleans())
    def collect(self, chosen: list[str], name: str, is_in: bool) -> None:
        """Pictures are put into a collection, or taken out."""
        self.run(self.collect_all(chosen, name, is_in=is_in))

    async def collect_all(self, chosen: list[str], name: str, *, is_in: bool) -> None:
        move = self.store.sorting.add if is_in else self.store.sorting.remove
        moved = list(await move(CollectionId(self.ids[name]), chosen))
        held = self.naive.collections[self.ids[name]][1]
        assert set(moved) == (set(chosen) - held if is_in else set(chosen) & held)
        held.symmetric_difference_update(moved)
        self.undo.append(lambda: self.collect_all(moved, name, is_in=not is_in))

    @rule()
    def take_back(self) -> None:
        """The last step of any kind is taken back."""
        if self.undo:
            self.run(self.undo.pop()())
            self.undo.pop()

    @rule(query=queries)
    def look(self, query: Query) -> None:
        """Every question about *query* has the answer of the naive gallery."""
        asked = replace(query, collection=query.collection and self.ids[query.collection])
        self.run(self.compare(asked, self.naive.groups(asked)))

    @invariant()
    def is_as_it_was_made(self) -> None:
        """After every step, too, questions have the answers of the naive gallery."""
        for _ in range(_AT_ONCE if self.naive.tasks else 0):
            self.asked += 1
            query = Query(**PROBES[self.asked % len(PROBES)])
            self.run(self.compare_groups(query, self.naive.groups(query)))

    async def compare_groups(self, query: Query, wanted: list[Group]) -> None:
        index = await self.store.gallery.groups(query)
        heads = [index.head(row) for row in range(len(index))]
        assert [(head.task_id, head.cells) for head in heads] == [(name, cells) for name, cells, _ in wanted]
        for head, (name, _, shown) in zip(heads, wanted, strict=True):
            assert head.positions(len(self.naive.tasks[name].pictures)) == shown

    async def compare(self, query: Query, wanted: list[Group]) -> None:
        await self.compare_groups(query, wanted)
        gallery = self.store.gallery
        newest = await gallery.newest(query, 3)
        assert newest.ids == tuple(name for name, _, _ in wanted)[:3]
        assert newest.tasks == len(wanted)
        counts = await gallery.count(query)
        assert (counts.tasks, counts.pictures) == (len(wanted), sum(len(shown) for _, _, shown in wanted))
        assert list(await gallery.contents(query)) == self.naive.contents(query)
        found = (await self.store.filter_counts.counts(query)).states
        assert {str(state): count for state, count in found.items()} == self.naive.states(replace(query, states=()))

    @rule()
    def count_places(self) -> None:
        """The rail counts what is there."""
        sorting = self.store.sorting
        for collection in self.run(sorting.collections()):
            assert collection.pictures == self.naive.in_collection(collection.name)
        for project in self.run(sorting.projects()):
            assert project.pictures == self.naive.in_project(project.id)
        sums = self.run(sorting.sums())
        everything = self.naive.groups(Query())
        assert sums.everything == sum(len(shown) for _, _, shown in everything)
        assert sums.in_bin == sum(len(shown) for _, _, shown in self.naive.groups(Query(is_in_trash=True)))
        judged = self.run(self.store.judging.judgments(CONTENTS))
        assert judged == {content: self.naive.said(content) for content in CONTENTS}


Library.TestCase.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
TestLibrary = Library.TestCase
