"""What each time in a mail is to the talk that it is about.

A mail names many times: the talk's, the one it was moved from, an answer's limit, lunch,
the shop's hours. `slots_in` says of each which it is, from the words between it and its
neighbours. Which of them is *the* time depends on the kind of the mail: see `interviews.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from agent.mail.acts import Sentence
from agent.mail.around import Around, around_time, opens_line
from agent.mail.cues import Cues, plain
from agent.mail.form_rows import ends_form
from agent.mail.given_up import Beside, is_given_up, takes_place
from agent.mail.when import TimeMention

_LABELLED = re.compile(r"(?:^|\n)[ \t*>•·-]*[^\n:]{2,24}:[^\n]{0,60}$")
TALK_LENGTH = timedelta(hours=1)  # a range no longer than this is a talk's own
MAX_BETWEEN = 100  # characters between two times that are offered as a choice
_AHEAD = timedelta(minutes=45)  # how long before a talk one is asked to be there, at most
STRETCH = timedelta(hours=2)  # a range this long that is offered is a time to choose from


_NEARBY = 600  # characters to either side: the longest sentence of 12,640 mails has 324


class Role(StrEnum):
    """What a time is to the talk."""

    TALK = "talk"
    OLD = "old"  # given up for another
    START = "start"  # "from 3 to 4": given up in a move, else the beginning of a stretch
    LIMIT = "limit"  # by when something has to happen
    OPEN = "open"  # where a stretch of free time begins or ends
    ARRIVAL = "arrival"  # when to be there, ahead of it
    ASIDE = "aside"  # of something else: lunch, doors, trains


@dataclass(frozen=True, slots=True)
class Slot:
    """A time with its part in the mail.

    `listed` says that it opens a line or stands behind a label; `sure` adds up what speaks
    for it: words of meeting in its sentence, a stated end. `fresh` says that words of a
    change lead to it ("make it 3"), `choice` that it stands beside another with "or",
    `engaged` that the writer does something else then.
    """

    mention: TimeMention
    sentence: Sentence | None
    role: Role
    listed: bool
    sure: float
    fresh: bool
    choice: bool
    engaged: bool = False
    planned: bool = False  # given up by no more than a word of planning: "the talk planned for 3"

    @property
    def said(self) -> str:
        """Its sentence as `plain` spells it, as far as it stands around the time."""
        if self.sentence is None:
            return ""
        at = max(0, self.mention.span[0] - self.sentence.span[0])
        return plain(self.sentence.text[max(0, at - _NEARBY) : at + _NEARBY])

    @property
    def ranged(self) -> bool:
        """Whether its end stands beside it ("2 to 3"), not as a length elsewhere."""
        return _ranged(self.mention)

    @property
    def stretch(self) -> bool:
        """Whether it is told as so long that, offered, it is a time to choose from.

        A trial of four hours that begins at four is none.
        """
        end = self.mention.end
        return end is not None and self.ranged and end - self.mention.start >= STRETCH


def _ranged(mention: TimeMention) -> bool:
    return mention.end is not None and mention.ranged


def slots_in(
    text: str,
    mentions: Sequence[TimeMention],
    found: Iterable[Sentence],
    cues: Cues,
    days: Sequence[tuple[int, int]] = (),
) -> tuple[Slot, ...]:
    """Every time with its role, in the order of the text; `found` are the text's sentences.

    `days` says where its days stand, in order.
    """
    sentences, slots = list(found), []
    told: dict[tuple[int, int], float] = {}
    for i, mention in enumerate(mentions):
        sentence = _sentence_of(mention, sentences)
        around = around_time(text, mentions, i, sentence, days, cues)
        if sentence is None:
            told[0, 0] = _speaks_for(around.before + around.after, cues)
        elif sentence.span not in told:  # one has many times, and is read once
            told[sentence.span] = _speaks_for(plain(sentence.text), cues)
        sure = (
            told[sentence.span if sentence else (0, 0)]
            + 1.0 * (mention.end is not None)
            + 2.0 * mention.dated
            + 0.5 * cues.find("meets", around.before)
            + 1.5 * cues.find("meets", around.after[:_MEETING])  # "11.00 you sit down with me"
        )
        role = _role(mention, around, cues)
        planned = role is Role.OLD and _is_planned(around, cues)
        if role is Role.TALK and _leads_to_talk(text, mentions, i, cues):
            role = Role.ARRIVAL
        if ends_form(text, mentions, i, cues):
            role = Role.ASIDE
        elif role in {Role.OPEN, Role.START} and ends_form(text, mentions, i + 1, cues):
            role = Role.TALK  # "From: 2 pm\nTo: 3 pm"
        fresh = any(len(m[0]) > 2 for m in cues.patterns["new"].finditer(around.before))  # not "to"
        fresh = fresh or takes_place(_beside(around, cues), cues)
        choice = any(_with_or(text, pair, cues) for pair in _pairs(mentions, i))
        if role is Role.START and _is_offered(text, mentions, i, cues):
            role = Role.TALK
        engaged = _is_engaged(around, cues)
        listed = _listed(text, mention)
        slots.append(Slot(mention, sentence, role, listed, sure, fresh, choice, engaged, planned))
    return tuple(_open_together(text, _led_to(_gone_together(text, slots, cues)), cues))


def _open_together(text: str, slots: Sequence[Slot], cues: Cues) -> list[Slot]:
    """ "between 9 and 12.30 or 2 and 4": the second stretch is as open as the first."""
    found = list(slots)
    for at, right in enumerate(slots[1:], 1):
        left = found[at - 1]
        if left.role is not Role.OPEN or right.role is not Role.TALK:
            continue
        between = text[left.mention.span[1] : right.mention.span[0]]
        if left.ranged and right.ranged and cues.whole("or", plain(between).strip()):
            found[at] = replace(right, role=Role.OPEN)
    return found


_MEETING = 30  # characters from a time to the word of meeting that it leads to


def _speaks_for(said: str, cues: Cues) -> float:
    """What the words of a sentence say for its times: a talk, or only what would be if."""
    return 2.0 * cues.find("talk", said) - 2.5 * cues.find("condition", said)


def _led_to(slots: Sequence[Slot]) -> list[Slot]:
    """ "del viernes … a las 17:00 en vez de a las 11:00": what stands before the old time begins nothing."""
    found = list(slots)
    for at, (left, right) in enumerate(pairwise(slots)):
        same = left.sentence is right.sentence
        if same and left.role is Role.START and right.role is Role.OLD:
            found[at] = replace(left, role=Role.TALK)
    return found


def _is_engaged(around: Around, cues: Cues) -> bool:
    """ "Thursday at 10 I have the dentist", not "Thursday at 10 I have a gap"."""
    after = around.after
    return cues.starts("engaged", after) and not cues.find("unengaged", after)


def _gone_together(text: str, slots: Sequence[Slot], cues: Cues) -> list[Slot]:
    """ "12 and 1 have gone already", "formerly at 10 and 11": what is said of one is said of both."""
    found = list(slots)
    for at, (left, right) in enumerate(pairwise(slots)):
        between = text[left.mention.span[1] : right.mention.span[0]]
        words = between.split() if between[:1] == " " and len(between) <= _JOINED else []
        joined = 0 < len(words) <= 2 and all(word.isalpha() for word in words)
        joined = joined and not any(cues.find(each, between) for each in ("not", "old", "new"))
        joined = joined and left.sentence is right.sentence
        if joined and not left.mention.dated and (left.role, right.role) == (Role.TALK, Role.OLD):
            found[at] = replace(left, role=Role.OLD)
        joined = joined and cues.whole("and", words[0])
        if joined and (found[at].role, right.role) == (Role.OLD, Role.TALK):
            found[at + 1] = replace(right, role=Role.OLD)
    return found


_JOINED = 9  # characters of " and at "


def _pairs(mentions: Sequence[TimeMention], i: int) -> Iterable[tuple[TimeMention, TimeMention]]:
    """A time with the one before it, and with the one after it."""
    if i:
        yield mentions[i - 1], mentions[i]
    if i + 1 < len(mentions):
        yield mentions[i], mentions[i + 1]


def _with_or(text: str, pair: tuple[TimeMention, TimeMention], cues: Cues) -> bool:
    if pair[0].span == pair[1].span:
        return True  # "Tuesday or Wednesday at 3"
    between = text[pair[0].span[1] : pair[1].span[0]]
    if len(between) >= MAX_BETWEEN:
        return False
    *before, last = _ENDS.split(between)
    return cues.find("or", plain(last[:_OPENS] if before else between))


_ENDS = re.compile(r"(?<!\d)[.?!]\s+(?=[^\W\d_]|[¿¡])")  # not of "25.8. um 17 Uhr", "o godz. 9"
_OPENS = 24  # characters of a sentence in which "or" joins it to the one before: "If not, Friday"


def _is_offered(text: str, mentions: Sequence[TimeMention], i: int, cues: Cues) -> bool:
    """ "van woensdag 16 uur of donderdag 10 uur": "or" joins the next time, and it moves to none."""
    following = next((m for m in mentions[i + 1 :] if m.span != mentions[i].span), None)
    if following is None or not _with_or(text, (mentions[i], following), cues):
        return False
    return not cues.find("onto", plain(text[mentions[i].span[1] : following.span[0]]))


def _sentence_of(mention: TimeMention, sentences: Iterable[Sentence]) -> Sentence | None:
    return next((s for s in sentences if s.span[0] <= mention.span[0] < s.span[1]), None)


def _role(mention: TimeMention, around: Around, cues: Cues) -> Role:
    before = cues.patterns["picks"].sub("", _without_part(around.before, cues))
    after = around.after
    if is_given_up(_beside(around, cues), cues):
        return Role.OLD
    if mention.start.minute == _LAST_MINUTE:
        return Role.LIMIT  # "The link expires on Friday at 11:59 PM"
    if not (mention.start.hour or mention.start.minute):
        return Role.ASIDE  # "I know that is midnight for you"
    opens = _opens_next(around, cues)  # "la del martes a las 9, la sala está ocupada desde las 10"
    if around.further and mention.end is None and not opens and _begins(before, cues):
        return Role.START
    if cues.closes("arrival", before[-60:], 6):
        return Role.ARRIVAL
    bracketed = before.rstrip().endswith("(") and not cues.closes("limit", before[-50:], 0)
    if _is_limited(around, before, cues) and not (
        bracketed or cues.closes("visits", before[-50:], _TO_DAY)
    ):
        return Role.LIMIT  # but "Wednesday before school (8.00)" is at 8:00
    ahead = "" if _is_of_next(around) else after[: 14 if around.parted else 30]
    if _beside_an_event(before, len(before) - 28, cues) or _beside_an_event(ahead, 0, cues):
        return Role.ASIDE
    ranged = _ranged(mention)
    if ranged and mention.end is not None and mention.end - mention.start <= TALK_LENGTH:
        return Role.TALK  # "between 1 and 1:45" is a talk's own length
    near = ranged or before.rstrip().endswith("(")  # "after closing (18h)" is at 18:00
    near = near or before.endswith(", ")  # "after dismissal, 2:45"
    if mention.dated and cues.closes("part", before[-30:], 0):
        return Role.TALK  # "czwartek po południu 17:30", "jeudi après-midi 15h"
    if cues.closes("open", before[-30:], 0 if near else 1) and not _hours_after(before, cues):
        return Role.OPEN
    return Role.TALK


_LAST_MINUTE = 59
_TO_DAY = 9  # words from how one meets to the hour: "by video on Tuesday, 10.03.2026, at"
_LABEL_WORDS = 3  # of "Ende gegen", "pause à"


def _is_of_next(around: Around) -> bool:
    """ "start 7:00, break 12:00, end about 15:00": what stands between is the label of the next time."""
    return around.leads_on and len(around.after.split()) <= _LABEL_WORDS


def _opens_next(around: Around, cues: Cues) -> bool:
    """ "Tuesday at 9, the room is taken from 10": what follows tells of a stretch, not of this time."""
    return around.leads_on and cues.closes("open", around.after, 1)


def _without_part(before: str, cues: Cues) -> str:
    """ "czwartek po południu 17:30", "jeudi après-midi à 15h": that is no time after something."""
    at = cues.last("parts", before)
    return before[:at] if at >= 0 and cues.closes("parts", before, 1) else before


def _hours_after(before: str, cues: Cues) -> bool:
    """ "the Monday after at 11": the word is of the day before it."""
    at = cues.last("at_hour", before)
    closes = at >= 0 and cues.closes("at_hour", before, 0)
    return closes and cues.closes("around_aside", before[:at], 0)


def _leads_to_talk(text: str, mentions: Sequence[TimeMention], i: int, cues: Cues) -> bool:
    """ "9.45 for 10.00", "come at 8:15; the interview itself begins at 8:30": ahead of the talk."""
    following = mentions[i + 1] if i + 1 < len(mentions) else None
    if following is None or mentions[i].end is not None:
        return False
    ahead = timedelta() < following.start - mentions[i].start <= _AHEAD
    between = text[mentions[i].span[1] : following.span[0]]
    if not ahead or len(between) > MAX_BETWEEN or ("\n" in between and _listed(text, following)):
        return False
    said = plain(between)
    return cues.whole("ahead_of", said.strip()) or cues.closes("talk_begins", said, 0)


def _begins(before: str, cues: Cues) -> bool:
    """Whether a word of beginning leads to a time, over a day at most.

    French "de" and Portuguese "do" lead to anything ("de venir à neuf heures").
    """
    before = cues.patterns["part"].sub(" ", before)  # Spanish "a las 9 de la mañana o a las 10"
    for found in cues.patterns["start"].finditer(before):
        if ":" in before[found.end() :]:
            continue  # "kies een van deze momenten: ma 9/11 10u"
        between = _WORDS.findall(before[found.end() :])
        if len(found[0]) > 2 and len(between) <= _FROM_WORDS:
            return True
        if len([word for word in between if not word.isdigit()]) <= 1:
            return True
    return False


_WORDS = re.compile(r"\w+")
_FROM_WORDS = 5  # between "from" and its time


def _is_limited(around: Around, before: str, cues: Cues) -> bool:
    """Whether a time is a limit: "by Tuesday at 5", "najpóźniej w środę 12 maja, o godz. 17".

    Where its day stands before it, but small words may stand between that and the word of a limit:
    Polish "zadzwonię do Pani jutro o 10" has none.
    """
    if not around.led and not around.day:
        return _limits(before[-50:], cues)
    meant = cues.closes("for_when", around.led[-_NEARBY:], 0)  # "een uitnodiging voor woensdag"
    if not meant and (_limits(around.day, cues) or cues.starts("limit", around.day)):
        return True
    led = around.led[-50:]
    small = cues.patterns["row_words"]
    return any(
        all(small.fullmatch(word) for word in _WORDS.findall(led[found.end() :]))
        for found in cues.patterns["limit"].finditer(led)
    )


def _limits(before: str, cues: Cues) -> bool:
    """Whether a word of a limit leads to a time.

    "After we close or Thursday at 10" and "Saturday before we open, say 9" have none, nor has Dutch
    "een uitnodiging voor woensdag om 14u".
    """
    return any(
        len(before[found.end() :].split()) <= _LIMIT_WORDS
        and not _is_led_to(before[found.end() :])
        and not cues.closes("around_aside", before[: found.start()], 1)
        and not cues.closes("for_when", before[: found.start()], 0)
        and not _around_event(found, before, cues)
        for found in cues.patterns["limit"].finditer(before)
    )


def _is_led_to(words: str) -> bool:
    """ "do wyboru: 9.11 o 10:00": a list that a colon opens is what the words before it lead to."""
    head, colon, _ = words.partition(":")
    return bool(colon and head.strip())


_LIMIT_WORDS = 5  # between the word of a limit and its time


def _around_event(found: re.Match[str], before: str, cues: Cues) -> bool:
    """ "before we open, say 9", "before class or at 4": its word is of what happens, not of the time."""
    if not cues.whole("around_aside", found[0]):
        return False
    event, sign, _ = before[found.end() :].partition(",")
    return cues.find("or", before[found.end() :]) or (bool(sign) and cues.find("aside", event))


def _beside_an_event(words: str, since: int, cues: Cues) -> bool:
    """Whether something else happens then: a meal, a train; "6pm, after we close" is ours."""
    return any(
        found.start() >= since and not cues.closes("around_aside", words[: found.start()], 1)
        for found in cues.patterns["aside"].finditer(words)
    )


def _beside(around: Around, cues: Cues) -> Beside:
    """The words that tell whether a time is given up."""
    return Beside(
        around.lead,
        around.tail,
        around.label,
        around.rest,
        around.further,
        around.joins and around.further,
        _opens_next(around, cues),
        around.led,
    )


def _is_planned(around: Around, cues: Cues) -> bool:
    """Whether a word of planning alone tells that a time is given up: "your talk is planned for 3"."""
    for said in (around.before, around.led):
        if 0 <= cues.last("old", said) == cues.last("planned", said):
            return True
    return False


def _listed(text: str, mention: TimeMention) -> bool:
    """Whether a time opens its line ("9:30 Harold Vance") or stands behind a label ("When: ...")."""
    if opens_line(text, mention.span[0]):
        return True
    line_start = text.rfind("\n", 0, mention.span[0]) + 1
    return _LABELLED.search(text[max(0, line_start - 1) : mention.span[0]]) is not None


def distinct(slots: Iterable[Slot]) -> list[Slot]:
    """Each start once, a stated end kept, in the order of the text."""
    kept: dict[datetime, Slot] = {}
    for slot in slots:
        known = kept.get(slot.mention.start)
        if known is None or (known.mention.end is None and slot.mention.end is not None):
            kept[slot.mention.start] = slot
    return list(kept.values())
