"""The comparison as the window knows it: pictures go in, the one that was taken comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import UNJUDGED, Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.compare.bar import CompareBar, Mode
from seedream_desktop.ui.compare.contender import Contender, contenders
from seedream_desktop.ui.compare.side_by_side import SideBySide
from seedream_desktop.ui.compare.single import Single
from seedream_desktop.ui.compare.slider import SliderCanvas
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.tab_stops import is_stop
from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.canvas import PictureCanvas
from seedream_desktop.ui.viewer.framing import Framing
from seedream_desktop.ui.viewer.handling import Handlers, arrow_step, handler_of, pans, zoom_handlers
from seedream_desktop.ui.viewer.pyramid import Pyramid, PyramidBuilder

_FEWEST: Final = 2
_MOST: Final = 4


class CompareView(QWidget):
    """Two to four pictures. Asks for all their pixels, which come by `set_pixels`; ``picked`` carries a Picture."""

    pixels_requested = Signal(object)
    picked = Signal(object)
    active_changed = Signal()
    closed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, *, key_map: KeyMap, backdrop: BackdropChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "compare", self.tr("Compare"))
        self._contenders: tuple[Contender, ...] = ()
        self._judged: dict[str, Judgment] = {}
        self._active = 0
        self._mode = Mode.SIDE_BY_SIDE
        self._has_rested = False
        self._keys, self._backdrop = key_map, backdrop
        self.bar = CompareBar(self)
        self.bar.show_keys(key_map)
        self._trouble = Label("", self, tone="care")
        self.side_by_side = SideBySide(backdrop, self)
        self.slider = SliderCanvas(backdrop, self)
        self.single = Single(backdrop, self)
        self._pages = {Mode.SIDE_BY_SIDE: self.side_by_side, Mode.SLIDER: self.slider, Mode.BLINK: self.single}
        self._stack = QStackedWidget(self)
        self._blink = QTimer(self)
        self._builder = PyramidBuilder(self)
        self._lay_out()
        self._connect()
        key_map.offer(self._handlers())

    @property
    def active(self) -> Picture | None:
        """The marked picture."""
        return self._contenders[self._active].picture if self._contenders else None

    @property
    def mode(self) -> Mode:
        """How it is compared now."""
        return self._mode

    @property
    def canvas(self) -> PictureCanvas:
        """What the zoom keys work on now."""
        if self._mode is Mode.SLIDER:
            return self.slider
        return self.single.canvas if self._mode is Mode.BLINK else self.side_by_side.canvas

    def show_pictures(self, pictures: Sequence[tuple[Task, Picture, QPixmap | None]]) -> None:
        """Compare these, side by side, the first one marked.

        Raises:
            ValueError: when they are fewer than two or more than four.
        """
        if not _FEWEST <= len(pictures) <= _MOST:
            raise ValueError(f"{len(pictures)} pictures cannot be compared")
        self._contenders = contenders(pictures)
        self._judged.clear()
        self._mode = Mode.SIDE_BY_SIDE
        self._say("")
        self.side_by_side.show_contenders(self._contenders)
        self._mark(0)
        self.set_mode(Mode.SIDE_BY_SIDE)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._request()

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        contents = {shown.sha256 for shown in self._contenders}
        self._judged.update((sha256, said) for sha256, said in judgments.items() if sha256 in contents)
        for number, shown in enumerate(self._contenders):
            self.side_by_side.set_judgment(number, self._said(shown))
        self._show_marks()

    def select_next(self) -> None:
        """Mark the next picture that was not rejected; the mark stays when there is no other."""
        count = len(self._contenders)
        numbers = ((self._active + step) % count for step in range(1, count))
        left = (number for number in numbers if self._said(self._contenders[number]).flag is not Flag.REJECT)
        self._mark(next(left, self._active))

    def mark(self, picture: Picture) -> None:
        """Mark this picture, when it is compared."""
        for number, shown in enumerate(self._contenders):
            if shown.picture == picture:
                self._mark(number)

    def set_preview(self, sha256: str, preview: QPixmap) -> None:
        """Take a better preview of a picture, to be drawn until its pixels come."""
        for number, shown in enumerate(self._contenders):
            if shown.sha256 == sha256:
                shown.depiction.preview = preview
                self.side_by_side.renew(number)
        self.canvas.renew()

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take the full picture; one that is not compared is let go."""
        if any(shown.picture.sha256 == sha256 for shown in self._contenders):
            self._builder.build(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say in a sentence why a picture's pixels cannot be shown."""
        found = next((shown for shown in self._contenders if shown.picture.sha256 == sha256), None)
        if found is not None:
            self._say(self.tr("{picture}: {trouble}").format(picture=found.label, trouble=text))

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way; zoom and place stay."""
        lead = self.canvas.framing
        self._mode = mode
        self.bar.show_mode(mode)
        page = self._pages[mode]
        self._stack.setCurrentWidget(page)
        # The page takes its size later, and the zoom is counted from that.
        page.resize(self._stack.size())
        self._show_marked()
        self._take_place(lead)
        self.set_interval(self.bar.interval.currentData())
        if not self.bar.isAncestorOf(self.focusWidget() or self):
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_interval(self, interval_ms: int) -> None:
        """Let the pictures take turns while they blink; 0: by hand alone."""
        if self._mode is Mode.BLINK and interval_ms and self.isVisible():
            self._blink.start(interval_ms)
        else:
            self._blink.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move, mark, take and leave; other keys go on to the window."""
        handler, step = handler_of(event, Place.COMPARE, self._keys, self._handlers()), arrow_step(event)
        if handler is not None:
            handler()
        elif step and self._mode is Mode.SLIDER:
            self.slider.move_divider(step * (5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif not pans(event, self.canvas):
            self._step(step) if step else event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own name and argument
        """Mark another picture with Tab, however they are compared; behind the last one comes the bar, then the first.

        The keyboard stays in the comparison, where alone its keys work; Esc leaves it.
        """
        marked = self._active + (1 if next else -1)
        if self.canvas.hasFocus() and 0 <= marked < len(self._contenders):
            self._mark(marked)
            return True
        stops = [each for each in self.bar.findChildren(QWidget) if is_stop(each)]
        stops.sort(key=lambda each: each.mapTo(self.bar, QPoint()).x())
        focused = self.focusWidget()
        at = stops.index(focused) if focused in stops else (-1 if next else len(stops))
        at += 1 if next else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        if 0 <= at < len(stops):
            stops[at].setFocus(reason)
        else:
            self._mark(0 if next else len(self._contenders) - 1)
            self.canvas.setFocus(reason)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the marked picture; the pane under the pointer was marked by the press before."""
        self.menu_requested.emit(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and ask for the pixels that were given back."""
        super().showEvent(event)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._has_rested:
            self._request()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still and give back the memory: it is up to 90 MB a picture."""
        super().hideEvent(event)
        self._blink.stop()
        self._has_rested = not event.spontaneous()
        for shown in self._contenders if self._has_rested else ():
            shown.depiction.forget_pixels()

    def _handlers(self) -> Handlers:
        return {
            **zoom_handlers(self.canvas, self._backdrop),
            CommandId.COMPARE_MODE: self._next_mode,
            CommandId.COMPARE_SWAP: self._swap,
            CommandId.COMPARE_NEXT: lambda: self._step(1),
            CommandId.COMPARE_PREVIOUS: lambda: self._step(-1),
            CommandId.COMPARE_PICK: self._pick,
            CommandId.LEAVE_COMPARE: self.closed.emit,
        }

    def _next_mode(self) -> None:
        self.set_mode(self._mode.next())

    def _swap(self) -> None:
        self._step(1) if self._mode is Mode.BLINK else self._next_mode()

    def _step(self, step: int) -> None:
        if self._contenders:
            self._mark((self._active + step) % len(self._contenders))

    def _pick(self) -> None:
        if self.active is not None:
            self.picked.emit(self.active)

    def _mark(self, number: int) -> None:
        self._active = number
        self.side_by_side.set_active(number)
        if self._mode is not Mode.SIDE_BY_SIDE:
            self._show_marked()
        self.bar.set_scale(self.canvas.framing.scale)
        self.active_changed.emit()

    def _show_marked(self) -> None:
        """Show the marked picture: alone, or against the first one; the first one against the second."""
        if not self._contenders:
            return
        if self._mode is Mode.BLINK:
            self.single.show_contender(self._contenders[self._active])
        elif self._mode is Mode.SLIDER:
            self.slider.show_pair(self._contenders[0], self._contenders[max(1, self._active)])
            self.slider.set_active(min(1, self._active))
        self._show_marks()

    def _show_marks(self) -> None:
        """Show what was said of the pictures that are seen in the way they are compared now."""
        if self._contenders:
            said = [self._said(shown) for shown in self._contenders]
            self.single.set_judgment(said[self._active])
            self.slider.set_judgments(said[0], said[max(1, self._active)])

    def _said(self, shown: Contender) -> Judgment:
        return self._judged.get(shown.sha256, UNJUDGED)

    def _show_built(self, sha256: str, pyramid: Pyramid) -> None:
        for number, shown in enumerate(self._contenders):
            if shown.picture.sha256 == sha256:
                shown.depiction.set_pyramid(pyramid)
                self.side_by_side.renew(number)
        self.canvas.renew()

    def _request(self) -> None:
        self._has_rested = False
        for shown in self._contenders:
            self.pixels_requested.emit(shown.picture)

    def _take_place(self, lead: Framing) -> None:
        """Show the part that was seen before, at the same number of screen pixels per picture pixel."""
        if self._mode is Mode.SIDE_BY_SIDE:
            self.side_by_side.follow(lead)
        else:
            self.canvas.follow(lead)
        if not lead.is_fit:
            self.canvas.zoom_to(lead.scale)
        self._show_scale()

    def _say(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _connect(self) -> None:
        self.bar.pressed.connect(lambda command: self._handlers()[command]())
        self.bar.mode_chosen.connect(self.set_mode)
        self.bar.interval_chosen.connect(self.set_interval)
        self._blink.timeout.connect(lambda: self._step(1))
        self.side_by_side.activated.connect(self._mark)
        self._builder.built.connect(self._show_built, Qt.ConnectionType.QueuedConnection)
        for pane in self.side_by_side.panes:
            pane.canvas.zoomed.connect(self._show_scale)
        self.slider.zoomed.connect(self._show_scale)
        self.single.canvas.zoomed.connect(self._show_scale)

    def _show_scale(self) -> None:
        self.bar.set_scale(self.canvas.framing.scale)

    def _lay_out(self) -> None:
        for page in self._pages.values():
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._trouble)
        layout.addWidget(self._stack, 1)
        self._trouble.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, theme.SPACE_2)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
