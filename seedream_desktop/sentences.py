"""The program's sentences for its codes, the same in the window and on the command line; English until translated.

Texts stand in tables marked for the translation tools. This module must not know Qt: whoever has a translator
hands it in with `use_translator`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Final

from seedream_desktop.domain.events import Connection
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_RATIO
from seedream_desktop.domain.request import Problem, ProblemCode
from seedream_desktop.domain.task import TaskState

_CONTEXT: Final = "Sentences"


def _in_english(_context: str, text: str) -> str:
    return text


_translate: Callable[[str, str], str] = _in_english


def use_translator(translate: Callable[[str, str], str]) -> None:
    """Let *translate(context, text)* turn every sentence into the user's language from now on."""
    global _translate  # noqa: PLW0603 - one language per process, set once at its start
    _translate = translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name the extraction tool looks for
    """Mark *text* for extraction and return it."""
    return text


_STATES: Final[dict[TaskState, str]] = {
    TaskState.DRAFT: QT_TRANSLATE_NOOP("Sentences", "Draft"),
    TaskState.QUEUED: QT_TRANSLATE_NOOP("Sentences", "Queued"),
    TaskState.SUBMITTING: QT_TRANSLATE_NOOP("Sentences", "Sending"),
    TaskState.REFUSED: QT_TRANSLATE_NOOP("Sentences", "Refused"),
    TaskState.UNKNOWN: QT_TRANSLATE_NOOP("Sentences", "Outcome unknown"),
    TaskState.PROCESSING: QT_TRANSLATE_NOOP("Sentences", "Generating"),
    TaskState.DOWNLOADING: QT_TRANSLATE_NOOP("Sentences", "Downloading"),
    TaskState.DONE: QT_TRANSLATE_NOOP("Sentences", "Done"),
    TaskState.PARTIAL: QT_TRANSLATE_NOOP("Sentences", "Partly done"),
    TaskState.FAILED: QT_TRANSLATE_NOOP("Sentences", "Failed"),
    TaskState.NOT_FOUND: QT_TRANSLATE_NOOP("Sentences", "Not found"),
    TaskState.WRITTEN_OFF: QT_TRANSLATE_NOOP("Sentences", "Written off"),
}

_PICTURES: Final[dict[PictureState, str]] = {
    PictureState.PLANNED: QT_TRANSLATE_NOOP("Sentences", "Waiting to download"),
    PictureState.DOWNLOADING: QT_TRANSLATE_NOOP("Sentences", "Downloading"),
    PictureState.STORED: QT_TRANSLATE_NOOP("Sentences", "Saved"),
    PictureState.EXPIRED: QT_TRANSLATE_NOOP("Sentences", "Link expired"),
    PictureState.UNDECODABLE: QT_TRANSLATE_NOOP("Sentences", "Damaged picture"),
    PictureState.NOT_AN_IMAGE: QT_TRANSLATE_NOOP("Sentences", "Not a picture"),
    PictureState.MISSING: QT_TRANSLATE_NOOP("Sentences", "File missing"),
}

_PROBLEMS: Final[dict[ProblemCode, str]] = {
    ProblemCode.PROMPT_EMPTY: QT_TRANSLATE_NOOP("Sentences", "Write a prompt first: what should the picture show?"),
    ProblemCode.PROMPT_TOO_LONG: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt has {actual} characters; the service takes at most {limit}."
    ),
    ProblemCode.PROMPT_UNPRINTABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt holds a character that cannot be sent. Type the last pasted part again."
    ),
    ProblemCode.COUNT_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Sentences", "Ask for 1 to {limit} images at a time; {actual} is outside of that."
    ),
    ProblemCode.REFERENCES_MISSING: QT_TRANSLATE_NOOP(
        "Sentences", "Image to image needs at least one reference image."
    ),
    ProblemCode.REFERENCES_TOO_MANY: QT_TRANSLATE_NOOP(
        "Sentences", "The service takes at most {limit} reference images; {actual} were given."
    ),
    ProblemCode.REFERENCES_UNUSED: QT_TRANSLATE_NOOP(
        "Sentences", "Text to image uses no reference images. Choose image to image, or remove them."
    ),
    ProblemCode.FIGURE_WITHOUT_PICTURE: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt speaks of {words}, but there is no such reference. There are {limit}."
    ),
    ProblemCode.SET_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Sentences",
        "References and images of a connected set make {actual} together; above {limit} the set may come back short.",
    ),
    ProblemCode.CALLBACK_URL_NOT_PUBLIC: QT_TRANSLATE_NOOP(
        "Sentences", "The callback URL must be a public address that begins with https://."
    ),
}

