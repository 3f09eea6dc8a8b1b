"""The shared index, on a real Redis: the answers of the file index, and what it says when something is off."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.dedup import DedupOptions, observe_texts
from cleaner.errors import IndexStoreError, UsageError
from cleaner.index import Entry, Index, Place, open_index
from cleaner.index.file import FileIndex
from cleaner.index.shared import SharedIndex
from cleaner.index.types import Guard, Match
from tests.index.material import OPTIONS, edited, observed, prose

PASSWORD = "open sesame"  # noqa: S105 - of a server that lives as long as these tests


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis on a free port of the loopback interface, with a folder of its own; gives its address."""
    redis = pytest.importorskip("redis", reason="the extra redis is not installed")
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = _free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(tmp_path_factory.mktemp("redis"))]
    command += ["--save", "", "--appendonly", "no", "--requirepass", PASSWORD]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        client = redis.Redis(port=port, password=PASSWORD)
        for _ in range(200):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        client.close()
        yield f"redis://:open%20sesame@127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def index(server: str, request: pytest.FixtureRequest) -> Index:
    """An empty index, named for the test."""
    made = open_index(f"{server}/{abs(hash(request.node.nodeid))}")
    made.create(OPTIONS)
    return made


def names(index: Index, *texts: str) -> list[tuple[int, str]]:
    records = observe_texts([str(at) for at in range(len(texts))], texts, OPTIONS)
    return [(match.row, match.entry.name) for match in index.matches(records)]


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 60)), min_size=2, max_size=12, unique=True),
    st.lists(st.sampled_from(["", "甲", "C++", "乙"]), max_size=3, unique=True),
    st.integers(0, 12),
)
def test_it_answers_as_the_file_index_does(
    server: str,
    tmp_path_factory: pytest.TempPathFactory,
    made: list[tuple[int, int]],
    short: list[str],
    removed: int,
) -> None:
    texts = [edited(prose(seed, 200), places) for seed, places in made] + short
    folder = tmp_path_factory.mktemp("index")
    indexes: list[Index] = [FileIndex(folder / "seen.duckdb"), open_index(f"{server}/{folder.name}")]
    entries, records = observed({f"/in/{at}": text for at, text in enumerate(texts)})
    for index in indexes:
        index.create(OPTIONS)
        index.put(entries[::2], records.take(np.arange(0, len(entries), 2)))
        index.put(entries[1::2], records.take(np.arange(1, len(entries), 2)))
        index.remove([f"/in/{removed}"])
    assert indexes[0].matches(records) == indexes[1].matches(records)
    assert list(indexes[0].entries()) == list(indexes[1].entries())
    indexes[1].remove([entry.name for entry in entries])


def test_names_that_are_no_utf8_come_back_as_they_were(index: Index) -> None:
    _, records = observed({"a": prose(1)})
    entry = Entry("\udce9", Place("/in/\udce9.jsonl", 3, "body"), "00" * 16, "ab", 7, 1.5)
    index.put([entry], records)
    assert list(index.entries()) == [entry]


def test_a_document_of_a_known_name_takes_its_place_and_leaves_nothing(index: Index) -> None:
    index.put(*observed({"/in/a.txt": prose(1), "/in/b.txt": "甲"}))
    index.put(*observed({"/in/a.txt": prose(3), "/in/b.txt": "乙"}))
    assert names(index, prose(1), prose(3), "甲", "乙") == [(1, "/in/a.txt"), (3, "/in/b.txt")]
    assert index.remove(["/in/a.txt", "/in/b.txt", "/in/c.txt"]) == 2
    assert isinstance(index, SharedIndex)
    with index._opened() as server:
        left = {
            key.decode().removeprefix(f"cleaner:{index.name}") for key in server.scan_iter(f"cleaner:{index.name}*")
        }
    assert left == {"", ":next"}


