"""What happened, as values: told to whoever watches (the log, the demo, a replay)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agent.domain.application import Application
from agent.domain.facts import Fact
from agent.domain.followup import FollowUp, Task
from agent.domain.memos import Memo
from agent.mail.message import ParsedMail, Reading


@dataclass(frozen=True, slots=True)
class Understood:
    """A message was read; not every message is about an application."""

    at: datetime
    mail: ParsedMail
    reading: Reading


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact was appended to an application."""

    at: datetime
    application: Application
    fact: Fact
    why: str


@dataclass(frozen=True, slots=True)
class Tied:
    """A message fits several applications equally well; the user has to say which."""

    at: datetime
    mail: ParsedMail
    reading: Reading
    applications: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft lies in Drafts."""

    at: datetime
    application: Application
    followup: FollowUp
    in_reply_to: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A follow-up went out: `by` is "draft" or "own"."""

    at: datetime
    application: Application
    followup: FollowUp
    by: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A draft of ours was taken back, untouched."""

    at: datetime
    application: Application
    followup: FollowUp
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """A draft is the user's from now on: edited, or deleted unsent, or not ours to remove."""

    at: datetime
    application: Application
    followup: FollowUp
    why: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A follow-up fell due when it could no longer be timely: listed, not drafted."""

    at: datetime
    application: Application
    followup: FollowUp


@dataclass(frozen=True, slots=True)
class TaskRaised:
    """Something waits for the user."""

    at: datetime
    application: Application
    task: Task


@dataclass(frozen=True, slots=True)
class Closed:
    """An application was closed for want of an answer."""

    at: datetime
    application: Application
    why: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """News came for an application that had ended."""

    at: datetime
    application: Application
    why: str


@dataclass(frozen=True, slots=True)
class MemoLaid:
    """A memo lies in the user's inbox."""

    at: datetime
    application: Application
    memo: Memo
    data: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """The user told the program something itself: by a reply to a memo, or at the terminal."""

    at: datetime
    application: Application
    fact: Fact


@dataclass(frozen=True, slots=True)
class SetAsideEvent:
    """A message could not be read at all; it was skipped and is listed."""

    at: datetime
    where: str
    why: str


Event = (
    Understood
    | Recorded
    | Tied
    | Drafted
    | Sent
    | Withdrawn
    | Left
    | Lapsed
    | TaskRaised
    | Closed
    | Reopened
    | MemoLaid
    | Heard
    | SetAsideEvent
)
Observer = Callable[[Event], None]


def unobserved(event: Event) -> None:
    """An observer for when nobody watches."""