_FAILURES: Final[dict[FailureKind, str]] = {
    FailureKind.MODERATION: QT_TRANSLATE_NOOP(
        "Sentences", "The service's content check turned this down. Change the prompt or the references and try again."
    ),
    FailureKind.REFERENCE: QT_TRANSLATE_NOOP(
        "Sentences", "The service could not use a reference image. Your prompt and references are kept."
    ),
    FailureKind.PROMPT: QT_TRANSLATE_NOOP(
        "Sentences", "The service did not take the prompt as it is. Change it and try again."
    ),
    FailureKind.MONEY: QT_TRANSLATE_NOOP(
        "Sentences", "The account's balance is too low for this. Top it up, then try again."
    ),
    FailureKind.TRY_LATER: QT_TRANSLATE_NOOP(
        "Sentences", "The service could not finish this just now. Trying again later may work."
    ),
    FailureKind.BAD_REQUEST: QT_TRANSLATE_NOOP("Sentences", "The service did not accept this request."),
    FailureKind.KEY_MISSING: QT_TRANSLATE_NOOP("Sentences", "There is no API key yet. Add it in Settings."),
    FailureKind.KEY_REFUSED: QT_TRANSLATE_NOOP(
        "Sentences", "The service refuses the API key. Check it in Settings; everything waits until then."
    ),
    FailureKind.FORBIDDEN: QT_TRANSLATE_NOOP(
        "Sentences", "The service does not allow this: its content rules or the API key's rights stand against it."
    ),
    FailureKind.WRONG_ADDRESS: QT_TRANSLATE_NOOP(
        "Sentences", "Something else than the service answered at this address. Check the address and the network."
    ),
    FailureKind.OFFLINE: QT_TRANSLATE_NOOP(
        "Sentences", "The service cannot be reached. The program goes on by itself as soon as it can."
    ),
    FailureKind.REPLY_LOST: QT_TRANSLATE_NOOP(
        "Sentences", "The order was sent, but the answer was lost. You may have been charged."
    ),
    FailureKind.REPLY_UNREADABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The order was sent, but the answer makes no sense. You may have been charged."
    ),
    FailureKind.NOT_FOUND: QT_TRANSLATE_NOOP(
        "Sentences", "The service does not know this task any more. It is kept here and asked for again."
    ),
    FailureKind.RESULT_UNREADABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The service says the pictures are ready, but its answer cannot be read. The raw text is kept."
    ),
    FailureKind.PICTURES_BAD: QT_TRANSLATE_NOOP(
        "Sentences", "The service sent files that are not whole pictures. They are asked for again every hour."
    ),
    FailureKind.LINKS_EXPIRED: QT_TRANSLATE_NOOP(
        "Sentences", "The links to the pictures have expired, so they can no longer be fetched."
    ),
    FailureKind.NO_HOST_FOR_FILES: QT_TRANSLATE_NOOP(
        "Sentences",
        "The service fetches reference images by links, so the file {message} has to be hosted first. "
        "Choose where under Hosting in Settings, or give a link that begins with https://.",
    ),
    FailureKind.REFERENCE_UNUSABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The reference {message} cannot be used. Nothing was sent and nothing was charged."
    ),
    FailureKind.HOST_REFUSED: QT_TRANSLATE_NOOP(
        "Sentences", "The storage for references refuses: {message}. Nothing was sent and nothing was charged."
    ),
    FailureKind.HOST_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The storage for references cannot be reached. The program goes on by itself as soon as it can."
    ),
    FailureKind.DISK_TROUBLE: QT_TRANSLATE_NOOP("Sentences", "This cannot be saved: {message}"),
    FailureKind.UNSORTED: QT_TRANSLATE_NOOP("Sentences", "The service gave up on this task."),
}

# By the code of the storage error; the message names the folder.
_DISK_TROUBLES: Final[dict[str, str]] = {
    "DISK_FULL": QT_TRANSLATE_NOOP(
        "Sentences", "The disk is full: {message}. Make room; the program goes on by itself and nothing is lost."
    ),
    "DATABASE_NEWER": QT_TRANSLATE_NOOP(
        "Sentences",
        "This data was written by a newer version of the program ({message}). Nothing was changed; install the newer "
        "version to open it.",
    ),
    "DATA_FOLDER": QT_TRANSLATE_NOOP("Sentences", "{message}"),
    "FOLDER_READ_ONLY": QT_TRANSLATE_NOOP(
        "Sentences", "Nothing can be saved in {message}: the folder is read-only. So nothing is ordered either."
    ),
    "LIBRARY_MISSING": QT_TRANSLATE_NOOP(
        "Sentences",
        "The library folder {message} is not there. The pictures are safe in the program's own folder and are copied "
        "as soon as it is back; or choose another one in Settings.",
    ),
}

