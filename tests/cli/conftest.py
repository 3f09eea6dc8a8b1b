"""What the tests of the commands share."""

from pathlib import Path

import pytest

from tests.calls import OTHER, PROSE
from tests.runs import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean and a dirty document."""
    write(tmp_path / "in" / "clean.txt", PROSE.encode())
    write(tmp_path / "in" / "dirty.txt", (OTHER + "\nad1 webp\n").encode())
    return tmp_path
