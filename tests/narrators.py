"""Narrators of many reports, for tests of what a part of a report draws."""

from random import Random

from faker import Faker

from training.synthesis.narrative import Narrator
from training.synthesis.pieces import join
from training.synthesis.words import Words, invent


def narrators(seeds):
    """One for each seed, with what it draws from."""
    for rng in map(Random, seeds):
        yield Narrator(Words(invent(rng), rng, Faker("zh_CN")), rng), rng


def told(frame, seeds=range(300)):
    """Agency, text and labelled strings of what `frame(tell, rng)` draws for each seed."""
    for tell, rng in narrators(seeds):
        text, spans = join(frame(tell, rng))
        yield tell.words.agency, text, {(text[s.start : s.end], s.label) for s in spans}
