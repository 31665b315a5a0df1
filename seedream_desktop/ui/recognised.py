"""Asks which picture of the library a dropped one is, or says that it is none and what can be done with it instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery import wording

_WIDTH_PX: Final = 560
_ICON_PX: Final = 64
_ROW_PX: Final = _ICON_PX + 2 * theme.SPACE_2
_MOST_ROWS: Final = 5
_MOST_PROMPT_CHARS: Final = 160


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture of the library that may be meant; *how* says in words why."""

    prompt: str
    created_at: datetime
    how: str
    image: QImage


class RecognisedDialog(QDialog):
    """Opened with `open()`. ``settings_chosen``, ``find_chosen`` and ``next_frame_chosen`` carry a candidate's row.

    With *leads_on* a candidate is to lead on to the next frame, and nothing else of it is offered.
    """

    settings_chosen = Signal(int)
    find_chosen = Signal(int)
    next_frame_chosen = Signal(int)
    reference_chosen = Signal()
    recipe_chosen = Signal()

    def __init__(
        self,
        name: str,
        candidates: Sequence[Candidate],
        *,
        has_recipe: bool,
        leads_on: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recognised")
        self.setFixedWidth(_WIDTH_PX)
        has_any = bool(candidates)
        self._choose = self._choose_next_frame if leads_on else self._choose_find
        self.setWindowTitle(self.tr("Which one is it?") if has_any else self.tr("Not one of yours"))
        self._words = Label(self._sentence(name, has_any=has_any, has_recipe=has_recipe))
        self._words.setWordWrap(True)
        self._list = self._make_list(candidates)
        self._list.setVisible(has_any)
        self._compose(self._buttons(has_any=has_any, has_recipe=has_recipe, leads_on=leads_on))
        (self._list if has_any else self._likeliest).setFocus()

    def _sentence(self, name: str, *, has_any: bool, has_recipe: bool) -> str:
        if has_any:
            words = self.tr("{name} looks like several pictures of this library.")
        elif has_recipe:
            words = self.tr("{name} is not in this library, but it carries its prompt and settings.")
        else:
            words = self.tr(
                "{name} was not made here: no picture of this library has these bytes or looks the same, and it "
                "carries no prompt and settings. It can be used as a reference."
            )
        return words.format(name=name)

    def _make_list(self, candidates: Sequence[Candidate]) -> QListWidget:
        found = QListWidget()
        set_name(found, "candidates", self.tr("Pictures it may be"))
        found.setIconSize(QSize(_ICON_PX, _ICON_PX))
        found.setWordWrap(True)
        found.setUniformItemSizes(True)
        found.setTextElideMode(Qt.TextElideMode.ElideRight)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for candidate in candidates:
            found.addItem(_row(candidate))
        found.setCurrentRow(0)
        found.setFixedHeight(min(len(candidates), _MOST_ROWS) * _ROW_PX + theme.SPACE_2)
        # Enter is the default button's.
        found.itemDoubleClicked.connect(self._choose)
        return found

    def _compose(self, shown: Sequence[QPushButton]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._words)
        layout.addWidget(self._list)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        for button in shown:
            buttons.addWidget(button)
        self._likeliest = shown[-1]
        self._likeliest.setDefault(True)
        self._likeliest.setProperty("look", "primary")
        layout.addLayout(buttons)

    def _buttons(self, *, has_any: bool, has_recipe: bool, leads_on: bool) -> list[QPushButton]:
        """Return what can be done, the likeliest last."""
        buttons = [
            self._button("leave_recognised", self.tr("Close"), self.reject),
            self._button("recognised_reference", self.tr("Use as reference"), self._choose_reference),
        ]
        if has_any and leads_on:
            buttons.append(self._button("recognised_next_frame", self.tr("Next frame"), self._choose_next_frame))
        elif has_any:
            buttons.append(self._button("recognised_settings", self.tr("Use its settings"), self._choose_settings))
            buttons.append(self._button("recognised_find", self.tr("Find in the library"), self._choose_find))
        elif has_recipe:
            buttons.append(self._button("recognised_recipe", self.tr("Use its settings"), self._choose_recipe))
        return buttons

    def _button(self, object_name: str, text: str, chosen: object) -> QPushButton:
        button = push_button(object_name, text)
        button.clicked.connect(chosen)
        return button

    def _choose_settings(self) -> None:
        self.accept()
        self.settings_chosen.emit(self._list.currentRow())

    def _choose_find(self) -> None:
        self.accept()
        self.find_chosen.emit(self._list.currentRow())

    def _choose_next_frame(self) -> None:
        self.accept()
        self.next_frame_chosen.emit(self._list.currentRow())

    def _choose_recipe(self) -> None:
        self.accept()
        self.recipe_chosen.emit()

    def _choose_reference(self) -> None:
        self.accept()
        self.reference_chosen.emit()


def _row(candidate: Candidate) -> QListWidgetItem:
    prompt = " ".join(candidate.prompt.split())[:_MOST_PROMPT_CHARS]
    row = QListWidgetItem(_icon(candidate.image), f"{prompt}\n{_facts(candidate)}")
    row.setSizeHint(QSize(0, _ROW_PX))
    return row


def _icon(image: QImage) -> QIcon:
    """Return the picture as it is: a chosen row would tint it."""
    pixmap = QPixmap.fromImage(image)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _facts(candidate: Candidate) -> str:
    day = wording.day_word(candidate.created_at)
    return f"{candidate.how} · {day}"
