"""Orders made again: prompt and settings of a task, all of it, or what a recipe in a file tells, into the composer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.main_window import MainWindow


class Reusing(QObject):
    """Fills the composer; nothing is sent."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.action_requested.connect(self._act)

    def use_everything(self, task: Task) -> None:
        """Take prompt, settings and references; a reference that is gone says so on its tile."""
        self._show(task.request)

    def use_prompt_and_settings(self, task: Task) -> None:
        """Take the prompt and the settings, and keep the references that are there."""
        draft = self._window.composer.draft()
        self._show(replace(task.request, mode=draft.mode, references=draft.references))
        left_out = len(task.request.references)
        if left_out and draft.references != task.request.references:
            words = self.tr("Prompt and settings are in the composer. The task's own references, {count}, are not.")
            self._window.dock.set_notice(words.format(count=left_out), "care")

    def use_recipe(self, recipe: Recipe) -> None:
        """Take all that the recipe tells; its references are not known here."""
        self._show(recipe.request())

    def _act(self, task: Task, action: str) -> None:
        if action in ("edit", "reuse"):
            self.use_everything(task)
        elif action == "remix":
            self.use_prompt_and_settings(task)

    def _show(self, request: GenerationRequest) -> None:
        self._window.composer.set_request(request)
        self._window.show_gallery()
        self._window.focus_prompt()
