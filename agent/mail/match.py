"""Which application a message belongs to: by thread, then calendar UID, then employer.

Nothing is guessed: where two applications fit equally well, the answer is a `Match`
with `ties`, and the user is asked. Substrings never match ("Meta" is not in "Metaverse").
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.domain.application import Application
from agent.domain.employer import company_key
from agent.domain.facts import Kind
from agent.mail.message import ParsedMail, Reading

_WORD = re.compile(r"[^\W_]+")
#: Words of a job title that do not tell two roles apart.
_FILLER = frozenset(
    {"a", "an", "the", "of", "for", "and", "m", "f", "d", "w", "x", "role", "position"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """The application found (None: a new one, or a tie), and the reason, for the user."""

    application: Application | None
    why: str
    ties: tuple[int, ...] = ()


def match(mail: ParsedMail, reading: Reading, candidates: Sequence[Application]) -> Match:
    """The one of `candidates` that this message is about."""
    return (
        _by_thread(mail, candidates)
        or _by_uid(reading, candidates)
        or _by_employer(mail, reading, candidates)
        or _by_person(mail, reading, candidates)
        or Match(None, "nothing known fits")
    )


def _by_thread(mail: ParsedMail, candidates: Sequence[Application]) -> Match | None:
    """The application whose message this one answers; the nearest ancestor decides."""
    for message_id in (mail.thread.message_id, *mail.thread.ancestors):
        found = [app for app in candidates if message_id and _in_thread(app, message_id)]
        if len(found) == 1:
            return Match(found[0], "it belongs to the same thread")
    return None


def _in_thread(app: Application, message_id: str) -> bool:
    return any(
        message_id == thread.message_id or message_id in thread.references
        for thread in app.threads()
    )


def _by_uid(reading: Reading, candidates: Sequence[Application]) -> Match | None:
    """The application whose calendar event this one is about."""
    uids = {i.uid for i in reading.interviews if i.uid}
    found = [app for app in candidates if uids & {t.interview.uid for t in app.talks}]
    return Match(found[0], "it is about the same calendar event") if len(found) == 1 else None


def _by_employer(
    mail: ParsedMail, reading: Reading, candidates: Sequence[Application]
) -> Match | None:
    """The application at that employer, for that role."""
    key = company_key(reading.company)
    if not key:
        return None
    same = [app for app in candidates if company_key(app.company) == key]
    same = same or [app for app in candidates if _short_form(key, company_key(app.company))]
    fitting = [app for app in same if roles_fit(reading.role, app.role)]
    return _decided(mail, reading, fitting, f"it comes from {reading.company}")


def _by_person(
    mail: ParsedMail, reading: Reading, candidates: Sequence[Application]
) -> Match | None:
    """The application that the same people are part of, when the mail names no other employer."""
    emails = _emails(mail, reading)
    key = company_key(reading.company)
    fitting = [
        app
        for app in candidates
        if emails & _known_emails(app)
        and roles_fit(reading.role, app.role)
        and (not key or not app.company or _short_form(key, company_key(app.company)))
    ]
    return _decided(mail, reading, fitting, "it comes from the same people")


def _decided(
    mail: ParsedMail, reading: Reading, fitting: Sequence[Application], why: str
) -> Match | None:
    """The only one that fits; else the only one still open, then by people; else a tie."""
    narrower: tuple[Callable[[Application], bool], ...] = (
        lambda app: True,
        lambda app: not app.ended,
        lambda app: bool(reading.role) and app.role is not None,
        lambda app: bool(_emails(mail, reading) & _known_emails(app)),
    )
    for narrows in narrower:
        left = [app for app in fitting if narrows(app)]
        if len(left) == 1:
            return Match(left[0], why)
        fitting = left or fitting
    if not fitting:
        return None
    return Match(None, "two applications fit equally well", tuple(app.id for app in fitting))


def roles_fit(one: str | None, other: str | None) -> bool:
    """Whether two names of a role can mean the same; an unnamed one fits any."""
    if not one or not other:
        return True
    a, b = _role_words(one), _role_words(other)
    if a <= b or b <= a:
        return True
    return len(a & b) / len(a | b) >= 0.5


def _role_words(role: str) -> frozenset[str]:
    return frozenset(_WORD.findall(role.casefold())) - _FILLER


def _short_form(one: str, other: str) -> bool:
    """Whether one name is the other cut after whole words: "acme" and "acme robotics"."""
    if not one or not other:
        return False
    a, b = one.split(), other.split()
    return a == b[: len(a)] or b == a[: len(b)]


def _emails(mail: ParsedMail, reading: Reading) -> set[str]:
    if reading.kind is Kind.OWN:
        return {address.email for address in (*mail.to, *mail.cc)}
    emails = {p.email for p in reading.people if p.email}
    if not reading.machine_sent:
        emails.add(mail.from_.email)
    return emails | {address.email for address in mail.reply_to}


def _known_emails(app: Application) -> set[str]:
    people = {p.email for p in app.people if p.email}
    return people | {f.from_.email for f in app.facts if f.theirs and f.from_.email}
