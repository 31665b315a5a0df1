"""What `doctor` finds on machines in good and in poor health."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring

from seedream_desktop.system.diagnosis import LIBRARIES, Finding, diagnose, display, folder, qt_libraries
from seedream_desktop.system.keychain import Keychain


class KeyringWithKey(KeyringBackend):
    """A keychain with a key in it."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is not annotated here

    def get_password(self, service: str, username: str) -> str:
        return "sk-live-0123456789"

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("a diagnosis writes no key")


class HangingKeyring(KeyringWithKey):
    def get_password(self, service: str, username: str) -> str:
        threading.Event().wait()
        return ""


async def reachable() -> Finding:
    return Finding("service", ok=True, detail="answers, balance $72.95")


async def findings(tmp_path: Path, backend: KeyringBackend) -> dict[str, Finding]:
    chain = Keychain(load=lambda: backend, limit_s=0.2)
    found = await diagnose(tmp_path / "data", tmp_path / "pictures", chain, [reachable])
    assert len({finding.name for finding in found}) == len(found)
    return {finding.name: finding for finding in found}


async def test_everything_of_interest_is_found(tmp_path: Path) -> None:
    found = await findings(tmp_path, KeyringWithKey())

    assert {"Python", "display", "Qt's system libraries", "data folder", "library", "keychain", "service"} <= set(found)
    assert all(found[name].ok and found[name].detail[0].isdigit() for name in LIBRARIES)
    assert found["Python"].ok
    assert found["service"].detail == "answers, balance $72.95"


async def test_a_key_is_told_of_and_never_shown(tmp_path: Path) -> None:
    found = await findings(tmp_path, KeyringWithKey())

    assert found["keychain"].ok
    assert "holds a key" in found["keychain"].detail
    assert "sk-live" not in str(found)


@pytest.mark.parametrize(("backend", "words"), [(FailKeyring, "no keychain"), (HangingKeyring, "did not answer")])
async def test_a_keychain_in_trouble_is_a_finding_and_no_error(
    tmp_path: Path, backend: type[KeyringBackend], words: str
) -> None:
    found = await findings(tmp_path, backend())

    assert not found["keychain"].ok
    assert words in found["keychain"].detail


def test_a_folder_that_can_be_written_tells_its_free_space_and_stays_as_it_was(tmp_path: Path) -> None:
    found = folder("data folder", tmp_path)

    assert str(tmp_path) in found.detail
    assert "GB free" in found.detail
    assert list(tmp_path.iterdir()) == []


def test_a_folder_not_made_yet_is_judged_by_where_it_would_be(tmp_path: Path) -> None:
    found = folder("library", tmp_path / "a" / "b")

    assert "not made yet" in found.detail
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")

    found = folder("data folder", tmp_path / "data")

    assert not found.ok
    assert str(tmp_path / "data") in found.detail


@pytest.mark.parametrize(
    ("environment", "system", "ok"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_known_by_its_environment(environment: dict[str, str], system: str, ok: bool) -> None:
    assert display(environment, system).ok is ok


def test_missing_system_libraries_come_with_the_command_that_brings_them() -> None:
    found = qt_libraries({"libxcb-cursor.so.0": "libxcb-cursor0"})

    assert not found.ok
    assert "libxcb-cursor.so.0" in found.detail
    assert found.detail.endswith("apt-get install -y --no-install-recommends libxcb-cursor0")
    assert qt_libraries({}).ok
