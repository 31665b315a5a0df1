"""Files of orders: what nobody wrote must not be paid for."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.commands.orders import requests_from
from seedream_desktop.domain.request import AspectRatio, Resolution


def _arguments(file: Path) -> Namespace:
    common: dict[str, Any] = {
        "prompt": None,
        "from_file": str(file),
        "reference": [],
        "resolution": "2K",
        "aspect_ratio": "auto",
        "count": 1,
        "sequence": False,
        "provider": "auto",
        "callback_url": None,
    }
    return Namespace(**common)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"prompt": null}', "prompt"),
        ('{"resolution": "4K"}', "prompt"),
        ('{"prompt": ["a", "b"]}', "prompt"),
        ('{"prompt": "a", "sequence": "false"}', "sequence"),
        ('{"prompt": "a", "count": 2.7}', "count"),
        ('{"prompt": "a", "count": true}', "count"),
        ('{"prompt": "a", "count": 1e999}', "count"),
        ('{"prompt": "a", "count": "abc"}', "count"),
        ('{"prompt": "a", "count": 11}', "10"),
        ('{"prompt": "a", "callback_url": 5}', "callback_url"),
        ('{"prompt": "a", "reference": null}', "reference"),
        ('{"prompt": "a", "references": [1]}', "references"),
        ('{"prompt": "a", "reference": ""}', "reference"),
        ('{"prompt": "a", "reference": "ftp://a/b.png"}', "https://"),
        ('{"prompt": "a", "resolution": "8K"}', "8K"),
        ('{"prompt": "a", "colour": "red"}', "colour"),
        ('{"prompt": "a"', "JSON"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_by_its_number(tmp_path: Path, line: str, named: str) -> None:
    file = tmp_path / "orders.jsonl"
    file.write_text(f"a good line\n{line}\n", "utf-8")

    with pytest.raises(CommandError) as caught:
        requests_from(_arguments(file))

    assert caught.value.code == Exit.BAD_ARGUMENTS
    assert f"{file}, line 2: " in str(caught.value)
    assert named in str(caught.value)


def test_lines_of_text_and_of_json_become_orders(tmp_path: Path) -> None:
    file = tmp_path / "orders.txt"
    file.write_text('a fox\n\n{"prompt": "dunes", "resolution": "4K", "aspect_ratio": "21:9", "count": 3}\n', "utf-8")

    first, second = requests_from(_arguments(file))

    assert (first.prompt, first.aspect_ratio, first.count) == ("a fox", None, 1)
    assert (second.resolution, second.aspect_ratio, second.count) == (Resolution.FOUR_K, AspectRatio.PANORAMA_21_9, 3)
