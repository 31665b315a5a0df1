"""A desktop of our own for programs with a window: X server, window manager, session bus and accessibility bus.

Nothing of the machine's own desktop is touched; what was started is ended by its process id.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_PROGRAMS: Final = ("Xvfb", "openbox", "dbus-daemon")
_LAUNCHERS: Final = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))
# Displays that people use have low numbers.
_FIRST_DISPLAY: Final = 70
_DISPLAYS: Final = 60
START_LIMIT_S: Final = 30.0
_END_LIMIT_S: Final = 5.0
_POLL_S: Final = 0.02
# A desktop of the user's would lend the program its own file dialogs, theme, scale and buses.
_FOREIGN: Final = (
    "QT_",
    "XDG_",
    "DBUS_",
    "GTK_",
    "GDK_",
    "KDE_",
    "AT_SPI_",
    "DESKTOP_",
    "WAYLAND_",
    "XAUTHORITY",
    "SEEDREAM_",
)


@dataclass(frozen=True)
class Desktop:
    """What a program needs to be started on this desktop."""

    # Not in any report: it holds all that the tests' own environment holds.
    environment: dict[str, str] = field(repr=False)
    frame_buffer: Path


def missing_programs() -> list[str]:
    """Return what this machine lacks for a desktop of our own, by the names people know; empty when it can be had."""
    if sys.platform != "linux":
        return ["an X server"]
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    return missing if _launcher() else [*missing, "AT-SPI"]


@contextmanager
def running_desktop(
    width_px: int = 1440, height_px: int = 900, *, has_window_manager: bool = True
) -> Iterator[Desktop]:
    """Start everything, yield how to use it, and end it all in reverse order."""
    with ExitStack() as stack:
        # Not pytest's folder: the path of a Unix socket may have 107 bytes.
        runtime = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True)))
        stack.callback(_end_strays, runtime)
        display = _start_x(runtime, (width_px, height_px), stack)
        environment = _environment(runtime, display)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(environment, stack)
        stack.enter_context(_child([str(_launcher()), "--launch-immediately"], environment))
        if has_window_manager:
            stack.enter_context(_child(["openbox", "--sm-disable"], environment))
        yield Desktop(environment, runtime / "Xvfb_screen0")


def wait_until(is_so: Callable[[], bool], what: str, limit_s: float = START_LIMIT_S) -> None:
    """Return as soon as *is_so*; raises TimeoutError naming *what* was waited for."""
    end_s = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > end_s:
            raise TimeoutError(f"waited {limit_s:.0f} s in vain: {what}")
        time.sleep(_POLL_S)


def _launcher() -> Path | None:
    return next((path for path in _LAUNCHERS if path.exists()), None)


def _environment(runtime: Path, display: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {
        **kept,
        "HOME": str(runtime),
        "XDG_RUNTIME_DIR": str(runtime),
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }


def _start_x(runtime: Path, size_px: tuple[int, int], stack: ExitStack) -> str:
    """Start the X server on the first free display and return that; its pixels are a file in *runtime*."""
    for number in range(_FIRST_DISPLAY, _FIRST_DISPLAY + _DISPLAYS):
        reader, writer = os.pipe()
        command = ["Xvfb", f":{number}", "-displayfd", str(writer), "-screen", "0", f"{size_px[0]}x{size_px[1]}x24"]
        command += ["-fbdir", str(runtime), "-nolisten", "tcp", "-nocursor", "-noreset"]
        server = subprocess.Popen(command, pass_fds=(writer,), start_new_session=True, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader, "rb") as greeting:
            is_ready = bool(greeting.readline())
        if is_ready:
            stack.callback(_end, server)
            return f":{number}"
        server.wait()
    raise RuntimeError("no X server could be started")


def _start_bus(environment: dict[str, str], stack: ExitStack) -> str:
    """Start a session bus and return its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"]
    bus = stack.enter_context(_child(command, environment, stdout=subprocess.PIPE))
    assert bus.stdout is not None
    with bus.stdout:
        address: str = bus.stdout.readline().decode().strip()
    return address


@contextmanager
def _child(
    command: list[str], environment: dict[str, str], stdout: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, env=environment, stdout=stdout, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_strays(runtime: Path) -> None:
    """End what a bus started on demand: it is known by the runtime folder, which only this desktop has."""
    for pid in processes_with(f"XDG_RUNTIME_DIR={runtime}"):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def processes_with(setting: str) -> list[int]:
    """Return the processes that were started with *setting*, such as ``NAME=value``, in their environment."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _has(folder / "environ", setting)]


def _has(environ: Path, setting: str) -> bool:
    try:
        return setting.encode() in environ.read_bytes().split(b"\0")
    except OSError:
        return False
