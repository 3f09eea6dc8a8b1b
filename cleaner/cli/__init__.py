"""The command line: options become settings, the library does the work, a view shows it, an exit code ends it."""

from cleaner.cli.app import app


def main() -> None:
    """The command ``cleaner``."""
    from cleaner.cli import config, look, restore, run

    for module in (run, look, restore, config):
        module.register()
    app()
