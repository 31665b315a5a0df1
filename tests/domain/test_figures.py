"""The numbers by which a prompt speaks of its references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.figures import figure, figures_in, figures_without_picture, role_line
from seedream_desktop.domain.reference import Reference, Role

LINK = "https://pictures.example/fox.jpg"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the fox of Figure 1", [("Figure 1", 1)]),
        ("Figure 12, then Figure 3.", [("Figure 12", 12), ("Figure 3", 3)]),
        ("the coat of Figure ?", [("Figure ?", None)]),
        ("Figure\u00a02", [("Figure\u00a02", 2)]),
        ("(Figure 1/Figure 2)", [("Figure 1", 1), ("Figure 2", 2)]),
        ("把图1放到图 2上", [("图1", 1), ("图 2", 2)]),
        ("把Figure 2的狐狸", [("Figure 2", 2)]),
        ("参考图3", [("图3", 3)]),
        ("🦊🦊 Figure 1", [("Figure 1", 1)]),
    ],
)
def test_figures_are_found_in_both_wordings(text: str, found: list[tuple[str, int | None]]) -> None:
    assert [(each.words, each.number) for each in figures_in(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "figure 8 knot",
        "Figure 123",
        "Figure 2x",
        "Figure  2",
        "Figure\n2",
        "Figure2",
        "aFigure 2",
        "_Figure 2",
        "地图2",
    ],
)
def test_other_words_are_no_figures(text: str) -> None:
    assert figures_in(text) == ()


@given(st.text(max_size=60), st.integers(1, 14), st.text(max_size=60))
def test_a_figure_is_where_it_says_it_is(before: str, number: int, after: str) -> None:
    text = f"{before} {figure(number)} {after}"

    found = [each for each in figures_in(text) if each.start == len(before) + 1]

    assert [each.number for each in found] == [number]
    assert text[found[0].start : found[0].end] == f"Figure {number}"
    assert text[found[0].number_start : found[0].end] == str(number)


def test_only_what_is_within_a_figure_is_held_by_it() -> None:
    (found,) = figures_in("a Figure 12")

    assert [position for position in range(12) if found.holds(position)] == list(range(3, 11))
    assert (found.number_start, found.end) == (9, 11)


@pytest.mark.parametrize(
    ("prompt", "references", "lost"),
    [
        ("Figure 1 and Figure 2", 2, ()),
        ("Figure 1 and Figure 3", 2, ("Figure 3",)),
        ("Figure 3, Figure 3, Figure ?", 2, ("Figure 3", "Figure ?")),
        ("Figure 0", 2, ("Figure 0",)),
        ("图3", 2, ("图3",)),
        ("Figure 1", 0, ("Figure 1",)),
    ],
)
def test_figures_that_no_reference_stands_for_are_named_once(
    prompt: str, references: int, lost: tuple[str, ...]
) -> None:
    assert figures_without_picture(prompt, references) == lost


def test_the_role_line_names_each_role_by_its_number() -> None:
    references = [Reference(LINK, role=Role.SUBJECT), Reference(LINK), Reference(LINK, role=Role.PALETTE)]

    assert role_line(references) == "Figure 1 gives the subject; Figure 3 gives the colour palette."
    assert figures_without_picture(role_line(references), 3) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FREE])
def test_every_role_has_words(role: Role) -> None:
    assert role_line([Reference(LINK, role=role)]).startswith("Figure 1 gives the ")


def test_without_roles_there_is_no_line() -> None:
    assert role_line([Reference(LINK), Reference(LINK)]) == ""
    assert role_line([]) == ""
