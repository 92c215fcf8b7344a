"""The words of the two memos that the agent leaves to its own user: debrief and prep.

Templates like those of the drafts (`templates/LANGUAGE/debrief.txt`, `prep.txt`), filled line
by line. They are for the user's eyes, so that an unknown value only leaves its line out. The
debrief's five questions are given back apart: by them the answers are found in the reply.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from agent.mail.compose import clean_body, clean_header, one_line
from agent.mail.template import Sections, filled, sayable, unknown
from agent.mail.words import FALLBACK_LANGUAGE, Calendar, sections_for, tidied

#: The questions of a debrief, in their order, by the sections of its template.
QUESTIONS = ("who", "mattered", "plan", "steps", "attach")

#: What the languages of mails are called, in those of the memos.
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "en": {"en": "English", "de": "German", "fr": "French", "es": "Spanish"},
    "de": {"en": "Englisch", "de": "Deutsch", "fr": "Französisch", "es": "Spanisch"},
    "fr": {"en": "anglais", "de": "allemand", "fr": "français", "es": "espagnol"},
    "es": {"en": "inglés", "de": "alemán", "fr": "francés", "es": "español"},
}

_NUMBERS = {name: number for number, name in enumerate(QUESTIONS, start=1)}
_BELOW = "\n"  # room to write in below each question


@dataclass(frozen=True, slots=True)
class MemoText:
    """A memo's subject and body, and the questions in it, each as its one line."""

    subject: str
    body: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoValues:
    """What a memo can say; "" where it is not known.

    `start` and `end` are those of the talks, shown in `zone` (the user's); `theirs` is the
    time where the other side is, ready to read. `people` stand
    each on a line of their own. `now` is
    when the memo is left.
    """

    now: datetime
    zone: str
    start: datetime
    end: datetime | None = None
    theirs: str = ""
    company: str = ""
    role: str = ""
    names: str = ""
    unaddressed: str = ""
    mail_language: str = ""
    link: str = ""
    place: str = ""
    phone: str = ""
    people: tuple[str, ...] = ()
    debrief: bool = False
    moved: bool = False


def memo_language(wanted: str, sources: Mapping[str, str]) -> str:
    """The language of memos for a user of `wanted`; English where there are none in theirs."""
    base = wanted.partition("-")[0].lower()
    return base if f"{base}/debrief.txt" in sources else FALLBACK_LANGUAGE


def render_memo(
    name: str, values: MemoValues, *, sources: Mapping[str, str], language: str
) -> MemoText:
    """The memo `name` ("debrief" or "prep"). Raises ConfigError for a template with mistakes."""
    base = memo_language(language, sources)
    phrases = sections_for(f"{base}/phrases.txt", sources)
    sections = sections_for(f"{base}/{name}.txt", sources)
    context = _context(values, Calendar(phrases))
    said = {section: _said(sections, section, context) for section in sections}
    questions = tuple(one_line(said[q]) for q in QUESTIONS if said.get(q))
    paragraphs = [
        f"{_NUMBERS[section]}. {one_line(text)}{_BELOW if section != QUESTIONS[-1] else ''}"
        if section in _NUMBERS
        else text
        for section, text in said.items()
        if text and section != "subject"
    ]
    subject = clean_header(said.get("subject", ""))
    body = clean_body("\n\n".join(each.rstrip(" ") for each in paragraphs))
    return MemoText(subject[:1].upper() + subject[1:], body, questions)


def _said(sections: Sections, section: str, context: Mapping[str, object]) -> str:
    variant = next(sayable(sections[section], context), None)
    return tidied(filled(variant, context), keep_lines=True) if variant else ""


def _context(values: MemoValues, calendar: Calendar) -> dict[str, object]:
    zone = ZoneInfo(values.zone)
    start, now = values.start.astimezone(zone), values.now.astimezone(zone)
    end = values.end.astimezone(zone) if values.end else None
    known: dict[str, object] = {
        each.name: one_line(value) or unknown(each.name)
        for each in fields(values)
        if isinstance(value := getattr(values, each.name), str)
    }
    return {
        **known,
        "their_time": one_line(values.theirs) or unknown("their_time"),
        "people": "\n".join(f"- {one_line(each)}" for each in values.people) or unknown("people"),
        "debrief": values.debrief,
        "moved": values.moved,
        "day_is": _day_is(start.date(), now.date()),
        "weekday": calendar.weekday(start.date()),
        "date": calendar.spelled(start.date()),
        "time": _clock(start.time()),
        "until": _clock(end.time()) if end and end.date() == start.date() else unknown("until"),
    }


def _day_is(day: date, today: date) -> str:
    return {0: "today", 1: "tomorrow"}.get((day - today).days, "later")


def _clock(clock: time) -> str:
    return clock.strftime("%H:%M")
