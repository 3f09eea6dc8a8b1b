"""A page: the lines of a text beside their shadows, and what each line looks like."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from cleaner.strip.guards import fenced, shaped
from cleaner.strip.memory import remembered
from cleaner.text.segments import lines
from cleaner.text.shadow import code_points
from cleaner.text.shadow import folded as folded_points

# A leading bullet of a list that a renderer wrote for <li>, in the shadow; numbers of ordered lists are not bullets.
_BULLET = re.compile(r"(?:(?:[·*+>❥■◆►▪-]|>>) +)*")
_BULLETS = frozenset("·*+>❥■◆►▪-")
_BLANK = " \ufeff\u200b"
_WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af]+")
_CLOSERS = "\"')]} "
_WORD = re.compile(r"[a-zà-öø-ÿ]{2,}")

# A wide-script line that ends with a full stop is a sentence from this length on; shorter ones are buttons
# ("删除该留言吗?") as often as they are answers.
_SENTENCE = 10
# Without a full stop only a long line with several commas counts: headlines of lists reach 45 characters.
_CLAUSES = 50
# English, German...: a sentence has at least so many words before its full stop.
_WORDS = 6
# So much of a line tells its script.
_SAMPLE = 200

# Text that is parted by the ends of its lines instead of by stops, as posts and verse are: so many lines in a row of at
# least this length, of which most hold two words that headlines do without. On 811 labelled pages 186 such lines were
# text and 31 were not, on four pages.
_UNSTOPPED, _CLAUSE, _MOST = 6, 12, 0.6
PARTICLES = "的了是在我你他她它们这那就都也还有不很着过和与吗呢吧啊又但却把被让给从向而且因所以及"
_PARTICLE = re.compile(f"[{PARTICLES}]")


class Line(NamedTuple):
    """One line of a page.

    Attributes:
        start: first code point of the line in the text.
        end: behind its terminator.
        content_end: before its terminator.
        shadow: the folded line without blanks at its ends and without bullets.
        whole: the same with its bullets.
        content: the folded line as it is, without its terminator.
    """

    start: int
    end: int
    content_end: int
    shadow: str
    whole: str
    content: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.shadow


@dataclass(frozen=True)
class Page:
    """A text, its shadow of the same length with every terminator as line feeds, and its lines."""

    text: str
    shadow: str
    lines: tuple[Line, ...]

    @cached_property
    def solid(self) -> list[int]:
        """The indices of the lines that are not blank, in order."""
        return [index for index, line in enumerate(self.lines) if line.shadow]

    @cached_property
    def filled(self) -> list[Line]:
        """The lines that are not blank."""
        return [line for line in self.lines if line.shadow]

    @cached_property
    def shadows(self) -> list[str]:
        """The lines that are not blank, folded."""
        return [line.shadow for line in self.filled]

    @cached_property
    def bullets(self) -> list[bool]:
        """Which of the lines that are not blank begin with a bullet."""
        return [line.whole is not line.shadow for line in self.filled]

    @cached_property
    def ranks(self) -> dict[int, int]:
        """The place of each line among those that are not blank."""
        return {line: rank for rank, line in enumerate(self.solid)}

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> int:
        """The index of the line in which a code point of the text stands."""
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def sentences(self) -> list[bool]:
        """Which lines read as running text."""
        found = [len(line.shadow) >= _SENTENCE and reads_as_sentence(line.shadow) for line in self.lines]
        for run in _unstopped(self, found):
            found[run[0] : run[-1] + 1] = [not line.blank for line in self.lines[run[0] : run[-1] + 1]]
        return found

    @cached_property
    def texts(self) -> list[bool]:
        """Which of the lines that are not blank read as running text."""
        return [self.sentences[at] for at in self.solid]

    @cached_property
    def fenced(self) -> frozenset[int]:
        """The lines of fenced code."""
        return fenced(self)

    @cached_property
    def shaped(self) -> frozenset[int]:
        """The lines that are content by their form."""
        return shaped(self)


def page_of(text: str) -> Page:
    r"""The page of a text.

    >>> [line.shadow for line in page_of("  • 首页\r\n\n登錄").lines]
    ['首页', '', '登录']
    """
    folded = folded_of(text)
    if "\r" in text:
        spans = [(span.start, span.end, span.content_end) for span in lines(text)]
        return Page(text, folded, tuple(_line(a, b, c, folded[a:c]) for a, b, c in spans))
    contents = folded.split("\n")
    ends = list(accumulate(len(content) + 1 for content in contents))
    wholes = [content.strip(_BLANK) for content in contents]
    content_ends = [end - 1 for end in ends]
    made = list(map(Line, (0, *ends), ends, content_ends, map(bare, wholes), wholes, contents))
    last = made.pop()
    if last.start < len(text):
        made.append(last._replace(end=len(text)))
    return Page(text, folded, tuple(made))


def folded_of(text: str) -> str:
    """The shadow of a text as rules see it: every terminator a line feed, and nothing that UTF-8 cannot say."""
    points = folded_points(code_points(text)).astype("<u4", copy=False)
    return points.tobytes().decode("utf-32-le", "replace").replace("\r", "\n")


def _line(start: int, end: int, content_end: int, content: str) -> Line:
    whole = content.strip(_BLANK)
    return Line(start, end, content_end, bare(whole), whole, content)


def blankless(content: str) -> str:
    """The content of a line without the blanks at its ends."""
    return content.strip(_BLANK)


def bare(whole: str) -> str:
    """A line without the bullets that it begins with; the same object when it has none."""
    if whole[:1] in _BULLETS and (bullet := _BULLET.match(whole)) and bullet.end():
        return whole[bullet.end() :]
    return whole


def _unstopped(page: Page, sentences: Sequence[bool]) -> Iterator[list[int]]:
    r"""The runs of lines, none of them a sentence, that are running text without stops.

    >>> verse = ["我在那里看见了你的影子", "你说过的话都还在我心里", "风把它们从窗外吹了过来"]
    >>> page_of("\n".join(f"{line}呀" for line in verse * 2)).sentences
    [True, True, True, True, True, True]
    """
    clause = [
        len(line.shadow) >= _CLAUSE and line.whole is line.shadow and not said
        for line, said in zip(page.lines, sentences, strict=True)
    ]
    if sum(clause) < _UNSTOPPED:
        return
    for long, group in groupby(page.solid, clause.__getitem__):
        run = list(group)
        if long and len(run) >= _UNSTOPPED:
            said = sum(len(_PARTICLE.findall(page.lines[at].shadow)) > 1 for at in run)
            if said >= _MOST * len(run):
                yield run


def wide(line: str) -> bool:
    """Whether a line is written in Chinese, Japanese or Korean.

    >>> wide("使用 Python 清洗文本"), wide("a 字 in a line")
    (True, False)
    """
    return not line if line.isascii() else sum(map(len, _WIDE.findall(line))) * 3 >= len(line)


@remembered
def reads_as_sentence(line: str) -> bool:
    """Whether a line of a shadow is running text, which only a rule of its own may take.

    >>> reads_as_sentence("五年来,坚定不移贯彻新发展理念.")
    True
    >>> reads_as_sentence("关于我们 | 广告服务 | 联系我们")
    False
    """
    core = line.rstrip(_CLOSERS)
    if len(core) < _SENTENCE or (len(core) < _CLAUSES and core[-1] not in ".!?:;"):  # too short for so many words, too
        return False
    sample = core[:_SAMPLE]
    if not wide(sample):
        words = len(_WORD.findall(sample))
        return words >= _WORDS and (core[-1] in ".!?:;" or words >= 3 * _WORDS)
    if core[-1] in ".!?;" and not core.endswith(".."):
        return True
    commas = core.count(",")
    return (core[-1] == ":" and commas > 0 and len(core) >= 2 * _SENTENCE) or (len(core) >= _CLAUSES and commas >= 2)
