"""An engine that is nothing like the local one: seven shuffled partitions, candidates found between partitions."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TypeVar

import numpy as np

from cleaner.dedup import Decisions, DedupOptions, Records, Texts, candidates, survivors, verify

T = TypeVar("T")
R = TypeVar("R")

PARTITIONS = 7


@dataclass(frozen=True, slots=True)
class PartitionEngine:
    """Works like a cluster: no order, no shared memory, every candidate pair scored before anything is decided."""

    seed: int = 0

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        rng = random.Random(self.seed)  # noqa: S311 - a shuffle, no secret
        parts: list[list[T]] = [[] for _ in range(PARTITIONS)]
        for item in items:
            rng.choice(parts).append(item)
        rng.shuffle(parts)
        for part in parts:
            rng.shuffle(part)
            yield from map(function, part)

    def decide(self, records: Records, options: DedupOptions, texts: Texts) -> Decisions:
        rows = np.random.default_rng(self.seed).permutation(len(records))
        parts = np.array_split(rows, PARTITIONS)
        pairs = {
            (min(int(both[i]), int(both[j])), max(int(both[i]), int(both[j])))
            for one, two in combinations_with_replacement(range(PARTITIONS), 2)
            for both in [np.concatenate([parts[one], parts[two]]) if one != two else parts[one]]
            for i, j in candidates(records.take(both), options)
        }
        ordered = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        ids = records.ids
        scores = [
            (verify(texts(ids[i]), texts(ids[j]), options), verify(texts(ids[j]), texts(ids[i]), options))
            for i, j in ordered
        ]
        return survivors(records, options, ordered, scores)
