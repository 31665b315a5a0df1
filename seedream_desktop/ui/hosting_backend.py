"""What choosing a host and looking after hosted pictures need of the program behind the window."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from seedream_desktop.domain.hosting import HostingSettings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.task import Task
from seedream_desktop.engine.references import HostedCopy


@dataclass(frozen=True, slots=True)
class SecretState:
    """What is known of the secret for a place.

    *ends_in* holds its last characters, "" when they would tell too much. *words* say where it is kept.
    *keychain_name* is None where no keychain can be used.
    """

    is_saved: bool
    ends_in: str
    words: str
    keychain_name: str | None


class HostKeeper(Protocol):
    """Knows the secrets of the user's storages and tries storages out; answers in sentences."""

    async def state(self, hosting: HostingSettings) -> SecretState:
        """Return what is known of the secret for the place in *hosting*."""
        ...

    async def enter(self, hosting: HostingSettings, secret: str, *, this_run_only: bool) -> str:
        """Take the secret for the place in *hosting*; returns "" or why it could not be kept, which is no refusal."""
        ...

    async def remove(self, hosting: HostingSettings) -> str:
        """Forget the secret for the place in *hosting*; returns a sentence."""
        ...

    async def test(self, hosting: HostingSettings, secret: str) -> tuple[str, bool]:
        """Upload, read and delete a small picture with *secret*, or the saved one when it is empty; saves nothing.

        Returns a sentence and whether it works.
        """
        ...


class NamedHost(Protocol):
    """A host, as far as the window has to know it."""

    @property
    def name(self) -> str:
        """What tells it from other hosts, for people too."""
        ...


class HostedReferences(Protocol):
    """The engine's side of hosted pictures."""

    @property
    def host(self) -> NamedHost | None:
        """The host in use, or None."""
        ...

    async def all_hosted(self) -> tuple[HostedCopy, ...]:
        """Return everything that is hosted anywhere, newest first; raises StorageError."""
        ...

    async def unhost(self, hosted: HostedReference, *, even_if_used: bool = False) -> None:
        """Delete the picture at its host and forget it.

        Raises HostedElsewhereError, HostedReferenceInUseError, ServiceError, StorageError.
        """
        ...

    async def forget(self, hosted: HostedReference) -> None:
        """Remove the record alone; raises StorageError."""
        ...


class NewestTasks(Protocol):
    """Tells the newest tasks, whose references have names."""

    async def newest(self, limit: int) -> tuple[Task, ...]:
        """Return up to *limit* tasks, newest first; raises StorageError."""
        ...


class Running(Protocol):
    """A coroutine on its way."""

    def cancel(self) -> bool:
        """End it as soon as it can be."""
        ...


@dataclass(frozen=True, slots=True)
class HostingBackend:
    """The running program, as far as hosting goes.

    *use* makes the settings' host the one in use. *start* runs a coroutine under the supervisor.
    """

    references: HostedReferences
    tasks: NewestTasks
    keeper: HostKeeper
    use: Callable[[HostingSettings], None]
    start: Callable[[Coroutine[Any, Any, Any], str], Running | None]
    clock: Callable[[], datetime]
    is_demo: bool
