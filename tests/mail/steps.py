"""The cost of work in steps: the same on a fast machine and a slow one."""

import gc
import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """How many calls and returns some work takes, of functions in Python and in C alike.

    A pattern that runs is one call, however long it takes: what it costs is no step. Words and
    caches that are read once count the first time, so a test that bounds steps warms up first.
    The garbage collector, which runs when it pleases and calls others back, stays out of it.
    """
    taken = 0

    def count(*_: object) -> None:
        nonlocal taken
        taken += 1

    before, collecting = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collecting:
            gc.enable()
    return taken
