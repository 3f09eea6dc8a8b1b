r"""What the commands, the hook and users of the library call.

>>> clean_text("正文第一段。\n\nad1 webp\n").text
'正文第一段。\n\n'
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path

from cleaner.core.document import Document, Flag
from cleaner.core.edits import Edit
from cleaner.core.progress import Progress, silent
from cleaner.core.report import Report
from cleaner.errors import UsageError
from cleaner.io.layout import FORMATS, Format
from cleaner.io.reading import Keys
from cleaner.io.sources import Selection, list_sources, usable
from cleaner.plan import Plan, clean, document_of_bytes, document_of_text


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and what was done to it.

    Attributes:
        text: the cleaned text.
        edits: what was removed or rewritten, in code points of the original text, sorted and disjoint.
        flags: what was seen and left for a reader to decide.
    """

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    r"""The document stages of a plan as a function; it pickles, and threads may share it.

    >>> pipeline = Pipeline()
    >>> pipeline("一段话。").edits
    ()
    >>> [cleaned.text for cleaned in pipeline.iter(["一段话。", "ad1 webp\n"])]
    ['一段话。', '']
    """

    plan: Plan = field(default_factory=Plan)

    def __call__(self, text: str, name: str = "") -> Cleaned:
        """The cleaned text; `name`, the name of its file, helps to tell its title."""
        return _cleaned(clean(self.plan, document_of_text(self.plan, text, name)))

    def bytes(self, data: bytes, name: str = "") -> Cleaned:
        """The decoded and cleaned text.

        Raises:
            RejectedError: the bytes are no text.
        """
        return _cleaned(clean(self.plan, document_of_bytes(self.plan, data, name)))

    def iter(self, texts: Iterable[str]) -> Iterator[Cleaned]:
        """The cleaned texts one by one, in bounded memory."""
        return map(self, texts)


def _cleaned(document: Document) -> Cleaned:
    return Cleaned(document.text, document.flat.edits, document.flags)


def clean_text(text: str, plan: Plan | None = None) -> Cleaned:
    r"""Cleans one text.

    >>> cleaned = clean_text("正文第一段。\n\nad1 webp\nad2 webp\n")
    >>> [(edit.start, edit.removed, edit.rule) for edit in cleaned.edits][0]
    (8, 'ad1 webp\n', 'strip/ads/image-name')
    """
    return Pipeline(plan or Plan())(text)


def clean_bytes(data: bytes, plan: Plan | None = None) -> Cleaned:
    """Decodes and cleans the bytes of one file.

    Raises:
        RejectedError: the bytes are no text.

    >>> clean_bytes("各位代表，现在开会。请大家坐好。".encode("gb18030")).text
    '各位代表，现在开会。请大家坐好。'
    """
    return Pipeline(plan or Plan()).bytes(data)


def clean_files(  # noqa: PLR0913 - the settings of a whole run, all but two by name
    sources: str | PathLike[str] | Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    plan: Plan | None = None,
    *,
    jobs: int = 0,
    force: bool = False,
    resume: bool = False,
    selection: Selection | None = None,
    keys: Keys | None = None,
    form: Format = "tree",
    progress: Progress = silent,
) -> Report:
    """Cleans files and folders into an output folder; sources are only read.

    Args:
        sources: files, folders, globs; one, or several.
        out: a folder that does not exist yet.
        plan: the stages and their options.
        jobs: processes; 0 for one on each core.
        force: replace an output folder of an earlier run.
        resume: finish a run that was cut off.
        selection: which files of a folder count.
        keys: under which names records hold id and text.
        form: how the folder holds the texts: tree, jsonl, parquet or mnbvc.
        progress: called with what is going on, and the documents and bytes done since the last call.

    Raises:
        UsageError: a source is not there, or none holds anything; the output folder may not be written; there is no
            such format.
    """
    from cleaner.engines.job import Job
    from cleaner.engines.local import LocalEngine
    from cleaner.engines.run import run_to_folder

    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", "form", f"use one of {', '.join(FORMATS)}")
    several = [sources] if isinstance(sources, str | PathLike) else sources
    listing = list_sources([fspath(source) for source in several], selection)
    usable(listing)
    if listing.missing:  # the command goes on and says so; here nobody would hear of it
        raise UsageError("there is no such file or folder", listing.missing[0], "leave it out, or give what is there")
    job = Job(plan or Plan(), listing, LocalEngine(jobs), keys or Keys(), progress, form=form)
    return run_to_folder(job, Path(out), force=force, resume=resume)
