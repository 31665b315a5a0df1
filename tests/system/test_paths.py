"""Where files go on this machine, and how it is told from another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from seedream_desktop.system.paths import data_dir_default, library_default, machine_identity


def test_the_demo_works_in_a_folder_of_its_own_beside_the_real_one() -> None:
    real, demo = data_dir_default(), data_dir_default(demo=True)

    assert real.is_absolute()
    assert demo != real
    assert demo.parent == real.parent


def test_the_library_is_a_folder_of_ours_among_the_users_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_PICTURES_DIR", str(tmp_path / "Bilder"))

    assert library_default().name == "Seedream"
    if sys.platform == "linux":
        assert library_default().parent == tmp_path / "Bilder"


def test_asking_for_a_place_makes_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_PICTURES_DIR", raising=False)

    data_dir_default()
    library_default()

    assert list(tmp_path.iterdir()) == []


def test_a_machine_knows_itself_again_in_another_process() -> None:
    ask = "from seedream_desktop.system.paths import machine_identity; print(machine_identity())"
    other = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == machine_identity()


def test_the_identity_is_hashed_and_hides_the_machines_own_number() -> None:
    identity = machine_identity([lambda: "0123456789abcdef0123456789abcdef"])

    assert len(identity) == 32
    assert int(identity, 16) >= 0
    assert identity != "0123456789abcdef0123456789abcdef"


def test_two_machines_differ() -> None:
    assert machine_identity([lambda: "one"]) != machine_identity([lambda: "two"])


def test_a_source_that_fails_or_is_empty_is_passed_over() -> None:
    def broken() -> str:
        raise PermissionError

    def slow() -> str:
        raise subprocess.TimeoutExpired("ioreg", 5)

    assert machine_identity([broken, slow, lambda: " \n", lambda: "one\n"]) == machine_identity([lambda: "one"])


def test_a_machine_without_any_number_still_has_an_identity() -> None:
    assert machine_identity([lambda: ""]) == machine_identity([lambda: ""])
