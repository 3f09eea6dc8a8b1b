"""chardet as a witness: asked only where our own likelihoods do not settle the matter."""

from cleaner.decode.codec import canonical, codec

_ASCII = bytes(range(0x20, 0x7F))


def testimony(data: bytes) -> tuple[str, float]:
    """The codec that chardet names, in WHATWG spelling (empty when it has none to name), and its confidence."""
    import chardet

    answer = chardet.detect(data, compat_names=False)
    return canonical(answer["encoding"] or ""), float(answer["confidence"] or 0.0)


def witness(data: bytes) -> str:
    """The codec of one byte a character that chardet names; empty for any other.

    Without those of EBCDIC: they make letters of whatever moves about 80, as quiet sound does.
    """
    name = testimony(data)[0]
    return name if name and codec(name).unit == 1 and codec(name).decode(_ASCII, "replace").isascii() else ""
