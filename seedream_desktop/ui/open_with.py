"""Other programs that open a picture: the system's own, those used before, and any that the user shows us."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QSettings, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

_MOST_PROGRAMS: Final = 3
_SETTING: Final = "open_with/programs"
# Keys and secrets are handed to us in variables of this name.
_OURS: Final = "SEEDREAM_"


class ProgramChoice(QObject):
    """Remembers the last three programs the user chose, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.programs: list[str] = []

    def note(self, program: str) -> None:
        """Put *program*, a path, in front."""
        others = (known for known in self.programs if known != program)
        self.programs = [program, *others][:_MOST_PROGRAMS]

    def load(self, settings: QSettings) -> None:
        """Take the programs of the last time."""
        kept = settings.value(_SETTING, [])
        listed = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        self.programs = [str(program) for program in listed][:_MOST_PROGRAMS]

    def save(self, settings: QSettings) -> None:
        """Keep the programs for the next start."""
        settings.setValue(_SETTING, self.programs)


class OpenWithMenu(QMenu):
    """Offers programs for the files at *paths*; ``failed`` carries the name of one that could not be started."""

    failed = Signal(str)

    def __init__(self, paths: list[Path], choice: ProgramChoice, parent: QWidget) -> None:
        super().__init__(self.tr("Open with"), parent)
        self.setObjectName("open_with")
        self._paths = paths
        self._choice = choice
        self.addAction(self.tr("The system's program"), self._open_by_system)
        for program in choice.programs:
            name = Path(program).stem.replace("&", "&&")
            self.addAction(name, partial(self._open_by, program)).setToolTip(program)
        self.addSeparator()
        self.addAction(self.tr("Choose a program…"), self._choose)

    def _open_by_system(self) -> None:
        for path in self._paths:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.failed.emit(path.name)
                return

    def _open_by(self, program: str) -> None:
        if start(program, self._paths):
            self._choice.note(program)
        else:
            self.failed.emit(Path(program).name)

    def _choose(self) -> None:
        dialog = QFileDialog(self.parentWidget(), self.tr("Choose a program"))
        dialog.setObjectName("choose_program")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(_programs_folder())
        dialog.fileSelected.connect(self._open_by)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def start(program: str, paths: list[Path]) -> bool:
    """Start *program* with the files, on its own and without anything of ours in its environment."""
    command, *arguments = command_for(program, paths)
    process = QProcess()
    process.setProgram(command)
    process.setArguments(arguments)
    process.setProcessEnvironment(_clean_environment())
    # The stubs promise a pair here, as the static function of this name returns; it is a bool (PySide 6.11).
    return bool(process.startDetached())


def command_for(program: str, paths: list[Path]) -> list[str]:
    """Return the command; on macOS a program is a folder that the system opens."""
    files = [str(path) for path in paths]
    if sys.platform == "darwin" and program.rstrip("/").endswith(".app"):
        return ["/usr/bin/open", "-a", program, *files]
    return [program, *files]


def _clean_environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118 - not a mapping of Python's
        if name.upper().startswith(_OURS):
            environment.remove(name)
    return environment


def _programs_folder() -> str:
    if sys.platform == "darwin":
        return "/Applications"
    return "C:\\Program Files" if sys.platform == "win32" else "/usr/bin"
