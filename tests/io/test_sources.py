import os
from pathlib import Path

from cleaner.io.sources import Selection, list_sources
from tests.runs import run


def ids(*sources: object, selection: Selection | None = None) -> list[str]:
    return [file.id for file in list_sources([str(source) for source in sources], selection).files]


def troubles(source: Path) -> dict[str, str]:
    files = list_sources([str(source)]).files
    return {file.id: file.trouble.what for file in files if file.trouble is not None}


def made(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def test_folders_are_walked_and_hidden_entries_left_out(tmp_path: Path) -> None:
    made(tmp_path, "b.txt", "a/c.md", ".git/x.txt", "a/.hidden", "z")
    assert ids(tmp_path) == ["a/c.md", "b.txt", "z"]


def test_globs_select_within_folders_only(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b.md", "drafts/c.txt")
    assert ids(tmp_path, selection=Selection(("*.txt",), ("drafts/*",))) == ["a.txt"]
    assert ids(tmp_path / "b.md", selection=Selection(("*.txt",))) == ["b.md"]


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    made(tmp_path, "a.txt")
    assert ids(tmp_path, tmp_path / "a.txt", tmp_path / ".." / tmp_path.name / "a.txt") == ["a.txt"]


def test_two_files_of_one_id_are_both_listed(tmp_path: Path) -> None:
    made(tmp_path, "x/a.txt", "y/a.txt")
    assert ids(tmp_path / "x", tmp_path / "y") == ["a.txt", "a.txt"]


def test_links_to_folders_are_named_and_not_followed(tmp_path: Path) -> None:
    made(tmp_path, "real/a.txt")
    (tmp_path / "real" / "back").symlink_to("..")
    (tmp_path / "other").symlink_to("real")
    assert ids(tmp_path) == ["other", "real/a.txt", "real/back"]
    assert set(troubles(tmp_path)) == {"other", "real/back"}
    assert ids(tmp_path / "other") == ["a.txt", "back"]


def test_the_output_of_an_earlier_run_is_taken_up_where_it_is_given_itself(tmp_path: Path) -> None:
    made(tmp_path, "in/a.txt", "in/sub/b.txt")
    run(tmp_path / "in", tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "in" / "sub" / "out")
    assert ids(tmp_path / "in") == ["a.txt", "sub/b.txt", "sub/out"]
    assert troubles(tmp_path) == {"in/sub/out": "this is an output folder of an earlier run, which is not followed"}
    assert ids(tmp_path / "in", selection=Selection(exclude=("sub/out",))) == ["a.txt", "sub/b.txt"]
    listing = list_sources([str(tmp_path / "in" / "sub" / "out")])
    assert (listing.files, listing.outputs) == ((), (tmp_path / "in" / "sub" / "out",))


def test_special_files_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "null").symlink_to("/dev/null")
    assert troubles(tmp_path) == {"null": "this is a device", "pipe.txt": "this is a FIFO"}


def test_links_that_lead_nowhere_are_listed(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nothing")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert ids(tmp_path) == ["gone.txt", "loop.txt"]
    assert ids(tmp_path / "gone.txt") == ["gone.txt"]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "locked/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    os.scandir = scandir  # type: ignore[assignment] # root may list everything, so the refusal is played
    try:
        found = troubles(tmp_path)
    finally:
        os.scandir = real
    assert found == {"locked": "the folder cannot be listed: permission denied"}


def test_names_that_are_no_utf8_are_listed(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.txt")
    (tmp_path / name).write_bytes(b"a")
    assert ids(tmp_path) == [name]


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    listing = list_sources([str(tmp_path / "gone"), str(tmp_path / "*.txt")])
    assert listing.missing == (str(tmp_path / "gone"), str(tmp_path / "*.txt"))
