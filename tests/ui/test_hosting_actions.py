"""Settings and the panel of hosted pictures, joined to a program that does as it is told."""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault, HostingKind, HostingSettings, S3Settings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.engine.references import HostedCopy, HostedElsewhereError, HostedReferenceInUseError
from seedream_desktop.ports.errors import HostRefusedError, StorageError, UnreachableError
from seedream_desktop.ui import theme
from seedream_desktop.ui.actions.account import AccountActions
from seedream_desktop.ui.actions.hosting import HostingActions
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.host_manager import HostManager
from seedream_desktop.ui.hosted.model import HostedModel
from seedream_desktop.ui.hosting_backend import HostingBackend, SecretState
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.settings_dialog import SettingsDialog

Child = TypeVar("Child", bound=QObject)
SECRET = "wJalrXUtnFEMI/K7MDENG"
S3 = HostingSettings(HostingKind.S3, S3Settings("https://s3.example", "auto", "foxes", "AKIA1"))
FOX = HostedReference("https://s3.example/fox?sig=1", "S3 foxes", "fox", None, "fox", "2026-11-21T12:00:00+00:00")
READ_ONLY = StorageError(Failure(FailureKind.DISK_TROUBLE, "FOLDER_READ_ONLY", "/nowhere"))


class Window(QWidget):
    """As much of the main window as the actions touch."""

    settings_requested = Signal()
    action_requested = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[tuple[str, str]] = []
        self.composer = SimpleNamespace(set_price=lambda _price: None, set_can_send=lambda *_: None)
        self.dock = SimpleNamespace(set_notice=lambda text, tone: self.notices.append((text, tone)))


class Running:
    """A coroutine that runs until it has to wait for something, at once."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._coroutine = coroutine
        self.is_cancelled = False
        with suppress(StopIteration):
            coroutine.send(None)

    def cancel(self) -> bool:
        self.is_cancelled = True
        self._coroutine.close()
        return True


class _Never:
    def __await__(self) -> Any:
        yield


@dataclass
class Program:
    """The program behind the window: what it was told, in order, and what it answers."""

    told: list[object] = field(default_factory=list)
    stored: Settings = field(default_factory=lambda: Settings(hosting=S3, theme=Theme.LIGHT))
    refusals: dict[str, Exception] = field(default_factory=dict)
    not_kept: str = ""
    hangs: bool = False
    hosted: list[HostedCopy] = field(default_factory=lambda: [HostedCopy(FOX, None)])
    host: Any = field(default_factory=lambda: SimpleNamespace(name="S3 foxes"))
    running: list[Running] = field(default_factory=list)

    def start(self, coroutine: Coroutine[Any, Any, Any], _name: str) -> Running:
        self.running.append(Running(coroutine))
        return self.running[-1]

    def load(self) -> Settings:
        return self.stored

    async def save(self, settings: Settings) -> None:
        self._refuse("save")
        self.told.append(("save", settings))

    async def choose_library(self, folder: Path) -> None:
        self._refuse("library")
        self.told.append(("library", folder))

    def use(self, hosting: HostingSettings) -> None:
        self.told.append(("use", hosting))

    async def state(self, _hosting: HostingSettings) -> SecretState:
        return SecretState(is_saved=True, ends_in="DENG", words="Kept.", keychain_name="GNOME Keyring")

    async def enter(self, hosting: HostingSettings, secret: str, *, this_run_only: bool) -> str:
        self.told.append(("secret", hosting, secret, this_run_only))
        return self.not_kept

    async def remove(self, hosting: HostingSettings) -> str:
        self.told.append(("remove", hosting))
        return "The secret was removed."

    async def test(self, hosting: HostingSettings, secret: str) -> tuple[str, bool]:
        self.told.append(("test", hosting, secret))
        if self.hangs:
            await _Never()
        return "It works.", True

    async def all_hosted(self) -> tuple[HostedCopy, ...]:
        self._refuse("list")
        return tuple(self.hosted)

    async def newest(self, limit: int) -> tuple[Any, ...]:
        reference = SimpleNamespace(sha256="fox", name="red fox.jpg")
        return (SimpleNamespace(request=SimpleNamespace(references=(reference,))),)

    async def unhost(self, hosted: HostedReference, *, even_if_used: bool = False) -> None:
        self._refuse("unhost")
        self.told.append(("unhost", hosted.sha256, even_if_used))

    async def forget(self, hosted: HostedReference) -> None:
        self.told.append(("forget", hosted.sha256))

    async def keychain_name(self) -> str:
        return "GNOME Keyring"

    last_four = "9a2f"
    price_usd = Decimal(0)

    def _refuse(self, what: str) -> None:
        if what in self.refusals:
            raise self.refusals[what]


class Desk:
    """Both actions over a made-up window and program."""

    def __init__(self, qtbot: QtBot, program: Program, *, is_demo: bool = False) -> None:
        self.program = program
        self.window = Window()
        qtbot.addWidget(self.window)
        self.bridge = Bridge()
        window = cast("MainWindow", self.window)
        backend = SimpleNamespace(
            engine=program, keys=program, settings=program, choose_library=program.choose_library, start=program.start
        )
        self.account = AccountActions(window, cast("Backend", backend), Path("/default"))
        hosting = HostingBackend(
            references=cast("Any", program),
            tasks=program,
            keeper=program,
            use=program.use,
            start=program.start,
            clock=lambda: datetime(2026, 11, 21, 14, tzinfo=UTC),
            is_demo=is_demo,
        )
        self.hosting = HostingActions(window, hosting, self.account, self.bridge)

    def open(self) -> SettingsDialog:
        """Open the settings at the hosting page."""
        self.hosting.open_settings()
        return self._child(SettingsDialog)

    def open_manager(self) -> HostManager:
        """Open the panel."""
        self.hosting.open_manager()
        return self._child(HostManager)

    def rows(self) -> list[str]:
        """Return what the panel's rows say."""
        model = self._child(HostManager).findChild(HostedModel)
        assert isinstance(model, HostedModel)
        return [f"{row.name} {row.problem}".strip() for row in model.rows()]

    def _child(self, kind: type[Child]) -> Child:
        found = [each for each in self.window.findChildren(QObject) if isinstance(each, kind)]
        return found[-1]


