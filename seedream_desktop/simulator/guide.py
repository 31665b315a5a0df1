"""The long list at the end of `simulate --help`, made from the tables that the code acts by."""

from __future__ import annotations

from collections.abc import Iterator

from seedream_desktop.simulator.faults import MATCHES
from seedream_desktop.simulator.gates import PHASES
from seedream_desktop.simulator.options import READINGS
from seedream_desktop.simulator.prompt_words import words_help
from seedream_desktop.simulator.switches import CALLS, switches_help

RULE = '{"call": "generate", "match": {"prompt": "fox"}, "times": 1, "do": {"code": 429, "retry_after": 7}}'


def guide() -> str:
    """Words, faults, gates and readings, a line each."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "words in a prompt:"
    yield from _indented(words_help())
    yield f"\nfault rules, in a file or posted to /_sim/faults: a JSON list such as [{RULE}]; the first that fits wins"
    yield f"\ncalls: any, {', '.join(CALLS)}"
    yield "\nmatch:"
    yield from _indented(_pairs(MATCHES))
    yield "\ndo (switch: values [calls] effect; true is fine where no value is named):"
    yield from _indented(switches_help())
    yield '\ngates, posted to /_sim/gates as {"hold": [...]} or {"release": [...]}; GET tells what is held:'
    yield from _indented(_pairs(PHASES))
    yield "\nreadings of the API pages (--reading NAME):"
    yield from _indented(_pairs(READINGS))
    yield "\nthe ledger of what arrived and was billed: GET /_sim/ledger; references: POST /_sim/upload with the key"


def _pairs(table: dict[str, str]) -> Iterator[str]:
    return (f"{name}: {text}" for name, text in table.items())


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
