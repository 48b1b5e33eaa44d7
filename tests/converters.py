"""What the shipped weights read of pages that programs for general use turned into text.

    PYTHONPATH=. python tests/converters.py [--reports 8]

The reports are composed here, as pages with tables that are printed nearly in full; the programs are other people's,
and each lays a table out in a way of its own. Programs that are not installed are named and passed over. A PDF of a
page is made by WeasyPrint and needs a font with Chinese characters (Debian: fonts-wqy-microhei). A printed cell is
right, left open or wrong; nothing is trained on these texts.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated as Option

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from model.extract import extract
from model.report import cells_of, to_json
from model.tagger import Tagger
from training.synthesis.compose import compose
from training.synthesis.tables import figure

_FIRST_SEED, _LEAST = 30_000_000, 178  # cells of a page; fewer are a page without tables or with blank cells
_TABLE = re.compile(r"(<table.*?</table>)", re.DOTALL | re.IGNORECASE)
Cells = dict[str, float]


@dataclass(frozen=True)
class Page:
    """A composed report as a page, in a file of its own and in one of its PDF; `cells` are the printed ones."""

    html: str
    cells: Cells
    file: Path

    @property
    def pdf(self) -> Path:
        from weasyprint import HTML

        printed = self.file.with_suffix(".pdf")
        if not printed.exists():
            HTML(string=self.html).write_pdf(printed)
        return printed


def pages(folder: Path) -> Iterator[Page]:
    """Pages without end."""
    for seed in count(_FIRST_SEED):
        made = compose(seed, layout="html")
        printed = {pointer: figure(value) for pointer, value in made.report["cells"].items()}
        cells = {pointer: number(value) for pointer, value in printed.items() if value[-1].isdigit()}
        if len(cells) >= _LEAST:
            page = Page(_page(made.text), cells, folder / f"{seed}.html")
            page.file.write_text(page.html, "utf-8")
            yield page


def _page(text: str) -> str:
    style = "<style>table { border-collapse: collapse; font-size: 9pt } td { border: 1px solid }</style>"
    body = "".join(part if _TABLE.match(part) else _paragraphs(part) for part in _TABLE.split(text))
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{style}</head><body>{body}</body></html>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>\n" for line in re.split(r"<br>\s*", text) if line.strip())


def number(value: int | str) -> float:
    """A cell as a number, whatever separators it is printed with."""
    return float(re.sub(r"[,，. ](?=[0-9]{3}(?![0-9]))", "", str(value).translate(str.maketrans("－−", "--"))))


# The programs


def _soup(*given, **manner) -> Callable[[Page], str]:
    def read(page: Page) -> str:
        from bs4 import BeautifulSoup

        return BeautifulSoup(page.html, "html.parser").get_text(*given, **manner)

    return read


def _html2text(page: Page) -> str:
    import html2text

    return html2text.html2text(page.html, bodywidth=0)


def _markdownify(page: Page) -> str:
    from markdownify import markdownify

    return markdownify(page.html)


def _inscriptis(page: Page) -> str:
    from inscriptis import get_text

    return get_text(page.html)


def _trafilatura(page: Page) -> str:
    from trafilatura import extract as read

    return read(page.html, include_tables=True) or ""


def _pymupdf(page: Page) -> str:
    import pymupdf

    return "\n".join(sheet.get_text() for sheet in pymupdf.open(page.pdf))


def _pdfplumber(page: Page) -> str:
    import pdfplumber

    with pdfplumber.open(page.pdf) as document:
        return "\n".join(sheet.extract_text() for sheet in document.pages)


def _program(command: str, printed: bool = False) -> Callable[[Page], str]:
    """A program that prints the text of the file {}, the page's or its PDF's."""

    def read(page: Page) -> str:
        name, *given = command.format(page.pdf if printed else page.file).split()
        if not shutil.which(name):
            raise ImportError(f"{name} is not installed")
        return subprocess.run([name, *given], capture_output=True, check=True).stdout.decode("utf-8", "replace")

    return read


PROGRAMS: dict[str, Callable[[Page], str]] = {
    "Beautiful Soup, get_text()": _soup(),
    "Beautiful Soup, a line a text": _soup("\n", strip=True),
    "html2text": _html2text,
    "markdownify": _markdownify,
    "inscriptis": _inscriptis,
    "trafilatura": _trafilatura,
    "pandoc, GitHub Markdown": _program("pandoc -f html -t gfm-raw_html --wrap=none {}"),
    "w3m": _program("w3m -dump -cols 160 {}"),
    "lynx": _program("lynx -dump -nolist -width=160 -display_charset=utf-8 {}"),
    "links": _program("links -dump -width 160 -codepage utf-8 {}"),
    "pdftotext -layout": _program("pdftotext -layout {} -", printed=True),
    "pdftotext -raw": _program("pdftotext -raw {} -", printed=True),
    "pdftotext": _program("pdftotext {} -", printed=True),
    "PyMuPDF": _pymupdf,
    "pdfplumber": _pdfplumber,
}


def compared(text: str, expected: Cells, tagger: Tagger) -> Counter:
    """How many of the cells are read right, left open and read wrong, a cell that was not printed among the wrong."""
    read = {pointer: number(value) for pointer, value in cells_of(to_json(extract(text, tagger))).items()}
    wrong = sum(value != expected.get(pointer) for pointer, value in read.items())
    right = sum(read.get(pointer) == value for pointer, value in expected.items())
    exact = int(right == len(expected) and not wrong)
    return Counter(right=right, wrong=wrong, open=len(expected.keys() - read.keys()), exact=exact)


def main(reports: Option[int, typer.Option(help="How many pages.")] = 8) -> None:
    tagger = Tagger.load()
    table = Table("program", "right", "open", "wrong", "reports exact")
    with TemporaryDirectory() as folder:
        made = list(islice(pages(Path(folder)), reports))
        printed = sum(len(page.cells) for page in made)
        for name, read in track(PROGRAMS.items(), "Programs", console=Console(stderr=True)):
            try:
                found = sum((compared(read(page), page.cells, tagger) for page in made), Counter())
            except (ImportError, OSError) as missing:  # OSError: a library that a package loads
                table.add_row(name, f"[dim]{missing}")
                continue
            shares = (f"{found[what] / printed:.1%}" for what in ("right", "open"))
            table.add_row(name, *shares, str(found["wrong"]), f"{found['exact']}/{reports}")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
