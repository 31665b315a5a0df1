"""The benchmarks run to their end; what they find counts on a quiet computer only."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from benchmarks.frames import Frame, row_of

_LIMIT_S = 120


def ran(*arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
    )
    assert ended.returncode in (0, 1), ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stdout


def test_the_gallery_s_benchmark_prints_opening_frames_and_memory() -> None:
    printed = ran("benchmarks.gallery", "--pictures", "400", "--short")

    for words in (
        "opening, shown: empty",
        "grouped, pixel ratio 1",
        "flat, pixel ratio 1",
        "scroll end to end",
        "insert in the middle",
        "bare window",
        "memory at the end, ratio 1",
    ):
        assert words in printed


def test_the_search_s_benchmark_prints_what_answers_take() -> None:
    printed = ran("benchmarks.search", "--short")

    assert "all_p99_ms" in printed
    assert "million_groups_unjudged_ms" in printed


def test_the_start_s_benchmark_prints_when_the_window_is_painted_and_the_gallery_filled() -> None:
    figures = json.loads(ran("benchmarks.start_time", "1"))

    assert figures["pairs"] == 1
    assert figures["ours_filled_ms"] > figures["ours_painted_ms"] > 0
    assert figures["ratio_painted_cpu"] > 1


def test_the_viewer_s_benchmark_prints_its_frames_beside_those_of_a_plain_window() -> None:
    printed = ran("benchmarks.viewer", "4")

    assert all(words in printed for words in ("pixel ratio 1", "pixel ratio 2", "pan_100", "zoom", "plain"))


@pytest.mark.parametrize(("cpu_s", "is_within"), [(0.015, True), (0.017, False)])
def test_a_frame_is_judged_by_what_the_window_computes(cpu_s: float, *, is_within: bool) -> None:
    row = row_of("scroll", [Frame(0.5, cpu_s)] * 3, (16.0, 33.0))

    assert row.is_within is is_within
    assert row.wall_ms == (500.0, 500.0, 500.0)
