"""Getting a reference ready: what is shown is kept, made once, and outlives its source."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.preparation import Change, ReferenceFault
from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.ports.errors import NotAnImageError, StorageError, UnreachableError, UnusableReferenceError
from tests.engine.bench import Bench
from tests.engine.disk import disk_full
from tests.engine.reference_fakes import NEEDS_WORK, jpeg
from tests.fakes import FOR_EVER_S, Cut, link_dead, offline

LINK = "https://a.example/shoes/red.jpg?size=9"


def photo(folder: Path, data: bytes = jpeg()) -> Path:
    path = folder / "shoe.jpg"
    path.write_bytes(data)
    return path


async def fault_of(bench: Bench, reference: Reference) -> ReferenceFault:
    with pytest.raises(UnusableReferenceError) as caught:
        await bench.engine.references.ready(reference)
    assert caught.value.name == reference.name
    return caught.value.fault


async def test_a_file_is_prepared_and_its_copy_is_named(bench: Bench, tmp_path: Path) -> None:
    reference = Reference(str(photo(tmp_path, NEEDS_WORK)), Role.PRODUCT, title="the shoe")

    ready = await bench.engine.references.ready(reference)

    assert ready.path.read_bytes() == b"\xff\xd8\xff" + NEEDS_WORK
    assert ready.prepared.changes == (Change.FORMAT_CHANGED,)
    assert ready.reference == Reference(reference.source, Role.PRODUCT, sha256=ready.prepared.sha256, title="the shoe")
    assert ready.hosted is None
    assert photo(tmp_path, NEEDS_WORK).exists()


async def test_the_same_picture_asked_for_by_many_is_prepared_once(bench: Bench, tmp_path: Path) -> None:
    file, link = Reference(str(photo(tmp_path))), Reference(LINK)
    bench.source.served[LINK] = jpeg("red")

    ready = await asyncio.gather(*(bench.engine.references.ready(each) for each in [file, link] * 5))

    assert len({one.prepared.sha256 for one in ready}) == 2
    assert len(bench.preparer.prepared) == 2
    assert len(bench.source.opened) == 1


async def test_another_part_or_another_content_is_another_picture(bench: Bench, tmp_path: Path) -> None:
    path = photo(tmp_path)
    whole = await bench.engine.references.ready(Reference(str(path)))
    part = await bench.engine.references.ready(Reference(str(path), crop=Crop(0, 0, 0.5, 1)))
    photo(tmp_path, jpeg("a boot instead"))
    other = await bench.engine.references.ready(Reference(str(path)))

    assert len({one.prepared.sha256 for one in (whole, part, other)}) == 3
    assert (await bench.engine.references.ready(whole.reference)).prepared == whole.prepared


async def test_a_kept_copy_is_used_when_the_source_is_gone(bench: Bench, tmp_path: Path) -> None:
    path = photo(tmp_path)
    bench.source.served[LINK] = jpeg("red")
    file = await bench.engine.references.ready(Reference(str(path)))
    link = await bench.engine.references.ready(Reference(LINK))
    path.unlink()
    bench.source.gone.add(LINK)

    assert await bench.engine.references.ready(file.reference) == file
    assert await bench.engine.references.ready(link.reference) == link
    assert len(bench.source.opened) == 1


async def test_a_copy_that_is_gone_is_made_again(bench: Bench, tmp_path: Path) -> None:
    ready = await bench.engine.references.ready(Reference(str(photo(tmp_path))))
    ready.path.unlink()

    assert await bench.engine.references.ready(ready.reference) == ready
    assert ready.path.exists()


async def test_one_who_gives_up_waiting_does_not_spoil_it_for_the_others(bench: Bench, tmp_path: Path) -> None:
    reference = Reference(str(photo(tmp_path)))
    impatient = asyncio.ensure_future(bench.engine.references.ready(reference))
    patient = asyncio.ensure_future(bench.engine.references.ready(reference))
    await asyncio.sleep(0.1)
    impatient.cancel()

    assert (await patient).path.exists()
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_files_that_cannot_be_used_say_why(bench: Bench, tmp_path: Path) -> None:
    notes = photo(tmp_path, b"notes")

    assert await fault_of(bench, Reference(str(tmp_path / "gone.jpg"))) is ReferenceFault.FILE_MISSING
    assert await fault_of(bench, Reference(str(notes / "inside.jpg"))) is ReferenceFault.FILE_MISSING
    assert await fault_of(bench, Reference("/nul\0.jpg")) is ReferenceFault.FILE_UNREADABLE
    assert await fault_of(bench, Reference(str(notes))) is ReferenceFault.NOT_A_PICTURE
    assert list(bench.references.folder.iterdir()) == [], "nothing is left behind"


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        (link_dead("403"), ReferenceFault.LINK_DEAD),
        (link_dead("410"), ReferenceFault.LINK_DEAD),
        (UnreachableError(Failure(FailureKind.TRY_LATER, "401")), ReferenceFault.LINK_DEAD),
        (UnreachableError(Failure(FailureKind.TRY_LATER, "500")), ReferenceFault.LINK_UNREACHABLE),
        (UnreachableError(Failure(FailureKind.TRY_LATER, "408")), ReferenceFault.LINK_UNREACHABLE),
        (offline(), ReferenceFault.LINK_UNREACHABLE),
        (Cut(offline()), ReferenceFault.LINK_UNREACHABLE),
        (NotAnImageError(Failure(FailureKind.PICTURES_BAD, "LINK_REFUSED")), ReferenceFault.LINK_REFUSED),
        (NotAnImageError(Failure(FailureKind.PICTURES_BAD, "TOO_LARGE")), ReferenceFault.TOO_LARGE_FILE),
        (NotAnImageError(Failure(FailureKind.PICTURES_BAD, "ENCODED")), ReferenceFault.LINK_NOT_A_PICTURE),
        (b"<html>hello</html>", ReferenceFault.LINK_NOT_A_PICTURE),
    ],
)
async def test_links_that_cannot_be_used_say_why(
    bench: Bench, trouble: BaseException | Cut | bytes, fault: ReferenceFault
) -> None:
    bench.source.faults[LINK] = [trouble]

    assert await fault_of(bench, Reference(LINK)) is fault
    assert list(bench.references.folder.iterdir()) == [], "nothing is left behind"


async def test_a_link_that_never_ends_is_given_up(bench: Bench) -> None:
    bench.source.takes_s = FOR_EVER_S

    assert await fault_of(bench, Reference(LINK)) is ReferenceFault.LINK_UNREACHABLE


async def test_a_full_disk_is_told_as_one_and_is_tried_again(bench: Bench, tmp_path: Path) -> None:
    reference = Reference(str(photo(tmp_path)))
    bench.references.errors.append(disk_full())

    with pytest.raises(StorageError):
        await bench.engine.references.ready(reference)
    assert (await bench.engine.references.ready(reference)).path.exists()


async def test_of_a_browsers_links_the_first_with_a_picture_is_picked(bench: Bench) -> None:
    bench.source.served |= {"https://a.example/page": b"<html>", "https://a.example/full.jpg": jpeg("full")}
    bench.source.served["https://a.example/thumb.jpg"] = jpeg("thumb")
    links = ["https://a.example/page", "https://a.example/full.jpg", "https://a.example/thumb.jpg"]

    ready = await bench.engine.references.pick(links, "a shoe")

    assert (ready.reference.source, ready.reference.title) == ("https://a.example/full.jpg", "a shoe")
    assert "https://a.example/thumb.jpg" not in [opened.about for opened in bench.source.opened]


async def test_without_a_picture_the_first_links_trouble_is_told(bench: Bench) -> None:
    bench.source.gone.add("https://a.example/full.jpg")
    bench.source.served["https://a.example/page"] = b"<html>"

    with pytest.raises(UnusableReferenceError) as caught:
        await bench.engine.references.pick(["https://a.example/full.jpg", "https://a.example/page"])
    assert caught.value.fault is ReferenceFault.LINK_DEAD
    with pytest.raises(ValueError, match="no link"):
        await bench.engine.references.pick([])


async def test_a_link_can_be_cropped_as_a_file(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")

    file = await bench.engine.references.as_file(Reference(LINK, Role.STYLE))

    assert (file.is_link, file.role, file.name) == (False, Role.STYLE, "red.jpg")
    assert Path(file.source).read_bytes() == jpeg("red")
