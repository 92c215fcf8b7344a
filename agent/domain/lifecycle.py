"""The life of an application, as one table. Everything that changes a stage is here.

`TRANSITIONS[stage][kind]` is the stage after a message of that kind arrives. A kind
that a row leaves out changes nothing. Time moves an application too: an interview
that is over (`INTERVIEW_OVER`), and a silence that has lasted long enough (`SILENCE`);
and so does the user, by withdrawing.
"""

from enum import StrEnum
from typing import Final

from agent.domain.facts import Kind, OwnAct, Passing


class Stage(StrEnum):
    """Where an application stands."""

    CONTACTED = "contacted"
    APPLIED = "applied"
    ASSESSMENT = "assessment"
    SCHEDULING = "scheduling"
    INTERVIEW_SCHEDULED = "interview_scheduled"
    INTERVIEWED = "interviewed"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED_NO_ANSWER = "closed_no_answer"


#: Stages that have ended. News from the other side reopens them.
ENDED: Final = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED_NO_ANSWER})

#: What can move an application: a message, the user's own word, or time.
Event = Kind | OwnAct | Passing

_S, _K, _P = Stage, Kind, Passing

#: What any message does to an application that is under way, wherever it stands.
_UNDER_WAY: Final[dict[Event, Stage]] = {
    _K.INTERVIEW_REQUEST: _S.SCHEDULING,
    _K.INTERVIEW_CONFIRMED: _S.INTERVIEW_SCHEDULED,
    _K.INTERVIEW_RESCHEDULED: _S.INTERVIEW_SCHEDULED,
    _K.ASSESSMENT: _S.ASSESSMENT,
    _K.OFFER: _S.OFFER,
    _K.REJECTION: _S.REJECTED,
    OwnAct.WITHDRAWS: _S.WITHDRAWN,
}

TRANSITIONS: Final[dict[Stage | None, dict[Event, Stage]]] = {
    # The first word of an application, whatever it is.
    None: {
        _K.APPLICATION_RECEIVED: _S.APPLIED,
        _K.RECRUITER_OUTREACH: _S.CONTACTED,
        _K.STATUS_UPDATE: _S.APPLIED,
        _K.INTERVIEW_CANCELLED: _S.SCHEDULING,
        **_UNDER_WAY,
    },
    _S.CONTACTED: {_K.APPLICATION_RECEIVED: _S.APPLIED, **_UNDER_WAY},
    _S.APPLIED: {**_UNDER_WAY},
    # A task handed in after a talk can meet with silence too.
    _S.ASSESSMENT: {**_UNDER_WAY, _P.SILENCE: _S.CLOSED_NO_ANSWER},
    # They asked for times; a cancellation here takes back what was never fixed.
    _S.SCHEDULING: {**_UNDER_WAY},
    # A cancelled interview waits for a new time; a question about the next round does
    # not unmake the interview that stands.
    _S.INTERVIEW_SCHEDULED: {
        **_UNDER_WAY,
        _K.INTERVIEW_REQUEST: _S.INTERVIEW_SCHEDULED,
        _K.ASSESSMENT: _S.INTERVIEW_SCHEDULED,
        _K.INTERVIEW_CANCELLED: _S.SCHEDULING,
        _P.INTERVIEW_OVER: _S.INTERVIEWED,
    },
    # Answers after the talk keep it here; a silence past the last check-in closes it.
    _S.INTERVIEWED: {**_UNDER_WAY, _P.SILENCE: _S.CLOSED_NO_ANSWER},
    # An offer stands until they take it back or the user turns it down.
    _S.OFFER: {
        _K.REJECTION: _S.REJECTED,
        _K.INTERVIEW_CONFIRMED: _S.INTERVIEW_SCHEDULED,
        OwnAct.WITHDRAWS: _S.WITHDRAWN,
    },
    # A no can be taken back: a new invitation or an offer reopens the application.
    _S.REJECTED: {
        _K.INTERVIEW_REQUEST: _S.SCHEDULING,
        _K.INTERVIEW_CONFIRMED: _S.INTERVIEW_SCHEDULED,
        _K.OFFER: _S.OFFER,
    },
    _S.WITHDRAWN: {
        _K.INTERVIEW_CONFIRMED: _S.INTERVIEW_SCHEDULED,
        _K.OFFER: _S.OFFER,
    },
    # Closed for want of an answer: any answer reopens it.
    _S.CLOSED_NO_ANSWER: {
        **_UNDER_WAY,
        _K.STATUS_UPDATE: _S.INTERVIEWED,
        _K.APPLICATION_RECEIVED: _S.APPLIED,
        _K.RECRUITER_OUTREACH: _S.CONTACTED,
        _K.INTERVIEW_CANCELLED: _S.SCHEDULING,
    },
}


def advance(stage: Stage | None, event: Event) -> Stage | None:
    """The stage after an event; unchanged where the table says nothing about it."""
    return TRANSITIONS[stage].get(event, stage)


def reopens(before: Stage | None, after: Stage | None) -> bool:
    """Whether a move takes an application out of an ended stage."""
    return before in ENDED and after not in ENDED and after is not None


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2"]
    for stage, row in TRANSITIONS.items():
        targets: dict[Stage, list[str]] = {}
        for event, target in row.items():
            if target != stage:
                targets.setdefault(target, []).append(event.value)
        source = stage.value if stage else "[*]"
        lines += [
            f"    {source} --> {target.value}: {', '.join(events)}"
            for target, events in targets.items()
        ]
    return "\n".join(lines) + "\n"
