"""Pictures that look the same are found, however many there are, and those nobody looked at are known."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.ports.recognition import Lookalike
from seedream_desktop.store.likeness import MOST_DISTANCE, bands_of
from tests.store.samples import opened, task_of

A, B, C, D = (sign * 64 for sign in "abcd")
LIKENESS = bytes(range(16))


def changed(likeness: bytes, bits: int, seed: int = 0) -> bytes:
    number = int.from_bytes(likeness, "big")
    for bit in random.Random(seed).sample(range(128), bits):
        number ^= 1 << bit
    return number.to_bytes(16, "big")


async def test_the_most_alike_comes_first_and_what_is_too_different_not_at_all(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        far, near = changed(LIKENESS, MOST_DISTANCE), changed(LIKENESS, 3)
        await store.likenesses.keep({A: far, B: near, C: changed(LIKENESS, MOST_DISTANCE + 1), D: None})

        found = await store.likenesses.lookalikes(LIKENESS)

    assert found == (Lookalike(B, 3), Lookalike(A, MOST_DISTANCE))
    assert found[0].alikeness == pytest.approx(0.977, abs=0.001)


@pytest.mark.parametrize("bits", range(MOST_DISTANCE + 1))
async def test_wherever_the_changed_bits_are_the_picture_is_found(tmp_path: Path, bits: int) -> None:
    async with opened(tmp_path) as store:
        await store.likenesses.keep({A: LIKENESS})
        for seed in range(40):
            assert await store.likenesses.lookalikes(changed(LIKENESS, bits, seed)) == (Lookalike(A, bits),)


@given(st.binary(min_size=16, max_size=16))
def test_the_bands_hold_every_bit_once(likeness: bytes) -> None:
    bands = bands_of(likeness)

    assert sum(band.bit_count() for band in bands) == int.from_bytes(likeness, "big").bit_count()
    assert all(0 <= band < 1 << 16 for band in bands)


async def test_every_stored_picture_is_to_be_looked_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        picture = Picture(0, "https://example.com/1", PictureState.STORED, sha256=A, path="/data/1.jpg")
        task = task_of().but(pictures=(picture,))
        await store.tasks.save(task)
        assert A in await store.likenesses.unseen(10)

        await store.likenesses.keep(dict.fromkeys(await store.likenesses.unseen(10)))
        await store.tasks.save(task.with_picture(picture.but(tries=2)))

        assert await store.likenesses.unseen(10) == ()


async def test_no_more_are_given_than_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.likenesses.keep({f"{number:064x}": LIKENESS for number in range(40)})

        assert len(await store.likenesses.lookalikes(LIKENESS)) == 12


async def test_what_is_in_the_trash_is_not_offered(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.likenesses.keep({A: LIKENESS, B: changed(LIKENESS, 2)})
        sql = "INSERT INTO trashed_pictures (sha256, trashed_at, places) VALUES (?, '', '')"
        await store.database.execute(sql, (A,))

        assert await store.likenesses.lookalikes(LIKENESS) == (Lookalike(B, 2),)
