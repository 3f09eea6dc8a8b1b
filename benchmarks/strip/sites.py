"""What learning finds on the pages of real sites: ``python -m benchmarks.strip.sites SITES.toml``.

The file names folders of saved HTML pages, a site each, and where its content stands (CSS selectors)::

    [[site]]
    name = "some.site"
    folder = "some.site"  # beside the file
    content = "div.article"
    title = "h1"
    either = "div.meta"  # lines that may stay or go; optional
    chrome = "div.related"  # inside the content, what goes all the same; optional

Pages are converted as `cleaner` converts them; a line that holds text of `content` or `title` is to be kept, any other
to be dropped. A pack is learned from every other page and scored on the pages that it was not learned from, with the
built-in rules and without; then from all pages and scored on all.
"""

import argparse
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.io.pages import lines_of
from cleaner.strip import Strip, StripOptions
from cleaner.strip.evaluate import Label, Labelled, Result, Score, evaluate
from cleaner.strip.learn import learn

# Marks around an element, from the private area: for what is kept, for what may stay or go, for what goes inside these.
_KEPT, _EITHER, _CHROME = "\ue000\ue001", "\ue002\ue003", "\ue004\ue005"
_MARKS = dict.fromkeys(map(ord, _KEPT + _EITHER + _CHROME))


def page(name: str, html: str, site: Mapping[str, Any]) -> Labelled:
    """A page as text, every line with its label."""
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    for key, marks in (("title", _KEPT), ("content", _KEPT), ("either", _EITHER), ("chrome", _CHROME)):
        body: Any = tree.body
        for element in body.query_selector_all(site[key]) if body and site.get(key) else ():
            element.insert_before(tree.create_text_node(marks[0]), element.first_child)
            element.append_child(tree.create_text_node(marks[1]))
    lines, labels = _labelled(lines_of(str(tree)).split("\n"))
    return Labelled(f"{site['name']}/{name}", site["name"], "".join(f"{line}\n" for line in lines), labels)


def _labelled(marked: Sequence[str]) -> tuple[list[str], tuple[Label, ...]]:
    lines, labels = list[str](), list[Label]()
    depth = dict.fromkeys((_KEPT, _EITHER, _CHROME), 0)
    for line in marked:
        inside = {marks for marks, open_ in depth.items() if open_ > 0 or marks[0] in line}
        depth = {marks: open_ + line.count(marks[0]) - line.count(marks[1]) for marks, open_ in depth.items()}
        label = "drop" if _CHROME in inside or not inside else "either" if _EITHER in inside else "keep"
        lines.append(line.translate(_MARKS).rstrip())
        labels.append(label)
    return lines, tuple(labels)


def pages(site: Mapping[str, Any], root: Path) -> list[Labelled]:
    """The pages of a site that have content."""
    files = sorted((root / site["folder"]).glob("*.html"))
    made = [page(file.name, file.read_text("utf-8", "replace"), site) for file in files]
    return [one for one in made if "keep" in one.labels]


def learned(documents: Sequence[Labelled]) -> str:
    """The pack that documents teach."""
    return learn(lambda: [(one.id, one.text) for one in documents])


def scored(documents: Sequence[Labelled], options: StripOptions) -> list[Result]:
    """The documents, cleaned and scored."""
    return evaluate(Strip(options), documents)


def show(name: str, results: Iterable[Result], *, errors: bool) -> None:
    """One line of the table, and what went wrong."""
    results = list(results)
    score = sum((result.score for result in results), Score())
    figures = f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}{score.loss:9.2%}"
    print(f"{name:36}{len(results):5}{figures}")
    if errors:
        for wrong in (wrong for result in results for wrong in result.mistakes if wrong.wanted == "keep"):
            print(f"    {wrong.id}:{wrong.line}: {wrong.rule}: {wrong.text.strip()[:80]}")


def main() -> None:
    """Prints a table of all sites."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", type=Path)
    parser.add_argument("--errors", action="store_true", help="every line of content that went, with the rule")
    chosen = parser.parse_args()
    print(f"{'site':36}{'pages':>5}{'P':>7}{'R':>7}{'F1':>7}{'loss':>9}")
    for site in tomllib.loads(chosen.sites.read_text("utf-8"))["site"]:
        every = pages(site, chosen.sites.parent)
        half, other = every[::2], every[1::2]
        taught = learned(half)
        show(f"{site['name']}, rules alone", scored(other, StripOptions()), errors=False)
        alone = StripOptions(packs=(taught,), only=("learned",))
        show(f"{site['name']}, learned alone, new pages", scored(other, alone), errors=False)
        both = scored(other, StripOptions(packs=(taught,)))
        show(f"{site['name']}, both, new pages", both, errors=chosen.errors)
        both = scored(every, StripOptions(packs=(learned(every),)))
        show(f"{site['name']}, both, all pages", both, errors=chosen.errors)


if __name__ == "__main__":
    main()
