"""Estimates and what counts as spent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.money import DEFAULT_PRICE_USD, dollars, estimate_usd, spent_usd
from seedream_desktop.domain.settings import Settings, Theme
from seedream_desktop.domain.task import AttemptState
from tests.domain.samples import make_attempt, make_task


def test_four_pictures_at_the_usual_price_cost_16_cents() -> None:
    assert estimate_usd(4, DEFAULT_PRICE_USD) == Decimal("0.16")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "$0.00"),
        ("0.16", "$0.16"),
        ("0.1", "$0.10"),
        ("0.0350", "$0.035"),
        ("0.0375", "$0.0375"),
        ("74.87", "$74.87"),
        ("74.86999999999999", "$74.87"),
        ("0.00001", "$0.00"),
        ("100", "$100.00"),
        ("1E+3", "$1000.00"),
        ("-0.005", "-$0.005"),
        ("-1.5", "-$1.50"),
        ("-0.00001", "$0.00"),
    ],
)
def test_amounts_have_two_decimals_and_more_only_where_they_matter(amount: str, shown: str) -> None:
    assert dollars(Decimal(amount)) == shown


@given(st.decimals(-(10**12), 10**12, allow_nan=False))
def test_any_amount_up_to_a_trillion_can_be_shown(amount: Decimal) -> None:
    shown = dollars(amount)

    assert shown.lstrip("-").startswith("$")
    assert abs(Decimal(shown.replace("$", "")) - amount) <= Decimal("0.00005")


def test_an_unclear_order_counts_as_spent_and_an_unsent_one_does_not() -> None:
    tasks = [
        make_task(estimated_cost_usd=Decimal("0.16"), attempts=(make_attempt(AttemptState.ACCEPTED),)),
        make_task(estimated_cost_usd=Decimal("0.04"), attempts=(make_attempt(AttemptState.UNKNOWN),)),
        make_task(estimated_cost_usd=Decimal("0.40"), attempts=(make_attempt(AttemptState.UNSENT),)),
        make_task(estimated_cost_usd=Decimal("0.40"), attempts=(make_attempt(AttemptState.REFUSED),)),
        make_task(estimated_cost_usd=Decimal("0.40")),
    ]

    assert spent_usd(tasks) == Decimal("0.20")
    assert spent_usd([]) == 0


def test_an_order_sent_twice_counts_twice() -> None:
    attempts = (make_attempt(AttemptState.UNKNOWN, "a1"), make_attempt(AttemptState.ACCEPTED, "a2"))

    assert spent_usd([make_task(estimated_cost_usd=Decimal("0.16"), attempts=attempts)]) == Decimal("0.32")


def test_settings_begin_with_the_price_of_the_api_page_and_the_systems_colours() -> None:
    assert Settings() == Settings(library="", price_per_image_usd=Decimal("0.04"), theme=Theme.SYSTEM)
