"""The words of the facts about one picture: what was asked and what came, its file, and the order behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from seedream_desktop import sentences
from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.request import GenerationRequest, Mode, Provider
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.wording import duration
from seedream_desktop.ui.viewer.wording import bytes_text, format_text, pixels_text

_SHORT_HASH: Final = 12
_NONE: Final = "—"
_SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: *key* names it for programs, *name* for people; *copied* is what its button copies, where it has one.

    *tone* colours the value as in `Label`.
    """

    key: str
    name: str
    value: str
    tone: str = "text"
    copied: str = ""


def result_facts(task: Task, picture: Picture) -> tuple[Fact, ...]:
    """Return what came, beside what was asked where that is another thing."""
    return (
        _pixels(task.request, picture),
        Fact("ratio", QCoreApplication.translate("Facts", "Ratio"), _ratio(task.request)),
        Fact("format", QCoreApplication.translate("Facts", "Format"), format_text(picture) or _NONE),
        Fact("took", QCoreApplication.translate("Facts", "Took"), _took(task)),
        _images(task),
    )


def request_facts(request: GenerationRequest) -> tuple[Fact, ...]:
    """Return the parameters as they were sent; a thing that was left to the model is said to be."""
    left_out = QCoreApplication.translate("Facts", "left to the model")
    callback = request.callback_url or ""
    facts = (
        Fact("mode", QCoreApplication.translate("Facts", "Mode"), _mode(request.mode)),
        Fact("resolution", QCoreApplication.translate("Facts", "Resolution"), request.resolution.value),
        Fact(
            "asked_ratio",
            QCoreApplication.translate("Facts", "Aspect ratio"),
            request.aspect_ratio.value if request.aspect_ratio else left_out,
        ),
        Fact("count", QCoreApplication.translate("Facts", "Images"), str(request.count)),
        Fact("sequence", QCoreApplication.translate("Facts", "Connected set"), _yes(is_so=request.sequence)),
        Fact("provider", QCoreApplication.translate("Facts", "Route"), _route(request.provider)),
        Fact("roles", QCoreApplication.translate("Facts", "Roles told"), _yes(is_so=request.adds_role_line)),
        Fact("callback", QCoreApplication.translate("Facts", "Callback"), callback, copied=callback),
    )
    has_references = bool(request.references) and request.mode is Mode.IMAGE_TO_IMAGE
    return tuple(fact for fact in facts if fact.value and (fact.key != "roles" or has_references))


def file_facts(picture: Picture) -> tuple[Fact, ...]:
    """Return name, bytes and content of the file."""
    name = PurePath(picture.saved_path or picture.path or "").name
    size = picture.size_bytes
    exact = QCoreApplication.translate("Facts", "{size} · {count} bytes")
    bytes_words = exact.format(size=bytes_text(size), count=QLocale().toString(size)) if size else _NONE
    sha256 = picture.sha256 or ""
    return (
        Fact("file_name", QCoreApplication.translate("Facts", "Name"), name or _NONE, copied=name),
        Fact("file_size", QCoreApplication.translate("Facts", "Size"), bytes_words),
        Fact("sha256", "SHA-256", f"{sha256[:_SHORT_HASH]}…" if sha256 else _NONE, copied=sha256),
    )


def order_facts(task: Task, picture: Picture, balances_usd: tuple[Decimal, Decimal] | None) -> tuple[Fact, ...]:
    """Return ids, state, times and money; *balances_usd* are the readings before and after, None without them."""
    attempt = task.attempt
    sent_at = attempt.wire_at or attempt.started_at if attempt is not None else None
    service_id = str(task.service_task_id or "")
    facts = (
        Fact("state", QCoreApplication.translate("Facts", "State"), sentences.state_word(task.state)),
        Fact("task_id", QCoreApplication.translate("Facts", "Task id"), service_id or _NONE, copied=service_id),
        Fact("created", QCoreApplication.translate("Facts", "Created"), time_text(task.created_at)),
        Fact("sent", QCoreApplication.translate("Facts", "Sent"), time_text(sent_at)),
        Fact("finished", QCoreApplication.translate("Facts", "Finished"), time_text(task.finished_at)),
        Fact("stored", QCoreApplication.translate("Facts", "On disk"), time_text(picture.stored_at)),
        Fact("cost", QCoreApplication.translate("Facts", "Cost"), _cost(task)),
        Fact("balance", QCoreApplication.translate("Facts", "Balance"), _balance(balances_usd)),
    )
    return tuple(fact for fact in facts if fact.value)


def time_text(moment: datetime | None) -> str:
    """Return the local day and time to the second, empty without one."""
    if moment is None:
        return ""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return f"{QLocale().toString(local, 'd MMM yyyy')}, {local.toString('HH:mm:ss')}"


def _pixels(request: GenerationRequest, picture: Picture) -> Fact:
    name, asked, size = QCoreApplication.translate("Facts", "Pixels"), request.pixels, picture.size
    if size is None:
        return Fact("pixels", name, _NONE)
    if asked is None:
        return Fact("pixels", name, pixels_text(size))
    if size == asked:
        as_asked = QCoreApplication.translate("Facts", "{pixels} as asked")
        return Fact("pixels", name, as_asked.format(pixels=pixels_text(size)))
    other = QCoreApplication.translate("Facts", "{pixels}, asked {asked}")
    return Fact("pixels", name, other.format(pixels=pixels_text(size), asked=pixels_text(asked)), "care")


def _ratio(request: GenerationRequest) -> str:
    ratio = request.aspect_ratio.value if request.aspect_ratio else None
    return _SEPARATOR.join(part for part in (ratio, request.resolution.value) if part)


def _took(task: Task) -> str:
    took = duration(task.duration_s) if task.duration_s is not None else None
    return _SEPARATOR.join(part for part in (took, dollars(_each_usd(task))) if part)


def _images(task: Task) -> Fact:
    name, got, asked = QCoreApplication.translate("Facts", "Images"), len(task.stored_pictures), task.request.count
    words = QCoreApplication.translate("Facts", "{got} of {asked} asked").format(got=got, asked=asked)
    return Fact("images", name, words, "text" if got == asked or not task.is_final else "care")


def _each_usd(task: Task) -> Decimal:
    return task.estimated_cost_usd / max(1, task.request.count)


def _cost(task: Task) -> str:
    words = QCoreApplication.translate("Facts", "{each} each, {all} for the order, estimated")
    return words.format(each=dollars(_each_usd(task)), all=dollars(task.estimated_cost_usd))


def _balance(balances_usd: tuple[Decimal, Decimal] | None) -> str:
    if balances_usd is None:
        return ""
    before, after = balances_usd
    return QCoreApplication.translate("Facts", "{before} before, {after} after").format(
        before=dollars(before), after=dollars(after)
    )


def _mode(mode: Mode) -> str:
    if mode is Mode.TEXT_TO_IMAGE:
        return QCoreApplication.translate("Facts", "Text to image")
    return QCoreApplication.translate("Facts", "Image to image")


def _route(provider: Provider) -> str:
    words = {
        Provider.AUTO: QCoreApplication.translate("Facts", "auto"),
        Provider.VALUE: QCoreApplication.translate("Facts", "value"),
        Provider.OFFICIAL: QCoreApplication.translate("Facts", "official"),
    }
    return words[provider]


def _yes(*, is_so: bool) -> str:
    return QCoreApplication.translate("Facts", "yes") if is_so else QCoreApplication.translate("Facts", "no")
