"""How much of a text came back, character by character and byte for byte."""

from cleaner.core.document import Source
from cleaner.decode import Decoded, decode, encode
from cleaner.decode.codec import codec
from cleaner.errors import BinaryError

Placed = set[tuple[int, str]]
"""Characters with the offsets of their first bytes."""
MARKS = ("\u0304", "\u030c")
"""The second characters of the four codes of Big5 that stand for two."""


def attempt(data: bytes) -> Decoded | None:
    """The decoded data; None when it is refused. Checks that the bytes come back."""
    try:
        decoded = decode(data)
    except BinaryError:
        return None
    assert restored(decoded) == data
    return decoded


def restored(decoded: Decoded) -> bytes:
    """The bytes that a decoded text stands for."""
    source = Source(
        "", "", 0, codec=decoded.codec, bom=decoded.bom, segments=decoded.segments, byte_patches=decoded.byte_patches
    )
    return encode(decoded.text, source)


def placed(pieces: list[tuple[str, str]]) -> list[tuple[int, str]]:
    """The characters of texts in a row, each text in its codec, with the offsets of their bytes."""
    out = []
    at = 0
    for text, name in pieces:
        for char in text:
            out.append((at, char))
            at += len(codec(name).encode(char))
    return out


def recovered(decoded: Decoded) -> Placed:
    """The characters of a decoded text that are not lost, with the offsets of their bytes."""
    out: Placed = set()
    at = len(decoded.bom)
    patches = {patch.start: patch for patch in decoded.byte_patches}
    names = [segment.codec for segment in decoded.segments for _ in range(segment.start, segment.end)]
    place = 0
    while place < len(decoded.text):
        patch = patches.get(place)
        end = patch.end if patch and patch.end > place else place + 1
        name = names[place] if names else decoded.codec
        if not patch and name == "big5" and decoded.text.startswith(MARKS, end):
            end += 1
        text = decoded.text[place:end]
        if text != "\ufffd":
            out.add((at, text))
        at += len(patch.data) if patch else len(codec(name).encode(text))
        place = end
    return out
