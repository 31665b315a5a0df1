"""Draws a group: turns what a task is at this moment into calls of the brush. Holds no positions and no state of Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from typing import Final

from PySide6.QtGui import QColor, QPainter

from seedream_desktop.domain.judging import UNJUDGED, Flag
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery.judged import Judged
from seedream_desktop.ui.gallery.layout import CARD, Box, CardShape
from seedream_desktop.ui.gallery.model import Tile, TileKind, has_card, is_running, tile_of
from seedream_desktop.ui.gallery.painting import Brush
from seedream_desktop.ui.gallery.selection import CellKey, Selection
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails
from seedream_desktop.ui.gallery.wording import card_words, facts, one_line, tile_words, usual_part

# Card texts differ a little from task to task; rounding up keeps the number of different shapes small.
_STEP_PX: Final = 16
_RECENT: Final = 512


class Scene:
    """Everything that drawing a group needs to know besides its place.

    *button_px* returns the width of a button with a text.
    """

    def __init__(
        self,
        thumbnails: Thumbnails,
        selection: Selection,
        clock: Callable[[], datetime],
        button_px: Callable[[str], int],
    ) -> None:
        self._thumbnails = thumbnails
        self._button_px = button_px
        self._selection = selection
        self._clock = clock
        self._arrived: dict[tuple[TaskId, int], tuple[int, int | None]] = {}
        self.brush = Brush()
        self.judged = Judged()
        self.time_scale = 1.0
        self._title = lru_cache(_RECENT)(one_line)
        self._told: dict[TaskId, tuple[Task, date, int | None, str]] = {}

    def card_shape(self, task: Task) -> CardShape:
        """Return what the height of a task's card depends on."""
        words = card_words(task)
        sentence, service = self.brush.sentence_px(words.sentence), self.brush.words_px(words.service)
        return CardShape(_stepped(sentence), _stepped(service), self._button_px(words.button))

    def note_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Remember how much of a picture has come."""
        self._arrived[task_id, position] = received_bytes, total_bytes

    def forget_progress(self, task: Task) -> None:
        """Drop what is no longer on its way."""
        for picture in task.pictures:
            if picture.is_stored or picture.is_bad:
                self._arrived.pop((task.id, picture.position), None)

    def thumbnail_key(self, tile: Tile, box: Box, pixel_ratio: float) -> ThumbnailKey | None:
        """Return which thumbnail fills *box*, or None when the tile has no picture."""
        if tile.kind is not TileKind.STORED or tile.picture is None or tile.picture.sha256 is None:
            return None
        width, height = round(box.width * pixel_ratio), round(box.height * pixel_ratio)
        return ThumbnailKey(tile.picture.sha256, width, height, round(theme.RADIUS_PICTURE * pixel_ratio))

    def thumbnail_keys(self, cells: Iterable[tuple[Task, int, Box]], pixel_ratio: float) -> set[ThumbnailKey]:
        """Return which thumbnails fill the cells: task, tile (or CARD) and place of each."""
        keys = (
            self.thumbnail_key(tile_of(task, index), box, pixel_ratio) for task, index, box in cells if index != CARD
        )
        return {key for key in keys if key is not None}

    def paint_header(self, painter: QPainter, task: Task, shown: int | None, box: Box) -> None:
        """Draw the prompt and the facts; *shown* is how many pictures are not left out, None when all are here."""
        self.brush.header(painter, box, self._title(task.request.prompt), self._facts(task, shown))

    def paint_absent(self, painter: QPainter, box: Box) -> None:
        """Keep the place of a cell whose task is on its way."""
        self.brush.picture(painter, box, None)

    def paint_absent_header(self, painter: QPainter, box: Box) -> None:
        """Keep the place of a header whose task is on its way."""
        self.brush.absent_words(painter, box)

    def paint_links(self, painter: QPainter, task: Task, boxes: Sequence[Box]) -> None:
        """Join the neighbours of a connected set, row by row."""
        if not task.request.sequence or has_card(task):
            return
        for left, right in pairwise(boxes):
            if left.y == right.y:
                self.brush.link(painter, left, right)

    def paint_cell(self, painter: QPainter, task: Task, key: CellKey, box: Box) -> None:
        """Draw a card or a tile."""
        if key.tile == CARD:
            self._paint_card(painter, task, box)
        else:
            judgment = self.judged.of_tile(task, key.tile)
            self._paint_tile(painter, task, tile_of(task, key.tile), box, is_rejected=judgment.flag is Flag.REJECT)
            if judgment is not UNJUDGED:
                self.brush.judgment(painter, box, judgment)

    def paint_rings(self, painter: QPainter, key: CellKey, box: Box, *, has_focus: bool) -> None:
        """Draw the rings of a cell that is chosen, or that the keyboard stands on."""
        is_current, is_chosen = has_focus and key == self._selection.current, key in self._selection.chosen
        if is_current or is_chosen:
            self.brush.rings(painter, box, chosen=is_chosen, focused=is_current)

    def _facts(self, task: Task, shown: int | None) -> str:
        """Return the words beside the prompt; of a task that is over they stay the same for a day."""
        now = self._clock()
        if is_running(task):
            return facts(task, now, self.time_scale, shown)
        day, known = now.astimezone().date(), self._told.get(task.id)
        if known is not None and known[0] is task and known[1:3] == (day, shown):
            return known[3]
        if len(self._told) >= _RECENT:
            self._told.clear()
        words = facts(task, now, self.time_scale, shown)
        self._told[task.id] = task, day, shown, words
        return words

    def _paint_card(self, painter: QPainter, task: Task, box: Box) -> None:
        words = card_words(task)
        texts = words.sentence, words.service
        self.brush.card(painter, box, texts, _card_colour(task), self._button_px(words.button))

    def _paint_tile(self, painter: QPainter, task: Task, tile: Tile, box: Box, *, is_rejected: bool) -> None:
        if (key := self.thumbnail_key(tile, box, self.brush.pixel_ratio)) is not None:
            self.brush.picture(painter, box, self._thumbnails.pixmap(key), is_rejected=is_rejected)
            return
        part = self._part(task, tile)
        words = tile_words(task, tile, part, self._clock())
        usual = usual_part(task, self._clock(), self.time_scale)
        if part is not None:
            self.brush.progress(painter, box, words, part)
        elif usual is not None:
            self.brush.progress(painter, box, words, usual, is_known=False)
        else:
            self.brush.words(painter, box, words, "image-off" if tile.kind is TileKind.BAD else "")

    def _part(self, task: Task, tile: Tile) -> float | None:
        if tile.kind is not TileKind.ARRIVING or tile.picture is None:
            return None
        received, total = self._arrived.get((task.id, tile.picture.position), (0, None))
        return min(1.0, received / total) if total else None


def _card_colour(task: Task) -> QColor:
    tokens = theme.tokens()
    match task.state:
        case TaskState.UNKNOWN | TaskState.NOT_FOUND | TaskState.QUEUED:
            return tokens.care
        case TaskState.DRAFT | TaskState.WRITTEN_OFF:
            return tokens.faint
        case _:
            return tokens.bad


def _stepped(width_px: int) -> int:
    return -(-width_px // _STEP_PX) * _STEP_PX
