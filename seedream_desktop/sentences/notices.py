"""What the program says about itself: its key, its data folder."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say


class KeyWords(StrEnum):
    """What the settings say about the API key."""

    IN_KEYCHAIN = QT_TRANSLATE_NOOP("Sentences", "The key is kept in {keychain}.")
    FOR_THIS_RUN = QT_TRANSLATE_NOOP("Sentences", "The key is used until the program ends and kept nowhere.")
    NOT_KEPT = QT_TRANSLATE_NOOP("Sentences", "The key is used until the program ends. It could not be kept: {reason}")
    REMOVED = QT_TRANSLATE_NOOP("Sentences", "The key was removed.")
    NOT_REMOVED = QT_TRANSLATE_NOOP("Sentences", "The key is no longer used, but the keychain still has it: {reason}")
    WORKS = QT_TRANSLATE_NOOP("Sentences", "The key works. The balance is {balance}.")
    NO_ANSWER = QT_TRANSLATE_NOOP("Sentences", "The service did not answer, so the key could not be tested.")


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


def key_sentence(words: KeyWords, **values: str) -> str:
    """Return one of the sentences about the API key with its *values* put in."""
    return say(words.value, **values)


def copied_folder_sentence() -> str:
    """Return the sentence about a data folder that was made elsewhere."""
    return say(_COPIED_FOLDER)


def unsent_orders_sentence(count: int) -> str:
    """Return the question about *count* orders that a crash left in the queue."""
    return say(_UNSENT_ORDERS, count=count)


def rescued_sentence(path: str) -> str:
    """Return the sentence about a database that was damaged, and kept at *path*."""
    return say(_RESCUED, path=path)
