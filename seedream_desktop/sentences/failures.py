"""What went wrong, and what helps."""

from __future__ import annotations

from typing import Final

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say
from seedream_desktop.sentences.references import host_fault_words, reference_fault_sentence

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
        "The service fetches reference images by links and as they are, so {message} has to be hosted first. "
        "Choose where under Hosting in Settings, or give a link that begins with https:// to a picture that needs no "
        "change.",
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
    "PROJECT_FOLDER_MISSING": QT_TRANSLATE_NOOP(
        "Sentences",
        "The folder of the project {message} is not there. Its pictures are safe in the program's own folder and are "
        "copied as soon as it is back; or choose another one with Folder… in the project's menu.",
    ),
    "PROJECT_FOLDER_UNUSABLE": QT_TRANSLATE_NOOP(
        "Sentences",
        "Pictures cannot be copied into the folder of the project {message}. They are safe in the program's own folder "
        "and are copied as soon as that works.",
    ),
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


_SERVICE_SAYS: Final = QT_TRANSLATE_NOOP("Sentences", "The service says: {words}")


def failure_sentence(failure: Failure) -> str:
    """Return our sentence on what happened and what helps; the raw words come from `service_words`."""
    match failure.kind:
        case FailureKind.DISK_TROUBLE:
            text = _DISK_TROUBLES.get(failure.code, _FAILURES[failure.kind])
            return say(text, message=failure.message)
        case FailureKind.REFERENCE_UNUSABLE if failure.code in frozenset(ReferenceFault):
            return reference_fault_sentence(ReferenceFault(failure.code), failure.message)
        case FailureKind.HOST_REFUSED if failure.code in frozenset(HostFault):
            words = host_fault_words(HostFault(failure.code), failure.message)
            return say(_FAILURES[failure.kind], message=words)
        case _:
            return say(_FAILURES[failure.kind], message=failure.message)


def service_words(failure: Failure) -> str:
    """Return "The service says: CODE, message", or "" when it said nothing; at most 2,000 characters of it."""
    if failure.kind in _OUR_OWN:
        return ""
    words = ", ".join(part for part in (failure.code, failure.message) if part)
    return say(_SERVICE_SAYS, words=words[:2000]) if words else ""
