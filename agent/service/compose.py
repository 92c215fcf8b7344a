"""A follow-up becomes a message: whose thread it joins, what it says, from which identity."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.domain.application import Application
from agent.domain.facts import Fact, Person
from agent.domain.followup import FollowUp
from agent.mail.compose import Draft, compose, new_message_id, reply_subject
from agent.mail.lint import problems_in
from agent.mail.message import Address
from agent.mail.words import Values, Words, render
from agent.service.context import Context


@dataclass(frozen=True, slots=True)
class Written:
    """A draft ready to be stored. `problems` is not empty where it must not be."""

    message_id: str
    subject: str
    in_reply_to: str | None
    data: bytes
    body: str
    problems: tuple[str, ...] = ()


def write(context: Context, app: Application, followup: FollowUp, now: datetime) -> Written:
    """The draft of a follow-up, as of `now`. The same inputs give the same bytes."""
    identity = context.identity_of(app.account)
    sender = app.identity or identity.addresses[0]
    answered = app.thread_with(followup.to)
    words = _words(context, app, followup, now)
    message_id = followup.message_id or new_message_id(
        f"{context.salt}:{followup.key}:{followup.revision}", sender.rpartition("@")[2]
    )
    draft = Draft(
        message_id=message_id,
        from_=Address(name=identity.name, email=sender),
        to=tuple(
            Address(name=name, email=email)
            for name, email in zip(followup.names, followup.to, strict=True)
        ),
        subject=_subject(answered, words),
        body=words.body,
        date=context.calendar.local(now),
        in_reply_to=answered.thread.message_id if answered else None,
        references=_references(answered),
    )
    return Written(
        message_id=message_id,
        subject=draft.subject,
        in_reply_to=draft.in_reply_to,
        data=compose(draft),
        body=words.body,
        problems=problems_in(words.body),
    )


def _words(context: Context, app: Application, followup: FollowUp, now: datetime) -> Words:
    values = Values(
        user_name=context.identity.name,
        now=now,
        zone=ZoneInfo(context.calendar.zone),
        user_phone=context.phone,
        signature=context.signature,
        recipient=_recipient(app, followup),
        company=app.company,
        role=app.role,
        day=date.fromisoformat(followup.about),
        others=followup.mentions,
        talk=_talk(app, followup),
        decision_by=app.decision.day if app.decision else None,
        attempt=followup.attempt,
    )
    return render(
        followup.template,
        values,
        sources=context.templates,
        language=_language(app),
        seed=f"{app.company or followup.application_id}:{followup.about}",
        nth=followup.nth,
    )


def _talk(app: Application, followup: FollowUp) -> str | None:
    """What to call the talk, where that is sure."""
    talks = [t for t in app.talks if t.stands and t.start <= followup.due_at]
    last = max(talks, key=lambda t: t.start, default=None)
    if last is None:
        return None
    if len(last.who) > 1:
        return "panel"
    return "video call" if last.interview.url else "interview"


def _recipient(app: Application, followup: FollowUp) -> str | None:
    person: Person | None = app.person(followup.to[0])
    return (person.name if person else None) or followup.names[0] or None


def _language(app: Application) -> str:
    """The language that they last wrote in."""
    return next((f.language for f in reversed(app.facts) if f.theirs), "en")


def _subject(answered: Fact | None, words: Words) -> str:
    """The thread's subject; a calendar's own subject reads badly under a letter."""
    if answered is None or answered.is_invitation or not answered.subject.strip():
        return words.subject
    return reply_subject(answered.subject)


def _references(answered: Fact | None) -> tuple[str, ...]:
    """The thread so far and the message answered (RFC 5322, 3.6.4)."""
    if answered is None or answered.thread.message_id is None:
        return ()
    before = answered.thread.references or answered.thread.in_reply_to
    return (*before, answered.thread.message_id)
