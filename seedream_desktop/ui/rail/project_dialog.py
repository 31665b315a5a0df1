"""Asks for the name of a project and the folder that copies of its pictures are saved to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.domain.collections import MAX_NAME_CHARS, Project
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.settings.form import Form, rule

_WIDTH_PX: Final = 640


class ProjectDialog(QDialog):
    """``kept`` carries the name and the folder, "" for the usual one; the dialog stays until `accept`.

    *usual* is where pictures go that belong to no project with a folder of its own.
    """

    kept = Signal(str, str)

    def __init__(self, project: Project, usual: Path, parent: QWidget) -> None:
        super().__init__(parent)
        title = self.tr("Project")
        self.setWindowTitle(title)
        set_name(self, "project", title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self._picked = ""
        self._form = Form()
        self._make_fields(usual)
        self._name.setText(project.name)
        self._folder.setText(project.folder)
        self._compose()
        self._allow()
        self._folder.setFocus()

    @property
    def is_chosen(self) -> bool:
        """Whether the folder was picked among those that are there, if only to say that it is the one."""
        return self._picked == self._folder.text() != ""

    def refuse_name(self, sentence: str) -> None:
        """Say why the name cannot be used; what was typed stays."""
        self._refuse(self._name, sentence)

    def refuse_folder(self, sentence: str) -> None:
        """Say why pictures cannot be saved to the folder; what was typed stays."""
        self._refuse(self._folder, sentence)

    def _refuse(self, field: QLineEdit, sentence: str) -> None:
        self._form.show_problems([(field, sentence)])
        # A wrapped sentence asks for its height only once it is laid out.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _make_fields(self, usual: Path) -> None:
        self._name = self._form.field("project_name", self.tr("Name"))
        self._name.setMaxLength(MAX_NAME_CHARS)
        self._folder = self._form.field("project_folder", self.tr("Folder"), str(usual))
        self._folder.setToolTip(self.tr("Empty means the usual folder, {folder}").format(folder=usual))
        self._choose = push_button("choose_project_folder", self.tr("Choose…"), self.tr("Choose project folder"))
        self._reset = push_button("reset_project_folder", self.tr("Reset"), self.tr("Reset to the usual folder"))
        self._choose.clicked.connect(self._ask_folder)
        self._reset.clicked.connect(lambda: self._take_folder(""))
        self._folder.textChanged.connect(self._allow)
        self._about = Label(self._meaning(), self, tone="muted")
        self._about.setWordWrap(True)

    def _meaning(self) -> str:
        return self.tr(
            "Pictures ordered while this project is open are saved in its folder; when it has none, in the usual one. "
            "Pictures that are saved already stay where they are, also when they are put into another project. The "
            "program keeps the originals besides, whatever the folder is."
        )

    def _compose(self) -> None:
        self._form.add_row(self.tr("Name"), self._name)
        self._form.add_row(self.tr("Folder"), self._folder, self._choose, self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_4)
        for part in (self._form, self._about, rule(), self._buttons()):
            column.addWidget(part)
        self._save.setDefault(True)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = self._save = box.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setProperty("look", "primary")
        set_name(save, "save", self.tr("Save"))
        set_name(cancel, "cancel", self.tr("Cancel"))
        box.accepted.connect(self._keep)
        box.rejected.connect(self.reject)
        return box

    def _allow(self) -> None:
        self._reset.setEnabled(bool(self._folder.text()))

    def _keep(self) -> None:
        folder = self._folder.text().strip()
        if folder and not Path(folder).is_absolute():
            self.refuse_folder(self.tr("Give the whole path of a folder, or choose one."))
            return
        self.kept.emit(self._name.text(), folder)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Project folder"), self._folder.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._pick_folder)
        dialog.open()

    def _pick_folder(self, folder: str) -> None:
        self._picked = folder
        self._take_folder(folder)

    def _take_folder(self, folder: str) -> None:
        self._folder.setText(folder)
        self._form.clear_problems()
        self._folder.setFocus()
