"""The table of all fault switches: what each does, on which calls, and whether a submit that meets it is billed.

The code acts by this table and the help is printed from it; there is no other list.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from seedream_desktop.simulator import alterations, answers, deliveries, imagefaults
from seedream_desktop.simulator.answers import names_a_task
from seedream_desktop.simulator.replies import Reply
from seedream_desktop.simulator.scene import Scene
from seedream_desktop.simulator.wire import Wire

CALLS = ("generate", "status", "balance", "image", "upload", "reference", "callback")
API_CALLS = ("generate", "status", "balance")
TASK_CALLS = ("generate", "status")
SERVED = ("generate", "status", "balance", "image", "upload", "reference")


class Stage(IntEnum):
    """When a switch acts."""

    EARLY = 0
    """Before the request's body is read."""
    SUBSTANCE = 1
    """On a picture's bytes, before a range of them is taken."""
    CONTENT = 2
    """On the finished reply."""
    DELIVERY = 3
    """On its way over the socket; at most one of a rule's switches."""
    ELSEWHERE = 4
    """Read by the code that makes the decision: billing, ranges, delays, callbacks."""


Alteration = Callable[[Reply, Any, Scene], Reply]
Delivery = Callable[[Wire, Reply, Any], Awaitable[bool]]


@dataclass(frozen=True)
class Switch:
    """One thing that can go wrong."""

    stage: Stage
    calls: tuple[str, ...]
    bills: bool
    """Whether a submit is billed when nothing else in the rule forbids it and `bill` does not say."""
    values: str
    text: str
    alter: Alteration | None = None
    deliver: Delivery | None = None


def _early(text: str, act: Delivery, values: str = "true") -> Switch:
    return Switch(Stage.EARLY, SERVED, False, values, text, deliver=act)


def _content(values: str, text: str, act: Alteration, *, calls: tuple[str, ...] = SERVED, bills: bool = True) -> Switch:
    return Switch(Stage.CONTENT, calls, bills, values, text, alter=act)


def _delivery(values: str, text: str, act: Delivery) -> Switch:
    return Switch(Stage.DELIVERY, SERVED, True, values, text, deliver=act)


def _elsewhere(values: str, text: str, *calls: str) -> Switch:
    return Switch(Stage.ELSEWHERE, calls or SERVED, True, values, text)


STATUS = ("status",)
IMAGE = ("image",)

SWITCHES: dict[str, Switch] = {
    "bill": _elsewhere("true, false", "whether the submit is accepted and billed, whatever is answered", "generate"),
    "delay": _elsewhere("seconds, [least, most]", "wait before the reply"),
    "hang": _elsewhere("seconds, true", "the same; true: as long as the client does"),
    # before the body is read
    "drop_before_reading": _early("end the connection before the body is read", deliveries.drop),
    "rst_before_reading": _early("reset it before the body is read", deliveries.reset),
    "stall_reading": _early("stop reading, then reset in mid-body", deliveries.stall, "seconds, true"),
    # a picture's bytes
    "image": Switch(
        Stage.SUBSTANCE,
        IMAGE,
        True,
        "html, json, empty, truncated, no-end, flipped, trailing-zip, trailing-html, gif, tiff, bmp, png, webp, svg, "
        "pdf, png-bomb, text-bomb, apng, rotated, cmyk, png16, palette",
        "serve this in the picture's place",
        imagefaults.image,
    ),
    "etag": Switch(
        Stage.SUBSTANCE, IMAGE, True, "changes, changes-content, weak, none", "spoil the ETag", imagefaults.etag
    ),
    "range": _elsewhere("ignored, shifted, no-content-range", "answer ranges wrongly", "image"),
    # what the reply means
    "code": _content("number", "the envelope's code; the HTTP status follows", alterations.code, bills=False),
    "message": _content("text, html, 1MB", "the envelope's message", alterations.message),
    "task_id": _content(
        f"missing, {', '.join(answers.TASK_IDS)}, any text", "spoil the taskId", answers.task_id, calls=TASK_CALLS
    ),
    "data_null": _content("true", "data is null in a reply of code 200", answers.data_null, calls=TASK_CALLS),
    "other_task_id": _content("true", "answer for another task", answers.other_task_id, calls=TASK_CALLS),
    "state": _content("any JSON", "say this state", answers.state, calls=STATUS),
    "states": _content("list", "say these states one after the other; the last stays", answers.states, calls=STATUS),
    "result_json": _content(
        "malformed, double, object, missing, no-key, no-urls, null-urls, string-url, null, empty, list, nesting, "
        "number",
        "spoil the resultJson of a success",
        answers.result_json,
        calls=STATUS,
    ),
    "urls": _content(
        "more, fewer, duplicates, relative, not-text, thousand, file, user-info, data, private, long, a list",
        "change the result links of a success",
        answers.urls,
        calls=STATUS,
    ),
    "fail_code": _content("text", "the failCode; goes with state failed", answers.fail_code, calls=STATUS),
    "fail_message": _content("text, html, 1MB", "the failMsg", answers.fail_message, calls=STATUS),
    "times": _content(
        "negative, huge, string, float, null, int65, Unix ms", "other times", answers.times, calls=STATUS
    ),
    "without": _content("field, list of fields", "leave fields of data out", answers.without, calls=TASK_CALLS),
    # how the reply is put
    "poison": _content(
        "nesting, nesting-inside, long-int, big-int, nan, surrogate, duplicate-keys, list, string, number, null, bom, "
        "utf-16, not-utf-8, cut",
        "JSON that is hard to swallow",
        alterations.poison,
        calls=API_CALLS,
    ),
    "huge": _content("bytes, true", "blow the JSON up; true: 10 MB", alterations.huge, calls=API_CALLS),
    "body": _content("html, empty, text, json", "another body", alterations.body, bills=False),
    "content_type": _content("text", "another content type", alterations.content_type),
    "retry_after": _content("text or number", "add Retry-After", alterations.retry_after),
    "status": _content("number", "the HTTP status", alterations.status, bills=False),
    "redirect": _content(
        '{"status": 301 302 303 307 308, "to": same, relative, other, other-name, http, file, loopback, metadata, '
        'loop, chain (with "hops"), a URL}',
        "send the client elsewhere",
        alterations.redirect,
        bills=False,
    ),
    "encoding": _content("gzip, twice, bad, cut, bomb", "a content encoding, well or badly", alterations.encoding),
    # on the wire
    "drop_after_body": _delivery("true", "read the whole request, then end the connection", deliveries.drop),
    "rst_after_body": _delivery("true", "read the whole request, then reset the connection", deliveries.reset),
    "partial_head": _delivery("true", "break off inside the headers", deliveries.partial_head),
    "garbage": _delivery("true", "answer with bytes that are not HTTP", deliveries.garbage),
    "cut": _delivery(
        'part, {"at": part, "how": length, chunked, close, "reset": true}', "break off inside the body", deliveries.cut
    ),
    "content_length": _delivery(", ".join(deliveries.LENGTHS), "lie about the length", deliveries.content_length),
    "no_length": _delivery("true", "do not announce the length", deliveries.no_length),
    "chunked": _delivery("bytes, true", "send the body in chunks, in good order", deliveries.chunked),
    "no_end": _delivery("part, true", "send the body in a chunk and never its end", deliveries.no_end),
    "drip": _delivery('seconds, true, {"bytes": n, "every_s": s}', "send the body a little at a time", deliveries.drip),
    "slow_head": _delivery("seconds, true", "send the headers a byte at a time", deliveries.slow_head),
    "endless_continue": _delivery("seconds, true", "say 100 Continue and nothing else", deliveries.continues),
    "endless": _delivery("bytes, true", "let no end of bytes follow", deliveries.endless),
    # callbacks
    "skip": _elsewhere("true", "send no callback", "callback"),
    "duplicates": _elsewhere("number", "send the callback so many times more", "callback"),
    "early": _elsewhere("true", "send the callback while the task still works, claiming success", "callback"),
    "forged_urls": _elsewhere("list", "send the callback as a success with these result links", "callback"),
    "forged_task_id": _elsewhere("text", "send the callback for another task id", "callback"),
}


