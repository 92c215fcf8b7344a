"""Small builders for the values that tests of the domain and the services need."""

from datetime import UTC, date, datetime, time, timedelta

from agent.domain.due import WorkCalendar
from agent.domain.facts import (
    Fact,
    Interview,
    InterviewSource,
    InterviewStatus,
    Kind,
    OwnAct,
    Passing,
    Person,
    PersonRole,
    Thread,
    Trust,
    TrustLevel,
)
from agent.domain.plan import Rules
from agent.domain.playbook import Playbook
from agent.mail.message import ParsedMail, Reading
from agent.mail.parse import parse

ZONE = "America/New_York"
ANN = Person("Ann Lee", "ann@acme.example", None, PersonRole.RECRUITER)
RAJ = Person("Raj Patel", "raj@acme.example", None, PersonRole.INTERVIEWER)
MIA = Person("Mia Wong", "mia@acme.example", None, PersonRole.INTERVIEWER)
TOM = Person("Tom Hale", None, None, PersonRole.INTERVIEWER)

BALANCED = Playbook.load(
    "balanced",
    {
        "steps": [
            {
                "name": "thank_you",
                "trigger": "interview_ended",
                "delay": "15m",
                "send_within": "8h",
                "expires": "24h",
                "to": "each_interviewer",
                "late_start": True,
            },
            {
                "name": "check_in",
                "trigger": "silence",
                "after_date": "3d",
                "delay": "7d",
                "again": "10d",
                "send_within": "4d",
                "expires": "10d",
                "at": "09:00",
                "to": "contact",
                "days": "working",
                "cap": 2,
            },
        ],
        "close": {"after": "14d"},
    },
)


def at(text: str) -> datetime:
    """A UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar(zone: str = ZONE, country: str = "US") -> WorkCalendar:
    """Quiet from ten to seven, Monday to Friday."""
    return WorkCalendar(zone=zone, country=country, quiet_from=time(22), quiet_until=time(7))


def rules(**changes: object) -> Rules:
    """The balanced playbook on that calendar."""
    made = {"playbook": BALANCED, "calendar": calendar(), "floor": 0.8, **changes}
    return Rules(**made)  # type: ignore[arg-type]


def talk(
    start: str,
    minutes: int | None = 60,
    *,
    uid: str | None = None,
    sequence: int | None = None,
    stamp: str | None = None,
    status: InterviewStatus = InterviewStatus.CONFIRMED,
    with_: tuple[str, ...] = (),
) -> Interview:
    """An interview at a UTC time."""
    begins = at(start)
    return Interview(
        start=begins,
        end=begins + timedelta(minutes=minutes) if minutes else None,
        status=status,
        source=InterviewSource.CALENDAR if uid else InterviewSource.PROSE,
        uid=uid,
        sequence=sequence,
        stamp=at(stamp) if stamp else None,
        with_=with_,
    )


_number = iter(range(1, 10**9))


def fact(
    kind: Kind | Passing,
    when: str,
    *interviews: Interview,
    people: tuple[Person, ...] = (),
    from_: Person = ANN,
    decision_by: str | None = None,
    confidence: float = 0.95,
    company: str | None = "Acme",
    role: str | None = "Engineer",
    own_acts: frozenset[OwnAct] = frozenset(),
    recipients: tuple[str, ...] = ("me@home.example",),
    trust: TrustLevel = TrustLevel.UNVERIFIED,
    message_id: str | None = None,
    in_reply_to: tuple[str, ...] = (),
    machine_sent: bool = False,
) -> Fact:
    """A fact from Ann at Acme, unless told otherwise."""
    return Fact(
        kind=kind,
        at=at(when),
        thread=Thread(message_id or f"m{next(_number)}@acme.example", in_reply_to),
        subject="Your interview",
        from_=from_,
        confidence=confidence,
        identity="me@home.example",
        recipients=recipients,
        company=company,
        role=role,
        interviews=interviews,
        people=people or (from_,),
        decision_by=date.fromisoformat(decision_by) if decision_by else None,
        own_acts=own_acts,
        trust=trust,
        machine_sent=machine_sent,
    )


def own(when: str, *acts: OwnAct, to: tuple[str, ...] = ("ann@acme.example",)) -> Fact:
    """A mail by the user."""
    me = Person("Me", "me@home.example")
    return fact(Kind.OWN, when, from_=me, own_acts=frozenset(acts), recipients=to, company=None)


def reading(
    kind: Kind,
    *interviews: Interview,
    company: str | None = None,
    role: str | None = None,
    people: tuple[Person, ...] = (),
    trust: TrustLevel = TrustLevel.UNVERIFIED,
    machine_sent: bool = False,
    confidence: float = 0.95,
) -> Reading:
    """What was understood of one message, with nothing in it that is not given."""
    return Reading(
        kind=kind,
        confidence=confidence,
        evidence=(),
        company=company,
        role=role,
        interviews=interviews,
        people=people,
        decision_by=None,
        answer_by=None,
        reply_text="",
        trust=Trust(trust),
        problems=(),
        machine_sent=machine_sent,
    )


def mail(
    sender: str = "Ann Lee <ann@acme.example>",
    to: str = "me@home.example",
    *,
    message_id: str = "new@acme.example",
    answers: str | None = None,
) -> ParsedMail:
    """A parsed message with just these headers; `answers` is the id it replies to."""
    lines = [f"From: {sender}", f"To: {to}", "Subject: Hello", f"Message-ID: <{message_id}>"]
    lines += [f"In-Reply-To: <{answers}>", f"References: <{answers}>"] if answers else []
    lines += ["Date: Mon, 09 Mar 2026 10:00:00 -0500", "", "Hello", ""]
    return parse("\r\n".join(lines).encode())
