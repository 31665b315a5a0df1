"""The words of the list of hosted pictures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from seedream_desktop.domain.preparation import PictureFacts
from seedream_desktop.sentences import facts_sentence
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.hosted.row import Doing, HostedRow, moment

_SEPARATOR: Final = " · "
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
# Up to here hours say more than days, and nothing has to be said of one day.
_IN_HOURS: Final = 2 * _DAY


def name_of(row: HostedRow) -> str:
    """Return what the picture is called, or that its name is not known."""
    return one_line(row.name) or QCoreApplication.translate("HostedPictures", "Picture without a name")


def ends_words(row: HostedRow, now: datetime) -> str:
    """Return when the link ends, e.g. ``ends in 23 h``."""
    until = moment(row.hosted.until)
    if until is None:
        return QCoreApplication.translate("HostedPictures", "does not end by itself")
    if until <= now:
        return QCoreApplication.translate("HostedPictures", "ended")
    return QCoreApplication.translate("HostedPictures", "ends in {time}").format(time=span(until - now))


def facts_words(row: HostedRow, now: datetime) -> str:
    """Return the quiet line: who needs it, pixels, size, where, since when."""
    return _SEPARATOR.join(part for part in (_need(row), _picture(row.facts), *_whereabouts(row, now)) if part)


def spoken(row: HostedRow, now: datetime) -> str:
    """Return everything about a row in one sentence, for those who do not see it."""
    parts = [name_of(row), ends_words(row, now), _need(row), _picture(row.facts), *_whereabouts(row, now)]
    return ", ".join(part for part in (*parts, doing_words(row)) if part)


def doing_words(row: HostedRow) -> str:
    """Return what happens to the row, or why deleting it failed."""
    match row.doing:
        case Doing.DELETING:
            return QCoreApplication.translate("HostedPictures", "Deleting…")
        case Doing.FAILED:
            return row.problem
        case Doing.NOTHING:
            return ""


def exact_words(row: HostedRow) -> str:
    """Return the exact times of a row, in local time."""
    hosted_at, until = moment(row.hosted.hosted_at), moment(row.hosted.until)
    lines = []
    if hosted_at is not None:
        words = QCoreApplication.translate("HostedPictures", "Hosted: {time}")
        lines.append(words.format(time=_exact(hosted_at)))
    if until is not None:
        words = QCoreApplication.translate("HostedPictures", "Link ends: {time}")
        lines.append(words.format(time=_exact(until)))
    return "\n".join(lines)


def span(time: timedelta) -> str:
    """Return a length of time in its largest unit, rounded down, e.g. ``23 h``; under a minute is one."""
    if time >= _IN_HOURS:
        return QCoreApplication.translate("HostedPictures", "{count} days").format(count=time // _DAY)
    if time >= _HOUR:
        return QCoreApplication.translate("HostedPictures", "{count} h").format(count=time // _HOUR)
    return QCoreApplication.translate("HostedPictures", "{count} min").format(count=max(1, time // _MINUTE))


def _picture(facts: PictureFacts | None) -> str:
    return "" if facts is None else facts_sentence(facts)


def _whereabouts(row: HostedRow, now: datetime) -> list[str]:
    found = [one_line(row.hosted.host)]
    if not row.is_here:
        found.append(QCoreApplication.translate("HostedPictures", "not the storage in Settings"))
    hosted_at = moment(row.hosted.hosted_at)
    if hosted_at is not None:
        words = QCoreApplication.translate("HostedPictures", "hosted {time} ago")
        found.append(words.format(time=span(max(timedelta(), now - hosted_at))))
    return found


def _need(row: HostedRow) -> str:
    if not row.needed_by:
        return ""
    return QCoreApplication.translate("HostedPictures", "needed by open orders: {count}").format(count=row.needed_by)


def _exact(time: datetime) -> str:
    local = QDateTime.fromSecsSinceEpoch(int(time.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
