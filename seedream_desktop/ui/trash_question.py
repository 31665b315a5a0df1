"""The questions of the trash: before the bin is emptied, and before files are deleted that no trash takes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_WIDTH_PX: Final = 480


class TrashQuestion(QDialog):
    """Opened with `open()`; ``accepted`` means do it, and keeping everything is the default."""

    def __init__(self, title: str, words: str, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        set_name(self, "trash_question", title)
        self.setFixedWidth(_WIDTH_PX)
        self.words = Label(words)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.do_it = push_button("do_it", answer)
        self.do_it.clicked.connect(self.accept)
        self.keep = push_button("keep_everything", self.tr("Keep everything"))
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        self._compose()
        self.keep.setFocus()

    def _compose(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self.do_it)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.words)
        column.addLayout(buttons)


def before_emptying(count: int, parent: QWidget) -> TrashQuestion:
    """Return the question before *count* pictures leave the program."""
    words = QCoreApplication.translate(
        "Trash",
        "Pictures in the trash: {count}. Their files go to the trash of this computer. The program cannot bring them "
        "back then; prompts and orders stay.",
    )
    return TrashQuestion(
        QCoreApplication.translate("Trash", "Empty the trash"),
        words.format(count=count),
        QCoreApplication.translate("Trash", "Empty the trash"),
        parent,
    )


def before_deleting_copies(files: int, parent: QWidget) -> TrashQuestion:
    """Return the question before *files* in the user's folder are deleted, which no trash takes."""
    words = QCoreApplication.translate(
        "Trash",
        "This computer has no trash for files in your folder. Files that would be deleted there at once and for good: "
        "{count}. The originals stay in the trash of the program for 30 days. If you keep everything, these pictures "
        "are not thrown away.",
    )
    return TrashQuestion(
        QCoreApplication.translate("Trash", "Delete files for good?"),
        words.format(count=files),
        QCoreApplication.translate("Trash", "Delete for good"),
        parent,
    )


def before_deleting_originals(count: int, parent: QWidget) -> TrashQuestion:
    """Return the question before *count* originals are deleted, which no trash takes."""
    words = QCoreApplication.translate(
        "Trash",
        "This computer has no trash for the program's own files. Pictures that would be deleted at once and for good: "
        "{count}. Nobody can bring them back then. If you keep everything, they stay in the trash of the program.",
    )
    return TrashQuestion(
        QCoreApplication.translate("Trash", "Delete pictures for good?"),
        words.format(count=count),
        QCoreApplication.translate("Trash", "Delete for good"),
        parent,
    )
