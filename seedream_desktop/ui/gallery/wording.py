"""The words of the gallery: facts of a task, names of its pictures, what a card says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from seedream_desktop import sentences
from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.pacing import typical_duration_s
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.gallery.model import CardAction, Tile, TileKind, card_action, tiles_of

_SEPARATOR: Final = " · "
# Controls, and marks that reorder or hide what follows: shown by number, for words come from outside.
_INVISIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MINUTE_S: Final = 60
_LONG_S: Final = 100


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says: our sentence, the service's own words or "", and the button's text."""

    sentence: str
    service: str
    button: str


def one_line(text: str) -> str:
    """Return foreign text on one line, with characters that could mislead made visible."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", " ".join(text.split()))


def clock_time(seconds: float) -> str:
    """Return e.g. ``0:18`` or ``1:02:03``."""
    minutes, rest = divmod(max(0, int(seconds)), _MINUTE_S)
    hours, minutes = divmod(minutes, _MINUTE_S)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration(seconds: float) -> str:
    """Return e.g. ``31 s``, from 100 s on ``2:05 min``."""
    if seconds < _LONG_S:
        return QCoreApplication.translate("Gallery", "{seconds} s").format(seconds=max(1, round(seconds)))
    return QCoreApplication.translate("Gallery", "{time} min").format(time=clock_time(seconds))


def day_time(moment: datetime, now: datetime) -> str:
    """Return the local time of *moment*, with its day before it unless that is today."""
    local, today = moment.astimezone(), now.astimezone().date()
    clock = f"{local.hour:02}:{local.minute:02}"
    if local.date() == today:
        return clock
    form = "d MMM" if local.year == today.year else "d MMM yyyy"
    return f"{QLocale().toString(QDateTime.fromSecsSinceEpoch(int(local.timestamp())), form)} {clock}"


def day_word(moment: datetime) -> str:
    """Return the local day of *moment*, e.g. ``14 March 2026``."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), "d MMMM yyyy")


def elapsed_s(task: Task, now: datetime) -> float:
    """Return the seconds since the service took the order, since it was written down before that."""
    return max(0.0, (now - (task.accepted_at or task.created_at)).total_seconds())


def facts(task: Task, now: datetime, time_scale: float, shown: int | None = None) -> str:
    """Return the muted line beside the prompt; *shown* is how many pictures are shown where some are left out."""
    if task.state is TaskState.PROCESSING:
        return _running_facts(task, now, time_scale)
    if task.state is TaskState.DOWNLOADING:
        return _SEPARATOR.join((_arrived(task), duration(elapsed_s(task, now))))
    if task.state in (TaskState.DONE, TaskState.PARTIAL):
        return _SEPARATOR.join(_finished_facts(task, now, shown))
    return _SEPARATOR.join((sentences.state_word(task.state), day_time(task.created_at, now)))


def _running_facts(task: Task, now: datetime, time_scale: float) -> str:
    shortest_s, longest_s = typical_duration_s(task.request.resolution.value)
    text = QCoreApplication.translate("Gallery", "running {elapsed}, usually {shortest} to {longest}")
    return text.format(
        elapsed=clock_time(elapsed_s(task, now)),
        shortest=clock_time(shortest_s * time_scale),
        longest=clock_time(longest_s * time_scale),
    )


def _arrived(task: Task) -> str:
    text = QCoreApplication.translate("Gallery", "{stored} of {all} saved")
    return text.format(stored=len(task.stored_pictures), all=len(task.pictures))


def _finished_facts(task: Task, now: datetime, shown: int | None) -> list[str]:
    count = _count(task)
    if shown is not None:
        count = QCoreApplication.translate("Gallery", "{count}, {shown} shown").format(count=count, shown=shown)
    found = [count, day_time(task.created_at, now)]
    if task.duration_s is not None:
        found.append(duration(task.duration_s))
    return [*found, dollars(task.estimated_cost_usd)]


