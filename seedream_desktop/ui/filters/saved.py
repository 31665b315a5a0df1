"""The menu of saved searches, and what can be done with the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from seedream_desktop.domain.query import Query
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.name_dialog import NameDialog
from seedream_desktop.ui.icons import icon

if TYPE_CHECKING:
    from seedream_desktop.domain.collections import SavedSearch

_SIGN_PX: Final = 16
_MOST_NAME_PX: Final = 300


class SavedSearchMenu(QPushButton):
    """``opened`` carries the Query of a search; the others what is to be kept, and who answers changes the list.

    ``save_requested`` carries the NameDialog, the name and the Query; ``rename_requested`` the NameDialog, the
    SavedSearch and its new name; ``update_requested`` the SavedSearch and the Query it is to mean; ``delete_requested``
    the SavedSearch.
    """

    opened = Signal(object)
    save_requested = Signal(object, str, object)
    rename_requested = Signal(object, object, str)
    update_requested = Signal(object, object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "saved_searches", self.tr("Saved searches"))
        self.setToolTip(self.tr("Saved searches"))
        self.setProperty("look", "quiet")
        self.setIcon(icon("bookmark", "muted"))
        self.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        self._searches: tuple[SavedSearch, ...] = ()
        self._query = Query()
        self._open: SavedSearch | None = None
        self.clicked.connect(self._pop_up)

    @property
    def open_search(self) -> SavedSearch | None:
        """The search that was opened last, while something is looked for."""
        return self._open

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List these, in this order."""
        self._searches = tuple(searches)
        known = {search.id: search for search in searches}
        self._open = known.get(self._open.id) if self._open else None
        self._tell_open()

    def show_query(self, query: Query) -> None:
        """Know what is looked for now; where nothing is, no search is open."""
        self._query = query
        if query == Query():
            self._open = None
        elif self._open is None or self._open.query != query:
            # What was changed by hand is still the search that was opened; one typed anew may be another.
            self._open = next((search for search in self._searches if search.query == query), self._open)
        self._tell_open()

    def mark_open(self, search: SavedSearch) -> None:
        """Let a search that was just saved be the open one."""
        self._open = search

    def open(self, search: SavedSearch) -> None:
        """Look for what a saved search means."""
        self._open = search
        self.opened.emit(search.query)

    def menu_now(self) -> QMenu:
        """Return the menu as it is at this moment, to be popped up."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for search in self._searches:
            action = self._add(menu, self._naming("{name}", search), partial(self.open, search))
            action.setCheckable(True)
            action.setChecked(self._open is not None and search.id == self._open.id)
        if not self._searches:
            menu.addAction(self.tr("No searches are saved yet")).setEnabled(False)
        menu.addSeparator()
        self._add(menu, self.tr("Save this search …"), self.ask_name).setEnabled(self._query != Query())
        if self._open is not None:
            self._add_changes(menu, self._open)
        return menu

    def ask_name(self) -> None:
        """Ask for a name to keep what is looked for now under."""
        hint = self.tr("The words and filters are kept, not the place in which you look.")
        dialog = NameDialog(self.tr("Save this search"), hint, self._query.text.strip(), self.window())
        query = self._query
        dialog.named.connect(lambda name: self.save_requested.emit(dialog, name, query))
        dialog.open()

    def _ask_other_name(self, search: SavedSearch) -> None:
        dialog = NameDialog(self.tr("Rename the search"), "", search.name, self.window())
        dialog.named.connect(lambda name: self.rename_requested.emit(dialog, search, name))
        dialog.open()

    def _add_changes(self, menu: QMenu, search: SavedSearch) -> None:
        query = self._query
        self._add(
            menu, self._naming(self.tr("Update “{name}” to this search"), search), lambda: self._update(search, query)
        ).setEnabled(query != search.query)
        self._add(menu, self._naming(self.tr("Rename “{name}” …"), search), lambda: self._ask_other_name(search))
        self._add(menu, self._naming(self.tr("Delete “{name}”"), search), lambda: self.delete_requested.emit(search))

    def _update(self, search: SavedSearch, query: Query) -> None:
        self.update_requested.emit(search, query)

    def _naming(self, words: str, search: SavedSearch) -> str:
        name = self.fontMetrics().elidedText(search.name, Qt.TextElideMode.ElideRight, _MOST_NAME_PX)
        return words.replace("{name}", name).replace("&", "&&")

    def _add(self, menu: QMenu, words: str, chosen: Callable[[], None]) -> QAction:
        action = menu.addAction(words)
        # The state that the signal carries is nothing to them.
        action.triggered.connect(lambda _is_on: chosen())
        return action

    def _pop_up(self) -> None:
        self.menu_now().popup(self.mapToGlobal(QPoint(0, self.height() + theme.SPACE)))

    def _tell_open(self) -> None:
        name = self._open.name if self._open else ""
        self.setAccessibleDescription(name)
        self.setIcon(icon("bookmark", "accent" if self._open else "muted"))
