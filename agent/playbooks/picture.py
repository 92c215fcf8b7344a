"""A playbook drawn as an SVG that needs nothing from outside, light or dark as its reader's page.

`python -m agent.playbooks.picture docs/playbooks` draws the shipped ones anew.
"""

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from agent.config.playbooks import read
from agent.domain.playbook import Playbook, Trigger
from agent.playbooks import names
from agent.playbooks.lanes import Lane, Mark, lanes, weeks
from agent.playbooks.words import ending

_WIDTH, _LEFT, _RIGHT = 880, 190, 48
_TOP, _ROW, _CHARACTER, _BEFORE = 78, 17, 7.2, 16
_ACROSS = _WIDTH - _LEFT - _RIGHT

_STYLE = """
text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2937}
.title{font-size:18px;font-weight:600}.dim{fill:#6b7280}.lane{font-weight:600}
.line{stroke:#9ca3af;stroke-width:2}.grid{stroke:#e5e7eb}.leader{stroke:#d1d5db}
.mail{fill:#0e7490}.task{fill:#fff;stroke:#b45309;stroke-width:2}.end{fill:#b91c1c}
.named{fill:#15803d}.page{fill:#fff}text.task{fill:#92400e;stroke:none}
@media (prefers-color-scheme:dark){text{fill:#e5e7eb}.dim{fill:#9ca3af}.page{fill:#111827}
.grid{stroke:#1f2937}.line{stroke:#6b7280}.leader{stroke:#374151}.mail{fill:#22d3ee}
.task{fill:#111827;stroke:#fbbf24}text.task{fill:#fbbf24}.end{fill:#f87171}.named{fill:#4ade80}}
"""


def svg(playbook: Playbook) -> str:
    """The picture of a playbook; the same for the same playbook."""
    drawn = lanes(playbook)
    count = weeks(drawn)
    body: list[str] = []
    y = _TOP
    for lane in drawn:
        rows = _rows(lane, count)
        y += _ROW * (len(rows) + 1)
        body += _lane(lane, rows, y, count)
        y += 34
    height = y + 62
    said = ending(playbook.step(Trigger.SILENCE), playbook.close_after)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title">',
        f'<title id="title">{escape(playbook.title)}: {escape(playbook.summary)}</title>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{height}" rx="8"/>',
        _text(20, 32, playbook.title, "title"),
        _text(20, 54, playbook.summary, "dim"),
        *_grid(count, _TOP - 8, y - 8),
        *body,
        *_legend(y + 24),
        _text(20, y + 46, said, "dim"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(day: float, count: int) -> float:
    """Where a day lies; what comes before the interview stands a little before it."""
    return round(_LEFT + (day * _ACROSS / (count * 7) if day >= 0 else -_BEFORE), 1)


_Row = list[tuple[float, Mark]]


def _rows(lane: Lane, count: int) -> list[_Row]:
    """The words in as few rows as hold them without touching."""
    rows: list[_Row] = []
    for mark in lane.marks:
        x = min(_x(mark.day, count), _WIDTH - 12 - len(mark.word) * _CHARACTER)
        row = next((r for r in rows if _free(r, x)), None)
        if row is None:
            row = []
            rows.append(row)
        row.append((x, mark))
    return rows


def _free(row: _Row, x: float) -> bool:
    return all(at + (len(mark.word) + 1) * _CHARACTER < x for at, mark in row)


def _lane(lane: Lane, rows: Sequence[_Row], y: int, count: int) -> Iterator[str]:
    last = max((mark.day for mark in lane.marks), default=0)
    end = _WIDTH - _RIGHT if lane.goes_on else _x(last, count)
    yield _text(20, y + 4, lane.title, "lane")
    yield f'<line class="line" x1="{_LEFT}" y1="{y}" x2="{end}" y2="{y}"/>'
    if lane.goes_on:
        yield f'<path class="line" fill="none" d="M{end - 7} {y - 5}L{end} {y}L{end - 7} {y + 5}"/>'
    if lane.named is not None:
        x = _x(lane.named, count)
        yield f'<path class="named" d="M{x - 6} {y - 14}h12l-6 10z"><title>their day</title></path>'
    for height, row in enumerate(rows, start=1):
        for x, mark in row:
            base = y - _ROW * height
            at = _x(mark.day, count)
            yield f'<line class="leader" x1="{at}" y1="{base + 4}" x2="{at}" y2="{y}"/>'
            yield _text(x + 4, base, mark.word, mark.kind if mark.kind == "task" else "")
    for mark in sorted(lane.marks, key=lambda each: each.kind, reverse=True):
        yield _sign(mark.kind, _x(mark.day, count), y)


def _sign(kind: str, x: float, y: int) -> str:
    if kind == "end":
        return f'<rect class="end" x="{x - 5}" y="{y - 5}" width="10" height="10"/>'
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="5.5"/>'


def _grid(count: int, top: int, bottom: int) -> Iterator[str]:
    step = 7 if count <= 8 else 14
    for day in range(0, count * 7 + 1, step):
        x = _x(day, count)
        yield f'<line class="grid" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>'
        label = "interview" if day == 0 else str(day)
        yield _text(x - (26 if day == 0 else 7), bottom + 14, label, "dim")


def _legend(y: int) -> Iterator[str]:
    x = 560
    for kind, word in (("mail", "draft"), ("task", "task"), ("end", "closed")):
        yield _sign(kind, x, y + 18)
        yield _text(x + 11, y + 22, word, "dim")
        x += 30 + int(len(word) * _CHARACTER)
    yield f'<path class="named" d="M{x - 6} {y + 13}h12l-6 10z"/>'
    yield _text(x + 11, y + 22, "their day", "dim")


def _text(x: float, y: int, text: str, style: str) -> str:
    kind = f' class="{style}"' if style else ""
    return f'<text x="{round(x, 1)}" y="{y}"{kind}>{escape(text)}</text>'


def draw_all(folder: Path) -> list[Path]:
    """Draw every shipped playbook into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.svg" for name in names()]
    for name, file in zip(names(), files, strict=True):
        file.write_text(svg(read(name, {})), encoding="utf-8")
    return files


if __name__ == "__main__":
    draw_all(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/playbooks"))
