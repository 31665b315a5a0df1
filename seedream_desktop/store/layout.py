"""What lies where in the data folder; the one place that knows the names. It touches no disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The names inside the data folder *root*, an absolute path."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> Layout:
        """Return the layout of a data folder given by any path."""
        return cls(folder.absolute())

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "seedream.db"

    @property
    def ledger(self) -> Path:
        """The second copy of every attempt, outside of SQLite."""
        return self.root / "ledger.jsonl"

    @property
    def settings(self) -> Path:
        """The user's choices."""
        return self.root / "settings.json"

    @property
    def originals(self) -> Path:
        """The pictures, byte for byte as served, named by their content."""
        return self.root / "originals"

    @property
    def incoming(self) -> Path:
        """Files on their way; whatever is found here at the start is rubbish."""
        return self.root / "incoming"

    @property
    def references(self) -> Path:
        """Prepared reference images, named by their content."""
        return self.root / "references"

    @property
    def references_in_the_making(self) -> Path:
        """Scratch files of references; whatever is found here at the start is rubbish."""
        return self.incoming / "references"

    @property
    def thumbnails(self) -> Path:
        """Small copies; each can be made again from its original."""
        return self.root / "thumbnails"

    @property
    def backups(self) -> Path:
        """Dated copies of the database."""
        return self.root / "backups"

    @property
    def damaged(self) -> Path:
        """Databases that could not be used, as they were found."""
        return self.root / "damaged"

    def thumbnail(self, sha256: str, edge_px: int) -> Path:
        """Return where the thumbnail with this longest edge belongs, existing or not."""
        return self.thumbnails / str(edge_px) / sha256[:2] / f"{sha256}.jpg"

    def reference(self, sha256: str, extension: str) -> Path:
        """Return where the prepared reference with these bytes belongs, existing or not."""
        return self.references / sha256[:2] / f"{sha256}.{extension}"

    def relative(self, path: str | None) -> str | None:
        """Return *path* as it is stored: relative with forward slashes when inside the data folder."""
        if path is None or not Path(path).is_relative_to(self.root):
            return path
        return Path(path).relative_to(self.root).as_posix()

    def absolute(self, stored: str | None) -> str | None:
        """Return a stored path as an absolute one, wherever the data folder is now."""
        return None if stored is None else str(self.root / stored)
