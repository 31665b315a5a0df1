"""The step that carries the gallery: a narrow row for each task, the full-text index, and the user's own sorting.

Triggers keep the narrow rows right, so that saving a task knows nothing of the gallery. The full-text index is not
touched by them: they only note which tasks to read again, because a damaged index must never stop a task from being
saved. What the user decides about a picture belongs to its content and stands in tables that no task writes.
"""

# ruff: noqa: S608 - all SQL here is put together from words of this module
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from seedream_desktop.domain.judging import MAX_STARS
from seedream_desktop.store.likeness_tables import LIKENESSES

_NUMBER_OF: Final = (
    "CAST(strftime('%s', substr({0}.created_at, 1, 19)) AS INTEGER) * 1000000"
    " + CAST(substr({0}.created_at, 21, 6) AS INTEGER)"
)
# Tasks of the same microsecond take the next free number.
_FREE_NUMBER: Final = (
    f"(WITH RECURSIVE taken(number) AS (SELECT {_NUMBER_OF.format('NEW')} UNION ALL SELECT number + 1 FROM taken"
    " WHERE number IN (SELECT number FROM gallery_groups)) SELECT max(number) FROM taken)"
)
# Each holds a bit for every position, of which a task has 64 at most (api/status.py): so a question about judgments
# looks at no picture.
_MARKS: Final = {
    "known": "pictures.sha256 IS NOT NULL",
    "picked": "flag = 'pick'",
    "rejected": "flag = 'reject'",
    "favourites": "is_favourite",
    **{f"stars_{least}": f"stars >= {least}" for least in range(1, MAX_STARS + 1)},
}
_MARKED: Final = (
    f"({', '.join(_MARKS)}) = (SELECT"
    + ", ".join(f" coalesce(sum(iif({claim}, 1 << position, 0)), 0)" for claim in _MARKS.values())
    + " FROM pictures LEFT JOIN judgments USING (sha256) WHERE pictures.task_id = gallery_groups.task_id)"
)
_FACTS: Final = (
    "pictures = (SELECT count(*) FROM pictures WHERE pictures.task_id = gallery_groups.task_id),"
    " shape = coalesce((SELECT width_px << 16 | height_px FROM pictures"
    " WHERE pictures.task_id = gallery_groups.task_id AND width_px IS NOT NULL ORDER BY position LIMIT 1), 0),"
    " (hidden, hidden_pictures) = (SELECT coalesce(sum(1 << position), 0), count(*)"
    " FROM pictures JOIN trashed_pictures USING (sha256) WHERE pictures.task_id = gallery_groups.task_id),"
    f" {_MARKED}"
)
_REFRESH: Final = f"UPDATE gallery_groups SET {_FACTS} WHERE task_id"
_MARK: Final = f"UPDATE gallery_groups SET {_MARKED} WHERE task_id"
_NOTE_TASK: Final = "INSERT INTO search_pending (task_id) VALUES (NEW.{0}) ON CONFLICT DO NOTHING"
_NOTE_PICTURE: Final = (
    "INSERT INTO search_pending (task_id) SELECT task_id FROM pictures WHERE sha256 = {0}.sha256"
    " AND true ON CONFLICT DO NOTHING"
)
_LET_BACK: Final = (
    "DELETE FROM trashed_pictures WHERE sha256 = NEW.sha256"
    " AND EXISTS (SELECT 1 FROM pictures WHERE sha256 = NEW.sha256 AND state = 'missing')"
    " AND NOT EXISTS (SELECT 1 FROM pictures WHERE sha256 = NEW.sha256 AND state = 'stored'"
    " AND (task_id, position) != (NEW.task_id, NEW.position))"
)
_OF_CONTENT: Final = "IN (SELECT task_id FROM pictures WHERE sha256 = {0}.sha256)"

