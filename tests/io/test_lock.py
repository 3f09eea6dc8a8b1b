"""A folder has one writer: on systems that lock folders, and on Windows, which locks files."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cleaner.errors import OutputError
from cleaner.io import lock
from cleaner.io.lock import LOCK, held

WINDOWS = os.name == "nt"


def _locking(descriptor: int, mode: str, size: int) -> None:
    """What `msvcrt.locking` does, as its documentation has it: whoever comes second gets EACCES."""
    import fcntl

    assert (mode, size) == ("LK_NBLCK", 1)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PermissionError(13, "Permission denied") from error


@pytest.fixture(params=["native", "as on Windows"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param != "native" and not WINDOWS:
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=_locking, LK_NBLCK="LK_NBLCK"))
        monkeypatch.setattr(lock, "_folder_held", lock._file_held)
    return tmp_path


def test_a_folder_has_one_holder_at_a_time(folder: Path) -> None:
    with held(folder):
        with pytest.raises(OutputError, match="another run writes this folder; wait until it has ended"), held(folder):
            pass
        with pytest.raises(OutputError), held(folder):
            pass
    with held(folder):
        pass


def test_nothing_is_left_in_the_folder(folder: Path) -> None:
    with held(folder):
        pass
    assert not list(folder.iterdir())


def test_another_folder_is_free(folder: Path) -> None:
    (folder / "other").mkdir()
    with held(folder), held(folder / "other"):
        pass


def test_an_error_inside_frees_the_folder(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(folder):
        raise ZeroDivisionError
    with held(folder):
        pass


def test_what_a_killed_run_left_holds_nobody_up(folder: Path) -> None:
    (folder / LOCK).touch()
    with held(folder):
        pass


def test_a_system_without_locks_keeps_nobody_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    module = __import__("msvcrt" if "msvcrt" in sys.modules else "fcntl")
    monkeypatch.setattr(module, "locking" if hasattr(module, "locking") else "flock", unknown)
    with held(folder):
        pass


def test_a_folder_is_free_again_when_its_holder_was_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from cleaner.io.lock import held\n"
        "with held(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(OutputError), held(tmp_path):
            pass
        holder.kill()
    with held(tmp_path):
        pass
