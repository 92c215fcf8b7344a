"""The answer to a memo: taken in as the user's own word, and the drafts follow.

A reply is known by its thread: it answers a memo of ours, comes from one of the user's
addresses and goes to nobody else. It is never taken for a mail to the employer.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from agent.domain.application import Application
from agent.domain.facts import Enclosure, Fact, Person, Told, Word
from agent.domain.memos import Memo
from agent.mail.answers import meant_for
from agent.mail.compose import Attachment
from agent.mail.debrief import Answers, Asked, When, read_debrief, with_met
from agent.mail.enclosed import files_in
from agent.mail.language import language_of
from agent.mail.message import ParsedMail
from agent.mail.reply import new_text
from agent.service.context import Context
from agent.service.events import Heard

log = logging.getLogger(__name__)


def is_memo(context: Context, mail: ParsedMail) -> bool:
    """Whether a message is a memo that we laid ourselves."""
    return context.store.memo_by_message_id(mail.thread.message_id or "") is not None


def answered_memo(context: Context, account: str, mail: ParsedMail) -> Memo | None:
    """The memo that a message of the user's to themself answers."""
    if not only_to_oneself(context, account, mail):
        return None
    memos = (context.store.memo_by_message_id(each) for each in mail.thread.ancestors)
    return next((memo for memo in memos if memo), None)


def only_to_oneself(context: Context, account: str, mail: ParsedMail) -> bool:
    """Whether a message goes from the user to the user: it says nothing to any employer."""
    owns = context.identity_of(account).owns
    to = [address.email for address in (*mail.to, *mail.cc) if address.email]
    return bool(to) and owns(mail.from_.email) and all(owns(email) for email in to)


def take_answer(
    context: Context, memo: Memo, mail: ParsedMail, data: bytes, at: datetime
) -> Application | None:
    """Record what a reply says; None where it says nothing, or was recorded before."""
    app = context.store.application(memo.application_id)
    if app is None:
        return None
    asked = Asked(memo.questions, memo.text, known_people(app, memo.starts))
    language = language_of(new_text(mail.text).text)
    when = when_of(context, mail.date or at, language)
    answers = read_debrief(mail.text, asked, when)
    files, left_out = files_in(data)
    for why in left_out:
        log.warning("application %d: a file of your reply was left out: %s", app.id, why)
    if answers.empty and not files:
        return None
    people = with_met(asked.people, answers.present.met)
    said = "\n".join((answers.files, *answers.rest))  # "the PDF is for Raj", wherever it stands
    told = told_of(answers, memo.starts, kept(context, files, said, people))
    fact = Fact(
        kind=Word.DEBRIEF,
        at=at.astimezone(UTC),
        thread=mail.thread,
        subject=mail.subject,
        from_=Person(mail.from_.name or None, mail.from_.email),
        decision_by=answers.decision_by,
        language=language,
        told=told,
    )
    return record(context, app, fact)


def when_of(context: Context, anchor: datetime, language: str) -> When:
    """How days in the user's own words are read."""
    identity = context.identity
    return When(context.calendar.local(anchor), identity.timezone, identity.country, language)


def known_people(app: Application, starts: Sequence[datetime]) -> tuple[Person, ...]:
    """Whom the user can mean by a name: who was to be there first, then everybody known."""
    keys = [key for t in app.talks if t.stands and t.start in starts for key in t.who]
    there = [app.person(key) or Person(None if "@" in key else key) for key in keys]
    return tuple(dict.fromkeys((*there, *app.people)))


def told_of(
    answers: Answers, starts: Sequence[datetime], files: tuple[Enclosure, ...] = ()
) -> Told:
    """Answers as the user's word on the talks that began then."""
    return Told(
        talks=tuple(starts),
        met=answers.present.met,
        met_only=answers.present.only,
        matters=answers.matters,
        plan=answers.plan,
        value=answers.value,
        steps=answers.steps,
        note="\n".join(answers.rest) or None,
        enclosures=files,
        missed=True if answers.present.nobody else None,
    )


def kept(
    context: Context, files: Sequence[Attachment], said: str, people: Sequence[Person]
) -> tuple[Enclosure, ...]:
    """The files put into the store, each with the person that it is for."""
    return tuple(
        replace(keep_file(context, each), to=meant_for(said, each.name, people)) for each in files
    )


def keep_file(context: Context, file: Attachment) -> Enclosure:
    """A file put into the store, under a name that follows from its contents."""
    ref = hashlib.sha256(file.data).hexdigest()[:32]
    context.store.put_file(ref, file.data)
    return Enclosure(ref, file.name, file.kind, len(file.data))


def record(context: Context, app: Application, fact: Fact) -> Application | None:
    """Append the user's word, once; None where it is known already."""
    said_before = any(f.told is not None and f.told == fact.told for f in app.facts)
    if app.knows(fact.thread.message_id) or (said_before and fact.kind is Word.DEBRIEF):
        return None  # from Sent and from the inbox, under another id
    after = context.store.append_fact(app.id, fact)
    context.observer(Heard(fact.at, after, fact))
    return after
