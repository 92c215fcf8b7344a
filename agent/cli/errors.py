"""The one place where an exception becomes a sentence on stderr and an exit code.

0 done · 2 wrong usage · 64 to 78 the code of a FollowthroughError (sysexits.h) ·
70 a bug of ours · 130 interrupted · 141 the reader of our output went away.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator

from agent.cli.output import complain, make_safe_streams
from agent.errors import FollowthroughError

USAGE = 2
BUG = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def guarded(command: Callable[[], object]) -> int:
    """Run a command; whatever it raises is told shortly, without a traceback."""
    make_safe_streams()
    try:
        result = command()
        sys.stdout.flush()
    except BrokenPipeError:
        return _pipe_closed()
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: Exception) -> int:
    import typer

    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if _is_usage(error):
        error.show()  # type: ignore[attr-defined]
        return USAGE
    ours = _ours(error)
    if ours is None:
        return _bug(error)
    complain(str(ours))
    return ours.exit_code


def _is_usage(error: Exception) -> bool:
    """Whether typer refused the arguments. Its exceptions have no public base class."""
    return hasattr(error, "show") and hasattr(error, "format_message")


def _ours(error: Exception) -> FollowthroughError | None:
    """The error for the user, also from within a TaskGroup; None where any of them is a bug."""
    leaves = list(_leaves(error))
    ours = [leaf for leaf in leaves if isinstance(leaf, FollowthroughError)]
    return ours[0] if ours and len(ours) == len(leaves) else None


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error


def _bug(error: Exception) -> int:
    if os.environ.get("FOLLOWTHROUGH_DEBUG"):
        traceback.print_exception(error)
    said = " ".join(str(error).split())
    complain(
        f"This is a fault in the program, not of yours: {type(error).__name__}: {said[:200]}\n"
        "Nothing was sent. Please report it; FOLLOWTHROUGH_DEBUG=1 shows where it happened."
    )
    return BUG


def _pipe_closed() -> int:
    # `explain … | head`: what is still buffered has no reader, and Python would complain at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
