"""What lies over the window while pictures are dragged across it: the targets they may be let go on."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QWindow,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import draw_icon
from seedream_desktop.ui.intake.reading import intake, may_be_local, may_hold_references

# The window shines through: it is plain that it is still there.
_VEIL_ALPHA: Final = 246
_ICON_PX: Final = 28
_LINE_PX: Final = 2
_FRAME_PX: Final = 2
_WIDEST_PX: Final = 720
_HIGHEST_PX: Final = 420
_LARGE_SHARE, _SMALL_SHARE = 3, 2


class Target(Enum):
    """What is to be done with what was let go."""

    REFERENCE = "reference"
    SETTINGS = "settings"
    NEXT_FRAME = "next_frame"
    LIBRARY = "library"


class TargetCard(QFrame):
    """One place to let go, with a line on what happens then."""

    def __init__(self, target: Target, icon_name: str, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = target
        self._icon_name = icon_name
        self._is_under_pointer = False
        # The overlay looks after all that the pointer does.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_name(self, f"drop_{target.value}", name)
        self.setAccessibleDescription(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        layout.setSpacing(theme.SPACE)
        layout.addStretch(1)
        layout.addSpacing(_ICON_PX + theme.SPACE_2)
        layout.addWidget(_line(name, _title_font(), "text", self))
        self._hint = _line(hint, theme.label_font(), "muted", self)
        layout.addWidget(self._hint)
        layout.addStretch(1)

    @property
    def is_under_pointer(self) -> bool:
        """Whether letting go now means this target."""
        return self._is_under_pointer

    def set_under_pointer(self, is_under: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        """Light up, or fade back."""
        if is_under != self._is_under_pointer:
            self._is_under_pointer = is_under
            self._hint.set_tone("text" if is_under else "muted")
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which all words are read on a line."""
        return super().sizeHint().expandedTo(QSize(0, 2 * _ICON_PX + 8 * theme.SPACE_3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, its dashed edge and its icon above the words."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self._is_under_pointer else Qt.PenStyle.DashLine
        painter.setPen(QPen(tokens.accent if self._is_under_pointer else tokens.edge, _LINE_PX, style))
        painter.setBrush(tokens.selection if self._is_under_pointer else tokens.panel)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        words = self.findChildren(Label)[0].geometry()
        place = QRectF((self.width() - _ICON_PX) / 2, words.top() - theme.SPACE_2 - _ICON_PX, _ICON_PX, _ICON_PX)
        draw_icon(painter, self._icon_name, place, tokens.accent if self._is_under_pointer else tokens.muted)
        painter.end()


class DropOverlay(QWidget):
    """Covers *window* but for *free* while something that may hold pictures is dragged over any part of it.

    `dropped` tells an Intake and a Target: what is let go beside the targets becomes a reference. `nothing_found`: what
    was let go held no picture after all. *free* takes its drops itself and has a more exact place for them. Only copies
    are taken. Without a drag it is hidden and in nobody's way.
    """

    dropped = Signal(object, object)
    nothing_found = Signal()

    def __init__(self, window: QWidget, free: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self._free = free
        self._watched: QWindow | None = None
        # Only after the widgets have had the event that ends a drag.
        self._vanishing = QTimer(self, singleShot=True, interval=0)
        self._vanishing.timeout.connect(self.hide)
        set_name(self, "drop_overlay", self.tr("Drop targets"))
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.hide()
        self.cards = self._make_cards()
        self._compose()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def card(self, target: Target) -> TargetCard:
        """Return the card of *target*."""
        return next(card for card in self.cards if card.target is target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and the drags that come into it, before any widget sees them."""
        if watched is self._over:
            self._follow_window(event)
        elif event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            self._show_for(event)
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._vanishing.start()
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what has been looked at when it came into the window."""
        self._point_at(event.position().toPoint())
        _accept_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the target under the pointer."""
        self._point_at(event.position().toPoint())
        _accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put all lights out: the pointer is over the free part, or has left."""
        for card in self.cards:
            card.set_under_pointer(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what came and where it was let go."""
        target = self._target_at(event.position().toPoint())
        _accept_copy(event)
        taken = intake(event.mimeData())
        self.hide()
        if taken.is_empty:
            self.nothing_found.emit()
        else:
            self.dropped.emit(taken, target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Vanish: with a drag under way no mouse moves come, so its end was never told."""
        self.hide()
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Vanish, for the same reason."""
        self.hide()
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Vanish with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Veil the window and frame the part that takes drops itself."""
        tokens = theme.tokens()
        veil = QColor(tokens.ground)
        veil.setAlpha(_VEIL_ALPHA)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(tokens.accent, _FRAME_PX))
        painter.drawRect(self._free_part().adjusted(1, 1, -1, -1))
        painter.end()

    def _make_cards(self) -> tuple[TargetCard, ...]:
        reference = TargetCard(
            Target.REFERENCE, "images", self.tr("Use as reference"), self.tr("Added after those that are there"), self
        )
        settings = TargetCard(
            Target.SETTINGS, "copy", self.tr("Use its settings"), self.tr("Brings its prompt back, too"), self
        )
        next_frame = TargetCard(
            Target.NEXT_FRAME, "layers-plus", self.tr("Next frame"), self.tr("Its order, with it as reference"), self
        )
        library = TargetCard(
            Target.LIBRARY, "search", self.tr("Find in the library"), self.tr("Shows the order it came from"), self
        )
        return reference, settings, next_frame, library

    def _compose(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.SPACE_4)
        self._column.addStretch(1)
        self._column.addWidget(self.card(Target.REFERENCE), _LARGE_SHARE)
        self._small = QWidget(self)
        row = QHBoxLayout(self._small)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        for target in (Target.SETTINGS, Target.NEXT_FRAME, Target.LIBRARY):
            row.addWidget(self.card(target), 1)
        self._column.addWidget(self._small, _SMALL_SHARE)
        self._column.addStretch(1)
        for part, share in ((self.card(Target.REFERENCE), _LARGE_SHARE), (self._small, _SMALL_SHARE)):
            part.setMaximumHeight(_HIGHEST_PX * share // (_LARGE_SHARE + _SMALL_SHARE))

    def _follow_window(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.WinIdChange):
            handle = self.window().windowHandle()
            if handle is not None and handle is not self._watched:
                handle.installEventFilter(self)
                self._watched = handle

    def _show_for(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if not event.possibleActions() & Qt.DropAction.CopyAction or not may_hold_references(mime):
            return
        # What is found by its bytes must have bytes here.
        self._small.setVisible(may_be_local(mime))
        self._vanishing.stop()
        self._cover()
        self.show()
        self.raise_()
        self._announce()

    def _cover(self) -> None:
        """Lie over the window, with a hole where the free part takes its drops."""
        self.setGeometry(self._over.rect())
        free = self._free_part()
        hole = free.adjusted(_FRAME_PX, _FRAME_PX, -_FRAME_PX, -_FRAME_PX)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(hole)) if hole.isValid() else QRegion(self.rect()))
        left = free.right() + 1 if free.isValid() else 0
        sides = max(theme.SPACE_4, (self.width() - left - _WIDEST_PX) // 2)
        self._column.setContentsMargins(left + sides, theme.SPACE_4, sides, theme.SPACE_4)

    def _free_part(self) -> QRect:
        if not self._free.isVisible():
            return QRect()
        return QRect(self._free.mapTo(self._over, QPoint()), self._free.size())

    def _announce(self) -> None:
        """Say to those who cannot see it what may be done now."""
        names = ", ".join(card.accessibleName() for card in self.cards if card.isVisible())
        words = self.tr("Drop to choose: {targets}").format(targets=names)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _point_at(self, point: QPoint) -> None:
        target = self._target_at(point)
        for card in self.cards:
            card.set_under_pointer(card.target is target)

    def _target_at(self, point: QPoint) -> Target:
        """Return the target at *point*; all that is beside the cards means the first."""
        shown = (card for card in self.cards if card.isVisible())
        under = (card.target for card in shown if card.rect().contains(card.mapFrom(self, point)))
        return next(under, Target.REFERENCE)


def _accept_copy(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _title_font() -> QFont:
    font = theme.prompt_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _line(text: str, font: QFont, tone: str, parent: QWidget) -> Label:
    line = Label(text, parent, tone=tone)
    line.setFont(font)
    line.setWordWrap(True)
    line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return line
