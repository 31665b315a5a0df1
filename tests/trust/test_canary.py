"""The key is nowhere but in the one header to the one host, whatever the service, the network and the program do."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.programs import CHECKOUT, CommandLine, Ended
from tests.simulators import SimulatorProcess
from tests.trust.canary import CANARY, singing_files, sings_in
from tests.trust.recorders import Recorder, recording

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
OK = b"HTTP/1.1 200 OK\r\n"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def elsewhere() -> Iterator[Recorder]:
    with recording(b'{"code": 200, "message": "success", "data": {"taskId": "abc"}}', OK) as recorder:
        yield recorder


@pytest.fixture
def program(simulator: SimulatorProcess, proxy: Recorder, tmp_path: Path) -> CommandLine:
    simulator.set_faults([])
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment |= {"SEEDREAM_API_KEY": CANARY, **dict.fromkeys(PROXIES, proxy.url)}
    return program


def silent(program: CommandLine, *ended: Ended) -> bool:
    """Whether neither the program's files nor what it said hold the key."""
    said = "\n".join(part for one in ended for part in (one.out, one.err)).encode()
    assert not sings_in(said), said
    assert singing_files(program.data_dir, program.library) == []
    assert (program.data_dir / "logs" / "seedream.log").stat().st_size > 0
    return True


def test_the_detector_hears_the_key_in_every_spelling() -> None:
    raw = CANARY.encode()

    assert all(sings_in(b"before " + base64.b64encode(b"x" * n + raw + b"after") + b" after") for n in range(6))
    assert sings_in(b"a" + raw.hex().upper().encode())
    assert sings_in(b"?key=sk-c4n4ry%2fzq7%2b9x%3d%254f9a1c77e2b0")
    assert not sings_in(b"sk-c4n4ry")


def test_a_good_run_keeps_the_key_to_itself(program: CommandLine, simulator: SimulatorProcess, proxy: Recorder) -> None:
    ended = program.run("generate", "a fox", "--count", "2", "--json", "--log-level", "debug")

    assert ended.code == 0, ended.err
    assert silent(program, ended)
    assert proxy.connections == []
    assert simulator.ledger()["authorized_image_requests"] == 0


def test_links_and_redirects_to_other_hosts_bring_no_key_there(
    program: CommandLine, simulator: SimulatorProcess, elsewhere: Recorder, proxy: Recorder
) -> None:
    away = {"redirect": {"status": 307, "to": f"{elsewhere.url}/stolen"}}
    simulator.set_faults(
        [
            {"call": "generate", "match": {"prompt": "sent away"}, "do": away},
            {"call": "status", "match": {"prompt": "asked away"}, "times": 3, "do": away},
            {"call": "status", "match": {"prompt": "linked away"}, "do": {"urls": [f"{elsewhere.url}/a.png"]}},
            {"call": "image", "match": {"prompt": "fetched away"}, "do": away},
            {"call": "balance", "times": 2, "do": away},
        ]
    )

    prompts = ("sent away", "asked away", "linked away", "fetched away")
    file = program.data_dir.parent / "prompts.txt"
    file.write_text("\n".join(prompts), "utf-8")
    ended = program.run("generate", "--from", str(file), "--json", "--log-level", "debug")

    assert elsewhere.connections, "the links and redirects for pictures are followed"
    assert b"/stolen" in elsewhere.everything
    assert b"/a.png" in elsewhere.everything
    assert not sings_in(elsewhere.everything)
    assert b"uthorization" not in elsewhere.everything
    assert proxy.connections == []
    assert silent(program, ended)


@pytest.mark.parametrize(
    ("prompt", "do"),
    [
        ("refused", {"code": 400, "message": f"The key {CANARY} may not do this"}),
        ("unknown", {"code": 500, "message": f"Bearer {CANARY}"}),
        ("turned down", {"code": 401, "message": f"Incorrect API key provided: {CANARY}"}),
        ("taken", {"message": CANARY}),
        ("lost", {"drop_after_body": True}),
        ("strange", {"garbage": True}),
    ],
)
def test_a_service_that_tells_the_key_back_finds_no_ear(
    program: CommandLine, simulator: SimulatorProcess, prompt: str, do: dict[str, object]
) -> None:
    simulator.set_faults(
        [
            {"call": "generate", "do": do},
            {"call": "status", "times": 2, "do": {"code": 400, "message": CANARY}},
            {"call": "balance", "do": {"code": 400, "message": CANARY}},
        ]
    )

    ended = program.run("generate", prompt, "--json", "--log-level", "debug", "--timeout", "5")

    assert silent(program, ended)