_GROUPS: Final = (
    # The number is the microsecond of creation, so the order of the rows is the order in time.
    f"""CREATE TABLE gallery_groups (
        number INTEGER PRIMARY KEY,
        task_id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL,
        has_failure INTEGER NOT NULL,
        mode TEXT NOT NULL,
        resolution TEXT NOT NULL,
        aspect_ratio TEXT,
        project TEXT,
        asked INTEGER NOT NULL,
        pictures INTEGER NOT NULL DEFAULT 0,
        shape INTEGER NOT NULL DEFAULT 0,
        hidden INTEGER NOT NULL DEFAULT 0,
        hidden_pictures INTEGER NOT NULL DEFAULT 0,
        {", ".join(f"{mark} INTEGER NOT NULL DEFAULT 0" for mark in _MARKS)}
    ) STRICT""",
    # With all that a question about judgments needs of a picture, whose row is far longer.
    "DROP INDEX pictures_by_content",
    "CREATE INDEX pictures_by_content ON pictures (sha256, task_id, position)",
    # Nearly always empty: each start asks for it.
    "CREATE INDEX pictures_unsaved ON pictures (task_id, state) WHERE saved_path IS NULL",
    "CREATE INDEX gallery_groups_by_project ON gallery_groups (project) WHERE project IS NOT NULL",
    "CREATE INDEX gallery_groups_hidden ON gallery_groups (number) WHERE hidden_pictures > 0",
    "CREATE TABLE search_pending (task_id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE VIRTUAL TABLE search USING fts5 (
        prompt, words, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
    )""",
    """CREATE TABLE task_references (
        task_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (task_id, sha256)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX task_references_by_content ON task_references (sha256)",
)

