"""A playbook drawn in the terminal: two lanes of days, then its steps in words.

Fits 80 columns, reads without colour, and in ASCII where the terminal knows no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agent.domain.playbook import Channel, Playbook, Step, Trigger
from agent.playbooks.lanes import Lane, Mark, lanes, weeks
from agent.playbooks.words import ending, limits, to_whom, what, when

_STYLES = {"mail": "bold cyan", "task": "yellow", "end": "bold red"}
_MARGIN = 20
_NARROW = 64  # columns below which a lane's title stands above it
_LEAST, _MOST = 24, 56


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the drawing is made of."""

    mail: str
    task: str
    end: str
    line: str
    tick: str
    named: str
    on: str

    def of(self, kind: str) -> str:
        return {"mail": self.mail, "task": self.task, "end": self.end}[kind]


_FINE = _Signs("●", "○", "■", "─", "┴", "▾", "→")
_PLAIN = _Signs("*", "o", "#", "-", "+", "v", ">")


@dataclass(frozen=True, slots=True)
class Timeline:
    """A playbook as a renderable."""

    playbook: Playbook

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _PLAIN if options.ascii_only else _FINE
        margin = _MARGIN if options.max_width >= _NARROW else 0
        width = max(_LEAST, min(options.max_width - margin - 2, _MOST))
        drawn = lanes(self.playbook)
        yield _heading(self.playbook)
        yield Text("")
        for lane in drawn:
            yield from _drawn(lane, weeks(drawn), width, signs, margin)
        yield Text(f"{' ' * margin}{_axis(weeks(drawn), width)}", style="dim")
        yield _legend(signs, margin)
        yield Text("")
        yield _steps(self.playbook, signs)
        asking = self.playbook.step(Trigger.SILENCE)
        yield Text(ending(asking, self.playbook.close_after), style="italic")


def _heading(playbook: Playbook) -> RenderableType:
    name = Text(playbook.title, style="bold")
    if playbook.title.casefold() != playbook.name:
        name.append(f"  {playbook.name}", style="not bold dim")
    return Group(name, Text(playbook.summary))


# -- lanes -----------------------------------------------------------------------------


def _drawn(lane: Lane, count: int, width: int, signs: _Signs, margin: int) -> Iterator[Text]:
    """The words of the marks, staggered so that none hides another, above the line itself."""
    placed = [(_column(mark.day, count, width), mark) for mark in lane.marks]
    if not margin:
        yield Text(lane.title, style="bold")
    for row in reversed(_rows(placed, width)):
        yield _words(row, margin)
    yield _line(lane, placed, count, width, signs, margin)


def _column(day: float, count: int, width: int) -> int:
    """The column of a day; what comes before the interview stands at its beginning."""
    return min(width - 1, max(0, round(day * (width - 1) / (count * 7))))


_Row = list[tuple[int, Mark]]


def _rows(placed: Sequence[tuple[int, Mark]], width: int) -> list[_Row]:
    rows: list[_Row] = []
    for column, mark in placed:
        start = min(column, width - len(mark.word))
        row = next((r for r in rows if _free(r, start)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append((start, mark))
    return rows


def _free(row: _Row, start: int) -> bool:
    return all(at + len(mark.word) + 1 < start for at, mark in row)


def _words(row: _Row, margin: int) -> Text:
    text = Text(" " * margin)
    for start, mark in sorted(row, key=lambda each: each[0]):
        text.append(" " * (margin + start - len(text)))
        text.append(mark.word, style=_STYLES[mark.kind])
    return text


def _line(
    lane: Lane,
    placed: Sequence[tuple[int, Mark]],
    count: int,
    width: int,
    signs: _Signs,
    margin: int,
) -> Text:
    last = width if lane.goes_on else max((column for column, _ in placed), default=0) + 1
    text = Text(f"{lane.title:<{margin}}" if margin else "", style="bold")
    cells = [(signs.line, "dim") for _ in range(last)]
    if lane.named is not None:
        cells[_column(lane.named, count, width)] = (signs.named, "bold green")
    if lane.goes_on:
        cells[-1] = (signs.on, "dim")
    # Mails over tasks where both fall on one column.
    for column, mark in sorted(placed, key=lambda each: each[1].kind, reverse=True):
        cells[column] = (signs.of(mark.kind), _STYLES[mark.kind])
    for sign, style in cells:
        text.append(sign, style=f"not bold {style}" if style == "dim" else style)
    return text


def _axis(count: int, width: int) -> str:
    """The weeks by their days; one that would stand too close to the last is left out."""
    line = ""
    for day in range(0, count * 7 + 1, 7 if count <= 6 else 14):
        label = f"day {day}" if day == 0 else str(day)
        at = max(0, _column(day, count, width) - (len(label) - 1 if day else 0))
        if not line or at >= len(line) + 2:
            line += " " * (at - len(line)) + label
    return line


def _legend(signs: _Signs, margin: int) -> Text:
    text = Text(" " * margin, style="dim")
    text.append(signs.mail, style=f"not dim {_STYLES['mail']}").append(" draft   ")
    text.append(signs.task, style=f"not dim {_STYLES['task']}").append(" task   ")
    text.append(signs.named, style="not dim bold green").append(" their day   ")
    return text.append(signs.end, style=f"not dim {_STYLES['end']}").append(" closed")


# -- steps -----------------------------------------------------------------------------


def _steps(playbook: Playbook, signs: _Signs) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", max_width=24)
    grid.add_column(overflow="fold")
    for step in playbook.steps:
        if step.enabled:
            kind = "mail" if step.channel is Channel.MAIL else "task"
            sign = Text(signs.of(kind), style=_STYLES[kind])
            grid.add_row(sign, Text(when(step), style="dim"), _said(step))
    off = [step.name for step in playbook.steps if not step.enabled]
    parts: list[RenderableType] = [grid]
    if off:
        parts.append(Text(f"Off: {', '.join(off)}", style="dim"))
    return Padding(Group(*parts), (0, 0, 1, 0))


def _said(step: Step) -> Text:
    text = Text(what(step), style="bold")
    if to_whom(step):
        text.append(f" to {to_whom(step)}", style="not bold")
    rest = limits(step)
    text.append(f": {rest}" if rest else "", style="not bold")
    return text.append(f". {step.note}" if step.note else "", style="not bold italic")
