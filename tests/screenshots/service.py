"""The window as it is with a key and a service, which is the simulator; demo mode has no hosting to choose."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from seedream_desktop.app.key import DEMO_KEY
from tests.programs import CHECKOUT
from tests.simulators import SimulatorProcess
from tests.whole.atspi import Bus
from tests.whole.window import Window
from tests.xserver import Desktop

_SECRETS: Final = {"SEEDREAM_API_KEY": DEMO_KEY, "SEEDREAM_HOSTING_SECRET": "of-no-use-to-anybody-f3c8"}
# One that the desktop lent would ask for a password, in front of the window.
_NO_KEYCHAIN: Final = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@contextmanager
def open_window_with_key(desktop: Desktop, folder: Path) -> Iterator[Window]:
    """Start the program with its data in *folder* and end it, and its service, at the end."""
    with SimulatorProcess() as service, Bus(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as bus:
        command = [sys.executable, "-m", "seedream_desktop", "--base-url", service.url]
        command += ["--data-dir", str(folder / "data"), "--library", str(folder / "Seedream")]
        environment = {**desktop.environment, **_SECRETS, **_NO_KEYCHAIN}
        with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield Window(bus, process)
            finally:
                process.kill()
