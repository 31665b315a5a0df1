"""Orders and tasks: sending, editing again, checking, deciding about an unknown outcome."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.engine.engine import RequestRefusedError
from seedream_desktop.engine.resolve import ResolutionRefusedError
from seedream_desktop.ports.errors import ServiceError, StorageError
from seedream_desktop.sentences import failure_sentence, problem_sentence
from seedream_desktop.ui.actions.report import task_report
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.unknown_dialog import UnknownDialog


class OrderActions(QObject):
    """Acts on the composer's orders and on what cards and the task list offer."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        window.composer.requested.connect(self._order)
        window.composer.draft_changed.connect(self._keep_draft)
        window.gallery.sample_chosen.connect(self._use_sample)
        window.action_requested.connect(self._act)

    def _order(self, request: GenerationRequest) -> None:
        """Order for the project that is open now, whatever is open when the order is written down."""
        self._backend.start(self._submit(request, self._window.rail.project()), "submit")

    async def _submit(self, request: GenerationRequest, project: str | None) -> None:
        composer = self._window.composer
        try:
            await self._backend.engine.submit(request, project=project)
        except RequestRefusedError as error:
            composer.show_notice(problem_sentence(error.problems[0]))
        except StorageError as error:
            composer.show_notice(self.tr("Nothing was sent. {why}").format(why=failure_sentence(error.failure)))
        else:
            composer.show_notice("")
            self._window.show_gallery_top()

    def _act(self, task: Task, action: str) -> None:
        match action:
            case "retry":
                self._backend.start(self._retry(task), "try again")
            case "decide":
                self._decide(task)
            case "check":
                self._backend.start(self._check(task), "check now")
            case "stop":
                self._backend.start(self._backend.engine.watch(task.id, is_watched=False), "stop watching")
            case "report":
                QGuiApplication.clipboard().setText(task_report(task))
                self._window.dock.set_notice(self.tr("The report is on the clipboard"), "good")
            case _:
                pass

    async def _retry(self, task: Task) -> None:
        """A refused order was not billed and goes again as itself; anything else becomes a new order."""
        if task.state is TaskState.REFUSED:
            await self._backend.engine.send_refused_again(task.id)
            return
        await self._submit(task.request, task.project)

    async def _check(self, task: Task) -> None:
        await self._backend.engine.watch(task.id, is_watched=True)
        try:
            await self._backend.engine.check_now(task.id)
        except ServiceError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "care")

    def _decide(self, task: Task) -> None:
        dialog = UnknownDialog(task, self._window)
        dialog.link_chosen.connect(lambda text: self._start_deciding(dialog, task, text))
        dialog.resend_chosen.connect(lambda: self._backend.start(self._resend(task), "send again"))
        dialog.write_off_chosen.connect(lambda: self._backend.start(self._write_off(task), "write off"))
        dialog.open()
        self._backend.start(self._show_balances(dialog, task), "balances")

    async def _show_balances(self, dialog: UnknownDialog, task: Task) -> None:
        """Show what the balance did around the order, where it was read before and after."""
        attempt = task.attempt
        if attempt is None:
            return
        around = await self._backend.balances_around(attempt.started_at, attempt.ended_at or attempt.started_at)
        if around.before_usd is not None and around.after_usd is not None and isValid(dialog):
            dialog.show_balances(around.before_usd, around.after_usd)

    def _start_deciding(self, dialog: UnknownDialog, task: Task, text: str) -> None:
        self._backend.start(self._link(dialog, task, text), "link a task id")

    async def _link(self, dialog: UnknownDialog, task: Task, text: str) -> None:
        try:
            await self._backend.engine.resolver.link(task.id, text, self._warn_of_other_time)
        except ResolutionRefusedError as error:
            dialog.show_problem(str(error))
        except ServiceError as error:
            dialog.show_problem(failure_sentence(error.failure))
        else:
            dialog.accept()

    def _warn_of_other_time(self, _apart: timedelta) -> None:
        words = self.tr("Linked. The service made this task at another time: look whether these are your pictures.")
        self._window.dock.set_notice(words, "care")

    async def _resend(self, task: Task) -> None:
        await self._backend.engine.resolver.send_again(task.id)

    async def _write_off(self, task: Task) -> None:
        await self._backend.engine.resolver.write_off(task.id)

    def _use_sample(self, prompt: str) -> None:
        composer = self._window.composer
        composer.exchange(GenerationRequest(prompt=prompt))
        self._window.focus_prompt()

    def _keep_draft(self, request: GenerationRequest) -> None:
        self._backend.start(self._save_draft(request), "draft")

    async def _save_draft(self, request: GenerationRequest) -> None:
        try:
            await self._backend.drafts.save_draft(request)
        except StorageError as error:
            self.show_trouble(error.failure)

    def show_trouble(self, failure: Failure) -> None:
        """Say in the dock what the disk does not do."""
        self._window.dock.set_notice(failure_sentence(failure), "bad")
