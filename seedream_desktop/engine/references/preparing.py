"""Makes the copy of a reference that is shown, kept and sent; the same picture is prepared once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from typing import Final

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.engine.references.fetching import LinkFetcher
from seedream_desktop.engine.references.locks import KeyLocks
from seedream_desktop.engine.references.looking import answered
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.ports.references import KeptReference, ReferencePreparer, ReferenceStore

_REMEMBERED: Final = 1000


class Preparation:
    """Prepares files and links and keeps what comes of it."""

    def __init__(self, preparer: ReferencePreparer, store: ReferenceStore, fetcher: LinkFetcher) -> None:
        self._preparer = preparer
        self._store = store
        self._fetcher = fetcher
        self._known: OrderedDict[Hashable, str] = OrderedDict()
        self._locks = KeyLocks()

    async def kept(self, reference: Reference) -> KeptReference:
        """Return the kept copy; its source is only looked at when there is none.

        Raises:
            UnusableReferenceError: when there is no copy and none can be made.
            StorageError: when it cannot be kept.
        """
        known = await self._named_copy(reference.sha256)
        if known is not None:
            return known
        key = await _key(reference)
        async with self._locks.of(key):
            known = await self._named_copy(self._known.get(key))
            if known is None:
                known = await self._prepare(reference)
            self._remember(key, known.prepared.sha256)
        return known

    def forget(self, reference: Reference) -> None:
        """Look at a link's source anew when it is asked for next without naming a copy: it shows another picture."""
        self._known.pop((reference.source, reference.crop), None)

    async def _named_copy(self, sha256: str | None) -> KeptReference | None:
        return None if sha256 is None else await self._store.kept(sha256)

    def _remember(self, key: Hashable, sha256: str) -> None:
        self._known[key] = sha256
        self._known.move_to_end(key)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    async def _prepare(self, reference: Reference) -> KeptReference:
        if not reference.is_link:
            return await self._prepare_file(Path(reference.source), reference)
        async with self._store.scratch() as fetched:
            await self._fetcher.fetch(reference, fetched)
            return await self._prepare_file(fetched, reference)

    async def _prepare_file(self, path: Path, reference: Reference) -> KeptReference:
        async with self._store.scratch() as into:
            try:
                prepared = await self._preparer.prepare(path, reference.crop, into)
            except UnusableReferenceError as error:
                raise _named(error, reference) from error
            return await self._store.keep(into, prepared)


async def _key(reference: Reference) -> Hashable:
    """Return what a preparation depends on: a file that was changed is another one."""
    if reference.is_link:
        return reference.source, reference.crop
    try:
        found = await answered(Path(reference.source).stat)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnusableReferenceError(ReferenceFault.FILE_MISSING, reference.name) from error
    except (OSError, ValueError) as error:
        raise UnusableReferenceError(ReferenceFault.FILE_UNREADABLE, reference.name, str(error)) from error
    return reference.source, found.st_size, found.st_mtime_ns, reference.crop


def _named(error: UnusableReferenceError, reference: Reference) -> UnusableReferenceError:
    """Return the error with the name people know: a link's picture was prepared from a scratch file."""
    is_no_picture = reference.is_link and error.fault is ReferenceFault.NOT_A_PICTURE
    fault = ReferenceFault.LINK_NOT_A_PICTURE if is_no_picture else error.fault
    return UnusableReferenceError(fault, reference.name, error.detail)
