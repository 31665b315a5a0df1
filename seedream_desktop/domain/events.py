"""Facts the core tells the rest of the program; each speaks only of what is already written down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.task import Task, TaskId


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """A task was written down for the first time."""

    task: Task


@dataclass(frozen=True, slots=True)
class TaskChanged:
    """A task, one of its attempts or pictures changed and was saved."""

    task: Task


@dataclass(frozen=True, slots=True)
class PictureProgressed:
    """Bytes of a picture arrived; *total_bytes* is None while the service has not said."""

    task_id: TaskId
    position: int
    received_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class PictureStored:
    """A picture is whole, proved and safe on this disk, thumbnails included."""

    task: Task
    picture: Picture


@dataclass(frozen=True, slots=True)
class BalanceRead:
    """The service told the account's balance."""

    balance_usd: Decimal


@dataclass(frozen=True, slots=True)
class ReferenceHosted:
    """A prepared reference can now be fetched by anybody who has its link."""

    hosted: HostedReference


@dataclass(frozen=True, slots=True)
class ReferenceUnhosted:
    """A reference was deleted from its host; *host* tells hosts apart."""

    sha256: str
    host: str


class Connection(StrEnum):
    """How the service can be reached at the moment."""

    READY = "ready"
    OFFLINE = "offline"
    BUSY = "busy"
    KEY_MISSING = "key_missing"
    KEY_REFUSED = "key_refused"


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The way to the service opened or closed."""

    connection: Connection
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StorageTroubled:
    """Something could not be kept on this disk; the program tries again by itself."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class StorageRecovered:
    """What could not be kept before is kept now."""


Event = (
    TaskAdded
    | TaskChanged
    | PictureProgressed
    | PictureStored
    | BalanceRead
    | ReferenceHosted
    | ReferenceUnhosted
    | ConnectionChanged
    | StorageTroubled
    | StorageRecovered
)
