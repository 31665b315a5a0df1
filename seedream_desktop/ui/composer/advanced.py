"""What few requests need: the service's routing, and where it shall report the end of a task."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.domain.request import Provider
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name


class AdvancedFields(QWidget):
    """Provider and callback URL; `changed` follows every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider = ComboBox()
        for provider, words in self._providers():
            self._provider.addItem(words, provider)
        set_name(self._provider, "provider", self.tr("Provider"))
        self._callback_url = QLineEdit()
        self._callback_url.setPlaceholderText(self.tr("none; results are fetched"))
        set_name(self._callback_url, "callback_url", self.tr("Callback URL"))
        self.problem = MessageLine()
        self._compose()
        self._provider.currentIndexChanged.connect(self.changed)
        self._callback_url.textChanged.connect(self.changed)

    def provider(self) -> Provider:
        """Return the routing chosen."""
        return Provider(self._provider.currentData())

    def set_provider(self, provider: Provider) -> None:
        """Choose *provider*."""
        self._provider.setCurrentIndex(self._provider.findData(provider))

    def callback_url(self) -> str | None:
        """Return the address, or None when the field is empty."""
        return self._callback_url.text().strip() or None

    def set_callback_url(self, url: str | None) -> None:
        """Show *url*."""
        self._callback_url.setText(url or "")

    def _providers(self) -> tuple[tuple[Provider, str], ...]:
        return (
            (Provider.AUTO, self.tr("Automatic")),
            (Provider.VALUE, self.tr("Value")),
            (Provider.OFFICIAL, self.tr("Official")),
        )

    def _compose(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_2)
        for text, field in (
            (self.tr("Provider"), self._provider),
            (self.tr("Callback URL"), self._callback_url),
        ):
            label = Label(text, tone="muted")
            label.setFont(theme.label_font())
            # A combo box is named by its buddy label for assistive technology on Linux.
            label.setBuddy(field)
            form.addRow(label, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(form)
        layout.addWidget(self.problem)
