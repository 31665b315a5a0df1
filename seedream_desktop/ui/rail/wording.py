"""The words of the rail: what a line is called, what is said of it aloud, and why a name is refused."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from seedream_desktop.domain.collections import MAX_NAME_CHARS
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP
from seedream_desktop.ui.rail.items import OWN, Item, Kind

_MENU_CHARS: Final = 32
_FIXED: Final = {
    Kind.ALL: QT_TRANSLATE_NOOP("Rail", "All"),
    Kind.FAVOURITES: QT_TRANSLATE_NOOP("Rail", "Favourites"),
    Kind.PICKED: QT_TRANSLATE_NOOP("Rail", "Picked"),
    Kind.PROJECTS: QT_TRANSLATE_NOOP("Rail", "Projects"),
    Kind.COLLECTIONS: QT_TRANSLATE_NOOP("Rail", "Collections"),
    Kind.UNSAFE: QT_TRANSLATE_NOOP("Rail", "At risk"),
    Kind.BIN: QT_TRANSLATE_NOOP("Rail", "Trash"),
}


def name_of(item: Item) -> str:
    """Return what is written in a line."""
    fixed = _FIXED.get(item.kind)
    return item.label if fixed is None else QCoreApplication.translate("Rail", fixed)


def spoken(item: Item) -> str:
    """Return the line for assistive technology, e.g. ``Harbour campaign, 12 pictures``."""
    translate = QCoreApplication.translate
    match item.kind:
        case Kind.PROJECTS | Kind.COLLECTIONS:
            return name_of(item)
        case Kind.GROUP:
            words = translate("Rail", "{name}, group of collections, {pictures}")
            return words.format(name=name_of(item), pictures=pictures(item.count))
        case Kind.UNSAFE:
            return f"{name_of(item)}, {_orders(item.count)}"
        case _:
            return f"{name_of(item)}, {pictures(item.count)}"


def tool_tip(item: Item) -> str:
    """Return what the pointer is told: the whole path of a collection, and what a place is for."""
    if item.kind is Kind.UNSAFE:
        words = QCoreApplication.translate("Rail", "Not on this disk yet, or with an unknown outcome")
        return f"{spoken(item)}\n{words}"
    if item.kind is Kind.COLLECTION:
        return f"{item.name}, {pictures(item.count)}"
    return spoken(item)


def leaving(item: Item) -> str:
    """Return how pictures leave the place, for a menu; empty where they cannot."""
    if item.kind is Kind.BIN:
        return QCoreApplication.translate("Rail", "Restore")
    if item.kind not in OWN:
        return ""
    name = item.label if len(item.label) <= _MENU_CHARS else f"{item.label[:_MENU_CHARS]}…"
    return QCoreApplication.translate("Rail", "Take out of {place}").format(place=name.replace("&", "&&"))


def pictures(count: int) -> str:
    """Return ``1 picture`` or e.g. ``12 pictures``."""
    if count == 1:
        return QCoreApplication.translate("Rail", "1 picture")
    return QCoreApplication.translate("Rail", "{count} pictures").format(count=count)


def _orders(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Rail", "1 order")
    return QCoreApplication.translate("Rail", "{count} orders").format(count=count)


def bad_name(text: str) -> str:
    """Return why *text* can be no name at all."""
    if not text.strip():
        return QCoreApplication.translate("Rail", "Type a name.")
    words = QCoreApplication.translate("Rail", "A name has {limit} characters at most; this one has {count}.")
    return words.format(limit=MAX_NAME_CHARS, count=len(" ".join(text.split())))


def taken_name(name: str) -> str:
    """Return why *name* is refused although it is one."""
    return QCoreApplication.translate("Rail", "There is one called “{name}” already.").format(name=name)


def initials(name: str) -> str:
    """Return one or two letters that stand for *name* where there is no room for it."""
    words = [word for word in name.split() if word[0].isalnum()] or [name]
    return (words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]).title()
