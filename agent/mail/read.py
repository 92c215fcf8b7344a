"""`read`: one parsed mail to one `Reading`. THE road: explain, replay and the daemon take it.

Portions of the text → sentences → acts → context → kind, then what that kind of mail
carries: employer, role, people, interviews, days. Pure: no clock, no I/O. Never raises for
anything a mail can hold; what cannot be read is named in `Reading.problems`.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from agent.domain.facts import Evidence, Kind, OwnAct, Trust
from agent.lexicon import Lexicon, lexicon, platform_of
from agent.mail.acts import Act, read_acts, sentences
from agent.mail.amount import sensible
from agent.mail.classify import NEAR, SUREST, Verdict, classify
from agent.mail.context import Portions, weigh
from agent.mail.extract import Extract, extract
from agent.mail.invite import read_invites
from agent.mail.language import language_around
from agent.mail.machine import machine_sent
from agent.mail.message import Address, Identity, ParsedMail, Reading
from agent.mail.own import own_acts
from agent.mail.reply import new_text
from agent.mail.signals import Signals, Timed
from agent.mail.timed import timed
from agent.mail.triage import set_aside
from agent.mail.trust import judge
from agent.mail.when import find_times

# Times are only looked for where the mail could be about a job and does something with a time.
_TIMELY = frozenset(
    {Act.FIXES, Act.MOVES, Act.CANCELS, Act.ASKS_TIMES, Act.DECLINES, Act.OFFERS, Act.SETS_TASK}
)
# ... and where the words of the mail as a whole make it of a kind that has times.
_DATED = frozenset(
    {
        Kind.INTERVIEW_REQUEST,
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
    }
)
_LINK = re.compile(r"https?://[^\s<>\"')]+")
_CHANGES = re.compile(
    r"(?i)reschedul|cancel|event\?|eid=|unsubscribe|/meeting/respond|calendar/event"
)
_TITLE = re.compile(r"^(?:SUMMARY|DESCRIPTION)[^:\n]{0,80}:([^\n]{1,400})", re.MULTILINE)
_REAL = 1971  # a mail without a date is read as of the epoch: what falls there is no real day
MAX_TIMED = (
    8_000  # ... and in which a time can tell of what kind it is; `letter` reads half as many
)


def read(
    mail: ParsedMail,
    identity: Identity,
    known_domains: Collection[str] = (),
    *,
    kind: Kind | None = None,
    cautious: bool = True,
) -> Reading:
    """Understand one mail.

    `known_domains` are the domains of employers that the user deals with already: a mail
    from one of them is more likely to be about a job, and a look-alike of one is suspicious.
    `kind` is what the mail is where that is known for certain; the rest is then read as of
    a mail of that kind. Who asks the user about what is unsure, and acts on nothing before, wants
    the likeliest kind however unsure it is: `cautious` is false then.
    """
    whole = portions_of(mail)
    trust = judge(mail, whole.text, identity, known_domains)
    plain = set_aside(mail, identity, known_domains) if kind is None else None
    if plain is not None:
        return _of_no_job(mail, whole, plain, trust)
    portions = _sensible(whole)
    words = lexicon(language_of_mail(mail, portions))
    signals = _signals(mail, portions, identity, known_domains, words)
    verdict = classify(signals, cautious=cautious) if kind is None else Verdict(kind, 1.0)
    if verdict.kind in _DATED and not signals.times:
        signals = replace(signals, times=_times(signals, portions, words))
    found = extract(signals, verdict.kind, portions, anchor(mail), words.language)
    found = found if mail.at else _undated(found)
    return Reading(
        kind=verdict.kind,
        confidence=verdict.confidence,
        evidence=verdict.evidence,
        company=found.company,
        role=found.role,
        interviews=found.interviews,
        people=found.people,
        decision_by=found.decision_by,
        answer_by=found.answer_by,
        reply_text=whole.text,
        trust=trust,
        problems=(*mail.problems, *signals.invites.problems, *_problems(whole)),
        own_acts=_own_acts(verdict, signals, words),
        language=words.language,
        machine_sent=machine_sent(mail),
    )


def _of_no_job(mail: ParsedMail, portions: Portions, why: Evidence, trust: Trust) -> Reading:
    """The reading of a mail that was set aside: nothing but what every mail has."""
    return Reading(
        kind=Kind.OTHER,
        confidence=SUREST,
        evidence=(why,),
        company=None,
        role=None,
        interviews=(),
        people=(),
        decision_by=None,
        answer_by=None,
        reply_text=portions.text,
        trust=trust,
        problems=(*mail.problems, *_problems(portions)),
        language=language_of_mail(mail, portions),
        machine_sent=machine_sent(mail),
    )


def signals_of(mail: ParsedMail, identity: Identity) -> Signals:
    """What is known of a mail before its kind is decided; for training and measuring."""
    portions = _sensible(portions_of(mail))
    return _signals(mail, portions, identity, (), lexicon(language_of_mail(mail, portions)))


def language_of_mail(mail: ParsedMail, portions: Portions) -> str:
    """The language of the new text; of a short one, with what stands around it."""
    titles = _TITLE.findall(mail.calendars[0].text[:20_000]) if mail.calendars else ()
    around = "\n".join((mail.subject, *titles, portions.signature, portions.quoted[:600]))
    return language_around(portions.text, around)


def portions_of(mail: ParsedMail) -> Portions:
    """The portions of a mail's text, the signature known by the sender's name; for training too."""
    split = new_text(mail.text, _called(mail.from_))
    return Portions(split.text, split.quoted, split.signature, split.forwarded)


def _sensible(whole: Portions) -> Portions:
    """The portions as far as they are read for sense."""
    return Portions(
        sensible(whole.text),
        sensible(whole.quoted),
        sensible(whole.signature),
        sensible(whole.forwarded),
    )


def _called(sender: Address) -> str:
    """What the sender may sign with: the display name, else the words of the address."""
    local, _, _ = (sender.email or "").partition("@")
    return " ".join((sender.name or "", *re.split(r"[\W\d_]+", local)))


def _signals(
    mail: ParsedMail,
    portions: Portions,
    identity: Identity,
    known_domains: Collection[str],
    words: Lexicon,
) -> Signals:
    text, spellings = portions.text, words.spellings
    found = sentences(text, spellings)
    subject = sentences(mail.subject, spellings)
    invites = read_invites(mail.calendars, identity)
    events = [
        sentence
        for event in invites.events[:2]
        for sentence in sentences(f"{event.summary}\n{event.description[:2000]}", spellings)
    ]
    doings, subject_doings = read_acts(found, words), read_acts(subject, words)
    context = weigh(
        mail,
        portions,
        [*subject, *events, *found],
        [*doings, *subject_doings],
        identity,
        known_domains,
        words,
        invites.events[:2],
    )
    signals = Signals(
        mail=mail,
        identity=identity,
        found=tuple(found),
        doings=tuple(doings),
        subject=tuple(subject_doings),
        context=context,
        invites=invites,
        times=(),
        books=_booking_link(text, mail),
    )
    timely = any(d.act in _TIMELY for d in (*doings, *subject_doings))
    if not timely or context.points < NEAR:
        return signals
    return replace(signals, times=_times(signals, portions, words))


def _times(signals: Signals, portions: Portions, words: Lexicon) -> tuple[Timed, ...]:
    """The times of the new text, each with what it is in its sentence."""
    text, identity = portions.text[:MAX_TIMED], signals.identity
    mentions = find_times(
        text,
        anchor(signals.mail),
        zone=identity.timezone,
        country=identity.country,
        language=words.language,
    )
    return timed(mentions, signals.found, signals.doings, text, words.language)


def _booking_link(text: str, mail: ParsedMail) -> str | None:
    """The first link to a scheduling page (calendly.com and its like), not one to change a booking."""
    shown: list[tuple[str, str]] = [(url, url) for url in _LINK.findall(text)]
    for words, link in (*shown, *mail.links[:60]):
        host, _, page = link.partition("//")[2].lower().partition("/")
        platform = platform_of(host.removeprefix("www."))
        if platform is None or platform.kind != "scheduler" or not page:
            continue
        if not _CHANGES.search(f"{words} {link}"):
            return link
    return None


def _undated(found: Extract) -> Extract:
    """What a mail without a date can say: its weekdays name no real day, its full dates do."""
    interviews = tuple(
        replace(i, start=None, end=None) if i.start and i.start.year < _REAL else i
        for i in found.interviews
    )
    decision = found.decision_by if found.decision_by and found.decision_by.year >= _REAL else None
    answer = found.answer_by if found.answer_by and found.answer_by.year >= _REAL else None
    return replace(found, interviews=interviews, decision_by=decision, answer_by=answer)


def anchor(mail: ParsedMail) -> datetime:
    """What relative words count from: the Date in the sender's zone, else the time of arrival.

    A mail with neither is taken to be of the epoch: its weekdays then name no real day, and
    `problems` says so.
    """
    return mail.date or mail.received or datetime(1970, 1, 1, tzinfo=UTC)


def _own_acts(verdict: Verdict, signals: Signals, words: Lexicon) -> frozenset[OwnAct]:
    return own_acts(signals.found, words) if verdict.kind is Kind.OWN else frozenset()


def _problems(portions: Portions) -> tuple[str, ...]:
    read, written = len(sensible(portions.text)), len(portions.text)
    if read < written:
        return (f"only the first {read} characters of {written} were read for sense",)
    return ()
