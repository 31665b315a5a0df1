"""Settings survive other programs, older and newer ones, and broken files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from seedream_desktop.domain.hosting import HostingKind, HostingSettings, PutSettings, S3Settings
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.settings_file import SettingsFile

HOSTING = HostingSettings(
    HostingKind.S3,
    S3Settings("https://eu.example", "auto", "fox", "AKIA1", "refs", "https://pics.example/fox", 3),
    PutSettings("https://dav.example/up", "anna", "https://dav.example/show"),
    is_private=True,
)
CHOSEN = Settings("/pictures/füchse", Decimal("0.035"), Theme.DARK, HOSTING, copies_carry_recipe=True)


async def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    await SettingsFile(tmp_path / "data" / "settings.json").save(CHOSEN)

    assert SettingsFile(tmp_path / "data" / "settings.json").load() == CHOSEN


def test_without_a_file_there_are_defaults_and_still_no_file(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "settings.json").load() == Settings()
    assert list(tmp_path.iterdir()) == []


async def test_keys_of_a_newer_program_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"future": [1, 2], "theme": "light"}))

    await SettingsFile(path).save(CHOSEN)

    assert json.loads(path.read_text())["future"] == [1, 2]
    assert SettingsFile(path).load() == CHOSEN


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_kept_aside_and_defaults_are_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    assert SettingsFile(path).load() == Settings()

    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("settings.broken-")
    assert aside.read_bytes() == content


@pytest.mark.parametrize("price", ["NaN", "-1", "Infinity", "much", None, [], {}])
def test_a_value_that_makes_no_sense_costs_only_itself(tmp_path: Path, price: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"price_per_image_usd": price, "theme": "plaid", "library": "/pictures"}))

    assert SettingsFile(path).load() == Settings(library="/pictures")


async def test_a_folder_that_cannot_be_used_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StorageError):
        await SettingsFile(tmp_path / "file" / "settings.json").save(CHOSEN)


async def test_hosting_is_kept_beside_what_a_newer_program_wrote_there(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hosting": {"future": 1, "kind": "none", "s3": {"storage_class": "cold"}}}))

    await SettingsFile(path).save(CHOSEN)

    written = json.loads(path.read_text())["hosting"]
    assert (written["future"], written["s3"]["storage_class"]) == (1, "cold")
    assert SettingsFile(path).load().hosting == HOSTING


@pytest.mark.parametrize("hosting", [None, [], "s3", 7])
def test_hosting_that_is_no_object_is_none(tmp_path: Path, hosting: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hosting": hosting}))

    assert SettingsFile(path).load().hosting == HostingSettings()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"kind": "carrier pigeon"}, HostingSettings()),
        ({"kind": "put", "private": "yes"}, HostingSettings(HostingKind.PUT)),
        ({"private": True, "put": 3}, HostingSettings(is_private=True)),
        ({"s3": {"bucket": ["b"], "region": "auto"}}, HostingSettings(s3=S3Settings(region="auto"))),
        *(({"s3": {"link_days": days}}, HostingSettings()) for days in (0, 8, True, 2.5, "3", None)),
    ],
)
def test_a_hosting_value_that_makes_no_sense_costs_only_itself(
    tmp_path: Path, values: object, expected: HostingSettings
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"hosting": values}))

    assert SettingsFile(path).load().hosting == expected


async def test_only_the_listed_fields_of_hosting_are_written(tmp_path: Path) -> None:
    """A field that is added to the values, a secret perhaps, reaches the file only when somebody decides so here."""
    path = tmp_path / "settings.json"

    await SettingsFile(path).save(CHOSEN)

    hosting = json.loads(path.read_text())["hosting"]
    assert set(hosting) == {"kind", "private", "s3", "put"}
    s3 = {"endpoint", "region", "bucket", "access_key_id", "prefix", "public_base_url", "link_days"}
    assert (set(hosting["s3"]), set(hosting["put"])) == (s3, {"upload_url", "user", "public_base_url"})
