"""Whether a time is given up for another: "not 10", "2 pm is off", "rather than Tuesday at 3".

The words that stand around a time with its day tell. Those behind it may be of the time that
follows: of "1pm, no longer 9am" the second is given up, and the first takes its place.
"""

from dataclasses import dataclass

from agent.mail.cues import Cues, last_clause


@dataclass(frozen=True, slots=True)
class Beside:
    """The words about a time and the day beside it."""

    before: str  # from the time before, or the beginning of the sentence
    after: str  # to the end of the clause, or the next time
    label: str  # the line above, where it is a label
    rest: str  # what stands behind it on its line
    further: bool  # whether another time follows in the sentence
    joins: bool  # whether `after` leads up to it
    leads_on: bool  # whether what follows a comma tells of a stretch that begins at the next time
    led: str = ""  # what stands before its day, where that stands right before the time


def is_given_up(words: Beside, cues: Cues) -> bool:
    """Whether the nearest word that tells old from new says old."""
    if words.label and cues.starts("old", words.label):
        return True
    clause = last_clause(_behind_colon(words.before))
    if cues.starts("whether", clause.lstrip()):
        return False  # "If Thursday at 3 is no good, …", "If not, Friday at 3 is fine"
    if takes_place(words, cues):
        return False
    after = _its_own(words, cues)
    later = cues.starts("around_aside", after)  # "at 5.45, when there are no customers any more"
    later = later or _is_next_gone(words, cues)
    if (cues.find("gone", after) and not (later or words.leads_on)) or cues.closes(
        "not", clause, 4
    ):
        return True
    if cues.starts("filled", words.rest) and len(words.rest.split()) <= _FILLED:
        return True  # "Thu 17 Sept 11:00 - taken"
    if not words.further and cues.whole("not", after.partition(":")[0].strip(" .!")):
        return True  # "Mittwoch um 10 nicht"
    before = _behind_colon(words.before)
    old, new = cues.last_end("old", before), _last_new(before, cues)
    if old > max(new, -1) and cues.closes("old", before, 7):  # Spanish "venir antes" is new
        return True
    if cues.closes("whose_day", last_clause(words.led), 0) and cues.find("puts_off", words.after):
        return True  # Dutch "ons gesprek van dinsdag om 11 uur afzeggen"
    return _is_of_old_day(words.led, cues) or _cannot(words, cues)


def _is_next_gone(words: Beside, cues: Cues) -> bool:
    """Portuguese "será às 11h30 e já não às 10h30": what follows says it of the next time."""
    return words.joins and len(words.after.split()) <= _NEXT and cues.find("old", words.after)


_NEXT = 5  # words of "e já não às"


def _is_of_old_day(led: str, cues: Cues) -> bool:
    """ "former date: Thursday 3 September 2026 at 8", "I have to put off our talk of Tuesday at 10"."""
    old, new = cues.last_end("old", led), cues.last_end("new", led)
    if old > new and cues.closes("old", led, 3):
        return True
    clause = last_clause(led)
    planned = cues.last_end("planned", clause)
    if (
        planned >= 0
        and len(clause[planned:].split()) <= 1
        and not cues.find("new", clause[: cues.last("planned", clause)])
    ):
        return True  # "the talk planned for Tuesday at 10"
    moved = cues.last_end("puts_off", clause)
    if moved < 0:
        return False
    return not clause[moved:].strip() or cues.closes("whose_day", clause[moved:], 0)


def _cannot(words: Beside, cues: Cues) -> bool:
    """ "I cannot see you on Tuesday at 10": right behind words of being unable, and no new time."""
    clause = last_clause(words.led or words.before)
    unable = cues.last_end("cannot", clause)
    if unable < 0:
        return False
    rest = clause[unable:]
    led_on = any(cues.find(name, rest) for name in ("new", "or", "limit", "open"))
    return not led_on and len(rest.split()) <= _UNABLE


_UNABLE = 7  # words from "I cannot" to the day or the time


def _behind_colon(before: str) -> str:
    """ "she gave me these times between patients: Monday at 7": what a list is opened with is not of its times."""
    head, colon, rest = before.rpartition(":")
    return rest if colon and len(head.split()) > _LABEL else before


_LABEL = 4  # words of a label: "Old date and time:"
_FILLED = 3  # words behind a time of a list that nobody can have any more


def takes_place(words: Beside, cues: Cues) -> bool:
    """ "Thursday at 10 instead", "4 rather than 2": the words right behind a time make it the new one."""
    after = words.after
    if cues.starts("instead", after) and not cues.starts("old", after):
        return True
    if cues.starts("against", after) and not words.joins:
        return True  # "2.45 on Tuesday rather than on Monday"
    if not words.joins or cues.closes("old", words.before, 1):
        return False
    led = _its_own(words, cues)
    return led != after and len(led.split()) <= _SMALL and not cues.find("gone", led)


_SMALL = 3  # words of "would suit us", "now and", before "rather than"


_AGAINST = ("old", "not")
_OWN = 4  # words from "rather than" to the time that it gives up


def _its_own(words: Beside, cues: Cues) -> str:
    """What stands behind a time without the words that give up the next: "1pm, no longer 9am"."""
    after = words.after
    if not words.joins:
        return after
    ends = [cues.last(each, after) for each in _AGAINST if cues.closes(each, after, _OWN)]
    return after[: min(ends)] if ends else after


def _last_new(before: str, cues: Cues) -> int:
    """Where the last word of change ends; "do" of "can't do" is none."""
    old = [found.span() for found in cues.patterns["old"].finditer(before)]
    return max(
        (
            found.end()
            for found in cues.patterns["new"].finditer(before)
            if not any(start <= found.start() and found.end() <= end for start, end in old)
        ),
        default=-1,
    )
