"""The server of a shared index: its address, and connections to it, with words for what goes wrong."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cleaner.errors import IndexStoreError, UsageError

Server = Mapping[str, Any]  # how to reach it, as ``redis.Redis`` takes it

_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_CURE = "the address is redis://host:port/name, the name of letters, digits, dots, dashes and underscores"
_PATIENCE = 30  # seconds until a server that does not answer counts as gone


def parted(address: str) -> tuple[str, str, Server]:
    """The address without its password, the name of the index, and its server.

    Raises:
        UsageError: it is no address of a shared index.

    >>> parted("redis://:secret@example.org/seen")[:2]
    ('redis://example.org:6379/seen', 'seen')
    """
    try:
        parts = urlsplit(address)
        port, db = parts.port or 6379, int(parse_qs(parts.query).get("db", ["0"])[0])
    except ValueError as error:
        raise UsageError(f"this is no address of a shared index ({error})", cure=_CURE) from error
    name = parts.path.removeprefix("/")
    where = f"{parts.scheme}://{parts.hostname}:{port}/{name}"
    if not parts.hostname or not _NAME.fullmatch(name):
        raise UsageError("this is no address of a shared index", where, _CURE)
    server: dict[str, Any] = {"host": parts.hostname, "port": port, "db": db, "ssl": parts.scheme == "rediss"}
    if parts.password is not None:
        server |= {"username": unquote(parts.username or "") or None, "password": unquote(parts.password)}
    return where, name, server


@contextmanager
def reached(where: str, server: Server) -> Iterator[Any]:
    """A connection to the server.

    Raises:
        IndexStoreError: it does not answer, refuses, or holds something else under the name.
    """
    try:
        import redis
    except ImportError as error:
        cure = "pip install 'corpusclean[redis]'"
        raise IndexStoreError("the package redis is not installed", where, cure) from error
    try:
        with redis.Redis(**server, socket_timeout=_PATIENCE) as connection:
            yield connection
    except redis.AuthenticationError as error:
        cure = "put user and password into the address: redis://user:password@host:port/name"
        raise IndexStoreError(f"the server refuses: {error}", where, cure) from error
    except (redis.ConnectionError, redis.TimeoutError) as error:
        cure = "start Redis there, or look at host and port"
        raise IndexStoreError(f"no Redis answers: {error}", where, cure) from error
    except redis.ResponseError as error:
        if "WRONGTYPE" in str(error):
            cure = "choose another name"
            raise IndexStoreError("something else stands under this name", where, cure) from error
        raise IndexStoreError(f"Redis says: {error}", where, "look at the server") from error
