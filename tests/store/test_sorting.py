"""Projects, collections, saved searches and the records of the trash: what was done can be put back as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from seedream_desktop.domain.collections import OF_TASK, Collection, CollectionId, NameTakenError
from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ports.trash import LibraryCopy
from seedream_desktop.store.opening import Store
from seedream_desktop.store.query_codec import query_from_text, query_to_text
from tests.store.samples import NOON, opened, task_of

COPY = LibraryCopy(TaskId("one"), 1, "/pictures/b.png", is_same=False, lies_at="/trash/b.png")


def done(name: str, *contents: str | None, project: str | None = None) -> Task:
    pictures = tuple(
        Picture(at, "https://pictures.invalid/1", PictureState.STORED if content else PictureState.PLANNED, 1, content)
        for at, content in enumerate(contents)
    )
    return task_of(name, state=TaskState.DONE).but(pictures=pictures, project=project)


async def shown(store: Store, query: Query) -> dict[str, tuple[int, ...]]:
    index = await store.gallery.groups(query)
    heads = [index.head(row) for row in range(len(index))]
    for head in heads:
        assert head.shown == 0 or head.shown.bit_count() == head.cells
    return {head.task_id: head.positions(head.shown.bit_length() or head.cells) for head in heads}


async def project_sizes(store: Store) -> dict[str, int]:
    return {project.name: project.pictures for project in await store.sorting.projects()}


async def test_a_picture_is_in_the_project_of_its_task_until_it_is_moved(store: Store) -> None:
    winter, summer = await store.sorting.make_project("Winter"), await store.sorting.make_project("summer")
    await store.tasks.save(done("one", "a", "b", project=winter.id))
    await store.tasks.save(done("two", "c"))
    assert await project_sizes(store) == {"summer": 0, "Winter": 2}

    undo = await store.sorting.place({"b": summer.id, "c": winter.id, "a": OF_TASK})

    assert await project_sizes(store) == {"summer": 1, "Winter": 2}
    assert await shown(store, Query(project=winter.id)) == {"one": (0,), "two": (0,)}
    assert await shown(store, Query(project=summer.id)) == {"one": (1,)}
    assert undo == {"b": OF_TASK, "c": OF_TASK}
    redo = await store.sorting.place(undo)
    assert await project_sizes(store) == {"summer": 0, "Winter": 2}
    assert redo == {"b": summer.id, "c": winter.id}


async def test_no_project_parts_a_picture_from_that_of_its_task(store: Store) -> None:
    winter = await store.sorting.make_project("Winter")
    await store.tasks.save(done("one", "a", "b", project=winter.id))

    await store.sorting.place({"a": None})

    assert await shown(store, Query(project=winter.id)) == {"one": (1,)}
    assert await project_sizes(store) == {"Winter": 1}


async def test_what_is_still_to_come_stands_in_its_project_already(store: Store) -> None:
    winter = await store.sorting.make_project("Winter")
    await store.tasks.save(task_of("waiting").but(project=winter.id))
    await store.tasks.save(done("arriving", "a", None, project=winter.id))
    await store.tasks.save(task_of("elsewhere"))

    assert await shown(store, Query(project=winter.id)) == {"arriving": (0, 1), "waiting": (0,)}


async def test_a_deleted_project_keeps_its_pictures_and_comes_back_with_them(store: Store) -> None:
    await store.sorting.make_project("Winter", "/clients/winter")
    (winter,) = await store.sorting.projects()
    await store.tasks.save(done("one", "a"))
    await store.sorting.place({"a": winter.id})

    await store.sorting.delete_project(winter.id)
    assert await store.sorting.projects() == ()
    assert await shown(store, Query()) == {"one": (0,)}
    await store.sorting.restore_project(winter)

    (restored,) = await store.sorting.projects()
    assert (restored.name, restored.folder, restored.pictures) == ("Winter", "/clients/winter", 1)


async def test_a_project_gets_another_name_and_folder(store: Store) -> None:
    project = await store.sorting.make_project("  Winter \n campaign ")
    await store.sorting.rename_project(project.id, "winter CAMPAIGN")
    await store.sorting.set_folder(project.id, "/clients/winter")

    (found,) = await store.sorting.projects()

    assert (project.name, found.name, found.folder) == ("Winter campaign", "winter CAMPAIGN", "/clients/winter")


async def test_names_are_used_once_in_whatever_case_and_are_never_empty(store: Store) -> None:
    one, two = await store.sorting.make_project("Wärme"), await store.sorting.make_project("Kälte")
    collection = await store.sorting.make_collection("Wärme")
    await store.searches.save("Wärme", Query("fox"))

    for attempt in (
        store.sorting.make_project("wÄRME"),
        store.sorting.rename_project(two.id, "WÄRME "),
        store.sorting.make_collection("wärme"),
        store.searches.save("wärme", Query()),
    ):
        with pytest.raises(NameTakenError):
            await attempt
    with pytest.raises(ValueError, match="200"):
        await store.sorting.rename_project(one.id, " \n")
    with pytest.raises(ValueError, match="200"):
        await store.sorting.rename_collection(collection.id, "x" * 201)
    assert set(await project_sizes(store)) == {"Wärme", "Kälte"}


@pytest.mark.parametrize("name", ["clients / Northwind", "Clients//Northwind/", " /Clients/ northwind"])
async def test_a_second_way_to_write_the_path_of_a_collection_is_taken_too(store: Store, name: str) -> None:
    made = await store.sorting.make_collection("Clients/Northwind")
    other = await store.sorting.make_collection("Moods")

    with pytest.raises(NameTakenError):
        await store.sorting.make_collection(name)
    with pytest.raises(NameTakenError):
        await store.sorting.rename_collection(other.id, name)
    await store.sorting.rename_collection(made.id, name)

    assert [each.parts[-1].casefold() for each in await store.sorting.collections()] == ["northwind", "moods"]


async def test_a_picture_is_in_as_many_collections_as_one_likes(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b", "c"))
    covers, foxes = (
        await store.sorting.make_collection("Covers"),
        await store.sorting.make_collection("Animals / foxes"),
    )

    assert await store.sorting.add(covers.id, "ab") == ("a", "b")
    assert await store.sorting.add(foxes.id, "b") == ("b",)
    assert await store.sorting.add(covers.id, "bc") == ("c",)

    assert await shown(store, Query(collection=covers.id)) == {"one": (0, 1, 2)}
    assert await shown(store, Query(collection=foxes.id)) == {"one": (1,)}
    assert set(await store.sorting.collections_of("b")) == {covers.id, foxes.id}
    assert [(each.name, each.pictures) for each in await store.sorting.collections()] == [
        ("Animals / foxes", 1),
        ("Covers", 3),
    ]
    assert await store.sorting.remove(covers.id, "bz") == ("b",)
    assert await shown(store, Query(collection=covers.id)) == {"one": (0, 2)}


async def test_a_deleted_collection_comes_back_with_what_was_in_it(store: Store) -> None:
    made = await store.sorting.make_collection("Covers")
    await store.sorting.add(made.id, "ab")
    await store.sorting.rename_collection(made.id, "Front covers")
    (before,) = await store.sorting.collections()

    contents = await store.sorting.delete_collection(made.id)
    assert (set(contents), await store.sorting.collections()) == ({"a", "b"}, ())
    await store.sorting.restore_collection(before, contents)

    assert await store.sorting.collections() == (before,)
    assert before.pictures == 2


def test_a_name_with_slashes_is_a_path() -> None:
    assert Collection(CollectionId("a"), "Animals / foxes//red", NOON).parts == ("Animals", "foxes", "red")
    assert Collection(CollectionId("a"), "/", NOON).parts == ("/",)


EVERYTHING_ASKED = Query(
    'fox "red',
    (AspectRatio.SQUARE,),
    (Resolution.FOUR_K,),
    (Mode.IMAGE_TO_IMAGE,),
    (TaskState.DONE, TaskState.PARTIAL),
    3,
    Flag.PICK,
    is_favourite=True,
    tags=("cover", "狐狸"),
    project="p",
    collection="c",
    first_day=date(2026, 1, 2),
    last_day=date(2026, 3, 4),
    reference_sha256="r",
    is_in_trash=True,
)


@pytest.mark.parametrize("query", [Query(), EVERYTHING_ASKED])
def test_a_query_survives_being_written_down(query: Query) -> None:
    assert query_from_text(query_to_text(query)) == query


async def test_searches_are_kept_changed_and_removed(data: Path) -> None:
    async with opened(data) as store:
        saved = await store.searches.save("Foxes", EVERYTHING_ASKED)
        other = await store.searches.save("best", Query(rating_at_least=5))
        await store.searches.rename(saved.id, "All foxes")
        await store.searches.change(saved.id, Query("foxes"))

    async with opened(data) as store:
        first, second = await store.searches.all()
        assert (first.name, first.query, second) == ("All foxes", Query("foxes"), other)
        await store.searches.delete(first.id)
        assert await store.searches.all() == (second,)
        await store.searches.restore(first)
        assert await store.searches.all() == (first, second)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"text": 1}', query_to_text(Query()).replace("[]", '["?"]')])
async def test_a_search_of_a_newer_program_is_left_out_and_kept(store: Store, text: str) -> None:
    kept = await store.searches.save("Foxes", Query("fox"))
    odd = await store.searches.save("Odd", Query("odd"))
    await store.database.execute("UPDATE saved_searches SET query = ? WHERE id = ?", (text, odd.id))

    assert await store.searches.all() == (kept,)
    assert await store.database.row("SELECT query FROM saved_searches WHERE id = ?", (odd.id,)) == (text,)


async def test_what_is_in_the_trash_is_seen_there_and_nowhere_else(store: Store) -> None:
    covers, winter = await store.sorting.make_collection("Covers"), await store.sorting.make_project("Winter")
    await store.tasks.save(done("one", "a", "b", "c", project=winter.id))
    await store.tasks.save(done("two", "d"))
    await store.judging.judge({"b": Change(stars=5), "a": Change(stars=5)})
    await store.sorting.add(covers.id, "ab")

    assert await store.trash.note({"b": [COPY], "d": []}) == ("b", "d")
    assert await store.trash.note({"b": []}) == ()

    assert await shown(store, Query()) == {"one": (0, 2)}
    assert await shown(store, Query(rating_at_least=5)) == {"one": (0,)}
    assert await shown(store, Query(collection=covers.id)) == {"one": (0,)}
    assert await shown(store, Query(is_in_trash=True)) == {"two": (0,), "one": (1,)}
    assert await project_sizes(store) == {"Winter": 2}
    assert [each.pictures for each in await store.sorting.collections()] == [1]
    counts = await store.gallery.count(Query())
    assert (counts.tasks, counts.pictures) == (1, 2)


async def test_a_picture_comes_back_from_the_trash_as_it_was(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b"))
    await store.judging.judge({"b": Change(stars=5)})
    await store.trash.note({"b": [COPY]})
    (record,) = await store.trash.all()
    assert (record.sha256, record.copies) == ("b", (COPY,))

    assert await store.trash.forget("bz") == ("b",)

    assert await store.trash.all() == ()
    assert await shown(store, Query()) == {"one": (0, 1)}
    assert await shown(store, Query(rating_at_least=5)) == {"one": (1,)}


async def test_the_same_bytes_again_stay_in_the_trash(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b"))
    await store.trash.note({"a": []})

    await store.tasks.save(done("two", "a"))

    assert await shown(store, Query()) == {"one": (1,)}


async def test_the_contents_of_an_answer_are_exactly_the_pictures_that_fit(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b", None))
    await store.tasks.save(done("two", "b", "c").but(state=TaskState.FAILED))
    await store.judging.judge({content: Change(flag=Flag.REJECT) for content in "bcx"})
    await store.trash.note({"c": []})

    assert await store.gallery.contents(Query()) == ("b", "a")
    assert await store.gallery.contents(Query(flag=Flag.REJECT)) == ("b",)
    assert await store.gallery.contents(Query(flag=Flag.REJECT, is_in_trash=True)) == ("c",)


async def test_a_renamed_collection_takes_those_nested_below_it_along_or_stays(store: Store) -> None:
    clients = await store.sorting.make_collection("Clients")
    for name in ("Clients/Northwind", "Clients/Northwind/Spring", "Clientship", "Customers/Northwind"):
        await store.sorting.make_collection(name)

    with pytest.raises(NameTakenError):
        await store.sorting.rename_collection(clients.id, "Customers")
    assert {each.name for each in await store.sorting.collections()} >= {"Clients", "Clients/Northwind"}
    await store.sorting.rename_collection(clients.id, "People")

    names = {each.name for each in await store.sorting.collections()}
    assert names == {"People", "People/Northwind", "People/Northwind/Spring", "Clientship", "Customers/Northwind"}


@pytest.mark.parametrize(
    ("names", "old", "new", "then"),
    [
        (("A", "A/x", "C/y"), "A", "C", ("C", "C/x", "C/y")),
        (("A/b", "A/b/b"), "A/b", "A", ("A", "A/b")),
        (("A", "A/b"), "A", "A/b", ("A/b", "A/b/b")),
        (("A", "A / x"), "A", "a", ("a", "a/x")),
    ],
)
async def test_a_new_name_of_a_collection_can_be_taken_back_whatever_lies_below_it(
    store: Store, names: tuple[str, ...], old: str, new: str, then: tuple[str, ...]
) -> None:
    made = {name: (await store.sorting.make_collection(name)).id for name in names}

    before = await store.sorting.rename_collection(made[old], new)
    after = await store.sorting.collections()
    again = await store.sorting.name_collections(before)
    back = await store.sorting.collections()
    await store.sorting.name_collections(again)

    assert {each.name for each in after} == set(then)
    assert {each.name: each.id for each in back} == made
    assert await store.sorting.collections() == after


async def test_a_collection_shows_and_counts_what_lies_in_those_below_it_each_picture_once(store: Store) -> None:
    names = ("Clients", "clients/Northwind", "Clients / Northwind/Spring", "Clients elsewhere", "Client")
    for content, name in zip("abcde", names, strict=True):
        made = await store.sorting.make_collection(name)
        await store.sorting.add(made.id, [content, "x"] if "Northwind" in name else [content])
    await store.tasks.save(done("one", "a", "b", "c", "d", "e", "x", "y"))

    found = {each.name: each for each in await store.sorting.collections()}
    counts = {name: each.pictures for name, each in found.items()}
    assert counts == {
        "Client": 1,
        "Clients": 4,
        "Clients / Northwind/Spring": 2,
        "Clients elsewhere": 1,
        "clients/Northwind": 3,
    }
    assert await shown(store, Query(collection=found["Clients"].id)) == {"one": (0, 1, 2, 5)}
    assert await shown(store, Query(collection=found["clients/Northwind"].id)) == {"one": (1, 2, 5)}
    assert await shown(store, Query(collection=found["Client"].id)) == {"one": (4,)}
    assert set(await store.gallery.contents(Query(collection=found["Clients"].id))) == set("abcx")

    await store.trash.note({"c": []})
    counts = {each.name: each.pictures for each in await store.sorting.collections()}
    assert (counts["Clients"], counts["clients/Northwind"]) == (3, 2)


async def test_the_path_of_several_collections_shows_what_lies_in_all_of_them(store: Store) -> None:
    for content, name in zip("abc", ("Clients/Northwind", "clients / Southwind", "Clientship"), strict=True):
        made = await store.sorting.make_collection(name)
        await store.sorting.add(made.id, [content])
    await store.tasks.save(done("one", "a", "b", "c", "d"))

    assert await shown(store, Query(collection="Clients")) == {"one": (0, 1)}
    assert (await store.gallery.count(Query(collection="CLIENTS"))).pictures == 2
    assert await shown(store, Query(collection="Nobody")) == {}


async def test_a_collection_that_is_gone_holds_nothing(store: Store) -> None:
    made = await store.sorting.make_collection("Clients/Northwind")
    await store.tasks.save(done("one", "a"))
    await store.sorting.add(made.id, "a")
    await store.sorting.delete_collection(made.id)

    assert await shown(store, Query(collection=made.id)) == {}


async def test_renaming_carries_along_what_is_nested_however_its_path_is_written(store: Store) -> None:
    clients = await store.sorting.make_collection("Clients")
    for name in ("clients/Northwind", "Clients / Southwind", "Clients elsewhere"):
        await store.sorting.make_collection(name)

    await store.sorting.rename_collection(clients.id, "Customers")

    names = [each.name for each in await store.sorting.collections()]
    assert names == ["Clients elsewhere", "Customers", "Customers/Northwind", "Customers/Southwind"]