@pytest.fixture(autouse=True, scope="module")
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT)


@pytest.fixture
def program() -> Program:
    return Program()


def _type(dialog: SettingsDialog, name: str, text: str) -> None:
    edit = dialog.findChild(QLineEdit, name)
    assert isinstance(edit, QLineEdit)
    edit.setText(text)


def _press(dialog: QWidget, name: str) -> None:
    [button] = [each for each in dialog.findChildren(QPushButton, name) if each.isVisible()]
    button.click()


def test_the_secret_is_taken_before_the_host_is_made_with_it(qtbot: QtBot, program: Program) -> None:
    dialog = Desk(qtbot, program).open()
    _type(dialog, "secret_access_key", SECRET)

    dialog.accept()

    assert [told[0] for told in cast("list[Any]", program.told)] == ["save", "secret", "use"]
    assert ("secret", S3, SECRET, False) in program.told
    assert SECRET not in repr([told for told in program.told if told != ("secret", S3, SECRET, False)])
    assert not dialog.isVisible()


def test_a_secret_that_could_not_be_kept_is_told_in_the_dock(qtbot: QtBot, program: Program) -> None:
    program.not_kept = "It could not be kept."
    desk = Desk(qtbot, program)
    dialog = desk.open()
    _type(dialog, "secret_access_key", SECRET)
    dialog.accept()
    assert desk.window.notices == [("It could not be kept.", "care")]


def test_a_secret_of_settings_that_were_not_saved_is_not_taken(qtbot: QtBot, program: Program) -> None:
    program.refusals["save"] = READ_ONLY
    dialog = Desk(qtbot, program).open()
    _type(dialog, "secret_access_key", SECRET)

    dialog.accept()

    assert program.told == []
    assert dialog.isVisible()


def test_a_secret_that_was_given_up_is_not_taken_with_later_settings(qtbot: QtBot, program: Program) -> None:
    program.refusals["save"] = READ_ONLY
    desk = Desk(qtbot, program)
    dialog = desk.open()
    _type(dialog, "secret_access_key", SECRET)
    dialog.accept()
    dialog.reject()
    program.refusals.clear()

    desk.open().accept()

    assert [told[0] for told in cast("list[Any]", program.told)] == ["save", "use"]


def test_a_library_that_cannot_be_used_costs_nothing_else(qtbot: QtBot, program: Program) -> None:
    program.refusals["library"] = READ_ONLY
    dialog = Desk(qtbot, program).open()
    _type(dialog, "library_folder", "/nowhere")
    _type(dialog, "price_per_image", "0.05")

    dialog.accept()

    assert ("save", replace(program.stored, price_per_image_usd=Decimal("0.05"))) in program.told
    assert program.price_usd == Decimal("0.05")
    assert ("use", S3) in program.told
    assert dialog.isVisible()


def test_an_emptied_library_field_means_the_default_at_once(qtbot: QtBot, program: Program) -> None:
    program.stored = replace(program.stored, library="/pictures")
    dialog = Desk(qtbot, program).open()
    _type(dialog, "library_folder", "")

    dialog.accept()

    assert program.told[:2] == [("library", Path("/default")), ("save", replace(program.stored, library=""))]


