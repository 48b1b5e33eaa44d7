"""Threads share heaps where the system's library can be told so."""

import ctypes
from types import SimpleNamespace

from service import heap


def test_threads_share_two_heaps_and_what_they_free_is_given_back(monkeypatch):
    told = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(mallopt=lambda *given: told.append(given)))
    heap.share()
    assert told == [(-8, 2), (-3, 1 << 20), (-1, 4 << 20)]


def test_a_library_that_has_no_heaps_to_share_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    heap.share()
