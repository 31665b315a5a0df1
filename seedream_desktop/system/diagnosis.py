"""What works on this machine, fact by fact, for `doctor`; it changes nothing but for a file made and removed again.

It asks nobody outside this machine: whoever calls it brings the checks of the service and of the picture formats.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from seedream_desktop.system.keychain import Keychain, KeychainUnavailableError
from seedream_desktop.system.qt_libraries import install_command, missing_libraries

LOW_SPACE_BYTES: Final = 1_000_000_000
LIBRARIES: Final = (
    "PySide6-Essentials",
    "qasync",
    "httpx",
    "Pillow",
    "platformdirs",
    "keyring",
    "truststore",
    "filelock",
    "starlette",
    "uvicorn",
    "obstore",
    "pillow-heif",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: whether it is as the program needs it, and a sentence or a number about it."""

    name: str
    ok: bool
    detail: str


Check = Callable[[], Awaitable[Finding]]


async def diagnose(data_dir: Path, library: Path, keychain: Keychain, further: Sequence[Check] = ()) -> list[Finding]:
    """Return the findings in the order they are shown; *further* checks are made last, one after the other."""
    local = [python_version(), *library_versions(), display(os.environ), qt_libraries()]
    folders = [await asyncio.to_thread(folder, *named) for named in (("data folder", data_dir), ("library", library))]
    return [*local, *folders, await keychain_answers(keychain), *[await check() for check in further]]


def python_version() -> Finding:
    """Return the running Python; 3.11 to 3.13 is supported."""
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", ok, f"{platform.python_version()} on {platform.platform()}")


def library_versions() -> list[Finding]:
    """Return the installed version of every library the program runs on."""
    return [_version(name) for name in LIBRARIES]


def display(environment: Mapping[str, str], system: str = sys.platform) -> Finding:
    """Return whether a window can be opened; commands work without."""
    if system in ("win32", "darwin"):
        return Finding("display", ok=True, detail="the system's own")
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if environment.get(name):
            return Finding("display", ok=True, detail=f"{name}={environment[name]}")
    return Finding(
        "display", ok=False, detail="No display: the window cannot open here. The commands work without one."
    )


def qt_libraries(missing: Mapping[str, str] | None = None) -> Finding:
    """Return whether the system has all that Qt needs, with the command that installs the rest."""
    missing = missing_libraries() if missing is None else missing
    if not missing:
        return Finding("Qt's system libraries", ok=True, detail="all there")
    command = install_command(missing.values())
    return Finding("Qt's system libraries", ok=False, detail=f"Missing: {', '.join(missing)}. Install with: {command}")


def folder(name: str, path: Path) -> Finding:
    """Return whether *path*, or the folder it would be made in, can be written, and the free space there."""
    existing = next((place for place in (path, *path.parents) if place.exists()), path)
    try:
        with tempfile.TemporaryFile(dir=existing):
            free_bytes = shutil.disk_usage(existing).free
    except OSError as error:
        return Finding(name, ok=False, detail=f"{path} cannot be written: {error.strerror or error}")
    note = "" if existing == path else ", not made yet"
    return Finding(name, free_bytes >= LOW_SPACE_BYTES, f"{path}{note}, {free_bytes / 1e9:.1f} GB free")


async def keychain_answers(keychain: Keychain) -> Finding:
    """Return which keychain is in use and whether it answers; a key in it is told of, never shown."""
    try:
        name = await keychain.backend_name()
        key = await keychain.read()
    except KeychainUnavailableError as trouble:
        return Finding("keychain", ok=False, detail=trouble.reason)
    return Finding("keychain", ok=True, detail=f"{name}, {'holds a key' if key else 'holds no key'}")


def _version(name: str) -> Finding:
    try:
        return Finding(name, ok=True, detail=metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, ok=False, detail="not installed")
