"""MinHash sketches (Broder, 1997), slot for slot those of datasketch's scheme "affine32" with 128 slots and seed 1.

A shingle's hash is mixed once with the finaliser of MurmurHash3; slot k of a sketch is the least value of
``a[k] * hash + b[k]`` modulo 2**32 over the shingles of a text.
"""

from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cleaner.dedup.normal import Offsets
from cleaner.dedup.options import SLOTS
from cleaner.dedup.shingles import Hashes32, shingle_hash

Sketches = npt.NDArray[np.uint32]

SCHEME: Final = "affine32"
SEED: Final = 1
EMPTY = np.uint32(0xFFFFFFFF)  # every slot of the sketch of a text without a shingle
# Hashes per block: it stays in the second-level cache while 128 permutations pass over it.
_BLOCK = 1 << 17
_RANGE = 1 << 32  # of the values of a slot
_LINE = 64  # bytes of a cache line: vectors that lie across two of them cost a fifth more


def sketches(hashes: Hashes32, starts: Offsets, block_size: int = _BLOCK) -> Sketches:
    """The sketches of texts that lie in a row.

    Args:
        hashes: of the shingles of every text, ``shape (total,)``.
        starts: where each text begins in `hashes`, and the end of the last, ``shape (texts + 1,)``.
        block_size: hashes that are permuted at once; the result does not depend on it.

    Returns:
        One column per text, ``shape (128, texts)``.
    """
    filled = np.flatnonzero(np.diff(starts))
    begins = starts[filled]
    least = np.full((SLOTS, len(filled)), EMPTY, np.uint32)
    for low in range(0, len(hashes), block_size):
        block = _aligned(mixed(hashes[low : low + block_size]))
        first = np.searchsorted(begins, low, "right") - 1
        last = np.searchsorted(begins, low + len(block), "left")
        _lower(least[:, first:last], block, np.maximum(begins[first:last] - low, 0))
    out = np.full((SLOTS, len(starts) - 1), EMPTY, np.uint32)
    out[:, filled] = least
    return out


def _lower(least: Sketches, block: Hashes32, begins: Offsets) -> None:
    """Lowers the sketches of texts whose hashes begin in the block at `begins`; uses the block up."""
    found = np.empty_like(least)
    factors, terms = _steps()
    for slot in range(SLOTS):
        np.multiply(block, factors[slot, ...], out=block)  # an array without axes passes faster than a number
        np.add(block, terms[slot, ...], out=block)
        np.minimum.reduceat(block, begins, out=found[slot])
    np.minimum(least, found, out=least)


def _aligned(values: Hashes32) -> Hashes32:
    """A copy that begins at a cache line."""
    room = np.empty(len(values) + _LINE // values.itemsize, values.dtype)
    start = -room.ctypes.data % _LINE // values.itemsize
    out = room[start : start + len(values)]
    out[:] = values
    return out


def mixed(hashes: Hashes32) -> Hashes32:
    """The hashes after the finaliser of MurmurHash3, a bijection that spreads them evenly."""
    spread = hashes ^ (hashes >> np.uint32(16))
    spread *= np.uint32(0x85EBCA6B)
    spread ^= spread >> np.uint32(13)
    spread *= np.uint32(0xC2B2AE35)
    spread ^= spread >> np.uint32(16)
    return spread


@cache
def permutations() -> npt.NDArray[np.uint32]:
    """Factors (odd) and terms of the 128 permutations, ``shape (2, 128)``, drawn as datasketch draws them."""
    generator = np.random.RandomState(SEED)  # the stream that datasketch's sketches are defined by
    factors = generator.randint(0, 1 << 31, SLOTS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    terms = generator.randint(0, 1 << 32, SLOTS, dtype=np.uint32)
    return np.array([factors, terms])


@cache
def _steps() -> npt.NDArray[np.uint32]:
    """Factors and terms that make of the values of one permutation those of the next, ``shape (2, 128)``.

    An odd factor has an inverse modulo 2**32, so that each permutation is a linear function of the one before it.
    """
    factors, terms = (row.tolist() for row in permutations())
    ratios = [factor * pow(before, -1, _RANGE) for before, factor in pairwise([1, *factors])]
    rests = [term - ratio * before for ratio, (before, term) in zip(ratios, pairwise([0, *terms]), strict=True)]
    return np.array([[value % _RANGE for value in row] for row in (ratios, rests)], np.uint32)


def to_datasketch(sketch: Sketches, unit: str = "char") -> Any:
    """The sketch as a ``datasketch.MinHash``, which can be updated with shingles, merged, and put into its LSH.

    Args:
        sketch: ``shape (128,)``.
        unit: of the shingles that the object may be updated with.
    """
    from datasketch import MinHash

    hashing = _CharHash() if unit == "char" else _WordHash()
    return MinHash(hashvalues=sketch, permutations=permutations(), scheme=SCHEME, seed=SEED, hashfunc=hashing)


def from_datasketch(minhash: Any) -> Sketches:
    """The slots of a ``datasketch.MinHash``, ``shape (128,)``.

    Raises:
        ValueError: it has another scheme, seed or number of slots.
    """
    made = (getattr(minhash, "scheme", None), minhash.seed, len(minhash))
    if made != (SCHEME, SEED, SLOTS):
        raise ValueError(f"a sketch of scheme {made[0]}, seed {made[1]}, {made[2]} slots is not comparable with ours")
    return np.array(minhash.hashvalues, np.uint32)


class _CharHash:
    """`shingle_hash` of characters, as an object that pickles."""

    def __call__(self, shingle: str) -> int:
        return shingle_hash(shingle, "char")


class _WordHash:
    """`shingle_hash` of words, as an object that pickles."""

    def __call__(self, shingle: str) -> int:
        return shingle_hash(shingle, "word")
