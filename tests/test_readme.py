"""The README shows what the model answers and names files that exist."""

import json
import re

import pytest
from stand_ins import ROOT

from service.app import EXAMPLE_REPORT

README = (ROOT / "README.md").read_text("utf-8")


def block(language):
    """The first fenced block of a language."""
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)[1]


def tree():
    """The paths of the file tree, each below the folder that is less indented."""
    folder, found = ROOT, []
    for line in re.search(r"## Files\n\n```\n(.*?)```", README, re.DOTALL)[1].splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else ROOT / name
        found.append(folder / name if line.startswith(" ") else ROOT / name)
    return found


def contains(whole, part):
    """Whether `part` was cut out of `whole`: keys and list items may be missing from it, nothing may differ."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and contains(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(contains(one, item) for one in whole) for item in part)
    return whole == part


@pytest.mark.parametrize("line", [line for line in block("text").splitlines() if line != "…"])
def test_text_shown_is_the_example(line, example_text):
    assert line in example_text.splitlines()


@pytest.mark.parametrize(("key", "shown"), json.loads(block("json")).items())
def test_answer_shown_is_the_example(key, shown):
    assert contains(json.loads(EXAMPLE_REPORT.read_text("utf-8"))[key], shown)


@pytest.mark.parametrize("path", tree(), ids=lambda path: path.name)
def test_files_shown_exist(path):
    if path.name == "weights" and not path.exists():
        pytest.skip("model/weights is missing")
    assert path.exists()


def test_every_module_is_shown():
    modules = {path for package in ("model", "service", "training") for path in (ROOT / package).glob("*.py")}
    assert {path.name for path in modules} - {"__init__.py"} <= {path.name for path in tree()}
