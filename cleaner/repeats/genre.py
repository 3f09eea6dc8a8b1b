"""Kinds of text that repeat themselves on purpose: verse, tables, forms, code."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from cleaner.repeats.stream import LINK
from cleaner.text.segments import lines, sentences

# A line of verse, of a list or of a form is shorter; a paragraph of prose is seldom.
_SHORT_LINE = 34
# So many sentences, each on a line of its own, of which the longest has so many times the length of the shortest.
_SENTENCES = 4
_UNEVEN = 2
# So many clauses of one length are verse; the longest measures in use have seven or eight characters.
_VERSES = 4
_ENDED = 0.9  # of a passage stands in lines that end a sentence
_TOLD = 22  # characters of a line, to which those of songs that end in stops do not come
_EVEN = 0.6  # of the clauses of verse have one length
# A text of one sentence a line has so many lines, of which one in ten is longer than a line of verse or of a song.
_LINES = 20
_LONG = 24
_LONGEST = 9
_SAMPLE = 400  # lines of a text that are looked at
_ITEM = re.compile(r"[-*•·●○◆◇■□▪]|\d{1,3}[.)、]")
_CLAUSES = re.compile(r"[^\w]+")
# From here on a line is prose even without a mark at its end.
_LONG_LINE = 100
# What a letter says, in ideographs: parallel English and Chinese texts stand at 2.5 to 3 letters for one.
_LETTER = 0.4
_END = re.compile(r"[。！？!?…；;.．][”’」』）)\"'\]]*\s*\Z")
_STOP = re.compile(r"[。！？…][”’」』）]*\Z")
# What is said, on a line of its own: in Japanese with no stop before the mark.
_SAID = re.compile(r"[「『“][^「『“]*[」』”]\Z")
_ROW = re.compile(r"\t.*\S|\|.*\||\S {2,}\S.* {2,}\S|[^\s。！？”」』]\u3000+\S.*[^\s。！？”」』]\u3000+\S")
# A box alone behind an ideograph stands for a character that is lost.
_FORM = re.compile(r"_{3,}|＿{2,}|(?<![\u3400-\u9fff])[□☐☑✓]|[□☐☑✓].*[□☐☑✓]|[：:]\s*[_＿—-]{2,}")
_CODE = re.compile(r"[{}\[\]()<>=;+*/\\_|&%$#@~^`]")
# A line of code with fewer of them: a call, an assignment, the head of a block; ideographs stand in its strings alone.
_STATEMENT = re.compile(
    r"[{}]\Z|^\w[\w.]*\(.*\)\Z|^\w[\w.]* ?[:=]+ .*[,({\[]\Z|(?:=|\w\(|\w\.\w).*;\Z|^\S+(?: \S+)?;\Z"
)
_ENDS = tuple(";{}),([")
_IDEOGRAPH = re.compile(r"[\u2e80-\uffff]")
_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a|font|ruby|rt|rp|u|s|del|ins|sub|sup|small|kbd)\b[^<>]*>")
_GOES_ON = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff]|[,;:)\]’”，、；：。！？）」』]|[.!?](?:\s|\Z)")
_LINKED = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])")  # [words](address), [words][number]
_INLINE = re.compile(r"`[^`]+`|\$[^$]+\$")
_OFFICE = re.compile("主席|总理|常委|委员|书记|部长|主任|[省市县区乡镇局厅院所校会]长|秘书长|司令|大使")
_ATTENDING = re.compile("陪同|随同|出席|列席|参加|同行|在座")
_OFFICES, _PER_OFFICE = 4, 12  # characters to each
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-zA-Z\u00c0-\u10ff]+")
# Marks of code per character, above which a line is no prose: markdown and chemistry stay well below.
_CODE_SHARE = 0.12
_DIGIT_SHARE = 0.25
_PROSE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text a passage is: how many of its characters stand where.

    Attributes:
        size: all of them.
        prose: in sentences that end in a mark.
        rows: in rows of tables and forms.
        code: in lines of code.
        plain: in sentences, those included that stand on a short line each as verse does, but of very unequal length.
        ended: in lines that end a sentence.
        shortest: those of the shortest of these lines.
        longest: those of the longest line.
    """

    size: int
    prose: int
    rows: int
    code: int
    plain: int
    ended: int
    shortest: int
    longest: int

    @property
    def sentences(self) -> bool:
        """Whether it may be prose of one sentence a line."""
        return self.plain >= _PROSE_SHARE * self.size

    @property
    def song(self) -> bool:
        """Whether none of its lines is longer than one of a song."""
        return self.longest <= _LONG

    @property
    def closed(self) -> bool:
        """Whether nearly all of it stands in lines that end a sentence."""
        return self.ended >= _ENDED * self.size

    @property
    def told(self) -> bool:
        """Whether each of its lines is a sentence, too long for one of a song."""
        return self.closed and self.shortest >= _TOLD

    def guarded(self, least: int) -> str:
        """The kind that stays, in a word; empty for what holds prose, `least` characters of it or mostly prose."""
        if 2 * self.code > self.size:
            return "code"
        if 2 * self.rows > self.size:
            return "table"
        return "" if self.prose >= min(least, _PROSE_SHARE * self.size) else "verse"


