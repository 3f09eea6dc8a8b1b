"""Generated documents: mixed scripts, every newline, control characters, empty, tiny, one long line, broken bytes."""

from hypothesis import strategies as st

HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
KANA = st.characters(min_codepoint=0x3041, max_codepoint=0x30FA)
HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
CYRILLIC = st.characters(min_codepoint=0x410, max_codepoint=0x44F)
ASTRAL = st.sampled_from("😀𠀀𝒜🀄")
MARKS = st.sampled_from("，。！？、：；“”‘’（）《》…—·,.!?:;()\"'")
LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n \n"])
ODD = st.sampled_from("\x0c\u2028\u2029\u3000\xa0\u200b\t")
CONTROL = st.sampled_from("\x00\x01\x0b\x1c\x85\x07\x1b\x7f\x9f\ufeff\ufffe\ufffd")

CHROME = st.sampled_from(
    [
        "ad1 webp",
        "设为首页收藏本站",
        "查看: 806|回复: 0",
        "[复制链接]",
        "发表于 2023-2-3 21:00:09 | 显示全部楼层 |阅读模式",
        "本帖最后由 张三 于 2023-2-3 21:02 编辑",
        "返回列表",
        "Powered by Discuz! X3.4",
        "上一篇：没有了",
        "当前位置：首页 > 新闻中心 > 正文",
        "责任编辑：李四",
        "版权所有 京ICP备12345678号",
    ]
)

# A small number of sentences, so that documents repeat passages and each other.
SENTENCES = st.sampled_from(
    [
        "今年以来，全市上下坚持稳中求进工作总基调，经济运行总体平稳，社会大局保持稳定，人民生活持续改善。",
        "会议指出，要深入学习贯彻中央经济工作会议精神，把思想和行动统一到中央的决策部署上来，抓好各项工作落实。",
        "全年完成固定资产投资五十六亿元，同比增长百分之八，新开工项目一百二十个，竣工项目九十八个。",
        "他推开窗子，看见院子里的槐树已经落尽了叶子，风从山口吹来，带着雪的气味，远处有人在喊孩子回家。",
        "The committee met on Tuesday and agreed, after some debate, to publish the minutes in full.",
        "第一条 为了规范市场秩序，保护消费者合法权益，根据有关法律、行政法规，制定本办法。",
    ]
)

PIECES = st.one_of(HANZI, HANZI, HANZI, MARKS, LATIN, KANA, HANGUL, CYRILLIC, ASTRAL, NEWLINES, ODD)
LINES = st.one_of(SENTENCES, SENTENCES, CHROME, st.lists(PIECES, max_size=30).map("".join))


def clean_texts() -> st.SearchStrategy[str]:
    """Texts without control characters; lines of prose, chrome and noise."""
    joined = st.lists(st.tuples(LINES, NEWLINES), max_size=12).map(lambda pairs: "".join(a + b for a, b in pairs))
    long_line = st.tuples(SENTENCES, HANZI).map(lambda pair: ((pair[0] + pair[1]) * 120)[:5000])
    return st.one_of(joined, joined, joined, st.just(""), PIECES, long_line)


def texts() -> st.SearchStrategy[str]:
    """Texts of every kind, control characters, byte order marks and replacement characters among them."""
    dirty = st.lists(st.one_of(LINES, CONTROL, NEWLINES), max_size=16).map("".join)
    return st.one_of(clean_texts(), dirty)


_CODECS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "shift_jis", "euc-kr", "koi8-r")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of a file: a text in some codec, now and then with bytes broken, cut off or thrown in."""
    data = draw(texts()).encode(draw(st.sampled_from(_CODECS)), "ignore")
    for at, byte in draw(st.lists(st.tuples(st.integers(0, max(len(data), 1)), st.binary(max_size=2)), max_size=2)):
        data = data[:at] + byte + data[at + draw(st.integers(0, 2)) :]
    return data


def corpora() -> st.SearchStrategy[dict[str, bytes]]:
    """Files by id, some in folders, some alike."""
    ids = st.sampled_from(["a.txt", "b.txt", "c.md", "sub/a.txt", "sub/d.log", "e", "中文/名.txt"])
    return st.dictionaries(ids, files(), max_size=6)
