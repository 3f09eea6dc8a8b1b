"""Where the packs stand that come with the package."""

from importlib import resources


def sources() -> list[tuple[str, bytes]]:
    """The TOML files of the packs that come with the package, by name."""
    folder = resources.files("cleaner.strip") / "packs"
    files = (item for item in folder.iterdir() if item.name.endswith(".toml"))
    return sorted((item.name, item.read_bytes()) for item in files)
