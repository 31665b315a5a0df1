"""Pictures that left come back: dropped on the whole window, they bring their prompt and settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton

from seedream_desktop.app.likenesses import LikenessKeeper
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.actions.recognising import Recogniser, Recognition
from seedream_desktop.ui.drop_overlay import Target
from seedream_desktop.ui.intake.offer import Offer
from seedream_desktop.ui.intake.reading import intake
from seedream_desktop.ui.open_with import OpenWithMenu
from seedream_desktop.ui.recognised import RecognisedDialog
from seedream_desktop.ui.save_dialog import SaveDialog
from tests.app.reference_desk import ReferenceDesk, Story, reference_desk

FOX = GenerationRequest("A red fox in the snow", aspect_ratio=AspectRatio.LANDSCAPE_16_9, count=2)
OTHER = GenerationRequest("Something else")


async def ordered(desk: ReferenceDesk, request: GenerationRequest = FOX) -> Task:
    """Have an order made to its end, and its pictures looked at."""
    done = await desk.ended((await desk.program.engine.submit(request)).id)
    store = desk.program.store
    keeper = LikenessKeeper(store.likenesses, store.tasks, desk.program.imaging, store.layout)
    await keeper.look_at(tuple(picture.sha256 or "" for picture in done.pictures))
    desk.composer.set_request(OTHER)
    return done


def original(task: Task, number: int = 0) -> Path:
    return Path(task.pictures[number].path or "")


def drop(desk: ReferenceDesk, path: Path, target: Target = Target.SETTINGS) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    desk.window.drop_overlay.dropped.emit(intake(mime), target)


def said(desk: ReferenceDesk) -> str:
    return desk.window.dock.status_text()


async def saved(desk: ReferenceDesk, task: Task, target: Path, *, with_recipe: bool) -> Path:
    """Save the first picture by the dialog, as its second or its first format."""
    desk.window.save_requested.emit(task, task.pictures[0])
    await desk.until(lambda: desk.window.findChild(SaveDialog) is not None)
    dialog = desk.window.findChild(SaveDialog)
    assert isinstance(dialog, SaveDialog)
    dialog.selectNameFilter(dialog.nameFilters()[int(with_recipe)])
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    await desk.until(target.exists)
    return target


def resaved(source: Path, target: Path) -> Path:
    """Save a picture anew as somebody else's program does: half as wide, JPEG, quality 70."""
    with Image.open(source) as image:
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(target, "JPEG", quality=70)
    return target


async def question(desk: ReferenceDesk) -> RecognisedDialog:
    """Return the dialog that asks about a dropped picture."""
    await desk.until(lambda: desk.window.findChild(RecognisedDialog) is not None)
    dialog = desk.window.findChild(RecognisedDialog)
    assert isinstance(dialog, RecognisedDialog)
    return dialog


def press(dialog: RecognisedDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    button.click()


def test_the_saved_file_itself_brings_its_settings_back(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)

        drop(desk, await saved(desk, done, desk.folder / "mine.jpg", with_recipe=False))

        await desk.until(lambda: desk.composer.draft() == FOX)
        assert "The same file" in said(desk)

    at_a_desk(story)


def test_a_copy_saved_with_its_recipe_brings_prompt_and_settings_back(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)

        drop(desk, await saved(desk, done, desk.folder / "mine.jpg", with_recipe=True))

        await desk.until(lambda: desk.composer.draft() == FOX)
        assert "By its recipe" in said(desk)

    at_a_desk(story)


def test_half_the_size_resaved_by_another_program_still_brings_them_back(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)

        drop(desk, resaved(original(done), desk.folder / "from the web.jpg"))

        await desk.until(lambda: desk.composer.draft() == FOX)
        assert "Looks the same, " in said(desk)

    at_a_desk(story)


def test_a_resaved_copy_leads_on_to_the_next_frame_with_the_librarys_own_picture(
    at_a_desk: Callable[[Story], None],
) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)

        drop(desk, resaved(original(done, 1), desk.folder / "from the web.jpg"), Target.NEXT_FRAME)

        await desk.until(lambda: desk.composer.draft().prompt == FOX.prompt)
        draft = desk.composer.draft()
        assert (draft.mode, draft.count) == (Mode.IMAGE_TO_IMAGE, 1)
        assert [reference.source for reference in draft.references] == [done.pictures[1].saved_path]
        assert "Looks the same, " in said(desk)
        assert "Figure 1" in said(desk)

    at_a_desk(story)


def test_a_resaved_copy_is_found_in_the_library(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)

        drop(desk, resaved(original(done, 1), desk.folder / "from the web.jpg"), Target.LIBRARY)

        await desk.until(lambda: desk.window.gallery.current() is not None and "here it is" in said(desk))
        current = desk.window.gallery.current()
        assert current is not None
        assert current[1].sha256 == done.pictures[1].sha256

    at_a_desk(story)


def test_a_picture_of_another_library_brings_its_settings_by_the_recipe_alone(
    at_a_desk: Callable[[Story], None], tmp_path: Path
) -> None:
    exported = tmp_path / "exported.jpg"

    async def at_home(desk: ReferenceDesk) -> None:
        await saved(desk, await ordered(desk), exported, with_recipe=True)

    async def elsewhere(desk: ReferenceDesk) -> None:
        drop(desk, exported)
        await desk.until(lambda: desk.composer.draft() == FOX)
        assert "By its recipe" in said(desk)

        drop(desk, exported, Target.LIBRARY)
        dialog = await question(desk)
        assert dialog.windowTitle() == "Not one of yours"
        desk.composer.set_request(OTHER)
        press(dialog, "recognised_recipe")
        assert desk.composer.draft() == FOX

    at_a_desk(at_home)
    at_a_desk(lambda _: _beside(tmp_path / "elsewhere", elsewhere))


