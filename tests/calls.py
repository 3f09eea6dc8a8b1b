"""The command as a call within the tests: what it prints and how it ends."""

import os
import subprocess
from collections.abc import Sequence

from typer.testing import CliRunner, Result

from cleaner.cli import application

# A clean document, and one that something is put into.
PROSE = "他推开窗子，看见院子里的槐树已经落尽了叶子，风从山口吹来。\n"
OTHER = "会议指出，要把思想和行动统一到中央的决策部署上来，抓好各项工作落实。\n"


def call(*arguments: object, stdin: bytes = b"") -> Result:
    """What the command does with some arguments."""
    return CliRunner().invoke(application(), [str(argument) for argument in arguments], input=stdin)


def words(result: Result) -> str:
    """What was said on stderr, its lines joined."""
    return " ".join(result.stderr.split())


def unread(command: Sequence[str]) -> tuple[int, bytes]:
    """How a command in a process of its own ends that writes to a pipe without a reader, and what it says on stderr."""
    reader, stdout = os.pipe()
    os.close(reader)
    done = subprocess.run(command, check=False, stdout=stdout, stderr=subprocess.PIPE)
    os.close(stdout)
    return done.returncode, done.stderr
