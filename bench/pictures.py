"""Pictures of how mail was understood: the confusion matrix and the calibration, as one SVG.

Plain shapes and text, no script and no font of its own, readable on a light and a dark page.
"""

from collections.abc import Mapping, Sequence
from html import escape

CELL, LEFT, TOP, GAP = 34, 190, 190, 70
INK, PAPER, FAINT, LINE = "#1f2937", "#ffffff", "#6b7280", "#d1d5db"
RIGHT, WRONG = "#0f766e", "#b91c1c"
Bin = tuple[float, float, int]  # said, right, mails


def picture(kinds: Sequence[str], pairs: Mapping[tuple[str, str], int], bins: Sequence[Bin]) -> str:
    """An SVG: rows are labels, columns what was read; beside it said against right."""
    size = CELL * len(kinds)
    width, height = LEFT + size + GAP + 340, TOP + max(size, 340) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12" fill="{INK}">',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        _text(20, 28, "What each kind of mail was read as", size=16),
        _text(
            20, 48, "a row is the label, a column the reading; shade is the share of the row", FAINT
        ),
        *_matrix(kinds, pairs),
        *_calibration(LEFT + size + GAP, TOP, bins),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _matrix(kinds: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> list[str]:
    parts = []
    for number, kind in enumerate(kinds):
        at = number * CELL + CELL / 2
        name = kind.replace("_", " ")
        parts.append(_text(LEFT - 10, TOP + at + 4, name, anchor="end"))
        x, y = LEFT + at + 4, TOP - 10
        parts.append(f'<text x="{x}" y="{y}" transform="rotate(-50 {x} {y})">{escape(name)}</text>')
    for down, label in enumerate(kinds):
        row = sum(pairs.get((label, read), 0) for read in kinds)
        for across, read in enumerate(kinds):
            count = pairs.get((label, read), 0)
            x, y = LEFT + across * CELL, TOP + down * CELL
            parts.append(_cell(x, y, count, count / row if row else 0.0, right=label == read))
    return parts


def _cell(x: float, y: float, count: int, share: float, *, right: bool) -> str:
    colour = RIGHT if right else WRONG
    opacity = 0.12 + 0.88 * share if count else 0
    ink = PAPER if opacity > 0.55 else INK
    box = (
        f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="{colour}" '
        f'fill-opacity="{opacity:.2f}" stroke="{LINE}"/>'
    )
    return box + (_text(x + CELL / 2, y + CELL / 2 + 4, str(count), ink, "middle") if count else "")


def _calibration(left: float, top: float, bins: Sequence[Bin]) -> list[str]:
    """Circles by how sure the program was and how often it was right; area is the number of mails."""
    side, most = 300, max((mails for _, _, mails in bins), default=1)
    parts = [
        _text(left, top - 46, "How sure it was, and how often it was right", size=14),
        _text(
            left, top - 28, "a circle on the line is a true probability; its area is mails", FAINT
        ),
        f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="{LINE}"/>',
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="{FAINT}" '
        'stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        at = side * tenth / 10
        parts.append(_text(left + at, top + side + 18, f"{tenth / 10:.1f}", FAINT, "middle"))
        parts.append(_text(left - 6, top + side - at + 4, f"{tenth / 10:.1f}", FAINT, "end"))
    for said, right, mails in bins:
        radius = 3 + 17 * (mails / most) ** 0.5
        parts.append(
            f'<circle cx="{left + side * said:.1f}" cy="{top + side * (1 - right):.1f}" '
            f'r="{radius:.1f}" fill="{RIGHT}" fill-opacity="0.55" stroke="{RIGHT}"/>'
        )
    parts.append(_text(left + side / 2, top + side + 38, "confidence", FAINT, "middle"))
    return parts


def _text(
    x: float, y: float, text: str, fill: str = INK, anchor: str = "start", size: int = 12
) -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{fill}" text-anchor="{anchor}" font-size="{size}">'
        f"{escape(text)}</text>"
    )
