"""The chosen picture, small, at the top of the panel."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails

WIDTH_PX: Final = 272
# Kept free for the scroll bar, so that nothing moves when it comes.
SCROLL_BAR_PX: Final = 10
_PREVIEW_HEIGHT_PX: Final = 216


class Preview(QWidget):
    """The chosen picture in the panel's width, never higher than 216 px."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._update_if_mine)

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        self._picture = picture
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size the picture takes."""
        return QSize(self._room().width(), self._shape().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture in the middle, a quiet place for it while it is read."""
        shape = self._shape()
        left = (self.width() - shape.width()) // 2
        painter = QPainter(self)
        pixmap = self._pixmap(shape, painter.device().devicePixelRatio())
        if pixmap is None:
            painter.fillRect(left, 0, shape.width(), shape.height(), theme.tokens().raised)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(left, 0, shape.width(), shape.height(), pixmap)
        painter.end()

    def _pixmap(self, shape: QSize, ratio: float) -> QPixmap | None:
        if self._picture is None or self._picture.sha256 is None:
            return None
        radius = round(theme.RADIUS_PICTURE * ratio)
        width, height = round(shape.width() * ratio), round(shape.height() * ratio)
        return self._thumbnails.pixmap(ThumbnailKey(self._picture.sha256, width, height, radius))

    def _room(self) -> QSize:
        return QSize(WIDTH_PX - 2 * theme.SPACE_4, _PREVIEW_HEIGHT_PX)

    def _shape(self) -> QSize:
        size = self._picture.size if self._picture else None
        full = QSize(size.width_px, size.height_px) if size else QSize(1, 1)
        return full.scaled(self._room(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

    def _update_if_mine(self, sha256: str) -> None:
        if self._picture is not None and self._picture.sha256 == sha256:
            self.update()