# By the fault; {name} is what people call the picture.
_REFERENCE_FAULTS: Final[dict[ReferenceFault, str]] = {
    ReferenceFault.FILE_MISSING: QT_TRANSLATE_NOOP("Sentences", "{name} is not there any more."),
    ReferenceFault.FILE_UNREADABLE: QT_TRANSLATE_NOOP("Sentences", "{name} cannot be opened."),
    ReferenceFault.NOT_A_PICTURE: QT_TRANSLATE_NOOP(
        "Sentences", "{name} is not a picture this program can read (JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF, PSD)."
    ),
    ReferenceFault.DAMAGED: QT_TRANSLATE_NOOP("Sentences", "{name} is damaged or not whole, so it cannot be used."),
    ReferenceFault.TOO_MANY_PIXELS: QT_TRANSLATE_NOOP(
        "Sentences", "{name} has more pixels than this program opens. Make it smaller first."
    ),
    ReferenceFault.TOO_LARGE_FILE: QT_TRANSLATE_NOOP("Sentences", "{name} is a larger file than this program opens."),
    ReferenceFault.TOO_LONG: QT_TRANSLATE_NOOP(
        "Sentences", "{name} is more than {ratio} times as long as it is wide, which the model does not take. Crop it."
    ),
    ReferenceFault.LINK_DEAD: QT_TRANSLATE_NOOP("Sentences", "The link {name} leads to nothing any more."),
    ReferenceFault.LINK_NOT_A_PICTURE: QT_TRANSLATE_NOOP("Sentences", "There is no picture behind the link {name}."),
    ReferenceFault.LINK_REFUSED: QT_TRANSLATE_NOOP(
        "Sentences", "The link {name} does not lead to a public address, so the service could not fetch it."
    ),
    ReferenceFault.LINK_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The link {name} could not be looked at just now. Check the network."
    ),
    ReferenceFault.NO_HOST: QT_TRANSLATE_NOOP(
        "Sentences", "{name} has to be hosted for the service to fetch it. Choose where under Hosting in Settings."
    ),
}

_HOST_FAULTS: Final[dict[HostFault, str]] = {
    HostFault.INCOMPLETE: QT_TRANSLATE_NOOP("Sentences", "its settings are not complete ({detail})"),
    HostFault.ADDRESS: QT_TRANSLATE_NOOP("Sentences", "there is no storage at this address ({detail})"),
    HostFault.KEY_UNKNOWN: QT_TRANSLATE_NOOP("Sentences", "it does not know this access key or user"),
    HostFault.SECRET_WRONG: QT_TRANSLATE_NOOP("Sentences", "the secret or password is wrong"),
    HostFault.FORBIDDEN: QT_TRANSLATE_NOOP("Sentences", "the access key has no right to do this ({detail})"),
    HostFault.BUCKET_MISSING: QT_TRANSLATE_NOOP("Sentences", "there is no bucket or folder {detail}"),
    HostFault.CLOCK_WRONG: QT_TRANSLATE_NOOP(
        "Sentences", "this computer's clock differs too much from the storage's. Set the clock"
    ),
    HostFault.NO_ROOM: QT_TRANSLATE_NOOP("Sentences", "it has no room left"),
    HostFault.NOT_READABLE: QT_TRANSLATE_NOOP(
        "Sentences", "it took the file, but nobody can read it without a key ({detail})"
    ),
    HostFault.WRONG_CONTENT: QT_TRANSLATE_NOOP("Sentences", "the link gives something else than was uploaded"),
    HostFault.LINKS_DO_NOT_END: QT_TRANSLATE_NOOP(
        "Sentences", "its links do not end by themselves, and private mode allows no others"
    ),
    HostFault.ODD_ANSWER: QT_TRANSLATE_NOOP("Sentences", "its answer makes no sense ({detail})"),
}

