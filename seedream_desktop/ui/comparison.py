"""A comparison as the centre uses it: pictures of tasks go in, the task and the picture that was taken come out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.compare.view import CompareView
from seedream_desktop.ui.gallery.view import Gallery
from seedream_desktop.ui.keys import KeyMap
from seedream_desktop.ui.previews import Previews
from seedream_desktop.ui.viewer.backdrop import BackdropChoice


class Comparison(QObject):
    """Knows of which tasks the compared pictures are; judgments are those of *gallery*.

    ``taken`` carries the Task and the Picture that was taken.
    """

    taken = Signal(object, object)

    def __init__(
        self, gallery: Gallery, previews: Previews, key_map: KeyMap, backdrop: BackdropChoice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._gallery, self._previews = gallery, previews
        self._compared: Sequence[tuple[Task, Picture]] = ()
        self.view = CompareView(key_map=key_map, backdrop=backdrop)
        previews.came.connect(self._show_preview)
        self.view.picked.connect(lambda picture: self.taken.emit(*self._of(picture)))

    def marked(self) -> tuple[Task, Picture] | None:
        """Return the marked picture with its task."""
        return self._of(self.view.active) if self.view.active is not None else None

    def show_pictures(self, chosen: Sequence[tuple[Task, Picture]]) -> None:
        """Compare these, two to four."""
        self._compared = chosen
        self._previews.expect(*(picture for _, picture in chosen))
        self.view.show_pictures([(task, picture, self._preview(picture)) for task, picture in chosen])
        self.view.show_judgments(self._gallery.judgments(picture for _, picture in chosen))

    def _preview(self, picture: Picture) -> QPixmap | None:
        return self._previews.of(picture) or self._gallery.preview(picture)

    def _show_preview(self, sha256: str) -> None:
        for _, picture in self._compared:
            if picture.sha256 == sha256 and (preview := self._preview(picture)) is not None:
                self.view.set_preview(sha256, preview)

    def _of(self, picture: Picture) -> tuple[Task, Picture]:
        return next(shown for shown in self._compared if shown[1] == picture)
