"""The slow, obvious way: sets of strings, all pairs, one loop."""

from functools import cache

from cleaner.dedup import DedupOptions
from cleaner.dedup.normal import normalise, strict
from cleaner.text.shadow import to_text


def normal(text: str) -> str:
    return to_text(normalise([text]).points)


@cache
def shingles(text: str) -> frozenset[str]:
    plain = normal(text)
    return frozenset(plain[at : at + 5] for at in range(len(plain) - 4))


def jaccard(one: str, two: str) -> float:
    left, right = shingles(one), shingles(two)
    if not left and not right:
        return float(strict(one) == strict(two))
    return len(left & right) / len(left | right)


def containment(one: str, two: str) -> float:
    left, right = shingles(one), shingles(two)
    return len(left & right) / len(left) if left else jaccard(one, two)


def lacking(one: str, two: str) -> int:
    plain, other = normal(one), shingles(two)
    covered = {at + i for at in range(len(plain) - 4) if plain[at : at + 5] in other for i in range(5)}
    return len(plain) - len(covered)


def survivors(texts: dict[str, str], options: DedupOptions) -> dict[str, list[str]]:
    """Who is dropped, and for whom it may be; every document meets every kept one, longest first."""
    order = sorted(texts, key=lambda name: (-len("".join(texts[name].split())), name))
    kept: list[str] = []
    dropped: dict[str, list[str]] = {}
    for name in order:
        alike = [other for other in kept if jaccard(texts[name], texts[other]) >= options.threshold]
        if alike:
            dropped[name] = alike
        else:
            kept.append(name)
    return dropped
