"""One follow-up's life: from planned to drafted to sent, and every way it can end.

A `FollowUp` is one note to one set of people, at one time. Its `key` says what it
is for, not when: planning the same application twice yields the same keys, so a
step that was dealt with is never planned again. The states and the only moves
between them are in `MOVES`; everything that changes a status goes through `moved`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class FollowUpStatus(StrEnum):
    """Where a follow-up stands."""

    PLANNED = "planned"  # due at `due_at`, nothing written yet
    DRAFTING = "drafting"  # the intent is on disk; whether the append happened is not yet known
    DRAFTED = "drafted"  # our draft lies in Drafts, as we left it
    THEIRS = "theirs"  # the user edited it: theirs now, never touched by us
    SENT = "sent"  # it went out: our draft, or the user's own mail that did its job
    WITHDRAWN = "withdrawn"  # no longer wanted, and removed untouched (or never written)
    DECLINED = "declined"  # the user deleted the draft unsent: a no to this step
    LAPSED = "lapsed"  # it fell due when it could no longer be timely; listed, never drafted


_S = FollowUpStatus

#: Every allowed move. A status that is not a key here is an end.
MOVES: dict[FollowUpStatus, frozenset[FollowUpStatus]] = {
    # Waiting: it falls due, is overtaken by the user or by news, or comes too late.
    _S.PLANNED: frozenset({_S.DRAFTING, _S.SENT, _S.WITHDRAWN, _S.LAPSED}),
    # Intent on disk: the append is confirmed, or found not to be wanted after all.
    _S.DRAFTING: frozenset({_S.DRAFTED, _S.PLANNED, _S.SENT, _S.WITHDRAWN, _S.LAPSED}),
    # In Drafts: the user sends, edits or deletes it, or we take it back untouched.
    _S.DRAFTED: frozenset({_S.SENT, _S.THEIRS, _S.DECLINED, _S.WITHDRAWN}),
    # Edited: only the user decides from here on.
    _S.THEIRS: frozenset({_S.SENT, _S.DECLINED, _S.WITHDRAWN}),
    # Late or declined, but then the user wrote by hand after all.
    _S.LAPSED: frozenset({_S.SENT}),
    _S.DECLINED: frozenset({_S.SENT}),
    # Taken back: because the user wrote by hand; or wanted again (an interview moved twice).
    _S.WITHDRAWN: frozenset({_S.PLANNED, _S.SENT}),
}

#: States in which a follow-up still asks something of somebody.
OPEN = frozenset({_S.PLANNED, _S.DRAFTING, _S.DRAFTED, _S.THEIRS})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One note of one application.

    `key` is unique in the store. `step` is the playbook step's name (thank_you, check_in,
    …), `attempt` counts from 1. `about` names what it follows up on: the key of a round of
    interviews. `due_at` is when the draft shall appear, `send_by` until when it is on
    time, `expires_at` from when it is better not written at all; all aware, UTC.
    `nth` counts the people who get a note of this kind on the same occasion, from 0, so
    that no two of them read the same sentences.
    `late_start` says that it may still be written on a first start after `due_at`.
    `message_id` is fixed when the intent is recorded, a new one per `revision`.
    `job` says what the mail is for, whatever the playbook calls its step; `language` what it
    is written in, where that is not the language of their mails.
    `missed_at` is when a sweep first found the draft gone from Drafts.
    `fingerprint` is the SHA-256 of the bytes as they lie in `folder`; while it is being drafted,
    of its words alone. `tried` are the times at which its append was begun, each
    on disk before it: more than one where the first was not answered, and nothing found. `told` stands for the
    user's own words and files that were written into it, "" for none. `leaving` is on disk
    before the draft is taken back: one that is found gone then was taken back by us.
    """

    key: str
    application_id: int
    account: str
    step: str
    attempt: int
    about: str
    to: tuple[str, ...]
    names: tuple[str, ...]
    template: str
    due_at: datetime
    send_by: datetime
    expires_at: datetime
    status: FollowUpStatus = FollowUpStatus.PLANNED
    why: str = ""
    mentions: tuple[str, ...] = ()
    late_start: bool = False
    nth: int = 0
    revision: int = 0
    message_id: str | None = None
    folder: str | None = None
    fingerprint: str | None = None
    drafted_at: datetime | None = None
    missed_at: datetime | None = None
    ended_at: datetime | None = None
    sent_by: str | None = None
    subject: str = ""
    told: str = ""
    job: str = ""
    language: str = ""
    leaving: bool = False
    tried: tuple[datetime, ...] = ()

    def does(self, job: str) -> bool:
        """Whether it is for that: "thank_you", "check_in", …"""
        return (self.job or self.step) == job

    def moved(self, status: FollowUpStatus, *, at: datetime, why: str = "") -> "FollowUp":
        """The same follow-up in another state; raises ValueError for a move not in MOVES."""
        if status not in MOVES.get(self.status, frozenset()):
            raise ValueError(f"{self.key}: {self.status} cannot become {status}")
        ended = None if status in OPEN else at
        return replace(self, status=status, ended_at=ended, why=why or self.why)


class TaskStatus(StrEnum):
    """Whether a task still waits for the user."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Task:
    """Something that only the user can do, with its text ready to use.

    `kind` is one of call, linkedin, card, references, ask, ask_outcome, keep_searching (from
    the playbook), answer, confirm, which. A task of the playbook has a `template`; its words
    are written when it is raised, for the person of that `name` and `email`, on the talk of the
    day `about`; `nth` counts the people as in a FollowUp, and `note` is the playbook's own word.
    """

    key: str
    application_id: int
    kind: str
    text: str
    raised_at: datetime
    due_on: str | None = None
    status: TaskStatus = TaskStatus.OPEN
    template: str = ""
    name: str = ""
    email: str | None = None
    about: str = ""
    nth: int = 0
    note: str = ""
