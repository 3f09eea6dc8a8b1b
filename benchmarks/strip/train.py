"""Trains the line model, or measures it by cross-validation over sites.

``python -m benchmarks.strip.train --pages FOLDER... --known FOLDER... --clean FOLDER...`` writes the model into the
package; with ``--folds 5`` it prints what models trained on other sites do, and writes nothing. `--known` are labelled
pages that the authors of the rules had read: they are trained and measured with most of the rules left out. `--rough`
are pages that `benchmarks.strip.extracted` labelled: they are trained on, and measured is nothing on them.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import cleaner.strip.model
from benchmarks.strip.__main__ import show
from benchmarks.strip.fit import fit, write
from benchmarks.strip.samples import (
    AUTHORED,
    CLEAN,
    Sample,
    Source,
    clean_in,
    left_out,
    marked_in,
    samples_of,
    sources_in,
)
from cleaner.core.document import Document
from cleaner.core.stage import Found
from cleaner.strip.evaluate import Result, evaluate
from cleaner.strip.model.forest import Model, model_of
from cleaner.strip.options import Mode, StripOptions
from cleaner.strip.stripping import findings

WEIGHTS = Path(cleaner.strip.model.__file__).parent / "weights.json"
# Of the rules, this share knows nothing of a page of another site (measured: what safe mode finds there).
_UNKNOWN = 0.7


@dataclass(frozen=True)
class Stage:
    """The stage with a model of its own."""

    options: StripOptions
    model: Model
    name: str = "strip"

    def find(self, document: Document) -> Found:
        """What there is to remove from the document."""
        return findings(document.text, self.options, document.id, self.model)


def trained(sources: Sequence[Source]) -> list[Sample]:
    """The samples of some pages; the texts without chrome among them are put into the others, too."""
    insets = [source.labelled.text for source in sources if source.labelled.family in {CLEAN, AUTHORED}]
    return [sample for source in sources for sample in samples_of(source, insets)]


def crossed(sources: Sequence[Source], folds: int, modes: Sequence[Mode]) -> dict[tuple[Mode, bool], list[Result]]:
    """The results of every page by a model that was trained on pages of other sites.

    The fold of a site depends on its name alone: a further site moves no other.
    """
    fold_of = {source.site: crc32(source.site.encode()) % folds for source in sources}
    samples = trained(sources)
    results: dict[tuple[Mode, bool], list[Result]] = {}
    for fold in range(folds):
        model = model_of(fit([sample for sample in samples if fold_of[sample.site] != fold]))
        for mode in modes:
            for known in (True, False):
                own = [one for one in sources if fold_of[one.site] == fold and not one.rough]
                held = [one.labelled for one in own if one.known == known]
                disable = left_out(_UNKNOWN, 5) if known else ()
                stage = Stage(StripOptions(mode, disable=disable), model)
                results.setdefault((mode, known), []).extend(evaluate(stage, held))
    return results


def main() -> None:
    """Trains on all pages, or measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, nargs="*", default=[], help="folders of labelled pages")
    parser.add_argument("--known", type=Path, nargs="*", default=[], help="the same, read by the authors of the rules")
    parser.add_argument("--clean", type=Path, nargs="*", default=[], help="folders of texts without chrome")
    parser.add_argument("--marked", type=Path, nargs="*", default=[], help="authored pages with marks, in TOML")
    parser.add_argument("--rough", type=Path, nargs="*", default=[], help="the same, labelled by programs")
    parser.add_argument("--folds", type=int, default=0, help="measure, over so many parts of the sites")
    parser.add_argument("--errors", action="store_true", help="every wrong line")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, help="where the model goes")
    chosen = parser.parse_args()
    sources = [source for folder in chosen.pages for source in sources_in(folder)]
    sources += [source for folder in chosen.known for source in sources_in(folder, known=True)]
    sources += [source for folder in chosen.rough for source in sources_in(folder, rough=True)]
    sources += [source for folder in chosen.clean for source in clean_in(folder)]
    sources += [source for path in chosen.marked for source in marked_in(path)]
    if not chosen.folds:
        write(fit(trained(sources)), chosen.output)
        return
    for (mode, known), results in crossed(sources, chosen.folds, ("balanced", "safe")).items():
        print(f"\nmode {mode}, {'pages that the rules know, most rules left out' if known else 'other pages'}")
        show(results, rules=False, errors=chosen.errors)


if __name__ == "__main__":
    main()
