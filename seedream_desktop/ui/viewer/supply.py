"""Has the pixels of the picture on show brought, and of the one that is likely to be next; must not draw."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from seedream_desktop.domain.picture import Picture
from seedream_desktop.ui.viewer.pyramid import Pyramid, PyramidBuilder

_KEPT: Final = 3
_FAST_MS: Final = 120
# As many as are decoded at a time: what is on show now must not wait behind what was passed.
_MOST_ASKED: Final = 2


class PixelSupply(QObject):
    """Keeps the picture on show and two more, at most 90 MB each; ``requested`` carries a Picture, to be answered.

    ``ready`` carries the SHA-256 and the Pyramid of the picture on show. *elapsed_s* is a clock that never goes back.
    """

    requested = Signal(object)
    ready = Signal(str, object)

    def __init__(self, parent: QObject | None = None, elapsed_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._elapsed_s = elapsed_s
        self._kept: OrderedDict[str, Pyramid] = OrderedDict()
        self._shown: Picture | None = None
        self._ahead: Picture | None = None
        self._asked: set[str] = set()
        self._asked_at_s = -1.0
        self._ask_soon = QTimer(self)
        self._ask_soon.setSingleShot(True)
        self._ask_soon.setInterval(_FAST_MS)
        self._ask_soon.timeout.connect(self._ask_for_shown)
        self._builder = PyramidBuilder(self)
        self._builder.built.connect(self._take_built, Qt.ConnectionType.QueuedConnection)

    @property
    def kept(self) -> tuple[str, ...]:
        """The SHA-256 of every picture whose pixels are held, the oldest first."""
        return tuple(self._kept)

    def show(self, picture: Picture) -> Pyramid | None:
        """Return the pixels of the picture that is shown from now on; when they are not here, they come by ``ready``.

        While pictures follow each other faster than they can be looked at, only the last one is asked for.
        """
        self._shown, self._ahead = picture, None
        here = self._kept.get(picture.sha256 or "")
        if here is not None and picture.sha256 is not None:
            self._kept.move_to_end(picture.sha256)
            self._ask_soon.stop()
            return here
        if self._elapsed_s() - self._asked_at_s < _FAST_MS / 1000:
            self._ask_soon.start()
        else:
            self._ask_for_shown()
        return None

    def expect(self, picture: Picture | None) -> None:
        """Have this picture brought too, once the one on show is here."""
        self._ahead = picture
        self._ask_for_ahead()

    def wants(self, sha256: str) -> bool:
        """Whether these pixels are waited for."""
        return sha256 in {picture.sha256 for picture in (self._shown, self._ahead) if picture is not None}

    def take(self, sha256: str, pixels: QImage) -> None:
        """Take the pixels; those nobody waits for any more are let go."""
        if self.wants(sha256) and sha256 not in self._kept:
            self._builder.build(sha256, pixels)
        else:
            self._forget(sha256)

    def give_up(self, sha256: str) -> None:
        """Note that these pixels will not come; they may be asked for again."""
        self._forget(sha256)

    def rest(self) -> None:
        """Keep the picture on show alone: nobody is looking."""
        shown = self._shown.sha256 if self._shown is not None else None
        self._ahead = None
        self._ask_soon.stop()
        for sha256 in [kept for kept in self._kept if kept != shown]:
            del self._kept[sha256]

    def _ask_for_shown(self) -> None:
        self._asked_at_s = self._elapsed_s()
        if self._shown is not None:
            self._ask(self._shown)

    def _ask_for_ahead(self) -> None:
        shown_is_here = self._shown is not None and self._shown.sha256 in self._kept
        if shown_is_here and self._ahead is not None and self._ahead.sha256 not in self._kept:
            self._ask(self._ahead)

    def _ask(self, picture: Picture) -> None:
        """Ask, unless others are still to come; then it is asked for when one of them has come."""
        if picture.sha256 is None or picture.sha256 in self._asked or len(self._asked) >= _MOST_ASKED:
            return
        self._asked.add(picture.sha256)
        self.requested.emit(picture)

    def _forget(self, sha256: str) -> None:
        """Go on to the picture on show, when that is another one and had to wait."""
        self._asked.discard(sha256)
        shown = self._shown.sha256 if self._shown is not None else None
        if shown != sha256 and shown not in self._kept and not self._ask_soon.isActive():
            self._ask_for_shown()

    def _take_built(self, sha256: str, pyramid: Pyramid) -> None:
        if not self.wants(sha256):
            self._forget(sha256)
            return
        self._asked.discard(sha256)
        self._kept[sha256] = pyramid
        while len(self._kept) > _KEPT:
            del self._kept[next(kept for kept in self._kept if not self.wants(kept))]
        if self._shown is not None and self._shown.sha256 == sha256:
            self.ready.emit(sha256, pyramid)
            self._ask_for_ahead()
