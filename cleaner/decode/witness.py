"""chardet as a witness: asked only where our own likelihoods do not settle the matter."""

from cleaner.decode.codec import canonical


def testimony(data: bytes) -> tuple[str, float]:
    """The codec that chardet names, in WHATWG spelling (empty when it has none to name), and its confidence."""
    import chardet

    answer = chardet.detect(data, compat_names=False)
    return canonical(answer["encoding"] or ""), float(answer["confidence"] or 0.0)


def witness(data: bytes) -> str:
    """The codec that chardet names; empty when it has none to name."""
    return testimony(data)[0]
