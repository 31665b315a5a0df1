"""The days that hold pictures, to go to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.wording import orders_words

_INNER_PX: Final = 290
_WIDTH_PX: Final = _INNER_PX + 2 * theme.SPACE
_ROW_PX: Final = 28
_MOST_ROWS: Final = 12
_COUNT_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class DayModel(QAbstractListModel):
    """Days, newest first, each with how many orders it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[tuple[date, int], ...] = ()

    def set_days(self, days: Sequence[tuple[date, int]]) -> None:
        """List these."""
        self.beginResetModel()
        self._days = tuple(days)
        self.endResetModel()

    def day(self, row: int) -> date:
        """Return the day of a row; raises IndexError."""
        return self._days[row][0]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many days there are."""
        return 0 if parent.isValid() else len(self._days)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the day in words, its number, or both for a screen reader."""
        if not index.isValid():
            return None
        day, count = self._days[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy, ddd")
        if role == _COUNT_ROLE:
            return QLocale().toString(count)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{day}, {orders}").format(day=index.data(), orders=orders_words(count))
        return None


class _Rows(QStyledItemDelegate):
    """A day, and its number at the other end of the row."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(_INNER_PX, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect
        painter.save()
        painter.setFont(theme.label_font())
        painter.setPen(theme.tokens().muted)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -theme.SPACE_3, 0), side, index.data(_COUNT_ROLE))
        painter.restore()


class DayList(QFrame):
    """Pops up beneath a button; ``chosen`` carries the date to go to. Type a number to find a day of the month."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_name(self, "day_list", self.tr("Go to a day"))
        self.setProperty("look", "popup")
        self._model = DayModel(self)
        self._said = Label(self.tr("Reading the days …"), self, tone="muted")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setFixedSize(_INNER_PX, 2 * _ROW_PX)
        self.list = QListView(self)
        set_name(self.list, "days", self.tr("Days"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(_INNER_PX)
        self.list.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.addWidget(self._said)
        column.addWidget(self.list)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.list.hide()

    def open_beneath(self, button: QWidget) -> None:
        """Show the list, without days until `show_days` brings them."""
        self._tell(self.tr("Reading the days …"))
        corner = button.mapToGlobal(QPoint(button.width() - _WIDTH_PX, button.height() + theme.SPACE))
        room = button.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - _WIDTH_PX)))
        self.move(corner)
        self.show()

    def show_days(self, days: Sequence[tuple[date, int]]) -> None:
        """List the days that hold what is shown, newest first, each with how many orders."""
        self._model.set_days(days)
        if not days:
            self._tell(self.tr("There are no pictures here."))
            return
        self._said.hide()
        self.list.setFixedHeight(min(len(days), _MOST_ROWS) * _ROW_PX)
        self.list.show()
        self.list.setCurrentIndex(self._model.index(0))
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the day with Enter; Esc closes the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.close()
            self.chosen.emit(self._model.day(index.row()))

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()
        self.list.hide()
