"""What came in: pictures in their order, each with every form it was offered in."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Offer:
    """One picture; the forms are to be tried in this order: *links*, *path*, *data*, *bitmap*.

    *links* are http(s) addresses, the full picture before its thumbnail; each may turn out to be a page, or dead.
    *path* is an absolute path of a file or folder that may not exist; a browser's temporary file stands behind links.
    *data* is a whole picture file as it was handed over, told by its first bytes and otherwise unchecked; *bitmap* is
    what there is when the system offers nothing but pixels. *title* is what the source calls the picture, or "".
    *sha256* is that of a picture of our own gallery.
    """

    links: tuple[str, ...] = ()
    path: str | None = None
    data: bytes | None = field(default=None, repr=False)
    bitmap: QImage | None = None
    title: str = ""
    sha256: str | None = None

    @property
    def is_file(self) -> bool:
        """Whether this is a file of this computer, whose bytes are the picture that is meant."""
        return self.path is not None and not self.links

    @property
    def source(self) -> str | None:
        """The first link, else the path; None when there are only bytes or pixels."""
        return self.links[0] if self.links else self.path


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that was dropped or pasted at once."""

    items: tuple[Offer, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it could be a reference image."""
        return not self.items

    @property
    def sources(self) -> tuple[str, ...]:
        """The best path or link of each picture that has one."""
        return tuple(source for offer in self.items if (source := offer.source) is not None)

    @property
    def bitmap(self) -> QImage | None:
        """The pixels, when that is all there is; bytes that were handed over are decoded now, in this process."""
        if self.sources or not self.items:
            return None
        first = self.items[0]
        image = first.bitmap if first.data is None else QImage.fromData(first.data)
        return image if image is not None and not image.isNull() else None

    @property
    def is_local(self) -> bool:
        """Whether it is one file or one picture of our own gallery, so that it may be looked up by its bytes."""
        return len(self.items) == 1 and (self.items[0].is_file or self.items[0].sha256 is not None)
