"""Parts that are made late stand in the order of Tab where they are seen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.controls.tab_order import put_after


def stops(window: QWidget) -> list[str]:
    found, each = [], window.nextInFocusChain()
    while each is not None and each is not window:
        if each.objectName() and each.focusPolicy().value:
            found.append(each.objectName())
        each = each.nextInFocusChain()
    return found


def box(parent: QWidget, *names: str) -> QWidget:
    made = QWidget(parent)
    column = QVBoxLayout(made)
    for name in names:
        column.addWidget(QLabel(name, made))
        field = QLineEdit(made) if name.startswith("field") else QPushButton(made)
        field.setObjectName(name)
        column.addWidget(field)
    return made


def test_a_late_part_comes_right_after_the_one_it_is_put_after(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, _second = box(window, "one", "field two"), box(window, "three")
    late = box(window, "field late", "later")

    put_after(first.findChildren(QLineEdit)[-1], late)

    assert stops(window) == ["one", "field two", "field late", "later", "three"]


def test_a_late_part_without_controls_changes_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, _second = box(window, "one"), box(window, "two")

    put_after(first.findChildren(QPushButton)[-1], box(window))

    assert stops(window) == ["one", "two"]
