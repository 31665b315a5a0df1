"""The field of the API key: it takes one in, checks that it can be a key, and forgets it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name


class KeyField(QWidget):
    """Key and buttons. `entered`: the key, and whether for this run only; `test_requested`: "" is the saved key."""

    entered = Signal(str, bool)
    removed = Signal()
    test_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_keychain = True
        self._is_demo = False
        self._has_saved = False
        self.message = MessageLine()
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self.edit.textEdited.connect(lambda: self.message.say(""))
        set_name(self.edit, "api_key", self.tr("API key"))
        self.state = Label(tone="muted")
        self.state.setFont(theme.label_font())
        self.state.setWordWrap(True)
        self._test = push_button("test_key", self.tr("Test key"))
        self._test.clicked.connect(self._ask_for_test)
        self._save = push_button("save_key", self.tr("Save key"))
        self._save.clicked.connect(self.submit)
        self._remove = push_button("remove_key", self.tr("Remove key"))
        self._remove.clicked.connect(self.removed)
        self._test.setToolTip(self.tr("Asks the service for the balance, which is free"))
        self._compose()
        self.set_state("", None, "")

    def set_state(self, text: str, last4: str | None, keychain_name: str | None) -> None:
        """Show *text* on where the key is, the end of a saved one, and what can be done without a keychain (None)."""
        if self._is_demo:
            return
        self._has_keychain = keychain_name is not None
        self._has_saved = last4 is not None
        ends = self.tr("••••••••  ends in {last4}").format(last4=last4)
        self.edit.setPlaceholderText(ends if last4 is not None else self.tr("paste the key here"))
        note = self.tr("There is no keychain here that the program can use; the key is kept for this run only.")
        shown = text if self._has_keychain else f"{text} {note}".strip()
        self.state.setText(shown)
        self.state.setVisible(bool(shown))
        words = self.tr("Save key") if self._has_keychain else self.tr("Use for this run")
        self._save.setText(words)
        self._save.setAccessibleName(words)
        self._remove.setEnabled(self._has_saved)

    def say(self, text: str, tone: str) -> None:
        """Show *text* under the buttons."""
        self.message.say(text, tone)

    def set_demo(self) -> None:
        """Say that the demo needs no key, and take none."""
        self.clear()
        for control in (self.edit, self._save, self._test, self._remove):
            control.setEnabled(False)
        self.edit.setPlaceholderText("")
        self.state.hide()
        self.message.say(self.tr("The demo needs no key: its service runs on this computer."), "muted")
        self._is_demo = True

    def clear(self) -> None:
        """Forget what was typed and said."""
        self.edit.setText("")
        if not self._is_demo:
            self.message.say("")

    def is_empty(self) -> bool:
        """Return whether no key is being entered."""
        return not self.edit.text().strip()

    def submit(self) -> bool:
        """Emit `entered` and forget the key; return False when it can be none, which is then said."""
        key = self._checked()
        if key is None:
            return False
        self.clear()
        self.entered.emit(key, not self._has_keychain)
        return True

    def check(self) -> bool:
        """Return whether what was typed can be a key; if not, that is said."""
        return self._checked() is not None

    def _ask_for_test(self) -> None:
        key = "" if self.is_empty() and self._has_saved else self._checked()
        if key is not None:
            self.message.say(self.tr("Asking the service…"), "muted")
            self.test_requested.emit(key)

    def _checked(self) -> str | None:
        key = self.edit.text().strip()
        fault = self._fault_of(key)
        self.message.say(fault)
        return None if fault else key

    def _fault_of(self, key: str) -> str:
        if not key:
            return self.tr("The key is empty: paste it here first.")
        if any(char.isspace() or char in "\u2028\u2029" for char in key):
            return self.tr("The key has a space or a line break inside it; copy it again as one piece.")
        if not (key.isascii() and key.isprintable()):
            return self.tr("The key holds a character that no key has; copy it again.")
        return ""

    def _compose(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        for button in (self._save, self._test, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.edit)
        layout.addLayout(buttons)
        layout.addWidget(self.message)
        layout.addWidget(self.state)
