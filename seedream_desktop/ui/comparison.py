"""A comparison as the centre uses it: pictures of tasks go in, the task and the picture that was taken come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QImage, QPixmap

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.view import Gallery
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.on_first_use import OnFirstUse
from seedream_desktop.ui.previews import Previews
from seedream_desktop.ui.viewer.backdrop import BackdropChoice

if TYPE_CHECKING:
    from seedream_desktop.ui.compare.view import CompareView


class Comparison(QObject):
    """Knows of which tasks the compared pictures are; judgments are those of *gallery*.

    ``taken`` carries the Task and the Picture that was taken, ``view_made`` the CompareView at its first use;
    the others are the view's.
    """

    taken = Signal(object, object)
    view_made = Signal(object)
    pixels_requested = Signal(object)
    active_changed = Signal()
    closed = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self, gallery: Gallery, previews: Previews, key_map: KeyMap, backdrop: BackdropChoice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._gallery, self._previews = gallery, previews
        self._key_map, self._backdrop = key_map, backdrop
        self._compared: Sequence[tuple[Task, Picture]] = ()
        self._view: OnFirstUse[CompareView] = OnFirstUse(self._make_view, self._tell_view)
        previews.came.connect(self._show_preview)

    @property
    def view(self) -> CompareView:
        """The page."""
        return self._view.get()

    @property
    def made_view(self) -> CompareView | None:
        """The page, when something was compared already."""
        return self._view.made

    def marked(self) -> tuple[Task, Picture] | None:
        """Return the marked picture with its task."""
        return self._of(self.view.active) if self.view.active is not None else None

    def show_pictures(self, chosen: Sequence[tuple[Task, Picture]]) -> None:
        """Compare these, two to four."""
        self._compared = chosen
        self._previews.expect(*(picture for _, picture in chosen))
        self.view.show_pictures([(task, picture, self._preview(picture)) for task, picture in chosen])
        self.view.show_judgments(self._gallery.judgments(picture for _, picture in chosen))

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what was said of pictures, by their SHA-256."""
        if self._view.made is not None:
            self._view.made.show_judgments(judgments)

    def set_pixels(self, sha256: str, image: QImage) -> None:
        """Take a full picture."""
        if self._view.made is not None:
            self._view.made.set_pixels(sha256, image)

    def set_trouble(self, sha256: str, text: str) -> None:
        """Say why a full picture cannot be shown."""
        if self._view.made is not None:
            self._view.made.set_trouble(sha256, text)

    def _make_view(self) -> CompareView:
        from seedream_desktop.ui.compare.view import CompareView

        view = CompareView(key_map=self._key_map, backdrop=self._backdrop)
        view.picked.connect(lambda picture: self.taken.emit(*self._of(picture)))
        view.pixels_requested.connect(self.pixels_requested)
        view.active_changed.connect(self.active_changed)
        view.closed.connect(self.closed)
        view.menu_requested.connect(self.menu_requested)
        return view

    def _tell_view(self, view: CompareView) -> None:
        self.view_made.emit(view)

    def _preview(self, picture: Picture) -> QPixmap | None:
        return self._previews.of(picture) or self._gallery.preview(picture)

    def _show_preview(self, sha256: str) -> None:
        for _, picture in self._compared:
            if picture.sha256 == sha256 and (preview := self._preview(picture)) is not None:
                self.view.set_preview(sha256, preview)

    def _of(self, picture: Picture) -> tuple[Task, Picture]:
        return next(shown for shown in self._compared if shown[1] == picture)
