"""The dialog of a project: what it shows, what it refuses, and what it hands on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.collections import Project, ProjectId
from seedream_desktop.ui.rail.project_dialog import ProjectDialog

USUAL = Path("/home/ada/Pictures/Seedream")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


@pytest.fixture
def dialog(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> ProjectDialog:
    project = Project(ProjectId("h"), "Harbour", str(tmp_path / "harbour"), datetime.now(UTC))
    dialog = ProjectDialog(project, USUAL, parent)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def edit(dialog: ProjectDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def button(dialog: ProjectDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def said(dialog: ProjectDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_it_says_where_pictures_go_and_that_those_saved_already_stay(dialog: ProjectDialog) -> None:
    assert "saved in its folder; when it has none, in the usual one" in said(dialog)
    assert str(USUAL) in edit(dialog, "project_folder").placeholderText()
    assert "saved already stay where they are" in said(dialog)


def test_every_control_has_a_name_and_is_reached_by_tab(dialog: ProjectDialog) -> None:
    reached = []
    for _ in range(6):
        focused = dialog.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    names = {"Name", "Folder", "Choose project folder", "Reset to the usual folder", "Save", "Cancel"}
    assert set(reached) == names


def test_enter_hands_on_name_and_folder(qtbot: QtBot, dialog: ProjectDialog, tmp_path: Path) -> None:
    edit(dialog, "project_name").setText("Harbour 2")
    with qtbot.waitSignal(dialog.kept) as kept:
        QTest.keyClick(edit(dialog, "project_folder"), Qt.Key.Key_Return)

    assert kept.args == ["Harbour 2", str(tmp_path / "harbour")]
    assert dialog.isVisible()


def test_reset_means_the_usual_folder(qtbot: QtBot, dialog: ProjectDialog) -> None:
    button(dialog, "reset_project_folder").click()
    assert not button(dialog, "reset_project_folder").isEnabled()

    with qtbot.waitSignal(dialog.kept) as kept:
        button(dialog, "save").click()

    assert kept.args == ["Harbour", ""]


def test_a_part_of_a_path_is_refused_and_stays_as_typed(qtbot: QtBot, dialog: ProjectDialog) -> None:
    edit(dialog, "project_folder").setText("harbour")
    with qtbot.assertNotEmitted(dialog.kept):
        button(dialog, "save").click()

    assert "whole path" in said(dialog)
    assert edit(dialog, "project_folder").text() == "harbour"


def test_a_long_reason_is_shown_whole(qtbot: QtBot, dialog: ProjectDialog) -> None:
    dialog.refuse_folder("The folder cannot be used. " * 8)
    qtbot.wait(10)

    wrapped = [label for label in dialog.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in wrapped)
    assert edit(dialog, "project_folder").height() >= edit(dialog, "project_folder").minimumSizeHint().height()


def test_a_chosen_folder_is_put_in_and_counts_as_said_so(dialog: ProjectDialog, tmp_path: Path) -> None:
    assert not dialog.is_chosen
    button(dialog, "choose_project_folder").click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()

    assert edit(dialog, "project_folder").text() == str(tmp_path)
    assert dialog.is_chosen
