"""Measures the decode stage: ``python -m benchmarks.decode [NAME...]``.

Names: real short damage mixed ascii refusal confidence speed; all of them without a name. All are better with
CLEANER_GOLD set to the labelled files, and real and confidence need them. ``fidelity FOLDER`` takes
the folder of the standard's indexes; ``confidence FOLDER`` and ``damage FOLDER`` one with zh.txt, zht.txt, ja.txt and
ko.txt, texts of your own.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from benchmarks.decode.confidence import confidence
from benchmarks.decode.damage import damage
from benchmarks.decode.fidelity import fidelity
from benchmarks.decode.mixtures import mixtures
from benchmarks.decode.mostly_ascii import mostly_ascii
from benchmarks.decode.real import real
from benchmarks.decode.refusal import refusal
from benchmarks.decode.short import short
from benchmarks.decode.speed import speed

COMMANDS = {
    "real": real, "short": short, "damage": damage, "mixed": mixtures, "ascii": mostly_ascii, "refusal": refusal,
    "confidence": confidence, "speed": speed,
}  # fmt: skip

WITH_FOLDER = {"fidelity": fidelity, "confidence": confidence, "damage": damage}


def main() -> None:
    """Runs the measurements that are named, or all of them."""
    parser = ArgumentParser(
        "python -m benchmarks.decode", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args().names
    if len(names) == 2 and names[0] in WITH_FOLDER:
        WITH_FOLDER[names[0]](names[1])
        return
    if not COMMANDS.keys() >= set(names):
        parser.error(f"no measurement is called {' '.join(set(names) - COMMANDS.keys())}")
    for name in names or COMMANDS:
        print(f"== {name}")
        COMMANDS[name]()


if __name__ == "__main__":
    main()
