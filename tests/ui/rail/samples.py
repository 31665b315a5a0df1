"""Projects and collections made up for the tests of the rail."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QMimeData, QUrl

from seedream_desktop.domain.collections import Collection, CollectionId, Project, ProjectId, Sums
from seedream_desktop.ui.intake.own import mark_own
from seedream_desktop.ui.rail import Contents
from tests.ui.gallery.samples import sha_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def project(name: str, pictures: int = 0) -> Project:
    return Project(ProjectId(f"id of {name}"), name, "", NOON, pictures)


def collection(name: str, pictures: int = 0) -> Collection:
    return Collection(CollectionId(f"id of {name}"), name, NOON, pictures)


CONTENTS = Contents(
    (project("Autumn", 48), project("Harbour campaign", 12)),
    (collection("Clients/Northwind/Spring", 33), collection("Clients", 4), collection("Moods", 1)),
    Sums(12345, 88, 41, 2, 7),
    {"clients/northwind": 33},
)


def dragged(*names: str) -> QMimeData:
    """Return what a drag of these pictures out of the gallery carries."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/data/{name}.jpg") for name in names])
    mark_own(mime, [sha_of(name) for name in names])
    return mime
