"""Tells assistive technology that the set is a list; its frames are named as the gallery's cells are."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_LIST_CLASS = "SetCanvas"


def _interface(class_name: str, item: QObject) -> QAccessibleInterface | None:
    if class_name == _LIST_CLASS and isinstance(item, QWidget):
        return QAccessibleWidget(item, QAccessible.Role.List)
    return None


class _Role:
    """Whether this process knows the role already; it holds for the whole application."""

    is_installed = False


def install_role() -> None:
    """Teach Qt the role, once in a process."""
    if not _Role.is_installed:
        _Role.is_installed = True
        QAccessible.installFactory(_interface)
