"""Short, cut and mostly-ASCII text; floors of what the measurements in benchmarks/decode reach."""

import random

import pytest

from cleaner.decode import decode
from cleaner.decode.codec import codec
from tests.decode.helpers import pieces, share_exact, texts

HTML = '<html><head>{meta}<title>{one}</title></head><body class="main">words <p>{two}</p> and more</body></html>\n'


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("gb18030", "gb18030"), ("gb18030", "gbk"), ("big5", "big5"), ("utf-8", "utf-8"), ("gb18030", "hz"),
        ("gb18030", "utf-16"), ("gb18030", "utf-16-le"), ("gb18030", "utf-16-be"), ("big5", "utf-16-le"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [20, 50])
def test_short_text_is_right(name: str, python: str, size: int) -> None:
    known = codec("big5")
    found = [
        piece.encode(python, "ignore").decode(python) if python != "big5" else piece
        for piece in pieces(name, size, 120)
    ]
    cases = [(known.encode(piece) if python == "big5" else piece.encode(python), piece) for piece in found]
    assert share_exact(cases) >= 0.99


@pytest.mark.parametrize(
    ("name", "size", "floor"),
    [
        ("gb18030", 20, 0.97), ("big5", 20, 0.95), ("gb18030", 50, 0.99), ("big5", 50, 0.97),
        ("utf-8", 20, 0.99), ("utf-8", 50, 0.99),
    ],
)  # fmt: skip
def test_text_cut_inside_a_character_at_both_ends_keeps_its_whole_characters(
    name: str, size: int, floor: float
) -> None:
    hits = 0
    found = pieces(name, size, 100, seed=2)
    for piece in found:
        # Only hanzi at the ends: what is cut there must be a character of several bytes.
        whole = "".join(char for char in piece if char > "\u2e7f")
        data = codec(name).encode("的" + whole + "的")[1:-1]
        hits += whole in decode(data).text
    assert hits / len(found) >= floor


@pytest.mark.parametrize("declared", ["", "gb2312", "iso-8859-1", "utf-8", "big5"])
@pytest.mark.parametrize("name", ["gb18030", "big5"])
def test_a_page_with_a_few_hanzi_is_right_whatever_it_declares(name: str, declared: str) -> None:
    rng = random.Random(f"{name} {declared}")  # noqa: S311 - repeatable pages
    meta = f'<meta charset="{declared}">' if declared else ""
    cases: list[tuple[bytes, str]] = []
    while len(cases) < 60:
        text = "".join(char for char in rng.choice(texts(name)) if "\u4e00" <= char <= "\u9fff")
        start, size = rng.randrange(len(text) - 60), rng.randrange(3, 50)
        page = HTML.format(meta=meta, one=text[start : start + 2], two=text[start + 2 : start + size])
        data = codec(name).encode(page)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            cases.append((data, page))
    assert share_exact(cases) >= 0.98


def test_coloured_forum_text_is_text() -> None:
    text = "\x1b[1;31m【公告】\x1b[m 本版規則請大家遵守\r\n\x1b[32m▁▂▃▄▅▆▇█\x1b[m\r\n"
    assert decode(codec("big5").encode(text)).text == text


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "big5"])
def test_padding_with_nul_is_text_and_stays(name: str) -> None:
    data = codec(name).encode("我們今天去看電影。" * 3) + b"\0" * 512
    assert decode(data).text == "我們今天去看電影。" * 3 + "\0" * 512


def test_chinese_behind_the_first_megabyte_is_seen() -> None:
    text = "plain ascii line of a log\n" * 45_000 + "错误：连接数据库失败，请检查配置\n"
    decoded = decode(text.encode("gb18030"))
    assert (decoded.codec, decoded.text) == ("gb18030", text)


@pytest.mark.parametrize(
    ("text", "python", "name"),
    [
        ("本日は晴天なり。明日も晴れるでしょう。", "cp932", "shift_jis"),
        ("本日は晴天なり。明日も晴れるでしょう。", "euc_jp", "euc-jp"),
        ("안녕하세요. 오늘은 날씨가 매우 좋습니다.", "cp949", "euc-kr"),
        ("Сегодня очень хорошая погода, и мы пошли гулять в парк.", "cp1251", "windows-1251"),
        ("Сегодня очень хорошая погода, и мы пошли гулять в парк.", "koi8_r", "koi8-r"),
        ("Zażółć gęślą jaźń. Książka leży na stole obok okna.", "cp1250", "windows-1250"),
        ("Nie znaleziono żadnych wyników.", "iso8859-2", "iso-8859-2"),
        ("L'été dernier, nous avons visité un château près de la forêt.", "cp1252", "windows-1252"),
    ],
)
def test_other_languages_are_not_sacrificed(text: str, python: str, name: str) -> None:
    decoded = decode(text.encode(python))
    assert decoded.text == text
    if name.startswith(("shift", "euc")):
        assert decoded.codec == name


@pytest.mark.parametrize("name", ["windows-1251", "koi8-r", "ibm866"])
def test_cyrillic_in_capitals_throughout_is_text_in_its_own_codec(name: str) -> None:
    text = "ДОГОВОР КУПЛИ-ПРОДАЖИ ЗАКЛЮЧЁН МЕЖДУ СТОРОНАМИ. ПОКУПАТЕЛЬ ОБЯЗУЕТСЯ ОПЛАТИТЬ ТОВАР В ТЕЧЕНИЕ МЕСЯЦА.\n"
    decoded = decode(codec(name).encode(text * 3))
    assert (decoded.codec, decoded.text) == (name, text * 3)


def test_latin_in_capitals_throughout_is_text() -> None:
    text = "RÈGLEMENT INTÉRIEUR DE L'ÉTABLISSEMENT : LES ÉLÈVES SONT PRIÉS DE RESPECTER LES RÈGLES DE SÉCURITÉ.\n"
    assert decode(text.encode("latin-1")).text == text


@pytest.mark.parametrize("drawn", "─═━　—…·★！☆■□│※～。，")
@pytest.mark.parametrize("size", [20, 2000])
@pytest.mark.parametrize(("python", "title"), [("gb18030", "收支情况一览表"), ("big5hkscs", "收支情況一覽表")])
def test_drawn_lines_do_not_outvote_the_words_beside_them(drawn: str, size: int, python: str, title: str) -> None:
    text = f"{title}\n{drawn * size}\n" * 3
    data = text.encode(python, "ignore")
    assert decode(data).text == codec("gb18030" if python == "gb18030" else "big5").decode(data)
