"""What only the user can answer: a question of theirs, and doubts about what a mail said."""

from collections.abc import Iterable

from agent.domain.application import Application
from agent.domain.facts import Kind, Passing, Word
from agent.domain.followup import Task
from agent.domain.talks import Round

_ASKING: dict[Kind | Passing | Word, str] = {
    Kind.INTERVIEW_REQUEST: "They ask when you can talk",
    Kind.ASSESSMENT: "They set you a task",
    Kind.OFFER: "They made an offer",
}


def answers(app: Application) -> Iterable[Task]:
    """Their question that the user has not answered yet."""
    asked = app.last_said
    if asked is None or asked.kind not in _ASKING:
        return
    by = asked.answer_by.isoformat() if asked.answer_by else None
    limit = f", by {by}" if by else ""
    yield Task(
        key=f"{app.id}:answer:{asked.thread.message_id or asked.at.isoformat()}",
        application_id=app.id,
        kind="answer",
        text=f"{_ASKING[asked.kind]}{limit}: answer “{asked.subject}”.",
        raised_at=asked.at,
        due_on=by,
    )


def doubts(app: Application, all_rounds: Iterable[Round], floor: float) -> Iterable[Task]:
    """An interview that was not read surely enough to draft on, an address that mail does not
    reach: the user is asked."""
    yield from _unreachable(app)
    for round_ in all_rounds:
        unsure = [t for t in round_.talks if t.confidence < floor and not t.suspicious]
        if unsure:
            yield Task(
                key=f"{app.id}:confirm:{round_.key}",
                application_id=app.id,
                kind="confirm",
                text=f"Is there an interview on {round_.key}? The mail left doubts, so no "
                f"thank-you is planned. Say “followthrough set {app.id} interview=yes”, or no, "
                "or its time.",
                raised_at=app.facts[-1].at,
                due_on=round_.key,
            )


def _unreachable(app: Application) -> Iterable[Task]:
    """Mail came back, and no other address of that person is known."""
    for fact in app.facts:
        for address in fact.bounced:
            if address not in app.bounced:
                continue
            named = {p.name for f in app.facts for p in f.people if p.email == address and p.name}
            others = [p for p in app.people if p.name in named and p.email]
            if others:
                continue
            name = min(named, default="")
            yield Task(
                key=f"{app.id}:address:{address}",
                application_id=app.id,
                kind="address",
                text=f"Mail to {address} came back; nothing more goes there. Do you know another "
                f"address? Say “followthrough set {app.id} interviewer="
                f"'{name or 'Name'} <…>'”.",
                raised_at=fact.at,
            )


_GUESSED: dict[Kind | Passing | Word, str] = {
    Kind.STATUS_UPDATE: "Is all still open after",
    Kind.REJECTION: "Is it a no that they say in",
    Kind.INTERVIEW_CANCELLED: "Do they call the interview off in",
}


def unsure_word(app: Application, floor: float) -> Iterable[Task]:
    """Their last word, where it was not read surely enough to act on: the user is asked."""
    said = app.last_said
    if said is None or said.kind not in _GUESSED or said.confidence >= floor:
        return
    # Whoever says when they will decide has not said no, however it is put.
    if said.kind is Kind.STATUS_UPDATE and said.decision_by:
        return
    # No check-in hangs on it before a talk is over; and nothing at all on their first word.
    if said.kind is Kind.STATUS_UPDATE and not app.awaits_word:
        return
    if len(app.facts) == 1:
        return
    yield Task(
        key=f"{app.id}:confirm:{said.thread.message_id or said.at.isoformat()}",
        application_id=app.id,
        kind="confirm",
        text=f"{_GUESSED[said.kind]} “{said.subject}”? It left doubts, so no draft is planned. "
        f"Say “followthrough set {app.id} stage=…”: rejected, interviewed, …",
        raised_at=said.at,
    )
