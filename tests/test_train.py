"""Training from any beginning, resumable, and able to learn two reports by heart."""

import json

import pytest
import torch
from transformers import AutoModelForTokenClassification, BertConfig, BertForTokenClassification, BertTokenizerFast

from model.extract import extract
from model.labels import LABELS_VERSION, TAGS
from model.report import to_json
from model.tagger import Tagger
from model.windows import Alphabet
from training import loop
from training.evaluate import documents, evaluate
from training.export import export
from training.gold import write
from training.synthesis.compose import compose
from training.train import from_checkpoint, from_scratch, train
from training.vocabulary import SPECIALS, STRUCTURE, load_vocabulary, save_vocabulary

SECONDS = 1 / 60  # of a minute


@pytest.fixture
def annotations(tmp_path):
    """Two small annotated reports on disk, without the page around them."""
    folder = tmp_path / "annotations"
    for seed in (1, 2):
        write(folder, compose(seed, layout="pipes"))
    return folder


@pytest.fixture(scope="module")
def bert(tmp_path_factory):
    """A tiny checkpoint as published ones are: two labels of its own, and neither newline, tab nor blank."""
    folder = tmp_path_factory.mktemp("bert")
    tokens = [*SPECIALS, *"0123456789|，。、（）年月日条件公开政府信息总体情况一二三四五六"]
    (folder / "vocab.txt").write_text("\n".join(tokens), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertForTokenClassification(BertConfig(vocab_size=len(tokens), num_labels=2, **shape)).save_pretrained(folder)
    return folder, tokens


def test_any_checkpoint_gets_the_structure_as_tokens_and_a_head_for_the_labels(bert):
    folder, tokens = bert
    model, vocabulary = from_checkpoint(str(folder))
    assert [vocabulary[token] for token in tokens] == list(range(len(tokens)))
    added = [vocabulary[token] for token in STRUCTURE if token != "|"]
    assert sorted(added) == list(range(len(tokens), len(tokens) + 3))
    assert model.get_input_embeddings().num_embeddings == len(tokens) + 3
    assert model.config.num_labels == len(TAGS)
    assert [model.config.id2label[number] for number in range(len(TAGS))] == list(TAGS)


def test_training_starts_from_any_checkpoint(annotations, bert, tmp_path):
    output = tmp_path / "trained"
    done = train(annotations, output, base_model=str(bert[0]), minutes=2 * SECONDS, batch=2)
    vocabulary = load_vocabulary(output)
    assert len({vocabulary[token] for token in STRUCTURE} | {vocabulary["[UNK]"]}) == len(STRUCTURE) + 1
    model = AutoModelForTokenClassification.from_pretrained(output)
    assert model.config.vocab_size == len(vocabulary)
    assert Alphabet(vocabulary).encode("\n").tolist() == [vocabulary["\n"]]
    assert done["steps"] > 0
    assert json.loads((output / "training.json").read_text("utf-8")) == done
    assert (done["reports"], done["labels_version"]) == (2, LABELS_VERSION)


def test_training_goes_on_from_an_earlier_one(annotations, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    model, vocabulary = from_scratch([compose(1)], layers=1, width=64)
    model.save_pretrained(first)
    save_vocabulary(vocabulary, first)
    train(annotations, second, init_from=first, minutes=0)
    assert load_vocabulary(second) == vocabulary
    again = AutoModelForTokenClassification.from_pretrained(second).state_dict()
    assert all(torch.equal(weights, again[name]) for name, weights in model.state_dict().items())


class CutOff(Exception):
    """The machine goes away."""


def feed(steps):
    """So many batches, then the machine goes away."""
    for _ in range(steps):
        yield torch.ones(4, 3), torch.ones(4, 1)
    raise CutOff


def squared(model, inputs, targets):
    return ((model(inputs) - targets) ** 2).mean()


def test_a_run_that_was_cut_off_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(loop, "_SAVE_EVERY", -1)  # after each step
    state, first, second = tmp_path / "resume.pt", torch.nn.Linear(3, 1), torch.nn.Linear(3, 1)
    with pytest.raises(CutOff):
        loop.train("test", first, feed(5), squared, 1, 0.01, state)
    assert torch.load(state)["steps"] == 5
    with pytest.raises(CutOff):
        loop.train("test", second, feed(0), squared, 1, 0.01, state)
    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))
    with pytest.raises(CutOff):
        loop.train("test", second, feed(3), squared, 1, 0.01, state)
    saved = torch.load(state)
    assert saved["steps"] == 8
    assert 0 < saved["spent"] < 60


def test_a_finished_run_leaves_no_state(tmp_path):
    state = tmp_path / "resume.pt"
    done = loop.train("test", torch.nn.Linear(3, 1), feed(10**6), squared, SECONDS / 10, 0.01, state)
    assert done["steps"] > 0
    assert not state.exists()


def test_time_that_was_spent_counts_after_a_cut_off(tmp_path):
    state, model = tmp_path / "resume.pt", torch.nn.Linear(3, 1)
    optimiser = torch.optim.AdamW(model.parameters())
    loop._save(state, model, optimiser, steps=7, loss=0.5, spent=61)
    assert loop.train("test", model, feed(3), squared, 1, 0.01, state)["steps"] == 7


@pytest.mark.parametrize(
    ("progress", "factor"), [(0.0, 0.0), (0.075, 0.5), (0.15, 1.0), (0.3, 1.0), (0.65, 0.5), (1.0, 0.0)]
)
def test_the_rate_rises_holds_and_falls(progress, factor):
    assert loop.rate(progress) == pytest.approx(factor)


@pytest.mark.slow
def test_a_tiny_model_learns_two_reports_by_heart(tmp_path):
    """End to end: annotated reports, training, export, and the right report out of the posted text."""
    annotations, start, trained, weights = (tmp_path / name for name in ("gold", "start", "trained", "weights"))
    reports = [compose(seed, layout="tabs") for seed in (6, 9)]  # without tables: those take more minutes to learn
    for report in reports:
        write(annotations, report)
    model, vocabulary = from_scratch(reports, layers=2, width=128)
    model.save_pretrained(start)
    save_vocabulary(vocabulary, start)
    train(annotations, trained, init_from=start, steps=450, noise=0.0)
    export(trained, weights)
    tagger = Tagger.load(weights)
    assert evaluate(annotations, tagger).micro_f1 > 0.97
    for document in documents(annotations):
        said = to_json(extract(document.text, tagger))
        assert (said["agency"], said["year"]) == (document.report["agency"], document.report["year"])
