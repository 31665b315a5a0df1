"""The hosting page: what is typed goes out as values, what makes no sense is told beside its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.hosting import HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.hosting_backend import SecretState
from seedream_desktop.ui.settings import checks
from seedream_desktop.ui.settings.providers import Provider, provider_of, region_in
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


@pytest.fixture(autouse=True, scope="module")
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT)


def test_what_is_shown_and_not_changed_is_saved_as_it_was(qtbot: QtBot) -> None:
    for hosting in (HostingSettings(), S3, PUT, replace(S3, is_private=True)):
        desk = Desk(qtbot, hosting)
        desk.press("save")
        assert desk.saved == [hosting]
        assert desk.secrets == []


@pytest.mark.parametrize(
    ("hosting", "names"),
    [
        (
            S3,
            [
                *("References are hosted at", "Provider", "Endpoint", "Bucket", "Region", "Access key ID"),
                *("Secret access key", "Folder", "Links live", "Public address", "Private mode"),
            ],
        ),
        (PUT, ["References are hosted at", "Upload address", "User", "Password or token", "Public address"]),
    ],
)
def test_every_field_is_named_by_its_label(qtbot: QtBot, hosting: HostingSettings, names: list[str]) -> None:
    desk = Desk(qtbot, hosting)
    kinds = (QLineEdit, ComboBox, QSpinBox, QCheckBox)
    seen = [widget for kind in kinds for widget in desk.dialog.findChildren(kind) if widget.isVisible()]
    fields = [field for field in seen if field.objectName() != "qt_spinbox_lineedit"]

    assert {_name(desk, field) for field in fields} >= set(names)
    assert all(_name(desk, field) for field in fields)


def _name(desk: Desk, field: QWidget) -> str:
    if isinstance(field, QCheckBox):
        return QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name)
    [label] = [label.text() for label in desk.dialog.findChildren(QLabel) if label.buddy() is field]
    assert label == field.accessibleName()
    return label


@pytest.mark.parametrize("hosting", [HostingSettings(), S3, PUT])
def test_what_hosted_means_is_always_said(qtbot: QtBot, hosting: HostingSettings) -> None:
    desk = Desk(qtbot, hosting)
    lines = [line.text() for line in desk.dialog.findChildren(MessageLine) if line.isVisible()]
    assert any(
        "anybody who has the link can read the picture until the link ends or you delete it" in each for each in lines
    )


def test_no_host_can_be_chosen_whatever_nonsense_stands_in_the_other_fields(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("bucket", "a b")
    desk.choose("references_are_hosted_at", "None")

    desk.press("save")

    assert [hosting.kind for hosting in desk.saved] == [HostingKind.NONE]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("endpoint", "http://minio.example:9000", "must begin with https://"),
        ("endpoint", "https://<account>.r2.cloudflarestorage.com", "your own words"),
        ("endpoint", "storage.example", "no address"),
        ("endpoint", "https://storage.example/other", "the server alone"),
        ("endpoint", "https://anna:pw@storage.example", "fields of their own"),
        ("endpoint", "https://storage.example?x=1", "what follows"),
        ("bucket", "", "bucket's name is missing"),
        ("bucket", "my bucket", "bucket's name has"),
        ("region", "", "region is missing"),
        ("access_key_id", "", "access key ID is missing"),
        ("access_key_id", "AK IA", "no spaces"),
        ("secret_access_key", "two words", "no spaces"),
        ("folder_in_the_bucket", "../up", "A folder"),
        ("public_address", "http://pics.example", "must begin with https://"),
    ],
)
@pytest.mark.parametrize("button", ["save", "test_hosting"])
def test_what_makes_no_sense_is_told_beside_its_field(
    qtbot: QtBot, button: str, name: str, text: str, said: str
) -> None:
    desk = Desk(qtbot, S3)
    desk.type(name, text)
    desk.dialog.set_secret_state(desk.dialog.hosting(), SAVED)

    desk.press(button)

    assert [sentence for sentence in desk.said() if said in sentence]
    assert len(desk.said()) == 1
    assert (desk.saved, desk.tests, desk.secrets) == ([], [], [])
    assert desk.field(name).text() == text
    desk.type(name, "x")
    assert desk.said() == []


@pytest.mark.parametrize("endpoint", ["http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000"])
def test_a_storage_on_this_computer_may_be_asked_without_encryption(endpoint: str) -> None:
    assert checks.endpoint_problem(endpoint, "foxes") == ""


def test_an_endpoint_as_cloudflare_shows_it_with_the_bucket_at_its_end_is_taken() -> None:
    assert checks.endpoint_problem("https://4f2a.r2.cloudflarestorage.com/foxes", "foxes") == ""


def test_without_a_saved_secret_one_has_to_be_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3, NOT_SAVED)
    desk.press("save")
    assert "secret access key is missing" in desk.said()[0]

    desk.type("secret_access_key", SECRET)
    desk.press("save")

    assert desk.secrets == [(S3, SECRET, False)]
    assert desk.saved == [S3]


def test_a_secret_is_never_shown_and_forgotten_when_it_was_handed_over(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("secret_access_key", SECRET)
    field = desk.field("secret_access_key")
    assert SECRET not in field.displayText()
    assert "DENG" in field.placeholderText()

    desk.press("save")

    assert field.text() == ""
    assert SECRET not in repr(desk.saved)


def test_escape_forgets_the_secret(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("secret_access_key", SECRET)
    field = desk.field("secret_access_key")

    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)

    assert field.text() == ""
    assert desk.secrets == []


def test_without_a_keychain_the_secret_is_for_this_run(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3, NO_KEYCHAIN)
    labels = [label.text() for label in desk.dialog.findChildren(QLabel) if label.isVisible()]
    assert any("kept for this run only" in text for text in labels)

    desk.type("secret_access_key", SECRET)
    desk.press("save")

    assert desk.secrets == [(S3, SECRET, True)]


def test_a_saved_secret_belongs_to_its_place_alone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    with qtbot.waitSignal(desk.dialog.host_place_changed) as asked:
        desk.type("bucket", "wolves")
    assert asked.args == [replace(S3, s3=replace(R2, bucket="wolves"))]

    desk.dialog.set_secret_state(desk.dialog.hosting(), NOT_SAVED)
    desk.dialog.set_secret_state(S3, SAVED)  # an answer that comes too late

    desk.press("save")
    assert "secret access key is missing" in desk.said()[0]


def test_a_saved_secret_can_be_removed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    with qtbot.waitSignal(desk.dialog.host_secret_removed) as asked:
        desk.press("remove_secret_access_key")
    assert asked.args == [S3]

    desk.dialog.set_secret_state(S3, NOT_SAVED, "The secret was removed.")

    labels = [label.text() for label in desk.dialog.findChildren(QLabel) if label.isVisible()]
    assert "The secret was removed." in labels
    assert [
        each for each in desk.dialog.findChildren(QPushButton, "remove_secret_access_key") if each.isVisible()
    ] == []


def test_a_test_takes_what_is_typed_and_saves_nothing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.type("bucket", "wolves")
    desk.type("secret_access_key", f" {SECRET} ")

    desk.press("test_hosting")

    assert desk.tests == [(replace(S3, s3=replace(R2, bucket="wolves")), SECRET)]
    assert (desk.saved, desk.secrets) == ([], [])
    assert desk.said() == ["Testing…"]
    assert not desk.button("test_hosting").isEnabled()

    desk.dialog.set_test_result("It works.", True)
    assert desk.said() == ["It works."]
    assert desk.button("test_hosting").isEnabled()


def test_changing_a_field_ends_the_test_and_its_late_answer_is_not_shown(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.press("test_hosting")
    desk.type("folder_in_the_bucket", "other")

    assert len(desk.cancelled) == 1
    desk.dialog.set_test_result("It works.", True)
    assert desk.said() == []


def test_the_saved_secret_is_tested_when_none_is_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.press("test_hosting")
    assert desk.tests == [(S3, "")]


def test_a_provider_brings_its_region_and_the_pattern_of_its_endpoint(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HostingSettings(HostingKind.S3, S3Settings(bucket="foxes")))
    assert desk.dialog.findChildren(QLineEdit, "endpoint")[0].isHidden() or not _is_seen(desk, "endpoint")

    desk.choose("storage_provider", "Cloudflare R2")

    assert desk.field("endpoint").placeholderText() == "https://<account>.r2.cloudflarestorage.com"
    assert desk.field("region").text() == "auto"


def test_a_region_of_the_users_own_is_left_alone(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HostingSettings(HostingKind.S3, S3Settings(region="eu-north-1")))
    desk.choose("storage_provider", "MinIO or other")
    assert desk.field("region").text() == "eu-north-1"


def test_an_endpoint_comes_back_with_its_provider(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.choose("storage_provider", "AWS S3")
    assert not _is_seen(desk, "endpoint")
    assert desk.dialog.hosting().s3.endpoint == ""

    desk.choose("storage_provider", "Cloudflare R2")

    assert desk.dialog.hosting().s3.endpoint == R2.endpoint


def _is_seen(desk: Desk, name: str) -> bool:
    return any(field.isVisible() for field in desk.dialog.findChildren(QLineEdit, name))


@pytest.mark.parametrize(
    ("endpoint", "provider", "region"),
    [
        ("", Provider.AWS, ""),
        ("https://4f2a.r2.cloudflarestorage.com", Provider.R2, ""),
        ("https://4f2a.eu.r2.cloudflarestorage.com", Provider.R2, ""),
        ("https://s3.us-west-004.backblazeb2.com", Provider.B2, "us-west-004"),
        ("https://backblazeb2.com.evil.example", Provider.OTHER, ""),
        ("https://minio.example:9000", Provider.OTHER, ""),
        ("https://[broken", Provider.OTHER, ""),
    ],
)
def test_the_endpoint_tells_the_provider(endpoint: str, provider: Provider, region: str) -> None:
    assert (provider_of(endpoint), region_in(endpoint)) == (provider, region)


def test_private_mode_refuses_a_public_address(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(S3, is_private=True))
    desk.type("public_address", "https://pics.example")

    desk.press("save")

    assert desk.saved == []
    assert "private mode" in desk.said()[0]


def test_private_mode_refuses_a_web_server_until_it_is_turned_off(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(PUT, is_private=True))
    desk.press("save")
    assert desk.saved == []
    assert "do not end by themselves" in desk.said()[0]

    switch = desk.dialog.findChild(QCheckBox, "private_mode")
    assert isinstance(switch, QCheckBox)
    switch.click()
    assert desk.said() == []
    desk.press("save")

    assert desk.saved == [PUT]


@pytest.mark.parametrize(
    ("user", "password", "said"),
    [("anna", "two words, ünlike a key", ""), ("", "two words", "no spaces"), ("", "töken", "no spaces"), ("", "", "")],
)
def test_a_password_may_be_anything_and_a_token_may_not(qtbot: QtBot, user: str, password: str, said: str) -> None:
    desk = Desk(qtbot, PUT, NOT_SAVED)
    desk.type("user", user)
    desk.field("password_or_token").setText(password)

    desk.press("save")

    assert said in " ".join(desk.said())
    assert bool(desk.saved) == (said == "")


def test_links_at_a_public_address_have_no_life_to_choose(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    days = desk.dialog.findChild(QSpinBox, "links_live")
    assert isinstance(days, QSpinBox)
    assert days.isEnabled()

    desk.type("public_address", "https://pics.example")

    assert not days.isEnabled()


def test_the_demo_says_that_it_needs_no_host_and_can_be_saved(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HostingSettings())
    desk.dialog.set_demo()

    assert "demo needs no host" in desk.said()[0]
    kind = desk.dialog.findChild(ComboBox, "references_are_hosted_at")
    assert isinstance(kind, ComboBox)
    assert not kind.isEnabled()
    desk.press("save")
    assert desk.saved == [HostingSettings()]


def test_the_panel_of_hosted_pictures_can_be_asked_for(qtbot: QtBot) -> None:
    desk = Desk(qtbot, HostingSettings())
    with qtbot.waitSignal(desk.dialog.hosted_requested):
        desk.press("hosted_pictures")


@pytest.mark.parametrize(("hosting", "name"), [(S3, "endpoint"), (S3, "public_address"), (PUT, "upload_address")])
def test_a_small_window_scrolls_to_what_is_wrong(qtbot: QtBot, hosting: HostingSettings, name: str) -> None:
    desk = Desk(qtbot, hosting)
    desk.dialog.resize(560, 420)
    desk.type(name, "http://files.example")
    desk.field("public_address").setFocus()
    qtbot.wait(10)

    desk.press("save")
    qtbot.wait(10)

    seen = desk.field(name).visibleRegion().boundingRect()
    assert seen.height() == desk.field(name).height()
    [line] = [each for each in desk.dialog.findChildren(MessageLine) if "https://:" in each.text()]
    assert line.visibleRegion().boundingRect().height() == line.height()


def test_everything_on_the_page_can_be_reached_in_a_small_window(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.dialog.resize(560, 420)
    field = desk.field("public_address")

    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(desk.field("folder_in_the_bucket"), Qt.Key.Key_Tab)
    qtbot.wait(10)

    assert desk.button("save").isVisible()
    assert desk.button("test_hosting").isVisible()
    assert desk.dialog.minimumSize().height() <= 420


def test_the_keyboard_comes_back_to_the_button_that_rested_during_the_test(qtbot: QtBot) -> None:
    desk = Desk(qtbot, S3)
    desk.dialog.activateWindow()
    button = desk.button("test_hosting")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)

    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not button.hasFocus()
    desk.dialog.set_test_result("It works.", True)

    assert button.hasFocus()


def test_opened_for_hosting_the_keyboard_stands_on_the_choice_of_the_host(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(), page="hosting")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()

    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    assert QApplication.focusWidget() is dialog.findChild(ComboBox, "references_are_hosted_at")
