"""Choosing a host and looking after hosted pictures: what joins the dialogs to the program behind the window."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from seedream_desktop.domain.hosting import HostFault, HostingSettings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.settings import Settings
from seedream_desktop.engine.references import HostedCopy, HostedElsewhereError, HostedReferenceInUseError
from seedream_desktop.ports.errors import HostRefusedError, ServiceError, StorageError
from seedream_desktop.sentences.failures import failure_sentence
from seedream_desktop.sentences.references import host_fault_words
from seedream_desktop.ui.actions.account import AccountActions
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.hosted.row import HostedRow
from seedream_desktop.ui.hosting_backend import HostingBackend, Running
from seedream_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from seedream_desktop.ui.host_manager import HostManager
    from seedream_desktop.ui.settings_dialog import SettingsDialog

# References older than the newest orders have no name in the panel, only their facts.
_NAMED_TASKS = 1_000


class HostingActions(QObject):
    """Acts on the hosting page of the settings dialog and on the panel of hosted pictures."""

    def __init__(self, window: MainWindow, backend: HostingBackend, account: AccountActions, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._account = account
        self._dialog: SettingsDialog | None = None
        self._manager: HostManager | None = None
        self._test: Running | None = None
        self._entered: tuple[HostingSettings, str, bool] | None = None
        account.dialog_opened.connect(self._attend)
        account.settings_saved.connect(lambda settings: self._start(self._use(settings), "use host"))
        bridge.reference_hosted.connect(lambda _hosted: self._refresh())
        bridge.reference_unhosted.connect(lambda sha256, host: self._show_deleted((sha256, host)))

    def open_settings(self) -> None:
        """Open the settings at the hosting page."""
        self._account.open("hosting")

    def open_manager(self) -> None:
        """Show the panel of hosted pictures, in front."""
        manager = self._manager
        if manager is None:
            from seedream_desktop.ui.host_manager import HostManager

            manager = self._manager = HostManager(self._backend.clock, self._window)
            manager.shown.connect(self._refresh)
            manager.delete_requested.connect(self._delete)
            manager.forget_requested.connect(self._forget)
            self._window.destroyed.connect(manager.finish)
        manager.show()
        manager.raise_()
        manager.activateWindow()

    def _start(self, coroutine: Coroutine[Any, Any, None], name: str) -> Running | None:
        return self._backend.start(coroutine, name)

    def _attend(self, dialog: SettingsDialog) -> None:
        self._dialog = dialog
        # What was typed for settings that could not be saved then belongs to nothing any more.
        self._entered = None
        dialog.test_requested.connect(self._ask_for_test)
        dialog.test_cancelled.connect(self._cancel_test)
        dialog.host_secret_entered.connect(self._note_secret)
        dialog.host_secret_removed.connect(lambda hosting: self._start(self._remove_secret(hosting), "remove secret"))
        dialog.host_place_changed.connect(lambda hosting: self._start(self._show_secret(hosting), "secret state"))
        dialog.hosted_requested.connect(self.open_manager)
        dialog.finished.connect(self._leave)
        if self._backend.is_demo:
            dialog.set_demo()
        else:
            self._start(self._show_secret(dialog.hosting()), "secret state")

    def _leave(self) -> None:
        self._cancel_test()
        self._dialog = None

    async def _show_secret(self, hosting: HostingSettings, words: str = "") -> None:
        state = await self._backend.keeper.state(hosting)
        if self._dialog is not None:
            self._dialog.set_secret_state(hosting, state, words)

    async def _remove_secret(self, hosting: HostingSettings) -> None:
        words = await self._backend.keeper.remove(hosting)
        await self._show_secret(hosting, words)
        self._backend.use(self._account.settings.hosting)

    def _ask_for_test(self, hosting: HostingSettings, secret: str) -> None:
        self._cancel_test()
        self._test = self._start(self._run_test(hosting, secret), "test host")

    async def _run_test(self, hosting: HostingSettings, secret: str) -> None:
        words, works = await self._backend.keeper.test(hosting, secret)
        if self._dialog is not None:
            self._dialog.set_test_result(words, works)

    def _cancel_test(self) -> None:
        if self._test is not None:
            self._test.cancel()
            self._test = None

    def _note_secret(self, hosting: HostingSettings, secret: str, this_run_only: bool) -> None:  # noqa: FBT001 - a slot
        """Hold the secret until the settings are saved that it belongs to."""
        self._entered = (hosting, secret, this_run_only)

    async def _use(self, settings: Settings) -> None:
        """Take the new secret first: the host is made with it."""
        entered, self._entered = self._entered, None
        if entered is not None:
            hosting, secret, this_run_only = entered
            problem = await self._backend.keeper.enter(hosting, secret, this_run_only=this_run_only)
            if problem:
                self._window.dock.set_notice(problem, "care")
            await self._show_secret(hosting)
        if not self._backend.is_demo:
            self._backend.use(settings.hosting)
            self._refresh()

    def _refresh(self) -> None:
        if self._manager is not None and self._manager.isVisible():
            self._start(self._show_hosted(self._manager), "hosted pictures")

    async def _show_hosted(self, manager: HostManager) -> None:
        try:
            copies = await self._backend.references.all_hosted()
            names = await self._names()
        except StorageError as error:
            manager.show_problem(failure_sentence(error.failure))
            return
        host = self._backend.references.host
        manager.set_rows([_row(copy, names, host.name if host is not None else None) for copy in copies])

    async def _names(self) -> Mapping[str, str]:
        """Return what the references of the newest tasks are called, by their content."""
        tasks = await self._backend.tasks.newest(_NAMED_TASKS)
        references = (reference for task in reversed(tasks) for reference in task.request.references)
        return {reference.sha256: reference.name for reference in references if reference.sha256 is not None}

    def _show_deleted(self, key: tuple[str, str]) -> None:
        if self._manager is not None:
            self._manager.show_deleted(key)

    def _delete(self, pictures: tuple[HostedReference, ...], even_if_used: bool) -> None:  # noqa: FBT001 - a slot
        self._start(self._unhost_all(pictures, even_if_used=even_if_used), "unhost")

    async def _unhost_all(self, pictures: tuple[HostedReference, ...], *, even_if_used: bool) -> None:
        """One after the other: a storage that is asked for hundreds at once asks to wait."""
        for hosted in pictures:
            await self._unhost(hosted, even_if_used=even_if_used)

    async def _unhost(self, hosted: HostedReference, *, even_if_used: bool) -> None:
        key = (hosted.sha256, hosted.host)
        try:
            await self._backend.references.unhost(hosted, even_if_used=even_if_used)
        except HostedReferenceInUseError:
            self._say_failed(key, self.tr("An open order needs it by now. Delete it again to be asked."))
            self._refresh()
        except HostedElsewhereError:
            self._say_failed(key, self.tr("Its storage is no longer the one in Settings."))
            self._refresh()
        except HostRefusedError as error:
            fault = host_fault_words(HostFault(error.failure.code), error.failure.message)
            self._say_failed(key, self.tr("Not deleted: {fault}.").format(fault=fault))
        except ServiceError:
            self._say_failed(key, self.tr("Not deleted: the storage cannot be reached just now."))
        except StorageError as error:
            self._say_failed(key, failure_sentence(error.failure))
        else:
            self._show_deleted(key)

    def _say_failed(self, key: tuple[str, str], sentence: str) -> None:
        if self._manager is not None:
            self._manager.show_failed(key, sentence)

    def _forget(self, pictures: tuple[HostedReference, ...]) -> None:
        for hosted in pictures:
            self._start(self._forget_one(hosted), "forget hosted")

    async def _forget_one(self, hosted: HostedReference) -> None:
        try:
            await self._backend.references.forget(hosted)
        except StorageError as error:
            self._say_failed((hosted.sha256, hosted.host), failure_sentence(error.failure))
        else:
            self._show_deleted((hosted.sha256, hosted.host))


def _row(copy: HostedCopy, names: Mapping[str, str], host_name: str | None) -> HostedRow:
    kept = copy.kept
    return HostedRow(
        hosted=copy.hosted,
        name=names.get(copy.hosted.sha256, ""),
        facts=kept.prepared.facts if kept is not None else None,
        file=kept.path if kept is not None else None,
        needed_by=copy.needed_by,
        is_here=copy.hosted.host == host_name,
    )
