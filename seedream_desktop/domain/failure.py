"""What can go wrong, sorted by whose fault it is; the words for people are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """Who has to act to make it right."""

    USER = "user"
    ACCOUNT = "account"
    SERVICE = "service"
    NETWORK = "network"
    DISK = "disk"


class FailureKind(StrEnum):
    """The closed set of troubles that the program has its own sentence for."""

    MODERATION = "moderation"
    REFERENCE = "reference"
    PROMPT = "prompt"
    MONEY = "money"
    TRY_LATER = "try_later"
    BAD_REQUEST = "bad_request"
    KEY_MISSING = "key_missing"
    KEY_REFUSED = "key_refused"
    FORBIDDEN = "forbidden"
    WRONG_ADDRESS = "wrong_address"
    OFFLINE = "offline"
    REPLY_LOST = "reply_lost"
    REPLY_UNREADABLE = "reply_unreadable"
    NOT_FOUND = "not_found"
    RESULT_UNREADABLE = "result_unreadable"
    PICTURES_BAD = "pictures_bad"
    LINKS_EXPIRED = "links_expired"
    NO_HOST_FOR_FILES = "no_host_for_files"
    REFERENCE_UNUSABLE = "reference_unusable"
    HOST_REFUSED = "host_refused"
    HOST_UNREACHABLE = "host_unreachable"
    DISK_TROUBLE = "disk_trouble"
    UNSORTED = "unsorted"


_FAULTS: Final[dict[FailureKind, Fault]] = {
    FailureKind.MODERATION: Fault.USER,
    FailureKind.REFERENCE: Fault.USER,
    FailureKind.PROMPT: Fault.USER,
    FailureKind.NO_HOST_FOR_FILES: Fault.USER,
    FailureKind.REFERENCE_UNUSABLE: Fault.USER,
    FailureKind.HOST_REFUSED: Fault.ACCOUNT,
    FailureKind.HOST_UNREACHABLE: Fault.NETWORK,
    FailureKind.BAD_REQUEST: Fault.USER,
    FailureKind.MONEY: Fault.ACCOUNT,
    FailureKind.KEY_MISSING: Fault.ACCOUNT,
    FailureKind.KEY_REFUSED: Fault.ACCOUNT,
    FailureKind.FORBIDDEN: Fault.ACCOUNT,
    FailureKind.OFFLINE: Fault.NETWORK,
    FailureKind.REPLY_LOST: Fault.NETWORK,
    FailureKind.WRONG_ADDRESS: Fault.NETWORK,
    FailureKind.DISK_TROUBLE: Fault.DISK,
}

_WordGroups = tuple[tuple[FailureKind, tuple[str, ...]], ...]

# Word groups in order: the first that fits sorts an unknown code (the API page: failCode is an open set).
_CODE_WORDS: Final[_WordGroups] = (
    (FailureKind.MODERATION, ("sensitive", "nsfw", "violation", "prohibited")),
    (FailureKind.MONEY, ("credit", "balance")),
    (FailureKind.TRY_LATER, ("timeout", "unavailable", "overload", "internal")),
    (FailureKind.REFERENCE, ("image", "url", "format", "download")),
    (FailureKind.PROMPT, ("prompt",)),
)
# In a sentence "image", "url" and "format" say too little: "Image generation failed", "callback_url is required".
_REFERENCE_PHRASES: Final = ("reference", "input image", "image url", "image_url")
_MESSAGE_WORDS: Final[_WordGroups] = (
    (FailureKind.MODERATION, ("content policy",)),
    *((kind, _REFERENCE_PHRASES if kind is FailureKind.REFERENCE else marks) for kind, marks in _CODE_WORDS),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One trouble: our sort, and the code and words exactly as the service or the system gave them."""

    kind: FailureKind
    code: str = ""
    message: str = ""

    @property
    def fault(self) -> Fault:
        """Who has to act; the service where nobody else is known."""
        return _FAULTS.get(self.kind, Fault.SERVICE)


def sort_fail_code(code: str, message: str = "") -> Failure:
    """Return the failure for a failCode of the service, known or not; code and message are kept as they are."""
    return Failure(_kind_of(code, message), code, message)


def _kind_of(code: str, message: str) -> FailureKind:
    kind = _first_fit(code.lower(), _CODE_WORDS)
    return _first_fit(message.lower(), _MESSAGE_WORDS) if kind is FailureKind.UNSORTED else kind


def _first_fit(words: str, groups: _WordGroups) -> FailureKind:
    for kind, marks in groups:
        if any(mark in words for mark in marks):
            return kind
    return FailureKind.UNSORTED
