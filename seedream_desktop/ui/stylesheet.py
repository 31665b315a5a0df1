"""The style sheet of the window, with the names of the theme's colours in place of colours."""

from __future__ import annotations

from string import Template
from typing import Final

STYLESHEET: Final = Template("""
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="faint"] { color: $faint; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="care"] { color: $care; }
QLabel[tone="bad"] { color: $bad; }

QToolTip {
    background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px;
}

QPushButton {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 5px 12px;
}
QPushButton:hover { border-color: $muted; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton:disabled { background: $panel; border-color: $line; color: $faint; }
QPushButton[look="primary"] {
    background: $accent; color: $on_accent; border: 2px solid $accent; padding: 4px 12px; font-weight: 600;
}
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: 4px 12px; }
QPushButton[look="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[look="quiet"], QToolButton[look="quiet"] {
    background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 2px 6px; color: $muted;
}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $raised; color: $text; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $accent; }
QPushButton[look="quiet"]:disabled, QToolButton[look="quiet"]:disabled { color: $faint; }
QPushButton[look="fold"] {
    background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 2px 4px 2px 0;
    color: $muted; text-align: left;
}
QPushButton[look="fold"]:hover { color: $text; }
QPushButton[look="fold"]:focus { border-color: $accent; }
QPushButton[look="dashed"] {
    background: transparent; border: 1px dashed $edge; border-radius: 4px; padding: 0; color: $muted;
}
QPushButton[look="dashed"]:hover { background: $raised; color: $text; }
QPushButton[look="dashed"]:focus { border: 2px solid $accent; }
QPushButton[look="dashed"]:disabled { border-color: $edge; color: $faint; background: transparent; }
QPushButton[look="target"] {
    background: $selection; border: 2px dashed $accent; border-radius: 4px; padding: 0; color: $text;
}
QPushButton[look="link"] {
    background: transparent; border: none; border-radius: 3px; padding: 0; color: $accent; text-align: left;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { background: $selection; color: $text; text-decoration: underline; }
QPushButton[look="aside"] {
    background: transparent; border: none; border-radius: 3px; padding: 0; color: $muted; text-align: right;
}
QPushButton[look="aside"]:hover { color: $text; text-decoration: underline; }
QPushButton[look="aside"]:focus { background: $selection; color: $text; }
QFrame[look="rule"] { background: $line; border: none; }
QFrame[look="well"] { background: $ground; border: 1px solid $edge; border-radius: 7px; }
QFrame[look="field"] { background: $field; border: 1px solid $edge; border-radius: 7px; }
QFrame[look="field"][focused="true"] { border: 2px solid $accent; }
QPushButton[look="option"] {
    background: transparent; border: 1px solid $edge; border-radius: 6px; padding: 2px 8px; color: $muted;
}
QPushButton[look="option"]:hover { background: $raised; color: $text; }
QPushButton[look="option"]:checked { background: $selection; border-color: $accent; color: $text; }
QPushButton[look="option"]:focus { border: 2px solid $accent; padding: 1px 7px; outline: none; }
QPushButton[look="chip"] {
    background: $selection; border: 1px solid $line; border-radius: 6px; padding: 1px 8px; color: $text;
}
QPushButton[look="chip"]:hover { border-color: $accent; }
QPushButton[look="chip"]:focus { border: 2px solid $accent; padding: 0 7px; outline: none; }
QDateEdit[look="day"], QLineEdit[look="day"] {
    background: $field; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 0 8px; min-height: 22px;
    selection-background-color: $selection; selection-color: $text;
}
QDateEdit[look="day"] { padding-right: 22px; }
QDateEdit[look="day"]:focus { border: 2px solid $accent; padding: 0 21px 0 7px; min-height: 20px; }
QLineEdit[look="day"]:focus { padding: 0 7px; min-height: 20px; }
QDateEdit[look="day"]:disabled { background: $panel; border-color: $line; color: $faint; }
QDateEdit[look="day"]::drop-down { border: none; width: 20px; }
QDateEdit[look="day"]::down-arrow { image: none; }
QPushButton[look="quiet"]:checked { background: $raised; color: $text; }
QFrame[look="popup"] { background: $raised; border: 1px solid $line; }
QFrame[look="popup"] QListView { background: $raised; color: $text; outline: none; }
QFrame[look="popup"] QListView::item { padding: 0 12px; border-radius: 4px; }
QFrame[look="popup"] QListView::item:hover { background: $line; }
QFrame[look="popup"] QListView::item:selected { background: $selection; color: $text; }
QPushButton[look="segment"] {
    background: transparent; border: 2px solid transparent; border-radius: 5px; padding: 3px 0; color: $muted;
}
QPushButton[look="segment"]:hover { color: $text; }
QPushButton[look="segment"]:checked { background: $raised; border: 1px solid $line; padding: 4px 0; color: $text; }
QPushButton[look="segment"]:checked:focus { border: 2px solid $accent; padding: 3px 0; }

QPushButton[look="tag"] {
    background: $raised; border: 1px solid $edge; border-radius: 9px; padding: 1px 8px; color: $text;
}
QPushButton[look="tag"]:hover { border-color: $bad; }
QPushButton[look="tag"]:focus { border: 2px solid $accent; padding: 0 7px; }
QPushButton[look="tool"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 1px; }
QPushButton[look="tool"]:hover { background: $raised; }
QPushButton[look="tool"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[look="mark"] { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QPushButton[look="mark"]:hover { background: $raised; }
QPushButton[look="mark"]:checked { background: $selection; border-color: $accent; }
QPushButton[look="mark"]:focus { border: 2px solid $accent; padding: 3px; }

QLineEdit, QPlainTextEdit, QComboBox {
    background: $field; color: $text; border: 1px solid $edge; border-radius: 6px;
    selection-background-color: $selection; selection-color: $text; placeholder-text-color: $faint;
}
QLineEdit, QComboBox { padding: 4px 8px; min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
    border: 2px solid $accent;
}
QLineEdit:focus, QComboBox:focus { padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $panel; border-color: $line; color: $faint;
}
QAbstractSpinBox > QLineEdit { background: transparent; border: none; padding: 0; min-height: 0; }
QComboBox { padding-right: 28px; combobox-popup: 0; }
QComboBox:focus { padding-right: 27px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line;
    selection-background-color: $selection; selection-color: $text; outline: none;
}
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 8px; }

QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QSlider::groove:horizontal { height: 3px; background: $line; border-radius: 1px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 1px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 7px; background: $muted; }
QSlider::handle:horizontal:focus { background: $accent; }

QListView#tasks { background: $panel; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")
