"""The README's picture: some days of a real run, as an SVG that needs nothing from outside."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme
from rich.text import Text

Page = tuple[date | None, RenderableType]

WIDTH = 96

#: One day of each kind: an interview moved, thanks, a panel, a no, a silence closed, an offer.
_DAYS = frozenset(
    date.fromisoformat(f"2026-{day}")
    for day in ("02-25", "03-02", "03-05", "03-30", "04-02", "04-14")
)
_THEME = TerminalTheme(
    (24, 28, 34),
    (214, 220, 228),
    [
        (50, 56, 66),
        (236, 118, 118),
        (126, 200, 140),
        (222, 184, 104),
        (116, 170, 236),
        (196, 148, 228),
        (104, 196, 208),
        (214, 220, 228),
    ],
)


def canvas() -> Console:
    """A console of the picture's width, whatever the terminal and its settings."""
    return Console(
        file=io.StringIO(),
        width=WIDTH,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        markup=False,
        emoji=False,
        record=True,
        _environ={},
    )


def draw(pages: Sequence[Page], into: Path) -> None:
    """Write the picture of the chosen days, the beginning and the end, into an SVG file."""
    console = canvas()
    for page in _chosen(pages):
        console.print(page)
    svg = console.export_svg(title="followthrough demo", theme=_THEME)
    # rich has its font fetched from the network; any font of fixed width serves.
    svg = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    into.write_text(svg, encoding="utf-8")


def _chosen(pages: Sequence[Page]) -> Iterator[RenderableType]:
    """The pages of the chosen days; dots where days are left out."""
    left_out = False
    for day, page in pages:
        if day is not None and day not in _DAYS:
            left_out = True
            continue
        if left_out:
            yield Text("\n  · · ·", style="dim")
        left_out = False
        yield page
