"""What commands print arrives, or the command says in a sentence that it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import CHECKOUT, CommandLine

EXPORT_SENTENCE = "Export comes with a later version; the originals are in the library folder."


@pytest.fixture
def program(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def onto_a_full_disk(program: CommandLine, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output finds no space."""
    with Path("/dev/full").open("w") as full:
        return subprocess.run(
            [sys.executable, "-m", "seedream_desktop", "--demo", "--data-dir", str(program.data_dir), *words],
            cwd=CHECKOUT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["lines", "json"])
def test_output_that_finds_no_space_is_a_sentence_and_exit_code_1(program: CommandLine, options: tuple[str]) -> None:
    assert program.run("generate", "a red fox", "--no-wait").code == 0

    ended = onto_a_full_disk(program, "tasks", *options)

    assert ended.stderr == "The output could not be written: No space left on device.\n"
    assert ended.returncode == 1


def test_a_reader_that_has_seen_enough_is_no_trouble(program: CommandLine) -> None:
    assert program.run("generate", "a red fox", "--no-wait").code == 0
    with program.start("tasks", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""

    assert process.returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "abc"),
        ("export", "--to", "there", "abc", "def"),
        ("export", "--format", "webp", "--template", "{prompt}", "--clean", "abc"),
        ("export", "abc", "--keep-recipe", "--to", "there", "--log-level", "debug"),
        ("--lang", "pl", "export", "--keep-recipe", "abc"),
    ],
    ids=" ".join,
)
def test_export_answers_with_its_sentence_wherever_its_options_stand(program: CommandLine, words: tuple[str]) -> None:
    ended = program.run(*words)

    assert (ended.code, ended.out, ended.err.strip()) == (2, "", EXPORT_SENTENCE)