def test_a_failure_that_tells_the_key_back_finds_no_ear(program: CommandLine, simulator: SimulatorProcess) -> None:
    failed = {"state": "failed", "fail_code": CANARY, "fail_message": f"Authorization: Bearer {CANARY}"}
    simulator.set_faults([{"call": "status", "do": failed}])

    ended = program.run("generate", "failing", "--json", "--log-level", "debug")

    assert ended.task["state"] == "failed"
    assert silent(program, ended)


SABOTAGE = """
import sys
from seedream_desktop.{module} import {owner}

def broken(*parts, **named):
    raise {error}({words})

{owner}.{method} = broken
from seedream_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
WORDS = "'Authorization: Bearer {0} of {1!r}'.format(KEY, KEY.encode().hex())".replace("KEY", repr(CANARY))


def sabotaged(
    program: CommandLine, simulator: SimulatorProcess, module: str, owner: str, method: str, error: str
) -> Ended:
    """Order a picture with one method of the program replaced by one that raises words with the key in them."""
    sabotage = SABOTAGE.format(module=module, owner=owner, method=method, error=error, words=WORDS)
    given = ["--base-url", simulator.url, "--data-dir", str(program.data_dir), "--library", str(program.library)]
    words = [*given, "--time-scale", "0.02", "--log-level", "debug", "generate", "crash", "--timeout", "2"]
    ended = subprocess.run(
        [sys.executable, "-c", sabotage, *words],
        cwd=CHECKOUT,
        env={**os.environ, **program.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.parametrize(
    ("module", "owner", "method", "error"),
    [
        ("engine.poll", "Poller", "_ask", "RuntimeError"),
        ("engine.settle", "Settler", "settle", "ValueError"),
        ("api.client", "ApixoService", "balance", "RuntimeError"),
    ],
)
def test_a_crash_whose_words_hold_the_key_is_told_without_them(
    program: CommandLine, simulator: SimulatorProcess, module: str, owner: str, method: str, error: str
) -> None:
    ended = sabotaged(program, simulator, module, owner, method, error)

    assert silent(program, ended)
    assert error in (program.data_dir / "logs" / "seedream.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("module", "owner", "method"), [("engine.engine", "Engine", "submit"), ("store.opening", "Store", "close")]
)
def test_a_crash_of_the_whole_program_says_nothing_of_the_key(
    program: CommandLine, simulator: SimulatorProcess, module: str, owner: str, method: str
) -> None:
    ended = sabotaged(program, simulator, module, owner, method, "OSError")

    assert ended.code == 1
    assert "OSError" in ended.err
    assert silent(program, ended)


@linux_only
def test_no_child_is_given_the_key(program: CommandLine, simulator: SimulatorProcess) -> None:
    simulator.set_faults([{"call": "image", "match": {"image": 2}, "do": {"hang": True}}])
    with program.start("generate", "held", "--count", "2") as process:
        try:
            _until(lambda: any("imaging" in line for line in _lines_of_children(process.pid)))
            children = _children(process.pid)
            assert children
            for pid in children:
                assert not sings_in(_proc(pid, "cmdline"))
                assert not sings_in(_proc(pid, "environ"))
                assert b"SEEDREAM_API_KEY" not in _proc(pid, "environ")
            assert not sings_in(_proc(process.pid, "cmdline"))
        finally:
            process.terminate()
            out, err = process.communicate(timeout=30)
    assert silent(program, Ended(process.returncode, out, err))


def _children(pid: int) -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _parent(int(folder.name)) == pid]


def _parent(pid: int) -> int:
    fields = _proc(pid, "stat").rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def _lines_of_children(pid: int) -> list[str]:
    return [_proc(child, "cmdline").replace(b"\0", b" ").decode() for child in _children(pid)]


def _proc(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _until(claim: Callable[[], bool], limit_s: float = 30.0) -> None:
    end_s = time.monotonic() + limit_s
    while not claim():
        assert time.monotonic() < end_s, "waited in vain"
        time.sleep(0.02)
