"""Count -> channel: where what is counted was published, or how it came in.

The label of a count names its channel: the model reads both from the sentence. The parts of a breakdown are far from
the words that name it, the last ones of a long one out of the model's sight. So behind 其中 the parts have the channel
of their total, and those of any breakdown that of its first part, unless they name several.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from model.labels import fact_kind
from model.spans import Span
from model.text import sentence_numbers

_OF_WHICH = re.compile("其中|包括|分别为")

_Channels = dict[Span, str | None]


def channels(text: str, counts: list[Span], categories: dict[Span, Span]) -> _Channels:
    """The channel of every count, in order; None where none is named. `categories`: the counts that have a name."""
    said = {span: fact_kind(span.label)[1] for span in counts}
    _give_down(text, said)
    for parts in _breakdowns(text, counts, categories):
        if len({said[part] for part in parts} - {None}) == 1:
            said |= dict.fromkeys(parts, said[parts[0]])
    return said


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
    """The parts of each breakdown: counts side by side of one kind, each with its name, in one sentence.
    Interpretations of policies, which have no channel, may stand between."""
    published = [span for span in counts if fact_kind(span.label)[0] != "policy_interpretations"]
    places = dict(zip(published, sentence_numbers(text, published), strict=True))
    alike = groupby(published, key=lambda span: (places[span], fact_kind(span.label)[0], span in categories))
    yield from (list(parts) for (*_, named), parts in alike if named)
