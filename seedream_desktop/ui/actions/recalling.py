"""Brings the prompts of earlier orders back into the composer, one key at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.prompt_history import OrderedPrompt
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow


class Recalling(QObject):
    """Leads to older prompts and back to what was being written; whatever is edited is what is being written."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._composer = window.composer
        self._backend = backend
        self._steps_to_go = 0
        self._is_walking = False
        self._written = ""
        self._recalled: OrderedPrompt | None = None
        window.keys.older_prompt_requested.connect(lambda: self._walk(1))
        window.keys.newer_prompt_requested.connect(lambda: self._walk(-1))

    def _walk(self, steps: int) -> None:
        """Go *steps* prompts back; keys that come while the disk is read are counted."""
        self._steps_to_go += steps
        if not self._is_walking:
            self._is_walking = True
            self._backend.start(self._go(), "recall a prompt")

    async def _go(self) -> None:
        try:
            while self._steps_to_go:
                way = 1 if self._steps_to_go > 0 else -1
                self._steps_to_go -= way
                await self._step(way)
        except StorageError as error:
            self._composer.show_notice(failure_sentence(error.failure))
        finally:
            self._steps_to_go, self._is_walking = 0, False

    async def _step(self, way: int) -> None:
        shown = self._composer.editor.prompt()
        if self._recalled is None or shown != self._recalled.prompt:
            self._written, self._recalled = shown, None
        place = self._recalled.task_id if self._recalled else None
        if way > 0:
            found = await self._backend.prompts.older(place, shown)
        else:
            found = await self._newer(place, shown)
        if self._composer.editor.prompt() != shown:
            return  # somebody went on writing
        if found is not None:
            self._recalled = found
            self._composer.set_prompt(found.prompt)
        elif way > 0:
            self._composer.show_notice(self.tr("There is no older prompt."))
        elif place is not None:
            self._recalled = None
            self._composer.set_prompt(self._written)
        else:
            self._composer.show_notice(self.tr("There is no newer prompt."))

    async def _newer(self, place: TaskId | None, shown: str) -> OrderedPrompt | None:
        return None if place is None else await self._backend.prompts.newer(place, shown)
