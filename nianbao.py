"""The command line: verbs only. Each verb imports what it needs when it runs, so that serving needs no torch."""

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Reads annual reports on information disclosure.")
errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

Weights = Annotated[
    Path | None, typer.Option(envvar="NIANBAO_WEIGHTS", help="Exported weights, if not the shipped ones.")
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same result.")]
Output = Annotated[Path, typer.Option(help="Folder to write to.")]


@app.command()
def extract(
    source: Annotated[
        str, typer.Argument(metavar="FILE|DIR|-", help="A text, a folder of them, or - for standard input.")
    ],
    output: Annotated[Path | None, typer.Option(help="File to write to; for a folder of texts, a folder.")] = None,
    weights: Weights = None,
) -> None:
    """Read a report (.txt, .md, .html) into JSON; of a folder, each text into one file named after its stem.

    UTF-8, GB18030 and UTF-16 with a byte-order mark are recognised. Offsets count the characters of the file as stored:
    line ends stay as they are, and a UTF-8 byte-order mark is the first character.
    """
    with refusals():
        if Path(source).is_dir():
            _extract_folder(Path(source), output, weights)
        else:
            _extract_one(source, output, weights)


def _extract_folder(folder: Path, output: Path | None, weights: Path | None) -> None:
    from service.folder import convert, texts

    if output is None:
        raise typer.BadParameter("a folder of texts needs --output, the folder for the reports")
    paths = texts(folder)
    outcomes = convert(paths, output, _tagger(weights))
    failed = 0
    for path, error in track(outcomes, "Reading", total=len(paths), console=errors, transient=True):
        if error is not None:
            failed += 1
            errors.print(f"{path}: {_said(error)}")
    errors.print(f"{len(paths) - failed} of {len(paths)} texts read into {output}")
    if failed:
        raise typer.Exit(1)


def _extract_one(source: str, output: Path | None, weights: Path | None) -> None:
    from service.folder import as_text, read, read_bytes, write

    tagger = _tagger(weights)
    try:
        report = read_bytes(sys.stdin.buffer.read(), tagger) if source == "-" else read(Path(source), tagger)
        if output is None:
            sys.stdout.buffer.write(as_text(report).encode())
        else:
            write(report, output)
    except Exception as error:  # as in a folder: the file is named, whatever broke
        errors.print(f"{source}: {_said(error)}")
        raise typer.Exit(1) from error


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes. One uses two cores.", min=1)] = 1,
) -> None:
    """Serve the model over HTTP. What else can be set stands in the environment: see the README."""
    import uvicorn

    from service.observation import LOGGING
    from service.settings import Settings

    with refusals():
        Settings.from_environment()  # refused here, before any process starts
    options = {"host": host, "port": port, "workers": workers, "log_config": LOGGING, "access_log": False}
    uvicorn.run("service.app:create_app", factory=True, **options)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    from service.schema import report_schema

    typer.echo(json.dumps(report_schema(), ensure_ascii=False, indent=1))


@app.command()
def synthesize(
    output: Output = Path("build/annotations"),
    train: Annotated[int, typer.Option(help="Reports to train on.")] = 1000,
    test: Annotated[int, typer.Option(help="Reports to test on.")] = 100,
    seed: Seed = 20210930,
) -> None:
    """Write annotated reports, of agencies that never stand on both sides."""
    from training.synthesis.compose import synthesize

    with refusals():
        synthesize(output, train, test, seed)


@app.command()
def pretrain(
    corpus: Annotated[Path, typer.Argument(help="Plain text, .xz or not.")],
    output: Output = Path("build/pretrained"),
    reports: Annotated[Path | None, typer.Option(help="Annotated reports to mix in, half of every batch.")] = None,
    init_from: Annotated[Path | None, typer.Option(help="Encoder to go on with.")] = None,
    minutes: Annotated[float, typer.Option(help="How long to train.")] = 40,
    layers: Annotated[int, typer.Option(help="Layers of the encoder.")] = 4,
    width: Annotated[int, typer.Option(help="Width of the encoder, a multiple of 64.")] = 256,
    seed: Seed = 20210930,
) -> None:
    """Teach a new encoder the language of official texts. A run that was cut off goes on where it was."""
    from training.pretrain import pretrain

    with refusals():
        size = {"layers": layers, "width": width}
        pretrain(corpus, output, reports=reports, init_from=init_from, minutes=minutes, seed=seed, **size)


