"""Secrets that keep to themselves, and keys as people paste them."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from seedream_desktop.system.secret import BadKeyError, Secret, parse_key

KEY = "sk-live-0123456789"


@pytest.mark.parametrize(
    "show", [str, repr, "{}".format, "{!r}".format, "{:>30}".format, lambda s: f"{s}", lambda s: f"{[s]}"]
)
def test_no_way_of_printing_shows_the_secret(show: object) -> None:
    assert callable(show)
    assert KEY not in show(Secret(KEY))


def test_a_secret_is_told_only_when_asked() -> None:
    assert Secret(KEY).reveal() == KEY


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_neither_pickled_nor_copied(duplicate: object) -> None:
    assert callable(duplicate)
    with pytest.raises(TypeError, match="never pickled"):
        duplicate(Secret(KEY))


def test_a_secret_has_no_attributes_that_a_dump_would_list() -> None:
    with pytest.raises(TypeError):
        vars(Secret(KEY))


def test_equal_secrets_are_equal_and_a_text_is_no_secret() -> None:
    assert Secret(KEY) == Secret(KEY)
    assert hash(Secret(KEY)) == hash(Secret(KEY))
    assert Secret(KEY) != Secret("other")
    assert Secret(KEY) != KEY


@pytest.mark.parametrize("pasted", [KEY, f"  {KEY}\n", f"\r\n{KEY}\r\n", f"\t{KEY} "])
def test_spaces_and_line_breaks_at_the_ends_of_a_pasted_key_do_not_matter(pasted: str) -> None:
    assert parse_key(pasted).reveal() == KEY


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   \n",
        "sk live",
        "sk\nlive",
        "sk\tlive",
        "sk\x00live",
        "sk\x7flive",
        "ключ-доступа",
        "sk\u2011live",
        "sk\u200blive",
        "sk\u00a0live",
        "sk\udcfflive",
    ],
)
def test_a_text_that_no_header_can_carry_is_refused_with_a_sentence_about_the_key(pasted: str) -> None:
    with pytest.raises(BadKeyError, match=r"key .*\.$") as caught:
        parse_key(pasted)

    told = "".join(traceback.format_exception(caught.value))
    assert not pasted.strip() or pasted.strip() not in told
