"""Count -> channel: where what is counted was published, or how it came in.

The label of a count names its channel: the model reads both from the sentence. The parts of a breakdown are far from
the words that name it, the last ones of a long one out of the model's sight, where it can only guess and is less sure.
So behind 其中 the parts have the channel of their total, and in any breakdown what the model is sure of speaks for what
it guessed.
"""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from model.labels import fact_kind
from model.spans import Span
from model.text import STOPS, sentence_numbers

_FULL_STOPS = STOPS.replace(";", "")
_SURE = 0.98  # of the channel of a count; the model is less so of one that it does not see named
_OF_WHICH = re.compile("其中|包括|分别为")

_Channels = dict[Span, str | None]


def channels(text: str, counts: list[Span], categories: dict[Span, Span]) -> _Channels:
    """The channel of every count, in order; None where none is named. `categories`: the counts that have a name."""
    said = {span: fact_kind(span.label)[1] for span in counts}
    _give_down(text, said)
    for parts in _breakdowns(text, counts, categories):
        _agree(parts, said)
    return said


def _agree(parts: list[Span], said: _Channels) -> None:
    """Gives the parts of a breakdown one channel where one alone is named or sure: that of the first part of which the
    model is sure, be it none, else of the first. Where several are, a guessed part has that of the part before it."""
    sure = [said[part] for part in parts if part.sure >= _SURE]
    if len(set(sure)) == 1 or len({said[part] for part in parts} - {None}) == 1:
        said |= dict.fromkeys(parts, sure[0] if sure else said[parts[0]])
    else:
        for before, part in pairwise(parts):
            said[part] = said[part] if part.sure >= _SURE else said[before]


def _give_down(text: str, said: _Channels) -> None:
    """Gives the channel of a total to the counts of its kind up to the end of the sentence, if a word says that they
    are its parts and none of them has another channel."""
    kinds: dict[tuple[int, str], list[Span]] = {}
    for sentence, span in zip(sentence_numbers(text, list(said)), said, strict=True):
        kinds.setdefault((sentence, fact_kind(span.label)[0]), []).append(span)
    for counts in kinds.values():
        named: set[str] = set()  # channels of the counts behind
        bare: list[Span] = []  # those without one
        following = 0  # where the first of them begins
        for total in reversed(counts):
            channel = said[total]
            if channel and named <= {channel} and _OF_WHICH.search(text, total.end, following):
                said |= dict.fromkeys(bare, channel)
                bare = []
            if channel:
                named.add(channel)
            else:
                bare.append(total)
            following = total.start


def _breakdowns(text: str, counts: list[Span], categories: dict[Span, Span]) -> Iterator[list[Span]]:
    """The parts of each breakdown: counts side by side of one kind, each with its name, in one sentence, which
    semicolons do not end. Interpretations of policies, which have no channel, may stand between."""
    published = [span for span in counts if fact_kind(span.label)[0] != "policy_interpretations"]
    places = dict(zip(published, sentence_numbers(text, published, _FULL_STOPS), strict=True))
    alike = groupby(published, key=lambda span: (places[span], fact_kind(span.label)[0], span in categories))
    yield from (list(parts) for (*_, named), parts in alike if named)
