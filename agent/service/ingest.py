"""One message in: parse, read, match, decide; then record, and let the plan follow.

`decide` is pure and its `Decision` a value: a dry run prints it and stops. `ingest`
carries it out in one transaction, so that a message is recorded whole or not at all.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, Person, TrustLevel, Word
from agent.domain.followup import Task
from agent.domain.lifecycle import reopens
from agent.mail.absence import returns_on
from agent.mail.bounce import Bounce, read_bounce
from agent.mail.compose import is_address
from agent.mail.machine import delivery_report
from agent.mail.match import match
from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.parse import parse
from agent.mail.read import read
from agent.service import debriefs, followups
from agent.service.ahead import ReadAhead
from agent.service.context import Context, employers_domains
from agent.service.events import Recorded, Reopened, TaskRaised, Tied, Understood
from agent.service.sending import sent_under_another_id

#: A row in the user's list is not opened on a guess; a word about a known one is recorded.
SURE_ENOUGH_TO_OPEN = 0.6

#: What is said of an application that the sender claims to share with the user.
_ABOUT_A_KNOWN_ONE = frozenset({Kind.REJECTION, Kind.STATUS_UPDATE, Kind.INTERVIEW_CANCELLED})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message means for what is known.

    `fact` is what to append: to `application`, or to a new one where that is None. Without
    a fact nothing is recorded; `ties` then says between which applications it hangs.
    """

    fact: Fact | None
    application: Application | None
    why: str
    ties: tuple[int, ...] = ()


def message_key(mail: ParsedMail, data: bytes) -> str:
    """What tells one message from another: its Message-ID, or a hash where it has none."""
    return mail.thread.message_id or f"sha256:{hashlib.sha256(data).hexdigest()}"


def decide(
    mail: ParsedMail,
    reading: Reading,
    candidates: Sequence[Application],
    identity: Identity,
    at: datetime,
) -> Decision:
    """What one message means, given the applications that it could belong to."""
    if reading.kind in (Kind.OTHER, Kind.JOB_ALERT):
        return Decision(None, None, "it is not about an application")
    to = [a.email for a in (*mail.to, *mail.cc) if a.email]
    if reading.kind is Kind.OWN and to and all(map(identity.owns, to)):
        return Decision(None, None, "it is from you to yourself")
    found = match(mail, reading, candidates)
    if found.application is None and found.ties:
        return Decision(None, None, found.why, found.ties)
    if found.application is None and not reading.kind.concerns_application:
        # The user's own mail, or an answering machine's, about nothing that is known.
        return Decision(None, None, "it belongs to no known application")
    pretends = reading.trust.level is TrustLevel.SUSPICIOUS
    if found.application is None and pretends and reading.kind in _ABOUT_A_KNOWN_ONE:
        # A look-alike's "no" must not stand in the list beside the real employer's row.
        return Decision(None, None, "a pretender writes about an application that is not known")
    if found.application is None and reading.confidence < SURE_ENOUGH_TO_OPEN:
        return Decision(None, None, f"it may be {reading.kind.value}, but that is not sure enough")
    return Decision(_fact(mail, reading, identity, at), found.application, found.why)


def _fact(mail: ParsedMail, reading: Reading, identity: Identity, at: datetime) -> Fact:
    recipients = tuple(dict.fromkeys(a.email for a in (*mail.to, *mail.cc) if a.email))
    sent_from = mail.from_.email if reading.kind is Kind.OWN else None
    written_to = sent_from or next((e for e in recipients if identity.owns(e)), None)
    people = tuple(_reachable(person) for person in reading.people)
    sender = next((p for p in people if p.email and p.email == mail.from_.email), None)
    stranger = Person(name=mail.from_.name or None, email=mail.from_.email or None)
    return Fact(
        kind=reading.kind,
        at=at.astimezone(UTC),
        thread=mail.thread,
        subject=mail.subject,
        from_=sender or _reachable(stranger),
        confidence=reading.confidence,
        identity=written_to,
        recipients=recipients,
        company=reading.company,
        role=reading.role,
        interviews=reading.interviews,
        people=people,
        decision_by=reading.decision_by,
        answer_by=reading.answer_by,
        trust=reading.trust.level,
        own_acts=reading.own_acts,
        evidence=reading.evidence,
        language=reading.language,
        machine_sent=reading.machine_sent,
        back_on=_back_on(mail, reading, identity, at),
    )


