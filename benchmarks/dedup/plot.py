"""A plot as SVG: measured points on two logarithmic axes, and the line that proportional cost would follow."""

from collections.abc import Iterator, Sequence
from math import floor, log10

_WIDTH, _HEIGHT, _LEFT, _BELOW, _ROUND = 640, 400, 64, 48, 16
_STYLE = (
    "text{font:12px sans-serif;fill:#444}line{stroke:#ddd}.grown{stroke:#888;stroke-dasharray:5 4}circle{fill:#0a6}"
    "@media(prefers-color-scheme:dark){text{fill:#bbb}line{stroke:#444}}"
)

Point = tuple[float, float]


def svg(points: Sequence[Point], x_name: str, y_name: str) -> str:
    """The plot; the dashed line goes through the last point with slope one."""
    across = [x for x, _ in points]
    along = [y for _, y in points] + [points[-1][1] * points[0][0] / points[-1][0]]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{y_name} by {x_name}</title><style>{_STYLE}</style>",
        *_axes(across, along, x_name, y_name),
    ]
    (first, _), (last, cost) = points[0], points[-1]
    places = [_place(x, y, across, along) for x, y in ((first, cost * first / last), (last, cost))]
    (x1, y1), (x2, y2) = places
    parts.append(f'<line class="grown" x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"/>')
    for x, y in points:
        at, up = _place(x, y, across, along)
        parts.append(f'<circle cx="{at:.0f}" cy="{up:.0f}" r="4"/>')
    return "\n".join((*parts, "</svg>\n"))


def _axes(across: Sequence[float], along: Sequence[float], x_name: str, y_name: str) -> Iterator[str]:
    bottom = _HEIGHT - _BELOW
    for x in across:
        at, _ = _place(x, along[0], across, along)
        yield f'<line x1="{at:.0f}" y1="{_ROUND}" x2="{at:.0f}" y2="{bottom}"/>'
        yield f'<text x="{at:.0f}" y="{bottom + 18}" text-anchor="middle">{x:,.0f}</text>'
    for y in _ticks(min(along), max(along)):
        _, up = _place(across[0], y, across, along)
        yield f'<line x1="{_LEFT}" y1="{up:.0f}" x2="{_WIDTH - _ROUND}" y2="{up:.0f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{up + 4:.0f}" text-anchor="end">{y:g}</text>'
    yield f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">{x_name}</text>'
    yield f'<text transform="translate(14 {bottom / 2:.0f}) rotate(-90)" text-anchor="middle">{y_name}</text>'


def _place(x: float, y: float, across: Sequence[float], along: Sequence[float]) -> Point:
    width, height = _WIDTH - _LEFT - 2 * _ROUND, _HEIGHT - _BELOW - 2 * _ROUND
    return (
        _LEFT + _ROUND + width * _share(x, across),
        _HEIGHT - _BELOW - _ROUND / 2 - height * _share(y, along),
    )


def _share(value: float, among: Sequence[float]) -> float:
    low, high = log10(min(among)), log10(max(among))
    return (log10(value) - low) / (high - low)


def _ticks(low: float, high: float) -> Iterator[float]:
    for power in range(floor(log10(low)), floor(log10(high)) + 1):
        yield from (step * 10.0**power for step in (1, 2, 5) if low <= step * 10.0**power <= high)
