"""`ParsedMail` and `Reading`: the two shapes that the rest of the program reads.

`parse.py` turns bytes into a `ParsedMail`; `read.py` turns a `ParsedMail` into a
`Reading`. Nobody else looks at MIME, headers or the mail parser's own objects.
"""

from dataclasses import dataclass
from datetime import date, datetime

from agent.domain.facts import (
    Evidence,
    Interview,
    Kind,
    OwnAct,
    Person,
    Thread,
    Trust,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322, 3.4; `email` is lower case, `name` is decoded, "" where absent."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        """What follows the last @, "" where there is none."""
        return self.email.rpartition("@")[2]

    @property
    def local(self) -> str:
        """What comes before the last @."""
        return self.email.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A text/calendar part or an .ics attachment, still as text.

    `method` is the Content-Type's method parameter (RFC 6047, 2.4), upper case.
    """

    text: str
    method: str | None = None


@dataclass(frozen=True, slots=True)
class AuthResult:
    """One Authentication-Results field (RFC 8601), topmost first in `ParsedMail`."""

    authserv_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """One message, decoded and safe to read: no NUL, no CR, no markup, bounded size.

    `date` is the Date field with the sender's own offset; `received` is the topmost
    Received stamp (UTC), the time of arrival. `text` is what a reader sees: the plain
    part, or the HTML part as text where there is no plain one worth reading. `links` are the
    targets of links in the HTML, in order, as (text, href). `headers` holds every header field
    by lower-case name, decoded, in order. `json_ld` holds schema.org blocks of the HTML, as text.
    `problems` names, in plain words, what could not be read; never an exception instead.
    """

    thread: Thread
    subject: str
    date: datetime | None
    received: datetime | None
    from_: Address
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    headers: dict[str, tuple[str, ...]]
    text: str
    links: tuple[tuple[str, str], ...] = ()
    calendars: tuple[CalendarPart, ...] = ()
    json_ld: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    auth_results: tuple[AuthResult, ...] = ()
    content_type: str = "text/plain"
    size: int = 0
    problems: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first field of that name (any case), or None."""
        values = self.headers.get(name.lower())
        return values[0] if values else None

    @property
    def at(self) -> datetime | None:
        """The time of arrival: the first Received stamp, else Date."""
        return self.received or self.date


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the user is, as far as reading mail needs it.

    `addresses` are lower case. `timezone` (IANA) and `country` (ISO 3166 alpha-2) are the
    user's; `authserv_ids` are the hosts whose Authentication-Results the account trusts.
    """

    name: str
    addresses: tuple[str, ...]
    timezone: str
    country: str
    authserv_ids: tuple[str, ...] = ()

    def owns(self, email: str) -> bool:
        """Whether an address is the user's, sub-addresses ("me+jobs@") included."""
        local, _, domain = email.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.addresses or (
            f"{local}@{domain}" in self.addresses
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program understood of one message; printed by `explain`.

    `confidence` is the probability, 0 to 1, that `kind` is right. `own_acts` is filled
    for `Kind.OWN`; `language` is an ISO 639-1 code. `machine_sent` says that no person
    answers at the sender's address (no-reply, list, RFC 3834).
    """

    kind: Kind
    confidence: float
    evidence: tuple[Evidence, ...]
    company: str | None
    role: str | None
    interviews: tuple[Interview, ...]
    people: tuple[Person, ...]
    decision_by: date | None
    answer_by: date | None
    reply_text: str
    trust: Trust
    problems: tuple[str, ...]
    own_acts: frozenset[OwnAct] = frozenset()
    language: str = "en"
    machine_sent: bool = False
