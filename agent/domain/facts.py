"""What the outside world told us: kinds of mail, interviews, people, facts.

Everything here is a frozen value. A `Fact` is never changed once recorded: an
application is what its facts add up to (see `application.py`), so the state can
always be rebuilt, and every state shows the message that proves it.

All datetimes are aware. Where a zone is known its IANA name is kept beside the
instant, because "3 pm in Berlin" and its UTC instant are two different promises.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a message newly does to an application. Every message has exactly one kind."""

    APPLICATION_RECEIVED = "application_received"
    RECRUITER_OUTREACH = "recruiter_outreach"
    INTERVIEW_REQUEST = "interview_request"
    INTERVIEW_CONFIRMED = "interview_confirmed"
    INTERVIEW_RESCHEDULED = "interview_rescheduled"
    INTERVIEW_CANCELLED = "interview_cancelled"
    ASSESSMENT = "assessment"
    STATUS_UPDATE = "status_update"
    OFFER = "offer"
    REJECTION = "rejection"
    AUTO_REPLY = "auto_reply"
    JOB_ALERT = "job_alert"
    OWN = "own"
    OTHER = "other"

    @property
    def concerns_application(self) -> bool:
        """Whether a message of this kind, from their side, can move an application."""
        return self not in _NEVER_MOVES


_NEVER_MOVES = frozenset({Kind.AUTO_REPLY, Kind.JOB_ALERT, Kind.OWN, Kind.OTHER})


class Passing(StrEnum):
    """What time alone does to an application; recorded as a fact like a message's word."""

    INTERVIEW_OVER = "interview_over"
    SILENCE = "silence"


class Word(StrEnum):
    """How the user told the program something itself; recorded as a fact like a message's word."""

    DEBRIEF = "debrief"  # by answering the mail that asks how a talk went
    NOTE = "note"  # `followthrough note`
    SET = "set"  # `followthrough set`
    ATTACH = "attach"  # `followthrough attach`


class InterviewStatus(StrEnum):
    """How firm an interview is, as the message that names it puts it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class InterviewSource(StrEnum):
    """Where an interview was read: a calendar part (RFC 5545/5546) or the text."""

    CALENDAR = "calendar"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Interview:
    """One talk at one time.

    `start` and `end` are aware, with the offset in force at that place and time;
    `timezone` is the IANA name where the message states one. `uid` and `sequence`
    are those of the calendar event (RFC 5545, 3.8.4.7 and 3.8.7.4); `stamp` is its
    DTSTAMP, which orders two events of one SEQUENCE (RFC 5546, 2.1.5). `with_` names
    the interviewer of this slot where a panel lists one for each. `pin` is what is to be
    keyed in behind `phone` to join a conference.
    """

    start: datetime | None
    end: datetime | None = None
    timezone: str | None = None
    status: InterviewStatus = InterviewStatus.CONFIRMED
    source: InterviewSource = InterviewSource.PROSE
    uid: str | None = None
    sequence: int | None = None
    stamp: datetime | None = None
    location: str | None = None
    url: str | None = None
    phone: str | None = None
    with_: tuple[str, ...] = ()
    pin: str | None = None


class PersonRole(StrEnum):
    """What somebody on the other side does in this application."""

    INTERVIEWER = "interviewer"
    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """A human on the employer's or the agency's side; `email` is lower case where known."""

    name: str | None
    email: str | None = None
    title: str | None = None
    role: PersonRole = PersonRole.UNKNOWN


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a verdict: the rule that spoke, and the words that made it speak."""

    reason: str
    text: str


class TrustLevel(StrEnum):
    """How far the sender can be taken to be who they say they are."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    SUSPICIOUS = "suspicious"


@dataclass(frozen=True, slots=True)
class Trust:
    """The level, and what speaks for it in words a user understands."""

    level: TrustLevel
    reasons: tuple[str, ...] = ()


class OwnAct(StrEnum):
    """What a mail that the user wrote does. A mail can do several of these."""

    THANKS = "thanks"  # thanks for a talk: does the job of a thank-you
    ASKS_STATUS = "asks_status"  # asks where things stand: does the job of a check-in
    WITHDRAWS = "withdraws"  # takes the application back
    ACCEPTS = "accepts"  # agrees to a time, a task or an offer
    DECLINES = "declines"  # turns a time or an offer down


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message stands among others (RFC 5322, 3.6.4); ids without angle brackets."""

    message_id: str | None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Every id that this message says it answers, nearest first, without repeats."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))


@dataclass(frozen=True, slots=True)
class Mattered:
    """What mattered in a talk, in the user's words; `to` is a person's address or name, if said."""

    words: str
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a note; its bytes lie in the store under `ref`.

    `to` is the address or name of whom it is for, where the user said so; `kind` its MIME type.
    """

    ref: str
    name: str
    kind: str
    size: int
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the user said about an application, to the program alone. None: not said.

    `talks` are the starts of the talks it is about (UTC), by which they are found whatever
    the zone. `met` were there; with `met_only` nobody else was. `plan` is how they would do
    the job, `value` something useful to pass on, `steps` what was said about how it goes on.
    `holds` settles a doubtful interview, `moved_to` the time it is at; `missed` says that
    nobody came to it. `decides` is False where a date that was noted no longer holds.
    `company`, `role`, `stage` (a stage's value) and `playbook` go over what mail says.
    """

    talks: tuple[datetime, ...] = ()
    met: tuple[Person, ...] = ()
    met_only: bool = False
    matters: tuple[Mattered, ...] = ()
    plan: str | None = None
    value: str | None = None
    steps: str | None = None
    note: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    holds: bool | None = None
    moved_to: datetime | None = None
    missed: bool | None = None
    decides: bool = True
    company: str | None = None
    role: str | None = None
    stage: str | None = None
    playbook: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One message's word on one application, as recorded; or what time did to it (`Passing`),
    or what the user told the program (`Word`, with `told`).

    `at` is when it arrived (aware, UTC). `from_` is the sender; `recipients` are the
    addresses it went to, of which `identity` is the one that is the user's.
    `own_acts` is filled for `Kind.OWN` alone. `back_on` is the day on which an answering
    machine says that its owner is back; `bounced` are addresses that mail cannot reach.
    """

    kind: Kind | Passing | Word
    at: datetime
    thread: Thread
    subject: str
    from_: Person
    confidence: float = 1.0
    identity: str | None = None
    recipients: tuple[str, ...] = ()
    company: str | None = None
    role: str | None = None
    interviews: tuple[Interview, ...] = ()
    people: tuple[Person, ...] = ()
    decision_by: date | None = None
    answer_by: date | None = None
    trust: TrustLevel = TrustLevel.UNVERIFIED
    own_acts: frozenset[OwnAct] = frozenset()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)
    language: str = "en"
    machine_sent: bool = False
    back_on: date | None = None
    bounced: tuple[str, ...] = ()
    told: Told | None = None

    @property
    def theirs(self) -> bool:
        """Whether the other side said something to the user with it (no auto-reply, no clock)."""
        return isinstance(self.kind, Kind) and self.kind.concerns_application

    @property
    def their_word(self) -> bool:
        """Whether the other side itself said it: a pretender's word restarts no wait."""
        return self.theirs and not self.suspicious

    @property
    def is_invitation(self) -> bool:
        """Whether it is a calendar's message rather than somebody's letter."""
        return any(i.source is InterviewSource.CALENDAR for i in self.interviews)

    @property
    def suspicious(self) -> bool:
        """Whether its sender pretends: nothing is ever drafted on its word."""
        return self.trust is TrustLevel.SUSPICIOUS
