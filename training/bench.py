"""Speed, memory and start-up of the shipped model beside what else could be run, on texts that anybody can compose.

On the same texts: the shipped model; its network in fp32; a network of the size of bert-base in the pipeline of
transformers; and the floor, the time that the matrix products of the shipped network alone would take in int8.
The second and third network have random weights: they are timed, and read nothing.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import redirect_stdout
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from timeit import repeat

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from rich.console import Console
from rich.progress import track
from rich.table import Table
from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast, RoFormerForTokenClassification

from model.labels import TAGS
from model.tagger import WEIGHTS, read_settings
from model.view import view
from model.windows import pieces
from training.export import export
from training.pretrain import shape
from training.synthesis.compose import compose
from training.vocabulary import SPECIALS, save_vocabulary

_FIRST_SEED, _THREADS = 10_000_000, 2
_FEW = 2  # texts that a slow contender reads in a round
_TAGGER = f"""
from model.extract import extract
from model.tagger import Tagger
tagger = Tagger.load(folder, threads={_THREADS})
network = tagger.session.run
def timed(*given):
    begun = time.perf_counter()
    found = network(*given)
    inside.append((time.perf_counter() - begun) / {_THREADS})
    return found
tagger.session = types.SimpleNamespace(run=timed)
read = lambda text: extract(text, tagger)"""
_PIPELINE = f"""
import torch, transformers
torch.set_num_threads({_THREADS})
options = dict(device="cpu", aggregation_strategy="simple", stride=64)
read = transformers.pipeline("token-classification", str(folder), **options)"""
# The peak is VmHWM of the kernel: ru_maxrss would count what the process that starts this one holds.
_PROGRAM = """
import json, pathlib, sys, time, types
inside = []
folder, begun, texts = pathlib.Path(sys.argv[1]), float(sys.argv[2]), json.load(sys.stdin)
{load}
read("青禾县水务局2023年政府信息公开工作年度报告")
ready, seconds = time.time() - begun, []
inside.clear()
for text in texts:
    started = time.perf_counter()
    read(text)
    seconds.append(time.perf_counter() - started)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps([ready, int(status["VmHWM"].split()[0]) * 1024 / 1e6, seconds, sum(inside)]))"""
_QUIET = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}


@dataclass(frozen=True)
class Run:
    """One round of one contender, in a process of its own."""

    ready: float  # seconds from the start of the process to its first answer
    megabytes: float  # the most memory that it held
    seconds: dict[int, float]  # of each text that it read, by the number of the text
    inside: float = 0  # seconds that the network took, a thread on average; 0 where that was not measured


@dataclass(frozen=True)
class Speed:
    """One contender, medians over the rounds. `p50` and `p95` are seconds of one report, `ready` of the start-up."""

    reports_per_second: float
    characters_per_second: float
    p50: float
    p95: float
    megabytes: float
    ready: float


@dataclass(frozen=True)
class Bench:
    """What was measured. Characters are those of the view: markup is not counted."""

    reports: int
    characters: int
    rounds: int
    speeds: dict[str, Speed]  # "shipped", "fp32" and "bert-base"
    operations: int  # of the shipped network over all reports
    rate: float  # int8 operations a second
    share: float  # of its time that the shipped model spends in the network, over its threads

    @property
    def floor(self) -> float:
        """Seconds that the matrix products of all reports take at that rate."""
        return self.operations / self.rate

    @property
    def ratios(self) -> dict[str, float]:
        """How many times as fast as the others the shipped model is, and how many times the floor it takes."""
        ours, full, large = (self.speeds[name].reports_per_second for name in ("shipped", "fp32", "bert-base"))
        times = self.reports / ours / self.floor
        return {"over_bert-base": ours / large, "over_fp32": ours / full, "times_the_floor": times}

    def to_json(self) -> dict:
        return {**asdict(self), "floor": self.floor, "ratios": self.ratios}

    def table(self) -> Table:
        """Everything as one table for the terminal."""
        title = f"{self.reports} reports, {self.characters:,} characters, medians of {self.rounds} rounds"
        ratios = "; ".join(f"{name.replace('_', ' ')} {ratio:.2f}" for name, ratio in self.ratios.items())
        caption = f"{self.rate / 1e9:,.0f} G int8 operations/s; shipped: {ratios}; network {self.share:.0%}"
        columns = ("", "reports/s", "characters/s", "p50 s", "p95 s", "peak MB", "ready s")
        table = Table(*columns, title=title, caption=caption)
        rows = {name: astuple(speed) for name, speed in self.speeds.items()}
        rows["floor"] = self.reports / self.floor, self.characters / self.floor
        for name, values in rows.items():
            table.add_row(name, *(f"{value:,.{0 if value >= 100 else 3}f}" for value in values))
        return table


def bench(rounds: int = 5, texts: int = 20) -> Bench:
    """Measures everything on that many composed reports."""
    posted = {number: compose(_FIRST_SEED + number).text for number in range(texts)}
    seen = {number: view(text).text for number, text in posted.items()}
    with TemporaryDirectory() as name, redirect_stdout(sys.stderr):
        folder, steps = Path(name), track(range(rounds), "Rounds", console=Console(stderr=True), transient=True)
        _write_fp32(folder / "fp32")
        _write_bert(folder / "bert-base", set("".join(seen.values())))
        done = [(every_contender(folder, posted, seen, number), int8_rate()) for number in steps]
    sizes, network = [len(text) for text in seen.values()], shipped_shape()
    speeds = {name: speed([runs[name] for runs, _ in done], sizes) for name in done[0][0]}
    work = sum(operations(end - start + 2, network) for size in sizes for start, end, _, _ in pieces(size))
    share = median(runs["shipped"].inside / sum(runs["shipped"].seconds.values()) for runs, _ in done)
    return Bench(texts, sum(sizes), rounds, speeds, work, median(rate for _, rate in done), share)


def every_contender(folder: Path, posted: dict[int, str], seen: dict[int, str], number: int) -> dict[str, Run]:
    """The round of that number. All take part in each, so that a machine that becomes busier is so for all."""
    few = {index: seen[index] for index in turn(number, len(seen))}
    return {
        "shipped": run(WEIGHTS, _TAGGER, posted),
        "fp32": run(folder / "fp32", _TAGGER, posted),
        "bert-base": run(folder / "bert-base", _PIPELINE, few),
    }


def turn(number: int, texts: int) -> list[int]:
    """The few texts that a slow contender reads in a round: the next in each, so that all have their turn."""
    return [(number * _FEW + step) % texts for step in range(min(_FEW, texts))]


def run(folder: Path, load: str, texts: dict[int, str]) -> Run:
    """A fresh process imports, loads from `folder`, answers once and then reads the texts, which are numbered."""
    command = [sys.executable, "-c", _PROGRAM.format(load=load), str(folder), str(time.time())]
    place = {"cwd": Path(__file__).parent.parent, "env": {**os.environ, **_QUIET}, "stdout": subprocess.PIPE}
    done = subprocess.run(command, **place, input=json.dumps(list(texts.values())), text=True, check=True)
    ready, megabytes, seconds, inside = json.loads(done.stdout.splitlines()[-1])
    return Run(ready, megabytes, dict(zip(texts, seconds, strict=True)), inside)


def shipped_shape():
    """The configuration of the shipped network."""
    metrics = json.loads((WEIGHTS / "metrics.json").read_text("utf-8"))
    config = shape(list(read_settings(WEIGHTS).vocabulary), metrics["layers"], metrics["width"])
    config.id2label = dict(enumerate(TAGS))
    return config


def _write_fp32(folder: Path) -> None:
    _outside(RoFormerForTokenClassification(shipped_shape())).save_pretrained(folder / "checkpoint")
    save_vocabulary(read_settings(WEIGHTS).vocabulary, folder / "checkpoint")
    export(folder / "checkpoint", folder, quantize=False)


def _write_bert(folder: Path, characters: set[str]) -> None:
    """Its tokenizer knows those characters, and takes a number of several digits for one token."""
    vocabulary = {token: number for number, token in enumerate([*SPECIALS, *sorted(characters)])}
    BertTokenizerFast(vocab=vocabulary, do_lower_case=False, model_max_length=512).save_pretrained(folder)
    config = BertConfig(vocab_size=21128, id2label=dict(enumerate(TAGS)))
    _outside(BertForTokenClassification(config)).save_pretrained(folder)


def _outside(model):
    """The model, made sure that every character is outside: chance tags would cost more than any trained model's."""
    with torch.no_grad():
        model.classifier.bias[TAGS.index("O")] = 50
    return model


