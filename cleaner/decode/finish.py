"""What a reading says of itself: its main codec, its byte order marks, and flags for lost bytes and mixed codecs."""

from collections import Counter
from dataclasses import replace

from cleaner.core.document import Flag, Segment
from cleaner.core.edits import evidence
from cleaner.decode.built import Reading
from cleaner.decode.codec import codec
from cleaner.decode.types import Decoded


def finished(reading: Reading, name: str) -> Decoded:
    """What a reading says of itself: its main codec, and flags for lost bytes and mixed codecs."""
    flags = []
    if lost := reading.lost:
        count = sum(len(patch.data) for patch in lost)
        why = f"{count} bytes could not be decoded and stand as U+FFFD"
        flags.append(
            Flag("decode/undecodable", lost[0].start, lost[0].end, why, evidence(bytes=count, places=len(lost)))
        )
    if reading.segments:
        sizes: Counter[str] = Counter()
        for segment in reading.segments:
            sizes[segment.codec] += segment.end - segment.start
        name = max(sizes, key=lambda each: (sizes[each], each))
        flags.append(_mixed_flag(reading.segments))
    return unmarked(
        Decoded(reading.text, name, segments=reading.segments, byte_patches=reading.patches, flags=tuple(flags))
    )


def _mixed_flag(segments: tuple[Segment, ...]) -> Flag:
    names = ", ".join(sorted({segment.codec for segment in segments}))
    why = f"the file holds several encodings: {names}, in {len(segments)} segments"
    return Flag("decode/mixed", segments[0].end, segments[1].end, why, evidence(segments=len(segments), codecs=names))


def unmarked(decoded: Decoded) -> Decoded:
    """All byte order marks at the head of the text go to `bom`."""
    text = decoded.text.lstrip("\ufeff")
    cut = len(decoded.text) - len(text)
    if not cut or any(patch.start < cut for patch in decoded.byte_patches):
        return decoded
    first = decoded.segments[0].codec if decoded.segments else decoded.codec
    if decoded.segments and decoded.segments[0].end <= cut:
        return decoded
    return replace(
        decoded,
        text=text,
        bom=codec(first).encode("\ufeff" * cut),
        segments=tuple(Segment(max(each.start - cut, 0), each.end - cut, each.codec) for each in decoded.segments),
        byte_patches=tuple(replace(each, start=each.start - cut, end=each.end - cut) for each in decoded.byte_patches),
        flags=tuple(
            replace(each, start=max(each.start - cut, 0), end=max(each.end - cut, 0)) for each in decoded.flags
        ),
    )