_CHANGES: Final[dict[Change, str]] = {
    Change.CROPPED: QT_TRANSLATE_NOOP("Sentences", "cropped"),
    Change.TURNED: QT_TRANSLATE_NOOP("Sentences", "turned upright"),
    Change.FIRST_FRAME: QT_TRANSLATE_NOOP("Sentences", "first frame"),
    Change.COLOURS_CONVERTED: QT_TRANSLATE_NOOP("Sentences", "colours to sRGB"),
    Change.DEPTH_REDUCED: QT_TRANSLATE_NOOP("Sentences", "8 bits a colour"),
    Change.SCALED_DOWN: QT_TRANSLATE_NOOP("Sentences", "made smaller"),
    Change.ENLARGED: QT_TRANSLATE_NOOP("Sentences", "enlarged"),
    Change.FORMAT_CHANGED: QT_TRANSLATE_NOOP("Sentences", "format changed"),
    Change.COMPRESSED: QT_TRANSLATE_NOOP("Sentences", "compressed to fit"),
    Change.METADATA_REMOVED: QT_TRANSLATE_NOOP("Sentences", "place and camera data removed"),
}

# Failures in which the service has said nothing that could be quoted.
_OUR_OWN: Final = frozenset(
    {
        FailureKind.OFFLINE,
        FailureKind.REPLY_LOST,
        FailureKind.KEY_MISSING,
        FailureKind.NO_HOST_FOR_FILES,
        FailureKind.REFERENCE_UNUSABLE,
        FailureKind.HOST_REFUSED,
        FailureKind.HOST_UNREACHABLE,
        FailureKind.PICTURES_BAD,
        FailureKind.LINKS_EXPIRED,
        FailureKind.DISK_TROUBLE,
    }
)

_CONNECTIONS: Final[dict[Connection, str]] = {
    Connection.READY: QT_TRANSLATE_NOOP("Sentences", "Ready"),
    Connection.OFFLINE: QT_TRANSLATE_NOOP("Sentences", "Not reachable, will go on by itself"),
    Connection.BUSY: QT_TRANSLATE_NOOP("Sentences", "The service asks to wait a moment"),
    Connection.KEY_MISSING: QT_TRANSLATE_NOOP("Sentences", "No API key yet: add it in Settings"),
    Connection.KEY_REFUSED: QT_TRANSLATE_NOOP("Sentences", "API key refused: everything waits"),
}


class KeyWords(StrEnum):
    """What the settings say about the API key."""

    IN_KEYCHAIN = QT_TRANSLATE_NOOP("Sentences", "The key is kept in {keychain}.")
    FOR_THIS_RUN = QT_TRANSLATE_NOOP("Sentences", "The key is used until the program ends and kept nowhere.")
    NOT_KEPT = QT_TRANSLATE_NOOP("Sentences", "The key is used until the program ends. It could not be kept: {reason}")
    REMOVED = QT_TRANSLATE_NOOP("Sentences", "The key was removed.")
    NOT_REMOVED = QT_TRANSLATE_NOOP("Sentences", "The key is no longer used, but the keychain still has it: {reason}")
    WORKS = QT_TRANSLATE_NOOP("Sentences", "The key works. The balance is {balance}.")
    NO_ANSWER = QT_TRANSLATE_NOOP("Sentences", "The service did not answer, so the key could not be tested.")


_FACTS: Final = QT_TRANSLATE_NOOP("Sentences", "{width}×{height} {media_format}, {size}")
_MEGABYTES: Final = QT_TRANSLATE_NOOP("Sentences", "{number} MB")
_KILOBYTES: Final = QT_TRANSLATE_NOOP("Sentences", "{number} kB")
_LEAST_MEGABYTES: Final = 950_000
_PREPARED: Final = QT_TRANSLATE_NOOP("Sentences", "{before} → {after}: {done}")
_MAY_BE_CHARGED: Final = QT_TRANSLATE_NOOP("Sentences", "You may have been charged {sum} ({count} × {each}).")
_UNKNOWN: Final = QT_TRANSLATE_NOOP("Sentences", "The order was sent, but what became of it is not known. {charged}")
_COPIED_FOLDER: Final = QT_TRANSLATE_NOOP(
    "Sentences",
    "This data folder is a copy from another place. What waits in its queue is not sent until you say so, "
    "because the original may send it too.",
)
_UNSENT_ORDERS: Final = QT_TRANSLATE_NOOP(
    "Sentences", "The program ended unexpectedly, with orders that had not been sent yet: {count}. Send them now?"
)
_RESCUED: Final = QT_TRANSLATE_NOOP(
    "Sentences",
    "The database was damaged and has been restored from its copies. The damaged file is kept as {path}.",
)
_SERVICE_SAYS: Final = QT_TRANSLATE_NOOP("Sentences", "The service says: {words}")


