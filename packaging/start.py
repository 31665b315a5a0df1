"""The two commands of the README, from a fresh checkout: ``start.py demo`` and ``start.py test``.

It makes a virtual environment, fills it from requirements.lock, looks for the system libraries that Qt needs and then
runs the program or its tests. It needs nothing but Python's standard library, and works again in a moment when all of
that is done already.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent
LOCK = CHECKOUT / "requirements.lock"
STAMP = "seedream-desktop.stamp"
OLDEST, NEWEST = (3, 11), (3, 13)
DEMO_PROMPT = "a red fox in fresh snow"
DEMO_WITHOUT_WINDOW = (
    "--time-scale", "0.02", "generate", DEMO_PROMPT, "--resolution", "2K", "--aspect-ratio", "16:9", "--count", "4",
)  # fmt: skip
# Programs that some tests start, and the Debian packages that bring them.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
}
AT_SPI_LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))


# A test waits for a third of its time: three at once keep two cores busy. Whole windows are watched by the clock: of
# them there are no more than cores.
WHOLE_WINDOWS = ("-n", "2", "--dist", "loadfile", "tests/whole")
ALL_ELSE = ("-n", "3", "--dist", "loadfile", "--ignore=tests/whole")


class TroubleError(Exception):
    """Something a person can mend; the text says how."""


class Check(NamedTuple):
    """One of the tools that look at the source."""

    name: str
    command: tuple[str, ...]


CHECKS = (
    Check("ruff check", ("ruff", "check", ".")),
    Check("ruff format", ("ruff", "format", "--check", ".")),
    Check("mypy --strict", ("mypy",)),
    Check("import contracts", ("lint-imports",)),
)


def main(arguments: list[str]) -> int:
    """Do what *arguments* ask for and return the exit code."""
    options, extra = parse(arguments)
    try:
        check_python()
        prepare_system(for_tests=options.job == "test")
        venv = prepare_venv(options.venv.expanduser().absolute())
        return run_tests(venv, extra) if options.job == "test" else run_demo(venv, extra)
    except TroubleError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Return our options, and what stands after ``--`` for the program or for pytest."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=("demo", "test"), help="demo: the main job, free of charge; test: all checks")
    parser.add_argument("--venv", type=Path, default=CHECKOUT / ".venv", help="the virtual environment, default .venv")
    return parser.parse_args(arguments[:cut]), arguments[cut + 1 :]


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:2])) -> None:
    """Raise TroubleError when this Python is not one that the program is made for."""
    if not OLDEST <= version <= NEWEST:
        running = ".".join(map(str, version))
        raise TroubleError(f"Seedream Desktop needs Python 3.11, 3.12 or 3.13; this is Python {running}.")


# --- the system ---------------------------------------------------------------------------------------------------


def prepare_system(*, for_tests: bool) -> None:
    """Install what Qt and Python's venv need of the system, or say how; raises TroubleError when it must be done."""
    needed = {**missing_venv(), **missing_for_qt()}
    wished = missing_for_tests() if for_tests else {}
    if needed or wished:
        install_or_tell(needed, wished, apt_install if may_install() else None)


def install_or_tell(
    needed: dict[str, str], wished: dict[str, str], install: Callable[[list[str]], None] | None
) -> None:
    """Give the packages to *install* where we may; else demand the needed and mention the wished ones."""
    packages = sorted({*needed.values(), *wished.values()})
    if install is not None:
        install(packages)
        return
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    if needed:
        raise TroubleError(
            f"Missing on this system: {', '.join(needed)}.\nOn Debian or Ubuntu install with:\n  {command}"
        )
    print(
        f"Some tests will be skipped, for want of: {', '.join(wished)}. On Debian or Ubuntu install with:\n  {command}"
    )


def missing_venv() -> dict[str, str]:
    """Return Python's own parts that Debian keeps in a package apart."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return {}
    return {"Python's venv": f"python3.{sys.version_info.minor}-venv"}


def missing_for_qt() -> dict[str, str]:
    """Return the missing system libraries with their packages; the list is the program's own."""
    sys.path.insert(0, str(CHECKOUT))
    try:
        from seedream_desktop.system.qt_libraries import missing_libraries
    finally:
        sys.path.remove(str(CHECKOUT))
    return missing_libraries()


