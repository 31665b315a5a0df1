"""Settings survive other programs, older and newer ones, and broken files."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.ports import StorageError
from seedream_desktop.store.settings_file import SettingsFile

CHOSEN = Settings(library="/pictures/füchse", price_per_image_usd=Decimal("0.035"), theme=Theme.DARK)


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
