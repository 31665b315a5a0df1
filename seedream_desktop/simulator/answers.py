"""Faults in what the replies to submits and status calls mean: ids, states, results, times."""

from __future__ import annotations

import json
from typing import Any

from seedream_desktop.simulator.alterations import long_text
from seedream_desktop.simulator.replies import Reply
from seedream_desktop.simulator.scene import Scene

TASK_IDS: dict[str, Any] = {
    "null": None,
    "empty": "",
    "number": 12345,
    "list": ["a", "b"],
    "object": {"id": "a"},
    "true": True,
    "10kB": "a" * 10_000,
    "newline": "abc\ndef",
    "quotes": "a\"b'c",
    "dots": "../../statusTask",
    "space": " ",
    "nul": "a\0b",
    "bidi": "a\u202eb",
}


def names_a_task(reply: Reply) -> bool:
    """Whether *reply* is an answer about a task, and not a refusal."""
    envelope = reply.envelope
    data = envelope.get("data") if envelope else None
    return isinstance(data, dict) and "taskId" in data


def task_id(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Spoil the taskId; `missing` leaves it out, an unlisted text is used as it is."""
    data = dict(reply.json["data"])
    if value == "missing":
        data.pop("taskId", None)
    else:
        data["taskId"] = TASK_IDS.get(value, value) if isinstance(value, str) else value
    return _with_data(reply, data)


def other_task_id(reply: Reply, _value: Any, _scene: Scene) -> Reply:
    """Answer for another task."""
    return _with_data(reply, {**reply.json["data"], "taskId": "f" * 32})


def data_null(reply: Reply, _value: Any, _scene: Scene) -> Reply:
    """`data: null` in a reply of code 200."""
    return _with_data(reply, None)


def state(reply: Reply, value: Any, scene: Scene) -> Reply:
    """Say another state, with what belongs to it."""
    old = reply.json["data"]
    times = {name: old[name] for name in ("createTime", "completeTime", "costTime") if name in old}
    data: dict[str, Any] = {"taskId": old["taskId"], "state": value, **times}
    if isinstance(value, str) and value.casefold() == "success" and scene.task:
        data["resultJson"] = json.dumps({"resultUrls": scene.links.of(scene.task)})
    if isinstance(value, str) and value.casefold() == "failed":
        data |= {"failCode": "GENERATION_FAILED", "failMsg": "Image generation failed"}
    return _with_data(reply, data)


def states(reply: Reply, value: Any, scene: Scene) -> Reply:
    """Say the states of a list one after the other; the last one stays."""
    return state(reply, value[min(scene.asked, len(value) - 1)], scene)


def without(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Leave fields of `data` out."""
    names = [value] if isinstance(value, str) else value
    return _with_data(reply, {name: kept for name, kept in reply.json["data"].items() if name not in names})


def times(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Absurd times, or the same number for all of them."""
    absurd = {"negative": -1, "huge": 1e30, "string": "yesterday", "float": 1.5, "null": None, "int65": 2**65}
    told = value if isinstance(value, int) else absurd[value]
    return _with_data(reply, {**reply.json["data"], "createTime": told, "completeTime": told, "costTime": told})


def fail_code(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the failCode; goes with `state: failed`."""
    return _with_data(reply, {**reply.json["data"], "failCode": value})


def fail_message(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the failMsg."""
    return _with_data(reply, {**reply.json["data"], "failMsg": long_text(value)})


def result_json(reply: Reply, value: Any, scene: Scene) -> Reply:
    """Spoil the resultJson of a success; other states pass untouched."""
    data = reply.json["data"]
    good = data.get("resultJson")
    if good is None:
        return reply
    if value == "missing":
        return without(reply, "resultJson", scene)
    variants: dict[str, Any] = {
        "malformed": good[:-3],
        "double": json.dumps(good),
        "object": json.loads(good),
        "no-key": "{}",
        "no-urls": '{"resultUrls": []}',
        "null-urls": '{"resultUrls": null}',
        "string-url": json.dumps({"resultUrls": json.loads(good)["resultUrls"][0]}),
        "null": None,
        "empty": "",
        "list": json.dumps(json.loads(good)["resultUrls"]),
        "nesting": "[" * 100_000,
        "number": 7,
    }
    return _with_data(reply, {**data, "resultJson": variants[value]})


def urls(reply: Reply, value: Any, scene: Scene) -> Reply:
    """Change the list of result links of a success; other states pass untouched."""
    data = reply.json["data"]
    if not isinstance(data, dict) or not data.get("resultJson") or scene.task is None:
        return reply
    good = scene.links.of(scene.task)
    changed = value if isinstance(value, list) else _urls(str(value), good)
    return _with_data(reply, {**data, "resultJson": json.dumps({"resultUrls": changed})})


def _urls(variant: str, good: list[str]) -> list[Any]:
    first = good[0]
    variants: dict[str, list[Any]] = {
        "more": [*good, f"{first}?copy=1", f"{first}?copy=2"],
        "fewer": good[:-1] or good,
        "duplicates": good + good,
        "relative": ["/files/" + url.split("/files/")[1] for url in good],
        "not-text": [7, None, {"url": first}, *good],
        "thousand": [f"{first}?copy={n}" for n in range(1000)],
        "file": ["file:///etc/hostname"],
        "user-info": [first.replace("http://", "http://user:pass@")],
        "data": ["data:image/png;base64,iVBORw0KGgo="],
        "private": ["https://192.168.0.1/a.png", "https://169.254.169.254/a.png"],
        "long": [first + "?" + "x" * 5000],
    }
    return variants[variant]


def _with_data(reply: Reply, data: object) -> Reply:
    return reply.with_json({**reply.json, "data": data})
