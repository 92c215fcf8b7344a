"""The words of the digest: what waits for the user, in one short mail to themself.

A template like those of the memos (`templates/LANGUAGE/digest.txt`). Its sections `draft`,
`task`, `talk` and `late` say one line each; the others are paragraphs that hold those lines,
and a paragraph without any is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agent.mail.compose import clean_body, clean_header, one_line
from agent.mail.memos import MemoText, memo_language
from agent.mail.template import Sections, filled, sayable, unknown
from agent.mail.words import Calendar, sections_for, tidied

#: The sections that say one line each, and the paragraphs that their lines stand in.
LINES = {"draft": "drafts", "task": "tasks", "talk": "talks", "late": "missed"}
MOST_LINES = 12
_LONGEST = 160  # characters of one line's text
_NEAR = 6  # days within which a weekday says which day it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a kind (`draft`, `task`, `talk`, `late`).

    `at` is when a draft is to be sent by, or when a talk begins; `job` what a mail is for.
    """

    kind: str
    title: str = ""
    to: str = ""
    job: str = ""
    text: str = ""
    at: datetime | None = None


def render_digest(
    lines: Sequence[Line], now: datetime, zone: str, *, sources: Mapping[str, str], language: str
) -> MemoText | None:
    """The digest of these; None where there is nothing to say.

    Raises ConfigError for a template with mistakes.
    """
    if not lines:
        return None
    base = memo_language(language, sources)
    sections = sections_for(f"{base}/digest.txt", sources)
    calendar = Calendar(sections_for(f"{base}/phrases.txt", sources))
    today = now.astimezone(ZoneInfo(zone))
    said: dict[str, object] = {
        paragraph: "\n".join(_lines(lines, kind, sections, calendar, today)) or unknown(paragraph)
        for kind, paragraph in LINES.items()
    }
    said |= {"count": len(lines), "weekday": calendar.weekday(today.date())}
    paragraphs = [
        _said(sections, name, said) for name in sections if name not in (*LINES, "subject")
    ]
    subject = clean_header(_said(sections, "subject", said))
    body = clean_body("\n\n".join(each for each in paragraphs if each))
    return MemoText(subject[:1].upper() + subject[1:], body)


def _lines(
    lines: Sequence[Line], kind: str, sections: Sections, calendar: Calendar, now: datetime
) -> list[str]:
    of_kind = [line for line in lines if line.kind == kind]
    told = [f"- {_said(sections, kind, _known(line, calendar, now))}" for line in of_kind]
    return [*told[:MOST_LINES], *(["- …"] if len(told) > MOST_LINES else [])]


def _known(line: Line, calendar: Calendar, now: datetime) -> dict[str, object]:
    text = one_line(line.text)
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
    named = {"title": line.title, "to": line.to, "job": line.job, "text": short}
    known: dict[str, object] = {n: one_line(v) or unknown(n) for n, v in named.items()}
    known["by"] = _when(line.at, calendar, now) if line.at else unknown("by")
    known["over"] = line.at is not None and line.at <= now
    return known


def _when(at: datetime, calendar: Calendar, now: datetime) -> str:
    """ "18:00", "Friday 18:00", "24 November 18:00"."""
    there = at.astimezone(now.tzinfo)
    days = (there.date() - now.date()).days
    near = calendar.weekday(there.date()) if 0 <= days <= _NEAR else calendar.spelled(there.date())
    return f"{there:%H:%M}" if days == 0 else f"{near} {there:%H:%M}"


def _said(sections: Sections, section: str, context: Mapping[str, object]) -> str:
    variant = next(sayable(sections.get(section, ()), context), None)
    return tidied(filled(variant, context), keep_lines=True) if variant else ""
