"""The rules of the Request table: what the service refuses with code 400, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from seedream_desktop.simulator.sizes import RATIOS, explicit_size, is_drawable

MODES = ("text-to-image", "image-to-image")
PROVIDERS = ("auto", "value", "official")
LONGEST_PROMPT = 5000
MOST_IMAGES = 10
MOST_REFERENCES = 14
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

Json = dict[str, Any]
Problems = Iterator[str]


def first_problem(body: object, *, size_beside: bool = False) -> str | None:
    """The first rule that *body* breaks, as a sentence; None when the service would accept it.

    With *size_beside*, `input.size` may stand beside resolution and aspect_ratio (the pages do not say).
    """
    if not isinstance(body, dict):
        return "the body must be a JSON object"
    return next(_problems(body, size_beside=size_beside), None)


def _problems(body: Json, *, size_beside: bool) -> Problems:
    yield from _routing(body)
    given = body.get("input")
    if not isinstance(given, dict):
        yield "input is required"
        return
    for rule in RULES:
        yield from rule(given)
    yield from _size(given, size_beside=size_beside)


def _routing(body: Json) -> Problems:
    kind = body.get("request_type", "async")
    if kind not in ("async", "callback"):
        yield "request_type must be async or callback"
    if kind == "callback" and not is_public_address(body.get("callback_url")):
        yield "callback_url must be a public HTTPS address when request_type is callback"
    if body.get("provider", "auto") not in PROVIDERS:
        yield f"provider must be one of {', '.join(PROVIDERS)}"


def _mode(given: Json) -> Problems:
    if given.get("mode") not in MODES:
        yield f"mode must be one of {', '.join(MODES)}"


def _prompt(given: Json) -> Problems:
    prompt = given.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        yield "prompt is required"
    elif len(prompt) > LONGEST_PROMPT:
        yield f"prompt must be at most {LONGEST_PROMPT} characters"


def _count(given: Json) -> Problems:
    count = given.get("max_images")
    if type(count) is not int or not 1 <= count <= MOST_IMAGES:
        yield f"max_images must be a whole number from 1 to {MOST_IMAGES}"


def _resolution(given: Json) -> Problems:
    if given.get("resolution", "2K") not in ("2K", "4K"):
        yield "resolution must be 2K or 4K"


def _ratio(given: Json) -> Problems:
    if "aspect_ratio" in given and given["aspect_ratio"] not in RATIOS:
        yield f"aspect_ratio must be one of {', '.join(RATIOS)}"


def _sequence(given: Json) -> Problems:
    if given.get("sequential_image_generation", "disabled") not in ("disabled", "auto"):
        yield "sequential_image_generation must be disabled or auto"


def _references(given: Json) -> Problems:
    urls = given.get("image_urls")
    if given.get("mode") == "text-to-image":
        if urls:
            yield "image_urls belongs to image-to-image only"
    elif not isinstance(urls, list) or not 1 <= len(urls) <= MOST_REFERENCES:
        yield f"image_urls must hold 1 to {MOST_REFERENCES} URLs"
    elif not all(is_web_address(url) for url in urls):
        yield "image_urls must hold http or https URLs"


def _optimizer(given: Json) -> Problems:
    if given.get("prompt_optimize_mode", "standard") != "standard":
        yield "prompt_optimize_mode must be standard"


RULES: tuple[Callable[[Json], Problems], ...] = (
    _mode,
    _prompt,
    _count,
    _resolution,
    _ratio,
    _sequence,
    _references,
    _optimizer,
)


def _size(given: Json, *, size_beside: bool) -> Problems:
    if "size" not in given:
        return
    if not size_beside and ("resolution" in given or "aspect_ratio" in given):
        yield "size must not stand beside resolution or aspect_ratio"
    size = given["size"]
    pixels = explicit_size(size) if isinstance(size, str) else None
    if size not in ("2K", "4K") and (pixels is None or not is_drawable(*pixels)):
        yield "size must be 2K, 4K or WIDTHxHEIGHT from 3686400 to 16777216 pixels, within 1:16 and 16:1"


def is_web_address(url: object) -> bool:
    """Whether *url* is a text of the shape http(s)://host/…; says nothing about what answers there."""
    if not isinstance(url, str) or any(c.isspace() for c in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_public_address(url: object) -> bool:
    """Whether *url* may be a callback: https, or plain http on this machine, which only a simulator can reach."""
    return is_web_address(url) and (str(url).startswith("https:") or is_loopback(str(url)))


def is_loopback(url: str) -> bool:
    """Whether *url* points at this machine; *url* is a web address."""
    return urlsplit(url).hostname in LOOPBACK_HOSTS
