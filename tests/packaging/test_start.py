"""The start script's decisions; the installation itself is tried by whoever runs it."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "start.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = load()
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in programs are shell scripts")


def program(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_the_pythons_we_are_made_for_are_taken(version: tuple[int, int]) -> None:
    start.check_python(version)


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14)])
def test_another_python_is_refused_in_one_sentence(version: tuple[int, int]) -> None:
    with pytest.raises(start.TroubleError, match=rf"needs Python 3\.11, .* this is Python 3\.{version[1]}\.$"):
        start.check_python(version)


def test_what_stands_after_the_two_dashes_is_passed_on() -> None:
    options, extra = start.parse(["test", "--venv", "elsewhere", "--", "-k", "fox", "--", "x"])

    assert (options.job, options.venv, extra) == ("test", Path("elsewhere"), ["-k", "fox", "--", "x"])


@on_posix
def test_an_environment_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    program(tmp_path, "python", "exit 99")
    (tmp_path / start.STAMP).write_text("\n".join(start.wanted_stamp()))

    assert start.prepare_venv(tmp_path) == tmp_path


@on_posix
def test_a_new_environment_gets_the_program_s_bytecode_too(tmp_path: Path) -> None:
    program(tmp_path, "python", f'echo "$*" >> {tmp_path}/called')

    start.compile_program(tmp_path)

    assert (tmp_path / "called").read_text() == f"-m compileall -q {start.CHECKOUT / 'seedream_desktop'}\n"


@on_posix
@pytest.mark.parametrize("line", [0, 1, 2])
def test_another_python_another_place_or_a_changed_lock_file_means_a_new_installation(
    tmp_path: Path, line: int
) -> None:
    program(tmp_path, "python", "exit 0")
    stamp = start.wanted_stamp()
    stamp[line] = "another"
    (tmp_path / start.STAMP).write_text("\n".join(stamp))

    assert not start.is_up_to_date(tmp_path)


def test_a_folder_with_other_things_in_it_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("picture")

    with pytest.raises(start.TroubleError, match="is no virtual environment"):
        start.prepare_venv(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


@on_posix
def test_somebodys_environment_for_another_python_is_refused(tmp_path: Path) -> None:
    program(tmp_path, "python", "echo 3 9")
    (tmp_path / "pyvenv.cfg").touch()

    with pytest.raises(start.TroubleError, match="another Python"):
        start.prepare_venv(tmp_path)


def test_expected_trouble_ends_in_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("picture")
    command = [sys.executable, str(SCRIPT), "demo", "--venv", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stderr == f"The folder {tmp_path} is no virtual environment. Remove it, or name another by --venv.\n"


def test_where_it_may_it_installs_what_is_missing() -> None:
    installed: list[list[str]] = []

    start.install_or_tell({"libGL.so.1": "libgl1"}, {"Xvfb": "xvfb"}, installed.append)

    assert installed == [["libgl1", "xvfb"]]


def test_where_it_may_not_it_names_the_library_and_the_command() -> None:
    with pytest.raises(start.TroubleError) as caught:
        start.install_or_tell({"libGL.so.1": "libgl1"}, {}, None)

    assert "Missing on this system: libGL.so.1." in str(caught.value)
    assert str(caught.value).endswith("sudo apt-get install -y --no-install-recommends libgl1")


def test_what_only_some_tests_want_stops_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    start.install_or_tell({}, {"Xvfb": "xvfb"}, None)

    assert "Some tests will be skipped, for want of: Xvfb." in capsys.readouterr().out


def test_the_tests_see_neither_the_users_display_nor_the_users_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SEEDREAM_API_KEY", "SEEDREAM_DATA_DIR", "PYTHONPATH"):
        monkeypatch.setenv(name, "the user's own")

    environment = start.environment_for_tests(tmp_path)

    assert "the user's own" not in environment.values()
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert environment["PATH"].split(os.pathsep)[0].startswith(str(tmp_path))


@on_posix
def test_every_check_runs_and_the_first_failure_decides(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(tmp_path, "ruff", '[ "$1" = check ] && { echo "F401 unused"; exit 3; } || exit 0')
    program(tmp_path, "mypy", "exit 4")
    program(tmp_path, "lint-imports", "exit 0")
    program(tmp_path, "python", 'echo "=== 7 passed in 0.1s ($*) ==="')

    code = start.run_tests(tmp_path, ["-k", "fox"])

    lines = capfd.readouterr().out.splitlines()
    assert code == 3
    assert "F401 unused" in lines
    assert [line.split(" (")[0] for line in lines if " s)" in line] == [
        "ruff check: FAILED",
        "ruff format: ok",
        "mypy --strict: FAILED",
        "import contracts: ok",
    ]
    assert lines[-1] == "=== 7 passed in 0.1s (-m pytest -k fox) ==="


@on_posix
def test_failing_tests_alone_fail_the_command(tmp_path: Path) -> None:
    for name in ("ruff", "mypy", "lint-imports"):
        program(tmp_path, name, "exit 0")
    program(tmp_path, "python", "exit 1")

    assert start.run_tests(tmp_path, []) == 1


@on_posix
@pytest.mark.parametrize(("display", "expected"), [(":7", "--demo"), ("", "generate a red fox in fresh snow")])
def test_the_demo_opens_the_window_where_there_is_a_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], display: str, expected: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    program(tmp_path, "python", 'echo "$*"')

    assert start.run_demo(tmp_path, []) == 0

    said = capfd.readouterr().out.splitlines()
    assert said[1].startswith("-m seedream_desktop --demo")
    assert expected in said[1]


SLOW_TO_LEAVE = """
trap 'sleep 0.7; echo tidied up; exit 5' TERM INT
echo ready
while :; do sleep 0.05; done
"""
RUN = "import sys; sys.path.insert(0, sys.argv[1]); import start; sys.exit(start.run_in_front(sys.argv[2:], {}))"


def _heed_ctrl_c() -> None:
    """A shell starts what runs in its background deaf to Ctrl+C, and all that comes from it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@on_posix
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_is_told_to_stop_may_tidy_up(tmp_path: Path, sign: signal.Signals) -> None:
    program(tmp_path, "slow", SLOW_TO_LEAVE)
    command = [sys.executable, "-c", RUN, str(SCRIPT.parent), str(tmp_path / "bin" / "slow")]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,  # noqa: PLW1509 - it sets one signal
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # A terminal sends Ctrl+C to all of its processes, a session's end SIGTERM to the one it started.
        (os.killpg if sign is signal.SIGINT else os.kill)(process.pid, sign)

        assert process.stdout.read() == "tidied up\n"

    assert process.returncode == 5


EARLY = """
trap 'echo tidied up; exit 5' TERM
kill -INT $PPID
for _ in $(seq 200); do sleep 0.05; done
"""
RUN_SLOWLY = f"""
import subprocess, time
made = subprocess.Popen.__init__
def slowly(*words, **more):
    made(*words, **more)
    time.sleep(0.5)
subprocess.Popen.__init__ = slowly
{RUN}
"""


@on_posix
def test_ctrl_c_while_the_program_is_being_started_ends_it_too(tmp_path: Path) -> None:
    program(tmp_path, "early", EARLY)
    command = [sys.executable, "-c", RUN_SLOWLY, str(SCRIPT.parent), str(tmp_path / "bin" / "early")]

    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        preexec_fn=_heed_ctrl_c,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (5, "tidied up\n", "")
