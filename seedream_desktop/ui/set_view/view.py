"""The set as the window knows it: a task or chosen pictures go in, what is meant and what is wanted comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.layout import CARD
from seedream_desktop.ui.gallery.model import card_action
from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.set_view.arrangement import above_or_below
from seedream_desktop.ui.set_view.bar import SetBar
from seedream_desktop.ui.set_view.canvas import SetCanvas
from seedream_desktop.ui.set_view.frames import Frame, Frames, Shown, frames_of
from seedream_desktop.ui.set_view.limits import MOST

_COMPARED: Final = range(2, 5)
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_SIDEWAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UP_AND_DOWN: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SetView(QWidget):
    """Up to 15 frames side by side; asks for all pixels of what is seen, which come by `set_pixels`.

    ``current_changed`` carries the Task and the Picture the keyboard stands on, None and None when there is none;
    ``opened`` the ones to be seen large, ``action_requested`` the Task of a card and what is wanted of it,
    ``commanded`` a CommandId that is the window's to carry out.
    """

    pixels_requested = Signal(object)
    current_changed = Signal(object, object)
    opened = Signal(object, object)
    closed = Signal()
    commanded = Signal(object)
    menu_requested = Signal(QPoint)
    action_requested = Signal(object, str)

    def __init__(
        self,
        thumbnail_path: Callable[[str, int], Path],
        clock: Callable[[], datetime],
        key_map: KeyMap,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_name(self, "set_view", self.tr("Set"))
        self._clock, self._key_map, self._time_scale = clock, key_map, 1.0
        self._told: Shown | None = None
        self._frames = Frames()
        self.bar = SetBar(self)
        self.bar.show_keys(key_map)
        self.canvas = SetCanvas(self._frames, thumbnail_path, clock, self)
        set_name(self.canvas, "set", self.tr("Pictures of the set"))
        key_map.offer([CommandId.LEAVE_SET])
        self._lay_out()
        self._connect()

    @property
    def frames(self) -> tuple[Frame, ...]:
        """What is shown, in reading order."""
        return self._frames.frames

    def current(self) -> Shown | None:
        """Return the picture the keyboard stands on and its task; None when it is not on this disk."""
        frame = self._frames.current
        return (frame.task, frame.picture) if frame is not None and frame.picture is not None else None

    def current_task(self) -> Task | None:
        """Return the task of the frame the keyboard stands on."""
        return self._frames.current.task if self._frames.current is not None else None

    def chosen_keys(self) -> tuple[tuple[TaskId, int], ...]:
        """Return task and index of every chosen picture."""
        return self._frames.chosen_keys()

    def for_comparing(self) -> tuple[Shown, ...]:
        """Return the chosen pictures; when that is one alone, those not rejected if they are two to four."""
        chosen = self._frames.chosen()
        left = tuple(shown for shown in self._frames.stored() if self.canvas.judgment(shown[1]).flag is not Flag.REJECT)
        return left if len(chosen) < _COMPARED.start and len(left) in _COMPARED else chosen

    def show_task(self, task: Task, index: int) -> None:
        """Show every frame of a task, and stand on the one at *index*."""
        self._frames.show_task(task, index)
        self._renew()

    def show_pictures(self, shown: Sequence[Shown]) -> None:
        """Show these pictures beside each other, whatever tasks they are of.

        Raises:
            ValueError: when they are none, or more than 15.
        """
        if not 0 < len(shown) <= MOST:
            raise ValueError(f"{len(shown)} pictures cannot be a set")
        self._frames.show_pictures(shown)
        self._renew()

    def change_task(self, task: Task) -> None:
        """Show the new value of a task, when anything of it is seen here."""
        self.canvas.forget_progress(task)
        if self._frames.change(task):
            self._renew()

    def keep_shown(self, is_shown: Callable[[Task, int], bool]) -> bool:
        """Leave out what is not shown anywhere else, such as what was thrown away; return whether anything is left."""
        task = self._frames.task
        every = self.frames if task is None else frames_of(task)
        self._frames.leave_out(frozenset(each.key for each in every if not is_shown(each.task, each.index)))
        self._renew()
        return bool(self.frames)

    def choose(self, task: Task, index: int) -> bool:
        """Stand on a picture; return False when it is not here."""
        keys = [(frame.task.id, frame.index) for frame in self.frames]
        if (task.id, index) not in keys:
            return False
        self._stand_on(keys.index((task.id, index)))
        return True

    def select_next(self) -> None:
        """Stand on the next picture that is on this disk; nothing happens after the last."""
        number = self._frames.beside(1)
        if number is not None:
            self._stand_on(number)

    def select_previous(self) -> None:
        """Stand on the picture before that is on this disk; nothing happens before the first."""
        number = self._frames.beside(-1)
        if number is not None:
            self._stand_on(number)

    def neighbours(self) -> tuple[Picture | None, Picture | None]:
        """Return the pictures before and after the current one that are on this disk."""
        before, after = (self._frames.beside(step) for step in (-1, 1))
        return (
            self.frames[before].picture if before is not None else None,
            self.frames[after].picture if after is not None else None,
        )

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        self.canvas.show_judgments(judgments)

    def show_progress(self, task_id: TaskId, position: int, received_bytes: int, total_bytes: int | None) -> None:
        """Show how much of a picture has come."""
        if any(frame.task.id == task_id for frame in self.frames):
            self.canvas.show_progress(task_id, position, received_bytes, total_bytes)

    def set_time_scale(self, scale: float) -> None:
        """Multiply what is said about usual durations by *scale*."""
        self._time_scale = scale
        self.canvas.set_time_scale(scale)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take a full picture."""
        self.canvas.set_pixels(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say why the full picture cannot be shown."""
        self.canvas.pictures.give_up(sha256)
        if any(frame.picture is not None and frame.picture.sha256 == sha256 for frame in self.frames):
            self.bar.show_trouble(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose, open and leave; other keys go on to the window."""
        if self._key_map.command_at(Place.SET, event.keyCombination()) is CommandId.LEAVE_SET:
            self.closed.emit()
        elif not self._handle_key(Qt.Key(event.key()), event.modifiers()):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard."""
        super().showEvent(event)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _handle_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what the key means and return whether it means anything here."""
        if not self.frames:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & _CTRL:
            self._open(self._frames.number)
        elif key is Qt.Key.Key_Space and modifiers & _CTRL:
            self._frames.toggle(self._frames.number)
            self._tell()
        elif key is Qt.Key.Key_A and modifiers & _CTRL:
            self._frames.choose_all()
            self._tell()
        else:
            return self._move(key, modifiers)
        return True

    def _move(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        number = self._target(key)
        if number is None or modifiers & Qt.KeyboardModifier.AltModifier:
            return False
        self._go(number, modifiers)
        return True

    def _target(self, key: Qt.Key) -> int | None:
        """Return where a key leads, None when it leads nowhere at all."""
        number, last = self._frames.number, len(self.frames) - 1
        if key in _SIDEWAYS:
            return min(last, max(0, number + _SIDEWAYS[key]))
        if key in _UP_AND_DOWN:
            return above_or_below(self.canvas.boxes, number, _UP_AND_DOWN[key])
        return {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key)

    def _go(self, number: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _SHIFT:
            self._frames.stretch_to(number)
        elif modifiers & _CTRL:
            self._frames.selection.move(self.frames[number].key)
        else:
            self._frames.stand_on(number)
        self._tell()

    def _press(self, number: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _CTRL:
            self._frames.toggle(number)
            self._tell()
        else:
            self._go(number, modifiers)

    def _stand_on(self, number: int) -> None:
        self._frames.stand_on(number)
        self._tell()

    def _open(self, number: int) -> None:
        frame = self.frames[number]
        if frame.picture is not None:
            self._stand_on(number)
            self.opened.emit(frame.task, frame.picture)
        elif frame.index == CARD:
            self.action_requested.emit(frame.task, card_action(frame.task))

    def _press_card(self, task_id: TaskId) -> None:
        task = next((frame.task for frame in self.frames if frame.task.id == task_id), None)
        if task is not None:
            self.action_requested.emit(task, card_action(task))

    def _renew(self) -> None:
        self.bar.show_facts(*self._words())
        self.bar.show_trouble("")
        self.canvas.renew()
        self._tell()

    def _words(self) -> tuple[str, str]:
        task = self._frames.task
        if task is not None:
            return wording.one_line(task.request.prompt), wording.facts(task, self._clock(), self._time_scale)
        return self.tr("Chosen pictures"), self.tr("{count} pictures").format(count=len(self.frames))

    def _tell(self) -> None:
        self.canvas.show_choice()
        self.canvas.tell_current()
        current = self.current()
        if current != self._told:
            self._told = current
            self.current_changed.emit(*(current or (None, None)))

    def _carry_out(self, command: CommandId) -> None:
        if command is CommandId.LEAVE_SET:
            self.closed.emit()
        else:
            self.commanded.emit(command)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.bar.pressed.connect(self._carry_out)
        self.canvas.pressed.connect(self._press)
        self.canvas.opened.connect(self._open)
        self.canvas.menu_wanted.connect(self.menu_requested)
        self.canvas.card_pressed.connect(self._press_card)
        self.canvas.second_passed.connect(lambda: self.bar.show_facts(*self._words()))
        self.canvas.pixels_requested.connect(self.pixels_requested)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