async def _beside(folder: Path, story: Story) -> None:
    async with reference_desk(folder) as desk:
        await story(desk)


def test_of_a_picture_from_elsewhere_it_is_said_what_can_be_done_instead(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        desk.composer.set_request(OTHER)

        drop(desk, desk.picture("holiday.png"))
        dialog = await question(desk)
        assert dialog.windowTitle() == "Not one of yours"
        press(dialog, "recognised_reference")

        await desk.settled(1)
        assert desk.names() == ["holiday.png"]
        assert desk.composer.draft().prompt == OTHER.prompt

    at_a_desk(story)


def test_a_folder_is_not_called_a_picture_from_elsewhere(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        folder = desk.folder / "mood board"
        folder.mkdir()

        drop(desk, folder, Target.LIBRARY)

        await desk.until(lambda: "mood board is no file" in said(desk))
        assert desk.window.findChild(RecognisedDialog) is None

    at_a_desk(story)


def test_the_user_chooses_when_several_look_the_same(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        first, second = await ordered(desk), await ordered(desk, replace(FOX, prompt="A red fox, second try", count=1))
        same = (await recognised(desk, resaved(original(first), desk.folder / "copy.jpg"))).matches[0]
        likeness = (await desk.program.imaging.traces(original(first))).likeness
        await desk.program.store.database.execute("DELETE FROM likenesses", ())
        contents = (same.picture.sha256 or "", second.pictures[0].sha256 or "")
        await desk.program.store.likenesses.keep(dict.fromkeys(contents, likeness))

        drop(desk, desk.folder / "copy.jpg")
        dialog = await question(desk)
        found = dialog.findChild(QListWidget)
        assert isinstance(found, QListWidget)
        rows = [found.item(row).text() for row in range(found.count())]
        assert len(rows) == 2
        assert all("Looks the same, " in row for row in rows)
        found.setCurrentRow(next(row for row, text in enumerate(rows) if "second try" in text))
        press(dialog, "recognised_settings")

        assert desk.composer.draft().prompt == "A red fox, second try"

    at_a_desk(story)


async def recognised(desk: ReferenceDesk, path: Path) -> Recognition:
    store = desk.program.store
    return await Recogniser(store.tasks, store.likenesses, desk.program.imaging).recognise(Offer(path=str(path)))


def test_new_pictures_are_looked_at_by_themselves(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await desk.ended((await desk.program.engine.submit(FOX)).id)
        async with asyncio.timeout(30):
            while await desk.program.store.likenesses.unseen(1):
                await asyncio.sleep(0.02)

        found = await recognised(desk, resaved(original(done), desk.folder / "copy.jpg"))
        assert found.matches[0].picture.sha256 == done.pictures[0].sha256

    at_a_desk(story)


def test_several_pictures_are_copied_as_files_and_one_as_pixels_too(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)
        gallery = desk.window.gallery
        await desk.until(lambda: gallery.choose(done, 0) and gallery.current() is not None)
        clipboard = QGuiApplication.clipboard()

        QTest.keyClick(gallery, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        await desk.until(lambda: "clipboard" in said(desk))
        assert clipboard.mimeData().hasImage()
        assert [url.toLocalFile() for url in clipboard.mimeData().urls()] == [done.pictures[0].saved_path]

        QTest.keyClick(gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(gallery, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        await desk.until(lambda: "2 pictures" in said(desk))
        assert [url.toLocalFile() for url in clipboard.mimeData().urls()] == [each.saved_path for each in done.pictures]

        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        QTest.keyClick(gallery, Qt.Key.Key_C, modifiers)
        await desk.until(lambda: "2 paths" in said(desk))
        assert clipboard.text().splitlines() == [each.saved_path for each in done.pictures]

    at_a_desk(story)


def test_a_key_offers_other_programs_for_the_chosen_picture(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        done = await ordered(desk)
        desk.window.programs.note("/usr/bin/krita")
        await desk.until(lambda: desk.window.gallery.choose(done, 0) and desk.window.gallery.current() is not None)

        QTest.keyClick(desk.window.gallery, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        await desk.until(lambda: desk.window.findChild(OpenWithMenu) is not None)
        menu = desk.window.findChild(OpenWithMenu)
        assert isinstance(menu, OpenWithMenu)
        assert [action.text() for action in menu.actions()] == [
            "The system's program",
            "krita",
            "",
            "Choose a program…",
        ]
        menu.close()

    at_a_desk(story)


def test_alt_and_an_arrow_bring_the_words_of_earlier_orders_back(at_a_desk: Callable[[Story], None]) -> None:
    async def story(desk: ReferenceDesk) -> None:
        await ordered(desk, replace(FOX, count=1))
        await ordered(desk, replace(FOX, prompt="A fox asleep", count=1))
        desk.window.focus_prompt()

        for key, words in (
            (Qt.Key.Key_Up, "A fox asleep"),
            (Qt.Key.Key_Up, FOX.prompt),
            (Qt.Key.Key_Down, "A fox asleep"),
            (Qt.Key.Key_Down, OTHER.prompt),
        ):
            QTest.keyClick(desk.composer.editor, key, Qt.KeyboardModifier.AltModifier)
            await desk.until(partial(shows, desk, words))

    at_a_desk(story)


def shows(desk: ReferenceDesk, prompt: str) -> bool:
    return desk.composer.draft().prompt == prompt
