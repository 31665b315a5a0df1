from __future__ import annotations

from datetime import timedelta

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.gallery import wording
from seedream_desktop.ui.gallery.model import tiles_of
from tests.ui.gallery.samples import NOW, coming, stored, task


def time_of(age_s: float) -> str:
    return f"{(NOW - timedelta(seconds=age_s)).astimezone():%H:%M}"


def test_the_facts_of_a_finished_task_are_count_time_duration_and_cost() -> None:
    assert wording.facts(task("fox", count=4), NOW, 1.0) == f"4 of 4 · {time_of(60)} · 31 s · $0.16"


def test_a_task_with_fewer_pictures_than_asked_says_so() -> None:
    short = task("fox", TaskState.PARTIAL, count=4, pictures=(stored(1), stored(2), stored(3)))

    assert wording.facts(short, NOW, 1.0).startswith("3 of 4 · ")


def test_where_some_pictures_are_left_out_it_says_how_many_are_shown() -> None:
    assert wording.facts(task("fox", count=4), NOW, 1.0, 1).startswith("4 of 4, 1 shown · ")


@pytest.mark.parametrize(("came", "words"), [(3, "set of 3"), (2, "set, 2 of 3")])
def test_a_connected_set_is_called_one(came: int, words: str) -> None:
    found = task("fox", count=3, sequence=True, pictures=tuple(stored(n) for n in range(came)))

    assert wording.facts(found, NOW, 1.0).split(" · ")[0] == words


def test_a_running_task_says_how_long_and_what_is_usual() -> None:
    running = task("fox", TaskState.PROCESSING, age_s=18)

    assert wording.facts(running, NOW, 1.0) == "running 0:18, usually 0:25 to 0:35"
    assert wording.facts(running, NOW, 0.2) == "running 0:18, usually 0:05 to 0:07"


@pytest.mark.parametrize(("age_s", "part"), [(0, 0.0), (7, 0.2), (35, 1.0), (300, 1.0)])
def test_the_bar_of_a_running_task_is_full_when_the_usual_time_is_over(age_s: float, part: float) -> None:
    assert wording.usual_part(task("fox", TaskState.PROCESSING, age_s=age_s), NOW, 1.0) == pytest.approx(part)


@pytest.mark.parametrize("state", [TaskState.QUEUED, TaskState.SUBMITTING, TaskState.DONE])
def test_only_a_running_task_has_a_bar(state: TaskState) -> None:
    assert wording.usual_part(task("fox", state), NOW, 1.0) is None


def test_while_downloading_it_says_how_many_are_saved() -> None:
    found = task("fox", TaskState.DOWNLOADING, count=2, pictures=(stored(1), coming(2)), age_s=27)

    assert wording.facts(found, NOW, 1.0) == "1 of 2 saved · 27 s"


def test_the_day_is_named_unless_it_is_today() -> None:
    assert wording.day_time(NOW - timedelta(days=3), NOW).startswith("11 Mar")
    assert "2025" in wording.day_time(NOW - timedelta(days=300), NOW)


def test_the_name_of_a_picture_holds_prompt_place_and_pixels() -> None:
    assert wording.tile_name(task("fox", count=3), 1) == "fox, 2 of 3, 2048 x 2048"


def test_the_name_of_a_running_picture_holds_the_state() -> None:
    assert wording.tile_name(task("fox", TaskState.PROCESSING, count=3), 1) == "fox, 2 of 3, Generating"


def test_a_bad_picture_is_named_by_its_trouble() -> None:
    found = task("fox", TaskState.PARTIAL, pictures=(stored(1), coming(2, PictureState.EXPIRED)))

    assert wording.tile_name(found, 1) == "fox, 2 of 2, Link expired"
    assert wording.tile_words(found, tiles_of(found)[1], None, NOW) == "Link expired"


def test_a_download_shows_its_true_percentage() -> None:
    found = task("fox", TaskState.DOWNLOADING, pictures=(coming(1),))
    tile = tiles_of(found)[0]

    assert wording.tile_words(found, tile, 0.619, NOW) == "Downloading 61 %"
    assert wording.tile_words(found, tile, None, NOW) == "Downloading"


def test_a_card_says_our_sentence_and_the_services_words() -> None:
    failed = task("fox", TaskState.FAILED, failure=Failure(FailureKind.MODERATION, "NSFW_DETECTED", "no <b>way</b>"))
    words = wording.card_words(failed)

    assert words.sentence == (
        "The service's content check turned this down. Change the prompt or the references and try again."
    )
    assert words.service == "The service says: NSFW_DETECTED, no <b>way</b>"
    assert words.button == "Edit and try again"


def test_an_order_with_unclear_outcome_says_that_it_may_have_been_charged() -> None:
    words = wording.card_words(task("fox", TaskState.UNKNOWN, count=4, failure=Failure(FailureKind.REPLY_LOST)))

    assert "may have been charged $0.16" in words.sentence
    assert words.button == "Decide…"


@pytest.mark.parametrize(
    ("state", "kind", "button"),
    [
        (TaskState.QUEUED, FailureKind.KEY_REFUSED, "Open settings"),
        (TaskState.FAILED, FailureKind.TRY_LATER, "Try again"),
        (TaskState.DRAFT, None, "Send now"),
    ],
)
def test_the_button_names_what_helps(state: TaskState, kind: FailureKind | None, button: str) -> None:
    found = task("fox", state, failure=Failure(kind) if kind else None)

    assert wording.card_words(found).button == button


def test_a_task_the_service_has_lost_is_asked_for_again_which_is_free() -> None:
    words = wording.card_words(task("fox", TaskState.NOT_FOUND, failure=Failure(FailureKind.NOT_FOUND)))

    assert words.button == "Check now"


def test_foreign_text_comes_on_one_line_with_tricks_made_visible() -> None:
    assert wording.one_line("a\n b\t\tc") == "a b c"
    assert wording.one_line("pay \u202egnp.exe") == "pay \\u202egnp.exe"
    assert wording.one_line("👩\u200d🎨") == "👩\u200d🎨"


def test_no_more_than_2000_characters_of_the_service_are_shown() -> None:
    failed = task("fox", TaskState.FAILED, failure=Failure(FailureKind.UNSORTED, "X", "y" * 9_000))

    assert len(wording.card_words(failed).service) < 2_100


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "1 s"), (31.2, "31 s"), (99, "99 s"), (130, "2:10 min")])
def test_durations_are_short(seconds: float, text: str) -> None:
    assert wording.duration(seconds) == text


def test_long_times_have_hours() -> None:
    assert wording.clock_time(3723) == "1:02:03"
