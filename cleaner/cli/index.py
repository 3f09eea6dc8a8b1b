"""``cleaner index``: what earlier runs have kept, in a file or in Redis, and whether a document repeats it."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli.app import ConfigFile, Json, Quiet, Sources, command
from cleaner.cli.errors import say
from cleaner.cli.progress import bar
from cleaner.cli.shared import Options, exit_code, listing_of, settings_of, standard_input
from cleaner.config import Settings
from cleaner.core.jsonl import dump
from cleaner.dedup import DedupOptions
from cleaner.errors import UsageError
from cleaner.io.sources import Listing, matches

if TYPE_CHECKING:
    from cleaner.index import Entry, Header, Index
    from cleaner.index.adding import Observed

Address = Annotated[str, typer.Argument(metavar="IDX", help="a file, or redis://host:port/name")]
Wait = Annotated[
    float, typer.Option("--lock-timeout", min=0, help="seconds to wait while another process holds the file")
]
Threshold = Annotated[
    float | None, typer.Option("--threshold", help="Jaccard index from which documents are duplicates")
]
# The commands that clean have a threshold of decode, too.
Above = Annotated[
    float | None, typer.Option("--dedup-threshold", help="tell only of documents from this Jaccard index on")
]
Recall = Annotated[
    float | None, typer.Option("--recall", help="share of the pairs at the threshold that must be found")
]
Unit = Annotated[str | None, typer.Option("--unit", help="what a shingle is five of: char or word")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="PATH", help="files, folders with all below, or globs on names")
]
Vanished = Annotated[bool, typer.Option("--vanished", help="forget the documents whose file is not there any more")]
Listed = Annotated[bool, typer.Option("--list", help="name every document")]

_CLEANING = ("run", "decode", "repair", "strip", "repeats")


def register(group: typer.Typer) -> None:
    """Adds the commands to their group."""
    command("create", example="cleaner index create seen.duckdb", group=group)(create)
    command("add", tables=_CLEANING, example="cleaner index add seen.duckdb seeds", group=group)(add)
    command("query", tables=_CLEANING, example="cleaner index query seen.duckdb new.txt", group=group)(query)
    command("remove", example="cleaner index remove seen.duckdb --vanished", group=group)(remove)
    command("info", example="cleaner index info seen.duckdb", group=group)(info)


def _opened(address: str, wait: float = 30.0) -> "Index":
    from cleaner.index import open_index

    return open_index(address, wait)


def create(
    index: Address,
    *,
    threshold: Threshold = None,
    recall: Recall = None,
    unit: Unit = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> int:
    """Make an empty index; how documents are compared is settled here, once and for all."""
    given = {"threshold": threshold, "recall": recall, "unit": unit}
    options = {"dedup": {name: value for name, value in given.items() if value is not None}}
    _opened(index).create(settings_of(options, config).plan.dedup)
    if not quiet:
        say(f"{index}: created, empty")
    return 0


def add(
    index: Address,
    sources: Sources,
    *,
    wait: Wait = 30.0,
    config: ConfigFile = None,
    quiet: Quiet = False,
    options: Options,
) -> int:
    """Add documents as a run would clean them; one that stands in the index already takes its own place.

    The kept documents of an output folder are taken as they are.
    """
    store = _opened(index, wait)
    settings = _settings(options, config, store.info().header)
    listing = listing_of(sources, settings)
    found = _observed(listing, settings, quiet=quiet)
    store.put(found.entries, found.records)
    if not quiet:
        say(f"{index}: {len(found.entries):,} documents added, {store.info().documents:,} in all")
    return exit_code(listing, clean=not found.refused)


def query(
    index: Address,
    sources: Sources,
    *,
    threshold: Above = None,
    wait: Wait = 30.0,
    json: Json = False,
    config: ConfigFile = None,
    quiet: Quiet = False,
    options: Options,
) -> int:
    """Say which documents repeat one of the index, and which; exit 1 if any does.

    The similarity is exact where the text of the earlier document can still be read, else an estimate that says so.
    """
    from cleaner.index.again import texts_again
    from cleaner.index.judge import compared
    from cleaner.views.repetitions import to_json, words

    store = _opened(index, wait)
    header = store.info().header
    settings = _settings(options, config, header)
    asked = _asked(settings.plan.dedup, header, threshold)
    listing = listing_of(sources, settings)
    found = _observed(listing, settings, quiet=quiet)
    hits = [hit for hit in store.matches(found.records) if hit.entry.name != found.entries[hit.row].name]
    own = dict(texts_again([found.entries[row] for row in sorted({hit.row for hit in hits})], settings.plan))
    texts = {entry.name: text for entry, text in own.items() if text is not None} | found.texts
    named = replace(found.records, ids=_names(found))
    told = compared(named, hits, texts.__getitem__, lambda some: texts_again(some, settings.plan), asked)
    for one in told:
        typer.echo(dump(to_json(one)).decode() if json else words(one), nl=not json)
    sys.stdout.flush()
    return exit_code(listing, clean=not told and not found.refused)


def _asked(options: DedupOptions, header: "Header", threshold: float | None) -> DedupOptions:
    """The options with the threshold that is asked for; the bands of the index find what lies above its own."""
    if threshold is not None and threshold < header.threshold:
        raise UsageError(
            f"the index finds pairs from {header.threshold} on, not from {threshold}",
            "--dedup-threshold",
            "ask for more, or create an index with a lower threshold",
        )
    return options if threshold is None else replace(options, threshold=threshold)


def _names(found: "Observed") -> Any:
    names = found.records.ids.copy()
    names[:] = [entry.name for entry in found.entries]
    return names


def remove(
    index: Address, paths: Names = None, *, vanished: Vanished = False, wait: Wait = 30.0, quiet: Quiet = False
) -> int:
    """Forget documents: those of files, of folders, of globs on their names, or those that have vanished."""
    if not paths and not vanished:
        raise UsageError("nothing is named", index, "give paths, or --vanished")
    store = _opened(index, wait)
    gone = {entry.name for entry in store.entries() if _meant(entry, paths or (), vanished=vanished)}
    count = store.remove(sorted(gone)) if gone else 0
    if not quiet:
        say(f"{index}: {count:,} documents forgotten, {store.info().documents:,} left")
    return 0 if count or vanished else 1


def _meant(entry: "Entry", paths: Sequence[str], *, vanished: bool) -> bool:
    path = entry.place.path
    if vanished and path and not os.path.lexists(path):
        return True
    return any(matches(entry.name, given) or _stands_in(path, given) for given in paths)


def _stands_in(path: str, given: str) -> bool:
    from cleaner.index.adding import absolute

    return bool(path) and f"{path}/".startswith(f"{absolute(given)}/")


def info(index: Address, *, listed: Listed = False, wait: Wait = 30.0, json: Json = False) -> int:
    """Say what an index holds and how its sketches were made."""
    store = _opened(index, wait)
    if listed:
        for entry in store.entries():
            line = {"of": entry.name, "id": entry.id, "digest": entry.digest, "sha256": entry.sha256}
            typer.echo(
                dump({**line, "size": entry.size, "mtime": entry.mtime}).decode() if json else entry.name, nl=not json
            )
        return 0
    held = store.info()
    facts = {"documents": held.documents, "bytes": held.size, "layout": held.layout, **held.header.to_strings()}
    if json:
        typer.echo(dump(facts), nl=False)
    else:
        for name, value in facts.items():
            typer.echo(f"{name:13}{value}")
    return 0


def _settings(options: Options, config: str | None, header: "Header") -> Settings:
    """The settings of a command, with documents compared as the index does."""
    settings = settings_of(options, config)
    return replace(settings, plan=replace(settings.plan, dedup=header.options))


def _observed(listing: Listing, settings: Settings, *, quiet: bool) -> "Observed":
    from cleaner.engines.local import LocalEngine
    from cleaner.index.adding import Observe, observed

    work = Observe(settings.plan, settings.keys)
    with bar(None, quiet=quiet) as progress:
        found = observed(
            listing,
            LocalEngine(settings.run.jobs),
            work,
            standard_input(),
            lambda count: progress("reading", count, 0),
        )
    for refused in found.refused:
        say(f"{refused.id}: {refused.error}")
    return found
