"""Fault rules: which call gets which trouble. The first rule that fits wins."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from seedream_desktop.simulator.chance import dice
from seedream_desktop.simulator.prompt_words import rules_of
from seedream_desktop.simulator.switches import CALLS, SWITCHES, is_early

MATCHES = {
    "prompt": "a part of the prompt",
    "task_id": "the task's id",
    "key": "the API key sent",
    "image": "the picture's number, from 1",
    "nth": "the Nth call that fits the rest; acts from there on, once unless `times` says more",
    "connection_request": "which request on its connection, from 1",
    "after_s": "seconds since the rules were set, at least",
    "before_s": "seconds since the rules were set, less than",
    "chance": "0 to 1, by a die that falls the same way each run",
}
EXACT = ("task_id", "key", "image", "connection_request")


class RuleError(ValueError):
    """A fault rule that cannot be used; its text is a sentence that names what is wrong."""


@dataclass(frozen=True)
class Facts:
    """What is known of a call when its rule is looked for."""

    call: str
    prompt: str = ""
    task_id: str | None = None
    key: str | None = None
    image: int | None = None
    connection_request: int = 1


@dataclass
class Rule:
    """One rule of a rules file, with the count of the calls it has seen."""

    calls: tuple[str, ...]
    match: dict[str, Any]
    do: dict[str, Any]
    times: int | None
    """How often it still acts; None: always."""
    made_at_s: float = field(default_factory=time.monotonic)
    seen: int = 0
    die: random.Random = field(default_factory=dice)

    def takes(self, facts: Facts) -> bool:
        """Whether the rule acts on this call; counts the call, so ask once."""
        if facts.call not in self.calls or not self._fits(facts) or self.times == 0:
            return False
        self.seen += 1
        if self.seen < self.match.get("nth", 1):
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def _fits(self, facts: Facts) -> bool:
        match = self.match
        if match.get("prompt", "") not in facts.prompt:
            return False
        if any(name in match and match[name] != getattr(facts, name) for name in EXACT):
            return False
        age_s = time.monotonic() - self.made_at_s
        if not match.get("after_s", 0.0) <= age_s < match.get("before_s", float("inf")):
            return False
        return "chance" not in match or self.die.random() < match["chance"]


class FaultBook:
    """The rules in force: those that were set, then those from the words of each prompt."""

    def __init__(self, rules: object) -> None:
        self._rules: list[Rule] = []
        self._by_words: dict[str, list[Rule]] = {}
        self.replace(rules)

    def replace(self, rules: object) -> None:
        """Put a JSON list of *rules* in the place of all that were set. Raises: RuleError; then nothing has changed."""
        if not isinstance(rules, list):
            raise RuleError("fault rules are a list")
        self._rules = [parse_rule(rule) for rule in rules]

    def early(self, facts: Facts) -> dict[str, Any] | None:
        """What to do before the body is read, if a rule says so; the prompt is not known yet."""
        return self._first(facts, early=True)

    def choose(self, facts: Facts) -> dict[str, Any]:
        """What to do to this call; empty: nothing."""
        return self._first(facts, early=False) or {}

    def _first(self, facts: Facts, *, early: bool) -> dict[str, Any] | None:
        rules = itertools.chain(self._rules, self._worded(facts.prompt))
        return next((rule.do for rule in rules if is_early(rule.do) is early and rule.takes(facts)), None)

    def _worded(self, prompt: str) -> list[Rule]:
        if prompt not in self._by_words:
            self._by_words[prompt] = [parse_rule(rule) for rule in rules_of(prompt)]
        return self._by_words[prompt]


def parse_rule(given: object) -> Rule:
    """A rule of a rules file. Raises: RuleError."""
    if not isinstance(given, dict) or not isinstance(given.get("do"), dict):
        raise RuleError("a rule is an object with `call`, `do` and perhaps `match` and `times`")
    match = given.get("match", {})
    problem = next(_rule_problems(given, match), None)
    if problem:
        raise RuleError(problem)
    call = given.get("call", "any")
    times = given.get("times", 1 if "nth" in match else None)
    return Rule(CALLS if call == "any" else (call,), match, given["do"], times)


def _rule_problems(given: dict[str, Any], match: dict[str, Any]) -> Iterator[str]:
    if given.get("call", "any") not in (*CALLS, "any"):
        yield f"unknown call {given['call']!r}; there are any, {', '.join(CALLS)}"
    for name in given.keys() - {"call", "match", "times", "do"}:
        yield f"unknown field {name!r} in a rule"
    for name in match.keys() - MATCHES.keys():
        yield f"unknown match {name!r}; there are {', '.join(MATCHES)}"
    for name in given["do"].keys() - SWITCHES.keys():
        yield f"unknown switch {name!r}; `simulate --help` lists them"
