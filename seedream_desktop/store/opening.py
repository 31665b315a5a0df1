"""The way into the data folder: makes what is missing, opens the database and hands out the parts of the store."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from seedream_desktop.store.backup import back_up, newest_first
from seedream_desktop.store.balances import Balances
from seedream_desktop.store.database import Database, connect_read_only
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.store.errors import troubles_named
from seedream_desktop.store.family import SqliteFamily
from seedream_desktop.store.filter_counts import SqliteFilterCounts
from seedream_desktop.store.gallery_index import SqliteGalleryIndex
from seedream_desktop.store.judging import SqliteJudging
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.ledger import Ledger
from seedream_desktop.store.library import UserLibrary
from seedream_desktop.store.likeness import SqliteLikenesses
from seedream_desktop.store.meta import DataFolder, Drafts, Meta
from seedream_desktop.store.pictures import PictureFiles
from seedream_desktop.store.prompt_history import SqlitePromptHistory
from seedream_desktop.store.references import SqliteReferenceStore
from seedream_desktop.store.rescue import Opening, Rescue, open_for_reading
from seedream_desktop.store.rows import TaskRows
from seedream_desktop.store.saved_searches import SavedSearches
from seedream_desktop.store.settings_file import SettingsFile
from seedream_desktop.store.sorting import SqliteSorting
from seedream_desktop.store.tasks import SqliteTaskStore
from seedream_desktop.store.times import utc_now
from seedream_desktop.store.trash import TrashRecords


@dataclass(frozen=True, slots=True)
class Store:
    """The open data folder. *rescue* tells what was done about a damaged database, None when it was in order.

    *looking* reads beside *database*, so that a large answer for the gallery keeps no task from being saved.
    """

    layout: Layout
    database: Database
    looking: Database
    ledger: Ledger
    tasks: SqliteTaskStore
    gallery: SqliteGalleryIndex
    filter_counts: SqliteFilterCounts
    judging: SqliteJudging
    family: SqliteFamily
    sorting: SqliteSorting
    searches: SavedSearches
    trash: TrashRecords
    likenesses: SqliteLikenesses
    pictures: PictureFiles
    references: SqliteReferenceStore
    library: UserLibrary
    settings: SettingsFile
    drafts: Drafts
    prompts: SqlitePromptHistory
    balances: Balances
    meta: Meta
    folder: DataFolder
    rescue: Rescue | None = None

    async def back_up(self) -> Path:
        """Make a dated copy of the database, of which the newest ten stay; raises StorageError."""

        def work() -> Path:
            with troubles_named(self.layout.root):
                return back_up(self.layout.database, self.layout.backups, utc_now())

        return await asyncio.to_thread(work)

    async def back_up_when_older_than(self, age_s: float) -> Path | None:
        """Make a copy unless the newest one is younger than *age_s* seconds; raises StorageError."""
        copies = await asyncio.to_thread(newest_first, self.layout.backups)
        if copies and utc_now().timestamp() - copies[0].stat().st_mtime < age_s:
            return None
        return await self.back_up()

    async def close(self) -> None:
        """Finish every write that was asked for and give the files back."""
        self.library.close()
        self.pictures.close()
        self.references.close()
        await self.looking.close()
        await self.database.close()
        self.ledger.close()


async def open_store(
    data_dir: Path,
    library_dir: Path,
    now: Callable[[], datetime] = utc_now,
    early_look: EarlyLook | None = None,
) -> Store:
    """Open the data folder for writing, creating it the first time; the caller holds the lock on it.

    An *early_look* at its database, if there was one, saves looking it through now.

    Raises:
        StorageError: with DATABASE_NEWER, FOLDER_READ_ONLY, DISK_FULL, … and the folder in the message.
    """
    layout = Layout.at(data_dir)
    opening = Opening(layout, now(), early_look)
    database = Database(layout.root)
    await database.open(opening.open)
    looking = Database(layout.root)
    try:
        await looking.open(lambda: connect_read_only(layout.database))
    except BaseException:  # the caller never gets it to close; raised on
        await database.close()
        raise
    store = _assemble(layout, (database, looking), library_dir, now, opening.rescue)
    try:
        await store.pictures.sweep()
        await store.references.sweep()
    except BaseException:  # the caller never gets it to close; raised on
        await store.close()
        raise
    return store


async def open_read_only(data_dir: Path, library_dir: Path | None = None) -> Store:
    """Open the data folder for looking at tasks, also while another process has it open; creates nothing.

    Every call that writes raises StorageError.
    """
    layout = Layout.at(data_dir)
    database = Database(layout.root)
    await database.open(lambda: open_for_reading(layout))
    return _assemble(layout, (database, database), library_dir or layout.root, utc_now, None)


def _assemble(
    layout: Layout,
    databases: tuple[Database, Database],
    library_dir: Path,
    now: Callable[[], datetime],
    rescue: Rescue | None,
) -> Store:
    database, looking = databases
    ledger, meta, rows = Ledger(layout.ledger), Meta(database), TaskRows(layout)
    sorting = SqliteSorting(looking, database, now)
    return Store(
        layout=layout,
        database=database,
        ledger=ledger,
        looking=looking,
        tasks=SqliteTaskStore(database, ledger, rows, now),
        gallery=SqliteGalleryIndex(looking, database, rows),
        filter_counts=SqliteFilterCounts(looking),
        judging=SqliteJudging(looking, database),
        family=SqliteFamily(looking, database, rows, layout),
        sorting=sorting,
        searches=SavedSearches(looking, database, now),
        likenesses=SqliteLikenesses(looking, database),
        trash=TrashRecords(looking, database, layout, now),
        pictures=PictureFiles(layout),
        references=SqliteReferenceStore(database, layout, now),
        library=UserLibrary(library_dir, meta, _owner(layout), sorting.place_of),
        settings=SettingsFile(layout.settings, now),
        drafts=Drafts(database, now),
        prompts=SqlitePromptHistory(looking),
        balances=Balances(database, now),
        meta=meta,
        folder=DataFolder(meta),
        rescue=rescue,
    )


def _owner(layout: Layout) -> str:
    """Tells our unfinished copies in a library from those of another data folder."""
    return hashlib.sha256(str(layout.root).encode(errors="surrogateescape")).hexdigest()[:12]
