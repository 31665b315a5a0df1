"""Draws a row of the task list; must not know what can be done with a task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from seedream_desktop import sentences
from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.row_painting import paint_ground, write
from seedream_desktop.ui.gallery.model import is_running
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails
from seedream_desktop.ui.gallery.wording import clock_time, day_time, duration, elapsed_s
from seedream_desktop.ui.tasks.columns import THUMBNAIL_PX, Columns, columns
from seedream_desktop.ui.tasks.model import TASK_ROLE

ROW_PX: Final = 44
_DOT_PX: Final = 8
_MOST_CHARS: Final = 400


def state_colour(state: TaskState) -> QColor:
    """Return the colour that stands for a state."""
    tokens = theme.tokens()
    match state:
        case TaskState.DONE:
            return tokens.good
        case TaskState.REFUSED | TaskState.FAILED:
            return tokens.bad
        case TaskState.UNKNOWN | TaskState.NOT_FOUND | TaskState.PARTIAL | TaskState.DRAFT:
            return tokens.care
        case TaskState.SUBMITTING | TaskState.PROCESSING | TaskState.DOWNLOADING:
            return tokens.accent
        case TaskState.QUEUED | TaskState.WRITTEN_OFF:
            return tokens.faint


def took_text(task: Task, now: datetime) -> str:
    """Return how long a running task has been at it, or how long a finished one took; "" for others."""
    if is_running(task):
        return clock_time(elapsed_s(task, now))
    return duration(task.duration_s) if task.duration_s is not None else ""


class TaskDelegate(QStyledItemDelegate):
    """Thumbnail or dot, prompt, state in words, time taken, time of day, cost."""

    def __init__(self, thumbnails: Thumbnails, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._clock = clock

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row; all are equal."""
        return QSize(0, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        task: Task = index.data(TASK_ROLE)
        rect: QRect = option.rect
        painter.save()
        paint_ground(painter, rect, option.state, radius_px=theme.RADIUS_PICTURE)
        place = columns(rect)
        self._paint_thumbnail(painter, place.thumbnail, task)
        self._paint_words(painter, place, task)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, place: QRect, task: Task) -> None:
        stored = task.stored_pictures
        if stored and stored[0].sha256:
            edge = round(THUMBNAIL_PX * painter.device().devicePixelRatio())
            pixmap = self._thumbnails.pixmap(ThumbnailKey(stored[0].sha256, edge, edge))
            if pixmap is not None:
                painter.drawPixmap(place, pixmap)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(state_colour(task.state))
        painter.drawEllipse(QRectF(place).center(), _DOT_PX / 2, _DOT_PX / 2)

    def _paint_words(self, painter: QPainter, place: Columns, task: Task) -> None:
        tokens, now = theme.tokens(), self._clock()
        small = theme.label_font()
        prompt = " ".join(task.request.prompt[:_MOST_CHARS].split())
        write(painter, place.prompt, prompt, (theme.body_font(), tokens.text))
        write(painter, place.state, self._state_words(task), (small, _readable(task.state)))
        numbers = (
            (took_text(task, now), place.took),
            (day_time(task.created_at, now), place.time),
            (dollars(task.estimated_cost_usd), place.cost),
        )
        for words, column in numbers:
            if column.width():
                write(painter, column, words, (small, tokens.muted), right=True)

    def _state_words(self, task: Task) -> str:
        word = sentences.state_word(task.state)
        if is_running(task) and not task.is_watched:
            return self.tr("{state}, not watched").format(state=word)
        return word


def _readable(state: TaskState) -> QColor:
    tokens = theme.tokens()
    colour = state_colour(state)
    return tokens.muted if colour in (tokens.faint, tokens.accent) else colour
