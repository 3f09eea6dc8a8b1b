"""Measures the use of the commands: ``python -m benchmarks use start [ROUNDS]``."""

import sys

from benchmarks.use.start import start

USAGE = "usage: python -m benchmarks use start [ROUNDS]"


def main() -> None:
    """Runs the measurement that is named."""
    match sys.argv[1:]:
        case ["start"]:
            start()
        case ["start", rounds] if rounds.isdecimal():
            start(int(rounds))
        case _:
            sys.exit(USAGE)


if __name__ == "__main__":
    main()
