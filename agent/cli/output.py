"""How anything reaches the terminal: plain where it is no terminal, safe always.

What comes out of a mail may hold escape sequences that move the cursor, rename the window
or turn the text around; `safe` takes their power away.
"""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

#: Characters that reorder text (Unicode UAX #9): a file name or address could be shown as another.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def safe(text: object) -> str:
    """Text without control characters; line ends and tabs become spaces."""
    return "".join(_harmless(sign) for sign in str(text)).strip()


def safe_lines(text: str) -> str:
    """Like `safe`, with the line ends kept."""
    return "\n".join("".join(_harmless(sign) for sign in line) for line in text.splitlines())


def _harmless(sign: str) -> str:
    if sign in "\n\r\t":
        return " "
    if sign in _REORDERING or unicodedata.category(sign) in ("Cc", "Cs"):
        return "\N{REPLACEMENT CHARACTER}"
    return sign


def make_safe_streams() -> None:
    """A terminal that cannot show a letter shows another one, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def console(*, stderr: bool = False) -> "Console":
    """A terminal of rich's, which honours NO_COLOR and is plain in a pipe."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def complain(text: str) -> None:
    """An error on stderr, red where that is a terminal."""
    told = f"followthrough: {safe_lines(text)}"
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    sys.stderr.write(f"\033[31m{told}\033[0m\n" if coloured else f"{told}\n")


def print_json_lines(objects: Iterable[dict[str, Any]]) -> None:
    """One object a line, in ASCII, each as soon as it is known."""
    for each in objects:
        sys.stdout.write(json.dumps(each, ensure_ascii=True) + "\n")
        sys.stdout.flush()
