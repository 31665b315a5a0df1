"""The hosting page: what is typed goes out as values, what makes no sense is told beside its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.hosting import HostingKind, HostingSettings
from seedream_desktop.domain.settings import Settings
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.settings import checks
from seedream_desktop.ui.settings_dialog import SettingsDialog
from tests.ui.settings.hosting_desk import PUT, S3, SAVED, Desk


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


def test_opened_for_hosting_the_keyboard_stands_on_the_choice_of_the_host(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(), page="hosting")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()

    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    assert QApplication.focusWidget() is dialog.findChild(ComboBox, "references_are_hosted_at")
