"""The words of a draft: a template, what is known and a seed become subject and body.

The law of this file: text from a mail is only ever a value, never a template, and a value that
is not known is never papered over. Of the ways to say a paragraph those are taken that say the
most with what is known, and one of these is picked by the seed: the same for the same note,
another one for another person at that employer.

`phrases.txt` beside the templates of a language holds its greeting, its sign-off, its dates, and
phrases such as `the_role` that read on whatever is missing; a new language needs no Python. A
language without a template falls back to English as a whole: no mail is in two languages.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.errors import ConfigError
from agent.mail.compose import clean_body, clean_header, one_line
from agent.mail.job_names import plain_company, plain_role
from agent.mail.lint import fit_to_name, problems_in
from agent.mail.names import full_name, greeting_name, list_names
from agent.mail.template import (
    Sections,
    Unknown,
    Variant,
    filled,
    fullest,
    names_used,
    problems_of,
    sayable,
    section_names,
    sections_of,
    unknown,
)

__all__ = [
    "Calendar",
    "Values",
    "Words",
    "language_for",
    "missing_values",
    "problems_in",
    "problems_in_sources",
    "render",
    "sections_for",
    "tidied",
]

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What is known when a draft is written; None where it is not.

    `recipient` is the person's name as their mail shows it; `day` the date of the talk and `now`
    the instant of writing, both seen in `zone` (the user's). `others` are the names of those to be
    thanked through the recipient. `talk` is one of phone screen, video call, interview, panel,
    visit; anything else reads as a conversation. `matters`, `plan` and `value` are the user's
    own words: what mattered to this person, how the user would do the job, something useful to
    pass on. `signature` are the user's own lines under a mail, in place of name and phone. `caller` and `caller_phone` tell a reference who may ring, and from which number.
    """

    user_name: str
    now: datetime
    zone: ZoneInfo
    user_phone: str | None = None
    signature: str | None = None
    recipient: str | None = None
    company: str | None = None
    role: str | None = None
    day: date | None = None
    others: tuple[str, ...] = ()
    talk: str | None = None
    decision_by: date | None = None
    attempt: int = 1
    matters: str | None = None
    plan: str | None = None
    value: str | None = None
    caller: str | None = None
    caller_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's subject, and its body with LF line ends and a paragraph a line."""

    subject: str
    body: str


#: Values that may be unknown: a variant that uses one says more than one that does not.
OPTIONAL = frozenset(
    {
        "name", "full_name", "company", "role", "others", "decision_day", "decision_passed",
        "matters", "plan", "value", "user_phone", "signature", "caller", "caller_phone",
    }
)  # fmt: skip

#: Values that are always there, if need be as "".
ALWAYS = frozenset({"user_name", "attempt", "talk_kind", "day_is", "weekday", "date"})

#: Templates of the notes to the user themself, and what these can name.
MEMOS = ("debrief", "prep", "digest")
MEMO_VALUES = frozenset(
    {
        "company", "role", "names", "unaddressed", "mail_language", "debrief", "moved", "day_is",
        "weekday", "date", "time", "until", "zone", "their_time", "link", "place", "phone", "people",
        "count", "drafts", "tasks", "talks", "missed", "title", "to", "job", "text", "by", "over",
    }
)  # fmt: skip

#: What the date format in phrases.txt is made of.
_DATE_PARTS = frozenset({"day_number", "month"})

#: Sections of phrases.txt that are no phrases of a sentence.
_FRAME = ("greeting", "sign_off")
_TABLES = ("weekdays", "months", "date_format")

#: From this hour on a talk of the same day goes by its weekday: the draft may be sent tomorrow.
_NO_MORE_TODAY = 18


def render(
    template: str,
    values: Values,
    *,
    sources: Mapping[str, str],
    seed: str,
    language: str = FALLBACK_LANGUAGE,
    nth: int = 0,
) -> Words:
    """The words of one mail.

    `template` is a name such as "thank_you.interviewer"; `sources` holds the files' texts by
    their path under templates/ ("en/thank_you.interviewer.txt"), the user's own in place of ours.
    `seed` names the employer, and `nth` counts the people there that get a note, from 0: two of
    them share no sentence while there are variants left. Equal arguments give equal words.
    Raises ConfigError where a template file cannot be used, with every problem in it.
    """
    base = language_for(template, language, sources)
    phrases = sections_for(f"{base}/phrases.txt", sources)
    sections = sections_for(f"{base}/{template}.txt", sources)
    context = _context(values, phrases, base)
    choice = _Choice(f"{seed}\n{template}", nth)
    paragraphs = [
        _paragraph(name, variants, context, choice)
        for name, variants in _in_mail_order(sections, phrases)
    ]
    subject = _paragraph("subject", sections.get("subject", ()), context, choice)
    return Words(
        clean_header(_in_the_typography_of(base, subject)),
        clean_body(_in_the_typography_of(base, "\n\n".join(each for each in paragraphs if each))),
    )


