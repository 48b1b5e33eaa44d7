"""The view: what the model reads of a posted text, each character knowing where in the posted text it came from.

Plain text passes through `normalise` one to one, but for references and escapes, each one character; the carriage
return of a CRLF, zero-width characters and the excess of long blank runs and drawn lines are left out. Markup is turned
into text: every innermost table cell ends in `|`, every row and paragraph in a newline. In a cell blanks part the
paragraphs, unless it holds a table: such cells lay out a page.
"""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import compress

import numpy as np

from model.spans import Span
from model.text import normalise

_NOTHING = "\u200b"  # keeps a place that is left out
_DROPPED = [ord(c) for c in _NOTHING + "\ufeff\u200c\u200d\u200e\u200f\u2060\u00ad\u202a\u202b\u202c\u202d\u202e"]
_MARKUP = ("<table", "<td", "<p", "<div", "<br", "<html", "<span")
_BLOCKS = set("p div br tr table li ul h1 h2 h3 h4 h5 h6 section article title".split())
_CELLS, _SILENT = {"td", "th"}, {"script", "style"}
_COMMENT, _DECLARATION = re.compile("<!--.*?-->", re.DOTALL), re.compile(r"<!\[[^>]*>")
_REFERENCE = re.compile("&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": _NOTHING, "&#13;": _NOTHING, "&#xD;": _NOTHING}
_BROKEN = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")  # where a page broke what is printed
_WRITTEN = re.compile(_REFERENCE.pattern + r"|\\[nrt]")
_LONGEST_REFERENCE = 40  # characters; the longest name of a character has 33
MOST_BLANKS, _MOST_BREAKS = 2, 64  # in a row; a run of breaks is blank cells in some layouts
_RULES, _LONGEST_RULE = [ord("-"), ord("=")], 3  # what tables are drawn with


