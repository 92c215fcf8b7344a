"""`explain`: what was understood of one message, in the shape of the explain contract.

One object a message; every input gets its object, an empty or unreadable one too, with
the trouble named in `problems`. Times are ISO 8601 with an offset.
"""

import logging
from datetime import date, datetime
from typing import Any

from agent.domain.facts import Interview, Kind, Person, TrustLevel
from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.parse import parse
from agent.mail.read import read

log = logging.getLogger(__name__)


def explained(source: str, data: bytes, identity: Identity) -> dict[str, Any]:
    """What was understood of one message, as `explain --json` prints it.

    A fault of ours in reading one message is named in its `problems`, and never keeps the
    messages after it from being read.
    """
    try:
        mail = parse(data)
        return reading_json(source, mail, read(mail, identity))
    except Exception as error:  # a poison message must not stop the ones after it
        log.debug("what went wrong in %s", source, exc_info=error)
        return unreadable(source, f"this message could not be read ({type(error).__name__})")


def unreadable(source: str, why: str) -> dict[str, Any]:
    """The object of an input that could not be read at all."""
    return {
        "source": source,
        "message_id": None,
        "date": None,
        "from": {"name": None, "email": None},
        "kind": Kind.OTHER.value,
        "confidence": 0.0,
        "evidence": [],
        "company": None,
        "role": None,
        "interviews": [],
        "people": [],
        "decision_by": None,
        "answer_by": None,
        "reply_text": "",
        "trust": {"level": TrustLevel.UNVERIFIED.value, "reasons": []},
        "problems": [why],
    }


def reading_json(source: str, mail: ParsedMail, reading: Reading) -> dict[str, Any]:
    """The contract's object."""
    return {
        "source": source,
        "message_id": mail.thread.message_id,
        "date": _iso(mail.date),
        "from": {"name": mail.from_.name or None, "email": mail.from_.email or None},
        "kind": reading.kind.value,
        "confidence": round(reading.confidence, 3),
        "evidence": [{"reason": e.reason, "text": e.text} for e in reading.evidence],
        "company": reading.company,
        "role": reading.role,
        "interviews": [interview_json(interview) for interview in reading.interviews],
        "people": [person_json(person) for person in reading.people],
        "decision_by": _iso(reading.decision_by),
        "answer_by": _iso(reading.answer_by),
        "reply_text": reading.reply_text,
        "trust": {"level": reading.trust.level.value, "reasons": list(reading.trust.reasons)},
        "problems": list(reading.problems),
    }


def interview_json(interview: Interview) -> dict[str, Any]:
    """One interview of the contract."""
    return {
        "start": _iso(interview.start),
        "end": _iso(interview.end),
        "timezone": interview.timezone,
        "status": interview.status.value,
        "source": interview.source.value,
        "uid": interview.uid,
        "sequence": interview.sequence,
        "location": interview.location,
        "url": interview.url,
        "phone": interview.phone,
    }


def person_json(person: Person) -> dict[str, Any]:
    """One person of the contract."""
    return {
        "name": person.name,
        "email": person.email,
        "title": person.title,
        "role": person.role.value,
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None