def test_what_stands_below_a_folder_goes_when_the_folder_is_written_anew(index: Index) -> None:
    index.put(*observed({"/out/a.txt": prose(1), "/out/b.txt": prose(2), "/output/c.txt": prose(3)}))
    index.put(*observed({"/out/a.txt": prose(4)}), below=["/out"])
    assert [entry.name for entry in index.entries()] == ["/out/a.txt", "/output/c.txt"]


def test_an_addition_that_breaks_off_before_its_records_stand_shows_nothing(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SharedIndex, "_change", killed)
        with pytest.raises(KeyboardInterrupt):
            index.put(*observed({"/in/a.txt": prose(1), "/in/b.txt": "甲"}))
    assert names(index, prose(1), "甲") == []
    index.put(*observed({"/in/a.txt": prose(1)}))
    assert names(index, prose(1), "甲") == [(0, "/in/a.txt")]


def test_a_name_that_is_not_there_is_told_with_those_that_are(server: str, index: Index) -> None:
    with pytest.raises(IndexStoreError, match=r"no index of this name \(there are: ") as caught:
        open_index(f"{server}/nobody").info()
    assert isinstance(index, SharedIndex)
    assert index.name in str(caught.value)
    assert "sesame" not in str(caught.value)
    assert "cleaner index create redis://127.0.0.1:" in caught.value.cure


def test_foreign_data_and_indexes_of_another_make_are_refused(server: str, index: Index) -> None:
    assert isinstance(index, SharedIndex)
    with index._opened() as client:
        client.set("cleaner:taken", "by somebody")
        client.hset("cleaner:odd", mapping={"colour": "red"})
        client.hset(f"cleaner:{index.name}", "normaliser", "0123456789abcdef")
    with pytest.raises(IndexStoreError, match="something else stands under this name"):
        open_index(f"{server}/taken").info()
    with pytest.raises(IndexStoreError, match="something of this name already"):
        open_index(f"{server}/taken").create(OPTIONS)
    with pytest.raises(IndexStoreError, match="header is damaged"):
        open_index(f"{server}/odd").info()
    with pytest.raises(IndexStoreError, match="another normaliser"):
        index.put(*observed({"/in/a.txt": prose(1)}))


def test_a_server_that_refuses_or_is_none_is_named(server: str) -> None:
    with pytest.raises(IndexStoreError, match=r"no Redis answers: .*refused") as caught:
        open_index(f"redis://127.0.0.1:{_free_port()}/seen").info()
    assert "start Redis" in caught.value.cure
    with pytest.raises(IndexStoreError, match="the server refuses") as caught:
        open_index(f"redis://:wrong@{server.rpartition('@')[2]}/seen").info()
    assert "wrong" not in caught.value.where


@pytest.mark.parametrize("address", ["redis://", "redis://host", "redis://host/", "redis://host/a b", "redis://h:x/n"])
def test_an_address_that_is_none_says_how_one_looks(address: str) -> None:
    with pytest.raises(UsageError, match="redis://host:port/name"):
        open_index(address)


def test_a_threshold_of_one_band_is_refused(server: str) -> None:
    with pytest.raises(IndexStoreError, match="needs two bands"):
        open_index(f"{server}/strict").create(DedupOptions(threshold=1.0, recall=0.001))


def test_an_addition_that_was_overtaken_asks_its_guard(index: Index) -> None:
    mark = index.mark()
    index.put(*observed({"first": prose(1)}))

    def refuse(matches: Sequence[Match]) -> None:
        assert [match.entry.id for match in matches] == ["first"]
        raise IndexStoreError("overtaken")

    with pytest.raises(IndexStoreError, match="overtaken"):
        index.put(*observed({"late": edited(prose(1), 4)}), guard=Guard(mark, refuse))
    assert [entry.id for entry in index.entries()] == ["first"]
    index.put(*observed({"late": edited(prose(1), 4)}), guard=Guard(index.mark(), refuse))
    assert [entry.id for entry in index.entries()] == ["first", "late"]
