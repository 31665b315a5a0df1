"""Joins the window to the running program, and parts them again in order."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from seedream_desktop.api.transport import trusted_context
from seedream_desktop.app.actions import Actions, Desk, make_actions
from seedream_desktop.app.host_desk import HostDesk
from seedream_desktop.app.key_desk import KeyDesk
from seedream_desktop.app.program import Past, Program
from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.engine.supervisor import Supervisor
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import copied_folder_sentence, rescued_sentence, unsent_orders_sentence
from seedream_desktop.store.saving import save_copy
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
        self._actions: Actions | None = None

    async def attach(self) -> None:
        """Show what is stored, then let wishes through."""
        desk = Desk(self._window, self._backend, self._hosting_backend(), self._bridge, _now)
        actions = self._actions = make_actions(desk, self._program.options.library_for(""))
        self._describe_service()
        self._tell_what_was_found()
        await self._show_stored(actions)
        if self._program.key.last_four is not None:
            self._program.engine.refresh_balance()
            actions.account.show_key()

    def key_known(self) -> None:
        """Go on now that the keychain has answered, with a key or without."""
        if self._actions is not None:
            self._actions.account.show_key()
        self._program.engine.key_changed()

    async def detach(self) -> None:
        """Keep the draft and let nothing through any more."""
        if self._actions is not None:
            await self._actions.annotating.finish()
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
            prompts=program.store.prompts,
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
            clock=_now,
            is_demo=program.options.is_demo,
        )

    def _use_hosting(self, hosting: HostingSettings) -> None:
        """Host where the user says from now on, and look again at what could not be sent before."""
        self._program.use_hosting(hosting)
        self._window.composer.set_local_files_allowed(self._program.takes_local_files)
        if self._actions is not None:
            self._actions.references.show_all_again()

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
        window.centre.set_time_scale(program.options.time_scale)
        if program.options.is_demo:
            window.top_bar.show_demo()
        elif not program.is_official:
            window.top_bar.show_foreign_service(program.base_url.host)

    def _tell_what_was_found(self) -> None:
        """Say that orders are held back, or that the data had to be rescued."""
        window, program = self._window, self._program
        if program.held_orders:
            is_copy = program.past is Past.COPY
            sentence = copied_folder_sentence() if is_copy else unsent_orders_sentence(program.held_orders)
            window.notice.say(sentence, "care", window.tr("Send what is queued"))
            window.notice.pressed.connect(self._send_held_orders)
        elif program.store.rescue is not None:
            window.notice.say(rescued_sentence(str(program.store.rescue.aside)), "care")

    async def _show_stored(self, actions: Actions) -> None:
        # The gallery and the searches are read on another thread than the list and the draft.
        await asyncio.gather(actions.browsing.show(), actions.searching.show(), self._show_desk(actions))
        self._start(actions.listing.complete(), "open tasks")
        self._start(actions.places.read(), "places")

    async def _show_desk(self, actions: Actions) -> None:
        await actions.listing.show()
        await self._restore_draft()
        actions.references.show_all_again()

    async def _restore_draft(self) -> None:
        draft = await self._program.store.drafts.load_draft()
        if draft is not None and not self._window.composer.draft().prompt:
            self._window.composer.set_request(draft)


def _now() -> datetime:
    return datetime.now(UTC)
