"""The trash of the system as Qt knows it: where a file lies then, and what happens where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.app.system_trash import throw_away
from tests.app.trash_bench import at_home

CHECKOUT = Path(__file__).parents[2]
NOBODY = 65534
THROW = """
import sys
from pathlib import Path
from seedream_desktop.app.system_trash import throw_away
from seedream_desktop.ports.trash import NoTrashError
try:
    print(throw_away(Path(sys.argv[1])))
except NoTrashError as error:
    print("no trash:", error.failure.message)
"""
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="freedesktop.org's trash")


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users may look into, other than those of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def drive(public: Path) -> Iterator[Path]:
    """A drive of its own, in which nobody but root can make a folder at the top."""
    drive = public / "drive"
    drive.mkdir()
    try:
        command = ["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", str(drive)]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a mount is not allowed here")
    yield drive
    subprocess.run(["umount", drive], check=True)


def thrown_by_nobody(path: Path, home: Path) -> str:
    """Throw *path* away as a user who may do little, and return what was said."""
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv")
    for folder in (home, home / "share", path.parent):
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, NOBODY, NOBODY)
    path.write_text("fox")
    os.chown(path, NOBODY, NOBODY)
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": str(CHECKOUT),
    }
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    command = [*user, sys.executable, "-c", THROW, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if "No module named" in done.stderr or "Permission denied" in done.stderr:
        pytest.skip("this Python is not everybody's")
    assert done.stderr == ""
    return done.stdout.strip()


@linux_only
def test_a_file_is_moved_with_a_note_of_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)
    path = tmp_path / "fox & owl.png"
    path.write_text("fox")

    lies_at = Path(throw_away(path))

    assert (path.exists(), lies_at.read_text()) == (False, "fox")
    assert lies_at.is_relative_to(tmp_path / "home/share/Trash/files")


@linux_only
def test_two_files_of_one_name_lie_beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)
    path = tmp_path / "fox.png"
    places = []
    for words in ("one", "two"):
        path.write_text(words)
        places.append(Path(throw_away(path)))

    assert [place.read_text() for place in places] == ["one", "two"]


@linux_only
def test_a_drive_that_has_no_trash_and_allows_none_keeps_the_file(public: Path, drive: Path) -> None:
    path = drive / "library/fox.png"

    assert thrown_by_nobody(path, public / "home") == f"no trash: {path.parent}"

    assert path.read_text() == "fox"


@linux_only
def test_a_drive_that_allows_a_trash_of_its_own_gets_one(public: Path, drive: Path) -> None:
    drive.chmod(0o777)

    lies_at = Path(thrown_by_nobody(drive / "library/fox.png", public / "home"))

    assert lies_at == drive / f".Trash-{NOBODY}/files/fox.png"
    assert lies_at.read_text() == "fox"
