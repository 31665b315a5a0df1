"""The words for everything a query can ask for, and what is left of the query without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import Mode
from seedream_desktop.domain.task import TaskState
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from seedream_desktop.ports.gallery import Counts

_S: Final = TaskState
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a query asks for: its *words*, and the query *without* it."""

    words: str
    without: Query


STATE_GROUPS: Final[tuple[tuple[str, tuple[TaskState, ...]], ...]] = (
    (QT_TRANSLATE_NOOP("Filters", "Done"), (_S.DONE,)),
    (QT_TRANSLATE_NOOP("Filters", "Partly done"), (_S.PARTIAL,)),
    (QT_TRANSLATE_NOOP("Filters", "On the way"), (_S.QUEUED, _S.SUBMITTING, _S.PROCESSING, _S.DOWNLOADING)),
    (QT_TRANSLATE_NOOP("Filters", "Failed"), (_S.FAILED, _S.REFUSED, _S.NOT_FOUND)),
    (QT_TRANSLATE_NOOP("Filters", "Outcome unknown"), (_S.UNKNOWN,)),
    (QT_TRANSLATE_NOOP("Filters", "Written off"), (_S.WRITTEN_OFF,)),
)
"""What users tell apart, with the states that are meant; a draft was never ordered."""


def state_words(name: str) -> str:
    """Return the name of a group of states in the program's language."""
    return QCoreApplication.translate("Filters", name)


def mode_words(mode: Mode) -> str:
    """Return e.g. ``Text to image``."""
    if mode is Mode.TEXT_TO_IMAGE:
        return QCoreApplication.translate("Filters", "Text to image")
    return QCoreApplication.translate("Filters", "Image to image")


def flag_words(flag: Flag) -> str:
    """Return e.g. ``Picked``."""
    words = {
        Flag.PICK: QCoreApplication.translate("Filters", "Picked"),
        Flag.REJECT: QCoreApplication.translate("Filters", "Rejected"),
        Flag.NONE: QCoreApplication.translate("Filters", "Unflagged"),
    }
    return words[flag]


def stars_words(stars: int) -> str:
    """Return e.g. ``3 stars or more``."""
    if stars == 1:
        return QCoreApplication.translate("Filters", "1 star or more")
    if stars == 5:
        return QCoreApplication.translate("Filters", "5 stars")
    return QCoreApplication.translate("Filters", "{count} stars or more").format(count=stars)


def day_words(day: date) -> str:
    """Return e.g. ``14 Mar 2026``."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def parts_of(query: Query) -> tuple[Part, ...]:
    """Return what a query asks for beside its text, in the order of the filters."""
    return (*_about_orders(query), *_about_pictures(query), *_about_days(query))


def words_of(query: Query) -> tuple[str, ...]:
    """Return all that a query asks for, what was typed first and in quotes."""
    text = " ".join(query.text.split())
    quoted = (QCoreApplication.translate("Filters", "“{text}”").format(text=text),) if query.terms else ()
    return (*quoted, *(part.words for part in parts_of(query)))


def count_words(found: Counts, everything: Counts | None) -> str:
    """Return e.g. ``12 of 1,234 pictures in 3 orders``; without *everything* what there is, and nothing else."""
    number = QLocale().toString
    if everything is not None and everything != found:
        words = QCoreApplication.translate("Filters", "{found} of {all} pictures in {orders}")
        pictures = words.format(found=number(found.pictures), all=number(everything.pictures), orders="{orders}")
    elif found.pictures == 1:
        pictures = QCoreApplication.translate("Filters", "1 picture in {orders}")
    else:
        words = QCoreApplication.translate("Filters", "{found} pictures in {orders}")
        pictures = words.format(found=number(found.pictures), orders="{orders}")
    return pictures.format(orders=orders_words(found.tasks))


def orders_words(count: int) -> str:
    """Return ``1 order`` or e.g. ``12 orders``."""
    if count == 1:
        return QCoreApplication.translate("Filters", "1 order")
    return QCoreApplication.translate("Filters", "{count} orders").format(count=QLocale().toString(count))


def _about_orders(query: Query) -> Iterator[Part]:
    for ratio in query.ratios:
        yield Part(ratio.value, replace(query, ratios=_without(query.ratios, [ratio])))
    for resolution in query.resolutions:
        yield Part(resolution.value, replace(query, resolutions=_without(query.resolutions, [resolution])))
    for mode in query.modes:
        yield Part(mode_words(mode), replace(query, modes=_without(query.modes, [mode])))
    for name, states in STATE_GROUPS:
        if set(states) & set(query.states):
            yield Part(state_words(name), replace(query, states=_without(query.states, states)))
    if query.reference_sha256:
        words = QCoreApplication.translate("Filters", "Made with a certain reference")
        yield Part(words, replace(query, reference_sha256=None))


def _about_pictures(query: Query) -> Iterator[Part]:
    if query.rating_at_least:
        yield Part(stars_words(query.rating_at_least), replace(query, rating_at_least=0))
    if query.flag is not None:
        yield Part(flag_words(query.flag), replace(query, flag=None))
    if query.is_favourite:
        yield Part(QCoreApplication.translate("Filters", "Favourites"), replace(query, is_favourite=False))
    words = QCoreApplication.translate("Filters", "Tag: {tag}")
    for tag in query.tags:
        yield Part(words.replace("{tag}", tag), replace(query, tags=_without(query.tags, [tag])))


def _about_days(query: Query) -> Iterator[Part]:
    if query.first_day is not None:
        words = QCoreApplication.translate("Filters", "From {day}")
        yield Part(words.format(day=day_words(query.first_day)), replace(query, first_day=None))
    if query.last_day is not None:
        words = QCoreApplication.translate("Filters", "Until {day}")
        yield Part(words.format(day=day_words(query.last_day)), replace(query, last_day=None))


def _without(values: tuple[_T, ...], dropped: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(value for value in values if value not in dropped)
