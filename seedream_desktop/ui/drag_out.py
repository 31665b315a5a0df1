"""Pictures on their way to other programs: their files under readable names, and what hangs at the pointer."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QMetaType, QMimeData, QPoint, QPointF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.naming import picture_name
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.intake.own import mark_own

# More than any program opens at once.
MOST_FILES: Final = 1_000
# Of pictures whose copy in the library is gone, until the next start; what goes beyond is left out.
_MOST_COPIED_BYTES: Final = 1024 * 1024 * 1024
_MOST_IMAGE_BYTES: Final = 64 * 1024 * 1024
_IMAGE_FORMATS: Final = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_STACK_PX: Final = 112
_OFFSET_PX: Final = 8
_MOST_STACKED: Final = 3
_BADGE_PX: Final = 22


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that another program may read, and the SHA-256 of the picture in it."""

    path: Path
    sha256: str


def file_of(picture: Picture) -> Path | None:
    """Return the picture's file with the readable name, else the original; None when there is none. Asks the disk."""
    if picture.saved_path and Path(picture.saved_path).exists():
        return Path(picture.saved_path)
    return Path(picture.path) if picture.path else None


def known_files(pictures: Sequence[Picture]) -> list[OutFile]:
    """Return the copies in the library by what is written down, without asking the disk; never an original."""
    places = ((picture.saved_path, picture.sha256) for picture in pictures)
    return [OutFile(Path(place), sha256 or "") for place, sha256 in places if place]


class Outgoing:
    """Makes files for other programs in *folder*, which is emptied at the next start. Runs on threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copied_bytes = 0

    def file(self, task: Task, picture: Picture) -> OutFile | None:
        """Return the copy in the library, else one made here under the same name; None when that cannot be done."""
        found = file_of(picture)
        if found is None or str(found) == picture.saved_path:
            return None if found is None else OutFile(found, picture.sha256 or "")
        try:
            return OutFile(self._named(found, self.place(task, picture)), picture.sha256 or "")
        except OSError:
            return None

    def place(self, task: Task, picture: Picture, *, with_recipe: bool = False) -> Path:
        """Return where a file of this picture with a readable name belongs, in a folder that exists."""
        folder = self._folder / (picture.sha256 or "")[:16] / ("recipe" if with_recipe else "plain")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        extension = Path(picture.path or "").suffix.lstrip(".")
        return folder / picture_name(task.created_at, task.request.prompt, task.id, picture.position, extension)

    def _named(self, original: Path, target: Path) -> Path:
        """Copy the original: a link would let other programs write into it. Raises OSError, also for too much."""
        if target.exists():
            return target
        size_bytes = original.stat().st_size
        if self._copied_bytes + size_bytes > _MOST_COPIED_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(original))
        part = target.with_name(f"{uuid.uuid4().hex}.part")
        shutil.copyfile(original, part)
        part.replace(target)
        self._copied_bytes += size_bytes
        return target


class PictureData(QMimeData):
    """Files for other programs; a single one also as what it holds, read when somebody asks for it."""

    def __init__(self, files: Sequence[OutFile]) -> None:
        super().__init__()
        self.setUrls([QUrl.fromLocalFile(str(file.path)) for file in files])
        mark_own(self, [file.sha256 for file in files])
        self._path = files[0].path if len(files) == 1 else None
        self._format = _IMAGE_FORMATS.get(self._path.suffix) if self._path else None

    def formats(self) -> list[str]:
        """Return the names of all forms."""
        return [*super().formats(), *([self._format] if self._format else [])]

    def hasFormat(self, mimetype: str) -> bool:
        """Return whether it comes in this form."""
        return mimetype == self._format or super().hasFormat(mimetype)

    def retrieveData(self, mimetype: str, preferred: QMetaType | QMetaType.Type) -> Any:
        """Return one of the forms."""
        if mimetype != self._format or self._path is None:
            return super().retrieveData(mimetype, preferred)
        try:
            with self._path.open("rb") as file:
                return QByteArray(file.read(_MOST_IMAGE_BYTES))
        except OSError:
            return QByteArray()


def begin_drag(source: QWidget, files: Sequence[OutFile], thumbnails: Sequence[QPixmap]) -> None:
    """Let *files* be dragged out of *source*; returns when they were let go. Copying only, whatever is asked for."""
    drag = QDrag(source)
    drag.setMimeData(PictureData(files))
    pixmap = stack(thumbnails, len(files), source.devicePixelRatio())
    if not pixmap.isNull():
        drag.setPixmap(pixmap)
        drag.setHotSpot(QPoint(theme.SPACE_3, theme.SPACE_3))
    # A drag has no other form than exec(); some file managers move what they are given.
    drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


def stack(thumbnails: Sequence[QPixmap], count: int, ratio: float) -> QPixmap:
    """Return up to three thumbnails on a pile with *count* on it, sharp at *ratio* device pixels to one."""
    shown = thumbnails[:_MOST_STACKED]
    if not shown:
        return QPixmap()
    boxes = [_box(thumbnail, depth * _OFFSET_PX) for depth, thumbnail in enumerate(shown)]
    covered = reduce(QRectF.united, boxes)
    room = covered.size() + QSizeF(_BADGE_PX / 2, _BADGE_PX / 2)
    pile = QPixmap((room * ratio).toSize())
    pile.setDevicePixelRatio(ratio)
    pile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pile)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    for thumbnail, box in reversed(list(zip(shown, boxes, strict=True))):
        _draw(painter, thumbnail, box.translated(-covered.topLeft()))
    if count > 1:
        _draw_count(painter, count, QPointF(room.width(), room.height()))
    painter.end()
    return pile


def _box(thumbnail: QPixmap, offset_px: int) -> QRectF:
    """Return where a thumbnail lies on the pile, centred in a square that is moved down and to the right."""
    size = thumbnail.size().scaled(_STACK_PX, _STACK_PX, Qt.AspectRatioMode.KeepAspectRatio)
    middle = offset_px + _STACK_PX / 2
    return QRectF(middle - size.width() / 2, middle - size.height() / 2, size.width(), size.height())


def _draw(painter: QPainter, thumbnail: QPixmap, box: QRectF) -> None:
    painter.drawPixmap(box, thumbnail, QRectF(thumbnail.rect()))
    painter.setPen(theme.tokens().line)
    painter.drawRect(box)


def _draw_count(painter: QPainter, count: int, corner: QPointF) -> None:
    """Draw the count with its lower right end at *corner*."""
    tokens, words = theme.tokens(), f"{count}"
    font = theme.label_font()
    font.setBold(True)
    painter.setFont(font)
    width_px = max(_BADGE_PX, painter.fontMetrics().horizontalAdvance(words) + 2 * theme.SPACE_2)
    badge = QRectF(corner.x() - width_px - 1, corner.y() - _BADGE_PX - 1, width_px, _BADGE_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent)
    painter.drawRoundedRect(badge, _BADGE_PX / 2, _BADGE_PX / 2)
    painter.setPen(tokens.on_accent)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
