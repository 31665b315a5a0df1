"""The page of the centre on which the gallery stands below its header."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class GalleryPage(QWidget):
    """Takes both in; must not know what they do."""

    def __init__(self, header: QWidget, gallery: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(gallery, 1)
