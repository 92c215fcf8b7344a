"""What happened, as log lines: ids and kinds, never a body, addresses at DEBUG only."""

import logging

from agent.service.events import (
    Closed,
    Drafted,
    Event,
    Lapsed,
    Left,
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
        case Understood(mail=mail, reading=reading):
            log.debug(
                "read <%s> from %s: %s (%.2f)",
                mail.thread.message_id,
                mail.from_.email,
                reading.kind.value,
                reading.confidence,
            )
        case Recorded(application=app, fact=fact, why=why):
            stage = app.stage.value if app.stage else "new"
            log.info(
                "application %d: %s (%.2f) by <%s>, now %s: %s",
                app.id,
                fact.kind.value,
                fact.confidence,
                fact.thread.message_id,
                stage,
                why,
            )
        case Tied(mail=mail, applications=applications):
            ids = ", ".join(map(str, applications))
            log.warning("<%s> fits applications %s equally well", mail.thread.message_id, ids)
        case Drafted(followup=followup):
            log.info(
                "application %d: draft %s as <%s>, send by %s",
                followup.application_id,
                followup.step,
                followup.message_id,
                followup.send_by.isoformat(),
            )
            log.debug("draft %s is to %s", followup.key, ", ".join(followup.to))
        case Sent(followup=followup, by=by):
            how = "our draft" if by == "draft" else "your own mail"
            log.info("application %d: %s sent (%s)", followup.application_id, followup.step, how)
        case Withdrawn(followup=followup, why=why):
            log.info(
                "application %d: draft %s withdrawn: %s",
                followup.application_id,
                followup.step,
                why,
            )
        case Left(followup=followup, why=why):
            log.info("application %d: draft %s %s", followup.application_id, followup.step, why)
        case Lapsed(followup=followup):
            log.info(
                "application %d: %s not drafted: %s",
                followup.application_id,
                followup.step,
                followup.why,
            )
        case TaskRaised(application=app, task=task):
            log.info("application %d: for you: %s", app.id, task.kind)
        case Closed(application=app, why=why):
            log.info("application %d: closed: %s", app.id, why)
        case Reopened(application=app, why=why):
            log.info("application %d: open again: %s", app.id, why)
        case SetAsideEvent():
            pass  # logged where it happened
