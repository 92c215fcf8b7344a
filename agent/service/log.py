"""What happened, as log lines: ids and kinds, never a body; addresses at DEBUG only.

Each line carries its ids as fields too (`extra={"fields": …}`), which the journal keeps apart
from the text: EVENT, APPLICATION, KIND, STAGE, STEP, TASK, MESSAGE_ID, ACCOUNT.
"""

import logging
from collections.abc import Mapping
from typing import Any

from agent.domain.application import Application
from agent.domain.followup import FollowUp
from agent.service.events import (
    Closed,
    Drafted,
    Event,
    Heard,
    Lapsed,
    Left,
    MemoLaid,
    Recorded,
    Reopened,
    Sent,
    SetAsideEvent,
    TaskRaised,
    Tied,
    Understood,
    Withdrawn,
)

log = logging.getLogger("followthrough")


def log_event(event: Event) -> None:
    """An observer that writes the log."""
    match event:
        case Understood():
            _understood(event)
        case Recorded():
            _recorded(event)
        case Tied(mail=mail, applications=applications):
            ids = ", ".join(map(str, applications))
            fields = _fields(event, MESSAGE_ID=mail.thread.message_id, APPLICATIONS=ids)
            text = "<%s> fits applications %s equally well"
            log.warning(text, mail.thread.message_id, ids, extra=fields)
        case TaskRaised(application=app, task=task):
            _of(event, app, f"for you: {task.kind}", TASK=task.kind)
        case Closed(application=app, why=why):
            _of(event, app, f"closed: {why}")
        case Reopened(application=app, why=why):
            _of(event, app, f"open again: {why}")
        case MemoLaid(application=app, memo=memo):
            text = f"{memo.kind.value} memo in the inbox as <{memo.message_id}>"
            _of(event, app, text, MESSAGE_ID=memo.message_id, ACCOUNT=memo.account)
        case Heard(application=app, fact=fact):
            _of(event, app, f"you said more ({fact.kind.value})", KIND=fact.kind.value)
        case SetAsideEvent():
            pass  # logged where it happened
        case Drafted() | Sent() | Withdrawn() | Left() | Lapsed():
            _of_followup(event)


def _understood(event: Understood) -> None:
    thread, reading = event.mail.thread, event.reading
    log.debug(
        "read <%s> from %s: %s (%.2f)",
        thread.message_id,
        event.mail.from_.email,
        reading.kind.value,
        reading.confidence,
        extra=_fields(event, MESSAGE_ID=thread.message_id, KIND=reading.kind.value),
    )


def _recorded(event: Recorded) -> None:
    app, fact = event.application, event.fact
    message_id, kind = fact.thread.message_id, fact.kind.value
    stage = app.stage.value if app.stage else "new"
    _of(
        event,
        app,
        f"{kind} ({fact.confidence:.2f}) by <{message_id}>, now {stage}: {event.why}",
        KIND=kind,
        MESSAGE_ID=message_id,
        STAGE=stage,
    )


def _of_followup(event: Drafted | Sent | Withdrawn | Left | Lapsed) -> None:
    followup = event.followup
    text = f"{'' if isinstance(event, Sent | Lapsed) else 'draft '}{followup.step} "
    match event:
        case Drafted():
            text += f"as <{followup.message_id}>, send by {followup.send_by.isoformat()}"
            log.debug("draft %s is to %s", followup.key, ", ".join(followup.to))
        case Sent(by=by):
            text += f"sent ({'our draft' if by == 'draft' else 'your own mail'})"
        case Withdrawn(why=why):
            text += f"withdrawn: {why}"
        case Left(why=why):
            text += why
        case Lapsed():
            text += f"not drafted: {_reason(followup)}"
    _of(
        event,
        event.application,
        text,
        STEP=followup.step,
        MESSAGE_ID=followup.message_id,
        ACCOUNT=followup.account,
    )


def _reason(followup: FollowUp) -> str:
    """Why it was not drafted; what is wrong with a draft's words is for `show`, not for the log."""
    return "its words are not fit" if followup.why.startswith("not fit") else followup.why


def _of(event: Event, app: Application, text: str, **fields: object) -> None:
    extra = _fields(event, APPLICATION=app.id, **fields)
    log.info("application %d: %s", app.id, text, extra=extra)


def _fields(event: Event, **fields: object) -> Mapping[str, Any]:
    name = type(event).__name__.removesuffix("Event").lower()
    return {"fields": {"EVENT": name, **fields}}