@app.command()
def train(
    annotations: Annotated[Path, typer.Argument(help="Folder of annotated reports.")] = Path("annotations/train"),
    output: Output = Path("build/trained"),
    init_from: Annotated[Path | None, typer.Option(help="Checkpoint or weights of this project to go on from.")] = None,
    base_model: Annotated[str | None, typer.Option(help="Token-classification checkpoint: a name or a folder.")] = None,
    minutes: Annotated[float, typer.Option(help="How long to train.")] = 30,
    seed: Seed = 20210930,
) -> None:
    """Train a tagger, from scratch unless told where to start. A run that was cut off goes on where it was."""
    if init_from and base_model:
        raise typer.BadParameter("--init-from and --base-model are two beginnings; give one")
    from training.train import train

    with refusals():
        metrics = train(annotations, output, init_from=init_from, base_model=base_model, minutes=minutes, seed=seed)
    typer.echo(json.dumps(metrics, ensure_ascii=False, indent=1))


@app.command()
def export(
    checkpoint: Annotated[Path, typer.Argument(help="Folder that train wrote.")],
    output: Output = Path("build/weights"),
    gold: Annotated[list[Path] | None, typer.Option(help="Refuse weights that int8 makes worse on it.")] = None,
) -> None:
    """Turn a trained checkpoint into weights for serving (ONNX, int8)."""
    from training.export import export_checked

    with refusals():
        for folder, (full, int8) in export_checked(checkpoint, output, gold or []).items():
            typer.echo(f"{folder}: F1 {full:.4f} in full precision, {int8:.4f} in int8")


@app.command()
def recipe(
    version: Annotated[str, typer.Option(help="Version of the weights, as the reports will name it.")],
    corpus: Annotated[Path | None, typer.Argument(help="Plain text to pretrain on, .xz or not.")] = None,
    init_from: Annotated[Path | None, typer.Option(help="Weights to go on from, in place of a corpus.")] = None,
    work: Annotated[Path, typer.Option(help="Folder for the stages; finished ones are kept.")] = Path("build/recipe"),
    output: Output = Path("build/weights"),
    gold: Annotated[Path, typer.Option(help="Annotated reports to score on.")] = Path("annotations/test"),
    pretrain_minutes: Annotated[float, typer.Option(help="How long to pretrain.")] = 45,
    adapt_minutes: Annotated[float, typer.Option(help="How long to pretrain with reports mixed in.")] = 12,
    train_minutes: Annotated[float, typer.Option(help="How long to fine-tune.")] = 170,
    seed: Seed = 20210930,
) -> None:
    """Make weights, from nothing or from earlier ones: write reports, pretrain, train, calibrate, export and score."""
    if (corpus is None) == (init_from is None):
        raise typer.BadParameter("a CORPUS is one beginning and --init-from another; give one")
    from training.recipe import run

    minutes = dict(pretrain_minutes=pretrain_minutes, adapt_minutes=adapt_minutes, train_minutes=train_minutes)
    with refusals():
        metrics = run(corpus, work, output, gold, version=version, init_from=init_from, seed=seed, **minutes)
    typer.echo(json.dumps(metrics, ensure_ascii=False, indent=1))


