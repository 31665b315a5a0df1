"""The field of a storage's secret: it takes one in, tells that one is saved, and never shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.hosting_backend import SecretState


class SecretField(QWidget):
    """A password field with Remove beside it and, beneath, where the secret is kept. `removed`: Remove was pressed."""

    removed = Signal()

    def __init__(self, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.edit = edit
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self._state = SecretState(is_saved=False, ends_in="", words="", keychain_name="")
        self._is_known = False
        spoken = self.tr("Remove the saved secret")
        self._remove = push_button(f"remove_{edit.objectName()}", self.tr("Remove"), spoken)
        self._remove.clicked.connect(self.removed)
        self._words = Label(tone="muted")
        self._words.setFont(theme.label_font())
        self._words.setWordWrap(True)
        self._compose()
        self.forget_state()

    @property
    def may_be_saved(self) -> bool:
        """Whether a secret is saved for the place in question, or it is not known yet."""
        return self._state.is_saved or not self._is_known

    @property
    def is_for_this_run(self) -> bool:
        """Whether there is no keychain to keep a secret in."""
        return self._state.keychain_name is None

    def text(self) -> str:
        """Return the secret that was typed, or ""."""
        return self.edit.text()

    def set_state(self, state: SecretState) -> None:
        """Show what is known of the saved secret."""
        self._state = state
        self._is_known = True
        self.edit.setPlaceholderText(self._placeholder(state))
        self._remove.setVisible(state.is_saved)
        self._say(state.words if state.is_saved else self._note(state))

    def forget_state(self) -> None:
        """Show no saved secret: the place has changed."""
        self.set_state(SecretState(is_saved=False, ends_in="", words="", keychain_name=self._state.keychain_name))
        self._is_known = False

    def say(self, sentence: str) -> None:
        """Show *sentence* instead of where the secret is kept."""
        self._say(sentence)

    def _placeholder(self, state: SecretState) -> str:
        if not state.is_saved:
            return self.tr("paste it here")
        if not state.ends_in:
            return self.tr("••••••••  saved")
        return self.tr("••••••••  ends in …{end}").format(end=state.ends_in)

    def _note(self, state: SecretState) -> str:
        if state.keychain_name is None:
            return self.tr("There is no keychain here that the program can use; it is kept for this run only.")
        return ""

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _compose(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.edit, 1)
        row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._words)
