"""The one place that turns exceptions into words and exit codes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from cleaner.core.printable import printable
from cleaner.errors import CleanerError, RejectedError

USAGE, BUG, INTERRUPTED = 2, 3, 130


def guarded(command: Callable[[], int | None]) -> int:
    """The exit code of a command; every exception is answered here.

    0 done, 1 look at it, 2 could not start or write, 3 a bug of ours (a log is written), 130 interrupted; a broken pipe
    is 0.
    """
    try:
        return command() or 0
    except BrokenPipeError:
        _close_stdout()
        return 0
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except CleanerError as error:
        say(str(error))
        return 1 if isinstance(error, RejectedError) else USAGE
    except OSError as error:  # a full disk, a device that is gone
        say(f"the system refuses: {error}; look at the disk, the permissions, and where stdout goes")
        return USAGE
    except Exception:  # noqa: BLE001 - this is the end of the road: a bug becomes a log and exit code 3
        say(f"this is a bug of cleaner, not of your data; please report it with {_log()}")
        return BUG


def say(words: str) -> None:
    """A line on stderr, with the name of the tool before it."""
    print(f"cleaner: {printable(words)}", file=sys.stderr)  # noqa: T201 - stderr is where words go


def _log() -> Path:
    import tempfile
    import traceback
    from importlib.metadata import version

    handle, name = tempfile.mkstemp(prefix="cleaner-crash-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(f"cleaner {version('corpusclean')}, python {sys.version}\n{sys.argv}\n\n{traceback.format_exc()}")
    return Path(name)


def _close_stdout() -> None:
    """Leaves nothing to flush at exit, where a second broken pipe would be printed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
