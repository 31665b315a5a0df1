"""Gives assistive technology the visible cells of the gallery as named items of a list.

Interfaces written in Python may be asked for after their object died; so each visible cell has an unseen widget of
its own that carries the name, and Qt's own interface speaks for it. Must not paint or take the mouse.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QFocusEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_LIST_CLASS = "Gallery"


class CellProxy(QWidget):
    """An unseen widget over one cell; ``focused`` when assistive technology goes to it."""

    focused = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        # Offers the action "set focus"; neither the Tab key nor the mouse ever comes here.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Tell it; the gallery takes the keyboard itself."""
        self.focused.emit(self)


def _interface(class_name: str, item: QObject) -> QAccessibleInterface | None:
    """Qt's own interface, only with the role of a list or of its item; Qt owns what is returned."""
    if class_name == CellProxy.__name__ and isinstance(item, CellProxy):
        return QAccessibleWidget(item, QAccessible.Role.ListItem)
    if class_name == _LIST_CLASS and isinstance(item, QWidget):
        return QAccessibleWidget(item, QAccessible.Role.List)
    return None


class _Roles:
    """Whether this process knows the roles already; they hold for the whole application."""

    are_installed = False


def install_roles() -> None:
    """Teach Qt the roles of the gallery and its cells, once in a process."""
    if not _Roles.are_installed:
        _Roles.are_installed = True
        QAccessible.installFactory(_interface)


class CellProxies(QObject):
    """A pool of proxies, in the order in which the cells are read; ``chosen`` carries the number of one."""

    chosen = Signal(int)

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        install_roles()
        self._viewport = viewport
        self._pool: list[CellProxy] = []

    def show(self, cells: Sequence[tuple[QRect, str, str]]) -> None:
        """Let there be exactly these cells: place in the viewport, name, and what is to be said of it besides."""
        while len(self._pool) < len(cells):
            proxy = CellProxy(self._viewport)
            proxy.focused.connect(self._tell_chosen)
            self._pool.append(proxy)
        for proxy, (rect, name, description) in zip(self._pool, cells, strict=False):
            _set(proxy, rect, name, description)
        while len(self._pool) > len(cells):
            proxy = self._pool.pop()
            proxy.hide()
            proxy.deleteLater()

    def tell_current(self, number: int) -> None:
        """Tell a screen reader that the keyboard stands on the cell with this number now."""
        if 0 <= number < len(self._pool):
            QAccessible.updateAccessibility(QAccessibleEvent(self._pool[number], QAccessible.Event.Focus))

    def _tell_chosen(self, proxy: CellProxy) -> None:
        if proxy in self._pool:
            self.chosen.emit(self._pool.index(proxy))


def _set(proxy: CellProxy, rect: QRect, name: str, description: str) -> None:
    if proxy.geometry() != rect:
        proxy.setGeometry(rect)
    if proxy.accessibleName() != name:
        proxy.setAccessibleName(name)
    if proxy.accessibleDescription() != description:
        proxy.setAccessibleDescription(description)
    if proxy.isHidden():
        proxy.show()
