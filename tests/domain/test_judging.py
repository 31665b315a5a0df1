"""Changes of a judgment and what takes them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment, tidy_tag

tags = st.sampled_from(("cover", "print", "web", "final"))
judgments = st.builds(
    Judgment,
    stars=st.integers(0, 5),
    flag=st.sampled_from(Flag),
    is_favourite=st.booleans(),
    note=st.sampled_from(("", "too dark")),
    tags=st.frozensets(tags).map(lambda words: tuple(sorted(words))),
)


@given(judgments, judgments)
def test_the_change_between_two_judgments_leads_from_one_to_the_other_and_back(old: Judgment, new: Judgment) -> None:
    assert Change.between(old, new).applied_to(old) == new
    assert Change.between(new, old).applied_to(new) == old


@given(judgments)
def test_no_change_says_nothing(judgment: Judgment) -> None:
    assert Change.between(judgment, judgment) == Change()
    assert Change().applied_to(judgment) == judgment


@pytest.mark.parametrize("stars", [-1, 6])
def test_there_are_no_other_stars(stars: int) -> None:
    with pytest.raises(ValueError, match="stars"):
        Change(stars=stars).applied_to(UNJUDGED)


def test_tags_are_tidied_and_empty_ones_are_none() -> None:
    assert Change(adds=("  second \n round ", "a,b", " , ")).applied_to(UNJUDGED).tags == ("a b", "second round")
    assert tidy_tag("\t") == ""