_SORTING: Final = (
    """CREATE TABLE judgments (
        sha256 TEXT PRIMARY KEY NOT NULL,
        stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
        flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'reject')),
        is_favourite INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX judgments_by_stars ON judgments (stars)",
    "CREATE INDEX judgments_by_flag ON judgments (flag)",
    "CREATE INDEX picture_tags_by_tag ON picture_tags (tag)",
    """CREATE TABLE projects (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        folder TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL
    ) STRICT""",
    # No project is a choice too: it parts a picture from the project of its task.
    """CREATE TABLE picture_projects (
        sha256 TEXT PRIMARY KEY NOT NULL,
        project_id TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX picture_projects_by_project ON picture_projects (project_id)",
    """CREATE TABLE collections (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE collection_pictures (
        collection_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        added_at TEXT NOT NULL,
        PRIMARY KEY (collection_id, sha256)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX collection_pictures_by_content ON collection_pictures (sha256)",
    """CREATE TABLE saved_searches (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE trashed_pictures (
        sha256 TEXT PRIMARY KEY NOT NULL,
        trashed_at TEXT NOT NULL,
        places TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX trashed_pictures_by_time ON trashed_pictures (trashed_at)",
)

# A reference is sent as a prepared copy, whose content is another one than that of the picture it was made from.
_FAMILY: Final = (
    """CREATE TABLE reference_origins (
        sha256 TEXT NOT NULL,
        origin_sha256 TEXT NOT NULL,
        PRIMARY KEY (sha256, origin_sha256)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX reference_origins_by_origin ON reference_origins (origin_sha256)",
)

_GROUP_COLUMNS: Final = "number, task_id, state, has_failure, mode, resolution, aspect_ratio, project, asked"
_GROUP_VALUES: Final = (
    "{0}.id, {0}.state, {0}.failure_kind IS NOT NULL, {0}.mode, {0}.resolution, {0}.aspect_ratio, {0}.project,"
    " {0}.count"
)
_CHANGED: Final = " OR ".join(
    f"OLD.{column} IS NOT NEW.{column}"
    for column in ("state", "failure_kind", "mode", "resolution", "aspect_ratio", "project", "count")
)

_TRIGGERS: Final = (
    f"""CREATE TRIGGER tasks_enter_gallery AFTER INSERT ON tasks BEGIN
        INSERT INTO gallery_groups ({_GROUP_COLUMNS}) VALUES ({_FREE_NUMBER}, {_GROUP_VALUES.format("NEW")});
        {_NOTE_TASK.format("id")};
    END""",
    f"""CREATE TRIGGER tasks_change_in_gallery AFTER UPDATE ON tasks WHEN {_CHANGED} BEGIN
        UPDATE gallery_groups SET state = NEW.state, has_failure = NEW.failure_kind IS NOT NULL, mode = NEW.mode,
            resolution = NEW.resolution, aspect_ratio = NEW.aspect_ratio, project = NEW.project, asked = NEW.count
            WHERE task_id = NEW.id;
    END""",
    f"""CREATE TRIGGER tasks_change_in_search AFTER UPDATE OF prompt, request ON tasks
        WHEN OLD.prompt IS NOT NEW.prompt OR OLD.request IS NOT NEW.request BEGIN
        {_NOTE_TASK.format("id")};
    END""",
    f"""CREATE TRIGGER pictures_enter_gallery AFTER INSERT ON pictures BEGIN
        {_REFRESH} = NEW.task_id;
        {_NOTE_TASK.format("task_id")};
    END""",
    f"""CREATE TRIGGER pictures_change_in_gallery AFTER UPDATE OF sha256, width_px, height_px ON pictures
        WHEN OLD.sha256 IS NOT NEW.sha256 OR OLD.width_px IS NOT NEW.width_px
            OR OLD.height_px IS NOT NEW.height_px BEGIN
        {_REFRESH} = NEW.task_id;
    END""",
    f"""CREATE TRIGGER pictures_change_in_search AFTER UPDATE OF sha256, saved_path ON pictures
        WHEN OLD.sha256 IS NOT NEW.sha256 OR OLD.saved_path IS NOT NEW.saved_path BEGIN
        {_NOTE_TASK.format("task_id")};
    END""",
    f"""CREATE TRIGGER pictures_go_to_trash AFTER INSERT ON trashed_pictures BEGIN
        {_REFRESH} {_OF_CONTENT.format("NEW")};
    END""",
    f"""CREATE TRIGGER pictures_come_back AFTER DELETE ON trashed_pictures BEGIN
        {_REFRESH} {_OF_CONTENT.format("OLD")};
    END""",
    # The bytes of what was emptied are in no trash any more: when they come again, nobody has thrown them away.
    f"""CREATE TRIGGER pictures_that_come_are_seen AFTER INSERT ON pictures WHEN NEW.sha256 IS NOT NULL BEGIN
        {_LET_BACK};
    END""",
    f"""CREATE TRIGGER pictures_that_have_come_are_seen AFTER UPDATE OF sha256 ON pictures
        WHEN NEW.sha256 IS NOT NULL AND OLD.sha256 IS NOT NEW.sha256 BEGIN
        {_LET_BACK};
    END""",
    f"""CREATE TRIGGER judgments_are_seen AFTER INSERT ON judgments BEGIN
        {_MARK} {_OF_CONTENT.format("NEW")};
    END""",
    f"""CREATE TRIGGER judgments_change AFTER UPDATE OF stars, flag, is_favourite ON judgments
        WHEN OLD.stars IS NOT NEW.stars OR OLD.flag IS NOT NEW.flag
            OR OLD.is_favourite IS NOT NEW.is_favourite BEGIN
        {_MARK} {_OF_CONTENT.format("NEW")};
    END""",
    f"""CREATE TRIGGER judgments_are_lost AFTER DELETE ON judgments BEGIN
        {_MARK} {_OF_CONTENT.format("OLD")};
    END""",
    f"CREATE TRIGGER tags_are_found AFTER INSERT ON picture_tags BEGIN {_NOTE_PICTURE.format('NEW')}; END",
    f"CREATE TRIGGER tags_are_lost AFTER DELETE ON picture_tags BEGIN {_NOTE_PICTURE.format('OLD')}; END",
    f"""CREATE TRIGGER notes_are_found AFTER INSERT ON judgments WHEN NEW.note != '' BEGIN
        {_NOTE_PICTURE.format("NEW")};
    END""",
    f"""CREATE TRIGGER notes_change AFTER UPDATE OF note ON judgments WHEN OLD.note IS NOT NEW.note BEGIN
        {_NOTE_PICTURE.format("NEW")};
    END""",
    f"""CREATE TRIGGER notes_are_lost AFTER DELETE ON judgments WHEN OLD.note != '' BEGIN
        {_NOTE_PICTURE.format("OLD")};
    END""",
)

_KNOWN: Final = _GROUP_VALUES.format("tasks")
_FILL: Final = (
    # Rising, and never before a task's own microsecond.
    f"""INSERT INTO gallery_groups ({_GROUP_COLUMNS})
        SELECT place + max(made - place) OVER (ORDER BY place), {_KNOWN}
        FROM (SELECT *, row_number() OVER (ORDER BY made, id) AS place
            FROM (SELECT *, ifnull({_NUMBER_OF.format("tasks")}, 0) AS made FROM tasks)) AS tasks""",
    f"UPDATE gallery_groups SET {_FACTS}",
    "INSERT INTO search_pending (task_id) SELECT id FROM tasks",
)

GALLERY: Final[Sequence[str]] = (*_GROUPS, *_SORTING, *_FAMILY, *_FILL, *_TRIGGERS, *LIKENESSES)
