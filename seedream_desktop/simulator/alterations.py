"""Faults in what a reply says, of any call: status lines, bodies, redirects, encodings, poisoned JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

from seedream_desktop.simulator.replies import JSON_TYPE, Reply
from seedream_desktop.simulator.scene import Scene

MESSAGES = {
    400: "Invalid parameters",
    401: "Unauthorized: the API key is missing or wrong",
    402: "Insufficient credits",
    403: "Forbidden by the content policy",
    404: "Not found",
    429: "Too many requests",
    500: "Internal server error",
    502: "Bad gateway",
    503: "Service unavailable",
    504: "Gateway timeout",
}
PAGE = (
    b"<!doctype html><html><head><title>Sign in</title></head><body><h1>Welcome to the hotel network</h1></body></html>"
)
BODIES = {
    "html": (PAGE, "text/html; charset=utf-8"),
    "empty": (b"", "text/plain"),
    "text": (b"upstream error", "text/plain"),
}
MARKUP = '<b>bold</b><img src=x onerror=alert(1)> & "quoted" \u202etxet'
BOMB_BYTES = 256 * 1024 * 1024
NESTED = 200_000


def message_of(code: int) -> str:
    """The usual message with an envelope's code."""
    return MESSAGES.get(code, "The service refused this call")


def long_text(value: object) -> object:
    """*value*, with `html` and `1MB` standing for such a text."""
    return {"html": MARKUP, "1MB": "long " * 209_716}.get(value, value) if isinstance(value, str) else value


def status(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the HTTP status."""
    return Reply(int(value), reply.body, reply.headers)


def code(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the envelope's code."""
    return reply if reply.envelope is None else reply.with_json({**reply.envelope, "code": value})


def message(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the envelope's message, and the error in its data."""
    if reply.envelope is None:
        return reply
    envelope = {**reply.envelope, "message": long_text(value)}
    if isinstance(envelope.get("data"), dict) and "error" in envelope["data"]:
        envelope["data"] = {"error": long_text(value)}
    return reply.with_json(envelope)


def body(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Put something else in the place of the body."""
    return reply if value == "json" else reply.with_body(*BODIES[value])


def content_type(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Change the content type only."""
    return reply.with_header("content-type", str(value))


def retry_after(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Add Retry-After."""
    return reply.with_header("retry-after", str(value))


def redirect(reply: Reply, value: Any, scene: Scene) -> Reply:
    """Send the client elsewhere; the body becomes empty. A chain ends with the untouched reply."""
    where = value if isinstance(value, dict) else {"to": value}
    target = str(where.get("to", "same"))
    hops = {"chain": int(where.get("hops", 3)), "same": 1}.get(target)
    if hops is not None and scene.hop >= hops:
        return reply
    location = _location(target, scene)
    return Reply(int(where.get("status", 302)), b"", {"location": location})


def _location(target: str, scene: Scene) -> str:
    here = f"{scene.path}?hop={scene.hop + 1}"
    port = scene.root_url.rsplit(":", 1)[1]
    places = {
        "same": scene.root_url + here,
        "chain": scene.root_url + here,
        "loop": scene.root_url + scene.path,
        "relative": here,
        "other": f"https://elsewhere.invalid{here}",
        "other-name": f"http://localhost:{port}{here}",
        "http": f"http://elsewhere.invalid{here}",
        "file": "file:///etc/hostname",
        "loopback": "http://127.0.0.1:9/private",
        "metadata": "http://169.254.169.254/latest/meta-data/",
    }
    return places.get(target, target)


def encoding(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Encode the body with gzip, well or badly."""
    packed = gzip.compress(reply.body)
    variants: dict[str, Callable[[], tuple[bytes, str]]] = {
        "gzip": lambda: (packed, "gzip"),
        "twice": lambda: (gzip.compress(packed), "gzip, gzip"),
        "bad": lambda: (b"\x1f\x8b\x08\x00garbage" + packed[12:], "gzip"),
        "cut": lambda: (packed[:-8], "gzip"),
        "bomb": lambda: (_bomb(), "gzip"),
    }
    data, name = variants[value]()
    return Reply(reply.status, data, {**reply.headers, "content-encoding": name})


def _bomb() -> bytes:
    """256 MiB of spaces, gzipped to 250 KiB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    parts = [packer.compress(block) for _ in range(BOMB_BYTES // len(block))]
    return b"".join([*parts, packer.flush()])


def huge(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Blow a JSON body up to *value* bytes; it stays valid."""
    size = 10_000_000 if value is True else int(value)
    start = json.dumps(reply.json)[:-1].encode() + b', "padding": "'
    return reply.with_body(start + b"a" * max(0, size - len(start) - 2) + b'"}', JSON_TYPE)


def poison(reply: Reply, value: Any, _scene: Scene) -> Reply:
    """Make the JSON hard to swallow: some of it valid, none of it kind."""
    text = json.dumps(reply.json)
    inside = text[1:-1]
    variants: dict[str, Callable[[], str]] = {
        "nesting": lambda: "[" * NESTED + "]" * NESTED,
        "nesting-inside": lambda: f'{{{inside}, "more": {"[" * NESTED}{"]" * NESTED}}}',
        "long-int": lambda: f'{{{inside}, "more": {"9" * 5000}}}',
        "big-int": lambda: f'{{{inside}, "createTime": {2**70}}}',
        "nan": lambda: f'{{{inside}, "more": NaN, "less": -Infinity}}',
        "surrogate": lambda: f'{{{inside}, "message": "half \\ud800 pair"}}',
        "duplicate-keys": lambda: f'{{"code": 500, "data": {{"taskId": "first"}}, {inside}}}',
        "list": lambda: f"[{text}]",
        "string": lambda: json.dumps(text),
        "number": lambda: "200",
        "null": lambda: "null",
        "bom": lambda: "\ufeff" + text,
        "cut": lambda: text[: len(text) * 2 // 3],
    }
    if value == "utf-16":
        return reply.with_body(text.encode("utf-16"), JSON_TYPE)
    if value == "not-utf-8":
        return reply.with_body(text.encode()[:-1] + b', "x": "\xff\xfe"}', JSON_TYPE)
    return reply.with_body(variants[value]().encode(), JSON_TYPE)
