"""An index that several machines share, in Redis: datasketch's MinHashLSH finds candidates, our own keys hold the rest.

Keys, for an index called NAME: ``cleaner:NAME`` (hash: the header), ``cleaner:NAME:names`` (hash: name to number),
``cleaner:NAME:documents`` (hash: number to record), ``cleaner:NAME:short:DIGEST`` (sets of numbers: texts without a
shingle), ``cleaner:NAME:lsh...`` (datasketch's). A number counts once its record stands: records are written in one
transaction after everything that leads to them, so that a killed addition leaves nothing but keys that lead nowhere.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from cleaner.dedup import DedupOptions, Records, to_datasketch
from cleaner.errors import IndexStoreError
from cleaner.index.header import Header, check, header_from, header_of
from cleaner.index.keys import alike
from cleaner.index.server import Server, parted, reached
from cleaner.index.types import Entry, Guard, Info, Match, Place

_INDEXES = "cleaner:indexes"
_AT_ONCE = 1000  # records that one command asks for


@dataclass(frozen=True, slots=True)
class SharedIndex:
    """An index in Redis.

    Attributes:
        where: its address without the password.
        name: of the index.
        server: how to reach the server, as ``redis.Redis`` takes it.

    Raises:
        IndexStoreError: from every method, when the server does not answer, or holds something else there.
    """

    where: str
    name: str
    server: Server = field(repr=False)

    @classmethod
    def at(cls, address: str) -> "SharedIndex":
        """The index at ``redis://[user:password@]host[:port]/name[?db=N]`` (``rediss`` for TLS).

        Raises:
            UsageError: the address is none.

        >>> SharedIndex.at("redis://:secret@example.org/seen")
        SharedIndex(where='redis://example.org:6379/seen', name='seen')
        """
        return cls(*parted(address))

    def create(self, options: DedupOptions) -> None:
        """Makes the index."""
        made = header_of(options)
        if made.bands < 2:
            raise IndexStoreError(
                f"datasketch's MinHashLSH needs two bands, a threshold of {options.threshold} makes {made.bands}",
                self.where,
                "choose a lower threshold, or an index in a file",
            )
        with self._opened() as server:
            if server.exists(self._key()):
                raise IndexStoreError("there is something of this name already", self.where, "choose another name")
            with server.pipeline(transaction=True) as change:
                change.hset(self._key(), mapping=made.to_strings())
                change.sadd(_INDEXES, self.name)
                change.execute()

    def info(self) -> Info:
        """What stands in the index; the size is that of the records, without datasketch's keys."""
        with self._opened() as server:
            header = self._header(server)
            documents = server.hlen(self._key("documents"))
            size = server.memory_usage(self._key("documents"), samples=100) or 0
        return Info(header, documents, size, "datasketch MinHashLSH in Redis")

    def entries(self) -> Iterator[Entry]:
        """All documents, sorted by name."""
        with self._opened() as server:
            self._header(server)
            held = [_entry(json.loads(record)) for _, record in server.hscan_iter(self._key("documents"))]
        yield from sorted(held, key=lambda entry: entry.name)

    def mark(self) -> int:
        """The number of the last document."""
        with self._opened() as server:
            self._header(server)
            return int(server.get(self._key("next")) or 0)

    def put(
        self, entries: Sequence[Entry], records: Records, below: Sequence[str] = (), guard: Guard | None = None
    ) -> None:
        """Adds documents, all or none; one of a known name takes its place, and those below the folders go."""
        with self._opened() as server:
            header = self._comparable(server)
            first = server.incrby(self._key("next"), len(entries)) - len(entries)
            numbers = [b"%d" % (first + row) for row in range(len(entries))]
            self._lead_to(server, header, numbers, entries, records)
            added = {
                number: _record(entry, records.sketch(row))
                for row, (number, entry) in enumerate(zip(numbers, entries, strict=True))
            }
            names = {_bytes(entry.name): number for entry, number in zip(entries, numbers, strict=True)}
            starts = tuple(_bytes(f"{folder}/") for folder in below)
            lost = [name for name, _ in server.hscan_iter(self._key("names")) if starts and name.startswith(starts)]

            def guarded() -> None:
                if guard is not None and int(server.get(self._key("next"))) != guard.mark + len(entries):
                    guard.refuse(self._found(server, header, records))

            self._change(server, header, _Change([*names, *lost], names, added, guarded))

    def remove(self, names: Iterable[str]) -> int:
        """Forgets documents; returns how many there were."""
        with self._opened() as server:
            header = self._header(server)
            return self._change(server, header, _Change([_bytes(name) for name in names]))

    def matches(self, records: Records) -> list[Match]:
        """The documents that may be near-duplicates of those that are asked for, by row and name."""
        with self._opened() as server:
            return self._found(server, self._comparable(server), records)

    def _found(self, server: Any, header: Header, records: Records) -> list[Match]:
        lsh = self._lsh(header)
        found: list[Match] = []
        for row in range(len(records)):
            if records.shingles[row]:
                numbers = lsh.query(to_datasketch(records.sketch(row), header.unit))
            else:
                numbers = list(server.smembers(self._short(records, row)))
            found += self._looked_at(server, header, records, row, sorted(numbers))
        return sorted(found, key=lambda match: (match.row, match.entry.name))

    def _looked_at(
        self, server: Any, header: Header, records: Records, row: int, numbers: Sequence[bytes]
    ) -> Iterator[Match]:
        for low in range(0, len(numbers), _AT_ONCE):
            answers = server.hmget(self._key("documents"), numbers[low : low + _AT_ONCE])
            held = [json.loads(record) for record in answers if record is not None]
            if held:
                sketches = np.frombuffer(b"".join(b64decode(one["sketch"]) for one in held), "<u4")
                rows = np.full(len(held), row, np.int64)
                digests = [one["digest"] for one in held]
                fits, equal = alike(records, rows, sketches.reshape(len(held), -1), digests, header)
                for at in np.flatnonzero(fits).tolist():
                    yield Match(row, _entry(held[at]), int(equal[at]))

    def _lead_to(
        self, server: Any, header: Header, numbers: Sequence[bytes], entries: Sequence[Entry], records: Records
    ) -> None:
        """What leads from a sketch, or the digest of a short text, to the numbers."""
        with self._lsh(header).insertion_session() as session, server.pipeline() as change:
            for row, number in enumerate(numbers):
                if records.shingles[row]:
                    sketch = to_datasketch(records.sketch(row), header.unit)
                    session.insert(number, sketch, check_duplication=False)
                else:
                    change.sadd(self._key("short", entries[row].digest), number)
            change.execute()

    def _change(self, server: Any, header: Header, wanted: "_Change") -> int:
        """Forgets some names and learns others, in one transaction; returns how many of the names were there."""
        gone, added = wanted.gone, wanted.added
        if not gone and not added:
            return 0
        old: list[bytes] = []
        records: list[bytes | None] = []

        def exchange(change: Any) -> None:  # made again when another process changes the names meanwhile
            wanted.guard()
            old[:] = [number for number in change.hmget(self._key("names"), gone) if number] if gone else []
            records[:] = change.hmget(self._key("documents"), old) if old else []
            change.multi()
            if gone:
                change.hdel(self._key("names"), *gone)
            if old:
                change.hdel(self._key("documents"), *old)
            if added:
                change.hset(self._key("names"), mapping=wanted.names)
                change.hset(self._key("documents"), mapping=added)

        server.transaction(exchange, self._key("names"))
        self._lead_no_more(server, header, old, records)
        return len(old)

    def _lead_no_more(
        self, server: Any, header: Header, numbers: Sequence[bytes], records: Sequence[bytes | None]
    ) -> None:
        lsh = self._lsh(header)
        for number, record in zip(numbers, records, strict=True):
            if number in lsh:
                lsh.remove(number)
            elif record is not None:
                server.srem(self._key("short", json.loads(record)["digest"]), number)

    def _short(self, records: Records, row: int) -> str:
        return self._key("short", records.digests[row].astype("<u8").tobytes().hex())

    def _key(self, *parts: str) -> str:
        return ":".join(("cleaner", self.name, *parts))

    def _lsh(self, header: Header) -> Any:
        from datasketch import MinHashLSH

        # Numbers as plain bytes: pickled keys would let whoever writes to the server run code here.
        return MinHashLSH(
            num_perm=header.permutations,
            params=(header.bands, header.rows),
            prepickle=False,
            storage_config={"type": "redis", "basename": self._key("lsh").encode(), "redis": dict(self.server)},
        )

    def _comparable(self, server: Any) -> Header:
        header = self._header(server)
        check(header, header_of(header.options), self.where)
        return header

    def _header(self, server: Any) -> Header:
        values = {key.decode(): value.decode() for key, value in server.hgetall(self._key()).items()}
        if not values:
            known = ", ".join(sorted(name.decode() for name in server.smembers(_INDEXES)))
            cure = f"make it with: cleaner index create {self.where}"
            raise IndexStoreError(f"there is no index of this name (there are: {known or 'none'})", self.where, cure)
        return header_from(values, self.where)

    def _opened(self) -> AbstractContextManager[Any]:
        return reached(self.where, self.server)


@dataclass(frozen=True, slots=True)
class _Change:
    """What is exchanged in one transaction, after the guard was asked.

    Attributes:
        gone: names that go.
        names: names that come, with their numbers.
        added: records by number.
        guard: raises to forbid it.
    """

    gone: Sequence[bytes]
    names: Mapping[bytes, bytes] = field(default_factory=dict)
    added: Mapping[bytes, bytes] = field(default_factory=dict)
    guard: Callable[[], None] = lambda: None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _record(entry: Entry, sketch: Any) -> bytes:
    held = asdict(entry) | {"sketch": b64encode(sketch.astype("<u4").tobytes()).decode()}
    return json.dumps(held).encode()


def _entry(held: Mapping[str, Any]) -> Entry:
    values = {name: value for name, value in held.items() if name != "sketch"}
    return Entry(**{**values, "place": Place(**held["place"])})
