"""Families: what a picture was made from and what was made from it, by content, whatever became of the files."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import PictureFacts, PreparedReference
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.store.opening import Store
from tests.store.samples import task_of

FACTS = PictureFacts("JPEG", PixelSize(400, 300), 100)


def sha_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def finished(name: str, *, references: tuple[Reference, ...] = (), age_s: float = 0) -> Task:
    """Return a done task with one picture whose content is called as the task."""
    picture = Picture(0, "https://pictures.invalid/1", PictureState.STORED, 1, sha_of(name), f"/nowhere/{name}.jpg")
    request = GenerationRequest(name, Mode.IMAGE_TO_IMAGE if references else Mode.TEXT_TO_IMAGE, references=references)
    return task_of(name, age_s=age_s).but(request=request, state=TaskState.DONE, pictures=(picture,))


async def prepared_from(store: Store, origin: str, colour: str = "teal") -> Reference:
    """Keep a prepared copy of the picture whose content is *origin*; return the reference to it."""
    async with store.references.scratch() as file:
        Image.new("RGB", (400, 300), colour).save(file, "JPEG")
        data = file.read_bytes()
        facts = PictureFacts("JPEG", PixelSize(400, 300), len(data))
        made = PreparedReference(hashlib.sha256(data).hexdigest(), facts, FACTS, origin_sha256=origin)
        kept = await store.references.keep(file, made)
    return Reference("/somewhere/else/fox.jpg", sha256=kept.prepared.sha256)


async def test_a_prepared_copy_leads_back_to_the_picture_and_forward_to_what_was_made(store: Store) -> None:
    fox = finished("fox", age_s=60)
    await store.tasks.save(fox)
    reference = await prepared_from(store, sha_of("fox"))
    owl = finished("owl", references=(reference,))
    await store.tasks.save(owl)

    made_from = await store.family.kin(owl, sha_of("owl"))
    used_in = await store.family.kin(fox, sha_of("fox"))

    assert [(each.number, each.own) for each in made_from.references] == [(1, (fox, fox.pictures[0]))]
    assert made_from.used_in == ()
    assert (used_in.references, used_in.used_in, used_in.used_count) == ((), (owl,), 1)


async def test_the_gallery_finds_what_was_made_with_a_picture(store: Store) -> None:
    reference = await prepared_from(store, sha_of("fox"))
    await store.tasks.save(finished("fox"))
    await store.tasks.save(finished("owl", references=(reference,)))
    await store.gallery.catch_up()

    for content in (sha_of("fox"), reference.sha256):
        assert list((await store.gallery.groups(Query(reference_sha256=content))).ids) == ["owl"]


async def test_the_very_picture_sent_as_it_is_is_found_too(store: Store) -> None:
    reference = await prepared_from(store, sha_of("anything"))
    assert reference.sha256 is not None
    picture = Picture(0, "https://pictures.invalid/1", PictureState.STORED, 1, reference.sha256, "/nowhere/1.jpg")
    fox, owl = finished("fox").but(pictures=(picture,)), finished("owl", references=(reference,))
    await store.tasks.save(fox)
    await store.tasks.save(owl)

    assert (await store.family.kin(owl, None)).references[0].own == (fox, picture)
    assert (await store.family.kin(fox, reference.sha256)).used_in == (owl,)


async def test_a_part_cut_out_of_a_prepared_copy_descends_from_the_picture_too(store: Store) -> None:
    fox = finished("fox")
    await store.tasks.save(fox)
    whole = await prepared_from(store, sha_of("fox"))
    part = await prepared_from(store, whole.sha256 or "", "orange")

    owl = finished("owl", references=(part,))

    assert (await store.family.kin(owl, None)).references[0].own == (fox, fox.pictures[0])


async def test_a_picture_in_the_trash_is_no_relative_to_go_to(store: Store) -> None:
    await store.tasks.save(finished("fox"))
    reference = await prepared_from(store, sha_of("fox"))
    await store.trash.note({sha_of("fox"): []})

    used = (await store.family.kin(finished("owl", references=(reference,)), None)).references[0]

    assert used.own is None
    assert used.file is not None


async def test_the_kept_copy_is_looked_at_before_the_source_and_a_lost_one_is_told(
    store: Store, tmp_path: Path
) -> None:
    source = tmp_path / "shoe.png"
    source.write_bytes(b"shoe")
    kept = await prepared_from(store, sha_of("shoe"))
    references = (kept, Reference(str(source)), Reference("/gone/shoe.png"), Reference("https://a.example/shoe.png"))

    found = (await store.family.kin(finished("owl", references=references), None)).references

    assert [each.file for each in found] == [store.layout.reference(kept.sha256 or "", "jpg"), source, None, None]
    assert [each.number for each in found] == [1, 2, 3, 4]


async def test_of_many_uses_the_newest_are_shown_and_all_are_counted(store: Store) -> None:
    fox = finished("fox", age_s=1000)
    await store.tasks.save(fox)
    reference = await prepared_from(store, sha_of("fox"))
    for number in range(30):
        await store.tasks.save(finished(f"owl {number:02}", references=(reference,), age_s=number))

    found = await store.family.kin(fox, sha_of("fox"))

    assert found.used_count == 30
    assert [task.id for task in found.used_in] == [TaskId(f"owl {number:02}") for number in range(24)]
    assert found.used_in[0].created_at - found.used_in[23].created_at == timedelta(seconds=23)


@pytest.mark.parametrize("sha256", [None, "no content at all", "\ud800"])
async def test_a_picture_without_relatives_has_none(store: Store, sha256: str | None) -> None:
    found = await store.family.kin(finished("fox"), sha256)

    assert (found.references, found.used_in, found.used_count) == ((), (), 0)
