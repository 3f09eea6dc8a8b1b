"""Settings and fixtures of the whole suite."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.repository import git

# Where a failure must be the change's own, the examples are the same each time; elsewhere they are new each time.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with a folder for seeds, as the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q", "-b", "main")
    git("config", "user.email", "someone@example.org")
    git("config", "user.name", "Someone")
    (tmp_path / "seeds").mkdir()
    return tmp_path
