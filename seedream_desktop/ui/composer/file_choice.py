"""The system's dialog for picture files, beside the running window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

# What the imaging worker reads. GTK's dialog tells JPG from jpg.
_ENDINGS: Final = ("jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "tif", "tiff", "bmp", "gif", "psd")
_PATTERNS: Final = " ".join(f"*.{ending} *.{ending.upper()}" for ending in _ENDINGS)


class FileChoice(QFileDialog):
    """Calls *chosen* with the paths; it goes away by itself."""

    def __init__(self, parent: QWidget, title: str, chosen: Callable[[Sequence[str]], None]) -> None:
        super().__init__(parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pictures = self.tr("Pictures ({patterns})").format(patterns=_PATTERNS)
        self.setNameFilters([pictures, self.tr("All files (*)")])
        self.filesSelected.connect(chosen)
