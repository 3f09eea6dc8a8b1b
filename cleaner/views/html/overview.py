"""The part of the page that needs no script: totals, what stages and rules removed, encodings."""

from cleaner.core.report import Report, Tally
from cleaner.core.stage import rank, stage_of
from cleaner.views.html.bars import HUES, Bar, plot
from cleaner.views.html.escape import escaped

# So many rules are seen at once; the others are folded away beneath them.
_RULES_SHOWN = 12


def ranked_rules(report: Report) -> list[str]:
    """Every rule of the report, the one that removed most first; its place gives its colour."""
    acted = sorted(report.rules, key=lambda rule: (-report.rules[rule].characters, -report.rules[rule].edits, rule))
    return acted + sorted(report.flags.keys() - report.rules.keys())


def overview(report: Report) -> str:
    """The first section of the page as HTML."""
    return "".join(
        (
            f'<dl class="tiles">{"".join(_tiles(report))}</dl>',
            '<div class="plots">',
            _card(plot("Characters removed or rewritten, by stage", _stage_bars(report)), "Nothing was removed."),
            _card(plot("Documents by encoding", _codec_bars(report)), "No documents."),
            _rules(report),
            "</div>",
        )
    )


def _tiles(report: Report) -> list[str]:
    share = f"{100 * report.removed / report.characters:.2f}% of all" if report.characters else ""
    flagged = sum(report.flags.values())
    return [
        _tile("documents", report.documents, f"{report.bytes:,} bytes", ("verdict", "")),
        _tile("kept", report.kept, "", ("verdict", "kept")),
        _tile("dropped", report.dropped, "near-duplicates", ("verdict", "dropped")),
        _tile("rejected", report.rejected, "inputs not accepted", ("verdict", "rejected")),
        _tile("flags", flagged, "seen, not acted upon", ("state", "flagged")),
        _tile("characters", report.characters, "in the originals"),
        _tile("characters removed", report.removed, share),
    ]


def _tile(name: str, value: int, note: str, filters: tuple[str, str] | None = None) -> str:
    label = escaped(name)
    if filters:
        label = f'<button type="button" class="link" data-{filters[0]}="{filters[1]}">{label}</button>'
    return f'<div class="tile"><dt>{label}</dt><dd><b>{value:,}</b> <small>{escaped(note)}</small></dd></div>'


def _card(content: str, otherwise: str) -> str:
    return f'<div class="card">{content or f"<p>{escaped(otherwise)}</p>"}</div>'


def _stage_bars(report: Report) -> list[Bar]:
    stages: dict[str, Tally] = {}
    for rule, tally in report.rules.items():
        stages[stage_of(rule)] = stages.get(stage_of(rule), Tally()) + tally
    order = sorted(stages, key=lambda stage: (rank(stage), stage))
    return [
        Bar(stage, tally.characters, _plural(tally.edits, "edit") if tally.edits else "", ("stage", stage))
        for stage, tally in ((stage, stages[stage]) for stage in order)
    ]


def _codec_bars(report: Report) -> list[Bar]:
    order = sorted(report.codecs, key=lambda codec: (-report.codecs[codec], codec))
    return [Bar(codec, report.codecs[codec], "", ("codec", codec)) for codec in order]


def _rules(report: Report) -> str:
    bars = [_rule_bar(report, rule, place) for place, rule in enumerate(ranked_rules(report)) if rule in report.rules]
    if not bars:
        return ""
    most = bars[0].value
    shown = plot("Characters removed or rewritten, by rule", bars[:_RULES_SHOWN])
    rest = plot("", bars[_RULES_SHOWN:], most)
    if rest:
        count = len(bars) - _RULES_SHOWN
        rest = f"<details><summary>{_plural(count, 'more rule')}</summary>{rest}</details>"
    return f'<div class="card wide">{shown}{rest}</div>'


def _rule_bar(report: Report, rule: str, place: int) -> Bar:
    tally = report.rules[rule]
    where = _plural(tally.documents, "document")
    note = f"{_plural(tally.edits, 'edit')} in {where}" if tally.edits else where
    return Bar(rule, tally.characters, note, ("rule", rule), place % HUES)


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
