"""Makes everything that the window's wishes lead to, in the order in which one needs the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from seedream_desktop.ui.actions.account import AccountActions
from seedream_desktop.ui.actions.annotating import Annotating
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.copying import Copying
from seedream_desktop.ui.actions.counting import Counting
from seedream_desktop.ui.actions.cropping import CropActions
from seedream_desktop.ui.actions.dropping import DropActions
from seedream_desktop.ui.actions.hosting import HostingActions
from seedream_desktop.ui.actions.inspecting import Inspecting
from seedream_desktop.ui.actions.judging import JudgingActions
from seedream_desktop.ui.actions.leaving import Leaving
from seedream_desktop.ui.actions.listing import Listing
from seedream_desktop.ui.actions.news import News
from seedream_desktop.ui.actions.next_frame import NextFrame
from seedream_desktop.ui.actions.opening import Opening
from seedream_desktop.ui.actions.orders import OrderActions
from seedream_desktop.ui.actions.pictures import PictureActions
from seedream_desktop.ui.actions.rail_counts import RailCounts
from seedream_desktop.ui.actions.recalling import Recalling
from seedream_desktop.ui.actions.references import ReferenceActions
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.actions.searching import SearchActions
from seedream_desktop.ui.actions.sorting import SortingActions
from seedream_desktop.ui.actions.trashing import TrashActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.hosting_backend import HostingBackend
from seedream_desktop.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Desk:
    """What the actions work between: the window, the program behind it, and its news."""

    window: MainWindow
    backend: Backend
    hosting: HostingBackend
    bridge: Bridge
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Actions:
    """Those of the actions that are spoken to once they are made; the others answer the window alone."""

    browsing: Browsing
    listing: Listing
    places: RailCounts
    searching: SearchActions
    annotating: Annotating
    references: ReferenceActions
    account: AccountActions


def make_actions(desk: Desk, default_library: Path) -> Actions:
    """Let the window's wishes through; *default_library* is used while the user has chosen no folder."""
    window, backend, bridge = desk.window, desk.backend, desk.bridge
    browsing = Browsing(window, backend.gallery, backend.start)
    News(window, bridge, browsing)
    listing = Listing(window, backend.tasks, backend.start, desk.clock)
    OrderActions(window, backend)
    Recalling(window, backend)
    PictureActions(window, backend)
    undoing = Undoing(window, backend.start)
    places = _let_judge(desk, browsing, undoing)
    bridge.task_changed.connect(browsing.note_change)
    searching = SearchActions(window, backend, undoing)
    annotating = Annotating(window, backend, undoing)
    Inspecting(window, backend, annotating)
    leaving = _let_reuse(window, backend)
    references = ReferenceActions(window, backend, bridge)
    account = AccountActions(window, backend, default_library)
    account.settings_saved.connect(leaving.prepare_again)
    _let_host(desk, account)
    return Actions(browsing, listing, places, searching, annotating, references, account)


def _let_judge(desk: Desk, browsing: Browsing, undoing: Undoing) -> RailCounts:
    """Let pictures be judged, sorted and thrown away; what is returned counts them where they are sorted to."""
    window, backend, bridge = desk.window, desk.backend, desk.bridge
    JudgingActions(window, backend, browsing, undoing)
    SortingActions(window, backend, undoing)
    places = RailCounts(window, backend, bridge, undoing)
    TrashActions(window, backend, browsing, undoing).changed.connect(places.read_again)
    bridge.picture_stored.connect(Counting(window, backend, browsing, undoing).count_later)
    return places


def _let_reuse(window: MainWindow, backend: Backend) -> Leaving:
    """Let pictures be cropped, copied, opened and dropped; what is returned carries them out of the window."""
    CropActions(window, backend)
    leaving = Leaving(window, backend)
    Copying(window, backend)
    Opening(window, backend)
    reusing = Reusing(window)
    DropActions(window, backend, reusing, NextFrame(window, backend, reusing))
    return leaving


def _let_host(desk: Desk, account: AccountActions) -> None:
    hosting = HostingActions(desk.window, desk.hosting, account, desk.bridge)
    desk.window.composer.hosting_settings_requested.connect(hosting.open_settings)
    desk.window.composer.references.hosted_requested.connect(hosting.open_manager)