def language_for(template: str, language: str, sources: Mapping[str, str]) -> str:
    """The language that a template is written in for a reader of `language` ("de-AT" reads de)."""
    base = language.replace("_", "-").partition("-")[0].lower()
    has_both = {f"{base}/{template}.txt", f"{base}/phrases.txt"} <= sources.keys()
    return base if has_both else FALLBACK_LANGUAGE


def missing_values(
    template: str, values: Values, *, sources: Mapping[str, str], language: str
) -> tuple[str, ...]:
    """The values that this template could say and that are not known, by their names."""
    base = language_for(template, language, sources)
    phrases = sections_for(f"{base}/phrases.txt", sources)
    used = names_used(sections_for(f"{base}/{template}.txt", sources))
    used |= names_used({name: phrases[name] for name in used & phrases.keys()})
    context = _context(values, phrases, base)
    return tuple(sorted(n for n in used & OPTIONAL if isinstance(context.get(n), Unknown)))


def problems_in_sources(sources: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that is wrong in a set of template files, in words for who wrote them."""
    return tuple(
        f"templates/{path}, {problem}"
        for path in sorted(sources)
        if path.endswith(".txt") and "/" in path
        for problem in problems_of(sources[path], _names_for(path, sources))
    )


def sections_for(path: str, sources: Mapping[str, str]) -> Sections:
    """A template file's sections; raises ConfigError where it is missing or wrong."""
    if path not in sources:
        raise ConfigError(f"templates/{path}", ["there is no such template"])
    return sections_of(sources[path], _names_for(path, sources), path)


def _names_for(path: str, sources: Mapping[str, str]) -> frozenset[str]:
    """The values that a file may use: ours, and the phrases of its language."""
    if path.partition("/")[2].removesuffix(".txt") in MEMOS:
        return MEMO_VALUES
    phrases = section_names(sources.get(f"{path.partition('/')[0]}/phrases.txt", ""))
    own = _DATE_PARTS if path.endswith("/phrases.txt") else frozenset()
    return OPTIONAL | ALWAYS | own | phrases.difference(_FRAME, _TABLES)


def _in_mail_order(sections: Sections, phrases: Sections) -> list[tuple[str, Sequence[Variant]]]:
    """Greeting, the template's own paragraphs, sign-off; a template may bring its own of these."""
    frame = {name: sections.get(name) or phrases.get(name, ()) for name in _FRAME}
    own = [(name, found) for name, found in sections.items() if name not in (*_FRAME, "subject")]
    return [("greeting", frame["greeting"]), *own, ("sign_off", frame["sign_off"])]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which of several ways to take: stable for a seed, another one for each next person."""

    seed: str
    nth: int

    def among(self, section: str, count: int) -> int:
        """An index below `count`.

        When everyone's turn has come once, each section moves on by a step of its own, so that
        the next people share at most single sentences, and with different people.
        """
        digest = hashlib.sha256(f"{self.seed}\n{section}".encode("utf-8", "surrogatepass")).digest()
        start, stride = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
        step = 1 + stride % (count - 1) if count > 1 else 0
        return (start + self.nth + self.nth // count * step) % count


def _paragraph(
    section: str, variants: Sequence[Variant], context: Mapping[str, object], choice: _Choice
) -> str:
    """The text of one section, "" where there is no way to say it."""
    ways = fullest(variants, context, OPTIONAL)
    if not ways:
        return ""
    chosen = ways[choice.among(section, len(ways))]
    return tidied(filled(chosen, context), keep_lines=section == "sign_off")


def _context(values: Values, phrases: Sections, language: str) -> dict[str, object]:
    """Everything a template can name.

    Of each phrase the first variant is taken that can be said; it may use the phrases above it.
    """
    context: dict[str, object] = {
        name: unknown(name) if value is None else value
        for name, value in _named(values, Calendar(phrases), language).items()
    }
    for name, variants in phrases.items():
        if name not in (*_FRAME, *_TABLES):
            first = next(sayable(variants, context), None)
            context[name] = tidied(filled(first, context)) if first else unknown(name)
    return context


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days in the words of a language, from the tables of its phrases.txt."""

    phrases: Sections

    def spelled(self, day: date) -> str:
        """Day and month, "24 November"; the year is plain in a mail about these weeks."""
        parts = {"day_number": day.day, "month": self._word("months", day.month - 1)}
        return "".join(filled(each, parts) for each in self.phrases.get("date_format", ())[:1])

    def weekday(self, day: date) -> str:
        return self._word("weekdays", day.weekday())

    def _word(self, table: str, index: int) -> str:
        words = "".join(variant.text for variant in self.phrases.get(table, ())).split(",")
        return words[index].strip() if index < len(words) else ""


def _named(values: Values, calendar: Calendar, language: str) -> dict[str, str | int | None]:
    """Every value by the name that templates know it by; None where it is not known."""
    now = values.now.astimezone(values.zone)
    day, decision = values.day, values.decision_by
    spelled = calendar.spelled(decision) if decision else ""
    return {
        "user_name": clean_header(values.user_name),
        "user_phone": None if values.signature else _own_words(values.user_phone),
        "signature": _own_lines(values.signature),
        "name": greeting_name(values.recipient, language),
        "full_name": full_name(values.recipient, language),
        "company": fit_to_name(plain_company(values.company)),
        "role": fit_to_name(plain_role(values.role)),
        "talk_kind": (values.talk or "").lower(),
        "day_is": _day_is(day, now),
        "weekday": calendar.weekday(day) if day else "",
        "date": calendar.spelled(day) if day else "",
        "decision_day": spelled if decision and decision >= now.date() else None,
        "decision_passed": spelled if decision and decision < now.date() else None,
        "others": list_names(values.others, language) or None,
        "attempt": values.attempt,
        "matters": _own_words(values.matters),
        "plan": _own_words(values.plan),
        "value": _own_words(values.value),
        "caller": full_name(values.caller, language),
        "caller_phone": _own_words(values.caller_phone),
    }


def _day_is(day: date | None, now: datetime) -> str:
    """How to speak of a day: "today", "this week" (by its weekday), "earlier", "later" or "".

    "Yesterday" is never said, and "today" not in the evening: by the time the draft is sent
    either may be wrong, and the weekday is not.
    """
    if day is None:
        return ""
    past = (now.date() - day).days
    if past < 0:
        return "later"
    if past == 0 and now.hour < _NO_MORE_TODAY:
        return "today"
    return "this week" if past < 7 else "earlier"


_ROUND = str.maketrans("[]{}", "()()")
_ANGLED = re.compile(r"<([^<>\n]{0,60})>")


def _without_placeholders(line: str) -> str:
    """The user's own brackets as round ones: nobody shall take them for a hole left open."""
    return _ANGLED.sub(r"(\1)", line.translate(_ROUND))


def _own_words(text: str | None) -> str | None:
    """What the user wrote, as the end of a sentence of ours: one line, no full stop, no bullet."""
    line = _without_placeholders(one_line(text or "")).replace("...", "…")
    line = re.sub(r"!{2,}", "!", line)
    return line.lstrip("-*•– ").rstrip(" .,;:") or None


def _own_lines(text: str | None) -> str | None:
    """The user's signature, line by line."""
    lines = [_without_placeholders(one_line(line)) for line in (text or "").strip().splitlines()]
    return "\n".join(line for line in lines if line) or None


def tidied(text: str, *, keep_lines: bool = False) -> str:
    """Lines joined to paragraphs, and the spaces put right that an empty value leaves behind."""
    joint = "\n" if keep_lines else " "
    blocks = re.split(r"\n[ \t]*\n", text.strip())
    return "\n\n".join(_spaced(block.strip().replace("\n", joint)) for block in blocks)


def _spaced(text: str) -> str:
    """One space between words, none before a comma or a stop, and one stop after "etc."."""
    if "  " in text or "\t" in text:
        text = re.sub(r"[ \t]{2,}", " ", text)
    if " ," in text or " ." in text or "\t" in text:
        text = re.sub(r"[ \t]([,.])(?=\s|\Z)", r"\1", text)
    return (re.sub(r"(?<!\.)\.\.(?!\.)", ".", text) if ".." in text else text).strip()


def _in_the_typography_of(language: str, text: str) -> str:
    """French puts a space before ; : ? ! and keeps it on the line; elsewhere there is none."""
    return re.sub(r"[ \t]([;:?!])(?=\s|\Z)", "\u00a0\\1" if language == "fr" else r"\1", text)
