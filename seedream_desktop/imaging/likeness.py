"""What a picture looks like in 128 bits, which scaling, resaving and another format change in few of them.

Worker process only; the hash is that of the library dhash (docs/decisions/0032).
"""

from __future__ import annotations

from typing import Final

from PIL import Image

from seedream_desktop.ports.recognition import LIKENESS_BYTES

# A likeness with fewer changes of brightness than this, along rows or columns, is one of plain pictures.
_LEAST_BITS: Final = 4


def likeness_of(image: Image.Image) -> bytes | None:
    """Return the hash of an upright picture; None when it is too plain: all plain pictures have the same one."""
    import dhash

    row: int
    column: int
    row, column = dhash.dhash_row_col(image)
    if min(row.bit_count(), column.bit_count()) < _LEAST_BITS:
        return None
    return ((row << 64) | column).to_bytes(LIKENESS_BYTES, "big")
