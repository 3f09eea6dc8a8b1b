"""The memory of lines keeps its bounds."""

from cleaner.strip.memory import MOST, SHORT, remember


def test_a_line_longer_than_the_bound_is_not_remembered() -> None:
    known: dict[str, int] = {}
    remember(known, {"a" * SHORT: 1, "a" * (SHORT + 1): 2})
    assert known == {"a" * SHORT: 1}


def test_what_is_too_much_pushes_out_all_before_it() -> None:
    known = {str(number): number for number in range(MOST)}
    remember(known, {"0": 7})
    assert known == {"0": 7}


def test_one_page_of_very_many_lines_does_not_pass_the_bound() -> None:
    known: dict[str, int] = {"old": 0}
    remember(known, {str(number): number for number in range(MOST + 5)})
    assert len(known) == MOST
    assert "old" not in known
