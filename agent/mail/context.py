"""Is a mail about the user's own search for a job at all?

Many mails speak of appointments, applications and interviews: doctors, lenders,
journalists, colleagues. `weigh` adds up what speaks for a job and what speaks
against it: who sent it, to whom, in which thread, and what it talks about. The
result is a number of points with its reasons; 0 says nothing either way.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from agent.domain.facts import Evidence
from agent.lexicon import Lexicon, Phrase, folded, keys, platform_of
from agent.mail.acts import Doing, Sentence
from agent.mail.domains import registrable
from agent.mail.invite import Event
from agent.mail.machine import to_many, unattended
from agent.mail.marks import answers, marked, opens
from agent.mail.message import Identity, ParsedMail
from agent.mail.role import is_title, role_in, subject_role

JOB = 2.0  # the points from which a mail counts as being about a job
_LETTERS = re.compile(r"[^\W_]+")
_RECURS = re.compile(r"^RRULE[:;]", re.MULTILINE)
_PANEL = 8  # guests of the largest panel
_PLAIN_AGAINST = -5.0  # what weighs more says that somebody else is interviewed
_PLATFORM_POINTS = {"ats": 3.0, "assessment": 3.0, "jobboard": 1.5, "scheduler": 0.8, "video": 0.3}
_VIDEO_TASKS = frozenset({"HireVue", "Modern Hire", "Spark Hire", "Willo", "Talview"})
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com yahoo.com icloud.com me.com aol.com gmx.net gmx.de web.de proton.me protonmail.com live.com mail.com".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """Points for a job mail (above 0) or against one, and what they were given for."""

    points: float
    reasons: tuple[Evidence, ...]
    against: float  # the sum of what speaks against, as a positive number
    personal: bool  # a person of a company writes to the user, not a machine nor to many
    specific: float  # of the points for, those that only jobs give
    known: bool = False  # the sender is of an employer that the user deals with

    @property
    def weighty(self) -> bool:
        """Whether what only jobs have outweighs what speaks of something else, nearly at least."""
        return self.specific >= self.against - 1.0


@dataclass(frozen=True, slots=True)
class Portions:
    """A mail's text in its portions, as `agent.mail.reply` splits it."""

    text: str
    quoted: str
    signature: str
    forwarded: str


def weigh(
    mail: ParsedMail,
    portions: Portions,
    found: Iterable[Sentence],
    doings: Iterable[Doing],
    identity: Identity,
    known_domains: Collection[str],
    lexicon: Lexicon,
    events: Sequence[Event] = (),
) -> Context:
    """The points of one mail.

    `found` are its sentences, its subject first; `events` its calendar events.
    """
    title, personal = subject_role(mail.subject), _personal(mail, portions, identity)
    of_jobs, of_all = _from_words(found, lexicon, title)
    specific = [
        *_from_sender(mail, portions.signature, known_domains),
        *_from_thread(mail, portions, lexicon.language),
        *_from_title(title, portions.text),
        *_from_event(events, identity),
        *of_jobs,
    ]
    general = [
        *_from_addressing(mail, identity, personal=personal),
        *_against_event(mail, events),
        *of_all,
        *_from_acts(doings),
    ]
    scored = [*specific, *general]
    return Context(
        points=sum(points for points, _ in scored),
        reasons=tuple(evidence for points, evidence in sorted(scored, key=lambda s: -abs(s[0]))),
        against=-sum(points for points, _ in scored if points < 0),
        personal=personal,
        specific=sum(points for points, _ in specific if points > 0),
        known=registrable(mail.from_.domain) in known_domains,
    )


Scored = tuple[float, Evidence]


def _from_event(events: Iterable[Event], identity: Identity) -> list[Scored]:
    """A calendar event that couples the user with somebody: "Acme <> Jordan", "Screening w/ Jordan"."""
    for event in events:
        title = event.summary
        if _coupled(title, identity):
            # Clinics and banks write "Cleaning - Jordan Avery": a dash alone couples nobody.
            told = marked("talk", title) or re.search(r"<>|\bw/|/|\bx\b|&", title)
            reason = Evidence("the event couples the user with somebody", title)
            return [(1.2 if told else 0.6, reason)]
    return []


def _coupled(title: str, identity: Identity) -> bool:
    names = identity.name.split()
    name = "|".join(re.escape(part) for part in {*names[:1], *names[-1:]})
    return bool(name) and bool(
        re.search(
            rf"(?i)(?:<>|\bw/|/|\bwith\b|\||\bx\b|&|[-–])\s*(?:[\w.]{{1,4}} )?(?:{name})\b"
            rf"|\b(?:{name})(?: \w+)?\s*(?:<>|/|\||\bx\b|&|[-–])",
            title,
        )
    )


def _against_event(mail: ParsedMail, events: Sequence[Event]) -> list[Scored]:
    """What no interview is: an event that recurs, lasts whole days, has many guests, or its title."""
    scored: list[Scored] = []
    for event in events[:1]:
        if word := marked("everyday", event.summary):
            scored.append((-2.5, Evidence("the event is of another sort", word)))
        if any(_recurs(part.text) for part in mail.calendars):
            scored.append((-2.5, Evidence("the event recurs", event.summary)))
        if event.all_day:
            scored.append((-1.0, Evidence("the event lasts all day", event.summary)))
        if len(event.attendees) > _PANEL:
            guests = f"{len(event.attendees)} guests"
            scored.append((-1.5, Evidence("the event has many guests", guests)))
    return scored


def _recurs(calendar: str) -> bool:
    """Whether an event has a rule; a time zone has rules of its own."""
    events = calendar.partition("BEGIN:VEVENT")[2]
    return _RECURS.search(events.rpartition("END:VEVENT")[0]) is not None