def missing_for_tests() -> dict[str, str]:
    """Return the programs that some tests start and this system lacks."""
    if sys.platform != "linux":
        return {}
    missing = {program: package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)}
    if not any(path.exists() for path in AT_SPI_LAUNCHERS):
        missing["AT-SPI"] = "at-spi2-core"
    return missing


def may_install() -> bool:
    """Return whether this is root on a system with apt-get."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    """Install Debian *packages*; raises TroubleError with apt's own words when that fails."""
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages]):
        ended = subprocess.run(["apt-get", *arguments], env=environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise TroubleError(f"apt-get {arguments[0]} failed:\n{tail(ended.stderr or ended.stdout)}")


# --- the virtual environment --------------------------------------------------------------------------------------


def prepare_venv(folder: Path) -> Path:
    """Make *folder* a virtual environment with everything in the lock file and the project itself; return it."""
    if is_up_to_date(folder):
        return folder
    make_venv(folder)
    print("Installing the libraries of requirements.lock, about 190 MB the first time…", flush=True)
    pip(folder, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    pip(folder, "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT))
    compile_program(folder)
    (folder / STAMP).write_text("\n".join(wanted_stamp()), encoding="utf-8")
    return folder


def is_up_to_date(folder: Path) -> bool:
    """Return whether *folder* was filled by us, for this Python and this place, from the files as they are now."""
    return read_stamp(folder) == wanted_stamp() and python_of(folder).exists()


def make_venv(folder: Path) -> None:
    """Make the environment or complete it; afresh when it is ours and was for another Python or another place."""
    stamp = read_stamp(folder)
    if folder.exists() and not (folder / "pyvenv.cfg").exists() and any(folder.iterdir()):
        raise TroubleError(f"The folder {folder} is no virtual environment. Remove it, or name another by --venv.")
    if python_of(folder).exists() and not stamp:
        refuse_other_python(folder)
    afresh = ["--clear"] if stamp and stamp[:2] != wanted_stamp()[:2] else []
    print(f"Making the virtual environment {folder}…", flush=True)
    command = [sys.executable, "-m", "venv", *afresh, str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise TroubleError(f"The virtual environment could not be made:\n{tail(ended.stderr or ended.stdout)}")


def refuse_other_python(folder: Path) -> None:
    """Raise TroubleError when the environment somebody else made is for another Python than this one."""
    probe = [str(python_of(folder)), "-c", "import sys; print(*sys.version_info[:2])"]
    ended = subprocess.run(probe, capture_output=True, text=True, check=False)
    if ended.stdout.split() != [str(part) for part in sys.version_info[:2]]:
        raise TroubleError(f"The folder {folder} belongs to another Python. Remove it, or name another by --venv.")


def wanted_stamp() -> list[str]:
    """Return what an up-to-date environment was made from: the Python, the place, and the two files' content."""
    content = hashlib.sha256(LOCK.read_bytes() + (CHECKOUT / "pyproject.toml").read_bytes()).hexdigest()
    return [f"{sys.version.split()[0]} {sys.base_prefix}", str(CHECKOUT), content]


def read_stamp(folder: Path) -> list[str]:
    """Return the lines an earlier run left; empty when there are none."""
    try:
        return (folder / STAMP).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def pip(folder: Path, *arguments: str) -> None:
    """Install into the environment; raises TroubleError with pip's own words when that fails."""
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    command = [str(python_of(folder)), "-m", "pip", "install", *quiet, *arguments]
    ended = subprocess.run(command, env=environment_of(folder), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise TroubleError(f"pip could not install everything:\n{tail(ended.stderr or ended.stdout)}")


def compile_program(folder: Path) -> None:
    """Write the program's bytecode, which pip leaves to Python here, and Python to nobody where it may not write any.

    Without it every start compiles everything again, which takes as long as the rest of the start.
    """
    command = [str(python_of(folder)), "-m", "compileall", "-q", str(CHECKOUT / "seedream_desktop")]
    subprocess.run(command, env=environment_of(folder), capture_output=True, check=False)


def python_of(folder: Path) -> Path:
    """Return the environment's Python."""
    return programs_of(folder) / ("python.exe" if sys.platform == "win32" else "python")


def programs_of(folder: Path) -> Path:
    """Return where the environment keeps its programs."""
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def environment_of(folder: Path) -> dict[str, str]:
    """Return this environment's variables as if the virtual environment had been activated."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    path = os.pathsep.join([str(programs_of(folder)), kept.get("PATH", os.defpath)])
    return {**kept, "VIRTUAL_ENV": str(folder), "PATH": path}


def tail(text: str, lines: int = 15) -> str:
    """Return the last *lines* of *text*, where programs say what went wrong."""
    return "\n".join(text.strip().splitlines()[-lines:])


# --- the two jobs -------------------------------------------------------------------------------------------------


def run_demo(venv: Path, extra: list[str]) -> int:
    """Open the window on the built-in simulator; without a display make the demo's pictures all the same."""
    if has_display():
        print("Opening the window in demo mode: nothing is sent anywhere and nothing costs money.", flush=True)
        return program(venv, "--demo", *extra)
    print(f"No display here, so the demo runs without a window: 4 pictures of “{DEMO_PROMPT}”.", flush=True)
    code = program(venv, "--demo", *(extra or DEMO_WITHOUT_WINDOW))
    if code == 0 and not extra:
        print("The pictures are the files named above.", flush=True)
    return code


def program(venv: Path, *arguments: str) -> int:
    """Run Seedream Desktop and return its exit code."""
    return run_in_front([str(python_of(venv)), "-m", "seedream_desktop", *arguments], environment_of(venv))


def run_in_front(command: list[str], environment: dict[str, str]) -> int:
    """Run *command* in the checkout and return its exit code; it ends in its own time when told to stop."""
    told: list[int] = []
    started: list[subprocess.Popen[bytes]] = []

    def heed(number: int, _frame: object) -> None:
        told.append(number)
        if number == signal.SIGTERM:  # of Ctrl+C the terminal tells the program itself
            for running in started:
                running.terminate()

    before = [(number, signal.signal(number, heed)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment)
        started.append(process)
        if told:  # it came while the program was being started
            process.terminate()
        return process.wait()
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def has_display() -> bool:
    """Return whether a window can be shown."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY"))


def run_tests(venv: Path, extra: list[str]) -> int:
    """Run every check and then pytest, all of them whatever happens; return the first exit code that is not 0."""
    codes = run_checks(venv)
    for words in (extra,) if extra else (ALL_ELSE, WHOLE_WINDOWS):
        print("pytest:", *words, flush=True)
        command = [str(python_of(venv)), "-m", "pytest", *words]
        codes.append(run_in_front(command, environment_for_tests(venv)))
    return next((code for code in codes if code), 0)


def run_checks(venv: Path) -> list[int]:
    """Run all checks at once, tell of each when those before it are told, and return their exit codes."""
    with ThreadPoolExecutor(len(CHECKS)) as pool:
        return [tell_check(*ended) for ended in zip(CHECKS, pool.map(partial(run_check, venv), CHECKS), strict=True)]


def run_check(venv: Path, check: Check) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run one check and return how it ended and how many seconds it took."""
    started_s = time.monotonic()
    program_file = shutil.which(check.command[0], path=str(programs_of(venv))) or check.command[0]
    command = [program_file, *check.command[1:]]
    environment = environment_for_tests(venv)
    ended = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    return ended, time.monotonic() - started_s


def tell_check(check: Check, outcome: tuple[subprocess.CompletedProcess[str], float]) -> int:
    """Print how long a check took and, when it failed, all it said; return its exit code."""
    ended, took_s = outcome
    print(f"{check.name}: {'FAILED' if ended.returncode else 'ok'} ({took_s:.1f} s)", flush=True)
    if ended.returncode:
        print(ended.stdout + ended.stderr, flush=True)
    return ended.returncode


def environment_for_tests(venv: Path) -> dict[str, str]:
    """Return the variables for the tests: no display of the user's, and none of the user's own settings."""
    kept = environment_of(venv)
    for name in [*kept]:
        if name.startswith("SEEDREAM_") or name in ("DISPLAY", "WAYLAND_DISPLAY"):
            del kept[name]
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
