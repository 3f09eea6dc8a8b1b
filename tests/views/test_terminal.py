"""Tables for the terminal: what stands in them, and in which order."""

from rich.console import Console

from cleaner.core.report import Report, Tally
from cleaner.views.terminal import summary, totals


def printed(report: Report) -> str:
    console = Console(width=120, color_system=None)
    with console.capture() as capture:
        console.print(summary(report), totals(report))
    return capture.get()


def test_the_summary_follows_the_stages_and_counts_per_rule() -> None:
    rules = {"strip/ads/x": Tally(2, 3, 45), "repeats/passage": Tally(1, 1, 1000), "decode/recode": Tally(4)}
    shown = printed(Report(documents=5, kept=4, rejected=1, rules=rules, characters=9000, removed=1045))
    assert shown.index("recode") < shown.index("ads/x") < shown.index("passage")
    assert "1,000" in shown
    assert "5 documents, 4 kept, 1 duplicates, 1 rejected, 1,045 of 9,000 characters removed or rewritten" in shown
