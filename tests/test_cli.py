"""The command line: files in, files out, and what happens when a file is broken."""

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from stand_ins import ROOT, BrokenTagger, SilentTagger
from typer.testing import CliRunner

import nianbao
from service.encoding import UnreadableText, recognise
from service.schema import report_schema

TEXT = "青禾县水务局2023年政府信息公开工作年度报告\r\n公开信息12条。\n"
VERBS = {
    "extract", "serve", "schema", "synthesize", "pretrain", "train", "export", "recipe", "ablate", "sizes", "bench",
    "linear", "evaluate",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _without_weights(monkeypatch):
    monkeypatch.setattr(nianbao, "_tagger", lambda weights: SilentTagger())


def run(*arguments, stdin=None):
    return CliRunner().invoke(nianbao.app, [str(argument) for argument in arguments], input=stdin)


def folder_of(path, files):
    path.mkdir()
    for name, content in files.items():
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_verbs():
    assert {command.name or command.callback.__name__ for command in nianbao.app.registered_commands} == VERBS


def test_schema_is_what_the_service_publishes():
    assert json.loads(run("schema").stdout) == report_schema()


def test_file_is_read_to_standard_output(tmp_path):
    folder = folder_of(tmp_path / "in", {"a.txt": TEXT})
    done = run("extract", folder / "a.txt")
    assert done.exit_code == 0
    Draft202012Validator(report_schema()).validate(json.loads(done.stdout))


def test_standard_input_is_read(tmp_path):
    done = run("extract", "-", "--output", tmp_path / "a.json", stdin=TEXT.encode())
    assert (done.exit_code, names(tmp_path)) == (0, ["a.json"])


def test_folder_becomes_one_report_a_text(tmp_path):
    files = {"a.txt": TEXT, "b.md": TEXT, "c.2023.HTML": f"<p>{TEXT}</p>", "notes.json": "{}", "d.pdf": b"%PDF"}
    done = run("extract", folder_of(tmp_path / "in", files), "--output", tmp_path / "out" / "deep")
    assert done.exit_code == 0
    assert names(tmp_path / "out" / "deep") == ["a.json", "b.json", "c.2023.json"]
    assert done.stdout == ""
    assert "3 of 3" in done.stderr


def test_failure_is_named_and_costs_no_other_file(tmp_path):
    files = {"a.txt": TEXT, "broken.txt": b"\x00\xff", "empty.txt": " \n", "z.txt": TEXT}
    done = run("extract", folder_of(tmp_path / "in", files), "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert names(tmp_path / "out") == ["a.json", "z.json"]
    assert "broken.txt" in done.stderr
    assert "empty.txt" in done.stderr


def test_unforeseen_failure_of_one_file_costs_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(nianbao, "_tagger", lambda weights: BrokenTagger("水务"))
    folder = folder_of(tmp_path / "in", {"a.txt": TEXT, "b.txt": "2023年"})
    done = run("extract", folder, "--output", tmp_path / "out")
    assert (done.exit_code, names(tmp_path / "out")) == (1, ["b.json"])
    assert "a.txt: RuntimeError" in done.stderr
    assert "a.txt: RuntimeError" in run("extract", folder / "a.txt").stderr


def test_two_texts_of_one_stem_are_refused_before_anything_is_written(tmp_path):
    files = {"a.html": TEXT, "a.k.txt": TEXT, "a.md": TEXT}
    done = run("extract", folder_of(tmp_path / "in", files), "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert "a.html and a.md" in done.stderr
    assert not (tmp_path / "out").exists()


def test_folder_without_texts_is_refused(tmp_path):
    done = run("extract", folder_of(tmp_path / "in", {"a.pdf": b"%PDF"}), "--output", tmp_path / "out")
    assert done.exit_code == 1
    assert "holds no .txt" in done.stderr


def test_folder_needs_an_output(tmp_path):
    assert run("extract", folder_of(tmp_path / "in", {"a.txt": TEXT})).exit_code == 2


@pytest.mark.parametrize("name", ["missing.txt", "report.docx"])
def test_file_that_cannot_be_read_is_named(tmp_path, name):
    (tmp_path / "report.docx").write_bytes(b"PK")
    done = run("extract", tmp_path / name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert name in done.stderr


def test_two_beginnings_are_refused(tmp_path):
    assert run("train", tmp_path, "--init-from", tmp_path, "--base-model", "bert-base-chinese").exit_code == 2


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_encoding_is_recognised_and_line_ends_stay(encoding):
    assert recognise(TEXT.encode(encoding)) == TEXT


def test_byte_order_mark_of_utf_8_is_a_character():
    assert recognise(TEXT.encode("utf-8-sig")) == "\ufeff" + TEXT


@pytest.mark.parametrize("data", [TEXT.encode("utf-16-le"), TEXT.encode("utf-32"), b"\xff\xfea", b"\xffabc"])
def test_what_is_not_recognised_is_refused(data):
    with pytest.raises(UnreadableText, match="UTF-8"):
        recognise(data)


def test_shipped_model_reads_the_example_without_torch(shipped, tmp_path):
    block = "import sys; sys.modules.update(torch=None, transformers=None); import nianbao; nianbao.app()"
    example, output = ROOT / "service" / "example.txt", tmp_path / "example.json"
    subprocess.run([sys.executable, "-c", block, "extract", example, "--output", output], cwd=ROOT, check=True)
    assert json.loads(output.read_text("utf-8"))["status"] == "ok"
