"""The memory of the process. glibc gives each thread a heap of its own and seldom takes memory back from one: with one
for each that reads, answers or looks after jobs, the service held up to 120 MB more."""

import ctypes

_ARENA_MAX, _MOST = -8, 2  # M_ARENA_MAX of malloc.h, which the environment calls MALLOC_ARENA_MAX


def share() -> None:
    """From now on threads share two heaps. Where another library than glibc gives memory, nothing changes."""
    try:
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _MOST)
    except (AttributeError, OSError, TypeError):
        return