@dataclass(frozen=True)
class View:
    """`text[i]` was read from `posted[starts[i]:ends[i]]`; starts and ends are int arrays of shape (len(text),)."""

    text: str
    starts: np.ndarray
    ends: np.ndarray

    def posted(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the posted text of the view's characters [start, end); start < end."""
        return int(self.starts[start]), int(self.ends[end - 1])

    def printed(self, posted: str, start: int, end: int) -> str:
        """The characters [start, end) as posted, trimmed, not normalised, on one line; of markup or a reference what it
        means."""
        if start == end:
            return ""
        whole = posted[self.starts[start] : self.ends[end - 1]]
        if normalise(whole) == self.text[start:end]:  # nearly always: nothing between them was left out or meant
            return _on_one_line(whole)
        places = zip(self.starts[start:end].tolist(), self.ends[start:end].tolist(), strict=True)
        pairs = zip((posted[at:to] for at, to in places), self.text[start:end], strict=True)
        return _on_one_line("".join(own if normalise(own) == seen else seen for own, seen in pairs))

    def locate(self, spans: list[Span]) -> list[Span]:
        """Spans of the posted text, moved to the view; those with nothing left of them are dropped."""
        moved = []
        for span in spans:
            start = int(np.searchsorted(self.ends, span.start, side="right"))
            end = int(np.searchsorted(self.starts, span.end, side="left"))
            if start < end:
                moved.append(span._replace(start=start, end=end))
        return moved


def _on_one_line(printed: str) -> str:
    """Without the line breaks of a page, which stand beside a Chinese character; two numbers remain two."""
    return _BROKEN.sub("", printed.strip())


def view(posted: str) -> View:
    """The view of a posted text; len(text) <= len(posted) for plain text."""
    markup = _is_markup(posted)
    text, starts, ends = _markup(posted) if markup else _plain(posted)
    codes = np.frombuffer(normalise(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kept = _kept(codes, most_breaks=1 if markup else _MOST_BREAKS)
    return View(codes[kept].tobytes().decode("utf-32-le", "surrogatepass"), starts[kept], ends[kept])


def _is_markup(posted: str) -> bool:
    return "</" in posted and any(tag in posted.lower() for tag in _MARKUP)


def _plain(posted: str) -> tuple[str, np.ndarray, np.ndarray]:
    """References (`&nbsp;`) are left where only the tags were taken out of a page, escapes (`\\n`) where a page on one
    line was taken out of JSON: each is read as the character it means."""
    text, starts = posted.replace("\r\n", _NOTHING + "\n"), np.arange(len(posted))
    written = list((_REFERENCE if "\n" in text.strip() else _WRITTEN).finditer(text))
    if not written:
        return text, starts, starts + 1
    characters, ends, kept = list(text), starts + 1, np.ones(len(text), dtype=bool)
    for found in written:
        meant = _ESCAPES.get(found[0]) or unescape(found[0])
        if len(meant) == 1:
            characters[found.start()], ends[found.start()] = meant, found.end()
            kept[found.start() + 1 : found.end()] = False
    return "".join(compress(characters, kept)), starts[kept], ends[kept]


def _kept(codes: np.ndarray, most_breaks: int) -> np.ndarray:
    """Indices of the code points that stay: no zero-width ones, no third blank in a row, no break too many, of a drawn
    line its beginning."""
    shown = np.flatnonzero(~np.isin(codes, _DROPPED))
    codes = codes[shown]
    blank, line = codes == ord(" "), codes == ord("\n")
    lines = np.cumsum(line)
    breaks = lines - np.maximum.accumulate(np.where(blank | line, 0, lines))
    drawn = _in_a_row(np.isin(codes, _RULES))
    return shown[(_in_a_row(blank) <= MOST_BLANKS) & (breaks <= most_breaks) & (drawn <= _LONGEST_RULE)]


def _in_a_row(marked: np.ndarray) -> np.ndarray:
    """How many marked places in a row end at each, 0 where a place is not marked."""
    numbers = np.arange(len(marked))
    return numbers - np.maximum.accumulate(np.where(marked, -1, numbers))


class _Reader(HTMLParser):
    """Collects the readable characters of a marked-up text with their places; malformed markup is read as it comes."""

    def __init__(self, posted: str):
        super().__init__(convert_charrefs=False)
        self.posted, self.characters, self.starts, self.ends = posted, [], [], []
        self.silent = 0
        self.cell: str | None = None  # what will end the open cell: `|`, or a newline where it holds a table
        self.around: list[str | None] = []  # the same of the cell around each open table
        self.breaks: list[int] = []  # where in `characters` the open cell has breaks, as long as it holds no table
        self.lines = np.concatenate([[0], np.flatnonzero(np.array(list(posted)) == "\n") + 1]).tolist()
        text = _tags(posted)
        end = text.rfind(">") + 1  # behind it no tag can close, and the parser would look for the end of each anew
        self.feed(text[:end])
        self.close()
        if not self.silent:
            self.plain(text[end:], end)

    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def write(self, text: str, start: int, end: int) -> None:
        self.characters.append(text)
        self.starts += [start] * len(text)
        self.ends += [end] * len(text)

    def mark(self, text: str) -> None:
        """A structural character that stands for a tag. It covers no posted character but the tag's first."""
        start = self.place()
        self.write(text, start, min(start + 1, len(self.posted)))

    def handle_starttag(self, tag, attrs):
        self.silent += tag in _SILENT
        if tag == "table":
            self.open_table()
        elif self.cell and (tag == "tr" or tag in _CELLS):
            self.cut_cell()
        if tag in _CELLS:
            self.cell = "|"
        if tag in _BLOCKS:
            self.part(" ")

    def handle_endtag(self, tag):
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _CELLS:
            self.close_cell()
        elif self.cell and tag in ("tr", "table"):
            self.cut_cell()
        if tag == "table":
            self.cell = self.around.pop() if self.around else None
        if tag in _BLOCKS:
            self.part(_NOTHING)

    def open_table(self) -> None:
        """The breaks of the cell around it become newlines."""
        for at in self.breaks:
            self.characters[at] = "\n"
        self.around.append("\n" if self.cell else None)
        self.cell, self.breaks = None, []

    def cut_cell(self) -> None:
        """Closes a cell that has no closing tag; the line break before the tag that ends it is not printed in it."""
        last = self.characters.pop() if self.characters else ""
        self.characters.append(last.rstrip(" \t"))
        kept = len(self.starts) - len(last) + len(self.characters[-1])
        del self.starts[kept:], self.ends[kept:]
        self.close_cell()

    def close_cell(self) -> None:
        self.mark(self.cell or "|")
        self.cell, self.breaks = None, []

    def part(self, inside: str) -> None:
        """A break: a newline, but `inside` in a cell as long as that holds no table."""
        if self.cell == "|":
            self.breaks.append(len(self.characters))
            self.mark(inside)
        else:
            self.mark("\n")

    def handle_data(self, data):
        if self.silent:
            return
        self.plain(data, self.place())

    def plain(self, data: str, start: int) -> None:
        self.characters.append(_flat(data))
        self.starts += range(start, start + len(data))
        self.ends += range(start + 1, start + len(data) + 1)

    def handle_entityref(self, name):
        self.reference(f"&{name}")

    def handle_charref(self, name):
        self.reference(f"&#{name}")

    def reference(self, printed: str):
        """A reference as its character; what it is not part of, as in `&nbsp12` or `&unknown;`, as printed."""
        if self.silent:
            return
        start = self.place()
        printed += ";" * self.posted.startswith(printed + ";", start)
        meant = _flat(unescape(printed)) if len(printed) <= _LONGEST_REFERENCE else printed
        if len(meant) > 1 and not printed.endswith(meant[1:]):
            meant = printed
        end = start + len(printed) - len(meant[1:])
        self.write(meant[:1], start, end)
        self.plain(meant[1:], end)


def _flat(text: str) -> str:
    """A line break in markup is a blank."""
    return text.replace("\r", " ").replace("\n", " ")


def _tags(posted: str) -> str:
    """The markup, as long as it is, blank for comments and declarations. A comment without end begins nothing: for each
    such the parser would search all that follows."""
    end = posted.rfind("-->") + 3 if "-->" in posted else 0
    text = _COMMENT.sub(_blank, posted[:end]) + posted[end:].replace("<!--", "    ")
    end = text.rfind(">") + 1
    return _DECLARATION.sub(_blank, text[:end]) + text[end:]


def _blank(match: re.Match) -> str:
    return re.sub("[^\n]", " ", match[0])


def _markup(posted: str) -> tuple[str, np.ndarray, np.ndarray]:
    reader = _Reader(posted)
    return "".join(reader.characters), np.array(reader.starts, dtype=np.int64), np.array(reader.ends, dtype=np.int64)
