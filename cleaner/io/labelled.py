"""Labelled documents: ``NNN.txt`` beside ``NNN.json`` with a family and a label for each line."""

import json
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.strip.evaluate import Labelled, labels_of


def read_labelled(folder: Path) -> list[Labelled]:
    """The labelled documents of a folder, sorted by name.

    Raises:
        UsageError: there are none, or one is damaged.
    """
    documents = [_document(path) for path in sorted(folder.glob("*.json"))]
    if not documents:
        raise UsageError("no labelled documents", str(folder), "give a folder with NNN.txt beside NNN.json")
    return documents


def _document(path: Path) -> Labelled:
    try:
        data = json.loads(path.read_bytes())
        text = path.with_suffix(".txt").read_bytes().decode()
        document = Labelled(path.stem, data["family"], text, labels_of(data))
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", str(error.filename)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"is no labelled document ({error!r})", str(path), "it needs 'family' and 'labels'") from error
    lines = text.removesuffix("\n").count("\n") + 1
    if len(document.labels) != lines:
        raise UsageError(f"{len(document.labels)} labels for {lines} lines", str(path), "one label for each line")
    return document
