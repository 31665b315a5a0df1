"""The pictures in a piece of a web page: where each can be had, and what it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from PySide6.QtCore import QUrl

from seedream_desktop.ui.intake.addresses import link_of

_MOST_PICTURES: Final = 200
_MOST_CHARS: Final = 8_000_000
_DATA: Final = "data:"
_PICTURE: Final = re.compile(r"""<img\b[^<>]*?\bsrc\s*=\s*["']?\s*(?:https?:|data:image/)""", re.IGNORECASE)
_TAG: Final = re.compile(r"<(a|/a|img|picture|/picture|source)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""(?<![a-z-])([a-z-]{1,20})\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page: *target* is what it links to or None, *sources* the largest first, *title* its words.

    *embedded* is the ``data:`` address of a picture that is written out in the page, or "".
    """

    target: str | None
    sources: tuple[str, ...]
    title: str
    embedded: str = ""


def holds_picture(markup: str) -> bool:
    """Return whether `pictures_in` is worth calling."""
    return _PICTURE.search(markup, 0, _MOST_CHARS) is not None


def pictures_in(markup: str, base: str = "") -> list[PagePicture]:
    """Return the pictures in their order that can be had by a link or are written out; *base* is the page's address.

    The time grows no faster than the markup, whatever is in it; Python's own parser takes minutes for some.
    """
    pictures: list[PagePicture] = []
    target: str | None = None
    larger: list[tuple[float, str]] = []
    for tag in _TAG.finditer(markup, 0, _MOST_CHARS):
        name = tag[1].lower()
        values = {} if name.startswith("/") else _attributes(tag[2])
        if name in ("a", "/a"):
            target = _link(base, values["href"]) if "href" in values else None
        elif name in ("picture", "/picture"):
            larger = []
        elif name == "source":
            larger += _sized(values.get("srcset", ""))
        elif picture := _picture(values, target, larger, base):
            pictures.append(picture)
        if len(pictures) == _MOST_PICTURES:
            break
    return pictures


def _attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, of those named twice the first."""
    found = [(name.lower(), unescape(value.strip("\"'"))) for name, value in _ATTRIBUTE.findall(tag)]
    return dict(reversed(found))


def _picture(
    values: dict[str, str], target: str | None, larger: list[tuple[float, str]], base: str
) -> PagePicture | None:
    src = values.get("src", "").strip()
    by_size = sorted([*larger, *_sized(values.get("srcset", ""))], key=lambda sized: -sized[0])
    wanted = [*(address for _, address in by_size), src]
    links = (_link(src if link_of(src) else base, address) for address in wanted if address)
    sources = tuple(dict.fromkeys(link for link in links if link))
    embedded = src if src[: len(_DATA)].lower() == _DATA else ""
    if not sources and not embedded:
        return None
    return PagePicture(target, sources, values.get("alt") or values.get("title") or "", embedded)


def _link(base: str, address: str) -> str | None:
    return link_of(QUrl(base).resolved(QUrl(address.strip())).toString())


def _sized(srcset: str) -> list[tuple[float, str]]:
    """Return the versions a page offers with their widths in pixels, or how often a pixel is multiplied."""
    return [sized for candidate in srcset.replace("\n", " ").split(", ") if (sized := _candidate(candidate))]


def _candidate(candidate: str) -> tuple[float, str] | None:
    words = candidate.strip().rstrip(",").split()
    if not words or words[0].lower().startswith(_DATA):
        return None
    try:
        size = float(words[1][:-1]) if len(words) > 1 else 1.0
    except ValueError:
        return None
    return size, words[0]
