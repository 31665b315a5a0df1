"""The scrolling picture of all groups: paints, scrolls, asks for tasks; must not decide what a key or a click means."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.cards import CardButtons
from seedream_desktop.ui.gallery.layout import (
    CARD,
    CARD_BUTTON_HEIGHT_PX,
    CARD_PADDING_PX,
    DEFAULT_ROW_HEIGHT_PX,
    MAX_ROW_HEIGHT_PX,
    MIN_ROW_HEIGHT_PX,
    Box,
    Measures,
)
from seedream_desktop.ui.gallery.model import is_running
from seedream_desktop.ui.gallery.names import CellNames
from seedream_desktop.ui.gallery.painting import LINE_PX, qrect
from seedream_desktop.ui.gallery.scene import Scene
from seedream_desktop.ui.gallery.selection import CellKey, Selection
from seedream_desktop.ui.gallery.shelf import Anchor, Cell, Shelf
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from seedream_desktop.ui.gallery.wishes import Wishes

_SETTLE_MS: Final = 60
_SECOND_MS: Final = 1000
# While somebody pulls at the window there is another width before that.
_REFINE_MS: Final = 40
# Reading every picture again for each size on the way would take longer than the frames do.
_STILL_MS: Final = 80
# After a question that brought nothing, for the disk may have been busy.
ASK_AGAIN_MS: Final = 2000
# Rings are drawn this far around a cell.
_RING_REACH_PX: Final = 6
_LINES_PER_STEP: Final = 3
_CACHED_SCREENS: Final = 1.5
_LEAST_CACHE_BYTES: Final = 8 * 1024 * 1024
# The tasks of so many chosen pictures stay here; a choice beyond that is known by its keys alone.
_MOST_HELD: Final = 200


class Canvas(QAbstractScrollArea):
    """Groups one below the other or a wall of pictures, newest first; ``tasks_wanted`` carries ids of tasks."""

    tasks_wanted = Signal(object)

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
        self._selection = Selection()
        self._thumbnails = Thumbnails(thumbnail_path, self)
        self._buttons = CardButtons(self.viewport())
        self._scene = Scene(self._thumbnails, self._selection, clock, self._buttons.width_px)
        measures = Measures(self._layout_width_px, DEFAULT_ROW_HEIGHT_PX, LINE_PX)
        self._shelf = Shelf(measures, self._scene.card_shape)
        self._wishes = Wishes()
        self._names = CellNames(self.viewport(), self._present_cells, self._selection, self._scene.judged)
        self._settled = self._timer(_SETTLE_MS, self._settle, single=True)
        self._seconds = self._timer(_SECOND_MS, self._update_running, single=False)
        self._refining = self._timer(_REFINE_MS, self._refine, single=True)
        self._still = self._timer(_STILL_MS, self._sharpen, single=True)
        self._came: set[str] = set()
        self._showing = self._timer(0, self._show_pictures, single=True)
        self._asking = self._timer(0, self._ask, single=True)
        self._thumbnails.ready.connect(self._note_picture)
        theme.notifier.changed.connect(self._restyle)

    @property
    def row_height_px(self) -> int:
        """The chosen height of the rows, in pixels."""
        return self._shelf.bands.measures.row_height_px

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
        exposed, around = event.region(), event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(around, theme.tokens().ground)
        self._scene.brush.pixel_ratio = self.viewport().devicePixelRatioF()
        top, bottom = self._offset + around.top() - _RING_REACH_PX, self._offset + around.bottom() + 1
        for band in self._shelf.bands.bands_between(top, bottom + _RING_REACH_PX):
            self._paint_band(painter, band, exposed)
        painter.end()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move the pixels that stay in sight; Qt paints only what comes in, and moves buttons and names along."""
        self.viewport().scroll(0, dy)
        if self._thumbnails.is_patient:
            # What is moved was drawn for another size.
            self.viewport().update()
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
        """Go to the top of what is shown now."""
        self._wishes.clear()
        self.verticalScrollBar().setValue(0)
        self._refit()
        self._ask()

    def _insert_first(self, task: Task) -> None:
        anchor = self._anchor()
        self._shelf.add(task)
        self._refit()
        self._return_to(anchor)

    def _take(self, tasks: Sequence[Task]) -> None:
        """Show new values; what stands at the top of the window keeps its place when something above it grew."""
        anchor = self._anchor()
        groups, moved = self._shelf.take(tasks)
        if moved:
            self._refit()
            self._return_to(anchor)
        else:
            self._update_groups(groups)
            self._settle_soon()

    @property
    def _layout_width_px(self) -> int:
        """The same with and without a scroll bar, so that its coming and going moves nothing."""
        return max(1, self.width() - self.verticalScrollBar().sizeHint().width())

    def _measure(self, row_height_px: int) -> None:
        """Lay out for new measures; what is at the top of the window stays there."""
        measures = Measures(self._layout_width_px, row_height_px, LINE_PX)
        if measures == self._shelf.bands.measures:
            self._refit()
            return
        anchor = self._anchor()
        self._thumbnails.is_patient = True
        self._still.start()
        self._shelf.measure(measures, anchor)
        self.viewport().update()
        self._refit()
        self._stand_at(anchor, is_scaled=True)

    def _sharpen(self) -> None:
        """Show the pictures in exactly the size that stayed."""
        self._thumbnails.is_patient = False
        self.viewport().update()

    def _anchor(self) -> Anchor | None:
        """Return what is at the top of the window; None at the very top, where the newest is wanted."""
        return self._shelf.anchor(self._offset) if self._offset else None

    def _return_to(self, anchor: Anchor | None) -> None:
        if anchor is not None and self._shelf.bands.is_rough:
            self._shelf.smooth(anchor)
            self._refit()
        self._stand_at(anchor)

    def _stand_at(self, anchor: Anchor | None, *, is_scaled: bool = False) -> None:
        y = self._shelf.y_of(anchor) if anchor else None
        if anchor is None or y is None:
            return
        beyond = anchor.beyond_px
        if is_scaled:
            beyond = round(beyond / anchor.of_px * self._shelf.bands.plan(self._shelf.bands.band_at(y)).height)
        self.verticalScrollBar().setValue(y + beyond)

    def _refit(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._shelf.bands.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(1, self.row_height_px // _LINES_PER_STEP))
        self._renew(self.viewport().rect())
        self._settle_soon()
        if self._shelf.bands.is_rough:
            self._refining.start(_REFINE_MS)

    def _refine(self) -> None:
        """Go on laying out what is not seen; what is at the top of the window stays there when that is done."""
        anchor = self._anchor()
        if self._shelf.bands.refine():
            self._refit()
            self._return_to(anchor)
        else:
            self._refining.start(0)

    def _restyle(self) -> None:
        self._scene.brush.refresh()
        self._buttons.refresh()
        self.viewport().update()
        self._settle_soon()

    @property
    def _offset(self) -> int:
        return self.verticalScrollBar().value()

    def _paint_band(self, painter: QPainter, band: int, exposed: QRegion) -> None:
        offset = self._offset
        cells = list(self._shelf.cells_of(band, -offset))
        header = self._shelf.bands.plan(band).header
        if header is not None:
            self._paint_header(painter, band, header.moved(self._shelf.bands.top_of(band) - offset), exposed)
            if cells and cells[0].task is not None:
                self._scene.paint_links(painter, cells[0].task, [cell.box for cell in cells])
        has_focus = self.hasFocus()
        for cell in cells:
            if exposed.intersects(_with_rings(cell.box)):
                self._paint_cell(painter, cell, has_focus=has_focus)

    def _paint_header(self, painter: QPainter, group: int, box: Box, exposed: QRegion) -> None:
        if not exposed.intersects(qrect(box)):
            return
        task = self._shelf.groups.task_at(group)
        if task is None:
            self._scene.paint_absent_header(painter, box)
        else:
            self._scene.paint_header(painter, task, self._shelf.groups.shown_of(group, task), box)

    def _paint_cell(self, painter: QPainter, cell: Cell, *, has_focus: bool) -> None:
        if cell.task is None:
            self._scene.paint_absent(painter, cell.box)
            self._asking.start(0)
        else:
            self._scene.paint_cell(painter, cell.task, cell.key, cell.box)
        self._scene.paint_rings(painter, cell.key, cell.box, has_focus=has_focus)

    def _present_cells(self) -> list[tuple[Task, int, Box]]:
        """Return task, tile (or CARD) and place in the viewport of every cell in sight whose task is here."""
        offset = self._offset
        cells = self._shelf.cells_between(offset, offset + self.viewport().height(), -offset)
        return [(cell.task, cell.key.tile, cell.box) for cell in cells if cell.task is not None]

    def _settle_soon(self) -> None:
        """Settle every 60 ms while movements go on, not only when they end."""
        self._names.renew_soon()
        if not self._settled.isActive():
            self._settled.start()

    def _settle(self) -> None:
        """After a movement: forget what scrolled away, show buttons, start or stop the clock."""
        cells = self._present_cells()
        ratio = self.viewport().devicePixelRatioF()
        self._thumbnails.set_room(self._cache_bytes(ratio))
        self._thumbnails.keep_wishes(self._scene.thumbnail_keys(cells, ratio))
        self._buttons.show(
            [(task.id, self._button_rect(task, box), wording.card_words(task).button)
             for task, index, box in cells if index == CARD]
        )  # fmt: skip
        self._run_clock(needed=any(is_running(task) for task, _, _ in cells))
        self._ask()

    def _ask(self) -> None:
        """Ask for the tasks in sight, else for those of what is chosen and of the screens above and below."""
        top, page = self._offset, self.viewport().height()
        missing = list(self._shelf.missing(top, top + page))
        if not missing:
            around = chain(self._shelf.missing(top + page, top + 2 * page), self._shelf.missing(top - page, top))
            missing = [*self._missing_chosen(), *around]
        recalled = [task for task in map(self._shelf.groups.recall, missing) if task is not None]
        if recalled:
            self._take(recalled)
            self._asking.start(0)
        elif wanted := self._wishes.next(missing):
            self.tasks_wanted.emit(wanted)

    def _missing_chosen(self) -> list[TaskId]:
        """Return whose tasks are not here of what is chosen; those that are here stay for being looked at."""
        keys: Set[CellKey] = self._selection.chosen if len(self._selection.chosen) <= _MOST_HELD else set()
        current = {self._selection.current} if self._selection.current else set()
        ids = {key.task_id for key in keys | current}
        return [task_id for task_id in ids if self._shelf.groups.task(task_id) is None]

    def _cache_bytes(self, ratio: float) -> int:
        """Return what a screen and a half of pictures takes: what is seen, and what was seen just before."""
        room = self.viewport().size()
        return max(_LEAST_CACHE_BYTES, round(_CACHED_SCREENS * 4 * room.width() * room.height() * ratio * ratio))

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
        """Draw anew what changes with every second."""
        bands = self._shelf.bands.groups_between(self._offset, self._offset + self.viewport().height())
        self._update_groups([group for group in bands if self._is_running(group)])

    def _is_running(self, group: int) -> bool:
        task = self._shelf.groups.task_at(group)
        return task is not None and is_running(task)

    def _renew(self, place: QRect) -> None:
        """Draw a part anew; while sizes change everything is drawn all the time, and once more when that is over."""
        if not self._thumbnails.is_patient:
            self.viewport().update(place)

    def _update_groups(self, groups: Sequence[int]) -> None:
        """Draw anew what is seen of these groups."""
        for group in groups:
            for band in self._shelf.bands.bands_of(group):
                top = self._shelf.bands.top_of(band) - self._offset
                self._renew(QRect(0, top, self.viewport().width(), self._shelf.bands.plan(band).height))

    def _note_picture(self, sha256: str) -> None:
        """Draw it with all others that come in the same moment: each time all that is in sight is looked through."""
        self._came.add(sha256)
        if not self._showing.isActive():
            self._showing.start()

    def _show_pictures(self) -> None:
        came, self._came = self._came, set()
        if self._thumbnails.is_patient:
            return  # everything is drawn with the next step, and when the last one is over
        for task, index, box in self._present_cells():
            if 0 <= index < len(task.pictures) and task.pictures[index].sha256 in came:
                self._renew(qrect(box))

    def _reveal(self, band: int, cell: int) -> None:
        """Scroll as little as needed for the cell to be in sight; a first row brings its header along."""
        bands = self._shelf.bands
        box = bands.cell_box(band, cell)
        is_first_row = bands.plan(band).cells[cell].y == bands.plan(band).cells[0].y
        top = min(bands.top_of(band) if is_first_row else box.y, box.y - _RING_REACH_PX)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(top)
        elif box.bottom + _RING_REACH_PX > bar.value() + page:
            bar.setValue(min(top, box.bottom + _RING_REACH_PX - page))

    def _cell_under(self, point: QPoint) -> tuple[int, int] | None:
        return self._shelf.bands.cell_at(point.x(), point.y() + self._offset)


def _with_rings(box: Box) -> QRect:
    reach = _RING_REACH_PX
    return QRect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)
