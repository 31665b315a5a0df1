"""The simulator as a process: how it starts and ends, what it remembers, where it can be held, whom it calls."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.simulator.talk import Talk, links_of, picture, request
from tests.simulators import CHECKOUT, SimulatorProcess, restarted


def test_it_ends_quietly_and_soon_even_with_calls_hanging(tmp_path: Path) -> None:
    with SimulatorProcess(state=tmp_path) as simulator:
        simulator.set_faults([{"call": "balance", "do": {"hang": True}}])
        head = "GET /api/v1/apikeys/current-balance HTTP/1.1\r\nHost: x"
        talk = Talk(simulator)
        waiting = threading.Thread(target=talk.raw, args=(head,))
        waiting.start()
        talk.submit(max_images=10, resolution="4K")
        time.sleep(0.1)
        start = time.monotonic()
        code = simulator.stop()
        took_s = time.monotonic() - start
        waiting.join()
        talk.close()

    assert code == 0
    assert took_s < 0.8


def test_it_says_nothing_on_standard_error_when_it_ends() -> None:
    command = [sys.executable, "-m", "seedream_desktop.simulator"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert process.stdout is not None
    first = process.stdout.readline()
    process.terminate()
    rest, errors = process.communicate(timeout=5)

    assert first.startswith("listening on http://127.0.0.1:")
    assert first.endswith("/api/v1\n")
    assert (rest, errors, process.returncode) == ("", "", 0)


def test_it_ends_with_its_standard_input_and_leaves_no_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "seedream_desktop.simulator", "--exit-with-stdin"]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()
    folders = list(tmp_path.iterdir())
    process.stdin.close()
    code = process.wait(5)
    process.stdout.close()

    assert code == 0
    assert len(folders) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["--faults", "nowhere.json"], "nowhere.json"), (["--speed", "0"], "speed"), (["--port", "99999"], "65535")],
    ids=["missing rules", "no speed", "no such port"],
)
def test_arguments_that_cannot_be_used_end_it_with_2_and_a_sentence(arguments: list[str], word: str) -> None:
    command = [sys.executable, "-m", "seedream_desktop.simulator", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, timeout=10, check=False)

    assert ended.returncode == 2
    assert word in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_help_lists_words_switches_gates_and_readings() -> None:
    command = [sys.executable, "-m", "seedream_desktop.simulator", "--help"]
    text = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT, timeout=10, check=True).stdout

    for name in ("[fail:CODE]", "drop_after_body", "image.half", "refusals-with-200", "connection_request"):
        assert name in text


def test_rules_can_come_from_a_file(tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps([{"call": "generate", "do": {"code": 403}}]))
    with SimulatorProcess(options=["--faults", str(rules)]) as simulator:
        talk = Talk(simulator)
        code = talk.post(request()).status_code
        talk.close()

    assert code == 403


def test_tasks_money_and_ledger_survive_a_kill_and_a_restart(tmp_path: Path) -> None:
    with SimulatorProcess(speed=20, state=tmp_path) as first:
        talk = Talk(first)
        task_id = talk.submit("a fox [nonce:n-1]", max_images=2)
        uploaded = talk.upload(picture()).json()["url"]
        talk.close()
        with restarted(first, tmp_path, speed=20) as second:
            talk = Talk(second)
            links = links_of(talk.finished(task_id))
            pictures = [Image.open(io.BytesIO(talk.http.get(link).content)).size for link in links]
            submit = second.submits()[0]
            reference = talk.http.get(uploaded).status_code
            balance = talk.balance()
            talk.close()

    assert pictures == [(2048, 2048)] * 2
    assert (submit["task_id"], submit["billed"], submit["nonce"]) == (task_id, 2, "n-1")
    assert submit["request"]["input"]["prompt"] == "a fox [nonce:n-1]"
    assert reference == 200
    assert balance == pytest.approx(99.92)


def test_a_ledger_cut_off_in_the_middle_of_a_line_is_read_up_to_it(tmp_path: Path) -> None:
    with SimulatorProcess(state=tmp_path, options=["--plain-pictures"]) as first:
        talk = Talk(first)
        talk.submit("one")
        talk.close()
        first.kill()
    with (tmp_path / "journal.jsonl").open("a") as journal:
        journal.write('["submits", "2", {"prompt": "tw')
    with SimulatorProcess(state=tmp_path, options=["--plain-pictures"]) as second:
        talk = Talk(second)
        talk.submit("three")
        talk.close()
        prompts = [submit["prompt"] for submit in second.submits()]

    assert prompts == ["one", "three"]


@pytest.mark.parametrize("phase", ["generate.received", "generate.before_reply", "status.received", "image.half"])
def test_a_gate_holds_a_call_until_it_is_released(talk: Talk, phase: str) -> None:
    task_id = talk.submit()
    (link,) = links_of(talk.finished(task_id))
    calls: dict[str, Any] = {
        "generate": talk.submit,
        "status": lambda: talk.status(task_id),
        "image": lambda: talk.http.get(link),
    }
    billed_before = sum(submit["billed"] for submit in talk.simulator.submits())
    talk.simulator.hold(phase)
    caller = threading.Thread(target=calls[phase.split(".", maxsplit=1)[0]])
    caller.start()
    talk.simulator.wait_until_held(phase)
    caller.join(0.1)
    held, was_waiting = talk.simulator.held(), caller.is_alive()
    billed = sum(submit["billed"] for submit in talk.simulator.submits()) - billed_before
    talk.simulator.release(phase)
    caller.join(5)

    assert held == {phase: 1}
    assert was_waiting
    assert not caller.is_alive()
    assert billed == (1 if phase == "generate.before_reply" else 0)


def test_an_unknown_gate_is_refused(talk: Talk) -> None:
    reply = talk.http.post(talk.simulator.root + "/_sim/gates", json={"hold": ["nowhere"]})

    assert reply.status_code == 400
    assert "nowhere" in reply.json()["error"]
