"""The settings, small and calm: key, library, price, theme. It keeps no key and stores nothing itself."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.settings_key import KeyField

_WIDTH_PX: Final = 560
_MOST_USD: Final = Decimal(100)


class SettingsDialog(QDialog):
    """Opened with `open()`. Keys go out by signals as soon as they are pressed, all else by `saved` at the end."""

    key_entered = Signal(str, bool)
    key_removed = Signal()
    key_test_requested = Signal(str)
    saved = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setFixedWidth(_WIDTH_PX)
        self._key = KeyField()
        self._key.entered.connect(self.key_entered)
        self._key.removed.connect(self.key_removed)
        self._key.test_requested.connect(self.key_test_requested)
        self._make_fields(settings)
        self._compose()

    def set_settings(self, settings: Settings) -> None:
        """Show *settings*; what was typed and not saved is gone."""
        self._library.setText(settings.library)
        self._price.setText(str(settings.price_per_image_usd))
        self._theme.setCurrentIndex(self._theme.findData(settings.theme))
        self._price_problem.say("")

    def set_key_state(self, text: str, last4: str | None, keychain_name: str | None) -> None:
        """Say where the key is kept (*text*); *last4* of a saved one, and the keychain's name if there is one."""
        self._key.set_state(text, last4, keychain_name)

    def set_key_test_result(self, text: str, ok: bool) -> None:  # noqa: FBT001 - called across the bridge by position
        """Show what the service said to the key."""
        self._key.say(text, "good" if ok else "bad")

    def event(self, event: QEvent) -> bool:
        """Keep just the height that the sentences shown now need."""
        is_layout = event.type() is QEvent.Type.LayoutRequest
        is_handled = super().event(event)
        # Another event may have been the dialog's own deletion: it must not be touched after that.
        if is_layout and (layout := self.layout()) is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        return is_handled

    def accept(self) -> None:
        """Emit a key that was typed and `saved`, and close; stay open while one of them makes no sense."""
        if not self._key.is_empty() and not self._key.submit():
            self._key.edit.setFocus()
            return
        price_usd = _price_of(self._price.text())
        if price_usd is None:
            self._price_problem.say(self.tr("The price must be a number of dollars, e.g. 0.04."))
            self._price.setFocus()
            return
        self._key.clear()
        chosen = Theme(self._theme.currentData())
        self.saved.emit(Settings(self._library.text().strip(), price_usd, chosen))
        super().accept()

    def reject(self) -> None:
        """Close and forget what was typed."""
        self._key.clear()
        super().reject()

    def _make_fields(self, settings: Settings) -> None:
        self._library = QLineEdit()
        self._library.setPlaceholderText(self.tr("Pictures/Seedream"))
        set_name(self._library, "library_folder", self.tr("Library folder"))
        self._choose = QPushButton(self.tr("Choose…"))
        set_name(self._choose, "choose_library_folder", self.tr("Choose library folder"))
        # Enter in a field means Save, not the button beside it.
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._choose_library)
        self._price = QLineEdit()
        self._price.setFixedWidth(96)
        set_name(self._price, "price_per_image", self.tr("Price per image"))
        self._price_problem = MessageLine()
        self._theme = ComboBox()
        for value, words in self._themes():
            self._theme.addItem(words, value)
        set_name(self._theme, "theme", self.tr("Theme"))
        self.set_settings(settings)

    def _themes(self) -> tuple[tuple[Theme, str], ...]:
        return (
            (Theme.SYSTEM, self.tr("System")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
        )

    def _compose(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(theme.SPACE_4)
        grid.setColumnStretch(1, 1)
        self._add_row(grid, self.tr("API key"), self._key, self._key.edit)
        grid.addWidget(_rule(), grid.rowCount(), 0, 1, 2)
        self._add_row(grid, self.tr("Library folder"), _beside(self._library, self._choose), self._library)
        self._add_row(grid, self.tr("Price per image"), self._price_row(), self._price)
        self._add_row(grid, self.tr("Theme"), _beside(self._theme), self._theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(20)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addWidget(self._buttons())
        self._save.setDefault(True)

    def _add_row(self, grid: QGridLayout, text: str, row: QWidget, buddy: QWidget) -> None:
        label = Label(text, tone="muted")
        label.setBuddy(buddy)
        label.setFixedHeight(30)
        place = grid.rowCount()
        grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(row, place, 1)

    def _price_row(self) -> QWidget:
        hint = Label(self.tr("used for estimates only"), tone="faint")
        hint.setFont(theme.label_font())
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(_beside(Label("$"), self._price, hint))
        column.addWidget(self._price_problem)
        return box

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        save.setProperty("look", "primary")
        set_name(save, "save", self.tr("Save"))
        set_name(cancel, "cancel", self.tr("Cancel"))
        self._save = save
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _choose_library(self) -> None:
        dialog = QFileDialog(self, self.tr("Library folder"), self._library.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._library.setText)
        dialog.open()


def _price_of(text: str) -> Decimal | None:
    """Return the dollars in *text*, 0 to 100, with a point or a comma; None when it is no such number."""
    try:
        price_usd = Decimal(text.strip().lstrip("$").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return price_usd if price_usd.is_finite() and 0 <= price_usd <= _MOST_USD else None


def _beside(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_2)
    for widget in widgets:
        row.addWidget(widget)
    if not isinstance(widgets[0], QLineEdit):
        row.addStretch(1)
    return box


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("look", "rule")
    rule.setFixedHeight(1)
    return rule
