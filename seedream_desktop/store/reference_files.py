"""The files of prepared references: under the hash of their bytes, whole or not there at all. It knows no database."""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import Path
from typing import Final

from seedream_desktop.crashpoints import pass_point
from seedream_desktop.domain.naming import EXTENSIONS
from seedream_desktop.domain.preparation import PictureFacts, PreparedReference
from seedream_desktop.imaging.probe import probe
from seedream_desktop.ports.errors import UndecodableError
from seedream_desktop.ports.references import KeptReference
from seedream_desktop.store.files import PRIVATE_FILE, make_private, replace_file, sync_folder, sync_path
from seedream_desktop.store.layout import Layout

_Stamp = tuple[Path, int, int]
_HASH: Final = re.compile("[0-9a-f]{64}")


class ReferenceFiles:
    """Keeps, finds and proves the files; every method may take a while and raises OSError."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._proved: set[_Stamp] = set()

    def new_scratch(self) -> Path:
        """Return a path for a file in the making; there is none yet."""
        return make_private(self._layout.references_in_the_making) / f"{uuid.uuid4().hex}.part"

    def keep(self, file: Path, prepared: PreparedReference) -> Path:
        """Move *file* to its place, durable when this returns; raises ValueError when its bytes are others."""
        if _sha256(file) != prepared.sha256:
            raise ValueError(f"the bytes of {file.name} are not those of {prepared.sha256}")
        target = self._path(prepared.sha256, prepared.facts.media_format)
        if self.is_sound(target, prepared):
            return target
        file.chmod(PRIVATE_FILE)
        sync_path(file)
        pass_point("reference.synced")
        # Also over a spoilt file of that name.
        replace_file(file, make_private(make_private(self._layout.references) / target.parent.name) / target.name)
        pass_point("reference.renamed")
        return target

    def find(self, prepared: PreparedReference) -> KeptReference | None:
        """Return the file of a prepared reference, or None when it is gone or its bytes are no longer the same."""
        path = self._path(prepared.sha256, prepared.facts.media_format)
        return KeptReference(prepared, path) if self.is_sound(path, prepared) else None

    def is_sound(self, path: Path, prepared: PreparedReference) -> bool:
        """Whether the file is there with the right bytes; they are read once, and again when the file changed."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        stamp = (path, found.st_size, found.st_mtime_ns)
        if stamp in self._proved:
            return True
        if found.st_size != prepared.facts.size_bytes or _sha256(path) != prepared.sha256:
            return False
        self._proved.add(stamp)
        return True

    def read_back(self, sha256: str) -> PreparedReference | None:
        """Return what a sound file alone tells, for a database that lost its row; None when there is none.

        Of its origin it knows nothing: it counts as its own, unchanged.
        """
        if _HASH.fullmatch(sha256) is None:
            return None
        paths = (self._layout.reference(sha256, extension) for extension in EXTENSIONS.values())
        return next(filter(None, map(_read_back, filter(Path.is_file, paths))), None)

    def sweep(self) -> int:
        """Remove what a crash left in the making and return how many files; only while nothing is being made."""
        strays = [path for path in self._layout.references_in_the_making.glob("*") if path.is_file()]
        for stray in strays:
            stray.unlink(missing_ok=True)
        if strays:
            sync_folder(self._layout.references_in_the_making)
        return len(strays)

    def _path(self, sha256: str, media_format: str) -> Path:
        return self._layout.reference(sha256, EXTENSIONS[media_format])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_back(path: Path) -> PreparedReference | None:
    data = path.read_bytes()
    try:
        found = probe(data)
    except UndecodableError:
        return None
    if hashlib.sha256(data).hexdigest() != path.stem:
        return None
    facts = PictureFacts(found.media_format, found.size, len(data))
    return PreparedReference(path.stem, facts, origin=facts)
