"""Running sums over many small numbers that are cheap to change; must not know what they measure.

The numbers stand in chunks, and only the sums of whole chunks are kept: a change touches one chunk, and finding a
place looks into one. Only the first chunk, where new ones come in, has a length of its own.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import mul
from typing import Final

_CHUNK: Final = 1024
# Chunks that were looked into last; a window shows a few neighbours.
_MOST_OPEN: Final = 16
# Kinds, and how often each of them is there.
_Tally = tuple[tuple[int, ...], tuple[int, ...]]


class Sums:
    """A sequence of kinds, each of which has a size; kinds are small numbers, and there are few of them."""

    def __init__(self) -> None:
        self._chunks: list[array[int]] = [array("I")]
        self._sizes: Sequence[int] = ()
        self._starts: list[int] = [0, 0]
        self._open: dict[int, list[int]] = {}
        self._count = 0
        self._tallies: dict[int, _Tally] = {}

    def __len__(self) -> int:
        return self._count

    @property
    def total(self) -> int:
        """The sum of all sizes."""
        return self._starts[-1]

    def reset(self, kinds: array[int], sizes: Sequence[int]) -> None:
        """Put these kinds in the place of all others; *sizes* says the size of each kind, and may grow later."""
        self._chunks = [kinds[start : start + _CHUNK] for start in range(0, len(kinds), _CHUNK)] or [array("I")]
        self._count = len(kinds)
        self._tallies.clear()
        self.resize(sizes)

    def resize(self, sizes: Sequence[int]) -> None:
        """Let the same kinds have other sizes."""
        self._sizes = sizes
        self._open.clear()
        self._starts = list(accumulate(map(self._sum_of, range(len(self._chunks))), initial=0))

    def insert_first(self, kind: int) -> None:
        """Put one before all others."""
        first = self._chunks[0]
        first.insert(0, kind)
        self._count += 1
        if len(first) == 2 * _CHUNK:
            self._chunks[:1] = [first[:_CHUNK], first[_CHUNK:]]
            self._tallies.clear()
            self.resize(self._sizes)
        else:
            self._change(0, self._sizes[kind])

    def replace(self, index: int, kind: int) -> None:
        """Put another kind in the place of the one at *index*."""
        number, inner = self._locate(index)
        grown = self._sizes[kind] - self._sizes[self._chunks[number][inner]]
        self._chunks[number][inner] = kind
        self._change(number, grown)

    def kind(self, index: int) -> int:
        """Return the kind at *index*."""
        number, inner = self._locate(index)
        return self._chunks[number][inner]

    def kinds(self) -> array[int]:
        """Return all kinds in their order, a copy."""
        found = array("I")
        for chunk in self._chunks:
            found.extend(chunk)
        return found

    def start(self, index: int) -> int:
        """Return the sum of all sizes before *index*."""
        number, inner = self._locate(index)
        return self._starts[number] + self._inner(number)[inner]

    def find(self, position: int) -> int:
        """Return the index within whose size *position* lies, the nearest beyond the ends; there must be one."""
        number = min(max(0, bisect_right(self._starts, position) - 1), len(self._chunks) - 1)
        inner = bisect_right(self._inner(number), position - self._starts[number]) - 1
        index = (len(self._chunks[0]) + (number - 1) * _CHUNK if number else 0) + max(0, inner)
        return min(index, self._count - 1)

    def _locate(self, index: int) -> tuple[int, int]:
        beyond = index - len(self._chunks[0])
        return (0, index) if beyond < 0 else (1 + beyond // _CHUNK, beyond % _CHUNK)

    def _inner(self, number: int) -> list[int]:
        """Return where each of a chunk begins from the chunk's own start, and where the last one ends."""
        found = self._open.get(number)
        if found is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.clear()
            sizes = map(self._sizes.__getitem__, self._chunks[number])
            found = self._open[number] = list(accumulate(sizes, initial=0))
        return found

    def _change(self, number: int, grown: int) -> None:
        self._tallies.pop(number, None)
        self._open.pop(number, None)
        for later in range(number + 1, len(self._starts) if grown else 0):
            self._starts[later] += grown

    def _sum_of(self, number: int) -> int:
        """Return the sum of a chunk: there are few kinds among its many, so they are counted once and kept."""
        tally = self._tallies.get(number)
        if tally is None:
            counted = Counter(self._chunks[number])
            tally = self._tallies[number] = tuple(counted), tuple(counted.values())
        kinds, counts = tally
        return sum(map(mul, counts, map(self._sizes.__getitem__, kinds)))
