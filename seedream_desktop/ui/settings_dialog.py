"""The settings, small and calm, on two pages. The dialog keeps no secret and stores nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.domain.settings import Settings
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.hosting_backend import SecretState
from seedream_desktop.ui.settings.form import rule
from seedream_desktop.ui.settings.general_page import GeneralPage
from seedream_desktop.ui.settings.hosting_page import HostingPage, scrolled

Page = Literal["general", "hosting"]

_SIZE_PX: Final = (704, 680)
_SMALLEST_PX: Final = (560, 400)
_TABS_PX: Final = 260
# Title bar and some room above and below it.
_FRAME_PX: Final = 64


class SettingsDialog(QDialog):
    """Opened with `open()`. Keys go out by signals as soon as they are pressed, all else by `saved`.

    The storage's signals carry HostingSettings as they are typed: `test_requested` with the secret, "" for the saved
    one; `host_secret_entered`, just before `saved`, with the secret and whether it is for this run only. After `saved`
    the dialog waits for `close_saved` or one of the two `show_…problem`.
    """

    key_entered = Signal(str, bool)
    key_removed = Signal()
    key_test_requested = Signal(str)
    test_requested = Signal(object, str)
    test_cancelled = Signal()
    host_secret_entered = Signal(object, str, bool)
    host_secret_removed = Signal(object)
    host_place_changed = Signal(object)
    hosted_requested = Signal()
    saved = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None, page: Page = "general") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(*_SMALLEST_PX)
        self._settings = settings
        self._general = GeneralPage()
        self._hosting = HostingPage()
        self._tabs = Segmented([("general", self.tr("General")), ("hosting", self.tr("Hosting"))])
        self._problem = MessageLine()
        self._compose()
        self._connect()
        self._fit_screen()
        self.set_settings(settings)
        self.show_page(page)

    def show_page(self, page: Page) -> None:
        """Turn to *page*, and begin where it does."""
        self._tabs.set_value(page)
        if page == "hosting":
            self._hosting.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_settings(self, settings: Settings) -> None:
        """Show *settings*; what was typed and not saved is gone."""
        self._settings = settings
        self._general.set_settings(settings)
        self._hosting.set_settings(settings.hosting)

    def set_demo(self) -> None:
        """Say on both pages that the demo needs neither key nor host."""
        self._general.key.set_demo()
        self._hosting.set_demo()

    def set_key_state(self, text: str, last4: str | None, keychain_name: str | None) -> None:
        """Say where the key is kept (*text*); *last4* of a saved one, and the keychain's name if there is one."""
        self._general.key.set_state(text, last4, keychain_name)

    def set_key_test_result(self, text: str, ok: bool) -> None:  # noqa: FBT001 - called across the bridge by position
        """Show what the service said to the key."""
        self._general.key.say(text, "good" if ok else "bad")

    def set_secret_state(self, hosting: HostingSettings, state: SecretState, words: str = "") -> None:
        """Show what is known of the secret for the place in *hosting*, and *words* beneath it."""
        self._hosting.set_secret_state(hosting, state, words)

    def set_test_result(self, text: str, ok: bool) -> None:  # noqa: FBT001 - as above
        """Show what came of the storage's test."""
        self._hosting.set_test_result(text, is_good=ok)

    def hosting(self) -> HostingSettings:
        """Return what is typed about hosting."""
        return self._hosting.settings()

    def close_saved(self) -> None:
        """Close: everything is saved."""
        self._forget_secrets()
        super().accept()

    def show_library_problem(self, sentence: str) -> None:
        """Say that all is saved but the library folder, and why; the dialog stays open."""
        self._save.setEnabled(True)
        self.show_page("general")
        self._general.show_library_problem(sentence)

    def show_problem(self, sentence: str) -> None:
        """Say why nothing could be saved; the dialog stays open."""
        self._save.setEnabled(True)
        self._problem.say(sentence)

    def accept(self) -> None:
        """Emit a key and a secret that were typed and `saved`; do nothing while something makes no sense."""
        if not self._save.isEnabled() or not self._check():
            return
        self._problem.say("")
        self._save.setEnabled(False)
        if not self._general.key.is_empty():
            self._general.key.submit()
        hosting = self._hosting.settings()
        secret, is_for_this_run = self._hosting.take_secret()
        if secret:
            self.host_secret_entered.emit(hosting, secret, is_for_this_run)
        self.saved.emit(self._general.settings(replace(self._settings, hosting=hosting)))

    def reject(self) -> None:
        """Close and forget what was typed."""
        self._forget_secrets()
        super().reject()

    def _check(self) -> bool:
        for page, words in ((self._general, "general"), (self._hosting, "hosting")):
            # The page is shown first: a field that is not seen takes no focus.
            before = self._tabs.value()
            self._tabs.set_value(words)
            if not page.check():
                return False
            self._tabs.set_value(before)
        return True

    def _forget_secrets(self) -> None:
        self._general.key.clear()
        self._hosting.clear()

    def _connect(self) -> None:
        key, hosting = self._general.key, self._hosting
        key.entered.connect(self.key_entered)
        key.removed.connect(self.key_removed)
        key.test_requested.connect(self.key_test_requested)
        hosting.test_requested.connect(self.test_requested)
        hosting.test_cancelled.connect(self.test_cancelled)
        hosting.secret_removed.connect(self.host_secret_removed)
        hosting.place_changed.connect(self.host_place_changed)
        hosting.hosted_requested.connect(self.hosted_requested)
        self._tabs.chosen.connect(lambda page: self._pages.setCurrentIndex(int(page == "hosting")))

    def _compose(self) -> None:
        self._tabs.setFixedWidth(_TABS_PX)
        self._tabs.setAccessibleName(self.tr("Pages"))
        self._pages = QStackedWidget()
        self._general.setContentsMargins(20, 0, 20, 12)
        self._pages.addWidget(scrolled(self._general))
        self._pages.addWidget(self._hosting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_4, 0, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        tabs = QHBoxLayout()
        tabs.addWidget(self._tabs)
        layout.addLayout(tabs)
        layout.addWidget(self._pages, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())
        self._save.setDefault(True)

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self._problem)
        foot.addWidget(self._buttons())
        return foot

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

    def _fit_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE_PX[0], room.width()), min(_SIZE_PX[1], room.height() - _FRAME_PX))
