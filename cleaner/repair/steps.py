"""The repairs in their order, each with what calls for it; imported only for a text that calls for one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from cleaner.core.edits import Edit
from cleaner.repair.control import control_edits, surrogate_edits
from cleaner.repair.doublebyte import big5_gb_edits
from cleaner.repair.infill import utf8_gb_edits
from cleaner.repair.lines import LineSpan
from cleaner.repair.options import RepairOptions
from cleaner.repair.screen import Concern, Screen
from cleaner.repair.singlebyte import single_byte_edits
from cleaner.repair.utf8 import utf8_edits

TextStep = Callable[[str], Iterable[Edit]]
LineStep = Callable[[str, Sequence[LineSpan]], Iterable[Edit]]
Step = Callable[[str, Screen], Iterable[Edit]]


def _on_text(step: TextStep) -> Step:
    return lambda text, _: step(text)


def _on_lines(step: LineStep, concern: Concern) -> Step:
    """The step on the lines that raise the concern."""
    return lambda text, seen: step(text, seen.lines(concern, text))


def steps(options: RepairOptions) -> Iterator[tuple[Concern, Step]]:
    """In the order in which one may uncover work for the next, each with what calls for it (nothing: it was asked for).

    >>> [concern.name for concern, _ in steps(RepairOptions(mojibake=False))]
    ['SURROGATE', 'CONTROL']
    """
    if options.mojibake:
        yield Concern.MISREAD, _on_lines(single_byte_edits, Concern.MISREAD)
        yield Concern.MISREAD, _on_lines(utf8_edits, Concern.MISREAD)
        yield Concern.GARBLED, _on_lines(big5_gb_edits, Concern.GARBLED)
        yield Concern.GARBLED, _on_lines(utf8_gb_edits, Concern.GARBLED)
    if options.control:
        yield Concern.SURROGATE, _on_text(surrogate_edits)
        yield Concern.CONTROL, _on_text(control_edits)
    yield from ((Concern(0), _on_text(step)) for step in _asked(options))


def _asked(options: RepairOptions) -> Iterator[TextStep]:
    """What is off by default; it is imported when it is asked for."""
    if options.unwrap:
        from cleaner.repair.unwrap import unwrap_edits

        yield unwrap_edits
    if options.convert:
        from cleaner.repair.convert import convert_edits

        yield partial(convert_edits, config=options.convert)
    if options.decimal_point:
        from cleaner.repair.typography import decimal_edits

        yield decimal_edits
    if options.punctuation:
        from cleaner.repair.typography import punctuation_edits

        yield punctuation_edits
