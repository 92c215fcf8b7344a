"""What a mail of a known kind carries: employer, role, people, interviews and days."""

from dataclasses import dataclass
from datetime import date

from agent.domain.facts import Interview, Kind, Person
from agent.mail.classify import Signals
from agent.mail.context import Portions


@dataclass(frozen=True, slots=True)
class Extract:
    """The fields of a `Reading` that depend on its kind."""

    company: str | None = None
    role: str | None = None
    interviews: tuple[Interview, ...] = ()
    people: tuple[Person, ...] = ()
    decision_by: date | None = None
    answer_by: date | None = None


def extract(signals: Signals, kind: Kind, portions: Portions) -> Extract:
    """Read what a mail of that kind carries."""
    return Extract()
