"""Failures are sorted by what helps against them; the raw code and words are always kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.failure import Failure, FailureKind, Fault, sort_fail_code

KNOWN = {
    "CONTENT_VIOLATION": "moderation",
    "NSFW_DETECTED": "moderation",
    "SensitiveContentDetected": "moderation",
    "InputImageSensitiveContentDetected": "moderation",
    "ProhibitedContentDetected": "moderation",
    "PROMPT_TOO_LONG": "prompt",
    "INVALID_PROMPT": "prompt",
    "PromptLengthExceeded": "prompt",
    "INVALID_IMAGE_URL": "reference",
    "IMAGE_TOO_LARGE": "reference",
    "UNSUPPORTED_FORMAT": "reference",
    "IMAGE_DOWNLOAD_FAILED": "reference",
    "PROCESSING_TIMEOUT": "try_later",
    "MODEL_UNAVAILABLE": "try_later",
    "INSUFFICIENT_CREDITS": "money",
    "GENERATION_FAILED": "unsorted",
}
UNKNOWN = {
    "OutputVideoSensitive": "moderation",
    "nsfw": "moderation",
    "ServerOverloaded": "try_later",
    "InternalServiceError": "try_later",
    "AccountBalanceTooLow": "money",
    "BAD_URL": "reference",
    "WEIRD": "unsorted",
    "": "unsorted",
}
BY_MESSAGE = {
    "Insufficient credits": "money",
    "The prompt violates the content policy": "moderation",
    "This may contain sensitive information": "moderation",
    "Cannot access provided image URL": "reference",
    "image_urls must hold 1 to 14 URLs": "reference",
    "An input image is larger than the limit": "reference",
    "The service is overloaded": "try_later",
    "Image generation failed": "unsorted",
    "max_images must be a whole number from 1 to 10": "unsorted",
    "callback_url must be a public HTTPS address": "unsorted",
    "": "unsorted",
}


@pytest.mark.parametrize(("code", "kind"), [*KNOWN.items(), *UNKNOWN.items()])
def test_a_fail_code_is_sorted_by_its_words(code: str, kind: str) -> None:
    assert sort_fail_code(code) == Failure(FailureKind(kind), code, "")


@pytest.mark.parametrize(("message", "kind"), BY_MESSAGE.items())
def test_the_message_decides_where_the_code_says_nothing(message: str, kind: str) -> None:
    assert sort_fail_code("E-17", message) == Failure(FailureKind(kind), "E-17", message)


def test_the_code_weighs_more_than_the_message() -> None:
    assert sort_fail_code("NSFW_DETECTED", "timeout").kind is FailureKind.MODERATION


def test_a_failed_generation_is_not_blamed_on_a_reference() -> None:
    failure = sort_fail_code("GENERATION_FAILED", "Image generation failed")

    assert failure.kind is FailureKind.UNSORTED
    assert failure.fault is Fault.SERVICE


@given(st.text(), st.text())
def test_any_code_and_message_are_kept_to_the_letter(code: str, message: str) -> None:
    failure = sort_fail_code(code, message)

    assert (failure.code, failure.message) == (code, message)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (FailureKind.MODERATION, Fault.USER),
        (FailureKind.REFERENCE, Fault.USER),
        (FailureKind.PROMPT, Fault.USER),
        (FailureKind.BAD_REQUEST, Fault.USER),
        (FailureKind.NO_HOST_FOR_FILES, Fault.USER),
        (FailureKind.MONEY, Fault.ACCOUNT),
        (FailureKind.KEY_MISSING, Fault.ACCOUNT),
        (FailureKind.KEY_REFUSED, Fault.ACCOUNT),
        (FailureKind.FORBIDDEN, Fault.ACCOUNT),
        (FailureKind.OFFLINE, Fault.NETWORK),
        (FailureKind.REPLY_LOST, Fault.NETWORK),
        (FailureKind.WRONG_ADDRESS, Fault.NETWORK),
        (FailureKind.DISK_TROUBLE, Fault.DISK),
        (FailureKind.TRY_LATER, Fault.SERVICE),
        (FailureKind.UNSORTED, Fault.SERVICE),
        (FailureKind.RESULT_UNREADABLE, Fault.SERVICE),
    ],
)
def test_each_failure_says_who_has_to_act(kind: FailureKind, fault: Fault) -> None:
    assert Failure(kind).fault is fault
