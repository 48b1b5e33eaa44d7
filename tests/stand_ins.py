"""Taggers that stand in for the model, so that most tests run without weights."""

import threading
from pathlib import Path

from model.labels import LABELS_VERSION
from model.report import ModelInfo
from model.view import view

ROOT = Path(__file__).parent.parent


class SilentTagger:
    """Reads every text and finds nothing in it."""

    info = ModelInfo("silent", "0", LABELS_VERSION)

    def spans(self, text):
        return []


class BrokenTagger(SilentTagger):
    """Fails, loudly quoting the text, wherever `word` stands."""

    def __init__(self, word):
        self.word = word

    def spans(self, text):
        if self.word in text:
            raise RuntimeError(text)
        return []


class WaitingTagger(SilentTagger):
    """Answers nothing before it is let go."""

    def __init__(self):
        self.go = threading.Event()

    def spans(self, text):
        assert self.go.wait(10)
        return []


class GoldTagger(SilentTagger):
    """A perfect model: knows the spans of a few posted texts, given as {posted text: spans}."""

    def __init__(self, known):
        self.known = {(seen := view(posted)).text: seen.locate(spans) for posted, spans in known.items()}

    def spans(self, text):
        return self.known[text]
