"""Files given to other programs, without anything of ours in their environment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.open_with import OpenWithMenu, ProgramChoice, command_for, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program here is a shell script")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that writes its arguments and its environment beside itself."""
    script = tmp_path / "a & b"
    script.write_text('#!/bin/sh\nenv > "$0.part"; printf "%s\\n" "$@" >> "$0.part"; mv "$0.part" "$0.out"\n')
    script.chmod(0o755)
    return script


def written(qtbot: QtBot, program: Path) -> list[str]:
    out = program.with_name(f"{program.name}.out")
    qtbot.waitUntil(out.exists, timeout=5_000)
    return out.read_text().splitlines()


def test_a_program_gets_the_files_and_no_secrets(qtbot: QtBot, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDREAM_API_KEY", "sk-secret")
    files = [Path("/pictures/a fox.jpg"), Path("/pictures/ä.png")]

    assert start(str(program), files)

    lines = written(qtbot, program)
    assert lines[-2:] == [str(file) for file in files]
    assert any(line.startswith("PATH=") for line in lines)
    assert not any("sk-secret" in line or line.startswith("SEEDREAM_") for line in lines)


def test_a_chosen_program_is_started_and_offered_first_the_next_time(qtbot: QtBot, program: Path) -> None:
    parent, choice = QWidget(), ProgramChoice()
    qtbot.addWidget(parent)
    choice.note("/usr/bin/old")
    menu = OpenWithMenu([Path("/pictures/fox.jpg")], choice, parent)
    menu.actions()[-1].trigger()
    dialog = parent.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(program))

    assert written(qtbot, program)[-1] == "/pictures/fox.jpg"
    names = [action.text() for action in OpenWithMenu([], choice, parent).actions()]
    assert names == ["The system's program", "a && b", "old", "", "Choose a program…"]
    dialog.reject()


def test_a_program_that_is_gone_is_named_and_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    parent, choice, failed = QWidget(), ProgramChoice(), list[str]()
    qtbot.addWidget(parent)
    choice.programs = [str(tmp_path / "gone")]
    menu = OpenWithMenu([Path("/pictures/fox.jpg")], choice, parent)
    menu.failed.connect(failed.append)

    menu.actions()[1].trigger()

    assert failed == ["gone"]


def test_the_last_three_programs_come_back_at_the_next_start(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    choice = ProgramChoice()
    for name in ("one", "two", "three", "two", "four"):
        choice.note(f"/usr/bin/{name}")
    choice.save(settings)

    again = ProgramChoice()
    again.load(settings)

    assert again.programs == ["/usr/bin/four", "/usr/bin/two", "/usr/bin/three"]


def test_a_program_of_macos_is_a_folder_that_the_system_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert command_for("/Applications/Krita.app", [Path("/a.jpg")])[:3] == [
        "/usr/bin/open",
        "-a",
        "/Applications/Krita.app",
    ]
