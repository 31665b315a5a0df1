"""Finds out whether the folders that projects save their pictures to are there and can be written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from seedream_desktop.domain.collections import Project
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.opening import open_read_only
from seedream_desktop.system.diagnosis import Finding, folder

_NAME: Final = "project folders"


async def check_project_folders(data_dir: Path) -> Finding:
    """Return one finding on all of them; nothing is made where one is missing."""
    try:
        projects = await _with_folder(data_dir)
    except StorageError as error:
        return Finding(_NAME, ok=False, detail=error.failure.message)
    found = [await asyncio.to_thread(_look_at, project) for project in projects]
    words = "; ".join(each.detail for each in found if not each.ok)
    return Finding(_NAME, ok=not words, detail=words or f"{len(found)}, all of them there")


async def _with_folder(data_dir: Path) -> list[Project]:
    store = await open_read_only(data_dir)
    try:
        return [project for project in await store.sorting.projects() if project.folder]
    finally:
        await store.close()


def _look_at(project: Project) -> Finding:
    path = Path(project.folder)
    if not path.is_dir():
        return Finding(project.name, ok=False, detail=f"{project.name}: {path} is not there, its copies wait")
    found = folder(project.name, path)
    return Finding(project.name, found.ok, f"{project.name}: {found.detail}")
