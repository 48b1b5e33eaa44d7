"""Files → reports on disk: which files are read, and how an answer is written so that it is whole or not there."""

import json
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from model.errors import NianbaoError
from model.extract import extract
from model.report import to_json
from model.tagger import Reader
from service.encoding import recognise

SUFFIXES = (".txt", ".md", ".html")


class UnusableFolder(NianbaoError):
    """A folder or file that cannot be read as reports; nothing was written."""


def texts(folder: Path) -> list[Path]:
    """The texts that lie in a folder itself, by name. Two that would be written to one file are refused."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()]
    found.sort(key=lambda path: (path.stem, path.suffix))
    if not found:
        raise UnusableFolder(f"{folder} holds no {', '.join(SUFFIXES)} file; name a folder of report texts")
    for first, second in pairwise(found):
        if first.stem == second.stem:
            raise UnusableFolder(f"{first.name} and {second.name} would both become {first.stem}.json; rename one")
    return found


def read(path: Path, tagger: Reader) -> dict:
    """The report of one file in its JSON form."""
    if path.suffix.lower() not in SUFFIXES:
        raise UnusableFolder(f"only {', '.join(SUFFIXES)} files are read; save the report as one of them")
    return read_bytes(path.read_bytes(), tagger)


def read_bytes(data: bytes, tagger: Reader) -> dict:
    """The report in a file's bytes in its JSON form."""
    return to_json(extract(recognise(data), tagger))


def as_text(report: dict) -> str:
    """A report as it is printed and stored."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def write(report: dict, path: Path) -> None:
    """Writes to a temporary name first: an interrupted run leaves no half report behind."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(as_text(report), "utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def convert(paths: list[Path], output: Path, tagger: Reader) -> Iterator[tuple[Path, Exception | None]]:
    """Reads each file into `output`/<stem>.json and yields it with None, or with what went wrong; then goes on."""
    output.mkdir(parents=True, exist_ok=True)
    for path in paths:
        try:
            write(read(path, tagger), output / f"{path.stem}.json")
        except Exception as error:  # whatever breaks one file must not cost the others
            yield path, error
        else:
            yield path, None
