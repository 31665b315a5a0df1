"""Joins the window to the running program, and parts them again in order."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from seedream_desktop.api.transport import trusted_context
from seedream_desktop.app.host_desk import HostDesk
from seedream_desktop.app.key_desk import KeyDesk
from seedream_desktop.app.program import Past, Program
from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.ports import StorageError
from seedream_desktop.sentences import copied_folder_sentence, rescued_sentence, unsent_orders_sentence
from seedream_desktop.store.saving import save_copy
from seedream_desktop.ui.actions.account import AccountActions
from seedream_desktop.ui.actions.annotating import Annotating
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.copying import Copying
from seedream_desktop.ui.actions.counting import Counting
from seedream_desktop.ui.actions.cropping import CropActions
from seedream_desktop.ui.actions.dropping import DropActions
from seedream_desktop.ui.actions.hosting import HostingActions
from seedream_desktop.ui.actions.inspecting import Inspecting
from seedream_desktop.ui.actions.judging import JudgingActions
from seedream_desktop.ui.actions.leaving import Leaving
from seedream_desktop.ui.actions.listing import Listing
from seedream_desktop.ui.actions.news import News
from seedream_desktop.ui.actions.opening import Opening
from seedream_desktop.ui.actions.orders import OrderActions
from seedream_desktop.ui.actions.pictures import PictureActions
from seedream_desktop.ui.actions.rail_counts import RailCounts
from seedream_desktop.ui.actions.references import ReferenceActions
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.actions.searching import SearchActions
from seedream_desktop.ui.actions.sorting import SortingActions
from seedream_desktop.ui.actions.trashing import TrashActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.hosting_backend import HostingBackend
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)


class Attachment:
    """Signals one way, wishes the other way, for as long as both sides live."""

    def __init__(self, window: MainWindow, program: Program) -> None:
        self._window = window
        self._program = program
        self._supervisor = Supervisor()
        self._bridge = Bridge()
        self._unsubscribe = program.engine.bus.subscribe(self._bridge.relay)
        self._backend = self._make_backend(program)
        self._annotating: Annotating | None = None

    async def attach(self) -> None:
        """Show what is stored, then let wishes through."""
        window, program = self._window, self._program
        browsing = Browsing(window, program.store.gallery, self._start)
        News(window, self._bridge, browsing)
        listing = Listing(window, program.store.tasks, self._start, lambda: datetime.now(UTC))
        OrderActions(window, self._backend)
        PictureActions(window, self._backend)
        undoing = Undoing(window, self._start)
        JudgingActions(window, self._backend, browsing, undoing)
        SortingActions(window, self._backend, undoing)
        places = RailCounts(window, self._backend, self._bridge, undoing)
        TrashActions(window, self._backend, browsing, undoing).changed.connect(places.read_again)
        counting = Counting(window, self._backend, browsing, undoing)
        self._bridge.picture_stored.connect(counting.count_later)
        self._bridge.task_changed.connect(browsing.note_change)
        self._searching = SearchActions(window, self._backend, undoing)
        self._annotating = Annotating(window, self._backend, undoing)
        Inspecting(window, self._backend, self._annotating)
        CropActions(window, self._backend)
        leaving = Leaving(window, self._backend)
        Copying(window, self._backend)
        Opening(window, self._backend)
        DropActions(window, self._backend, Reusing(window))
        self._references = ReferenceActions(window, self._backend, self._bridge)
        self._account = AccountActions(window, self._backend, program.options.library_for(""))
        self._account.settings_saved.connect(leaving.prepare_again)
        hosting = HostingActions(window, self._hosting_backend(), self._account, self._bridge)
        window.composer.hosting_settings_requested.connect(hosting.open_settings)
        window.composer.references.hosted_requested.connect(hosting.open_manager)
        self._describe_service()
        if program.held_orders:
            is_copy = program.past is Past.COPY
            sentence = copied_folder_sentence() if is_copy else unsent_orders_sentence(program.held_orders)
            window.notice.say(sentence, "care", window.tr("Send what is queued"))
            window.notice.pressed.connect(self._send_held_orders)
        elif program.store.rescue is not None:
            window.notice.say(rescued_sentence(str(program.store.rescue.aside)), "care")
        await listing.show()
        await self._restore_draft()
        self._references.show_all_again()
        await browsing.show()
        self._start(listing.complete(), "open tasks")
        self._start(places.read(), "places")
        await self._searching.show()
        if program.key.last_four is not None:
            program.engine.refresh_balance()
            self._account.show_key()

    def key_known(self) -> None:
        """Go on now that the keychain has answered, with a key or without."""
        self._account.show_key()
        self._program.engine.key_changed()

    async def detach(self) -> None:
        """Keep the draft and let nothing through any more."""
        if self._annotating is not None:
            await self._annotating.finish()
        self._window.setEnabled(False)
        self._unsubscribe()
        try:
            await self._program.store.drafts.save_draft(self._window.composer.draft())
        except StorageError as error:
            log.warning("the draft could not be kept: %s", error)
        await self._supervisor.close()

    def _make_backend(self, program: Program) -> Backend:
        working_dir = program.options.data_dir / "working"
        for leftover in ("pixels", "outgoing"):
            shutil.rmtree(working_dir / leftover, ignore_errors=True)
        (working_dir / "pixels").mkdir(mode=0o700, parents=True, exist_ok=True)
        return Backend(
            engine=program.engine,
            tasks=program.store.tasks,
            gallery=program.store.gallery,
            filter_counts=program.store.filter_counts,
            searches=program.store.searches,
            judging=program.store.judging,
            sorting=program.store.sorting,
            family=program.store.family,
            trash=program.trash,
            drafts=program.store.drafts,
            pixels=program.imaging,
            traces=program.imaging,
            likenesses=program.store.likenesses,
            keys=KeyDesk(program.key, program.base_url, trusted_context()),
            settings=program.store.settings,
            save_copy=save_copy,
            balances_around=program.store.balances.around,
            choose_library=self._choose_library,
            library_folder=lambda: program.store.library.folder,
            prepare_folder=program.store.library.prepare,
            start=self._start,
            working_dir=working_dir,
            thumbnail_path=program.store.layout.thumbnail,
        )

    def _hosting_backend(self) -> HostingBackend:
        program = self._program
        return HostingBackend(
            references=program.engine.references,
            tasks=program.store.tasks,
            keeper=HostDesk(program.hosting_secrets, trusted_context(), program.engine.references.test),
            use=self._use_hosting,
            start=self._supervisor.start,
            clock=lambda: datetime.now(UTC),
            is_demo=program.options.is_demo,
        )

    def _use_hosting(self, hosting: HostingSettings) -> None:
        """Host where the user says from now on, and look again at what could not be sent before."""
        self._program.use_hosting(hosting)
        self._window.composer.set_local_files_allowed(self._program.takes_local_files)
        self._references.show_all_again()

    async def _choose_library(self, folder: Path) -> None:
        await self._program.store.library.choose(folder)

    def _start(self, coroutine: Coroutine[Any, Any, Any], name: str) -> None:
        self._supervisor.start(coroutine, name)

    def _send_held_orders(self) -> None:
        self._window.notice.say("", "care")
        self._start(self._program.send_held_orders(), "send what was held")

    def _describe_service(self) -> None:
        window, program = self._window, self._program
        window.composer.set_local_files_allowed(program.takes_local_files)
        window.gallery.set_time_scale(program.options.time_scale)
        if program.options.is_demo:
            window.top_bar.show_demo()
        elif not program.is_official:
            window.top_bar.show_foreign_service(program.base_url.host)

    async def _restore_draft(self) -> None:
        draft = await self._program.store.drafts.load_draft()
        if draft is not None and not self._window.composer.draft().prompt:
            self._window.composer.set_request(draft)
