"""Settings and the API key: the dialog, and what changes in the window when they change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.settings import Settings
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui import theme
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from seedream_desktop.ui.settings_dialog import Page, SettingsDialog


class AccountActions(QObject):
    """Acts on the settings dialog's signals.

    `dialog_opened` carries the dialog for whoever else has to do with it, `settings_saved` what is in force from then.
    """

    dialog_opened = Signal(object)
    settings_saved = Signal(object)

    def __init__(self, window: MainWindow, backend: Backend, default_library: Path) -> None:
        """*default_library* is used while the user has chosen no folder."""
        super().__init__(window)
        self._default_library = default_library
        self._window = window
        self._backend = backend
        self._dialog: SettingsDialog | None = None
        self._settings = backend.settings.load()
        window.settings_requested.connect(self.open)
        window.action_requested.connect(self._act)
        window.composer.set_price(self._settings.price_per_image_usd)

    def _act(self, _task: object, action: str) -> None:
        if action == "settings":
            self.open()

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self._settings

    def open(self, page: Page = "general") -> None:
        """Open the dialog at *page*, or bring the open one to the front."""
        if self._dialog is not None:
            self._dialog.show_page(page)
            self._dialog.raise_()
            return
        from seedream_desktop.ui.settings_dialog import SettingsDialog

        dialog = self._dialog = SettingsDialog(self._settings, self._window, page)
        dialog.key_entered.connect(lambda text, now: self._backend.start(self._enter_key(text, now), "new key"))
        dialog.key_removed.connect(lambda: self._backend.start(self._remove_key(), "remove key"))
        dialog.key_test_requested.connect(lambda text: self._backend.start(self._test_key(text), "test key"))
        dialog.saved.connect(lambda settings: self._backend.start(self._save(settings), "settings"))
        dialog.finished.connect(self._forget_dialog)
        self._backend.start(self._show_key_state(""), "key state")
        dialog.open()
        self.dialog_opened.emit(dialog)

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    async def _show_key_state(self, words: str) -> None:
        keychain_name = await self._backend.keys.keychain_name()
        if self._dialog is not None:
            self._dialog.set_key_state(words, self._backend.keys.last_four, keychain_name)

    async def _enter_key(self, text: str, this_run_only: bool) -> None:  # noqa: FBT001 - a signal's argument
        words = await self._backend.keys.enter(text, this_run_only=this_run_only)
        self._backend.engine.key_changed()
        self.show_key()
        await self._show_key_state(words)

    async def _remove_key(self) -> None:
        words = await self._backend.keys.remove()
        self._backend.engine.gate.key_turned_down(FailureKind.KEY_MISSING)
        self.show_key()
        await self._show_key_state(words)

    async def _test_key(self, text: str) -> None:
        words, works = await self._backend.keys.test(text)
        if self._dialog is not None:
            self._dialog.set_key_test_result(words, works)

    async def _save(self, settings: Settings) -> None:
        """Save all but a library folder that cannot be used, and say so beside it."""
        problem = await self._move_library(settings.library)
        if problem:
            settings = replace(settings, library=self._settings.library)
        try:
            await self._backend.settings.save(settings)
        except StorageError as error:
            self._say_unsaved(failure_sentence(error.failure))
            return
        self._use(settings)
        self._end_saving(problem)

    async def _move_library(self, chosen: str) -> str:
        """Save pictures to the folder *chosen* from now on, "" for the default; return why that is not possible."""
        if chosen == self._settings.library:
            return ""
        try:
            await self._backend.choose_library(Path(chosen) if chosen else self._default_library)
        except StorageError as error:
            return failure_sentence(error.failure)
        return ""

    def _end_saving(self, problem: str) -> None:
        if self._dialog is None:
            if problem:
                self._window.dock.set_notice(problem, "bad")
        elif problem:
            self._dialog.show_library_problem(problem)
        else:
            self._dialog.close_saved()

    def _say_unsaved(self, sentence: str) -> None:
        if self._dialog is None:
            self._window.dock.set_notice(sentence, "bad")
        else:
            self._dialog.show_problem(sentence)

    def _use(self, settings: Settings) -> None:
        self._settings = settings
        self._backend.engine.price_usd = settings.price_per_image_usd
        self._window.composer.set_price(settings.price_per_image_usd)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, settings.theme)
        self.settings_saved.emit(settings)

    def show_key(self) -> None:
        """Let the composer send, or say why it cannot."""
        has_key = self._backend.keys.last_four is not None
        reason = "" if has_key else self.tr("No API key yet: add it in Settings")
        self._window.composer.set_can_send(has_key, reason)
