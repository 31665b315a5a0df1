"""`generate` against the simulator, over a real socket and in real processes."""

from __future__ import annotations

import hashlib
import json
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from seedream_desktop.domain.request import AspectRatio, Resolution, pixels_for
from tests.programs import CommandLine
from tests.simulators import DIRECT, SimulatorProcess


@pytest.fixture
def demo(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_four_images_end_as_four_different_files_of_the_asked_size(demo: CommandLine) -> None:
    ended = demo.run(
        "generate", "a red fox in fresh snow", "--resolution", "2K", "--aspect-ratio", "16:9", "--count", "4", "--json"
    )

    assert ended.code == 0, ended.err
    pictures = ended.task["pictures"]
    assert len({picture["sha256"] for picture in pictures}) == 4
    for picture in pictures:
        for place in ("path", "saved_path"):
            content = Path(picture[place]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == picture["sha256"]
        with Image.open(picture["saved_path"]) as image:
            image.load()
            assert image.size == (2848, 1600)
    assert all(Path(picture["saved_path"]).parent == demo.library for picture in pictures)


def test_the_widest_shape_at_4k_has_its_exact_pixels(demo: CommandLine) -> None:
    ended = demo.run("generate", "dunes", "--resolution", "4K", "--aspect-ratio", "21:9", "--json")

    assert ended.code == 0, ended.err
    assert [(p["width"], p["height"]) for p in ended.task["pictures"]] == [(6240, 2656)]


@pytest.fixture(scope="module")
def every_shape(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], dict[str, Any]]:
    """One run that orders every ratio at both resolutions."""
    folder = tmp_path_factory.mktemp("shapes")
    orders = [
        {"prompt": f"shape {ratio} {size}", "aspect_ratio": ratio, "resolution": size}
        for ratio in AspectRatio
        for size in Resolution
    ]
    file = folder / "orders.jsonl"
    file.write_text("\n".join(json.dumps(order) for order in orders), "utf-8")
    with _plain_service(folder) as service:
        program = CommandLine(folder, base_url=service.url)
        program.environment["SEEDREAM_API_KEY"] = "a-good-key"
        ended = program.run("generate", "--from", str(file), "--json")
    assert ended.code == 0, ended.err
    tasks = [line for line in ended.lines if "pictures" in line]
    return {(task["aspect_ratio"], task["resolution"]): task for task in tasks}


@pytest.mark.parametrize("size", Resolution)
@pytest.mark.parametrize("ratio", AspectRatio)
def test_every_shape_arrives_with_the_pixels_of_the_table(
    ratio: AspectRatio, size: Resolution, every_shape: dict[tuple[str, str], dict[str, Any]]
) -> None:
    (picture,) = every_shape[ratio.value, size.value]["pictures"]
    wanted = pixels_for(ratio, size)

    with Image.open(picture["path"]) as image:
        assert image.size == (wanted.width_px, wanted.height_px)
    assert (picture["width"], picture["height"]) == (wanted.width_px, wanted.height_px)


def test_files_go_along_as_references(demo: CommandLine, tmp_path: Path) -> None:
    for name, colour in (("first.png", "teal"), ("second.jpg", "orange")):
        Image.new("RGB", (400, 300), colour).save(tmp_path / name)

    ended = demo.run(
        "generate",
        "blend Figure 1 and Figure 2",
        "--reference",
        str(tmp_path / "first.png"),
        "--reference",
        str(tmp_path / "second.jpg"),
        "--json",
    )

    assert ended.code == 0, ended.err
    assert ended.task["mode"] == "image-to-image"
    assert [Path(source).name for source in ended.task["references"]] == ["first.png", "second.jpg"]


def test_files_the_service_does_not_take_are_made_into_ones_it_does(demo: CommandLine, tmp_path: Path) -> None:
    Image.new("CMYK", (4000, 3000), (0, 80, 80, 0)).save(tmp_path / "press.tif")
    Image.new("I;16", (300, 200), 40_000).save(tmp_path / "deep.png")
    Image.new("P", (300, 200)).save(tmp_path / "old.gif")
    names = ("press.tif", "deep.png", "old.gif")

    ended = demo.run("generate", "x", *(word for name in names for word in ("--reference", str(tmp_path / name))))

    assert ended.code == 0, ended.err


def test_a_dead_link_refuses_the_order_by_name_and_nothing_is_sent(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"

    ended = program.run("generate", "x", "--reference", f"{simulator.root}/uploads/gone.jpg", "--json")

    assert ended.code == 1
    assert (ended.task["state"], ended.task["fail_code"]) == ("refused", "link_dead")
    assert "gone.jpg" in ended.err
    assert simulator.submits() == []


def test_an_order_that_waits_for_a_link_says_so(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    link = uploaded(simulator, tmp_path)
    simulator.set_faults([{"call": "reference", "times": 2, "do": {"status": 503}}])

    ended = program.run("generate", "x", "--reference", link)

    assert ended.code == 0, ended.err
    assert ended.err.count(link.rpartition("/")[2]) == 1
    assert [submit["image_urls"] for submit in simulator.submits()] == [[link]]


def test_a_failed_task_ends_with_the_code_and_a_plain_sentence(demo: CommandLine) -> None:
    ended = demo.run("generate", "x [fail:CONTENT_VIOLATION]", "--json")

    assert ended.code == 1
    assert ended.task["state"] == "failed"
    assert ended.task["fail_code"] == "CONTENT_VIOLATION"
    assert "content check" in ended.err
    assert "CONTENT_VIOLATION" in ended.err


def test_a_short_set_is_done_with_what_came(demo: CommandLine) -> None:
    ended = demo.run("generate", "[partial:2] harbour", "--count", "4", "--sequence", "--json")

    assert ended.code == 0, ended.err
    assert len(ended.task["pictures"]) == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["generate", ""], "prompt"),
        (["generate", "x" * 5001], "5000"),
        (["generate", "x", "--count", "11"], "10"),
        (["generate", "x", "--resolution", "8K"], "8K"),
        (["generate", "x", "--aspect-ratio", "5:4"], "5:4"),
        (["generate", "x", "--callback-url", "http://example.com/"], "https://"),
        (["generate"], "prompt"),
        (["generate", "x", *["--reference", "https://example.com/a.png"] * 15], "14"),
        (["generate", "x", "--reference", "/nowhere/a.png"], "/nowhere/a.png"),
        (["nonsense"], "nonsense"),
        (["export", "abc"], "later"),
    ],
)
def test_bad_arguments_are_named_and_nothing_is_sent(demo: CommandLine, words: list[str], named: str) -> None:
    ended = demo.run(*words)

    assert ended.code == 2
    assert named in ended.err
    assert ended.out == ""
    assert demo.tasks() == []