def _say(text: str, **values: object) -> str:
    return _translate(_CONTEXT, text).format(**values)


def state_word(state: TaskState) -> str:
    """Return the one word or two that name a task's state."""
    return _say(_STATES[state])


def picture_word(state: PictureState) -> str:
    """Return the words that name a picture's state."""
    return _say(_PICTURES[state])


def problem_sentence(problem: Problem) -> str:
    """Return the sentence about a problem of a request; it names the limit."""
    return _say(_PROBLEMS[problem.code], actual=problem.actual, limit=problem.limit, words=problem.words)


def failure_sentence(failure: Failure) -> str:
    """Return our sentence on what happened and what helps; the raw words come from `service_words`."""
    match failure.kind:
        case FailureKind.DISK_TROUBLE:
            text = _DISK_TROUBLES.get(failure.code, _FAILURES[failure.kind])
            return _say(text, message=failure.message)
        case FailureKind.REFERENCE_UNUSABLE if failure.code in _REFERENCE_FAULTS:
            return reference_fault_sentence(ReferenceFault(failure.code), failure.message)
        case FailureKind.HOST_REFUSED if failure.code in _HOST_FAULTS:
            fault = _say(_HOST_FAULTS[HostFault(failure.code)], detail=failure.message)
            return _say(_FAILURES[failure.kind], message=fault)
        case _:
            return _say(_FAILURES[failure.kind], message=failure.message)


def reference_fault_sentence(fault: ReferenceFault, name: str) -> str:
    """Return why the reference that people call *name* cannot be used, and what helps."""
    return _say(_REFERENCE_FAULTS[fault], name=name, ratio=MAX_REFERENCE_RATIO)


def preparation_sentence(prepared: PreparedReference) -> str:
    """Return what became of a picture, e.g. ``4032x3024 HEIC, 2.9 MB → 4032x3024 JPEG, 3.1 MB``; units are decimal."""
    if not prepared.changes:
        return _facts(prepared.facts)
    done = ", ".join(_say(_CHANGES[change]) for change in prepared.changes)
    return _say(_PREPARED, before=_facts(prepared.origin), after=_facts(prepared.facts), done=done)


def _facts(facts: PictureFacts) -> str:
    return _say(
        _FACTS,
        width=facts.size.width_px,
        height=facts.size.height_px,
        media_format=facts.media_format,
        size=_size(facts.size_bytes),
    )


def _size(size_bytes: int) -> str:
    if size_bytes >= _LEAST_MEGABYTES:
        return _say(_MEGABYTES, number=f"{size_bytes / 1_000_000:.1f}")
    return _say(_KILOBYTES, number=max(1, round(size_bytes / 1_000)))


def service_words(failure: Failure) -> str:
    """Return "The service says: CODE, message", or "" when it said nothing; at most 2,000 characters of it."""
    if failure.kind in _OUR_OWN:
        return ""
    words = ", ".join(part for part in (failure.code, failure.message) if part)
    return _say(_SERVICE_SAYS, words=words[:2000]) if words else ""


def unknown_sentence(count: int, estimate_usd: Decimal) -> str:
    """Return what is to be said of an order with an unclear outcome: that it may have cost money, and how much."""
    return _say(_UNKNOWN, charged=charge_sentence(count, estimate_usd))


def key_sentence(words: KeyWords, **values: str) -> str:
    """Return one of the sentences about the API key with its *values* put in."""
    return _say(words.value, **values)


def copied_folder_sentence() -> str:
    """Return the sentence about a data folder that was made elsewhere."""
    return _say(_COPIED_FOLDER)


def unsent_orders_sentence(count: int) -> str:
    """Return the question about *count* orders that a crash left in the queue."""
    return _say(_UNSENT_ORDERS, count=count)


def rescued_sentence(path: str) -> str:
    """Return the sentence about a database that was damaged, and kept at *path*."""
    return _say(_RESCUED, path=path)


def connection_sentence(connection: Connection) -> str:
    """Return the dock's words about the way to the service."""
    return _say(_CONNECTIONS[connection])


def charge_sentence(count: int, estimate_usd: Decimal) -> str:
    """Return the warning that an order of *count* images with an unclear outcome may have cost *estimate_usd*."""
    return _say(_MAY_BE_CHARGED, sum=dollars(estimate_usd), count=count, each=dollars(estimate_usd / max(1, count)))
