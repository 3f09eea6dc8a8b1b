"""Text back to its bytes."""

from cleaner.core.document import Source
from cleaner.decode.built import Reading, rebuilt


def encode(text: str, source: Source) -> bytes:
    """The original bytes of a decoded text: the exact inverse of `cleaner.decode.decode`.

    Args:
        text: the decoded original, as `decode` returned it (`Document.original`).
        source: its codec, byte order mark, segments and byte patches.

    Raises:
        UnicodeEncodeError: the text is not the one that the source speaks of.
    """
    reading = Reading(text, source.byte_patches, source.segments)
    return source.bom + rebuilt(reading, source.codec)
