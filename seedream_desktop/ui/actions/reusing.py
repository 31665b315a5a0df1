"""Orders made again: prompt and settings of a task, all of it, or what is known of a file, into the composer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.dock import Tone
from seedream_desktop.ui.keys.key_map import native
from seedream_desktop.ui.main_window import MainWindow


class Reusing(QObject):
    """Fills the composer; nothing is sent."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.action_requested.connect(self._act)

    def use_request(self, request: GenerationRequest, words: str, tone: Tone = "good") -> None:
        """Show *request* in the composer and say *words*, and how what was there comes back."""
        window = self._window
        can_go_back = window.composer.exchange(request)
        window.show_gallery()
        window.focus_prompt()
        if can_go_back:
            back = self.tr("{key} brings back what was there.").format(key=native("Ctrl+Z"))
            words = f"{words} {back}"
        window.dock.set_notice(words, tone)

    def _use_everything(self, task: Task) -> None:
        """Take prompt, settings and references; a reference that is gone says so on its tile."""
        has_references = bool(task.request.references)
        whole = self.tr("Prompt, settings and references are in the composer.")
        self.use_request(task.request, whole if has_references else self._prompt_and_settings())

    def _use_prompt_and_settings(self, task: Task) -> None:
        """Take the prompt and the settings, and keep the references that are there."""
        draft, own = self._window.composer.draft(), task.request.references
        request = replace(task.request, mode=draft.mode, references=draft.references)
        if own and draft.references != own:
            words = self.tr("Prompt and settings are in the composer. The task's own references, {count}, are not.")
            self.use_request(request, words.format(count=len(own)), "care")
        else:
            self.use_request(request, self._prompt_and_settings())

    def _prompt_and_settings(self) -> str:
        return self.tr("Prompt and settings are in the composer.")

    def _act(self, task: Task, action: str) -> None:
        if action in ("edit", "reuse"):
            self._use_everything(task)
        elif action == "remix":
            self._use_prompt_and_settings(task)
