"""How far apart two phrases are: side by side, a comma apart, a line apart, or not together.

What may stand between a day and its time are small words ("at", "on", "from"), labels
("Time:") and signs. Each sign and each line costs something, so that of two days the
nearer one is taken; any other word parts them.
"""

from collections.abc import Sequence

from agent.mail.when.page import Page
from agent.mail.when.tokens import Atom

_GLUE = frozenset(("at", "on", "the", "of", "about", "from", "between", "label", "time", "inside", "firm", "s"))  # fmt: skip
_SIGNS = {
    "(": 1, "[": 1, ":": 1, "*": 1, "'": 1, "`": 1, "_": 1,
    ",": 2, ")": 2, "]": 2, "-": 2, ">": 2, "=": 2, "#": 2, "·": 2, "⋅": 2, "@": 1, "→": 2, "◦": 2, "○": 2, "▪": 2, "■": 2, "►": 2, "✓": 2, "…": 2, "+": 3,
    "|": 3, "/": 3, "•": 3, ".": 5, ";": 6,
}  # fmt: skip
NEW_LINE = 3  # what a line break costs
_MOST_LINES = 3
_MOST_ATOMS = 12


def distance(page: Page, left_last: int, right_first: int) -> int | None:
    """What parts two phrases: one past the last atom of the left one, and the first of the right.

    None where anything but small words, labels and signs stands between.
    """
    if right_first - left_last > _MOST_ATOMS or not left_last:
        return None
    cost = 0
    line = page.atoms[left_last - 1].line
    for atom in page.atoms[left_last:right_first]:
        step = _cost(atom)
        if step is None:
            return None
        cost += step + _lines(line, atom.line)
        line = atom.line
    cost += _lines(line, page.atoms[right_first].line)
    return cost - (NEW_LINE - 1) * _wraps(page, left_last, right_first)


def _wraps(page: Page, left_last: int, right_first: int) -> bool:
    """ "…, Tues Mar 10 0730, Tues Mar 10\\n1530": a line that was broken for its width alone."""
    left, right = page.atoms[left_last - 1], page.atoms[right_first]
    if right.line - left.line != 1 or right_first != left_last:
        return False
    return left.end - page.text.rfind("\n", 0, left.end) > _WIDE


_WIDE = 50  # signs of a line that a mail program may have broken


def _lines(above: int, below: int) -> int:
    return NEW_LINE * min(_MOST_LINES, below - above)


def _cost(atom: Atom) -> int | None:
    if atom.low in _SIGNS:
        return _SIGNS[atom.low]
    if "or" in atom.classes or not _GLUE & atom.classes.keys():
        return None
    return 0


def is_opened(gap: Sequence[Atom]) -> bool:
    """Whether nothing but an opening bracket stands between: "9am our time (Sydney)"."""
    return len(gap) == 1 and gap[0].low in "(["


def is_glue(atoms: Sequence[Atom]) -> bool:
    """Whether atoms are small words, labels and signs alone."""
    return all(_cost(atom) is not None for atom in atoms)
