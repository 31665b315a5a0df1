"""Copies a picture to a place the user named: whole or not at all, over an older file only as they agreed to."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from pathlib import Path

from seedream_desktop.store.errors import troubles_named
from seedream_desktop.store.files import replace_file, sync_file, sync_folder


async def save_copy(original: Path, target: Path) -> None:
    """Write the bytes of *original* to *target*, durable when this returns; raises StorageError."""
    await asyncio.to_thread(_save_copy, original, target)


def _save_copy(original: Path, target: Path) -> None:
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    with troubles_named(target.parent):
        try:
            with original.open("rb") as source, part.open("xb") as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)
                copy.flush()
                sync_file(copy.fileno())
            replace_file(part, target)
            sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
