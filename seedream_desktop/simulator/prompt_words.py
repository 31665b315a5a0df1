"""Words in a prompt, such as `[fail:CONTENT_VIOLATION]`, that steer the simulator when things are tried by hand.

This table is what the code uses and what the help prints; there is no other list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"\[([a-z0-9-]+)(?::([^\]]+))?\]", re.IGNORECASE)


@dataclass(frozen=True)
class Wishes:
    """How a task should go, as far as its prompt says."""

    fail_code: str | None = None
    images: int | None = None
    slowness: float = 1.0
    """Multiplies the usual time."""
    stuck: bool = False
    working_state: str | None = None


@dataclass(frozen=True)
class FaultWord:
    """A word that stands for one fault rule."""

    call: str
    do: dict[str, Any]
    text: str
    times: int | None = None
    """How often it acts on one prompt; None: always."""
    argument: str | None = None
    """What `[word:ARGUMENT]` sets: `times`, or the name of a switch in `do`."""

    def rule(self, argument: str | None) -> dict[str, Any]:
        """The fault rule, in the form of a rules file."""
        do, times = dict(self.do), self.times
        if argument and self.argument == "times":
            times = int(argument) if argument.isdigit() else times
        elif argument and self.argument:
            do[self.argument] = float(argument) if _is_number(argument) else argument
        rule: dict[str, Any] = {"call": self.call, "do": do}
        return rule if times is None else {**rule, "times": times}


WISH_WORDS = {
    "fail:CODE": "the task fails with this failCode, of either family or of your own",
    "partial:N": "only N pictures are delivered",
    "slow": "the task takes six times as long",
    "fast": "the task takes a tenth of the time",
    "stuck": "the task never ends",
    "state:WORD": "while it works, the task is in a state of this name, such as processing_r2",
    "nonce:TEXT": "noted in the ledger beside the submit; changes nothing",
}

FAULT_WORDS = {
    "400": FaultWord("generate", {"code": 400}, "the submit is refused, bad parameters"),
    "401": FaultWord("generate", {"code": 401}, "the key is refused (once, or N times)", 1, "times"),
    "402": FaultWord("generate", {"code": 402}, "the submit is refused, balance too low"),
    "403": FaultWord("generate", {"code": 403}, "the submit is refused, content policy"),
    "429": FaultWord("generate", {"code": 429, "retry_after": 1}, "too many requests (once, or N times)", 1, "times"),
    "500": FaultWord("generate", {"code": 500}, "the service fails at the submit; not billed"),
    "502": FaultWord(
        "generate", {"status": 502, "body": "html", "bill": True}, "a gateway answers the submit, yet it is billed"
    ),
    "503": FaultWord("generate", {"status": 503, "body": "empty"}, "the service is away at the submit; not billed"),
    "drop-after-body": FaultWord("generate", {"drop_after_body": True}, "the submit is billed, its answer is lost"),
    "rst-after-body": FaultWord("generate", {"rst_after_body": True}, "the same, by a reset of the connection"),
    "hang": FaultWord(
        "generate", {"hang": True}, "the submit is billed and never answered (or after N s)", None, "hang"
    ),
    "no-id": FaultWord("generate", {"task_id": "missing"}, "the submit is billed, its answer has no taskId"),
    "not-found": FaultWord(
        "status", {"code": 404}, "the task is unknown to status calls (always, or N times)", None, "times"
    ),
    "unreadable": FaultWord("status", {"result_json": "malformed"}, "the result cannot be read"),
    "more-urls": FaultWord("status", {"urls": "more"}, "more pictures than asked for"),
    "html-message": FaultWord(
        "status",
        {"state": "failed", "fail_code": "UNHEARD_OF", "fail_message": "html"},
        "an unknown failCode with markup",
    ),
    "bad-image": FaultWord("image", {"image": "html"}, "web pages are served in place of the pictures"),
    "cut-image": FaultWord("image", {"cut": {"at": 0.5}}, "pictures break off half-way (once, or N times)", 1, "times"),
    "truncated": FaultWord("image", {"image": "truncated"}, "pictures lack their second half, with a matching length"),
    "slow-image": FaultWord("image", {"drip": {"bytes": 65536, "every_s": 0.2}}, "pictures arrive slowly"),
    "expired": FaultWord(
        "image", {"status": 404, "body": "empty"}, "the result links are dead (or answer N)", None, "status"
    ),
    "no-callback": FaultWord("callback", {"skip": True}, "no callback is sent"),
    "callback-twice": FaultWord("callback", {"duplicates": 1}, "the callback comes twice"),
}


def wishes_of(prompt: str) -> Wishes:
    """What the words in *prompt* ask of the task itself."""
    words = dict(_words(prompt))
    partial = words.get("partial") or ""
    return Wishes(
        fail_code=words.get("fail"),
        images=int(partial) if partial.isdigit() and int(partial) else None,
        slowness=(6.0 if "slow" in words else 1.0) * (0.1 if "fast" in words else 1.0),
        stuck="stuck" in words,
        working_state=words.get("state"),
    )


def rules_of(prompt: str) -> list[dict[str, Any]]:
    """The fault rules that the words in *prompt* stand for."""
    return [FAULT_WORDS[name].rule(argument) for name, argument in _words(prompt) if name in FAULT_WORDS]


def words_help() -> Iterator[str]:
    """One line for each word, for people."""
    for wish, text in WISH_WORDS.items():
        yield f"[{wish}]  {text}"
    for name, fault in FAULT_WORDS.items():
        yield f"[{name}{':N' if fault.argument else ''}]  {fault.text}"


def _words(prompt: str) -> Iterator[tuple[str, str | None]]:
    for found in WORD.finditer(prompt):
        yield found[1].lower(), found[2]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