def _back_on(mail: ParsedMail, reading: Reading, identity: Identity, at: datetime) -> date | None:
    """The day on which an answering machine says that its owner is back."""
    if reading.kind is not Kind.AUTO_REPLY:
        return None
    said = f"{mail.subject}\n\n{reading.reply_text}"
    return returns_on(
        said,
        mail.date or at,
        zone=identity.timezone,
        country=identity.country,
        language=reading.language,
    )


def _reachable(person: Person) -> Person:
    """Somebody without an address that no server would take: a draft to it could not be sent."""
    return person if not person.email or is_address(person.email) else replace(person, email=None)


async def ingest(
    context: Context,
    account: str,
    data: bytes,
    arrived: datetime,
    ahead: ReadAhead | None = None,
) -> Reading | None:
    """Take in one message; None if it was taken in before. `ahead` is what was read of it already.

    `arrived` is the server's stamp, used where the message itself carries none. A message
    from the future counts as arriving now. Taken in again after a crash half-way, it is
    recorded once all the same: it counts as seen only when everything is done.
    """
    mail = ahead.mail if ahead else parse(data)
    key = message_key(mail, data)
    if context.store.seen(account, key):
        return None
    at = min(mail.at or arrived, context.clock.now())
    if await _of_our_own_talk(context, account, mail, data, at):
        context.store.mark_seen(account, key, at)
        return None
    identity = context.identity_of(account)
    reading = ahead.as_known(identity, context.known_domains) if ahead else None
    reading = reading or read(mail, identity, context.known_domains, cautious=False)
    context.observer(Understood(at, mail, reading))
    decision = (
        await _of_our_draft(context, account, mail, reading, at)
        or _of_a_bounce(context, mail, reading, data, at)
        or decide(mail, reading, _candidates(context, mail, reading), identity, at)
    )
    if decision.application:
        # What time did before this message came has to be known first.
        await followups.tend(context, decision.application.id, at, "time passed")
    if decision.ties:
        context.observer(Tied(at, mail, reading, decision.ties))
        fact = _fact(mail, reading, identity, at)
        _ask_which(context, mail, key, decision.ties, fact)
    if decision.fact:
        after = _record(context, account, decision, decision.fact)
        _tell(context, decision.application, decision, after)
        if decision.fact.kind is Kind.OWN:
            await followups.credit(context, after, decision.fact)
        await followups.tend(context, after.id, at, _why(decision.fact))
    context.store.mark_seen(account, key, at)
    return reading


async def _of_our_own_talk(
    context: Context, account: str, mail: ParsedMail, data: bytes, at: datetime
) -> bool:
    """Whether a message passes between the user and us alone; an answer to a memo is taken in."""
    if not debriefs.only_to_oneself(context, account, mail):
        return False
    memo = debriefs.answered_memo(context, account, mail)
    if memo is not None:
        # What time did before the answer came has to be known first.
        await followups.tend(context, memo.application_id, at, "time passed")
        app = debriefs.take_answer(context, memo, mail, data, at)
        await followups.tend(context, memo.application_id, at, _why(app.facts[-1]) if app else "")
    return memo is not None or debriefs.is_memo(context, mail)


def _ask_which(
    context: Context, mail: ParsedMail, key: str, ties: Sequence[int], fact: Fact
) -> None:
    """A mail that fits several applications alike is put before the user, at each of them.

    What it says is kept, and becomes a fact of the one that the user names.
    """
    context.store.put_undecided(key, fact)
    apps = [app for app in (context.store.application(id) for id in ties) if app]
    titles = " or ".join(app.title for app in apps)
    for app in apps:
        task = Task(
            key=f"{app.id}:which:{key}",
            application_id=app.id,
            kind="which",
            text=f"“{mail.subject}” may be about {titles}: please see for yourself, then say "
            f"“followthrough set {app.id} which=yes” (or no).",
            raised_at=fact.at,
        )
        context.store.put_task(task)
        context.observer(TaskRaised(fact.at, app, task))


async def _of_our_draft(
    context: Context, account: str, mail: ParsedMail, reading: Reading, at: datetime
) -> Decision | None:
    """A draft of ours that the user sent belongs where it was written for."""
    if reading.kind is not Kind.OWN:
        return None
    ours = context.store.followup_by_message_id(mail.thread.message_id or "")
    ours = ours or await sent_under_another_id(context, account, mail, at)
    if ours is None:
        return None
    app = context.store.application(ours.application_id)
    fact = _fact(mail, reading, context.identity_of(ours.account), at)
    return Decision(fact, app, "it is a draft of ours, sent")


