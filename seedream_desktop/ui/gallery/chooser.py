"""Choosing cells of the gallery by keyboard and mouse; must not know what becomes of the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.gallery import navigation
from seedream_desktop.ui.gallery.bands import Place
from seedream_desktop.ui.gallery.canvas import Canvas
from seedream_desktop.ui.gallery.choice import Keys, Span
from seedream_desktop.ui.gallery.lasso import Lasso
from seedream_desktop.ui.gallery.layout import CARD
from seedream_desktop.ui.gallery.model import CardAction, card_action, stored_picture
from seedream_desktop.ui.gallery.selection import CellKey

# A choice of more cells is kept as a value of a few numbers.
_MOST_SINGLE: Final = 500
_ZOOM_STEP: Final = 1.1
_WHEEL_NOTCH: Final = 120
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_SIDEWAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UP_AND_DOWN: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENDS: Final = {Qt.Key.Key_Home: navigation.first, Qt.Key.Key_End: navigation.last}
_MOVES: Final = frozenset({*_SIDEWAYS, *_UP_AND_DOWN, *_PAGES, *_ENDS})


class Chooser(Canvas):
    """The picture of all groups, in which cells can be chosen; only pictures on this disk are told to the outside."""

    picture_chosen = Signal(object, object)
    picture_opened = Signal(object, object)
    action_requested = Signal(object, str)
    row_height_changed = Signal(int)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(thumbnail_path, clock, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pressed_at: QPoint | None = None
        self._chosen_on_release: CellKey | None = None
        self._told: tuple[Task, Picture] | None = None
        self._sought: tuple[Task, int] | None = None
        self._before_lasso: Set[CellKey] = set()
        self._lasso = Lasso(self, self._shelf.cells_between)
        self._lasso.caught.connect(self._choose_caught)
        self._names.chosen.connect(self._choose_visible)

    def current(self) -> tuple[Task, Picture] | None:
        """Return the current picture and its task; None when there is none, or it is not on this disk."""
        task, key = self.current_task(), self._selection.current
        picture = stored_picture(task, key.tile) if task and key else None
        return (task, picture) if task and picture else None

    def current_task(self) -> Task | None:
        """Return the task that the keyboard stands on, with or without pictures; None when it is not here now."""
        return self._shelf.task_of(self._selection.current)

    def neighbours(self) -> tuple[Picture | None, Picture | None]:
        """Return the pictures before and after the current one that are on this disk, as far as that is known."""
        before, after = (self._stored_at(self._stored_beside(step)) for step in (-1, 1))
        return before, after

    def selected(self) -> list[tuple[Task, Picture]]:
        """Return every chosen picture that is on this disk with its task, in reading order.

        Of more than 200 only those whose tasks happen to be here; `selected_keys` knows all.
        """
        keys = self.selected_keys()
        here = keys if isinstance(keys, list) else self._chosen_here()
        found = ((self._shelf.groups.task(task_id), tile) for task_id, tile in here)
        stored = ((task, stored_picture(task, tile)) for task, tile in found if task is not None)
        return [(task, picture) for task, picture in stored if picture is not None]

    def selected_keys(self) -> list[tuple[TaskId, int]] | Keys:
        """Return task and index of every chosen picture, there or still to come, in reading order.

        Of very many it is a value whose keys are made when they are asked for: go through it on a thread.
        """
        chosen = self._selection.chosen
        if isinstance(chosen, Span):
            return chosen.keys
        groups = self._shelf.groups.indexes_of({key.task_id for key in chosen})
        keys = [key for key in chosen if key.tile != CARD and key.task_id in groups]
        keys.sort(key=lambda key: (groups[key.task_id], key.tile))
        return [(key.task_id, key.tile) for key in keys]

    def choose(self, task: Task, index: int) -> bool:
        """Choose the picture at *index* of a task and bring it into sight.

        Return False when it is not among those shown; then it is chosen as soon as an index shows it.
        """
        group = self._shelf.groups.group_of(task)
        place = self._place_of(CellKey(task.id, index)) if group is not None else None
        self._sought = (task, index) if place is None else None
        if place is None:
            return False
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go(place, Qt.KeyboardModifier.NoModifier)
        return True

    def choose_first(self) -> bool:
        """Choose the first picture and go to it; False when there is none."""
        place = navigation.first(self._shelf.bands)
        if place is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._go(place, Qt.KeyboardModifier.NoModifier)
        return place is not None

    def select_next(self) -> None:
        """Choose the next picture that is on this disk; nothing happens after the last."""
        self._choose_stored(1)

    def select_previous(self) -> None:
        """Choose the picture before that is on this disk; nothing happens before the first."""
        self._choose_stored(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose and open; keys that mean nothing here go on to the window."""
        if not self._handle_key(Qt.Key(event.key()), event.modifiers()):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer; one of several chosen ones waits for the release, for it may be a drag."""
        point, modifiers = event.position().toPoint(), event.modifiers()
        place = self._cell_under(point)
        self._pressed_at, self._chosen_on_release = None, None
        if place is None:
            self._choose_nothing(modifiers)
            self._before_lasso = self._selection.chosen
            if event.button() is Qt.MouseButton.LeftButton:
                self._lasso.begin(point)
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = point
        key = self._key_at(place)
        if key in self._selection.chosen and not modifiers & (_CTRL | _SHIFT):
            self._chosen_on_release = key if self._pressed_at else None
            self._selection.current = key
        else:
            self._pick(key, place, modifiers)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the pointer has gone far enough, or pull the rectangle that chooses."""
        if event.buttons():
            self._lasso.pull(event.position().toPoint())
        if self._pressed_at is None:
            return
        way = event.position().toPoint() - self._pressed_at
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at, self._chosen_on_release = None, None
            self._drag_out()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let one of several chosen pictures become the only one, when it was not dragged."""
        self._lasso.end()
        if self._chosen_on_release is not None:
            self._selection.choose(self._chosen_on_release)
            self._tell()
        self._pressed_at, self._chosen_on_release = None, None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the picture."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and self._cell_under(event.position().toPoint()) is not None:
            self._pressed_at = None
            self._open_current()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl make the rows higher or lower."""
        if not event.modifiers() & _CTRL:
            super().wheelEvent(event)
            return
        self.set_row_height(round(self.row_height_px * _ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_NOTCH)))
        self.row_height_changed.emit(self.row_height_px)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide where the keyboard stands."""
        super().focusOutEvent(event)
        self.viewport().update()

    @contextmanager
    def _current_in_sight(self) -> Iterator[None]:
        """Whatever is laid out anew meanwhile: the cell that the keyboard stands on is seen afterwards if it was."""
        was_seen = self._sees_current()
        yield
        place = self._place_of(self._selection.current)
        if was_seen and place is not None and not self._sees_current():
            self._reveal(*place)

    def _sees_current(self) -> bool:
        """Whether all of that cell is seen, by the height of the window that was laid out for."""
        place, bar = self._place_of(self._selection.current), self.verticalScrollBar()
        if place is None:
            return False
        box = self._shelf.bands.cell_box(*place)
        return bar.value() <= box.y and box.bottom <= bar.value() + bar.pageStep()

    def _measure(self, row_height_px: int) -> None:
        with self._current_in_sight():
            super()._measure(row_height_px)

    def _drag_out(self) -> None:
        """Begin a drag of what is chosen; a gallery that can be dragged from says how."""

    def _handle_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what the key means and return whether it means anything here."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & _CTRL:
            return self._open_current()
        if key is Qt.Key.Key_Space and modifiers & _CTRL:
            return self._toggle_current()
        if key is Qt.Key.Key_A and modifiers & _CTRL:
            return self._choose_all()
        if key not in _MOVES or modifiers & Qt.KeyboardModifier.AltModifier:
            return False
        place = self._target_of(key)
        if place is not None:
            self._go(place, modifiers)
        return True

    def _target_of(self, key: Qt.Key) -> Place | None:
        here = self._place_of(self._selection.current)
        if key in _ENDS:
            return _ENDS[key](self._shelf.bands)
        if here is None:
            return navigation.first(self._shelf.bands)
        if key in _PAGES:
            return navigation.paged(self._shelf.bands, here, _PAGES[key] * self.viewport().height())
        if key in _SIDEWAYS:
            return navigation.stepped(self._shelf.bands, here, _SIDEWAYS[key])
        return navigation.risen(self._shelf.bands, here, _UP_AND_DOWN[key])

    def _go(self, place: Place, modifiers: Qt.KeyboardModifier) -> None:
        key = self._key_at(place)
        if modifiers & _CTRL and not modifiers & _SHIFT:
            self._selection.move(key)
        else:
            self._pick(key, place, modifiers)
        self._reveal(*place)
        self._ask()
        self._tell()
        self._names.tell_current(key)

    def _pick(self, key: CellKey, place: Place, modifiers: Qt.KeyboardModifier) -> None:
        self._sought = None
        if modifiers & _SHIFT:
            anchor = self._place_of(self._selection.anchor) or place
            self._selection.stretch(key, self._between(anchor, place))
        elif modifiers & _CTRL:
            self._selection.toggle(key)
        else:
            self._selection.choose(key)

    def _toggle_current(self) -> bool:
        if self._selection.current is not None:
            self._selection.toggle(self._selection.current)
            self._tell()
        return True

    def _choose_all(self) -> bool:
        first, last = navigation.first(self._shelf.bands), navigation.last(self._shelf.bands)
        if first is not None and last is not None:
            self._selection.choose_all(self._between(first, last))
            self._tell()
        return True

    def _between(self, one: Place, other: Place) -> Set[CellKey]:
        span = self._shelf.span_between(one, other)
        return set(span) if len(span) <= _MOST_SINGLE else span

    def _chosen_here(self) -> list[tuple[TaskId, int]]:
        """Return those of very many chosen pictures whose tasks are here, in reading order."""
        groups = self._shelf.groups
        cells = (CellKey(task.id, tile) for task in groups.tasks_here() for tile in range(len(task.pictures)))
        keys = [cell for cell in cells if cell in self._selection.chosen]
        ranks = {key.task_id: groups.index_of(key.task_id) or 0 for key in keys}
        keys.sort(key=lambda key: (ranks[key.task_id], key.tile))
        return [(key.task_id, key.tile) for key in keys]

    def _choose_nothing(self, modifiers: Qt.KeyboardModifier) -> None:
        if not modifiers & (_CTRL | _SHIFT):
            self._selection.clear()
            self._tell()

    def _choose_caught(self, caught: Sequence[CellKey]) -> None:
        """Choose what the rectangle touches, and what was chosen before when a key said so."""
        before, selection = self._before_lasso, self._selection
        selection.choose_all(before ^ {key for key in caught if key not in before})
        if caught and selection.current not in caught:
            selection.move(caught[0])
        self._tell()

    def _choose_stored(self, step: int) -> None:
        place = self._stored_beside(step)
        if place is not None:
            self._go(place, Qt.KeyboardModifier.NoModifier)

    def _stored_beside(self, step: int) -> Place | None:
        """Return the next cell with a picture on this disk, or whose task is not known to have none."""
        place = self._place_of(self._selection.current)
        while place is not None and (place := navigation.stepped(self._shelf.bands, place, step)) is not None:
            key = self._key_at(place)
            task = self._shelf.groups.task(key.task_id)
            if key.tile != CARD and (task is None or stored_picture(task, key.tile) is not None):
                return place
        return None

    def _stored_at(self, place: Place | None) -> Picture | None:
        key = None if place is None else self._key_at(place)
        task = None if key is None else self._shelf.groups.task(key.task_id)
        return None if key is None or task is None else stored_picture(task, key.tile)

    def _open_current(self) -> bool:
        task, current, action = self.current_task(), self.current(), self._current_action()
        if current is not None:
            self.picture_opened.emit(*current)
        elif action is not None:
            self.action_requested.emit(task, action)
        return task is not None

    def _current_action(self) -> CardAction | None:
        task, key = self.current_task(), self._selection.current
        return card_action(task) if task and key and key.tile == CARD else None

    def _key_at(self, place: Place) -> CellKey:
        return self._shelf.key_at(place)

    def _place_of(self, key: CellKey | None) -> Place | None:
        return self._shelf.place_of(key)

    def _tell(self) -> None:
        """Draw the choice and tell it."""
        self.viewport().update()
        self._tell_current()

    def _tell_current(self) -> None:
        """Tell the current picture when it is another one."""
        self._settle_soon()
        current = self.current()
        if current != self._told:
            self._told = current
            self.picture_chosen.emit(*(current or (None, None)))

    def _choose_visible(self, number: int) -> None:
        """Choose the cell with this number of those in sight, as a click does."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        cells = self._present_cells()
        if number < len(cells):
            task, tile, _ = cells[number]
            place = self._place_of(CellKey(task.id, tile))
            if place is not None:
                self._go(place, Qt.KeyboardModifier.NoModifier)
