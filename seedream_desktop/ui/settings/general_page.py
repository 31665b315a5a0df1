"""The first page of the settings: key, library, price, theme."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.switch_row import SwitchRow
from seedream_desktop.ui.settings.form import Form, label_for, rule
from seedream_desktop.ui.settings.key_field import KeyField

_MOST_USD: Final = Decimal(100)
_PRICE_PX: Final = 96


class GeneralPage(Form):
    """Shows and reads the general settings; keys go out by the signals of `key`."""

    def __init__(self) -> None:
        super().__init__()
        self.key = KeyField()
        self._make_fields()
        self._compose()

    def set_settings(self, settings: Settings) -> None:
        """Show *settings*."""
        self._library.setText(settings.library)
        self._price.setText(str(settings.price_per_image_usd))
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        self._carries_recipe.setChecked(settings.copies_carry_recipe)
        self.clear_problems()

    def settings(self, rest: Settings) -> Settings:
        """Return *rest* with what stands on this page, which `check` has found good."""
        price_usd = _price_of(self._price.text())
        return replace(
            rest,
            library=self._library.text().strip(),
            price_per_image_usd=rest.price_per_image_usd if price_usd is None else price_usd,
            theme=Theme(self._theme.currentData()),
            copies_carry_recipe=self._carries_recipe.isChecked(),
        )

    def check(self) -> bool:
        """Return whether all fields make sense; what does not is said beneath the field."""
        if not self.key.is_empty() and not self.key.check():
            self.key.edit.setFocus()
            return False
        if _price_of(self._price.text()) is None:
            self.say(self._price, self.tr("The price must be a number of dollars, e.g. 0.04."))
            self._price.setFocus()
            return False
        return True

    def show_library_problem(self, sentence: str) -> None:
        """Say beneath the library folder why it cannot be used."""
        self.say(self._library, sentence)
        self._library.setFocus()

    def _make_fields(self) -> None:
        self._library = self.field("library_folder", self.tr("Library folder"), self.tr("Pictures/Seedream"))
        self._library.setToolTip(self.tr("Empty means the Seedream folder among your pictures"))
        spoken = self.tr("Choose library folder")
        self._choose = push_button("choose_library_folder", self.tr("Choose…"), spoken)
        self._choose.clicked.connect(self._choose_library)
        self._price = self.field("price_per_image", self.tr("Price per image"))
        self._price.setFixedWidth(_PRICE_PX)
        self._theme = ComboBox()
        for value, words in self._themes():
            self._theme.addItem(words, value)
        set_name(self._theme, "theme", self.tr("Theme"))
        title = self.tr("Saved copies carry prompt and settings")
        self._carries_recipe = SwitchRow(title, self.tr("Dragged files too; off, they tell nothing of their making"))
        set_name(self._carries_recipe, "copies_carry_recipe", title)

    def _themes(self) -> tuple[tuple[Theme, str], ...]:
        return (
            (Theme.SYSTEM, self.tr("System")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        )

    def _compose(self) -> None:
        hint = Label(self.tr("used for estimates only"), tone="faint")
        hint.setFont(theme.label_font())
        self._grid.addWidget(label_for(self.tr("API key"), self.key.edit), 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.key, 0, 1)
        self.add_wide(rule())
        self.add_row(self.tr("Library folder"), self._library, self._choose)
        self.add_row(self.tr("Price per image"), Label("$"), self._price, hint, buddy=self._price)
        self.add_row(self.tr("Theme"), self._theme)
        self.add_wide(self._carries_recipe)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _choose_library(self) -> None:
        dialog = QFileDialog(self, self.tr("Library folder"), self._library.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_library)
        dialog.open()

    def _take_library(self, folder: str) -> None:
        self._library.setText(folder)
        self.say(self._library, "")


def _price_of(text: str) -> Decimal | None:
    """Return the dollars in *text*, 0 to 100, with a point or a comma; None when it is no such number."""
    try:
        price_usd = Decimal(text.strip().lstrip("$").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return price_usd if price_usd.is_finite() and 0 <= price_usd <= _MOST_USD else None
