"""The narrow column left of the composer: places, projects and collections."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.domain.collections import ProjectId
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.rail.items import OWN, Contents, Item, Key, Kind
from seedream_desktop.ui.rail.model import RailModel
from seedream_desktop.ui.rail.name_field import NameField
from seedream_desktop.ui.rail.view import RailView

WIDE_PX: Final = 200
NARROW_PX: Final = 52
_BUTTON_PX: Final = 26
_ALL: Final = Item(Kind.ALL)


class Rail(QWidget):
    """``opened``, ``reopened``, ``deleted`` and ``folder_requested`` carry an Item.

    ``pictures_dropped`` carries an Item and SHA-256s; ``empty_requested`` is about the trash. ``pictures_wanted``: a
    place was opened by the mouse.

    ``named`` carries an Item and a name: a heading for what is to be made, else what is to be renamed. It is answered
    by `refuse_name` or `use_name`.
    """

    opened = Signal(object)
    reopened = Signal(object)
    named = Signal(object, str)
    deleted = Signal(object)
    folder_requested = Signal(object)
    pictures_dropped = Signal(object, tuple)
    empty_requested = Signal()
    pictures_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = RailModel(self)
        self.view = RailView(self._model, self)
        self.contents = Contents()
        self._opened: Key = _ALL.key
        self._naming = _ALL
        self._awaited: Key | None = None
        self._field: NameField | None = None
        self._buttons = {
            Kind.PROJECTS: self._make_button(Kind.PROJECTS, "folder-plus", "new_project", self.tr("New project")),
            Kind.COLLECTIONS: self._make_button(
                Kind.COLLECTIONS, "layers-plus", "new_collection", self.tr("New collection")
            ),
        }
        self._compose()
        self._connect()
        self.set_narrow(False)
        self._mark()

    @property
    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self.view.delegate.is_narrow

    def set_narrow(self, is_narrow: bool) -> None:  # noqa: FBT001 - named like a setter of Qt
        """Show icons alone, or words too."""
        self.view.delegate.is_narrow = is_narrow
        self.setFixedWidth(NARROW_PX if is_narrow else WIDE_PX)
        policy = Qt.ScrollBarPolicy
        # Icons need the whole width; the wheel and the arrows scroll them all the same.
        self.view.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_narrow else policy.ScrollBarAsNeeded)
        self.view.scheduleDelayedItemsLayout()
        self.view.viewport().update()
        self._place_buttons()

    def show_contents(self, contents: Contents) -> None:
        """Show what there is now; when the open place is gone, all pictures are shown."""
        self.contents = contents
        self._model.show_contents(contents)
        if not self._model.index_of(self._opened).isValid():
            self.open(_ALL)
        self._mark()
        self._place_buttons()
        if self._awaited is not None:
            self.stand_on(self._awaited)

    def item(self) -> Item:
        """Return the place that is open."""
        return self._model.item(self._model.index_of(self._opened)) or _ALL

    def items(self) -> tuple[Item, ...]:
        """Return all places from top to bottom."""
        return tuple(self._model.items())

    def project(self) -> ProjectId | None:
        """Return the project that is open, to which new orders belong."""
        item = self.item()
        return ProjectId(item.id) if item.kind is Kind.PROJECT else None

    def open(self, item: Item) -> None:
        """Go to a place."""
        self._opened = item.key
        self._mark()
        self.opened.emit(item)

    def show_again(self) -> None:
        """Ask for a project or a collection that is open once more: its pictures may have changed."""
        if self.item().kind in OWN | {Kind.GROUP, Kind.FAVOURITES, Kind.PICKED}:
            self.reopened.emit(self.item())

    def stand_on(self, key: Key) -> None:
        """Let the keyboard stand on a place, for what was just made; on one that is still to come, when it comes."""
        index = self._model.index_of(key)
        self._awaited = None if index.isValid() else key
        if index.isValid():
            self.view.stand_on(index)

    def name_new(self, heading: Kind) -> None:
        """Let the name of a new project or collection be typed."""
        words = self.tr("Name of the project") if heading is Kind.PROJECTS else self.tr("Name, or path/name")
        self._ask(Item(heading), words, self._start_of_path() if heading is Kind.COLLECTIONS else "")

    def refuse_name(self, sentence: str) -> None:
        """Say beside the name that was typed why it cannot be used."""
        if self._field is not None:
            self._field.refuse(sentence)

    def use_name(self) -> None:
        """Take the field away: the name is in use."""
        if self._field is not None and self._field.isVisible():
            self._field.close_field()
            self.view.setFocus()

    def name_field(self) -> NameField | None:
        """Return the field while a name is asked for."""
        return self._field if self._field is not None and self._field.isVisible() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at their headings."""
        super().resizeEvent(event)
        self._place_buttons()

    def showEvent(self, event: QShowEvent) -> None:
        """Place the buttons once the lines have their places."""
        super().showEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the font changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place_buttons()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel and the line at its right."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.panel)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), tokens.line)
        painter.end()

    def _compose(self) -> None:
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE_2, 1, theme.SPACE_2)
        column.addWidget(self.view)

    def _connect(self) -> None:
        view, model = self.view, self._model
        view.open_requested.connect(self.open)
        view.clicked_open.connect(self.pictures_wanted)
        view.rename_requested.connect(self._rename)
        view.delete_requested.connect(self.deleted)
        view.folder_requested.connect(self.folder_requested)
        view.new_requested.connect(self.name_new)
        view.pictures_dropped.connect(self.pictures_dropped)
        view.empty_requested.connect(self.empty_requested)
        view.verticalScrollBar().valueChanged.connect(self._place_buttons)
        for changed in (view.expanded, view.collapsed, model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            changed.connect(self._place_buttons)
        theme.notifier.changed.connect(self.update)

    def _make_button(self, heading: Kind, sign: str, object_name: str, words: str) -> QPushButton:
        button = QPushButton(self)
        set_name(button, object_name, words)
        button.setToolTip(words)
        button.setIcon(icon(sign, "muted"))
        button.setIconSize(QSize(16, 16))
        button.setProperty("look", "tool")
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.clicked.connect(lambda: self.name_new(heading))
        return button

    def _place_buttons(self) -> None:
        """Lay each button over its heading; one that is scrolled away is reached by Enter on the heading."""
        for heading, button in self._buttons.items():
            rect = self.view.visualRect(self._model.index_of((heading, "")))
            top = self.view.y() + rect.center().y() + theme.SPACE - _BUTTON_PX // 2
            left = (NARROW_PX - _BUTTON_PX) // 2 if self.is_narrow else WIDE_PX - _BUTTON_PX - theme.SPACE_2
            button.move(left, top)
            button.setVisible(self.view.y() <= top and top + _BUTTON_PX <= self.view.geometry().bottom())
            button.raise_()

    def _mark(self) -> None:
        self.view.select(self._model.index_of(self._opened))

    def _start_of_path(self) -> str:
        """A new collection is offered a place beside the one that the keyboard stands on."""
        item = self.view.current_item()
        if item is None or item.kind not in (Kind.COLLECTION, Kind.GROUP) or "/" not in item.name:
            return ""
        return item.name[: item.name.rfind("/") + 1]

    def _rename(self, item: Item) -> None:
        self._ask(item, self.tr("New name"), item.name)

    def _ask(self, item: Item, words: str, text: str) -> None:
        self._naming = item
        field = self._field = self._field or self._make_field()
        index = self._model.index_of(item.key)
        self.view.scrollTo(index)
        corner = self.view.viewport().mapTo(self.window(), self.view.visualRect(index).topLeft())
        field.ask(words, text, corner + QPoint(theme.SPACE, -theme.SPACE))

    def _make_field(self) -> NameField:
        """The field is wider than the rail may be, so it lies on the window."""
        field = NameField(self.window())
        field.given.connect(lambda text: self.named.emit(self._naming, text))
        field.left.connect(self.view.setFocus)
        return field
