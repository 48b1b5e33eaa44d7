"""The memory of the process. glibc gives each thread a heap of its own and seldom takes memory back from one: with one
for each that reads, answers or looks after jobs, the service held up to 120 MB more. And it learns from the largest
block that was ever freed how much it may keep: 20 MB stayed or went as it happened."""

import ctypes

_MB = 1 << 20
# The options of malloc.h: M_ARENA_MAX, the heaps that threads share; M_MMAP_THRESHOLD, the bytes from which a block is
# taken from the system alone and given back at once; M_TRIM_THRESHOLD, the free bytes that the end of a heap may keep.
_OPTIONS = {-8: 2, -3: _MB, -1: 4 * _MB}


def share() -> None:
    """From now on threads share two heaps, and what they free goes back to the system. Where another library than glibc
    gives memory, nothing changes."""
    try:
        for option, value in _OPTIONS.items():
            ctypes.CDLL(None).mallopt(option, value)
    except (AttributeError, OSError, TypeError):
        return
