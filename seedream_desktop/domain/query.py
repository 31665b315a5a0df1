"""What the gallery is asked to show, and how words typed into the search field are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from seedream_desktop.domain.judging import MAX_STARS, Flag
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState

# A quote that is not closed yet runs to the end: the user is still typing.
_TERM: Final = re.compile(r'"([^"]*)("?)|[^\s"]+')
# A zero would end the text for SQLite.
_READ_AS: Final = str.maketrans("“”„«»\0", '""""" ')
_MAX_TERMS: Final = 32


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found: a word or, from quotes, words in a row; *is_open* finds longer words too."""

    text: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A picture is shown when it fits all of this; an empty tuple, None or False asks for nothing.

    *text* is what stands in the search field. Of several ratios (or states, …) one must fit; of several tags each
    must. *collection* is one by its id, or the path of several. *first_day* and *last_day* are days on the user's
    calendar, both included. *reference_sha256* is a picture that went along with the order, as it was sent or as the
    file it was prepared from. *is_in_trash* shows what was thrown away, and only that.

    Raises:
        ValueError: when *rating_at_least* is not from 0 to 5.
    """

    text: str = ""
    ratios: tuple[AspectRatio, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    modes: tuple[Mode, ...] = ()
    states: tuple[TaskState, ...] = ()
    rating_at_least: int = 0
    flag: Flag | None = None
    is_favourite: bool = False
    tags: tuple[str, ...] = ()
    project: str | None = None
    collection: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    reference_sha256: str | None = None
    is_in_trash: bool = False

    def __post_init__(self) -> None:
        """Refuse stars that no key gives."""
        if not 0 <= self.rating_at_least <= MAX_STARS:
            raise ValueError(f"stars from 0 to {MAX_STARS}, not {self.rating_at_least}")

    @property
    def terms(self) -> tuple[Term, ...]:
        """What *text* asks for; empty when it holds no letter or digit."""
        return terms_of(self.text)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out but the trash."""
        return not (self.terms or self.asks_more_than_words)

    @property
    def asks_more_than_words(self) -> bool:
        """Whether anything but *text* leaves something out."""
        return bool(self.asks_about_tasks or self.asks_about_pictures or self.first_day or self.last_day)

    def within(self, scope: Query) -> Query:
        """Return what fits this and lies in *scope*, a place such as a project, a collection or the trash.

        Where both ask for a project, a collection, states or a flag, the scope has its way.
        """
        return replace(
            self,
            project=scope.project or self.project,
            collection=scope.collection or self.collection,
            states=scope.states or self.states,
            flag=scope.flag or self.flag,
            is_favourite=scope.is_favourite or self.is_favourite,
            is_in_trash=scope.is_in_trash or self.is_in_trash,
        )

    @property
    def asks_about_tasks(self) -> bool:
        """Whether some tasks are left out for what was ordered or became of it."""
        return bool(self.ratios or self.resolutions or self.modes or self.states or self.reference_sha256)

    @property
    def asks_about_pictures(self) -> bool:
        """Whether single pictures of a task may be left out."""
        return bool(
            self.rating_at_least
            or self.flag
            or self.is_favourite
            or self.tags
            or self.project
            or self.collection
            or self.is_in_trash
        )


def terms_of(text: str) -> tuple[Term, ...]:
    """Return what typed *text* asks for, at most 32 terms; there is no text this cannot read.

    Words stand for themselves, whatever signs are in them, and are open: `sail fog` finds sailing in the fog. What
    stands in quotes is meant as it is, once the closing quote is typed.
    """
    typed = text.translate(_READ_AS)
    found = [_term(match, is_last=match.end() == len(typed)) for match in _TERM.finditer(typed)]
    return tuple(term for term in found if _has_word(term.text))[:_MAX_TERMS]


def _term(match: re.Match[str], *, is_last: bool) -> Term:
    quoted, closing = match.group(1), match.group(2)
    if quoted is None:
        return Term(match.group(), is_open=True)
    return Term(" ".join(quoted.split()), is_last and not closing)


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)
