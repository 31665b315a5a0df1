"""A foreign picture file with its header read: what it is, how it is to be seen, and whether we open it at all.

Worker process only. Nothing is decoded here; a file that asks for too much is refused before it costs anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from PIL import Image, UnidentifiedImageError

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.imaging.decoders import LOSSLESS_KINDS, has_more_frames, open_kind
from seedream_desktop.imaging.geometry import turned
from seedream_desktop.imaging.kinds import START_BYTES, sniff_kind
from seedream_desktop.imaging.stripping import MAX_PROFILE_BYTES, Bare, strip
from seedream_desktop.ports.errors import UnusableReferenceError

MAX_FILE_BYTES: Final = 128 * 1024 * 1024
# Four bytes a pixel, twice while a TIFF is turned, and what a decoder needs beside: measured within the 2 GiB given.
MAX_PIXELS: Final = 120_000_000
_ORIENTATION: Final = 0x0112
_SUBFILE_TYPE: Final = 0x00FE
_BITS_PER_SAMPLE: Final = 0x0102
_IPTC: Final = 0x83BB
_PHOTOSHOP: Final = 0x8649
_XMP: Final = 0x02BC
_GPS: Final = 0x8825
_EXIF_IFD: Final = 0x8769
_WORDS: Final = frozenset({0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298, *range(0x9C9B, 0x9CA0)})
_TIFF_NOTES: Final = _WORDS | {_IPTC, _PHOTOSHOP, _XMP, _GPS, _EXIF_IFD}
_INFO_NOTES: Final = frozenset({"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"})
# Their decoders turn the picture themselves.
_TURNED_BY_DECODER: Final = frozenset({"TIFF", "HEIC"})
_DEEP_MODES: Final = frozenset({"I", "F"})
_WEBP_LOSSLESS: Final = b"VP8L"


@dataclass(frozen=True, slots=True)
class Source:
    """A picture file as it was read.

    *size* is as *image* has it; *orientation* is what has still to be done to it (1 for nothing), *was_turned* tells
    that the file wants turning at all. *bare* is the same file without its notes, where that can be had without loss.
    """

    kind: str
    image: Image.Image
    size: PixelSize
    size_bytes: int
    sha256: str
    orientation: int
    was_turned: bool
    profile: bytes | None
    is_deep: bool
    is_first_of_many: bool
    has_notes: bool
    is_lossless: bool
    bare: Bare | None

    @property
    def seen_size(self) -> PixelSize:
        """The size of the picture when it is upright."""
        return turned(self.size, self.orientation)


def read_source(path: Path) -> Source:
    """Return what the file at *path* is, with its header read and its pixels still packed.

    Raises:
        UnusableReferenceError: when it is missing, no picture, too large or damaged.
    """
    data = _read(path)
    kind = sniff_kind(data[:START_BYTES])
    if kind is None:
        refuse(ReferenceFault.NOT_A_PICTURE)
    bare = strip(data, kind)
    plain = bare.data if bare is not None else data
    if kind == "PNG" and bare is None:
        # Cut short; and of a PNG whose notes are not known, Pillow decodes all to look for them.
        refuse(ReferenceFault.DAMAGED, "no whole PNG")
    image = _open(plain, kind)
    size = PixelSize(*image.size)
    if size.width_px * size.height_px > MAX_PIXELS:
        refuse(ReferenceFault.TOO_MANY_PIXELS)
    return _described(kind, image, plain, bare, data)


@contextlib.contextmanager
def more_pixels() -> Iterator[None]:
    """Let Pillow open what is opened here; the other jobs of the worker keep their limit."""
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def refuse(fault: ReferenceFault, detail: str = "") -> NoReturn:
    """Raise UnusableReferenceError; the program knows the name."""
    raise UnusableReferenceError(fault, "", detail)


def _read(path: Path) -> bytes:
    try:
        # Reading from a pipe or a device would never end.
        if not stat.S_ISREG(path.stat().st_mode):
            refuse(ReferenceFault.FILE_UNREADABLE)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        refuse(ReferenceFault.FILE_MISSING)
    except OSError as error:
        refuse(ReferenceFault.FILE_UNREADABLE, error.strerror or str(error))
    if len(data) > MAX_FILE_BYTES:
        refuse(ReferenceFault.TOO_LARGE_FILE)
    return data


def _open(data: bytes, kind: str) -> Image.Image:
    try:
        image = open_kind(data, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        refuse(ReferenceFault.TOO_MANY_PIXELS)
    except UnidentifiedImageError as error:
        # These two have many variants that Pillow does not read, sound as they are.
        fault = ReferenceFault.NOT_A_PICTURE if kind in ("PSD", "TIFF") else ReferenceFault.DAMAGED
        refuse(fault, str(error))
    except Exception as error:  # noqa: BLE001 - damaged files bring decoders to raise whatever they stumble over
        refuse(ReferenceFault.DAMAGED, f"{type(error).__name__}: {error}")
    if kind == "TIFF" and _tiff_tag(image, _SUBFILE_TYPE, 0) & 1:
        # A camera's raw file begins with a small preview; the photo itself is not to be had here.
        refuse(ReferenceFault.NOT_A_PICTURE, "a raw file")
    return image


def _described(kind: str, image: Image.Image, data: bytes, bare: Bare | None, whole: bytes) -> Source:
    exif = _exif(image, bare)
    orientation = _orientation(kind, image, exif)
    profile = bare.profile if bare is not None else image.info.get("icc_profile")
    is_animated = bare.is_moving if bare is not None else has_more_frames(data, kind, image)
    return Source(
        kind=kind,
        image=image,
        size=PixelSize(*image.size),
        size_bytes=len(whole),
        sha256=hashlib.sha256(whole).hexdigest(),
        orientation=1 if kind in _TURNED_BY_DECODER else orientation,
        was_turned=orientation != 1,
        profile=profile if isinstance(profile, bytes) and len(profile) <= MAX_PROFILE_BYTES else None,
        is_deep=_is_deep(kind, image, data),
        is_first_of_many=is_animated,
        has_notes=_has_notes(kind, image, exif, bare),
        is_lossless=_is_lossless(kind, data),
        bare=bare,
    )


def _exif(image: Image.Image, bare: Bare | None) -> Image.Exif:
    exif = Image.Exif()
    try:
        if bare is None:
            return image.getexif()
        if bare.exif is not None:
            exif.load(bare.exif)
    except Exception:  # noqa: BLE001 - EXIF is anybody's bytes; a picture is not lost for a broken note about it
        return Image.Exif()
    return exif


def _orientation(kind: str, image: Image.Image, exif: Image.Exif) -> int:
    noted = image.info.get("original_orientation") if kind == "HEIC" else exif.get(_ORIENTATION)
    return noted if isinstance(noted, int) and 1 <= noted <= 8 else 1


def _has_notes(kind: str, image: Image.Image, exif: Image.Exif, bare: Bare | None) -> bool:
    if bare is not None:
        return bare.has_notes or (bare.exif is not None and set(exif) != {_ORIENTATION})
    if kind == "TIFF":
        return bool(_TIFF_NOTES & set(exif))
    return any(image.info.get(name) for name in _INFO_NOTES)


def _is_deep(kind: str, image: Image.Image, data: bytes) -> bool:
    if image.mode.startswith("I;16") or image.mode in _DEEP_MODES:
        return True
    match kind:
        case "PNG":
            return data[24] > 8
        case "TIFF":
            bits = _tiff_tag(image, _BITS_PER_SAMPLE, 1)
            return bits > 8
        case "HEIC":
            return int(image.info.get("bit_depth", 8)) > 8
        case _:
            return False


def _is_lossless(kind: str, data: bytes) -> bool:
    return kind in LOSSLESS_KINDS or (kind == "WEBP" and _WEBP_LOSSLESS in data[:64])


def _tiff_tag(image: Image.Image, tag: int, default: int) -> int:
    found = image.getexif().get(tag, default)
    first = found[0] if isinstance(found, tuple) and found else found
    return first if isinstance(first, int) else default
