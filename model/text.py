"""One alphabet for the model: every character of a text is replaced by one character, never by two or none.

`unicodedata.normalize("NFKC")` changes the length of 1,237 code points and reads `①12件` as `112件`;
the table here is 1:1, so an offset into the normalised text is an offset into the text as given.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

STOPS = "。!?;\n"  # end a sentence

_LINE = 20  # characters; shorter lines do not tell how wide a page is
_PAGE = 4, 0.3  # lines of about one width, and their share of all, that show that a page breaks its lines there
_SLACK = 4  # half characters by which they differ
_ENDED = re.compile(r"[:|\t0-9件条篇次期份]$")
_ANEW = re.compile(
    r"[\s|#*●•◆■○①-⑳-]|\(?[0-9一二三四五六七八九十]{1,3}[、.)是]|第[一二三四五六七八九十]|20[0-9]{2}年|\Z"
)

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u3164"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\ufe63"
_BARS = "\u2502\u2503\u00a6\u2551"
_CORNERS = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╭╮╰╯╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜"  # of drawn tables
_QUOTES = {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "﹝": "〔", "﹞": "〕"}
_CONTROLS = [chr(c) for c in [*range(32), *range(127, 160)] if chr(c) not in "\t\n"]


@cache
def _table() -> dict[int, str]:
    """Code point -> its one replacement: half width, simplified script, plain blanks and dashes."""
    table = {c: " " for c in map(ord, [*_BLANKS, *_CONTROLS])}
    table |= {ord(c): "-" for c in _DASHES} | {ord(c): "|" for c in _BARS}
    table |= {ord(c): "+" for c in _CORNERS} | {0x2550: "="}
    table |= {0x2028: "\n", 0x2029: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n"}
    table |= {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥", 0xFF61: "。"}
    table |= {ord(k): v for k, v in _QUOTES.items()}
    simplified = _traditional()
    return table | {c: simplified.get(ord(s), s) for c, s in _compatibility_ideographs().items()} | simplified


def _compatibility_ideographs() -> dict[int, str]:
    """Radicals and duplicates (⼀, 年 at U+F98E) that PDF text is full of -> the ordinary character."""
    blocks = [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]
    plain = {c: unicodedata.normalize("NFKC", chr(c)) for c in blocks}
    return {c: s for c, s in plain.items() if len(s) == 1 and s != chr(c)}


def _traditional() -> dict[int, str]:
    """Traditional -> simplified, one character each, the first of OpenCC's TSCharacters; 薴, by way of 苧, is 苎."""
    lines = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines)
    table = {ord(p[0]): p[1] for p in pairs if len(p) > 1 and len(p[0]) == 1 and len(p[1]) == 1}
    return {c: table.get(ord(s), s) for c, s in table.items()}


def normalise(text: str) -> str:
    """The text in the model's alphabet; `len(normalise(t)) == len(t)` for every t."""
    return text.translate(_table())


def sentences(text: str, stops: str = STOPS) -> list[tuple[int, int]]:
    """[start, end) of each sentence of a normalised text; they cover it. A sentence ends with one of `stops`, but not
    where the page breaks its line."""
    broken = _broken_lines(text)
    ends = [found.end() for found in re.finditer(f"[{stops}]+", text) if found[0] != "\n" or found.end() not in broken]
    edges = [0, *ends, *([len(text)] if not ends or ends[-1] < len(text) else [])]
    return list(pairwise(edges))


def _broken_lines(text: str) -> set[int]:
    """Where a line begins that goes on with the sentence of the line before: that one is as wide as the page, and
    neither does it end nor this one begin as a list, a heading or a paragraph does."""
    lines = text.split("\n")
    widths = [_width(line) if len(line) >= _LINE else 0 for line in lines]
    page = _page_width([width for width in widths if width])
    broken, start = set(), 0
    for line, after, width in zip(lines, lines[1:], widths, strict=False):
        start += len(line) + 1
        if page and abs(width - page) <= _SLACK and not _ENDED.search(line) and not _ANEW.match(after):
            broken.add(start)
    return broken


def _width(line: str) -> int:
    """Half characters: one for a Latin letter or digit, two for a Chinese character."""
    return (len(line) + len(line.encode("utf-8", "surrogatepass"))) // 2


def _page_width(widths: list[int]) -> int | None:
    """The width at which most lines end, None where they end anywhere."""
    if not widths:
        return None
    counts = Counter(widths)
    near = {width: sum(counts[width + by] for by in range(-_SLACK // 2, _SLACK // 2 + 1)) for width in counts}
    page = max(near, key=lambda width: (near[width], width))
    least, share = _PAGE
    return page if near[page] >= max(least, share * len(widths)) else None


def sentence_numbers(text: str, spans: Iterable[tuple], stops: str = STOPS) -> list[int]:
    """The number of the sentence in which each span begins; a span is a tuple whose first item is where."""
    ends = [end for _, end in sentences(text, stops)]
    return [bisect_right(ends, start) for start, *_ in spans]
