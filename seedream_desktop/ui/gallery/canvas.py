"""The scrolling picture of all groups: places, paints and scrolls; must not decide what a key or a click means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.cards import CardButtons
from seedream_desktop.ui.gallery.layout import (
    CARD_BUTTON_HEIGHT_PX,
    CARD_PADDING_PX,
    DEFAULT_ROW_HEIGHT_PX,
    MAX_ROW_HEIGHT_PX,
    MIN_ROW_HEIGHT_PX,
    Box,
    Column,
    Measures,
)
from seedream_desktop.ui.gallery.model import GroupModel, is_running, tiles_of
from seedream_desktop.ui.gallery.painting import LINE_PX, qrect
from seedream_desktop.ui.gallery.proxies import CellProxies
from seedream_desktop.ui.gallery.scene import Scene, key_of
from seedream_desktop.ui.gallery.selection import CARD, CellKey, Selection
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails

_SETTLE_MS: Final = 60
_SECOND_MS: Final = 1000
# Rings are drawn this far around a cell.
_RING_REACH_PX: Final = 6
_LINES_PER_STEP: Final = 3


class Canvas(QAbstractScrollArea):
    """Groups one below the other, newest first."""

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._model = GroupModel()
        self._column = Column(Measures(self._layout_width_px, DEFAULT_ROW_HEIGHT_PX, LINE_PX))
        self._selection = Selection()
        self._thumbnails = Thumbnails(thumbnail_path, self)
        self._buttons = CardButtons(self.viewport())
        self._scene = Scene(self._thumbnails, self._selection, clock, self._buttons.width_px)
        self._proxies = CellProxies(self.viewport())
        self._settled = self._timer(_SETTLE_MS, self._settle, single=True)
        self._seconds = self._timer(_SECOND_MS, self._update_running, single=False)
        self._thumbnails.ready.connect(self._update_picture)
        theme.notifier.changed.connect(self._restyle)

    @property
    def row_height_px(self) -> int:
        """The chosen height of the rows, in pixels."""
        return self._column.measures.row_height_px

    def set_row_height(self, height_px: int) -> None:
        """Make the rows *height_px* high, within 80 to 400."""
        height_px = min(MAX_ROW_HEIGHT_PX, max(MIN_ROW_HEIGHT_PX, height_px))
        self._measure(height_px)

    def set_time_scale(self, scale: float) -> None:
        """Multiply what is said about usual durations by *scale*; elapsed times are always real seconds."""
        self._scene.time_scale = scale
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is exposed and nothing else."""
        exposed = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(exposed, theme.tokens().ground)
        painter.setClipRect(exposed)
        for group in self._groups_in(exposed):
            self._paint_group(painter, group, exposed)
        painter.end()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move the pixels that stay in sight; Qt paints only what comes in, and moves buttons and names along."""
        self.viewport().scroll(0, dy)
        self._settle_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._measure(self.row_height_px)

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what rested while nobody looked."""
        super().showEvent(event)
        self._settle_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock rest."""
        super().hideEvent(event)
        self._seconds.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow fonts and pixel ratios."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self.viewport().update()

    def _timer(self, interval_ms: int, action: Callable[[], None], *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.setSingleShot(single)
        timer.timeout.connect(action)
        return timer

    def _reset(self) -> None:
        """Lay out all groups anew and go to the top."""
        self._column.reset(map(self._scene.shape_of, self._model.tasks()))
        self.verticalScrollBar().setValue(0)
        self._refit()

    def _insert_first(self, task: Task) -> None:
        grown = self._column.insert_first(self._scene.shape_of(task))
        self._refit()
        self._stay(grown)

    def _replace(self, group: int, task: Task) -> None:
        """Show a changed task; what stands in the window keeps its place when the change was above it."""
        bottom = self._column.top_of(group) + self._column.plan(group).height
        grown = self._column.replace(group, self._scene.shape_of(task))
        if not grown:
            self._update_group(group)
            self._settle_soon()
            return
        self._refit()
        if bottom <= self._offset:
            self._stay(grown)

    def _stay(self, grown_px: int) -> None:
        bar = self.verticalScrollBar()
        if bar.value() > 0:
            bar.setValue(bar.value() + grown_px)

    @property
    def _layout_width_px(self) -> int:
        """The same with and without a scroll bar, so that its coming and going moves nothing."""
        return max(1, self.width() - self.verticalScrollBar().sizeHint().width())

    def _measure(self, row_height_px: int) -> None:
        """Lay out for new measures; the group at the top of the window stays there."""
        measures = Measures(self._layout_width_px, row_height_px, LINE_PX)
        if measures == self._column.measures:
            self._refit()
            return
        anchor, part = self._anchor()
        self._column.measure(measures)
        self._refit()
        if anchor is not None:
            plan = self._column.plan(anchor)
            self.verticalScrollBar().setValue(self._column.top_of(anchor) + round(part * plan.height))

    def _anchor(self) -> tuple[int | None, float]:
        """Return the group at the top of the window, and which part of it is above; None at the very top."""
        if not len(self._column) or self._offset == 0:
            return None, 0.0
        group = self._column.group_at(self._offset)
        return group, (self._offset - self._column.top_of(group)) / self._column.plan(group).height

    def _refit(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._column.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(1, self.row_height_px // _LINES_PER_STEP))
        self.viewport().update()
        self._settle_soon()

    def _restyle(self) -> None:
        self._scene.brush.refresh()
        self._buttons.refresh()
        self.viewport().update()
        self._settle_soon()

    @property
    def _offset(self) -> int:
        return self.verticalScrollBar().value()

    def _groups_in(self, rect: QRect) -> range:
        reach = _RING_REACH_PX
        return self._column.groups_between(self._offset + rect.top() - reach, self._offset + rect.bottom() + 1 + reach)

    def _paint_group(self, painter: QPainter, group: int, exposed: QRect) -> None:
        task, plan = self._model.task_at(group), self._column.plan(group)
        dy = self._column.top_of(group) - self._offset
        header = plan.header.moved(dy)
        if exposed.intersects(qrect(header)):
            self._scene.paint_header(painter, task, header)
        self._scene.paint_links(painter, task, [inner.moved(dy) for inner in plan.cells])
        for cell, inner in enumerate(plan.cells):
            box = inner.moved(dy)
            if exposed.intersects(_with_rings(box)):
                self._scene.paint_cell(painter, task, key_of(task, plan, cell), box, has_focus=self.hasFocus())

    def _visible_cells(self) -> Iterator[tuple[Task, int, Box]]:
        """Yield task, tile (or CARD) and place in the viewport of every cell in sight."""
        view = self.viewport().rect()
        for group in self._groups_in(view):
            task, plan = self._model.task_at(group), self._column.plan(group)
            dy = self._column.top_of(group) - self._offset
            for cell, inner in enumerate(plan.cells):
                box = inner.moved(dy)
                if view.intersects(qrect(box)):
                    yield task, key_of(task, plan, cell).index, box

    def _settle_soon(self) -> None:
        """Settle every 60 ms while movements go on, not only when they end."""
        if not self._settled.isActive():
            self._settled.start()

    def _settle(self) -> None:
        """After a movement: forget what scrolled away, name what is in sight, start or stop the clock."""
        cells = list(self._visible_cells())
        ratio = self.viewport().devicePixelRatioF()
        self._thumbnails.keep_wishes(self._wanted(cells, ratio))
        self._name_cells(cells)
        self._buttons.show(
            [(task.id, self._button_rect(task, box), wording.card_words(task).button)
             for task, index, box in cells if index == CARD]
        )  # fmt: skip
        self._run_clock(needed=any(is_running(task) for task, _, _ in cells))

    def _name_cells(self, cells: Sequence[tuple[Task, int, Box]]) -> None:
        chosen = self._selection.chosen
        self._proxies.show(
            [
                (qrect(box), _name(task, index), self.tr("Chosen") if CellKey(task.id, index) in chosen else "")
                for task, index, box in cells
            ]
        )

    def _wanted(self, cells: Sequence[tuple[Task, int, Box]], ratio: float) -> set[ThumbnailKey]:
        keys = (
            self._scene.thumbnail_key(tiles_of(task)[index], box, ratio) for task, index, box in cells if index != CARD
        )
        return {key for key in keys if key is not None}

    def _button_rect(self, task: Task, box: Box) -> QRect:
        width = self._buttons.width_px(wording.card_words(task).button)
        top = box.y + (box.height - CARD_BUTTON_HEIGHT_PX) // 2
        return QRect(box.right - CARD_PADDING_PX - width, top, width, CARD_BUTTON_HEIGHT_PX)

    def _run_clock(self, *, needed: bool) -> None:
        if needed and self.isVisible():
            if not self._seconds.isActive():
                self._seconds.start()
        else:
            self._seconds.stop()

    def _update_running(self) -> None:
        for group in self._groups_in(self.viewport().rect()):
            if is_running(self._model.task_at(group)):
                self._update_group(group)

    def _update_group(self, group: int) -> None:
        top, plan = self._column.top_of(group) - self._offset, self._column.plan(group)
        self.viewport().update(0, top, self.viewport().width(), plan.height)

    def _update_picture(self, sha256: str) -> None:
        for task, index, box in self._visible_cells():
            if 0 <= index < len(task.pictures) and task.pictures[index].sha256 == sha256:
                self.viewport().update(qrect(box))

    def _reveal(self, group: int, cell: int) -> None:
        """Scroll as little as needed for the cell to be in sight; a first row brings its header along."""
        box = self._column.cell_box(group, cell)
        is_first_row = self._column.plan(group).cells[cell].y == self._column.plan(group).cells[0].y
        top = self._column.top_of(group) if is_first_row else box.y - _RING_REACH_PX
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(top)
        elif box.bottom + _RING_REACH_PX > bar.value() + page:
            bar.setValue(min(top, box.bottom + _RING_REACH_PX - page))

    def _cell_under(self, point: QPoint) -> tuple[int, int] | None:
        return self._column.cell_at(point.x(), point.y() + self._offset)


def _with_rings(box: Box) -> QRect:
    return qrect(box).adjusted(-_RING_REACH_PX, -_RING_REACH_PX, _RING_REACH_PX, _RING_REACH_PX)


def _name(task: Task, index: int) -> str:
    return wording.card_name(task) if index == CARD else wording.tile_name(task, index)
