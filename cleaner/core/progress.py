"""What a run tells whoever watches it."""

from collections.abc import Callable

# What is going on, and the documents and bytes done since the last call.
Progress = Callable[[str, int, int], None]


def silent(_stage: str, _documents: int, _bytes: int) -> None:
    """The progress of a run that nobody watches."""
