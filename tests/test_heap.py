"""Threads share heaps, and freed memory goes back, where the system's library can be told so."""

import ctypes
import platform
import subprocess
import sys
from types import SimpleNamespace

import pytest
from stand_ins import ROOT

from service import heap

# A large block is freed, which teaches glibc to keep as much; then small ones are taken and freed. Prints the kB left.
_PROBE = """
import ctypes
from pathlib import Path
from service import heap
{share}
c = ctypes.CDLL(None)
c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
def taken(size):
    block = c.malloc(size)
    ctypes.memset(block, 1, size)
    return block
def held():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0])
c.free(taken(20 << 20))
before = held()
for block in [taken(100_000) for _ in range(400)][::-1]:
    c.free(block)
print(held() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library gives memory")
def test_freed_memory_goes_back_to_the_system():
    def left(share: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", _PROBE.format(share=share)], capture_output=True, cwd=ROOT, check=True
        )
        return int(done.stdout)

    assert left("heap.share()") < 8_000
    assert left("") > 15_000


def test_threads_are_told_to_share_two_heaps(monkeypatch):
    told = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(mallopt=lambda *given: told.append(given)))
    heap.share()
    assert (-8, 2) in told  # M_ARENA_MAX


def test_a_library_that_has_no_heaps_to_share_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    heap.share()
