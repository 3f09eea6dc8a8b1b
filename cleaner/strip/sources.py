"""Where the packs stand that come with the package."""

from pathlib import Path


def sources() -> list[tuple[str, bytes]]:
    """The TOML files of the packs that come with the package, by name."""
    return sorted((path.name, path.read_bytes()) for path in (Path(__file__).parent / "packs").glob("*.toml"))
