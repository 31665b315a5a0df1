"""The order in which Tab goes through parts that are made later than what is beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(earlier: QWidget, late: QWidget) -> None:
    """Let Tab go on from the control *earlier* to those within *late*, which came last in the window.

    It looks at children and not along the chain of focus: that leads through widgets of Qt's own.
    """
    last = earlier
    for control in (late, *late.findChildren(QWidget)):
        takes_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.focusProxy() is None
        if takes_tab and not control.objectName().startswith("qt_"):
            QWidget.setTabOrder(last, control)
            last = control
