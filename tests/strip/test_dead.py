"""What can never match is told, and what can is not."""

import pytest

from cleaner.strip.dead import dead_facts, dead_parts
from cleaner.strip.entry import Entry
from cleaner.strip.pack import built_in, load
from tests.strip.pages import pack


@pytest.mark.parametrize(
    ("pattern", "dead"),
    [
        ("首页|登Ａ", ["登Ａ"]),  # full width
        ("首頁", ["首頁"]),  # traditional
        ("首页|Home", ["Home"]),
        ("共[0-9]+页\u3000", ["共[0-9]+页\u3000"]),
        (r"a\xa0b|c", [r"a\xa0b"]),
        (r"\x{ff1a}", [r"\x{ff1a}"]),
        (r"[：Ａ]x", ["[：Ａ]x"]),
        ("(?:首頁|登錄)", ["(?:首頁|登錄)"]),
        ("(?:首頁|登录)", ["首頁"]),
        ("登录(?: 首頁)?", [" 首頁"]),  # what may be absent, and always is
        (" 首页", [" 首页"]),  # a line has no blank at its ends
        ("首页 +", ["首页 +"]),
        ("a$b", ["a$b"]),
        ("a^b", ["a^b"]),
        ("a\nb", ["a\nb"]),
        (r"\p{Lu}x", [r"\p{Lu}x"]),
    ],
)
def test_a_dead_part_of_a_pattern_is_told(pattern: str, dead: list[str]) -> None:
    assert list(dead_parts(pattern, whole=True)) == dead


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "首页",
            "首页|登录",
            " *首页 *",
            " ?首页",
            "^首页$",
            "(?:^| )首页",
            "(?:首页|$)",
            r"\[[^\]]{1,9}\]",
            r"\x{200b}*x",
        ),
        *(
            r"[A-Za-z]x",
            "[Ａa]",
            "[|)(]+",
            r"\(a\|b\)",
            "(?P<cut>a)b",
            r"\p{Han}{2,}",
            "[^Ａ]",
            r"[ \x{200b}]+x",
            "",
            "a?",
        ),
    ],
)
def test_a_part_that_may_match_is_not_told(pattern: str) -> None:
    assert list(dead_parts(pattern, whole=True)) == []


def test_a_search_in_a_line_may_begin_with_a_blank() -> None:
    assert list(dead_parts(" 首页 ", whole=False)) == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('kind = "line"\nliterals = ["+ 关注"]', "begins with a bullet"),
        ('kind = "line"\nliterals = ["共 12 页"]\nmasked = true', "not masked"),
        ('kind = "line"\nstrength = "weak"\nliterals = ["确定要删除这条评论吗?真的吗?"]', "reads as running text"),
        ('kind = "line"\nliterals = ["a", "b"]\nleast = 3', "more different literals"),
        ('kind = "block"\ngrammar = "profile"\nlabels = ["积分", "主题"]', "more different literals"),
        ('kind = "block"\ngrammar = "heading"\nfirst = "相关新闻"\nmost = 1', "more items"),
        ('kind = "block"\ngrammar = "span"\nfirst = "a"\nlast = "b"\nmost = 0', "ends where it begins"),
        ('kind = "block"\ngrammar = "cycle"\nlines = ["a??", "b??"]', "every line may be absent"),
        ('kind = "block"\ngrammar = "cycle"\nlines = ["a", "登錄Ａ"]', "can never match"),
        ('kind = "line"\npattern = "a"\nunless = "a$b"', "can never match"),
    ],
)
def test_what_keeps_an_entry_from_matching_is_told(entry: str, told: str) -> None:
    (made,) = _entries(entry)
    assert any(told in what for what, _ in dead_facts(made))


@pytest.mark.parametrize(
    "entry",
    [
        'kind = "line"\nliterals = ["关注", "·"]',
        'kind = "line"\nliterals = ["共 0 页"]\nmasked = true',
        'kind = "line"\nliterals = ["确定要删除这条评论吗?真的吗?"]',
        'kind = "line"\nliterals = ["a", "b"]\nleast = 2',
        'kind = "inline"\nliterals = ["+ 关注"]',
        'kind = "block"\ngrammar = "heading"\nfirst = "相关新闻"',
        'kind = "block"\ngrammar = "cycle"\nlines = ["a??", "b"]',
        'kind = "block"\ngrammar = "vocabulary"\nlabels = ["a", "b", "c"]',
    ],
)
def test_a_sound_entry_is_not_told(entry: str) -> None:
    (made,) = _entries(entry)
    assert list(dead_facts(made)) == []


def _entries(entry: str) -> tuple[Entry, ...]:
    return load(pack(f'id = "x"\n{entry}'), trusted=True).entries


def test_no_alternative_of_a_built_in_pattern_that_an_example_shows_is_told() -> None:
    told = {(entry.name, what) for one in built_in() for entry in one.entries for what, _ in dead_facts(entry)}
    assert told == set()
