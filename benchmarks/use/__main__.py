"""Measures the use of the commands: ``python -m benchmarks use start [ROUNDS]``."""

from argparse import ArgumentParser

from benchmarks.use.start import ROUNDS, start


def main() -> None:
    """Runs the measurement that is named."""
    parser = ArgumentParser("python -m benchmarks.use", description=__doc__)
    parser.add_argument("what", choices=["start"])
    parser.add_argument("rounds", nargs="?", type=int, default=ROUNDS)
    start(parser.parse_args().rounds)


if __name__ == "__main__":
    main()
