"""Training windows: the view's characters and tags, framed as in serving, and noise that never hides a label."""

from itertools import islice

import numpy as np
import pytest

from model.labels import FACTS, TAGS
from model.spans import begin, to_tags
from model.view import view
from model.windows import SIZE, Alphabet
from training.dataset import IGNORED, batches, encode, lost_spans
from training.gold import Annotated
from training.synthesis.compose import compose
from training.synthesis.pieces import join
from training.vocabulary import characters

BATCH = 8


@pytest.fixture(scope="module")
def reports():
    return [compose(seed, layout=layout) for seed, layout in enumerate(["pipes", "html", "tabs"])]


@pytest.fixture(scope="module")
def alphabet(reports):
    tokens = characters([view(report.text).text for report in reports], minimum=1)
    return Alphabet({token: number for number, token in enumerate(tokens)})


def drawn(reports, alphabet, number=6, noise=0.0, seed=1):
    """The first batches as two arrays, ids and tags, of shape (windows, SIZE)."""
    feed = batches(encode(reports, alphabet), alphabet, BATCH, noise, np.random.default_rng(seed))
    ids, tags = zip(*islice(feed, number), strict=True)
    return np.concatenate(ids), np.concatenate(tags)


def test_a_report_is_encoded_as_its_view(reports, alphabet):
    for report, row in zip(reports, encode(reports, alphabet), strict=True):
        seen = view(report.text)
        assert row["ids"] == alphabet.encode(seen.text).tolist()
        assert row["tags"] == to_tags(seen.locate(report.spans), len(seen.text)).tolist()


def test_windows_have_the_shape_that_serving_uses(reports, alphabet):
    ids, tags = drawn(reports, alphabet, number=2)
    assert ids.shape == tags.shape == (2 * BATCH, SIZE)


def test_the_tokens_that_frame_a_window_are_ignored(reports, alphabet):
    ids, tags = drawn(reports, alphabet)
    assert set(ids[:, 0]) == {alphabet.first}
    assert set(ids[:, -1]) == {alphabet.last}
    assert set(tags[:, [0, -1]].ravel()) == {IGNORED}
    assert IGNORED not in tags[:, 1:-1]


def test_the_tags_of_a_window_are_those_of_the_view(reports, alphabet):
    """Each window is found in one of the reports, and there it has the same tags."""
    known = {}
    for report in reports:
        seen = view(report.text)
        ids, tags = alphabet.encode(seen.text).astype(np.int64), to_tags(seen.locate(report.spans), len(seen.text))
        for start in range(len(ids) - SIZE + 3):
            known[ids[start : start + SIZE - 2].tobytes()] = tags[start : start + SIZE - 2]
    for ids, tags in zip(*drawn(reports, alphabet), strict=True):
        assert (known[ids[1:-1].tobytes()] == tags[1:-1]).all()


def test_windows_are_cut_anew_in_every_pass(reports, alphabet):
    ids, _ = drawn(reports, alphabet, number=12)
    assert len({window.tobytes() for window in ids}) > len(ids) / 2


def test_what_is_read_well_already_is_learnt_less(reports, alphabet):
    """A tagger that knows the first report by heart and nothing of the others: its windows become rare."""

    class Knowing:
        def probabilities(self, text):
            known = text == view(reports[0].text).text
            tags = (
                to_tags(view(reports[0].text).locate(reports[0].spans), len(text))
                if known
                else np.zeros(len(text), int)
            )
            return np.eye(len(TAGS))[tags] if known else np.full((len(text), len(TAGS)), 1 / len(TAGS))

    def share(earlier):
        feed = batches(encode(reports, alphabet, earlier), alphabet, BATCH, 0.0, np.random.default_rng(1))
        windows = np.concatenate([ids for ids, _ in islice(feed, 40)])[:, 1:-1]
        first = alphabet.encode(view(reports[0].text).text).astype(np.int64).tobytes()
        return np.mean([window.tobytes() in first for window in windows])

    assert share(Knowing()) < share(None) / 2


def test_a_short_report_is_filled_up_with_untagged_tokens():
    text, spans = join([("公开", None), ("3条", "fact.disclosures")])
    alphabet = Alphabet({token: number for number, token in enumerate(characters([text]))})
    ids, tags = drawn([Annotated("short", text, spans)], alphabet, number=1)
    assert (tags[:, 1:5] == [0, 0, begin("fact.disclosures"), begin("fact.disclosures") + 1]).all()
    assert (tags[:, 5:-1] == 0).all()
    assert (ids[:, 5:-1] == alphabet.ids["[PAD]"]).all()


def test_noise_never_replaces_a_labelled_character():
    """Every label here stands on a 7, so whatever is tagged must still be one."""
    text, spans = join([piece for label in FACTS for piece in (("公开信息共", None), ("777", label), ("条。", None))])
    alphabet = Alphabet({token: number for number, token in enumerate(characters([text]))})
    ids, tags = drawn([Annotated("sevens", text, spans)], alphabet, noise=1.0)
    assert set(ids[tags > 0]) == {alphabet.ids["7"]}
    plain = ids[tags == 0]
    assert 0.3 < (plain == alphabet.ids["[UNK]"]).mean() < 0.7


def test_without_noise_nothing_is_unknown(reports, alphabet):
    assert alphabet.ids["[UNK]"] not in drawn(reports, alphabet)[0]


def test_the_same_seed_draws_the_same_windows(reports, alphabet):
    assert all((a == b).all() for a, b in zip(drawn(reports, alphabet), drawn(reports, alphabet), strict=True))


def test_spans_that_leave_nothing_in_the_view_are_counted():
    text, spans = join([("公开", None), ("\u200b", "fact.disclosures"), ("3条", "fact.disclosures")])
    assert lost_spans([Annotated("lost", text, spans)]) == (1, 2)
