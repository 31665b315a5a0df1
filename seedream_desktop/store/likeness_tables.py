"""The part of the gallery's step that carries likenesses: what pictures look like, and who has to be looked at yet.

The eight bands are indexed each for itself: of two likenesses that differ in at most 15 bits, one band differs in at
most one (store/likeness.py). Content and likeness are bytes: the eight indexes stay narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BANDS: Final = tuple(f"band_{number}" for number in range(8))
_PENDING: Final = "INSERT INTO likeness_pending (sha256) VALUES (NEW.sha256) ON CONFLICT DO NOTHING"

LIKENESSES: Final[Sequence[str]] = (
    f"""CREATE TABLE likenesses (
        number INTEGER PRIMARY KEY,
        content BLOB NOT NULL UNIQUE,
        bits BLOB NOT NULL,
        {", ".join(f"{band} INTEGER NOT NULL" for band in BANDS)}
    ) STRICT""",
    *(f"CREATE INDEX likenesses_by_{band} ON likenesses ({band})" for band in BANDS),
    "CREATE TABLE likeness_pending (sha256 TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO likeness_pending (sha256) SELECT DISTINCT sha256 FROM pictures WHERE sha256 IS NOT NULL",
    f"""CREATE TRIGGER pictures_want_a_likeness AFTER INSERT ON pictures WHEN NEW.sha256 IS NOT NULL BEGIN
        {_PENDING};
    END""",
    f"""CREATE TRIGGER pictures_want_another_likeness AFTER UPDATE OF sha256 ON pictures
        WHEN NEW.sha256 IS NOT NULL AND OLD.sha256 IS NOT NEW.sha256 BEGIN
        {_PENDING};
    END""",
)
