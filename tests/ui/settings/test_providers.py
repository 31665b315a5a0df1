"""Providers of storage: what each brings into the fields, and how an endpoint tells its own."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.hosting import HostingKind, HostingSettings, S3Settings
from seedream_desktop.ui.settings.providers import Provider, provider_of, region_in
from tests.ui.settings.hosting_desk import R2, S3, Desk


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