def every_text(run: Run, sizes: list[int]) -> list[float]:
    """Seconds of every text: as measured, or else by its length at the pace of the round."""
    pace = sum(run.seconds.values()) / sum(sizes[number] for number in run.seconds)
    return [run.seconds.get(number, pace * size) for number, size in enumerate(sizes)]


def speed(runs: list[Run], sizes: list[int]) -> Speed:
    """The rounds of one contender; `sizes` are the characters of every text."""
    rounds = [every_text(run, sizes) for run in runs]
    whole = median(map(sum, rounds))
    p50, p95 = (float(median(np.percentile(seconds, share) for seconds in rounds)) for share in (50, 95))
    megabytes, ready = median(run.megabytes for run in runs), median(run.ready for run in runs)
    return Speed(len(sizes) / whole, sum(sizes) / whole, p50, p95, megabytes, ready)


def operations(tokens: int, network) -> int:
    """Multiplications and additions in the matrix products of an encoder and its head over one window."""
    width, inner, layers = network.hidden_size, network.intermediate_size, network.num_hidden_layers
    layer = 2 * tokens * (4 * width**2 + 2 * width * inner) + 2 * 2 * tokens**2 * width
    return layers * layer + 2 * tokens * width * network.num_labels


def int8_rate() -> float:
    """Median operations a second in a product of int8 matrices; the second is constant and packed, as weights are."""
    rng, size = np.random.default_rng(0), 1024
    square = (size, size)
    weights = numpy_helper.from_array(rng.integers(-64, 64, square, dtype=np.int8), "weights")
    states = helper.make_tensor_value_info("states", TensorProto.UINT8, square)
    product = helper.make_tensor_value_info("product", TensorProto.INT32, square)
    node = helper.make_node("MatMulInteger", ["states", "weights"], ["product"])
    graph = helper.make_graph([node], "product", [states], [product], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    values = {"states": rng.integers(0, 256, square, dtype=np.uint8)}
    return 2 * size**3 / median(repeat(lambda: session.run(None, values), number=1, repeat=20))
