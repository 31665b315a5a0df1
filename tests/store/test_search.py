"""Full text: what is typed finds the tasks that hold it, whatever is typed and whatever became of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.domain.judging import Change
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.query import Query, terms_of
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ports.errors import ConflictError
from seedream_desktop.store.database import connect_in_memory
from seedream_desktop.store.opening import Store
from seedream_desktop.store.search import read_pending
from seedream_desktop.store.tokens import match_of, spaced
from tests.store.samples import opened, task_of


def asked_for(name: str, prompt: str, age_s: float = 0) -> Task:
    return task_of(name, age_s=age_s).but(request=GenerationRequest(prompt))


def with_picture(task: Task, sha256: str, saved_path: str | None = None) -> Task:
    picture = Picture(0, "https://pictures.invalid/1", PictureState.STORED, 1, sha256, saved_path=saved_path)
    return task.but(state=TaskState.DONE, pictures=(picture,))


async def found(store: Store, text: str) -> list[str]:
    return list((await store.gallery.newest(Query(text), 100)).ids)


@pytest.mark.parametrize(
    "typed",
    [
        "fox",
        "FOX ",
        "red fo",
        "fox red",
        '"red fox"',
        '"red fo',
        "cafe",
        "café",
        "CAFE\u0301 ",
        "狐狸",
        "红色的狐",
        "狸",
        "キツネ",
        "여우",
        "16:9",
        "AND OR NOT NEAR fox",
        "nea re fo",
    ],
)
async def test_a_prompt_is_found_by_its_words(store: Store, typed: str) -> None:
    prompt = "A red fox in the Café, AND or NOT near 一只红色的狐狸 赤いキツネが 빨간 여우가 at 16:9"
    await store.tasks.save(asked_for("one", prompt))
    await store.tasks.save(asked_for("two", "an owl"))

    assert await found(store, typed) == ["one"]


@pytest.mark.parametrize("typed", ["ox", '"fox red"', "fox owl", "狐红", "猫", '"fo"', "fox -red owl"])
async def test_what_a_prompt_does_not_hold_is_not_found(store: Store, typed: str) -> None:
    await store.tasks.save(asked_for("one", "a red fox 红色的狐狸"))

    assert await found(store, typed) == []


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        ("Kamienice w Łodzi, Żółć", "lodzi zolc"),
        ("Kamienice w Łodzi", "ŁODZI"),
        ("Die Straße am Fluß", "STRASSE fluss"),
        ("Die STRASSE", "straße"),
        ("Smørrebrød på Ærø", "smorrebrod aero"),
        ("Œuvre d'art", "oeuvre"),
        ("Ёжик в тумане", "ежик"),
        ("ежик", "ЁЖИК"),
        ("Diyarbakır", "diyarbakir"),
    ],
)
async def test_letters_are_found_by_what_people_type_who_have_no_key_for_them(
    store: Store, prompt: str, typed: str
) -> None:
    await store.tasks.save(asked_for("one", prompt))

    assert await found(store, typed) == ["one"]


async def test_the_newest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for age_s in range(5):
        await store.tasks.save(asked_for(f"task-{age_s}", "a red fox", age_s))

    newest = await store.gallery.newest(Query("fox"), 2)

    assert (newest.ids, newest.tasks) == (("task-0", "task-1"), 5)
    assert (await store.gallery.count(Query("fox"))).tasks == 5


async def test_what_is_in_the_trash_is_neither_found_nor_counted(store: Store) -> None:
    await store.tasks.save(with_picture(asked_for("one", "a red fox"), "a"))
    await store.tasks.save(with_picture(asked_for("two", "a red fox"), "b"))
    await store.trash.note({"a": []})

    for query in (Query("fox"), Query("fox", states=(TaskState.DONE,))):
        newest = await store.gallery.newest(query, 10)
        assert (newest.ids, newest.tasks) == (("two",), 1)


async def test_tags_notes_and_file_names_are_found_with_the_prompt(store: Store) -> None:
    await store.tasks.save(with_picture(asked_for("one", "a red fox"), "a", "/library/winter-campaign_03.png"))
    await store.judging.judge({"a": Change(note="too dark on the left", adds=("second round",))})

    for typed in ("fox dark", "campaign", "round fox", '"winter campaign"', '"dark on the"'):
        assert await found(store, typed) == ["one"], typed
    assert await found(store, '"fox second"') == []


async def test_what_is_changed_is_found_by_its_new_words_alone(store: Store) -> None:
    task = with_picture(asked_for("one", "a red fox"), "a", "/library/first.png")
    await store.tasks.save(task)
    undo = await store.judging.judge({"a": Change(note="too dark", adds=("cover",))})
    assert await found(store, "cover dark first fox") == ["one"]

    await store.judging.judge(undo)
    await store.tasks.save(with_picture(task, "a", "/library/second.png").but(request=GenerationRequest("a grey owl")))

    for typed in ("cover", "dark", "first", "fox"):
        assert await found(store, typed) == [], typed
    assert await found(store, "second owl") == ["one"]


async def test_saving_a_task_again_gives_the_index_nothing_to_do(store: Store) -> None:
    task = asked_for("one", "a red fox")
    await store.tasks.save(task)
    assert await store.gallery.catch_up() == 1

    await store.tasks.save(task.but(state=TaskState.PROCESSING))

    assert await store.gallery.catch_up() == 0


async def test_a_long_backlog_is_read_in_pieces_to_its_end(data: Path) -> None:
    async with opened(data) as store:
        for number in range(450):
            await store.database.write(partial(_copy, number=number))
        assert await store.gallery.catch_up() == 450
        assert (await store.gallery.count(Query("fox"))).tasks == 450
        assert await found(store, "n449") == ["copy-449"]


async def test_what_was_said_of_many_orders_is_found_at_the_first_question(data: Path) -> None:
    async with opened(data) as store:
        for number in range(450):
            await store.database.write(partial(_copy, number=number))
            sql = (
                "INSERT INTO pictures (task_id, position, url, state, tries, sha256) VALUES (?, 0, '', 'stored', 1, ?)"
            )
            await store.database.execute(sql, (f"copy-{number}", f"picture-{number}"))
        await store.gallery.catch_up()
        await store.judging.judge({f"picture-{number}": Change(adds=("beach",)) for number in range(450)})

        assert (await store.gallery.count(Query("beach"))).tasks == 450


async def test_an_order_of_a_moment_ago_is_found_by_its_reference(store: Store) -> None:
    request = GenerationRequest("an owl", references=(Reference("/owl.png", sha256="owl"),))

    await store.tasks.save(task_of().but(request=request))

    assert list((await store.gallery.groups(Query(reference_sha256="owl"))).ids) == ["one"]


_STORE = "INSERT INTO pictures (task_id, position, url, state, tries, sha256) VALUES (?, 0, '', 'stored', 1, ?)"


def _copy(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        "INSERT INTO tasks (id, created_at, state, prompt, mode, resolution, count, sequence, provider, request,"
        " estimated_cost_usd, service_state, is_watched) VALUES (?, '2026-11-20T12:00:00.000000+00:00', 'done', ?,"
        " 'text-to-image', '2K', 1, 0, 'auto', '{\"references\":[]}', '0.04', '', 0)",
        (f"copy-{number}", f"a red fox n{number}"),
    )


async def test_a_damaged_index_is_made_anew_and_tasks_are_saved_all_the_while(store: Store) -> None:
    for number in range(20):
        await store.tasks.save(asked_for(f"task-{number}", f"a red fox {number}"))
    await store.gallery.catch_up()
    await store.database.execute("UPDATE search_data SET block = x'ffffffffffffffffffffffff' WHERE id > 10", ())

    await store.tasks.save(asked_for("later", "a red fox later"))

    assert len(await found(store, "fox")) == 21
    assert await found(store, "later") == ["later"]


async def test_a_damage_met_while_writing_is_mended_too(store: Store) -> None:
    await store.tasks.save(asked_for("one", "a red fox"))
    await store.gallery.catch_up()
    await store.database.execute("UPDATE search_data SET block = x'ff' WHERE id = 10", ())
    await store.tasks.save(asked_for("two", "a red fox"))

    await store.gallery.catch_up()

    assert set(await found(store, "fox")) == {"one", "two"}


_HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet='"*^:(){}+-\\ANDORT NEAR,\0\ud800狐', max_size=40),
    st.sampled_from(("prompt: fox", "{prompt words}: x", "fox*bar", '"""', "NEAR(a b, 2)", "a AND", "^a", "rowid:1")),
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=_HOSTILE)
def test_nothing_that_is_typed_can_be_a_mistake(index: sqlite3.Connection, typed: str) -> None:
    match = match_of(terms_of(typed))

    if match:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", (match,)).fetchall()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text(alphabet="abcäé狐狸キ여1", min_size=1, max_size=6), rest=st.text(max_size=20))
def test_every_word_of_a_prompt_finds_it(index: sqlite3.Connection, word: str, rest: str) -> None:
    index.execute("DELETE FROM search")
    index.execute("INSERT INTO search (rowid, prompt, words) VALUES (7, ?, '')", (spaced(f"{word} {rest}"),))

    rows = index.execute("SELECT rowid FROM search WHERE search MATCH ?", (match_of(terms_of(word + " ")),))

    assert rows.fetchall() == [(7,)]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(connect_in_memory()) as connection:
        yield connection


async def test_damage_that_is_not_of_the_index_is_told(store: Store) -> None:
    await store.tasks.save(asked_for("one", "a red fox"))
    await store.database.execute(
        "CREATE TRIGGER odd BEFORE DELETE ON search_pending BEGIN SELECT RAISE(ABORT, 'no'); END", ()
    )

    with pytest.raises(ConflictError):
        await store.gallery.catch_up()


def test_a_task_that_is_gone_holds_nothing_up(index: sqlite3.Connection) -> None:
    index.execute("INSERT INTO search_pending (task_id) VALUES ('nobody')")

    assert read_pending(index, 10) == 1
    assert read_pending(index, 10) == 0
