"""Where this machine wants our files, and what tells this machine from another. Creates nothing."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

APP_FOLDER: Final = "seedream-desktop"
LIBRARY_FOLDER: Final = "Seedream"
_MACHINE_ID_FILES: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_MULTICAST_BIT: Final = 1 << 40


def data_dir_default(*, demo: bool = False) -> Path:
    """Return the platform's own place for our data; the demo has a folder of its own beside it."""
    import platformdirs

    return platformdirs.user_data_path(f"{APP_FOLDER}-demo" if demo else APP_FOLDER, appauthor=False)


def library_default() -> Path:
    """Return the folder for finished pictures: ``Seedream`` in the platform's Pictures folder."""
    import platformdirs

    return platformdirs.user_pictures_path() / LIBRARY_FOLDER


def machine_identity(sources: Sequence[Callable[[], str]] | None = None) -> str:
    """Return 32 hex digits that stay the same on this machine and differ on another.

    *sources* are asked in order until one gives a text; an OSError means none. The machine's own number never
    leaves this function unhashed, as machine-id(5) asks.
    """
    found = next((text for text in map(_ask, sources or _SOURCES) if text), platform.node())
    return hashlib.sha256(f"{APP_FOLDER}:{found}".encode()).hexdigest()[:32]


def _ask(source: Callable[[], str]) -> str:
    try:
        return source().strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def _linux_id() -> str:
    path = next((path for path in _MACHINE_ID_FILES if path.is_file()), None)
    return path.read_text(encoding="ascii", errors="replace") if path else ""


def _windows_id() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    return ""


def _macos_id() -> str:
    if sys.platform == "darwin":
        command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
        listing = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)
        return next((line.split('"')[3] for line in listing.stdout.splitlines() if "IOPlatformUUID" in line), "")
    return ""


def _network_card_id() -> str:
    """The card's address; empty when Python had to invent one, marked by the multicast bit (RFC 9562)."""
    number = uuid.getnode()
    return "" if number & _MULTICAST_BIT else f"{number:012x}"


_SOURCES: Final[tuple[Callable[[], str], ...]] = (_linux_id, _windows_id, _macos_id, _network_card_id)
