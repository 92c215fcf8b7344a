"""A follow-up becomes a message: whose thread it joins, what it says, from which identity."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.domain.application import Application
from agent.domain.facts import Fact, Person
from agent.domain.followup import FollowUp
from agent.domain.people import caller, number_of_theirs
from agent.domain.talks import met_before
from agent.mail.compose import Draft, compose, new_message_id, reply_subject
from agent.mail.lint import LENGTHS, ORDINARY_LENGTH, problems_in, word_count
from agent.mail.message import Address
from agent.mail.words import Values, Words, language_for, missing_values, render
from agent.service.context import Context
from agent.service.personal import Own, attachments, own_of, said_in


@dataclass(frozen=True, slots=True)
class Written:
    """A draft ready to be stored. `problems` is not empty where it must not be.

    `told` stands for the user's own words and files in it; `draft` is what the bytes hold,
    `language` what it is written in, `left_out` what of the user's own it does not say, and why.
    """

    message_id: str
    subject: str
    in_reply_to: str | None
    data: bytes
    body: str
    draft: Draft
    language: str
    told: str = ""
    left_out: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def write(context: Context, app: Application, followup: FollowUp, now: datetime) -> Written:
    """The draft of a follow-up, as of `now`. The same inputs give the same bytes."""
    identity = context.identity_of(app.account)
    sender = app.identity or identity.addresses[0]
    answered = app.thread_with(followup.to)
    own = own_of(context, app, followup)
    language = language_for(followup.template, _language(app, followup), context.templates)
    said = said_in(own, language, nth=followup.nth)
    words, problems = _words(context, app, followup, said, language, now)
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
        attachments=attachments(context, own.files),
        send_by=context.calendar.local(followup.send_by) if context.marks_send_by else None,
    )
    return Written(
        message_id=message_id,
        subject=draft.subject,
        in_reply_to=draft.in_reply_to,
        data=compose(draft),
        body=words.body,
        draft=draft,
        language=language,
        told=own.digest,
        left_out=said.left_out,
        problems=problems,
    )


def missing(context: Context, app: Application, followup: FollowUp, now: datetime) -> set[str]:
    """The values that a follow-up's template could say and that are not known, by their names."""
    own = own_of(context, app, followup)
    language = language_for(followup.template, _language(app, followup), context.templates)
    said = said_in(own, language, nth=followup.nth)
    values = next(_shorter_and_shorter(_values(context, app, followup, now), said))
    return set(
        missing_values(followup.template, values, sources=context.templates, language=language)
    )


def _words(
    context: Context,
    app: Application,
    followup: FollowUp,
    own: Own,
    language: str,
    now: datetime,
) -> tuple[Words, tuple[str, ...]]:
    """The words with as much of the user's own in them as a short mail has room for, and what is
    wrong with them."""
    known = _values(context, app, followup, now)
    most = LENGTHS.get(followup.template.partition(".")[0], ORDINARY_LENGTH)[1]
    for values in _shorter_and_shorter(known, own):
        words = render(
            followup.template,
            values,
            sources=context.templates,
            language=language,
            seed=str(app.company or followup.application_id),
            nth=followup.nth + met_before(app.talks, followup.about, context.calendar.zone),
        )
        problems = problems_in(words.body)
        # What the user says in their own way ("reach out") must not cost them the draft.
        if word_count(words.body) <= most and not problems:
            break
    return words, problems


def _shorter_and_shorter(known: Values, own: Own) -> Iterator[Values]:
    matters, plan, value = own.words.matters, own.words.plan, own.words.value
    yield replace(known, matters="; ".join(matters) or None, plan=plan, value=value)
    yield replace(known, matters=matters[0] if matters else None, plan=plan, value=value)
    yield replace(known, matters=matters[0] if matters else None, value=value)
    yield replace(known, plan=plan)
    yield known


def _values(context: Context, app: Application, followup: FollowUp, now: datetime) -> Values:
    return Values(
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
        talk=_missed_talk(app) if followup.does("no_show") else talk_on(app, followup.due_at),
        decision_by=app.decision.day if app.decision else None,
        attempt=followup.attempt,
        caller=caller(app, context.calendar.zone) if followup.does("references") else None,
        caller_phone=number_of_theirs(app.talks, context.phone),
    )


def _missed_talk(app: Application) -> str:
    """What to call a talk that nobody came to: it was never a conversation."""
    return "video call" if any(t.interview.url for t in app.missed[-1:]) else "interview"


def talk_on(app: Application, at: datetime) -> str | None:
    """What to call the last talk before an instant, where that is sure."""
    talks = [t for t in app.talks if t.stands and t.start <= at]
    last = max(talks, key=lambda t: t.start, default=None)
    if last is None:
        return None
    if len(last.who) > 1:
        return "panel"
    return "video call" if last.interview.url else "interview"


def _recipient(app: Application, followup: FollowUp) -> str | None:
    person: Person | None = app.person(followup.to[0])
    return (person.name if person else None) or followup.names[0] or None


def _language(app: Application, followup: FollowUp) -> str:
    """What a mail is to be written in."""
    return followup.language or language_of_theirs(app)


def language_of_theirs(app: Application) -> str:
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
