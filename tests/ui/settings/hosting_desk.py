"""The hosting page as its tests use it: by its fields' names, the mouse and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.hosting import HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.domain.settings import Settings
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.hosting_backend import SecretState
from seedream_desktop.ui.settings_dialog import SettingsDialog

SECRET = "wJalrXUtnFEMI/K7MDENG"
R2 = S3Settings("https://4f2a.r2.cloudflarestorage.com", "auto", "foxes", "AKIA1", "refs", "", 3)
S3 = HostingSettings(HostingKind.S3, R2)
PUT = HostingSettings(HostingKind.PUT, put=PutSettings("https://dav.example/refs", "anna", "https://show.example"))
SAVED = SecretState(is_saved=True, ends_in="DENG", words="Kept in GNOME Keyring.", keychain_name="GNOME Keyring")
NOT_SAVED = SecretState(is_saved=False, ends_in="", words="", keychain_name="GNOME Keyring")
NO_KEYCHAIN = SecretState(is_saved=False, ends_in="", words="", keychain_name=None)


class Desk:
    """The open dialog and what it has asked for."""

    def __init__(self, qtbot: QtBot, hosting: HostingSettings, state: SecretState = SAVED) -> None:
        self.dialog = SettingsDialog(Settings(hosting=hosting), page="hosting")
        qtbot.addWidget(self.dialog)
        self.saved: list[HostingSettings] = []
        self.tests: list[tuple[HostingSettings, str]] = []
        self.secrets: list[tuple[HostingSettings, str, bool]] = []
        self.cancelled: list[None] = []
        self.dialog.saved.connect(lambda settings: self.saved.append(settings.hosting))
        self.dialog.test_requested.connect(lambda hosting, secret: self.tests.append((hosting, secret)))
        self.dialog.test_cancelled.connect(lambda: self.cancelled.append(None))
        self.dialog.host_secret_entered.connect(lambda *entered: self.secrets.append(entered))
        self.dialog.open()
        self.dialog.set_secret_state(hosting, state)

    def field(self, name: str) -> QLineEdit:
        """Return the field that is seen under this object name."""
        [field] = [field for field in self.dialog.findChildren(QLineEdit, name) if field.isVisible()]
        return field

    def type(self, name: str, text: str) -> None:
        """Put *text* in a field's place by the keyboard."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)

    def press(self, name: str) -> None:
        """Click on a button."""
        button = self.button(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def button(self, name: str) -> QPushButton:
        """Return the button that is seen under this object name."""
        [button] = [each for each in self.dialog.findChildren(QPushButton, name) if each.isVisible()]
        return button

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a combo box as its list does."""
        box = self.dialog.findChild(ComboBox, name)
        assert isinstance(box, ComboBox)
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        assert box.currentText() == words

    def said(self) -> list[str]:
        """Return the sentences seen beside fields, the standing one about hosting aside."""
        lines = [line.text() for line in self.dialog.findChildren(MessageLine) if line.isVisible()]
        return [text for text in lines if "Hosted means" not in text]