def test_a_test_runs_with_what_is_typed_and_its_answer_is_shown(qtbot: QtBot, program: Program) -> None:
    dialog = Desk(qtbot, program).open()
    _type(dialog, "bucket", "wolves")
    _type(dialog, "secret_access_key", SECRET)

    _press(dialog, "test_hosting")

    assert program.told == [("test", replace(S3, s3=replace(S3.s3, bucket="wolves")), SECRET)]


def test_closing_the_settings_cancels_a_test(qtbot: QtBot, program: Program) -> None:
    program.hangs = True
    dialog = Desk(qtbot, program).open()
    _press(dialog, "test_hosting")
    running = program.running[-1]
    assert not running.is_cancelled

    dialog.reject()

    assert running.is_cancelled


def test_a_removed_secret_leaves_the_host_in_use_too(qtbot: QtBot, program: Program) -> None:
    dialog = Desk(qtbot, program).open()
    _press(dialog, "remove_secret_access_key")
    assert program.told == [("remove", S3), ("use", S3)]


def test_the_demo_asks_no_storage_and_changes_no_host(qtbot: QtBot, program: Program) -> None:
    dialog = Desk(qtbot, program, is_demo=True).open()
    dialog.accept()
    assert [told[0] for told in cast("list[Any]", program.told)] == ["save"]


def test_the_settings_open_at_the_hosting_page_even_when_they_are_open_already(qtbot: QtBot, program: Program) -> None:
    desk = Desk(qtbot, program)
    desk.account.open()
    dialog = desk.open()
    assert [each for each in dialog.findChildren(QPushButton, "test_hosting") if each.isVisible()]


def test_the_panel_shows_what_is_hosted_by_the_names_of_the_orders(qtbot: QtBot, program: Program) -> None:
    desk = Desk(qtbot, program)
    desk.open_manager()
    assert desk.rows() == ["red fox.jpg"]


def test_the_panel_follows_what_is_hosted_and_deleted_meanwhile(qtbot: QtBot, program: Program) -> None:
    desk = Desk(qtbot, program)
    desk.open_manager()
    program.hosted.insert(0, HostedCopy(replace(FOX, sha256="dune"), None))
    desk.bridge.reference_hosted.emit(FOX)
    assert len(desk.rows()) == 2

    desk.bridge.reference_unhosted.emit("fox", "S3 foxes")
    assert len(desk.rows()) == 1


def test_deleting_asks_the_engine_and_takes_the_row_away(qtbot: QtBot, program: Program) -> None:
    desk = Desk(qtbot, program)
    desk.open_manager().delete_requested.emit((FOX,), True)
    assert program.told == [("unhost", "fox", True)]
    assert desk.rows() == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HostedReferenceInUseError(1), "An open order needs it"),
        (HostedElsewhereError("S3 foxes"), "no longer the one in Settings"),
        (HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.FORBIDDEN, "delete")), "Not deleted: the access"),
        (UnreachableError(Failure(FailureKind.HOST_UNREACHABLE)), "Not deleted: the storage cannot be reached"),
        (READ_ONLY, "read-only"),
    ],
)
def test_a_deletion_that_failed_is_told_in_its_row(qtbot: QtBot, program: Program, error: Exception, said: str) -> None:
    program.refusals["unhost"] = error
    desk = Desk(qtbot, program)
    desk.open_manager().delete_requested.emit((FOX,), False)
    assert said in desk.rows()[0]


def test_a_deletion_that_failed_does_not_stop_the_others(qtbot: QtBot, program: Program) -> None:
    program.hosted.append(HostedCopy(replace(FOX, sha256="dune"), None))
    program.refusals["unhost"] = UnreachableError(Failure(FailureKind.HOST_UNREACHABLE))
    desk = Desk(qtbot, program)
    desk.open_manager().delete_requested.emit((FOX, replace(FOX, sha256="dune")), False)
    assert ["Not deleted" in words for words in desk.rows()] == [True, True]


def test_forgetting_takes_the_record_alone(qtbot: QtBot, program: Program) -> None:
    program.host = None
    desk = Desk(qtbot, program)
    desk.open_manager().forget_requested.emit((FOX,))
    assert program.told == [("forget", "fox")]
    assert desk.rows() == []


def test_a_list_that_cannot_be_read_is_told_in_the_panel(qtbot: QtBot, program: Program) -> None:
    program.refusals["list"] = READ_ONLY
    desk = Desk(qtbot, program)
    manager = desk.open_manager()
    assert any("read-only" in line.text() for line in manager.findChildren(MessageLine))
