"""Times and days that are told in two rows: "on Tuesday and Wednesday, at 10 and 2 respectively".

The first time is on the first day, the second on the second. Linear in the phrases of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.mail.when.page import Page
from agent.mail.when.phrases import Day
from agent.mail.when.slots import Slot

_MOST = 8  # days of one row


def in_turn(page: Page, slots: Sequence[Slot]) -> Mapping[int, Day]:
    """The day of each time, by its place among `slots`, in the sentences that pair them."""
    if "inturn" not in page.classes:
        return {}
    told = {atom.sentence for atom in page.atoms if "inturn" in atom.classes}
    times: dict[int, list[int]] = {}
    for at, slot in enumerate(slots):
        times.setdefault(page.atoms[slot.first].sentence, []).append(at)
    days: dict[int, list[Day]] = {}
    for phrase in page.phrases:
        if isinstance(phrase, Day) and page.sentence(phrase) in told and not phrase.stretch:
            days.setdefault(page.sentence(phrase), []).append(phrase)
    paired: dict[int, Day] = {}
    for sentence, named in days.items():
        row = times.get(sentence, [])
        each: list[Day] = []
        for day in named:  # "Tuesday (26 January)" is one day in two phrases
            each += [replace(day, days=(d,)) for d in day.days if not each or each[-1].days != (d,)]
        if 1 < len(row) == len(each) <= _MOST:
            paired.update(zip(row, each, strict=True))
    return paired
