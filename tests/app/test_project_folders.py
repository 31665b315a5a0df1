"""Folders of projects in the whole program: orders, the trash, and pictures that change their project."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from seedream_desktop.domain.collections import ProjectId
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.rail import Item, Kind
from seedream_desktop.ui.rail.project_dialog import ProjectDialog
from tests.app.reference_desk import ReferenceDesk, reference_desk
from tests.app.trash_bench import TrashBench, at_home, sha, trash_bench
from tests.trust.test_app_loop import on_the_loop

LIMIT_S = 60


async def ordered(desk: ReferenceDesk, prompt: str) -> Task:
    """Order two pictures by the window and wait for them."""
    before = {task.id for task in await desk.program.store.tasks.newest(100)}
    desk.composer.requested.emit(replace(desk.composer.draft(), prompt=prompt, count=2))
    found = list[Task]()
    while not found:
        await asyncio.sleep(0.05)
        found = [task for task in await desk.program.store.tasks.newest(100) if task.id not in before]
    return await desk.ended(found[0].id)


async def made(desk: ReferenceDesk, name: str, folder: Path) -> Item:
    """Make a project in the rail and give it a folder by its menu."""
    desk.window.rail.named.emit(Item(Kind.PROJECTS), name)
    await desk.until(lambda: name in [item.name for item in desk.window.rail.items()])
    desk.window.rail.folder_requested.emit(next(item for item in desk.window.rail.items() if item.name == name))
    await desk.until(lambda: desk.window.findChild(ProjectDialog) is not None)
    dialog = desk.window.findChild(ProjectDialog)
    assert isinstance(dialog, ProjectDialog)
    field = dialog.findChild(QLineEdit, "project_folder")
    assert field is not None
    field.setText(str(folder))
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: str(folder) in desk.window.dock.status_text())
    return next(item for item in desk.window.rail.items() if item.name == name)


def folders(task: Task) -> set[Path]:
    return {Path(picture.saved_path or "").parent for picture in task.pictures}


def test_orders_of_an_open_project_are_saved_to_its_folder_and_others_to_the_library(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    async def main() -> None:
        async with reference_desk(tmp_path) as desk:
            rail = desk.window.rail
            harbour = await made(desk, "Harbour", tmp_path / "harbour")
            rail.open(harbour)
            inside = await ordered(desk, "a quay")
            rail.open(Item(Kind.ALL))
            outside = await ordered(desk, "a fox")

            assert folders(inside) == {tmp_path / "harbour"}
            assert folders(outside) == {tmp_path / "library"}
            for picture in inside.pictures:
                assert Path(picture.saved_path or "").read_bytes() == Path(picture.path or "").read_bytes()

    on_the_loop(qapp, main, LIMIT_S)


@pytest_asyncio.fixture
async def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TrashBench]:
    at_home(tmp_path, monkeypatch)
    async with trash_bench(tmp_path) as bench:
        yield bench


async def copied(bench: TrashBench) -> ProjectId:
    """Let a fox of a project be copied to its folder."""
    await bench.store.library.prepare(bench.folder / "harbour")
    project = await bench.store.sorting.make_project("Harbour", str(bench.folder / "harbour"))
    task = (await bench.finished("one", "fox")).but(project=project.id)
    fox = await bench.copier.copied(task, task.pictures[0].but(saved_path=None))
    await bench.store.tasks.save(task.but(pictures=(fox,)))
    assert Path(fox.saved_path or "").parent == bench.folder / "harbour"
    return project.id


async def test_a_restored_copy_is_back_where_it_was_although_the_folder_of_the_project_is_another_now(
    bench: TrashBench,
) -> None:
    project = await copied(bench)
    before = await bench.pictures("one")
    await bench.trash.put([sha("fox")])
    assert not Path(before[0].saved_path or "").exists()
    await bench.store.library.prepare(bench.folder / "port")
    await bench.store.sorting.set_folder(project, str(bench.folder / "port"))

    await bench.trash.restore([sha("fox")])

    assert await bench.pictures("one") == before
    assert Path(before[0].saved_path or "").read_text() == "fox"


async def test_a_picture_put_into_another_project_keeps_its_file_and_so_does_a_deleted_project(
    bench: TrashBench,
) -> None:
    project = await copied(bench)
    before = await bench.pictures("one")
    winter = await bench.store.sorting.make_project("Winter", str(bench.folder / "winter"))

    await bench.store.sorting.place({sha("fox"): winter.id})
    await bench.store.sorting.delete_project(project)

    assert await bench.pictures("one") == before
    assert Path(before[0].saved_path or "").read_text() == "fox"
    assert not (bench.folder / "winter").exists()