def test_a_text_file_is_refused_by_name(demo: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a picture")

    ended = demo.run("generate", "x", "--reference", str(tmp_path / "notes.txt"))

    assert ended.code == 2
    assert "notes.txt" in ended.err


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with _plain_service(tmp_path) as running:
        yield running


def test_a_wrong_key_ends_with_4_and_the_task_waits_for_a_better_one(
    simulator: SimulatorProcess, tmp_path: Path
) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "bad-key"

    ended = program.run("generate", "x", "--json")

    assert ended.code == 4
    assert "key" in ended.err
    assert [task["state"] for task in program.tasks()] == ["queued"]
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    assert program.run("run").code == 0
    assert [task["state"] for task in program.tasks()] == ["done"]


@pytest.mark.parametrize("key", ["", "  ", "two words", "line\nbreak", "schlüssel"])
def test_an_impossible_key_is_refused_before_anything_happens(
    simulator: SimulatorProcess, tmp_path: Path, key: str
) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = key

    ended = program.run("generate", "x")

    assert ended.code == 2
    assert "key" in ended.err
    assert simulator.ledger()["submits"] == []


def test_without_a_key_nothing_is_ordered(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

    ended = program.run("generate", "x")

    assert ended.code == 4
    assert program.tasks() == []


def test_a_local_file_is_refused_where_nothing_hosts_it(simulator: SimulatorProcess, tmp_path: Path) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "mine.png")
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"

    ended = program.run("generate", "x", "--reference", str(tmp_path / "mine.png"))

    assert ended.code == 2
    assert "mine.png" in ended.err
    assert "https://" in ended.err
    assert simulator.ledger()["submits"] == []


def test_every_field_of_a_request_reaches_the_service(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = " a-good-key\n"
    link = uploaded(simulator, tmp_path)

    ended = program.run(
        *("generate", "x", "--provider", "official", "--callback-url", "https://example.com/hook", "--sequence"),
        *("--count", "2", "--resolution", "4K", "--aspect-ratio", "3:4", "--no-wait"),
        *("--reference", link),
    )

    assert ended.code == 0, ended.err
    (submit,) = simulator.ledger()["submits"]
    assert submit["request"] == {
        "request_type": "callback",
        "callback_url": "https://example.com/hook",
        "provider": "official",
        "input": {
            "mode": "image-to-image",
            "prompt": "x",
            "max_images": 2,
            "resolution": "4K",
            "aspect_ratio": "3:4",
            "sequential_image_generation": "auto",
            "image_urls": [link],
        },
    }


def test_a_program_killed_between_submit_and_result_loses_nothing(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "a-good-key"
    with program.start("generate", "[slow] kept", "--count", "2") as process:
        _until(lambda: any(task["state"] == "processing" for task in program.tasks()))
        process.send_signal(signal.SIGKILL)

    assert program.run("run").code == 0

    (task,) = program.tasks()
    assert (task["state"], len(task["pictures"])) == ("done", 2)
    assert [submit["billed"] for submit in simulator.ledger()["submits"]] == [2]


def test_an_order_cut_short_before_its_sending_goes_on_without_its_file(demo: CommandLine, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "teal").save(tmp_path / "mine.jpg")
    demo.environment |= {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": "intent.before"}
    assert demo.run("generate", "x", "--reference", str(tmp_path / "mine.jpg")).code == -signal.SIGKILL
    (tmp_path / "mine.jpg").unlink()
    demo.environment.clear()

    ended = demo.run("run")

    assert ended.code == 0, ended.err
    assert [task["state"] for task in demo.tasks()] == ["done"]


def test_ctrl_c_ends_with_130_and_the_task_stays_known(demo: CommandLine) -> None:
    with demo.start("generate", "[stuck] patience") as process:
        _until(lambda: any(task["state"] == "processing" for task in demo.tasks()))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=15)

    assert process.returncode == 130
    assert "Traceback" not in err
    assert [task["state"] for task in demo.tasks()] == ["processing"]


def test_a_second_writer_is_turned_away_while_readers_are_answered(demo: CommandLine) -> None:
    with demo.start("generate", "[stuck] patience") as process:
        _until(lambda: bool(demo.tasks()))
        second = demo.run("generate", "x")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)

    assert second.code == 5
    assert str(demo.data_dir) in second.err


def test_no_wait_ends_when_the_order_is_taken(demo: CommandLine) -> None:
    ended = demo.run("generate", "later", "--no-wait", "--json")

    assert ended.code == 0
    assert ended.task["state"] == "processing"
    assert demo.run("run").code == 0
    assert [task["state"] for task in demo.tasks()] == ["done"]


def test_run_ends_with_3_when_the_time_is_up(demo: CommandLine) -> None:
    demo.run("generate", "[stuck] never", "--no-wait")

    assert demo.run("run", "--timeout", "0.5").code == 3


def test_the_key_is_nowhere_on_the_disk(simulator: SimulatorProcess, tmp_path: Path) -> None:
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment["SEEDREAM_API_KEY"] = "canary-4f9a1c77e2b"

    program.run("generate", "x", "--log-level", "debug")
    program.run("generate", "[500] x", "--log-level", "debug")

    assert b"canary-4f9a1c77e2b" not in program.everything_on_disk()
    assert simulator.ledger()["authorized_image_requests"] == 0


def uploaded(simulator: SimulatorProcess, folder: Path) -> str:
    """Put a picture where the service can fetch it, and return its link."""
    Image.new("RGB", (400, 300), "teal").save(folder / "uploaded.jpg")
    headers = {"Authorization": "Bearer a-good-key"}
    data = (folder / "uploaded.jpg").read_bytes()
    with DIRECT.open(urllib.request.Request(f"{simulator.root}/_sim/upload", data, headers), timeout=10) as answer:
        return str(json.load(answer)["url"])


def _until(is_so: Callable[[], bool], limit_s: float = 30.0) -> None:
    end_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end_s, "it never came to that"
        time.sleep(0.05)


def _plain_service(folder: Path) -> SimulatorProcess:
    return SimulatorProcess(speed=50, state=folder / "service", options=["--plain-pictures"])
