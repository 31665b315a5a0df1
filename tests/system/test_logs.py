"""The log of a run: what is in it, what never is, and that it harms nobody."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.system.logs import FILES, MAX_FILE_BYTES, Logs
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret

KEY = "sk-live-0123456789"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    scrubber = Scrubber()
    scrubber.register(Secret(KEY))
    hooks, faulty = sys.unraisablehook, logging.raiseExceptions
    made = Logs(tmp_path, scrubber).start()
    yield made
    made.close()
    logging.raiseExceptions = faulty
    assert sys.unraisablehook is hooks


def text_of(logs: Logs) -> str:
    return (logs.folder / "seedream.log").read_text(encoding="utf-8")


def test_a_line_tells_when_how_grave_and_who(logs: Logs) -> None:
    logging.getLogger("seedream_desktop.engine").info("task %s: %s", "1f3c", "queued")

    line = text_of(logs).splitlines()[-1]
    assert line.endswith(" INFO MainThread seedream_desktop.engine: task 1f3c: queued")
    assert line[:4].isdigit()
    assert line.split()[0].endswith("Z")


def test_a_secret_is_in_no_line_whatever_way_it_comes(logs: Logs) -> None:
    log = logging.getLogger("anybody")
    log.warning("header %s", {"Authorization": f"Bearer {KEY}"})
    log.warning("key=%r and %s", KEY, KEY.encode().hex())
    log.error("could not send", exc_info=ValueError(f"illegal header value {KEY!r}"))

    told = text_of(logs)
    assert KEY not in told
    assert KEY.encode().hex() not in told
    assert "illegal header value" in told


def test_a_traceback_holds_no_values_of_variables(logs: Logs) -> None:
    def fail(private: str) -> None:
        raise RuntimeError("went wrong")

    try:
        fail("a private value")
    except RuntimeError:
        logging.getLogger("anybody").exception("seen")

    assert "went wrong" in text_of(logs)
    assert "test_logs.py" in text_of(logs)
    assert text_of(logs).count("a private value") == text_of(logs).count('fail("a private value")')


def test_words_from_outside_cannot_forge_a_line(logs: Logs) -> None:
    forged = "oops\n2026-01-01T00:00:00.000Z CRITICAL MainThread engine: paid twice\x1b[31m"
    logging.getLogger("anybody").error("the service says %s", forged)
    logging.getLogger("anybody").error("seen", exc_info=RuntimeError(forged))

    assert text_of(logs).count("paid twice") == 2
    assert not [line for line in text_of(logs).splitlines() if line.startswith("2026-01-01")]
    assert "\x1b" not in text_of(logs)


def test_a_lone_surrogate_does_not_stop_the_line(logs: Logs) -> None:
    logging.getLogger("anybody").error("bad text %s", "\ud800 end")

    assert "\\ud800 end" in text_of(logs)


def test_the_http_libraries_keep_their_addresses_to_themselves(logs: Logs) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET %s", "https://host.example/x.png?sig=1")
    logging.getLogger("httpcore.connection").info("connect_tcp.started")

    assert "host.example" not in text_of(logs)
    assert "connect_tcp" not in text_of(logs)


def test_only_the_owner_can_read_the_log(logs: Logs) -> None:
    logging.getLogger("anybody").error("something")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in logs.folder.iterdir()}
    assert modes == {"seedream.log": 0o600, "crash.log": 0o600}
    assert stat.S_IMODE(logs.folder.stat().st_mode) == 0o700


def test_the_log_never_grows_beyond_its_files(logs: Logs) -> None:
    line = "x" * 10_000
    for _ in range((FILES + 1) * MAX_FILE_BYTES // len(line)):
        logging.getLogger("anybody").error(line)

    sizes = [path.stat().st_size for path in logs.folder.glob("seedream.log*")]
    assert len(sizes) == FILES
    assert max(sizes) <= MAX_FILE_BYTES


def test_a_line_that_cannot_be_made_is_dropped_in_silence(logs: Logs, capsys: pytest.CaptureFixture[str]) -> None:
    class Unprintable:
        def __str__(self) -> str:
            raise RuntimeError

    handler = logging.getLogger().handlers[-1]
    record = logging.LogRecord("anybody", logging.ERROR, __file__, 1, "%s", (Unprintable(),), None)
    handler.handle(record)

    assert capsys.readouterr().err == ""


def test_a_folder_that_cannot_be_written_means_no_log_and_no_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be")
    logs = Logs(in_the_way, Scrubber()).start()

    logging.getLogger("anybody").error("lost")
    logs.close()

    assert in_the_way.read_text() == "a file where the folder should be"


CRASHES = """
import logging, sys, threading
from pathlib import Path
from seedream_desktop.system.logs import Logs
from seedream_desktop.system.scrubber import Scrubber

logs = Logs(Path(sys.argv[1]), Scrubber()).start()

def fail():
    raise RuntimeError("lost Bearer abcdef")

class Dropped:
    def __del__(self):
        raise RuntimeError("lost while dropped")

thread = threading.Thread(target=fail, name="worker")
thread.start()
thread.join()
Dropped()
{end}
"""


def crash(tmp_path: Path, end: str) -> tuple[subprocess.CompletedProcess[str], str, str]:
    script = CRASHES.replace("{end}", end)
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    logs = tmp_path / "logs"
    return ended, (logs / "seedream.log").read_text(), (logs / "crash.log").read_text()


def test_errors_nobody_caught_go_into_the_log_and_not_to_the_user(tmp_path: Path) -> None:
    ended, told, _ = crash(tmp_path, end="fail()")

    assert ended.returncode == 1
    assert (ended.stdout, ended.stderr) == ("", "")
    assert "uncaught RuntimeError in worker" in told
    assert "lost while dropped" in told
    assert told.count("lost Bearer •••") == 2
    assert "abcdef" not in told


def test_a_crash_of_the_interpreter_leaves_its_trace_in_a_file(tmp_path: Path) -> None:
    ended, _, crashed = crash(tmp_path, end="import faulthandler; faulthandler._sigsegv()")

    assert ended.returncode != 0
    assert ended.stderr == ""
    assert "Segmentation fault" in crashed