def _of_a_bounce(
    context: Context, mail: ParsedMail, reading: Reading, data: bytes, at: datetime
) -> Decision | None:
    """A report that mail of the user's came back, for the application that it was about."""
    if reading.kind is not Kind.AUTO_REPLY or delivery_report(mail) is None:
        return None
    bounce = read_bounce(data)
    app = _written_to(context, bounce) if bounce else None
    if bounce is None or app is None:
        return None
    known = {e for f in context.store.followups(app.id) for e in f.to}
    known |= {e for f in app.facts if f.kind is Kind.OWN for e in f.recipients}
    gone = tuple(a for a in bounce.addresses if a in known)
    if not gone:
        return None
    fact = replace(_fact(mail, reading, context.identity_of(app.account), at), bounced=gone)
    return Decision(fact, app, f"mail to {', '.join(gone)} came back")


def _written_to(context: Context, bounce: Bounce) -> Application | None:
    """The application whose mail came back: by the mail's id, else the one written to last."""
    ours = context.store.followup_by_message_id(bounce.message_id or "")
    if ours is not None:
        return context.store.application(ours.application_id)
    found = context.store.candidates(
        message_ids=[bounce.message_id] if bounce.message_id else [],
        uids=[],
        companies=[],
        emails=list(bounce.addresses),
    )
    # An agency's recruiter is in several; each bounce is told once, where it was written last.
    wrote = {app.id: _wrote_last(context, app, bounce.addresses) for app in found}
    return max((a for a in found if wrote[a.id]), key=lambda a: str(wrote[a.id]), default=None)


def _wrote_last(context: Context, app: Application, addresses: Sequence[str]) -> str:
    """When the user last wrote to any of these about it (ISO 8601, UTC); "" for never."""
    wanted = set(addresses)
    by_hand = [f.at for f in app.facts if f.kind is Kind.OWN and wanted & set(f.recipients)]
    drafts = [f for f in context.store.followups(app.id) if wanted & set(f.to)]
    times = [*by_hand, *(f.drafted_at for f in drafts if f.drafted_at)]
    return max(times).astimezone(UTC).isoformat() if times else ""


def _candidates(context: Context, mail: ParsedMail, reading: Reading) -> Sequence[Application]:
    if reading.kind in (Kind.OTHER, Kind.JOB_ALERT):
        return ()
    ids = [i for i in (mail.thread.message_id, *mail.thread.ancestors) if i]
    emails = {p.email for p in reading.people if p.email}
    if reading.kind is Kind.OWN:
        emails |= {a.email for a in (*mail.to, *mail.cc) if a.email}
    elif not reading.machine_sent and mail.from_.email:
        emails.add(mail.from_.email)
    return context.store.candidates(
        message_ids=ids,
        uids=[i.uid for i in reading.interviews if i.uid],
        companies=[reading.company] if reading.company else [],
        emails=sorted(emails),
    )


def _record(context: Context, account: str, decision: Decision, fact: Fact) -> Application:
    """Append the fact, once; returns the application with it."""
    store = context.store
    with store.transaction():
        if decision.application is None:
            return store.new_application(fact, account)
        before = store.application(decision.application.id) or decision.application
        if before.knows(fact.thread.message_id):
            return before
        return store.append_fact(before.id, fact)


def _tell(
    context: Context, before: Application | None, decision: Decision, after: Application
) -> None:
    fact = decision.fact
    if fact is None:
        return
    for domain in employers_domains([fact]):
        context.known_domains.add(domain)
    if reopens(before.stage if before else None, after.stage):
        context.observer(Reopened(fact.at, after, _why(fact)))
    context.observer(Recorded(fact.at, after, fact, decision.why))


_REASONS = {
    Kind.REJECTION: "they said no",
    Kind.INTERVIEW_CANCELLED: "the interview was cancelled",
    Kind.INTERVIEW_RESCHEDULED: "the interview was moved",
    Kind.INTERVIEW_CONFIRMED: "an interview was fixed",
    Kind.INTERVIEW_REQUEST: "they asked for another talk",
    Kind.OFFER: "they made an offer",
    Kind.AUTO_REPLY: "they are away",
    Kind.OWN: "you wrote yourself",
}


def _why(fact: Fact) -> str:
    """What a fact changed, as the reason shown beside what follows from it."""
    if isinstance(fact.kind, Kind):
        return _REASONS.get(fact.kind, "they wrote")
    return "you said so" if isinstance(fact.kind, Word) else "time passed"
