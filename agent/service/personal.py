"""The user's own words and files in a draft: which of them, and whether they have changed.

Only what the user said goes in, and only in the language of the mail. A draft of ours that
was written before they said it is written again; one that they edited is theirs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.domain.application import Application
from agent.domain.facts import Enclosure, Person
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.told import Personal, digest_of, enclosed, personal
from agent.mail.compose import Attachment
from agent.mail.continued import behind_a_colon
from agent.mail.language import is_in_another
from agent.service.context import Context

#: How many words of the user's own a short mail has room for.
MOST_MATTERS, MOST_PLAN, MOST_VALUE = 30, 40, 50

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE = re.compile(r"(?<=[;:,])\s+|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Own:
    """What goes into one draft of the user's own; `left_out` is what could not, and why."""

    words: Personal
    files: tuple[Enclosure, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What stands for it in the record of a draft."""
        return digest_of(self.words, self.files)


def own_of(context: Context, app: Application, followup: FollowUp) -> Own:
    """The words and files of the user's own for one follow-up."""
    zone = context.calendar.zone
    person = app.person(followup.to[0]) or Person(followup.names[0] or None, followup.to[0])
    words = personal(app.facts, person, followup.about, zone)
    had = context.store.followups(app.id) if _has_files(app) else ()
    files = enclosed(app.facts, had, followup, app.people, zone)
    return Own(words, files)


def _has_files(app: Application) -> bool:
    return any(fact.told and fact.told.enclosures for fact in app.facts)


def said_in(own: Own, language: str, *, nth: int) -> Own:
    """What of it can be said in a mail of that language: short, and in no other language.

    The plan is for the first person, and for those with nothing else of their own: whoever
    compares notes finds something else in each.
    """
    left_out = [
        f"{what} is not in the language of the mail: “{_start(text)}”"
        for what, text in _texts(own.words)
        if is_in_another(text, language)
    ]
    matters = tuple(m for m in own.words.matters if not is_in_another(m, language))
    plan = own.words.plan if nth == 0 or not own.words.own else None
    if plan and is_in_another(plan, language):
        plan = None
    words = Personal(
        matters=_fitting([behind_a_colon(m, language) for m in matters], MOST_MATTERS),
        own=own.words.own,
        plan=_short(behind_a_colon(plan, language), MOST_PLAN) if plan else None,
        value=_in_language(own.words.value, language),
    )
    return replace(own, words=words, left_out=tuple(left_out))


def _texts(words: Personal) -> Iterator[tuple[str, str]]:
    for each in words.matters:
        yield "what mattered", each
    if words.plan:
        yield "what you would do", words.plan
    if words.value:
        yield "what you want to pass on", words.value


def _in_language(text: str | None, language: str) -> str | None:
    return _short(text, MOST_VALUE) if text and not is_in_another(text, language) else None


def _fitting(matters: Sequence[str], most: int) -> tuple[str, ...]:
    """As many of them, in order, as there is room for."""
    kept: list[str] = []
    room = most
    for each in matters:
        short = _short(each, room)
        if short is None:
            break
        kept.append(short)
        room -= len(short.split())
    return tuple(kept)


def _short(text: str, most: int) -> str | None:
    """The text, up to the end of a sentence or clause where it is too long; None for no such end."""
    if len(text.split()) <= most:
        return text
    for pattern in (_SENTENCE, _CLAUSE):
        kept = ""
        for end in [m.start() for m in pattern.finditer(text[: most * 40])]:
            if len(text[:end].split()) > most:
                break
            kept = text[:end].rstrip(" ,;:–—-")
        if kept:
            return kept
    return None


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"


def attachments(context: Context, files: Sequence[Enclosure]) -> tuple[Attachment, ...]:
    """The files with their bytes; one that the store lost is left out."""
    found = ((each, context.store.file(each.ref)) for each in files)
    return tuple(Attachment(each.name, each.kind, data) for each, data in found if data is not None)


def outdated(context: Context, app: Application) -> Iterator[FollowUp]:
    """Drafts of ours that were written before the user said something that belongs into them."""
    if not any(fact.told for fact in app.facts):
        return
    for followup in context.store.followups(app.id):
        ours = followup.status is FollowUpStatus.DRAFTED
        if ours and own_of(context, app, followup).digest != followup.told:
            yield followup