def in_sentences(text: str) -> bool:
    """Whether a text is prose of one sentence a line, as chronicles and their translations are set."""
    sizes, ended = [], 0
    for line in islice(lines(text), _SAMPLE):
        if content := line.content(text).strip():
            sizes.append(len(content))
            ended += _STOP.search(content) is not None
    return len(sizes) >= _LINES and ended >= _EVEN * len(sizes) and sorted(sizes)[-len(sizes) // 10] > _LONG


def is_roll(text: str) -> bool:
    """Whether a sentence is little but who was there, by their offices: reports of two journeys tell it alike.

    >>> is_roll("县委常委、宣传部部长、团县委书记和妇联主席陪同考察。"), is_roll("校长和老师陪同考察。")
    (True, False)
    """
    text = _shown(text).strip()
    offices = len(_OFFICE.findall(text))
    if offices < _OFFICES or offices * _PER_OFFICE < len(text) or not _ATTENDING.search(text):
        return False
    return sum(1 for _ in islice(sentences(text), 2)) == 1


def is_even(text: str) -> bool:
    r"""Whether most clauses of a passage have one length and none is long, as in verse.

    >>> is_even("床前明月光，\n疑是地上霜。"), is_even("城久圮，可大与副使蔡献臣筑之，两月工竣。")
    (True, False)
    """
    lengths = Counter(len(clause) for clause in _CLAUSES.split(text) if clause)
    return max(lengths.values(), default=0) >= _EVEN * lengths.total() and max(lengths, default=0) <= _LONGEST


def genre(text: str) -> Genre:
    r"""The kind of whole lines.

    >>> genre("床前明月光，\n疑是地上霜。").guarded(40)
    'verse'
    """
    size = prose = rows = code = told = plain = longest = 0
    short: list[int] = []
    for content in map(_shown, _unbroken(text)):
        size, longest = size + len(content), max(longest, len(content))
        if _is_row(content):
            rows += len(content)
        elif _is_code(content):
            code += len(content)
        elif said := _prose(content):
            prose += said
        elif _SAID.match(content):
            told += len(content)
        elif content and _END.search(content) and not _ITEM.match(content):
            plain += len(content) if _is_uneven(content) else 0
            short.append(len(content))
    plain = prose + told + (sum(short) if _uneven(short) else plain)
    return Genre(size, prose, rows, code, plain, prose + told + sum(short), min(short, default=0), longest)


def _shown(line: str) -> str:
    """The line without its addresses, tags, code, formulae and marks of emphasis."""
    if "](" in line or "][" in line:
        line = _LINKED.sub(r"\1", line)
    if "://" in line:
        line = LINK.sub("", line)
    if "`" in line or "$" in line:
        line = _INLINE.sub("x", line)
    if "**" in line:
        line = line.replace("**", "")
    return _TAG.sub("", line) if "<" in line else line


def _unbroken(text: str) -> Iterator[str]:
    """The lines of a text; those that go on with a small letter or a mark, as where links were taken out, are one."""
    held: list[str] = []
    for line in lines(text):
        content = line.content(text).strip()
        if held and held[-1] and _GOES_ON.match(content) and not _is_code(held[-1]):
            held.append(content)
            continue
        yield " ".join(held)
        held = [content]
    yield " ".join(held)


def _uneven(lengths: list[int]) -> bool:
    """Whether lines that each end a sentence are prose of one sentence a line: no two of a verse differ so much."""
    return len(lengths) >= _SENTENCES and max(lengths) >= _UNEVEN * min(lengths)


def _prose(line: str) -> int:
    if _weight(line) < _SHORT_LINE:
        return 0
    if _is_verse(line):
        return 0
    if _END.search(line):
        return len(line)
    several = sum(1 for _ in islice(sentences(line), 2)) > 1
    if _ITEM.match(line):  # a title may hold a mark
        return len(line) if several and _weight(line) > 2 * _SHORT_LINE else 0
    return len(line) if several or _weight(line) > _LONG_LINE else 0


def _is_verse(line: str) -> bool:
    """Whether the line's clauses are of one length, as in a poem written as a paragraph."""
    lengths = Counter(len(clause) for clause in _CLAUSES.split(line) if clause)
    return lengths.total() >= _VERSES and max(lengths.values()) >= 0.8 * lengths.total() and max(lengths) <= _LONGEST


def _is_uneven(line: str) -> bool:
    """Whether the line is a sentence of ideographs whose clauses differ in length as those of prose do."""
    if not _STOP.search(line):
        return False
    lengths = [len(clause) for clause in _CLAUSES.split(line) if clause]
    return len(lengths) > 1 and max(lengths) >= _UNEVEN * min(lengths)


def _weight(line: str) -> float:
    """The length in ideographs that would say as much."""
    letters = sum(map(len, _LETTERS.findall(line)))
    return len(line) * _LETTER if 2 * letters > len(line) else len(line)


def _is_code(line: str) -> bool:
    if len(_CODE.findall(line)) > _CODE_SHARE * len(line):
        return 2 * len(_IDEOGRAPH.sub("", line)) >= len(line)  # else they are brackets in a sentence
    return line.endswith(_ENDS) and _STATEMENT.search(line) is not None and not _IDEOGRAPH.search(line)


def _is_row(line: str) -> bool:
    digits = len(_DIGIT.findall(line))
    if _ROW.search(line) or _FORM.search(line):
        return True
    return digits > _DIGIT_SHARE * max(len(line), 1) and not _STOP.search(line)
