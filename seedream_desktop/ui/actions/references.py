"""References on their way into the composer: files gathered, links fetched, all prepared, and each tile told of it."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import HostedReference, Reference
from seedream_desktop.domain.request import MAX_REFERENCES
from seedream_desktop.domain.task import Task
from seedream_desktop.engine.references import ReadyReference
from seedream_desktop.ports.errors import StorageError, UndecodableError, UnusableReferenceError
from seedream_desktop.sentences import failure_sentence, preparation_sentence, reference_fault_sentence
from seedream_desktop.sentences.references import facts_sentence
from seedream_desktop.system.daemon_thread import call_in_daemon_thread
from seedream_desktop.ui.actions.gathering import Gathered, first_present, gather, is_there
from seedream_desktop.ui.actions.meant import Meant
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.composer.tile_state import Entry, Kind, Repair, TileState
from seedream_desktop.ui.intake.offer import Intake, Offer
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_THUMBNAIL_PX: Final = 256
_SILENCE_S: Final = 15.0
_REPAIRS: Final = {
    ReferenceFault.TOO_LONG: (Repair.CROP, Repair.REMOVE),
    ReferenceFault.LINK_UNREACHABLE: (Repair.RETRY, Repair.REMOVE),
    ReferenceFault.NO_HOST: (Repair.CHOOSE_HOST, Repair.REMOVE),
}
_USUAL_REPAIRS: Final = (Repair.REPLACE, Repair.REMOVE)


class ReferenceActions(QObject):
    """Answers the wishes of the strip, and of whatever is dropped or pasted."""

    def __init__(self, window: MainWindow, backend: Backend, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._strip = window.composer.references
        self._offers: dict[str, Offer] = {}
        self._prepared: dict[int, ReadyReference] = {}
        window.composer.pictures_offered.connect(self._take)
        window.action_requested.connect(self._act)
        self._strip.preparation_requested.connect(self._prepare)
        self._strip.repair_requested.connect(self._repair)
        self._strip.folder_requested.connect(self._show_folder)
        bridge.reference_hosted.connect(self._note_hosted)
        bridge.reference_unhosted.connect(self._note_unhosted)

    def show_all_again(self) -> None:
        """Look at every reference again, after a host was chosen or changed, and at those shown before we listened."""
        for entry in self._strip.entries():
            self._prepare(entry)

    def _act(self, _task: Task, action: str) -> None:
        if action == "reference":
            self._use_chosen()

    def _use_chosen(self) -> None:
        meant = Meant.now(self._window)
        if meant is not None:
            self._backend.start(self._use(meant), "use as reference")

    async def _use(self, meant: Meant) -> None:
        """Take the user's copy of each picture, or ours where that was moved away."""
        few = Meant(meant.one, meant.many[:MAX_REFERENCES])
        try:
            pictures = await few.pictures(self._backend.gallery)
        except StorageError as error:
            self._strip.refuse(failure_sentence(error.failure))
            return
        places = [(picture.saved_path, picture.path) for _, picture in pictures if picture.path is not None]
        files = await asyncio.to_thread(lambda: [first_present(saved, own) for saved, own in places])
        self._window.composer.add_references([Reference(file) for file in files])
        if len(meant.many) > MAX_REFERENCES:
            words = self.tr("{count} pictures are chosen, and at most {most} can be references: the first were taken.")
            self._strip.refuse(words.format(count=len(meant.many), most=MAX_REFERENCES))

    def _take(self, offered: Intake, position: int | None) -> None:
        self._backend.start(self._add(offered, position), "references")

    async def _add(self, offered: Intake, position: int | None) -> None:
        """Put what was offered into the strip at once; each tile finds out by itself what is behind it."""
        references: list[Reference] = []
        sentences: list[str] = []
        # In the order of the offers, with the files that come one after the other looked at together.
        for are_files, offers in groupby(offered.items, lambda offer: offer.is_file):
            if are_files:
                gathered = await _gathered([str(offer.path) for offer in offers])
                references += map(Reference, gathered.pictures)
                sentences += self._sentences_on(gathered)
            else:
                others = [await self._reference_for(offer) for offer in offers]
                references += [other for other in others if other is not None]
        if references:
            self._window.composer.add_references(references, position)
        if sentences:
            self._strip.refuse(*sentences)

    def _sentences_on(self, gathered: Gathered) -> list[str]:
        sentences = [reference_fault_sentence(fault, name) for name, fault in gathered.refused]
        if gathered.is_cut:
            sentences.append(self.tr("That was more than could be looked through. Add fewer files at once."))
        return sentences

    async def _reference_for(self, offer: Offer) -> Reference | None:
        if offer.links:
            self._offers[offer.links[0]] = offer
            return Reference(offer.links[0], title=offer.title)
        return await self._kept_offer(offer)

    async def _kept_offer(self, offer: Offer) -> Reference | None:
        """Return a reference to what was handed over without an address, written to a file of ours."""
        if offer.path is not None and await is_there(offer.path):
            return Reference(offer.path, title=offer.title)
        if offer.data is None and offer.bitmap is None:
            return None
        folder = self._backend.working_dir / "pasted"
        path = folder / f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S} {uuid.uuid4().hex[:6]}"
        written = await asyncio.to_thread(_write, offer, path)
        if written is None:
            self._strip.refuse(self.tr("The pasted picture could not be kept on this disk."))
            return None
        return Reference(str(written), title=offer.title or self.tr("Pasted picture"))

    def _prepare(self, entry: Entry) -> None:
        self._strip.set_state(entry.key, TileState(Kind.PREPARING))
        self._backend.start(self._prepare_tile(entry), "prepare reference")

    async def _prepare_tile(self, entry: Entry) -> None:
        try:
            await self._try_to_prepare(entry)
        except Exception:  # a tile left on "preparing" for good would hold the order without a word
            log.exception("a reference could not be prepared")
            self._show_problem(entry, self.tr("This reference could not be prepared."), (Repair.RETRY, Repair.REMOVE))

    async def _try_to_prepare(self, entry: Entry) -> None:
        try:
            ready = await self._ready(entry.reference)
        except UnusableReferenceError as error:
            await self._fall_back(entry, error)
        except StorageError as error:
            self._show_problem(entry, failure_sentence(error.failure), (Repair.RETRY, Repair.REMOVE))
        else:
            self._offers.pop(entry.reference.source, None)
            if self._is_current(entry):
                await self._show_ready(entry, ready)

    async def _ready(self, reference: Reference) -> ReadyReference:
        offer = self._offers.get(reference.source)
        if offer is None or len(offer.links) == 1 or reference.sha256 is not None:
            return await self._backend.engine.references.ready(reference)
        ready = await self._backend.engine.references.pick(offer.links, reference.title)
        return replace(ready, reference=replace(ready.reference, role=reference.role))

    async def _fall_back(self, entry: Entry, error: UnusableReferenceError) -> None:
        """Take what the browser handed over beside its links, when none of them gives a picture."""
        offer = self._offers.pop(entry.reference.source, None)
        other = await self._kept_offer(offer) if offer is not None else None
        if other is not None and self._is_current(entry):
            self._strip.replace(entry.key, replace(other, role=entry.reference.role))
            return
        repairs = _REPAIRS.get(error.fault, _USUAL_REPAIRS)
        self._show_problem(entry, reference_fault_sentence(error.fault, error.name), repairs)

    def _show_problem(self, entry: Entry, sentence: str, repairs: tuple[Repair, ...]) -> None:
        if self._is_current(entry):
            self._strip.set_state(entry.key, TileState(Kind.PROBLEM, sentence, repairs))

    async def _show_ready(self, entry: Entry, ready: ReadyReference) -> None:
        self._prepared[entry.key] = ready
        present = self._reference(entry.key) or entry.reference
        self._strip.set_reference(entry.key, replace(ready.reference, role=present.role))
        self._show_state(entry.key)
        thumbnail = await self._thumbnail(ready)
        if self._prepared.get(entry.key) is ready:
            self._strip.set_thumbnail(entry.key, thumbnail)

    def _show_state(self, key: int) -> None:
        ready = self._prepared[key]
        if self._backend.engine.references.host is None and self._needs_host(ready):
            sentence = reference_fault_sentence(ReferenceFault.NO_HOST, ready.reference.name)
            self._strip.set_state(key, TileState(Kind.PROBLEM, sentence, _REPAIRS[ReferenceFault.NO_HOST]))
            return
        hosted = ready.hosted
        until = datetime.fromisoformat(hosted.until) if hosted is not None and hosted.until else None
        kind = Kind.READY if hosted is None else Kind.HOSTED
        self._strip.set_state(key, TileState(kind, self._words_on(ready), until=until))

    def _words_on(self, ready: ReadyReference) -> str:
        """Return what is sent: a link that goes as it is has lost nothing of what its picture tells."""
        goes_as_it_is = ready.hosted is None and not self._needs_host(ready)
        return facts_sentence(ready.prepared.origin) if goes_as_it_is else preparation_sentence(ready.prepared)

    def _needs_host(self, ready: ReadyReference) -> bool:
        return self._backend.engine.references.needs_host(ready)

    async def _thumbnail(self, ready: ReadyReference) -> QImage:
        """Return a small picture of the prepared file, made by the worker; a null one when that fails."""
        target = self._backend.thumbnail_path(ready.prepared.sha256, _THUMBNAIL_PX)
        try:
            if not await asyncio.to_thread(target.is_file):
                await self._backend.pixels.make_thumbnails(ready.path, {_THUMBNAIL_PX: target})
            return QImage.fromData(await asyncio.to_thread(target.read_bytes))
        except (UndecodableError, StorageError, OSError):
            return QImage()

    def _repair(self, key: int, repair: Repair) -> None:
        match repair:
            case Repair.RETRY:
                self._again(key)
            case Repair.CHOOSE_HOST:
                self._window.composer.hosting_settings_requested.emit()
            case _:
                pass

    def _show_folder(self, key: int) -> None:
        reference = self._reference(key)
        if reference is not None and not reference.is_link:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(reference.source).parent)))

    def _again(self, key: int) -> None:
        for entry in self._strip.entries():
            if entry.key == key:
                self._prepare(entry)

    def _note_hosted(self, hosted: HostedReference) -> None:
        self._change_hosted(hosted.sha256, hosted)

    def _note_unhosted(self, sha256: str, host: str) -> None:
        present = self._backend.engine.references.host
        if present is None or present.name == host:
            self._change_hosted(sha256, None)

    def _change_hosted(self, sha256: str, hosted: HostedReference | None) -> None:
        for key in self._shown_keys():
            if self._prepared[key].prepared.sha256 == sha256:
                self._prepared[key] = replace(self._prepared[key], hosted=hosted)
                self._show_state(key)

    def _shown_keys(self) -> Iterable[int]:
        """Return the keys of the tiles that are prepared; what is known of others is forgotten."""
        present = {entry.key for entry in self._strip.entries()}
        self._prepared = {key: ready for key, ready in self._prepared.items() if key in present}
        return tuple(self._prepared)

    def _is_current(self, entry: Entry) -> bool:
        """Whether the tile still shows the picture that was prepared: it may have been removed or replaced."""
        present = self._reference(entry.key)
        return present is not None and (present.source, present.crop) == (entry.reference.source, entry.reference.crop)

    def _reference(self, key: int) -> Reference | None:
        return next((entry.reference for entry in self._strip.entries() if entry.key == key), None)


async def _gathered(paths: list[str]) -> Gathered:
    """Look at files without waiting for a network folder that keeps silent."""
    try:
        return await call_in_daemon_thread(lambda: gather(paths), _SILENCE_S, "look at files")
    except TimeoutError:
        names = (Path(path).name for path in paths)
        return Gathered((), tuple((name, ReferenceFault.FILE_UNREADABLE) for name in names))


def _write(offer: Offer, path: Path) -> Path | None:
    """Write bytes as they came, or pixels as a PNG; return where, None when the disk refuses."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if offer.data is not None:
            path.write_bytes(offer.data)
            return path
    except OSError:
        return None
    picture = path.with_suffix(".png")
    # The stub asks for bytes here, which PySide 6.11 refuses at run time.
    is_saved = offer.bitmap is not None and offer.bitmap.save(str(picture), "PNG")  # type: ignore[call-overload]  # see above
    return picture if is_saved else None
