"""Pages labelled by programs, to train the line model on: ``python -m benchmarks.strip.extracted FOLDER... -o OUT``.

Every FOLDER holds pages of HTML of one site (with `--mixed`, each of another one). Three extractors of main content see
the tags that a flattened page has lost: a line that two of them extract is content, one that none does is chrome, and
what stands on every third page of a site is chrome whatever they say. What they do not agree on may stay or go. Pages
on which they find hardly anything, or differ over a third, are left out; so are those that repeat a labelled page
(`--known`), on which something else is to be measured.

OUT gets ``NNNNN.txt`` and ``NNNNN.json`` in the format of labelled documents.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.decode import decode
from cleaner.errors import CleanerError
from cleaner.io.pages import lines_of

# A page has at least so much content and at most so much text, in characters.
_LEAST, _LARGEST = 150, 60_000
# Of content, so much may be in dispute; so much running text may lie outside it.
_DISPUTED, _OUTSIDE = 0.35, 0.5
_SENTENCE, _LONG = re.compile("[。！？]"), 30
# A line of so many letters is found inside a paragraph of an extractor, too; one of so many tells a known page.
_INSIDE, _TELLING = 8, 18
# A line on this share of the pages of a site, and on so many, is its chrome; content that stands on half is in dispute.
_COMMON, _FEWEST, _HALF = 0.3, 4, 0.5
# Of a page so many telling lines may stand on labelled ones.
_REPEATED = 0.3
# So many pages of a site are compared for what they have in common.
_LOOKED_AT = 30
_SPACE, _DIGITS = re.compile(r"\W+"), re.compile("[0-9]+")
_TITLE = re.compile("<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_NAMES = ("*.html", "*.htm", "*.shtml")


class Labels(NamedTuple):
    """The lines of a page, and a label for each."""

    lines: Sequence[str]
    labels: list[str]


def letters(line: str) -> str:
    """What is compared of a line: its letters and digits."""
    return _SPACE.sub("", line).lower()


def extracts(html: str) -> list[str]:
    """What three extractors hold for the content of a page, empty where one fails."""
    import lxml.html
    import readability
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    ways: tuple[Callable[[], Any], ...] = (
        lambda: trafilatura.extract(html, favor_recall=True, include_comments=False, include_tables=True),
        lambda: extract_plain_text(html, main_content=True, preserve_formatting=False, alt_texts=False),
        lambda: "\n".join(lxml.html.fromstring(readability.Document(html).summary()).itertext()),
    )
    return [_tried(way) for way in ways]


def _tried(way: Callable[[], Any]) -> str:
    try:
        return way() or ""
    except Exception:  # noqa: BLE001 - the peers raise whatever their parsers do; such a page has a vote less
        return ""


def labelled(html: str) -> Labels | None:
    """A page with its labels; None when there is too little on it or the extractors differ too much."""
    lines = re.sub(r"\n{3,}", "\n\n", lines_of(html)).strip("\n").split("\n")
    texts = extracts(html)
    whole = [letters(text) for text in texts]
    if sum(map(len, lines)) > _LARGEST or sorted(map(len, whole))[1] < _LEAST:
        return None
    parts = [{letters(line) for line in text.split("\n")} for text in texts]
    found = _TITLE.search(html)
    title = letters(found[1]) if found else ""
    labels = [_label(letters(line), parts, whole, title) for line in lines]
    sizes = Counter[str]()
    for line, label in zip(lines, labels, strict=True):
        sizes[label] += len(letters(line))
        sizes["outside"] += len(line) * (label == "drop" and len(line) > _LONG and bool(_SENTENCE.search(line)))
    content = sizes["keep"]
    clear = content >= _LEAST and sizes["either"] <= _DISPUTED * content and sizes["outside"] <= _OUTSIDE * content
    return Labels(lines, labels) if clear else None


def _label(line: str, parts: Sequence[Collection[str]], whole: Sequence[str], title: str) -> str:
    if not line or title.startswith(line):
        return "either"
    votes = sum(
        line in part or (len(line) >= _INSIDE and line in text) for part, text in zip(parts, whole, strict=True)
    )
    return ("drop", "either", "keep", "keep")[votes]


def shared(pages: Sequence[Labels]) -> list[Labels]:
    """The pages of one site, what they have in common told."""
    keys = [[_DIGITS.sub("0", letters(line)) for line in page.lines] for page in pages]
    common = Counter(key for page in keys for key in set(page) if key)
    chrome, half = max(_FEWEST, _COMMON * len(pages)), max(_FEWEST, _HALF * len(pages))

    def told(label: str, key: str) -> str:
        if label == "keep":
            return "either" if common[key] >= half else label
        return "drop" if common[key] >= chrome else label

    return [Labels(page.lines, list(map(told, page.labels, row))) for page, row in zip(pages, keys, strict=True)]


def site_pages(paths: Sequence[Path], known: Collection[str]) -> list[Labels]:
    """The pages of some files that can be labelled, those on labelled pages left out."""
    found = list[Labels]()
    for path in paths[: 3 * _LOOKED_AT]:
        try:
            page = labelled(decode(path.read_bytes()).text)
        except CleanerError:
            continue
        if page and not _repeats(page.lines, known):
            found.append(page)
        if len(found) == _LOOKED_AT:
            break
    return found


def _repeats(lines: Sequence[str], known: Collection[str]) -> bool:
    telling = [key for key in map(letters, lines) if len(key) >= _TELLING]
    return sum(key in known for key in telling) > _REPEATED * len(telling)


def main() -> None:
    """Labels pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--mixed", action="store_true", help="every page is of another site")
    parser.add_argument("--most", type=int, default=6, help="pages of a site")
    parser.add_argument("--known", type=Path, nargs="*", default=[], help="folders of labelled pages")
    chosen = parser.parse_args()
    texts = (path.read_text("utf-8", "replace") for folder in chosen.known for path in folder.glob("*.txt"))
    known = {key for text in texts for line in text.split("\n") if len(key := letters(line)) >= _TELLING}
    chosen.output.mkdir(parents=True, exist_ok=True)
    number = 0
    for folder in chosen.folders:
        paths = sorted(path for name in _NAMES for path in folder.rglob(name))
        sites = {str(path): [path] for path in paths} if chosen.mixed else {folder.name: paths}
        for site, own in sites.items():
            pages = site_pages(own, known)
            for page in (pages if chosen.mixed else shared(pages))[: chosen.most]:
                data = {"family": "rough", "source": "verbatim", "site": site, "labels": page.labels}
                target = chosen.output / f"{number:05d}.json"
                target.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
                target.with_suffix(".txt").write_text("\n".join(page.lines) + "\n", "utf-8", newline="")
                number += 1
            print(f"{site}: {len(pages)} of {len(own)}")


if __name__ == "__main__":
    main()