def _from_title(title: str | None, text: str) -> list[Scored]:
    """A job's title in the subject ("Re: plumbers mate"), or alone on a line of the text."""
    if title:
        return [(1.5, Evidence("the subject is a job's title", title))]
    if title := role_in("", text):
        return [(1.2, Evidence("the text names a job's title", title))]
    for line in text.splitlines()[:12]:
        if (
            2 < len(line) < 50
            and line[0].isupper()
            and not line.rstrip().endswith((",", "."))
            and is_title(line)
        ):
            return [(0.8, Evidence("a job's title", line))]
    return []


def _from_sender(mail: ParsedMail, signature: str, known_domains: Collection[str]) -> list[Scored]:
    sender, scored = mail.from_, []
    platform = platform_of(sender.email)
    if platform is not None:
        points = 3.0 if platform.name in _VIDEO_TASKS else _PLATFORM_POINTS[platform.kind]
        points *= 0.6 if platform.mixed else 1.0
        scored.append((points, Evidence(f"sent through {platform.name}", sender.email)))
    elif desk := marked("desk", f"{sender.name} {sender.email}"):
        scored.append((1.8, Evidence("the sender's address is one for hiring", desk)))
    if title := marked("title", signature):
        scored.append((1.8, Evidence("the signature is a recruiter's", title)))
    if registrable(sender.domain) in known_domains:
        scored.append((2.5, Evidence("the user deals with this employer", sender.domain)))
    return scored


def _from_addressing(mail: ParsedMail, identity: Identity, *, personal: bool) -> list[Scored]:
    """A person of a company who writes to the user alone, or mail to many, or from a colleague."""
    sender = mail.from_
    scored: list[Scored] = []
    if personal:
        scored.append((1.0, Evidence("a person of a company writes to the user", sender.email)))
    recipients = [a.email for a in (*mail.to, *mail.cc)]
    domains = {a.rpartition("@")[2] for a in identity.addresses}
    if sender.domain in domains - FREE_MAIL:
        scored.append((-3.0, Evidence("the sender is a colleague", sender.domain)))
    if recipients and not any(identity.owns(r) for r in recipients):
        scored.append((-1.5, Evidence("not written to the user's address", recipients[0])))
    if len(recipients) > 4:
        scored.append((-1.0, Evidence("written to many", f"{len(recipients)} recipients")))
    if to_many(mail) and platform_of(sender.email) is None:
        scored.append((-1.5, Evidence("sent to a list", mail.header("list-id") or "Precedence")))
    return scored


def _personal(mail: ParsedMail, portions: Portions, identity: Identity) -> bool:
    sender = mail.from_
    if (
        not sender.email
        or opens("counter", sender.local)
        or unattended(sender)
        or to_many(mail)
        or len(mail.to) + len(mail.cc) > 3
    ):
        return False
    if sender.domain in FREE_MAIL or platform_of(sender.email) is not None:
        return False
    first = identity.name.partition(" ")[0].lower()
    greeted = first in portions.text[:200].lower() or answers(mail.subject)
    return greeted or len(portions.text) < 300


def _from_thread(mail: ParsedMail, portions: Portions, language: str) -> list[Scored]:
    scored = []
    if mail.thread.in_reply_to or answers(mail.subject):
        scored.append((0.5, Evidence("an answer in a thread", mail.subject)))
    history = f"{portions.quoted}\n{portions.forwarded}"
    if history.strip() and (word := marked("own_words", history, language)):
        scored.append((1.8, Evidence("the mail that it answers is about a job", word)))
    return scored


def _from_words(
    found: Iterable[Sentence], lexicon: Lexicon, title: str | None
) -> tuple[list[Scored], list[Scored]]:
    """What only jobs give, and the rest. A group counts whole for its first sentence, then half.

    A job's `title` speaks against nothing by its words: a Grants Officer is no grant.
    """
    hits: dict[str, list[Scored]] = {}
    of_jobs: set[str] = set()
    for sentence in found:
        groups: set[str] = set()
        for phrase in lexicon.context.matches(sentence.spelled, keys(sentence.words)):
            if phrase.name in groups:
                continue
            if title and phrase.weight > _PLAIN_AGAINST and _in_title(phrase, title, sentence):
                continue
            groups.add(phrase.name)
            evidence = Evidence(phrase.name, clip(sentence.text))
            hits.setdefault(phrase.name, []).append((phrase.weight, evidence))
            if phrase.job > 0:
                of_jobs.add(phrase.name)
    specific: list[Scored] = []
    general: list[Scored] = []
    for name, group in hits.items():
        kept = specific if name in of_jobs else general
        for (points, evidence), share in zip(group, (1.0, 0.5), strict=False):
            kept.append((points * share, evidence))
    return specific, general


def _in_title(phrase: Phrase, title: str, sentence: Sentence) -> bool:
    """Whether a sign against stands in nothing but the job's title."""
    if phrase.weight >= 0 or title.lower() not in sentence.text.lower():
        return False
    rest = sentence.text.lower().replace(title.lower(), " ")
    return not phrase.pattern.found(f" {' '.join(_LETTERS.findall(folded(rest)))} ")


def _from_acts(doings: Iterable[Doing]) -> list[Scored]:
    best: dict[str, Scored] = {}
    for doing in doings:
        if doing.job > best.get(doing.act, (0.0,))[0]:
            evidence = Evidence(f"it {doing.act.replace('_', ' ')}", clip(doing.sentence.text))
            best[doing.act] = (doing.job, evidence)
    strongest = sorted(best.values(), key=lambda s: -s[0])
    return [
        (points * share, e) for (points, e), share in zip(strongest, (1.0, 0.5, 0.3), strict=False)
    ]


def clip(text: str, most: int = 160) -> str:
    """The text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
