"""The page on which the user chooses where references are hosted; it stores nothing and keeps no secret."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedream_desktop.domain.hosting import HostingKind, HostingSettings
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.switch_row import SwitchRow
from seedream_desktop.ui.hosting_backend import SecretState
from seedream_desktop.ui.settings.form import Form, rule
from seedream_desktop.ui.settings.put_form import PutForm
from seedream_desktop.ui.settings.s3_form import S3Form
from seedream_desktop.ui.settings.secret_field import SecretField

# A field's own height and two lines of words beneath it.
_SENTENCE_PX: Final = 64


class HostingPage(QWidget):
    """Emits HostingSettings as typed: `test_requested` with the secret or "", `secret_removed`, `place_changed`."""

    test_requested = Signal(object, str)
    test_cancelled = Signal()
    secret_removed = Signal(object)
    place_changed = Signal(object)
    hosted_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_testing = False
        self._had_keyboard = False
        self._is_demo = False
        self._make_controls()
        self._compose()
        self._connect()
        self._show_kind()

    def set_settings(self, settings: HostingSettings) -> None:
        """Show *settings*."""
        self._kind.setCurrentIndex(self._kind.findData(settings.kind))
        self._s3.set_settings(settings.s3)
        self._put.set_settings(settings.put)
        self._private.setChecked(settings.is_private)
        self._show_kind()

    def settings(self) -> HostingSettings:
        """Return what stands on the page."""
        kind = HostingKind(self._kind.currentData())
        return HostingSettings(kind, self._s3.settings(), self._put.settings(), self._private.isChecked())

    def check(self) -> bool:
        """Return whether this can be saved; what makes no sense is said beneath its field. No host at all can."""
        is_fit = self._is_demo or self._is_fit()
        if not is_fit:
            self._show_first_problem()
        return is_fit

    def _is_fit(self) -> bool:
        self._private_problem.say("")
        match self._kind.currentData():
            case HostingKind.S3:
                return self._s3.show_problems(self._s3.problems(is_private=self._private.isChecked()))
            case HostingKind.PUT:
                # Both are looked at, so that everything that is wrong is said at once.
                is_possible = self._private_is_possible()
                return self._put.show_problems(self._put.problems()) and is_possible
            case _:
                return True

    def take_secret(self) -> tuple[str, bool]:
        """Return the secret that was typed, or "", and whether it is for this run only; it is forgotten here."""
        field = self._secret()
        if field is None:
            return "", False
        text = self._typed()
        self.clear()
        return text, field.is_for_this_run

    def clear(self) -> None:
        """Forget the secrets that were typed."""
        for field in (self._s3.secret, self._put.secret):
            field.edit.clear()

    def set_secret_state(self, hosting: HostingSettings, state: SecretState, words: str = "") -> None:
        """Show what is known of the secret for the place in *hosting*, unless another one is typed by now."""
        field = self._secret()
        if field is not None and _place(hosting) == _place(self.settings()):
            field.set_state(state)
            if words:
                field.say(words)

    def set_test_result(self, text: str, *, is_good: bool) -> None:
        """Show what came of the test that still runs."""
        if self._is_testing:
            self._set_testing(is_testing=False)
            self._result.say(text, "good" if is_good else "bad")

    def set_demo(self) -> None:
        """Say that the demo needs no host, and take none."""
        self._is_demo = True
        self._demo.say(self.tr("The demo needs no host: its references stay on this computer."), "muted")
        self._choice.setEnabled(False)
        self._show_kind()

    def _make_controls(self) -> None:
        hosted_at = self.tr("References are hosted at")
        self._kind = ComboBox()
        for kind, words in self._kinds():
            self._kind.addItem(words, kind)
        set_name(self._kind, "references_are_hosted_at", hosted_at)
        self.setFocusProxy(self._kind)
        self._choice = Form(hosted_at)
        self._s3, self._put = S3Form(hosted_at), PutForm(hosted_at)
        self._demo = MessageLine()
        self._note = MessageLine()
        self._private = SwitchRow(
            self.tr("Private mode"), self.tr("Only links that end by themselves are made and used.")
        )
        self._private.setObjectName("private_mode")
        self._private_problem = MessageLine()
        self._test = push_button("test_hosting", self.tr("Test"))
        self._test.setToolTip(self.tr("Uploads a small picture, reads it without a key and deletes it; saves nothing"))
        self._hosted = push_button("hosted_pictures", self.tr("Hosted pictures…"))
        self._result = MessageLine()

    def _kinds(self) -> tuple[tuple[HostingKind, str], ...]:
        return (
            (HostingKind.NONE, self.tr("None")),
            (HostingKind.S3, self.tr("S3-compatible storage")),
            (HostingKind.PUT, self.tr("Web server (PUT or WebDAV)")),
        )

    def _compose(self) -> None:
        self._choice.add_row(self.tr("References are hosted at"), self._kind)
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(20, 0, 20, 2)
        column.setSpacing(theme.SPACE_3)
        self._privacy = QWidget()
        privacy = QVBoxLayout(self._privacy)
        privacy.setContentsMargins(0, 0, 0, 0)
        privacy.setSpacing(6)
        privacy.addWidget(self._private)
        privacy.addWidget(self._private_problem)
        self._rule = rule()
        for part in (self._demo, self._choice, self._note, self._s3, self._put, self._rule, self._privacy):
            column.addWidget(part)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._area = scrolled(self._page)
        layout.addWidget(self._area, 1)
        layout.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._test)
        row.addWidget(self._hosted)
        row.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, theme.SPACE_3, 20, 0)
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self._result)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        self._kind.activated.connect(self._change_kind)
        self._private.toggled.connect(lambda: self._private_problem.say(""))
        self._test.clicked.connect(self._ask_for_test)
        self._hosted.clicked.connect(self.hosted_requested)
        for form in (self._s3, self._put):
            form.edited.connect(self._end_test)
            form.place_changed.connect(lambda: self.place_changed.emit(self.settings()))
            form.secret.removed.connect(lambda: self.secret_removed.emit(self.settings()))

    def _change_kind(self) -> None:
        self._end_test()
        self._show_kind()
        self.place_changed.emit(self.settings())

    def _show_kind(self) -> None:
        kind = HostingKind(self._kind.currentData())
        is_host = kind is not HostingKind.NONE and not self._is_demo
        self._s3.setVisible(is_host and kind is HostingKind.S3)
        self._put.setVisible(is_host and kind is HostingKind.PUT)
        for part in (self._rule, self._privacy, self._test):
            part.setVisible(is_host)
        self._private_problem.say("")
        self._note.say(self._note_for(kind), "muted")

    def _note_for(self, kind: HostingKind) -> str:
        if self._is_demo:
            return ""
        if kind is HostingKind.NONE:
            return self.tr(
                "The service fetches references by links. Without a host, only links can be references, no files. "
                "Hosted means: anybody who has the link can read the picture until the link ends or you delete it."
            )
        return self.tr(
            "Hosted means: anybody who has the link can read the picture until the link ends or you delete it."
        )

    def _ask_for_test(self) -> None:
        self._end_test()
        if self.check():
            self._set_testing(is_testing=True)
            self._result.say(self.tr("Testing…"), "muted")
            self.test_requested.emit(self.settings(), self._typed())

    def _end_test(self) -> None:
        """Let nothing be said of what is no longer typed."""
        self._result.say("")
        if self._is_testing:
            self._set_testing(is_testing=False)
            self.test_cancelled.emit()

    def _set_testing(self, *, is_testing: bool) -> None:
        """Let Test rest meanwhile; the keyboard, which such a button loses, comes back to it."""
        self._is_testing = is_testing
        self._had_keyboard = self._test.hasFocus() if is_testing else self._had_keyboard
        self._test.setEnabled(not is_testing)
        if not is_testing and self._had_keyboard and self._hosted.hasFocus():
            self._test.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_first_problem(self) -> None:
        """Scroll to the field that has the keyboard now, and to the sentence beneath it."""
        field, layout = self.focusWidget(), self._page.layout()
        if layout is not None and field is not None:
            layout.activate()
            self._area.ensureWidgetVisible(field, 0, _SENTENCE_PX)

    def _private_is_possible(self) -> bool:
        if self._private.isChecked():
            self._private_problem.say(
                self.tr("A web server's links do not end by themselves, so nothing could be hosted in private mode.")
            )
            self._private.setFocus()
        return not self._private.isChecked()

    def _secret(self) -> SecretField | None:
        match self._kind.currentData():
            case HostingKind.S3:
                return self._s3.secret
            case HostingKind.PUT:
                return self._put.secret
            case _:
                return None

    def _typed(self) -> str:
        field = self._secret()
        if field is None:
            return ""
        # A password may begin with a space; a key of S3 cannot.
        return field.text().strip() if field is self._s3.secret else field.text()


def scrolled(page: QWidget) -> QScrollArea:
    """Return *page* in a frameless area that scrolls when the dialog is lower than the page."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


def _place(hosting: HostingSettings) -> tuple[str, ...]:
    return (hosting.kind, hosting.s3.endpoint, hosting.s3.bucket, hosting.put.upload_url)
