"""Every code has a sentence, in whatever language, and what may have cost money says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import pytest

from seedream_desktop import sentences
from seedream_desktop.domain.events import Connection
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference, ReferenceFault
from seedream_desktop.domain.request import Field, Problem, ProblemCode
from seedream_desktop.domain.task import TaskState
from seedream_desktop.sentences.connection import connection_sentence

BRACES = "{message} of {nobody}"
KEY_VALUES = {"keychain": "KWallet", "reason": "locked", "balance": "$1.00"}
PHOTO = PictureFacts("HEIC", PixelSize(4032, 3024), 2_900_000)
SENT = PictureFacts("JPEG", PixelSize(4032, 3024), 310_000)
ALL: dict[str, Callable[[], str]] = {
    **{f"state {state}": partial(sentences.state_word, state) for state in TaskState},
    **{f"picture {state}": partial(sentences.picture_word, state) for state in PictureState},
    **{
        f"problem {code}": partial(sentences.problem_sentence, Problem(code, Field.PROMPT, 5001, 5000))
        for code in ProblemCode
    },
    **{
        f"failure {kind}": partial(sentences.failure_sentence, Failure(kind, "E-17", "fox.png")) for kind in FailureKind
    },
    **{f"connection {word}": partial(connection_sentence, word) for word in Connection},
    **{f"key {words.name}": partial(sentences.key_sentence, words, **KEY_VALUES) for words in sentences.KeyWords},
    **{f"reference {fault}": partial(sentences.reference_fault_sentence, fault, "fox.png") for fault in ReferenceFault},
    **{
        f"host {fault}": partial(sentences.failure_sentence, Failure(FailureKind.HOST_REFUSED, fault, "pictures"))
        for fault in HostFault
    },
    **{
        f"change {change}": partial(sentences.preparation_sentence, PreparedReference("", SENT, PHOTO, (change,)))
        for change in Change
    },
    "copied folder": sentences.copied_folder_sentence,
    "charge": partial(sentences.charge_sentence, 4, Decimal("0.16")),
    "service words": partial(sentences.service_words, Failure(FailureKind.UNSORTED, "E-17", "no")),
}


@pytest.fixture
def translator() -> Iterator[Callable[[Callable[[str, str], str]], None]]:
    yield sentences.use_translator
    sentences.use_translator(lambda _context, text: text)


@pytest.mark.parametrize("say", ALL.values(), ids=ALL.keys())
def test_every_code_has_a_whole_sentence(say: Callable[[], str]) -> None:
    said = say()

    assert said.strip() == said != ""
    assert not set("{}") & set(said)
    assert "None" not in said


@pytest.mark.parametrize("say", ALL.values(), ids=ALL.keys())
def test_every_sentence_goes_through_the_translator(
    say: Callable[[], str], translator: Callable[[Callable[[str, str], str]], None]
) -> None:
    asked = []

    def whisper(context: str, text: str) -> str:
        asked.append(context)
        return f"psst: {text}"

    translator(whisper)

    assert say().startswith("psst: ")
    assert set(asked) == {"Sentences"}


def test_a_translation_may_put_the_values_elsewhere(translator: Callable[[Callable[[str, str], str]], None]) -> None:
    translator(lambda _context, _text: "{limit} < {actual}")

    said = sentences.problem_sentence(Problem(ProblemCode.PROMPT_TOO_LONG, Field.PROMPT, 5001, 5000))

    assert said == "5000 < 5001"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("draft", "Draft"),
        ("queued", "Queued"),
        ("submitting", "Sending"),
        ("refused", "Refused"),
        ("unknown", "Outcome unknown"),
        ("processing", "Generating"),
        ("downloading", "Downloading"),
        ("done", "Done"),
        ("partial", "Partly done"),
        ("failed", "Failed"),
        ("not_found", "Not found"),
        ("written_off", "Written off"),
    ],
)
def test_each_state_has_the_word_it_was_promised(state: str, word: str) -> None:
    assert sentences.state_word(TaskState(state)) == word


def test_no_two_states_share_a_word() -> None:
    assert len({sentences.state_word(state) for state in TaskState}) == len(TaskState)


@pytest.mark.parametrize(
    ("code", "actual", "limit", "named"),
    [
        (ProblemCode.PROMPT_TOO_LONG, 5001, 5000, ["5001", "5000"]),
        (ProblemCode.COUNT_OUT_OF_RANGE, 11, 10, ["11", "10"]),
        (ProblemCode.REFERENCES_TOO_MANY, 15, 14, ["15", "14"]),
        (ProblemCode.SET_TOO_LARGE, 16, 15, ["16", "15"]),
        (ProblemCode.CALLBACK_URL_NOT_PUBLIC, 0, 0, ["https://"]),
    ],
)
def test_a_problem_names_the_limit(code: ProblemCode, actual: int, limit: int, named: list[str]) -> None:
    said = sentences.problem_sentence(Problem(code, Field.PROMPT, actual, limit))

    assert all(part in said for part in named)


@pytest.mark.parametrize("kind", [FailureKind.REPLY_LOST, FailureKind.REPLY_UNREADABLE])
def test_an_unclear_outcome_says_that_it_may_have_been_charged(kind: FailureKind) -> None:
    assert "may have been charged" in sentences.failure_sentence(Failure(kind, "502", "Bad gateway"))


def test_the_charge_names_the_sum_and_the_number_of_images() -> None:
    said = sentences.charge_sentence(4, Decimal("0.16"))

    assert "may have been charged" in said
    assert "$0.16 (4 × $0.04)" in said


def test_no_sentence_promises_that_nothing_was_or_will_be_charged() -> None:
    said = " ".join(sentences.failure_sentence(Failure(kind)) for kind in FailureKind).casefold()

    assert not [
        word for word in ("refund", "not been charged", "not charged", "for free", "not billed") if word in said
    ]


def test_a_file_without_a_host_is_named() -> None:
    assert "fox.png" in sentences.failure_sentence(Failure(FailureKind.NO_HOST_FOR_FILES, "", "fox.png"))


@pytest.mark.parametrize("kind", list(FailureKind))
def test_braces_in_foreign_words_stay_braces(kind: FailureKind) -> None:
    failure = Failure(kind, BRACES, BRACES)

    assert sentences.failure_sentence(failure)
    assert BRACES in (sentences.service_words(failure) or BRACES)


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        ("NSFW_DETECTED", "unsafe", "The service says: NSFW_DETECTED, unsafe"),
        ("NSFW_DETECTED", "", "The service says: NSFW_DETECTED"),
        ("", "unsafe", "The service says: unsafe"),
        ("", "", ""),
    ],
)
def test_the_services_own_code_and_words_are_quoted(code: str, message: str, said: str) -> None:
    assert sentences.service_words(Failure(FailureKind.MODERATION, code, message)) == said


def test_an_endless_message_is_quoted_for_2000_characters() -> None:
    said = sentences.service_words(Failure(FailureKind.UNSORTED, "", "m" * 1_000_000))

    assert said.count("m") == 2000


@pytest.mark.parametrize(
    "kind", [FailureKind.OFFLINE, FailureKind.REPLY_LOST, FailureKind.KEY_MISSING, FailureKind.DISK_TROUBLE]
)
def test_the_service_is_not_quoted_where_it_said_nothing(kind: FailureKind) -> None:
    assert sentences.service_words(Failure(kind, "ConnectError", "words of the system")) == ""


def test_what_became_of_a_picture_is_told_in_numbers() -> None:
    turned = PreparedReference("", SENT, PHOTO, (Change.TURNED, Change.FORMAT_CHANGED))

    said = sentences.preparation_sentence(turned)

    assert said == "4032×3024 HEIC → 4032×3024 JPEG, 310 kB: turned upright, format changed"


def test_a_picture_that_needed_nothing_is_told_once() -> None:
    assert sentences.preparation_sentence(PreparedReference("", SENT, SENT)) == "4032×3024 JPEG, 310 kB"


def test_a_reference_that_cannot_be_used_is_named() -> None:
    failure = Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.TOO_LONG, "panorama.jpg")

    assert "panorama.jpg is more than 16 times" in sentences.failure_sentence(failure)


def test_a_reference_that_was_taken_out_is_not_called_by_its_mark_alone() -> None:
    lost = Problem(ProblemCode.FIGURE_WITHOUT_PICTURE, Field.PROMPT, limit=3, words="Figure ?")

    assert sentences.problem_sentence(lost) == "The prompt speaks of a reference that was taken out (Figure ?)."
