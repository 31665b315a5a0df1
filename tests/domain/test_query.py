"""What typed words mean, and when a query asks for nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query, Term, terms_of
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("   ", ()),
        ("red fo", (Term("red", is_open=True), Term("fo", is_open=True))),
        ("red fox ", (Term("red", is_open=True), Term("fox", is_open=True))),
        ('"red fox"', (Term("red fox"),)),
        ('"red fo', (Term("red fo", is_open=True),)),
        ('owl "red   fox" d', (Term("owl", is_open=True), Term("red fox"), Term("d", is_open=True))),
        ("“red fox” „owl“", (Term("red fox"), Term("owl"))),
        ("fox-red", (Term("fox-red", is_open=True),)),
        ("NOT fox OR", tuple(Term(word, is_open=True) for word in ("NOT", "fox", "OR"))),
        ('* - ( ) : ^ " + ', ()),
        ("fox\0owl", (Term("fox", is_open=True), Term("owl", is_open=True))),
    ],
)
def test_words_stand_for_themselves_and_quotes_keep_them_together(typed: str, meant: tuple[Term, ...]) -> None:
    assert terms_of(typed) == meant


@given(st.text())
def test_no_text_is_too_strange(typed: str) -> None:
    terms = terms_of(typed)

    assert len(terms) <= 32
    assert all('"' not in term.text and any(map(str.isalnum, term.text)) for term in terms)


def test_a_pasted_essay_does_not_become_a_thousand_questions() -> None:
    assert len(terms_of("word " * 1000)) == 32


@pytest.mark.parametrize(
    "query",
    [
        Query("fox"),
        Query(ratios=(AspectRatio.SQUARE,)),
        Query(resolutions=(Resolution.FOUR_K,)),
        Query(modes=(Mode.IMAGE_TO_IMAGE,)),
        Query(states=(TaskState.DONE,)),
        Query(rating_at_least=1),
        Query(flag=Flag.NONE),
        Query(is_favourite=True),
        Query(tags=("cover",)),
        Query(project="a"),
        Query(collection="a"),
        Query(first_day=date(2026, 1, 1)),
        Query(last_day=date(2026, 1, 1)),
        Query(reference_sha256="a"),
        Query(is_in_trash=True),
    ],
)
def test_every_part_of_a_query_leaves_something_out(query: Query) -> None:
    assert not query.is_everything


@pytest.mark.parametrize("text", ["", "  ", '"', "-", "()*"])
def test_a_text_without_a_word_leaves_nothing_out(text: str) -> None:
    assert Query(text).is_everything
