"""Names of a package that are imported when they are first asked for, so that importing the package is cheap."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """A module's ``__getattr__``.

    Args:
        package: the ``__name__`` of the package.
        homes: the submodule in which each name stands.

    >>> lazily("cleaner.core", {"Patch": "edits"})("Patch").__name__
    'Patch'
    """

    def look_up(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return look_up
