"""The order in which Tab goes through parts that are made later than what is beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(earlier: QWidget, late: QWidget) -> None:
    """Let Tab go on from the last control within *earlier* to those within *late*, which came last in the window."""
    last = earlier
    while earlier.isAncestorOf(following := last.nextInFocusChain()):
        last = following
    for control in _within(late):
        QWidget.setTabOrder(last, control)
        last = control


def _within(part: QWidget) -> list[QWidget]:
    """Return what Tab stops at in *part*, in the order in which it was made."""
    found, each = [], part
    while each is part or part.isAncestorOf(each):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None:
            found.append(each)
        each = each.nextInFocusChain()
        if each is part:
            break
    return found
