"""A query of the gallery as SQL: which groups fit, how many cells they have, and which of their pictures are shown."""

# ruff: noqa: S608 - all SQL here is put together from words of this module, every value is bound
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Resolution, pixels_for
from seedream_desktop.domain.task import TaskState
from seedream_desktop.store.rows import clean
from seedream_desktop.store.tokens import match_of

US_PER_S: Final = 1_000_000
# Beyond these, some systems and some time zones do not say when a day begins.
_FIRST_DAY: Final = date(1970, 1, 2)
_LAST_DAY: Final = date(3000, 1, 1)
_S: Final = TaskState
# A card with a sentence stands in the place of the pictures.
_CARD_STATES: Final = (_S.DRAFT, _S.REFUSED, _S.UNKNOWN, _S.FAILED, _S.NOT_FOUND, _S.WRITTEN_OFF)
# A collection shows what lies in those below it too.
_NESTED: Final = (
    "SELECT id FROM collections WHERE lies_in(name, ifnull((SELECT name FROM collections WHERE id = ?), ?))"
)
_SQUARE_SHAPE: Final = 1 << 16 | 1
# A bit for each position. One less than the next power of two would be no integer any more for 63 of them.
_ALL: Final = "~(-1 << g.pictures)"
_FLAGGED: Final = {Flag.PICK: "g.picked", Flag.REJECT: "g.rejected", Flag.NONE: "(g.known & ~g.picked & ~g.rejected)"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A SELECT of ``number, task_id, cells, pictures, shape, shown`` with the values of its question marks."""

    sql: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    sql: str
    values: tuple[object, ...] = ()


def answer_to(query: Query) -> Answer:
    """Return the SELECT for *query*, in no order."""
    mask = _mask_of(query)
    chosen = None if mask else _chosen_pictures(query)
    conditions = [*_about_tasks(query), *_about_days(query)]
    pictures, shown = _masked(mask) if mask else _LEFT if chosen is None else _CHOSEN
    cells = f"CASE WHEN {_IS_CARD} THEN 1 WHEN g.pictures THEN {pictures} ELSE g.asked END"
    columns = f"g.task_id, {cells} AS cells, {pictures} AS pictures, {_SHAPE} AS shape, {shown} AS shown"
    if chosen is not None:
        # First the pictures that fit, once; then their groups. Left to itself SQLite may begin at the other end.
        source = f"({chosen.sql}) AS f CROSS JOIN gallery_groups AS g USING (task_id)"
        return _where(
            f"SELECT g.number AS number, {columns} FROM {source}", conditions + _about_text(query), chosen.values
        )
    if mask:
        conditions += (_Condition(f"{mask} != 0"), *_about_text(query))
        return _where(f"SELECT g.number AS number, {columns} FROM gallery_groups AS g", conditions)
    conditions.append(_IS_LEFT)
    if match := match_of(query.terms):
        # The index has the order in time of itself, so the newest are found without looking at the others.
        sql = f"SELECT search.rowid AS number, {columns} FROM search CROSS JOIN gallery_groups AS g"
        return _where(f"{sql} ON g.number = search.rowid", [_Condition("search MATCH ?", (match,)), *conditions])
    return _where(f"SELECT g.number AS number, {columns} FROM gallery_groups AS g", conditions)


def count_of(query: Query) -> Answer:
    """Return the SELECT of how many groups fit; of words alone the index tells it without looking at the groups."""
    match = match_of(query.terms)
    if not match or query.asks_more_than_words:
        answer = answer_to(query)
        return Answer(f"SELECT count(*) FROM ({answer.sql})", answer.values)
    found = "FROM search WHERE search MATCH ?"
    sql = (
        f"SELECT (SELECT count(*) {found}) - (SELECT count(*) FROM gallery_groups"
        f" WHERE hidden_pictures > 0 AND hidden_pictures >= pictures AND +number IN (SELECT rowid {found}))"
    )
    return Answer(sql, (match, match))


def contents_of(query: Query) -> Answer:
    """Return the SELECT of the ``sha256`` of every picture that fits, newest group first; one may come twice."""
    about_pictures = [*_about_judgments(query), *_about_places(query)]
    about_tasks = [*_about_tasks(query), *_about_days(query), *_about_text(query)]
    sql = "SELECT sha256 FROM pictures JOIN gallery_groups AS g USING (task_id)"
    answer = _where(sql, [_Condition("sha256 IS NOT NULL"), *about_pictures, *about_tasks])
    return Answer(f"{answer.sql} ORDER BY g.number DESC, position", answer.values)


def day_begins(day: date) -> int:
    """Return the first microsecond of a day on this computer's calendar, since 1970, UTC."""
    known = min(max(day, _FIRST_DAY), _LAST_DAY)
    return int(datetime.combine(known, time()).astimezone().timestamp()) * US_PER_S


def _about_tasks(query: Query) -> list[_Condition]:
    wanted: Sequence[tuple[str, Sequence[str]]] = (
        ("aspect_ratio", query.ratios),
        ("resolution", query.resolutions),
        ("mode", query.modes),
        ("state", query.states),
    )
    found = [_Condition(f"g.{column} IN ({_marks(words)})", tuple(words)) for column, words in wanted if words]
    if query.reference_sha256:
        found.append(_Condition(f"g.task_id IN (SELECT task_id {MADE_WITH})", (clean(query.reference_sha256),) * 2))
    return found


def _about_days(query: Query) -> list[_Condition]:
    found = []
    if query.first_day:
        found.append(_Condition("g.number >= ?", (day_begins(query.first_day),)))
    if query.last_day and query.last_day < date.max:
        found.append(_Condition("g.number < ?", (day_begins(query.last_day + timedelta(days=1)),)))
    return found


def _about_text(query: Query) -> list[_Condition]:
    match = match_of(query.terms)
    # The sign keeps SQLite from trying all that was found for each group that other conditions have found already.
    return [_Condition("+g.number IN (SELECT rowid FROM search WHERE search MATCH ?)", (match,))] if match else []


def _mask_of(query: Query) -> str:
    """Return SQL for the positions that fit a question about stars, flag and favourites alone, else nothing."""
    places = replace(query, rating_at_least=0, flag=None, is_favourite=False)
    if places.asks_about_pictures or not query.asks_about_pictures:
        return ""
    masks = ["~g.hidden"]
    if query.rating_at_least:
        masks.append(f"g.stars_{query.rating_at_least:d}")
    if query.is_favourite:
        masks.append("g.favourites")
    if query.flag:
        masks.append(_FLAGGED[query.flag])
    return f"({' & '.join(masks)})"


def _masked(mask: str) -> tuple[str, str]:
    """Return SQL for how many pictures a mask leaves, and for which they are."""
    return f"bit_count({mask})", f"CASE WHEN {mask} = {_ALL} THEN 0 ELSE {mask} END"


def _chosen_pictures(query: Query) -> _Condition | None:
    """Return a SELECT of ``task_id, shown, found`` of the pictures that fit, or None when all do."""
    if not query.asks_about_pictures:
        return None
    found = f"SELECT task_id, sum(1 << position) AS shown, count(*) AS found FROM {_pictures(query)}"
    answer = _where(found, [*_about_judgments(query), *_about_places(query)])
    sql, values = f"{answer.sql} GROUP BY task_id", answer.values
    if query.project and not _asks_more_than_project(query):
        # What is still to come belongs to the project already.
        sql += " UNION ALL SELECT task_id, 0, 0 FROM gallery_groups WHERE pictures = 0 AND project = ?"
        values += (clean(query.project),)
    return _Condition(sql, values)


def _pictures(query: Query) -> str:
    """Of pictures nobody judged there are the most: reading the index through takes half the time of the table."""
    is_nearly_all = query.flag is Flag.NONE and not query.project
    return "pictures INDEXED BY pictures_by_content" if is_nearly_all else "pictures"


def _asks_more_than_project(query: Query) -> bool:
    return bool(_about_judgments(query) or query.collection or query.is_in_trash)


def _about_judgments(query: Query) -> list[_Condition]:
    judged = "sha256 IN (SELECT sha256 FROM judgments WHERE {})"
    found = [_Condition("sha256 IN (SELECT sha256 FROM picture_tags WHERE tag = ?)", (clean(t),)) for t in query.tags]
    if query.rating_at_least:
        found.append(_Condition(judged.format("stars >= ?"), (query.rating_at_least,)))
    if query.is_favourite:
        found.append(_Condition(judged.format("is_favourite")))
    if query.flag is Flag.NONE:
        found.append(_Condition("sha256 NOT IN (SELECT sha256 FROM judgments WHERE flag IN ('pick', 'reject'))"))
    elif query.flag:
        found.append(_Condition(judged.format("flag = ?"), (query.flag.value,)))
    return found


def _about_places(query: Query) -> list[_Condition]:
    if query.is_in_trash:
        found = [_Condition("sha256 IN (SELECT sha256 FROM trashed_pictures)")]
        # The row of a picture whose bytes left for good stays, and is seen nowhere. The sign leads SQLite past the
        # state, which nearly all pictures have, to the few that were thrown away.
        found.append(_Condition("+pictures.state = 'stored'"))
    else:
        # What is still to come has no content yet, and is in no trash.
        found = [_Condition("ifnull(sha256, '') NOT IN (SELECT sha256 FROM trashed_pictures)")]
    if query.collection:
        sql = f"sha256 IN (SELECT sha256 FROM collection_pictures WHERE collection_id IN ({_NESTED}))"
        found.append(_Condition(sql, (clean(query.collection),) * 2))
    if query.project:
        found.append(_Condition(IN_PROJECT, (clean(query.project),) * 2))
    return found


def _where(sql: str, conditions: Iterable[_Condition], values: tuple[object, ...] = ()) -> Answer:
    """Return *sql*, which has *values* of its own, with all conditions."""
    known = list(conditions)
    where = " AND ".join(condition.sql for condition in known) or "true"
    return Answer(f"{sql} WHERE {where}", (*values, *(value for each in known for value in each.values)))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _shape_asked() -> str:
    """Return SQL for the shape that will be painted; a group without pictures has no other."""
    whens = [
        f"WHEN '{ratio}{resolution}' THEN {pixels_for(ratio, resolution).width_px << 16 | size.height_px}"
        for ratio in AspectRatio
        for resolution in Resolution
        if (size := pixels_for(ratio, resolution))
    ]
    return f"CASE g.aspect_ratio || g.resolution {' '.join(whens)} ELSE {_SQUARE_SHAPE} END"


MADE_WITH: Final = (
    "FROM task_references WHERE sha256 = ? OR sha256 IN (SELECT sha256 FROM reference_origins WHERE origin_sha256 = ?)"
)
"""The orders a picture went along with, asked for twice: as it was sent, and as the file that was prepared."""

IN_PROJECT: Final = (
    "(sha256 IN (SELECT sha256 FROM picture_projects WHERE project_id = ?)"
    " OR (task_id IN (SELECT task_id FROM gallery_groups WHERE project = ?)"
    " AND ifnull(sha256, '') NOT IN (SELECT sha256 FROM picture_projects)))"
)
"""Whether a picture is in a project, asked for twice: its own, else that of its task."""

_IS_CARD: Final = (
    f"(g.state IN ({', '.join(repr(str(state)) for state in _CARD_STATES)}) OR (g.state = 'queued' AND g.has_failure))"
)
_SHAPE: Final = f"CASE WHEN {_IS_CARD} THEN 0 WHEN g.shape THEN g.shape ELSE {_shape_asked()} END"
_IS_LEFT: Final = _Condition("(g.pictures = 0 OR g.hidden_pictures < g.pictures)")
_LEFT: Final = (
    "(g.pictures - g.hidden_pictures)",
    f"CASE WHEN g.hidden THEN {_ALL} & ~g.hidden ELSE 0 END",
)
_CHOSEN: Final = "f.found", "CASE WHEN f.found = g.pictures THEN 0 ELSE f.shown END"