def is_early(do: dict[str, Any]) -> bool:
    """Whether a rule acts before the body is read."""
    return any(SWITCHES[name].stage is Stage.EARLY for name in do)


def bills(do: dict[str, Any]) -> bool:
    """Whether a valid submit that meets these switches is accepted and billed."""
    if "bill" in do:
        return bool(do["bill"])
    if do.get("status") in (200, 201, 202) and "code" not in do and "body" not in do:
        return True
    return all(SWITCHES[name].bills for name in do)


def refusal_code(do: dict[str, Any]) -> int | None:
    """The code of the refusal that stands in the place of the service's own answer; None: there is none."""
    code = do.get("code", do.get("status", 200))
    return int(code) if code >= 400 and not do.get("bill") else None


def altered(reply: Reply, do: dict[str, Any], stage: Stage, scene: Scene) -> Reply:
    """*reply* after all switches of *stage* that the rule sets, in the order of the table."""
    for name, switch in SWITCHES.items():
        if name in do and switch.stage is stage and switch.alter is not None and _applies(switch, reply, scene):
            reply = switch.alter(reply, do[name], scene)
    return reply


def _applies(switch: Switch, reply: Reply, scene: Scene) -> bool:
    """Whether *reply* is of the kind that *switch* spoils; a refusal says nothing of a task, for one."""
    if scene.call not in switch.calls:
        return False
    return names_a_task(reply) if set(switch.calls) <= set(TASK_CALLS) else True


async def delivered(wire: Wire, reply: Reply, do: dict[str, Any]) -> bool:
    """Send *reply* as the rule says; whether the client got all of it."""
    for name in ("delay", "hang"):
        if name in do:
            await deliveries.delay(wire, do[name])
    for deliver, value in _on_the_wire(do, Stage.DELIVERY):
        return await deliver(wire, reply, value)
    return await wire.reply(reply)


async def spoilt_early(wire: Wire, do: dict[str, Any]) -> None:
    """Do what a rule asks for before the body is read; this ends the connection."""
    for deliver, value in _on_the_wire(do, Stage.EARLY):
        await deliver(wire, Reply(500), value)


def _on_the_wire(do: dict[str, Any], stage: Stage) -> Iterator[tuple[Delivery, Any]]:
    for name, value in do.items():
        deliver = SWITCHES[name].deliver
        if SWITCHES[name].stage is stage and deliver is not None:
            yield deliver, value


def switches_help() -> Iterator[str]:
    """One line for each switch, for people."""
    for name, switch in SWITCHES.items():
        calls = "all but callback" if switch.calls == SERVED else " ".join(switch.calls)
        yield f"{name}: {switch.values}  [{calls}]  {switch.text}{_billing(switch)}"


def _billing(switch: Switch) -> str:
    if switch.bills or "generate" not in switch.calls:
        return ""
    return "; never billed" if switch.stage is Stage.EARLY else "; not billed unless `bill` is true"
