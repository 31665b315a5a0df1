"""References from the drop to the order, in the whole window with the demo's simulator behind it."""

from __future__ import annotations

import http.server
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.domain.request import Mode
from seedream_desktop.ui.composer.tile_state import Kind, Repair
from seedream_desktop.ui.crop.dialog import CropDialog
from seedream_desktop.ui.drop_overlay import Target
from seedream_desktop.ui.intake.offer import Intake, Offer
from tests.app.reference_desk import ReferenceDesk, Story, is_ready

RED, GREEN, BLUE = (204, 0, 0), (0, 204, 0), (0, 0, 204)


@pytest.fixture
def website(tmp_path: Path) -> Iterator[str]:
    """A web server on this machine for the folder ``www``."""
    (tmp_path / "www").mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "www")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_files_and_folders_become_tiles_and_what_is_no_picture_is_named(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        notes = desk.folder / "notes.txt"
        notes.write_text("not a picture")
        desk.picture("shots/b.bmp")
        desk.picture("shots/a.tif")
        (desk.folder / "shots" / "list.txt").write_text("silent")

        desk.drop(desk.picture("fox.webp"), notes, desk.folder / "shots")
        await desk.settled(3)

        assert desk.names() == ["fox.webp", "a.tif", "b.bmp"]
        assert all(map(is_ready, desk.states()))
        assert "notes.txt is not a picture" in desk.strip.refusal_text()
        assert "list.txt" not in desk.strip.refusal_text()
        assert desk.composer.draft().mode is Mode.IMAGE_TO_IMAGE
        assert "64×48 TIFF" in desk.states()[1].words

    at_a_desk(story)


def test_of_fifteen_files_fourteen_are_taken_and_the_fifteenth_is_named(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.drop(*(desk.picture(f"{number:02}.png", (number, 0, 0)) for number in range(1, 16)))
        await desk.settled(14)

        assert desk.names()[-1] == "14.png"
        assert desk.strip.refusal_text() == "15.png was left out: the service takes at most 14 references."

    at_a_desk(story)


def test_a_pasted_picture_becomes_a_reference(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        mime = QMimeData()
        mime.setImageData(image)

        assert desk.composer.take(mime)
        await desk.settled(1)

        assert desk.names() == ["Pasted picture"]
        assert desk.states()[0].words == "40×30 PNG, 1 kB"

    at_a_desk(story)


def test_the_full_picture_is_taken_before_its_thumbnail_and_the_thumbnail_when_there_is_no_other(
    at_a_desk: Callable[[Story], None], website: str
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.picture("www/full.jpg", size=(900, 600))
        desk.picture("www/small.jpg", size=(90, 60))
        (desk.folder / "www" / "page.html").write_text("<p>a page")
        full, small = f"{website}/full.jpg", f"{website}/small.jpg"

        desk.composer.pictures_offered.emit(Intake((Offer((full, small)),)), None)
        desk.composer.pictures_offered.emit(Intake((Offer((f"{website}/page.html", small)),)), None)
        await desk.settled(2)

        assert [reference.source for reference in desk.strip.references()] == [full, small]
        assert [state.words.split(",")[0] for state in desk.states()] == ["900×600 JPEG", "90×60 JPEG"]

    at_a_desk(story)


def test_what_the_browser_handed_over_stands_in_for_links_that_lead_nowhere(
    at_a_desk: Callable[[Story], None], website: str
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        data = desk.picture("behind a login.png").read_bytes()
        offer = Offer((f"{website}/gone.png",), data=data, title="Members only")

        desk.composer.pictures_offered.emit(Intake((offer,)), None)
        await desk.settled(1)

        assert desk.names() == ["Members only"]
        assert is_ready(desk.states()[0])

    at_a_desk(story)


def test_a_dead_link_and_a_panorama_are_told_on_their_tiles_with_what_helps(
    at_a_desk: Callable[[Story], None], website: str
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        panorama = desk.picture("panorama.png", size=(600, 30))

        desk.composer.pictures_offered.emit(Intake((Offer((f"{website}/gone.png",)),)), None)
        desk.drop(panorama)
        await desk.settled(2)

        dead, long = desk.states()
        assert "gone.png leads to nothing" in dead.words
        assert "panorama.png is more than 16 times" in long.words
        assert (dead.kind, long.kind) == (Kind.PROBLEM, Kind.PROBLEM)
        assert Repair.CROP in long.repairs

    at_a_desk(story)


def test_a_crop_is_what_is_sent_and_the_original_stays(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        panorama = desk.picture("panorama.png", size=(600, 30))
        before = panorama.read_bytes()
        desk.drop(panorama)
        await desk.settled(1)
        entry = desk.strip.entries()[0]

        desk.strip.replace(entry.key, replace(entry.reference, crop=Crop(0.25, 0.0, 0.75, 1.0)))
        await desk.until(lambda: is_ready(desk.states()[0]))

        assert desk.states()[0].words.startswith("600×30 PNG")
        assert "300×30 PNG" in desk.states()[0].words
        assert panorama.read_bytes() == before

    at_a_desk(story)


def test_reordered_references_are_posted_in_their_new_order_with_the_right_numbers(
    at_a_desk: Callable[[Story], None],
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.drop(*(desk.picture(name, colour) for name, colour in [("r.png", RED), ("g.png", GREEN), ("b.png", BLUE)]))
        await desk.settled(3)
        wanted = "Figure 1 in the colours of Figure 3, standing like Figure 2"
        desk.composer.set_request(replace(desk.composer.draft(), prompt=wanted))
        await desk.settled(3)

        desk.strip._move(2, 0)
        desk.strip._list.set_role(desk.strip.entries()[0].key, Role.PALETTE)
        request = replace(desk.composer.draft(), adds_role_line=True)
        task = await desk.program.engine.submit(request)
        submits = await _submits(desk, 1)

        assert request.prompt == "Figure 2 in the colours of Figure 1, standing like Figure 3"
        assert submits[0]["prompt"] == f"{request.prompt}\n\nFigure 1 gives the colour palette."
        colours = [await desk.colour_at(url) for url in submits[0]["image_urls"]]
        assert colours == [BLUE, RED, GREEN]
        assert task.request.prompt == request.prompt

    at_a_desk(story)


def test_the_same_picture_in_two_orders_is_uploaded_once_and_everything_can_be_used_again(
    at_a_desk: Callable[[Story], None],
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        picture = desk.picture("fox.png", RED)
        desk.drop(picture)
        await desk.settled(1)
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a fox"))
        await desk.settled(1)
        first = await desk.program.engine.submit(desk.composer.request())
        await desk.program.engine.submit(desk.composer.request())
        await _submits(desk, 2)
        await desk.until(lambda: desk.states()[0].kind is Kind.HOSTED)
        assert len((await desk.ledger())["uploads"]) == 1

        picture.unlink()
        done = await desk.ended(first.id)
        desk.window.action_requested.emit(done, "reuse")
        await desk.settled(1)

        assert is_ready(desk.states()[0])
        await desk.program.engine.submit(desk.composer.request())
        third = (await _submits(desk, 3))[2]
        assert await desk.colour_at(third["image_urls"][0]) == RED

    at_a_desk(story)


def test_a_picture_of_our_own_brings_its_settings_back_and_is_found(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a lighthouse", count=2))
        task = await desk.program.engine.submit(desk.composer.request())
        done = await desk.ended(task.id)
        desk.composer.set_request(replace(desk.composer.draft(), prompt="something else", count=1))
        dropped = Intake((Offer(path=done.pictures[1].saved_path),))

        desk.window.drop_overlay.dropped.emit(dropped, Target.SETTINGS)
        await desk.until(lambda: desk.composer.draft().prompt == "a lighthouse")
        assert desk.composer.draft().count == 2

        desk.window.header.search.setText("nothing like it")
        await desk.until(lambda: desk.window.gallery.findChild(QPushButton, "clear_search_and_filters") is not None)
        desk.window.drop_overlay.dropped.emit(dropped, Target.LIBRARY)
        await desk.until(lambda: desk.window.gallery.current() is not None)
        current = desk.window.gallery.current()
        assert current is not None
        assert current[1].position == done.pictures[1].position

        stranger = Intake((Offer(path=str(desk.picture("stranger.png"))),))
        desk.window.drop_overlay.dropped.emit(stranger, Target.SETTINGS)
        await desk.until(lambda: "not made here" in desk.window.dock.status_text())

    at_a_desk(story)


def test_a_bug_while_preparing_is_a_problem_of_the_tile_and_not_endless_waiting(
    at_a_desk: Callable[[Story], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        async def stumble(_reference: Reference) -> Any:
            raise RuntimeError("a bug")

        references: Any = desk.program.engine.references
        ready, references.ready = references.ready, stumble
        desk.drop(desk.picture("fox.png"))
        await desk.settled(1)
        assert desk.states()[0].kind is Kind.PROBLEM
        assert "a bug" in caplog.text

        references.ready = ready
        desk.strip.repair_requested.emit(desk.strip.entries()[0].key, Repair.RETRY)
        await desk.until(lambda: is_ready(desk.states()[0]))

    at_a_desk(story)


async def _submits(desk: ReferenceDesk, count: int) -> list[dict[str, Any]]:
    """Return the first orders that the service has seen, once it has seen so many."""
    found: list[dict[str, Any]] = []
    while len(found) < count or not found[count - 1]["complete"]:
        found = (await desk.ledger())["submits"]
    return found


def test_files_and_links_dropped_together_keep_their_order(at_a_desk: Callable[[Story], None], website: str) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.picture("www/link.png")
        first, last = desk.picture("first.png", RED), desk.picture("last.png", BLUE)
        offers = (Offer(path=str(first)), Offer((f"{website}/link.png",)), Offer(path=str(last)))

        desk.composer.pictures_offered.emit(Intake(offers), None)
        await desk.settled(3)

        assert desk.names() == ["first.png", "link.png", "last.png"]

    at_a_desk(story)


def test_a_link_that_goes_as_it_is_is_not_said_to_have_lost_its_notes(
    at_a_desk: Callable[[Story], None], website: str
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        exif = Image.Exif()
        exif[0x010E] = "at home"
        picture = desk.picture("www/photo.jpg")
        with Image.open(picture) as image:
            image.save(picture, exif=exif)

        desk.composer.pictures_offered.emit(Intake((Offer((f"{website}/photo.jpg",)), Offer(path=str(picture)))), None)
        await desk.settled(2)

        link, file = desk.states()
        assert link.words == "64×48 JPEG, 1 kB"
        assert "notes removed" in file.words

    at_a_desk(story)


def test_a_link_looked_at_in_the_crop_dialog_and_left_whole_stays_a_link(
    at_a_desk: Callable[[Story], None], website: str
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.picture("www/photo.jpg", size=(400, 300))
        desk.composer.pictures_offered.emit(Intake((Offer((f"{website}/photo.jpg",)),)), None)
        await desk.settled(1)
        before = desk.strip.references()

        for crop in (None, Crop(0.0, 0.0, 0.5, 1.0)):
            desk.strip.crop_requested.emit(desk.strip.entries()[0].key)
            await desk.until(lambda: bool(desk.window.findChildren(CropDialog)))
            (dialog,) = desk.window.findChildren(CropDialog)
            dialog.chosen.emit(crop)
            dialog.reject()
            await desk.until(lambda: not desk.window.findChildren(CropDialog))
            if crop is None:
                assert desk.strip.references() == before

        await desk.until(lambda: is_ready(desk.states()[0]))
        (reference,) = desk.strip.references()
        assert (reference.is_link, reference.crop) == (False, Crop(0.0, 0.0, 0.5, 1.0))

    at_a_desk(story)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_pipe_that_is_dropped_to_be_found_holds_nothing_up(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        pipe = desk.folder / "pipe.png"
        os.mkfifo(pipe)

        desk.window.drop_overlay.dropped.emit(Intake((Offer(path=str(pipe)),)), Target.SETTINGS)
        await desk.until(lambda: "no file that could be a picture" in desk.window.dock.status_text())

    at_a_desk(story)


def test_a_picture_of_the_gallery_whose_copy_was_moved_away_can_be_a_reference(
    at_a_desk: Callable[[Story], None],
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.composer.set_request(replace(desk.composer.draft(), prompt="a lighthouse"))
        done = await desk.ended((await desk.program.engine.submit(desk.composer.request())).id)
        Path(done.pictures[0].saved_path or "").unlink()
        assert desk.window.gallery.choose(done, 0)

        desk.window.action_requested.emit(done, "reference")
        await desk.settled(1)

        assert is_ready(desk.states()[0])

    at_a_desk(story)
