"""By how much a time is moved: "push it back an hour", "a week later", "by 30 minutes".

`find_shift` reads it from the same words as the times. Which time is moved, and whether
the words speak of one at all, is for who asks to know.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from agent.mail.when.page import Page
from agent.mail.when.settle import read_page
from agent.mail.when.tokens import Atom
from agent.mail.when.vocabulary import Unit

_UNITS = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
    Unit.FORTNIGHT: timedelta(weeks=2),
}
_LONGEST = timedelta(weeks=4)


def find_shift(
    text: str, anchor: datetime, *, zone: str, country: str, language: str = "en"
) -> tuple[timedelta, int] | None:
    """How far a time is moved (back in time is negative), and where the words begin.

    The first such words count; None where there are none. Arguments as of `find_times`.
    """
    if not 1900 <= anchor.year < 2100:
        return None
    page = read_page(text, anchor, zone, country, language)
    for at in range(len(page.atoms)):
        found = _amount(page.atoms, at) or _alone(page, at)
        if found is None or not timedelta() < found[0] <= _LONGEST or _lasts(page, at):
            continue
        sign = _direction(page, at, found[1])
        if sign:
            return sign * found[0], page.atoms[at].start
    return None


def _amount(atoms: Sequence[Atom], at: int) -> tuple[timedelta, int] | None:
    """A length that begins at an atom, and where it ends: "an hour", "30 min", "half an hour"."""
    first = atoms[at]
    if "length" in first.classes:
        return timedelta(minutes=first.classes["length"]), at + 1
    if at + 1 >= len(atoms) or not ("n" in first.classes or "one" in first.classes):
        return None
    unit = (
        _UNITS.get(Unit(atoms[at + 1].classes["unit"])) if "unit" in atoms[at + 1].classes else None
    )
    return (first.classes.get("n", 1) * unit, at + 2) if unit else None


def _alone(page: Page, at: int) -> tuple[timedelta, int] | None:
    """Polish "godzinę później": one of a unit, told by the word's case alone."""
    atom = page.atoms[at]
    if "unit" not in atom.classes or not page.setting.words.shows("oneunit", atom.low):
        return None
    unit = _UNITS.get(Unit(atom.classes["unit"]))
    return (unit, at + 1) if unit else None


def _lasts(page: Page, first: int) -> bool:
    """ "stuck for an hour", "seit einer Stunde": how long something has lasted moves nothing."""
    before = page.atoms[first - 1].low if first else ""
    return page.setting.words.shows("lasting", before)


def _direction(page: Page, first: int, last: int) -> int:
    """1 for later, -1 for earlier, 0 where the words move nothing."""
    before, after = page.atoms[max(0, first - 2) : first], page.atoms[last : last + 2]
    sentence = page.atoms[first].sentence
    near = [atom for atom in (*before, *after) if atom.sentence == sentence]
    ahead = [atom for atom in page.atoms[max(0, first - 12) : first] if atom.sentence == sentence]
    if any("sooner" in atom.classes for atom in (*ahead, *after)):
        return -1 if any({"sooner", "push"} & atom.classes.keys() for atom in near) else 0
    return int(any("push" in atom.classes for atom in near))
