"""chardet as a witness: asked only where our own likelihoods do not settle the matter."""

from cleaner.decode.codec import canonical

MINIMUM = 0.1
"""chardet's answers below this confidence are right in fewer than two cases of three."""


def witness(data: bytes) -> str:
    """The codec that chardet names, in WHATWG spelling; empty when it has none to name."""
    import chardet

    answer = chardet.detect(data, compat_names=False)
    return canonical(answer["encoding"] or "")
