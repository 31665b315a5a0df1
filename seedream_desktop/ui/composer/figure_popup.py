"""The list of references that an ``@`` in the prompt offers; the keyboard stays with the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.domain.figures import figure
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import draw_icon

WIDTH_PX: Final = 276
_ROW_PX: Final = 36
_PICTURE_PX: Final = 28
_MOST_ROWS: Final = 6
_CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A reference as the list shows it: its *number* from 1, *name*, *role* in a word or "", and small *picture*."""

    number: int
    name: str
    role: str = ""
    picture: QImage | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (figure(self.number), self.name, self.role) if part)


def matching(choices: Sequence[FigureChoice], wanted: str) -> tuple[FigureChoice, ...]:
    """Return the *choices* whose number begins with *wanted*, then those that have it in their name."""
    wanted = wanted.casefold()
    by_number = [choice for choice in choices if str(choice.number).startswith(wanted)]
    by_name = [choice for choice in choices if choice not in by_number and wanted in choice.name.casefold()]
    return (*by_number, *by_name)


class FigureModel(QAbstractListModel):
    """The choices that are left."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[FigureChoice, ...] = ()

    def show(self, choices: Sequence[FigureChoice]) -> None:
        """Show *choices* in place of those before."""
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> FigureChoice | None:
        """Return the choice at *row*, or None where there is none."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many choices there are."""
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, what is spoken, or the choice itself."""
        choice = self.choice(index.row())
        if choice is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return choice.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return choice.spoken
            case _:
                return choice if role == _CHOICE_ROLE else None


class FigurePainter(QStyledItemDelegate):
    """Draws a choice: number, picture, name, and its role on the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the size of a row."""
        return QSize(WIDTH_PX - 20, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row; the chosen one lies on the selection colour."""
        choice = index.data(_CHOICE_ROLE)
        if not isinstance(choice, FigureChoice):
            return
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens().selection)
            painter.drawRoundedRect(row, theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        self._draw_words(painter, row, choice, is_chosen=is_chosen)
        self._draw_picture(painter, QRect(row.x() + 32, row.y() + 4, _PICTURE_PX, _PICTURE_PX), choice)
        painter.restore()

    def _draw_words(self, painter: QPainter, row: QRect, choice: FigureChoice, *, is_chosen: bool) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.body_font())
        painter.setPen(theme.tokens().text)
        painter.drawText(QRect(row.x(), row.y(), 28, row.height()), Qt.AlignmentFlag.AlignCenter, str(choice.number))
        words = row.adjusted(68, 0, -theme.SPACE_2, 0)
        role_px = painter.fontMetrics().horizontalAdvance(choice.role)
        room = words.width() - (role_px + theme.SPACE_3 if choice.role else 0)
        name = painter.fontMetrics().elidedText(choice.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(words, middle, name)
        painter.setPen(theme.tokens().text if is_chosen else theme.tokens().muted)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, choice.role)

    def _draw_picture(self, painter: QPainter, box: QRect, choice: FigureChoice) -> None:
        if choice.picture is None or choice.picture.isNull():
            draw_icon(painter, "image", QRectF(box).adjusted(5, 5, -5, -5), theme.tokens().muted)
            return
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), theme.RADIUS_PICTURE, theme.RADIUS_PICTURE)
        painter.setClipPath(outline)
        side = min(choice.picture.width(), choice.picture.height())
        middle = QRect(0, 0, side, side)
        middle.moveCenter(choice.picture.rect().center())
        painter.drawImage(box, choice.picture, middle)


class FigurePopup(QFrame):
    """Lies over the window without taking the focus. `chosen` brings the number of a reference that was clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._announced = ""
        self._wanted = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = FigureModel()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(FigurePainter(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.viewport().setAutoFillBackground(False)
        theme.notifier.changed.connect(self.update)
        set_name(self._list, "figures", self.tr("References for the prompt"))
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        self._nothing = Label(tone="muted")
        self._nothing.setContentsMargins(theme.SPACE_2, theme.SPACE, theme.SPACE_2, theme.SPACE)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        self.hide()

    def offer(self, choices: Sequence[FigureChoice], wanted: str) -> None:
        """Show those of *choices* that *wanted* fits, or one line that says why there are none."""
        fitting = matching(choices, wanted)
        # Another search begins at its best match again, whatever the line stood on before.
        chosen = self.current() if wanted == self._wanted else None
        self._wanted = wanted
        self._model.show(fitting)
        self._list.setVisible(bool(fitting))
        self._list.setFixedHeight(_ROW_PX * min(len(fitting), _MOST_ROWS))
        none = self.tr("No reference is called that.") if choices else self.tr("There are no references yet.")
        self._nothing.setText(none)
        self._nothing.setVisible(not fitting)
        self.setFixedSize(WIDTH_PX, self._column.sizeHint().height())
        numbers = [choice.number for choice in fitting]
        self._stand_on(numbers.index(chosen) if chosen in numbers else 0)
        if not fitting:
            self._announce(none)

    def show_at(self, place: QRect, of: QWidget) -> None:
        """Appear in the window of *of* under *place* (in its coordinates), or over it where there is no room."""
        window = of.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = QRect(of.mapTo(window, place.topLeft()), place.size())
        x = max(theme.SPACE, min(below.x(), window.width() - self.width() - theme.SPACE))
        y = below.bottom() + theme.SPACE
        if y + self.height() > window.height():
            y = below.top() - theme.SPACE - self.height()
        self.move(QPoint(x, max(0, y)))
        self.show()
        self.raise_()

    def step(self, rows: int) -> None:
        """Go *rows* down, round the ends."""
        count = self._model.rowCount()
        if count:
            self._stand_on((self._list.currentIndex().row() + rows) % count)

    def current(self) -> int | None:
        """Return the number of the reference the list stands on, or None."""
        choice = self._model.choice(self._list.currentIndex().row())
        return None if choice is None else choice.number

    def _stand_on(self, row: int) -> None:
        choice = self._model.choice(row)
        if choice is not None:
            self._list.setCurrentIndex(self._model.index(row))
            self._announce(choice.spoken)

    def _choose(self, row: int) -> None:
        choice = self._model.choice(row)
        if choice is not None:
            self.chosen.emit(choice.number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the edge that part the list from what it lies over."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().edge, 1))
        painter.setBrush(theme.tokens().raised)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin anew at the next opening."""
        super().hideEvent(event)
        self._announced = ""
        self._wanted = ""

    def _announce(self, words: str) -> None:
        if words == self._announced:
            return
        self._announced = words
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._list, words))