def _count(task: Task) -> str:
    stored, asked = len(task.stored_pictures), task.request.count
    if task.request.sequence and stored == asked:
        return QCoreApplication.translate("Gallery", "set of {count}").format(count=asked)
    if task.request.sequence:
        return QCoreApplication.translate("Gallery", "set, {stored} of {asked}").format(stored=stored, asked=asked)
    return QCoreApplication.translate("Gallery", "{stored} of {asked}").format(stored=stored, asked=asked)


def usual_part(task: Task, now: datetime, time_scale: float) -> float | None:
    """Return the part (0..1) that has passed of the longest usual time; None when the task is not being made."""
    if task.state is not TaskState.PROCESSING:
        return None
    _, longest_s = typical_duration_s(task.request.resolution.value)
    return min(1.0, elapsed_s(task, now) / (longest_s * time_scale)) if time_scale > 0 else 1.0


def tile_words(task: Task, tile: Tile, part: float | None, now: datetime) -> str:
    """Return what stands in a tile without a picture; *part* of 0..1 has been downloaded, None when not known."""
    if tile.kind is TileKind.BAD and tile.picture is not None:
        return sentences.picture_word(tile.picture.state)
    if tile.kind is TileKind.ARRIVING and part is not None:
        return QCoreApplication.translate("Gallery", "Downloading {percent} %").format(percent=int(part * 100))
    if tile.kind is TileKind.ARRIVING and tile.picture is not None:
        return sentences.picture_word(tile.picture.state)
    if task.state is TaskState.PROCESSING:
        return clock_time(elapsed_s(task, now))
    return sentences.state_word(task.state)


def tile_name(task: Task, index: int) -> str:
    """Return the name of a tile for assistive technology: prompt, place, then pixels or state."""
    return f"{one_line(task.request.prompt)}, {tile_facts(task, index)}"


def tile_facts(task: Task, index: int) -> str:
    """Return which tile of its task it is, and its pixels or state."""
    tiles = tiles_of(task)
    place = QCoreApplication.translate("Gallery", "{place} of {all}").format(place=index + 1, all=len(tiles))
    return f"{place}, {_tile_state(task, tiles[index])}"


def _tile_state(task: Task, tile: Tile) -> str:
    picture = tile.picture
    if picture is None:
        return sentences.state_word(task.state)
    if picture.is_stored and picture.size is not None:
        return f"{picture.size.width_px} x {picture.size.height_px}"
    return sentences.picture_word(picture.state)


def card_name(task: Task) -> str:
    """Return the name of a card for assistive technology: prompt, state, and all that the card says."""
    words = card_words(task)
    said = " ".join(part for part in (words.sentence, words.service) if part)
    return f"{one_line(task.request.prompt)}, {sentences.state_word(task.state)}: {said}"


def card_words(task: Task) -> CardWords:
    """Return everything a task's card says."""
    service = one_line(sentences.service_words(task.failure)) if task.failure else ""
    return CardWords(one_line(_sentence(task)), service, _button_text(task, card_action(task)))


def _sentence(task: Task) -> str:
    match task.state:
        case TaskState.UNKNOWN:
            return sentences.unknown_sentence(task.request.count, task.estimated_cost_usd)
        case TaskState.WRITTEN_OFF:
            return QCoreApplication.translate("Gallery", "You wrote this order off; the program no longer asks for it.")
        case TaskState.DRAFT:
            return QCoreApplication.translate("Gallery", "This order has not been sent. It waits for your word.")
        case _:
            return _failure_sentence(task)


def _failure_sentence(task: Task) -> str:
    return sentences.failure_sentence(task.failure) if task.failure else sentences.state_word(task.state)


def _button_text(task: Task, action: CardAction) -> str:
    match action:
        case "edit":
            return QCoreApplication.translate("Gallery", "Edit and try again")
        case "decide":
            return QCoreApplication.translate("Gallery", "Decide…")
        case "check":
            return QCoreApplication.translate("Gallery", "Check now")
        case "settings":
            return QCoreApplication.translate("Gallery", "Open settings")
        case "retry" if task.state is TaskState.DRAFT:
            return QCoreApplication.translate("Gallery", "Send now")
        case "retry":
            return QCoreApplication.translate("Gallery", "Try again")
