"""Finds out whether the trash of the system takes files of a folder, by a file made for it and removed again."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from seedream_desktop.app.system_trash import throw_away
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.trash import NoTrashError
from seedream_desktop.store.trash_files import SystemTrashFiles
from seedream_desktop.system.diagnosis import Finding

_NAME: Final = "trash"


async def check_trash(folder: Path) -> Finding:
    """Return whether files of *folder* can be thrown away and brought back; a folder not made yet is not looked at."""
    if not await asyncio.to_thread(folder.is_dir):
        return Finding(_NAME, ok=True, detail=f"{folder} is not made yet")
    files = SystemTrashFiles(throw_away)
    probe = folder / f".seedream-trash-check-{uuid.uuid4().hex}"
    try:
        return await _try_out(files, probe)
    except NoTrashError:
        words = f"The system has no trash for {folder}: files there are deleted for good, after a question"
        return Finding(_NAME, ok=False, detail=words)
    except (StorageError, ImportError, OSError) as error:
        return Finding(_NAME, ok=False, detail=str(error))
    finally:
        with suppress(StorageError):
            await files.delete(probe)
        files.close()


async def _try_out(files: SystemTrashFiles, probe: Path) -> Finding:
    await asyncio.to_thread(probe.touch)
    lies_at = await files.throw(probe)
    is_back = bool(lies_at) and await files.bring_back(Path(lies_at), probe)
    words = "and gives them back" if is_back else "but does not give them back: copies are made from the originals"
    return Finding(_NAME, ok=True, detail=f"takes files of {probe.parent} {words}")
