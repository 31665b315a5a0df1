"""Addresses among what was offered: paths of files, links, and pictures written out as addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from PySide6.QtCore import QSysInfo, QUrl

from seedream_desktop.ui.intake.forms import Forms

# Lists of addresses, one a line; the first that names a file or link is taken, for they repeat each other.
_LISTS: Final = ("text/uri-list", "x-special/gnome-copied-files", "application/x-kde4-urilist")
# Looking at each takes time while the pointer waits; the strip takes 14, a folder is one address.
_MOST_ADDRESSES: Final = 2_000
_TITLED: Final = ("text/x-moz-url", "_NETSCAPE_URL")
_LONE: Final = ("application/x-moz-file-promise-url", "text/x-moz-url-data")
_DOWNLOAD: Final = re.compile(r"[^:]*:[^:]*:(https?://\S+)", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_DRIVE: Final = re.compile(r"/[A-Za-z]:[/\\]")
_PICTURE_ENDINGS: Final = frozenset({
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "avif", "heic", "heif", "tif", "tiff", "bmp", "gif", "psd",
})  # fmt: skip
_PAGE_ENDINGS: Final = frozenset({"htm", "html", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cgi", "pdf", "svg"})


def listed_addresses(forms: Forms) -> list[str]:
    """Return the addresses of the first list that has any, without comments and the words that say copy or cut."""
    lists = (_addresses(forms.lines(name)) for name in _LISTS if name in forms.names)
    return next((addresses for addresses in lists if addresses), [])


def paths_of(addresses: Iterable[str]) -> list[str]:
    """Return the paths of those that are files of this computer."""
    return [path for address in addresses if (path := _path(address))]


def links_of(addresses: Iterable[str]) -> list[str]:
    """Return those that are http(s) links, percent-encoded."""
    return [link for address in addresses if (link := link_of(address))]


def link_of(address: str) -> str | None:
    """Return an http(s) address percent-encoded, None for any other."""
    url = QUrl(address.strip(), QUrl.ParsingMode.TolerantMode)
    if url.scheme().lower() not in ("http", "https") or not url.host():
        return None
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def promised_links(forms: Forms) -> list[str]:
    """Return the links under which a browser would save the very picture that is dragged."""
    promised = [*forms.lines(_LONE[0])[:1], *_DOWNLOAD.findall(forms.text("DownloadURL"))]
    return links_of(promised)


def titled_link(forms: Forms) -> tuple[str | None, str]:
    """Return the link and the words that belong to it, as browsers put both; (None, "") without one."""
    for name in _TITLED:
        lines = forms.lines(name)
        if lines and (link := link_of(lines[0])):
            return link, lines[1] if len(lines) > 1 else ""
    lone = links_of(forms.lines(_LONE[1])[:1])
    return (lone[0], " ".join(forms.lines("text/x-moz-url-desc"))) if lone else (None, "")


def links_in_text(text: str) -> list[str]:
    """Return the links when *text* is nothing but links, else none: words stay words."""
    words = text.split()
    return links_of(words) if words and all(_LINK.fullmatch(word) for word in words) else []


def looks_like_picture(link: str) -> bool:
    """Return whether the address names a picture file."""
    return _ending(link) in _PICTURE_ENDINGS


def looks_like_page(link: str) -> bool:
    """Return whether the address names a web page; what it does not say may be either."""
    path = QUrl(link).path()
    return not path.strip("/") or path.endswith("/") or _ending(link) in _PAGE_ENDINGS


def _ending(link: str) -> str:
    name = QUrl(link).path().rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def _addresses(lines: Iterable[str]) -> list[str]:
    wanted = (line for line in (line.strip("\0 ") for line in lines) if ":" in line and not line.startswith("#"))
    return list(islice(wanted, _MOST_ADDRESSES))


def _path(address: str) -> str | None:
    url = QUrl(address, QUrl.ParsingMode.TolerantMode)
    if not url.isLocalFile():
        return None
    # The X rules for dragged files put this computer's own name there.
    if url.host().lower() in ("localhost", QSysInfo.machineHostName().lower()):
        url.setHost("")
    path = url.toLocalFile()
    return path[1:] if _DRIVE.match(path) else path
