"""Threads share heaps where the system's library can be told so."""

import ctypes
from types import SimpleNamespace

from service import heap


def test_the_library_is_told_to_keep_two_heaps(monkeypatch):
    told = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(mallopt=lambda *given: told.append(given)))
    heap.share()
    assert told == [(-8, 2)]


def test_a_library_that_has_no_heaps_to_share_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    heap.share()
