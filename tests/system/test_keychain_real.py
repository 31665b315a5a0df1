"""The keychain against the real Secret Service: gnome-keyring on a D-Bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed on this machine: {', '.join(MISSING)}")

ROUND_TRIP = """
import asyncio
from seedream_desktop.system.keychain import Keychain
from seedream_desktop.system.secret import Secret

async def main():
    chain = Keychain()
    print(await chain.backend_name())
    print(await chain.read())
    await chain.write(Secret("sk-live-0123456789"))
    print((await chain.read()).reveal())
    await chain.write(Secret("sk-second"))
    print((await chain.read()).reveal())
    await chain.delete()
    print(await chain.read())

asyncio.run(main())
"""
LOCKED = """
import asyncio
from seedream_desktop.system.keychain import Keychain, KeychainUnavailableError

async def main():
    try:
        print(await Keychain(limit_s=2.0).read())
    except KeychainUnavailableError as error:
        print("unavailable:", error.reason)

asyncio.run(main())
"""


def under_a_session_bus(script: str, home: Path, unlock: str) -> list[str]:
    """Run *script* on a fresh bus after the shell line *unlock*; return its lines."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "data"),
    }
    shell = f'{unlock}\nexec "$0" -c "$1"'
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell, sys.executable, script],
        env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_key_makes_the_round_trip_through_the_real_secret_service(tmp_path: Path) -> None:
    unlock = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"

    name, empty, first, second, deleted = under_a_session_bus(ROUND_TRIP, tmp_path, unlock)

    assert "SecretService" in name
    assert (empty, first, second, deleted) == ("None", "sk-live-0123456789", "sk-second", "None")


def test_a_session_without_any_keychain_is_told_and_not_waited_for(tmp_path: Path) -> None:
    (line,) = under_a_session_bus(LOCKED, tmp_path, "export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")

    assert line.startswith("unavailable: ")