@app.command()
def ablate(
    corpus: Annotated[Path, typer.Argument(help="Plain text to pretrain on, .xz or not.")],
    gold: Annotated[Path, typer.Option(help="Folder of annotated reports, or of texts with their reports.")] = Path(
        "annotations/test"
    ),
    work: Annotated[Path, typer.Option(help="Folder for the models; finished ones are kept.")] = Path("build/ablation"),
    minutes: Annotated[float, typer.Option(help="How long each training takes; there are five.")] = 8,
    seed: Seed = 20210930,
) -> None:
    """Show what each part of the recipe brings: score small models that lack one part each."""
    from training.ablate import ablate, table

    with refusals():
        Console().print(table(ablate(corpus, gold, work, minutes, seed)))


@app.command()
def sizes(
    corpus: Annotated[Path, typer.Argument(help="Plain text to pretrain on, .xz or not.")],
    gold: Annotated[Path, typer.Option(help="Folder of annotated reports, or of texts with their reports.")] = Path(
        "annotations/test"
    ),
    work: Annotated[Path, typer.Option(help="Folder for the models; finished ones are kept.")] = Path("build/sizes"),
    steps: Annotated[int, typer.Option(min=1, help="Batches that each of the eight networks is fine-tuned on.")] = 2000,
    seed: Seed = 20210930,
) -> None:
    """Compare networks of four sizes, with and without pretraining: scores against reports a second."""
    from training.sizes import compare, table

    with refusals():
        Console().print(table(compare(corpus, gold, work, steps, seed)))


@app.command()
def bench(
    rounds: Annotated[int, typer.Option(min=1, help="Every contender reads once in each.")] = 5,
    texts: Annotated[int, typer.Option(min=1, help="Composed reports to read.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the table.")] = False,
) -> None:
    """Time the shipped model beside fp32, a bert-base pipeline and the floor of this machine."""
    from training.bench import bench as measure

    with refusals():
        found = measure(rounds, texts)
    if as_json:
        typer.echo(json.dumps(found.to_json(), indent=1))
    else:
        Console().print(found.table())


@app.command()
def linear(output: Annotated[Path, typer.Option(help="SVG file.")] = Path("build/linear.svg")) -> None:
    """Draw the seconds that the shipped model takes against length and number of texts."""
    from training.linear import draw, measure

    with refusals():
        output.parent.mkdir(parents=True, exist_ok=True)
        draw(measure(_tagger(None)), output)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option(help="Folder of annotated reports, or of texts with their reports.")] = Path(
        "annotations/test"
    ),
    fail_under: Annotated[float, typer.Option(help="Exit with 1 when the micro F1 is lower (0 to 1).")] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of the table.")] = False,
    misses: Annotated[Path | None, typer.Option("--errors", help="HTML file: every miss in its sentence.")] = None,
    weights: Weights = None,
) -> None:
    """Score the model: strict precision, recall and F1 a label, then what was rebuilt from them."""
    from training.evaluate import evaluate

    with refusals():
        tagger = _tagger(weights)
        scores = evaluate(gold, tagger)
        if misses:
            _write_misses(gold, tagger, misses)
    if as_json:
        typer.echo(json.dumps(scores.to_json(), ensure_ascii=False, indent=1))
    else:
        Console().print(scores.table())
    if scores.micro_f1 < fail_under:
        errors.print(f"micro F1 {scores.micro_f1:.4f} is under {fail_under}")
        raise typer.Exit(1)


def _write_misses(gold: Path, tagger, output: Path) -> None:
    from training.errors import page

    html, count = page(gold, tagger)
    output.write_text(html, "utf-8")
    errors.print(f"{count} sentences with a miss: {output}")


def _tagger(weights: Path | None):
    from model.tagger import WEIGHTS, Tagger

    return Tagger.load(weights or WEIGHTS)


@contextmanager
def refusals():
    """What the project refuses on purpose, and what the system does, is said in one line; exit status 1."""
    from model.errors import NianbaoError

    try:
        yield
    except (NianbaoError, OSError) as error:
        errors.print(_said(error))
        raise typer.Exit(1) from None


def _said(error: Exception) -> str:
    """The message of a refusal; of anything unforeseen also its type."""
    from model.errors import NianbaoError

    return str(error) if isinstance(error, NianbaoError) else f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    app()
