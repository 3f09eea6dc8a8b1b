"""Bar plots as tables whose bars are inline SVG: readable aloud, without script, at any width."""

from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.views.html.escape import escaped

# Hues of the style sheet (.h0 to .h23): neighbours in this order lie a golden angle apart.
HUES = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a plot.

    Attributes:
        label: what is counted.
        value: how much of it.
        note: words behind the number.
        filters: ``(name, value)`` of the filter that a click on the label sets; None for no link.
        hue: its colour, 0 to `HUES` - 1; None for the accent colour.
    """

    label: str
    value: int
    note: str = ""
    filters: tuple[str, str] | None = None
    hue: int | None = None


def plot(caption: str, bars: Iterable[Bar], most: int | None = None) -> str:
    """A table of bars, the longest (or `most`) as 100%; empty when there is nothing to plot."""
    rows = list(bars)
    if not rows:
        return ""
    top = max(most or 0, *(bar.value for bar in rows), 1)
    body = "".join(_row(bar, top) for bar in rows)
    return f'<table class="bars"><caption>{escaped(caption)}</caption><tbody>{body}</tbody></table>'


def _row(bar: Bar, top: int) -> str:
    colour = "" if bar.hue is None else f" h{bar.hue % HUES}"
    note = f'<td class="note">{escaped(bar.note)}</td>' if bar.note else ""
    return (
        f'<tr><th scope="row">{_label(bar)}</th>'
        f'<td class="plot"><svg class="bar{colour}" width="100%" height="12" aria-hidden="true">'
        f'<rect class="rail" width="100%" height="12" rx="3"/>'
        f'<rect class="fill" width="{_percent(bar.value, top)}%" height="12" rx="3"/></svg></td>'
        f'<td class="number">{bar.value:,}</td>{note}</tr>'
    )


def _label(bar: Bar) -> str:
    if bar.filters is None:
        return escaped(bar.label)
    name, value = (escaped(part) for part in bar.filters)
    return f'<button type="button" class="link" data-{name}="{value}">{escaped(bar.label)}</button>'


def _percent(value: int, top: int) -> str:
    """The width of a bar; a count above zero can be seen.

    >>> _percent(1, 4), _percent(1, 10**6), _percent(0, 4)
    ('25', '0.4', '0')
    """
    return f"{max(100 * value / top, 0.4):.4g}" if value else "0"
