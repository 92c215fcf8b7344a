"""The memos: laid into the user's own inbox, exactly once, and sent to nobody.

`tend` keeps what is planned in step with the talks; `lay_due` lays what has fallen due. The
road is that of the drafts: the intent is on disk before anything is appended, under a
Message-ID fixed with it, and a memo is looked for before it is ever appended again.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from agent.domain.application import Application
from agent.domain.facts import Interview, Person
from agent.domain.memos import Memo, MemoStatus, changes, memos_wanted
from agent.domain.people import behind
from agent.domain.talks import Talk
from agent.errors import ConfigError, Unsettled
from agent.mail.compose import new_message_id
from agent.mail.memos import LANGUAGES, MemoText, MemoValues, memo_language, render_memo
from agent.mail.names import full_name, list_names
from agent.service.compose import language_of_theirs
from agent.service.context import Context
from agent.service.digest import lay_digest
from agent.service.doubt import in_doubt
from agent.service.events import MemoLaid
from agent.service.toself import note_to_self

log = logging.getLogger(__name__)

_S = MemoStatus


# -- what is wanted --------------------------------------------------------------------


def tend(context: Context, app: Application, now: datetime) -> None:
    """Record which memos an application wants now."""
    wanted = _wanted(context, app, now)
    if not wanted and not app.talks:
        return
    for memo in changes(wanted, context.store.memos(app.id)):
        context.store.put_memo(memo)


def _wanted(context: Context, app: Application, now: datetime) -> Sequence[Memo]:
    if context.memos is None or not context.drafting:
        return ()
    return memos_wanted(app, context.memos, context.calendar, context.floor, now)


# -- laying ----------------------------------------------------------------------------


async def lay_due(context: Context, account: str) -> None:
    """Lay every memo that has fallen due and is still wanted; settle those begun before."""
    now = context.clock.now()
    if context.memos is None or not context.drafting or context.calendar.quiet(now):
        return
    for memo in context.store.memos_due(now):
        if memo.account != account:
            continue
        app = context.store.application(memo.application_id)
        if app is None or not _still_wanted(context, app, memo, now):
            await _drop(context, memo)
        elif memo.status is _S.LAYING:
            await _settle(context, app, memo, now)
        elif reserved := _reserve(context, app, memo, now):
            await _lay(context, app, reserved, now)
    await lay_digest(context, account)


def _still_wanted(context: Context, app: Application, memo: Memo, now: datetime) -> bool:
    """Whether the talks are still those that it is about."""
    wanted = _wanted(context, app, now)
    return any((w.kind, w.about, w.starts) == (memo.kind, memo.about, memo.starts) for w in wanted)


async def _drop(context: Context, memo: Memo) -> None:
    """One begun, whose append may have happened, is laid if it lies there: it is the user's."""
    there = memo.status is _S.LAYING and await _lies_there(context, memo)
    status = _S.LAID if there else _S.DROPPED
    context.store.put_memo(replace(memo, status=status))


async def _lies_there(context: Context, memo: Memo) -> bool:
    inbox = context.folders[memo.account].inbox[0]
    mailbox = context.mailboxes[memo.account]
    return bool(await mailbox.find(inbox, memo.message_id or ""))


def _reserve(context: Context, app: Application, memo: Memo, now: datetime) -> Memo | None:
    """Put the intent on disk; None where a template of the user's own cannot be used."""
    try:
        text = written(context, app, memo, now)
    except ConfigError as error:
        if memo.kind.value not in context.complained:
            context.complained.add(memo.kind.value)
            log.error("%s is not laid: %s", memo.key, error)
        return None
    seed = f"{context.salt}:memo:{memo.key}"
    reserved = replace(
        memo,
        status=_S.LAYING,
        message_id=new_message_id(seed, _own_address(context, app).rpartition("@")[2]),
        laid_at=now,
        subject=text.subject,
        questions=text.questions,
        text=text.body,
    )
    with context.store.transaction():
        context.store.put_memo(reserved)
    return reserved


async def _settle(context: Context, app: Application, memo: Memo, now: datetime) -> None:
    """One of unknown fate: a slow server may yet store it; then it is looked for, and laid anew."""
    there = await _lies_there(context, memo)
    if there or not in_doubt(memo.tried_at or memo.laid_at, now):
        again = memo if there else replace(memo, tried_at=now)
        context.store.put_memo(again)
        try:
            await _lay(context, app, again, now)
        except Unsettled:
            context.store.put_memo(memo)  # not begun
            raise


async def _lay(context: Context, app: Application, memo: Memo, now: datetime) -> None:
    """Append it unless it lies there already."""
    if memo.message_id is None or memo.laid_at is None:
        raise ValueError(f"{memo.key} has no intent on record")
    data = _composed(context, app, memo)
    if not await _lies_there(context, memo):
        inbox = context.folders[memo.account].inbox[0]
        await context.mailboxes[memo.account].append_memo(inbox, data, now)
    laid = replace(memo, status=_S.LAID, laid_at=now)
    context.store.put_memo(laid)
    context.observer(MemoLaid(now, app, laid, data))


# -- words -----------------------------------------------------------------------------


def _composed(context: Context, app: Application, memo: Memo) -> bytes:
    """The memo as the intent on record says it."""
    own, at = _own_address(context, app), memo.laid_at or memo.due_at
    return note_to_self(context, own, memo.message_id or "", memo.subject, memo.text, at=at)


def _own_address(context: Context, app: Application) -> str:
    """The user's address that the application is written to: there the memo is looked for."""
    return app.identity or context.identity_of(app.account).addresses[0]


def written(context: Context, app: Application, memo: Memo, now: datetime) -> MemoText:
    """The words of a memo, as of `now`."""
    wanted = context.memos.language if context.memos else "en"
    language = memo_language(wanted, context.templates)
    talks = [t for t in app.talks if t.stands and t.start in memo.starts]
    values = _values(context, app, talks or list(app.talks), memo, language, now)
    return render_memo(memo.kind.value, values, sources=context.templates, language=language)


def _values(
    context: Context,
    app: Application,
    talks: Sequence[Talk],
    memo: Memo,
    language: str,
    now: datetime,
) -> MemoValues:
    first = min(talks, key=lambda t: t.start)
    people = _people(app, talks)
    theirs = language_of_theirs(app)
    return MemoValues(
        now=now,
        zone=context.calendar.zone,
        start=first.start,
        end=max(t.end for t in talks) if any(t.interview.end for t in talks) else None,
        theirs=_elsewhere(first, context.calendar.zone),
        company=app.company or "",
        role=app.role or "",
        names=list_names([p.name for p in people if p.name], language),
        unaddressed=list_names([p.name for p in people if p.name and not p.email], language),
        mail_language=LANGUAGES[language].get(theirs, "") if theirs != language else "",
        link=first.interview.url or "",
        place=_place(first),
        phone=_number(first.interview),
        people=_lines(context, app, talks, language),
        debrief=context.memos is not None and context.memos.debrief,
        moved=memo.moved,
    )


def _people(app: Application, talks: Sequence[Talk]) -> tuple[Person, ...]:
    return behind(app, (key for talk in talks for key in talk.who))


def _lines(
    context: Context, app: Application, talks: Sequence[Talk], language: str
) -> tuple[str, ...]:
    """Who is met: each once with their title; by the clock where the day has several talks."""
    if len(talks) == 1:
        met = _people(app, talks) or tuple(p for p in (app.contact(),) if p)
        return tuple(_titled(p, language) for p in met)
    return tuple(
        f"{context.calendar.local(t.start):%H:%M} "
        + (", ".join(_titled(p, language) for p in _people(app, [t])) or "–")
        for t in sorted(talks, key=lambda t: t.start)
    )


def _titled(person: Person, language: str) -> str:
    name = full_name(person.name, language) or person.name or person.email or ""
    return f"{name}, {person.title}" if person.title else name


def _place(talk: Talk) -> str:
    place = talk.interview.location or ""
    return "" if place == talk.interview.url else place


def _number(interview: Interview) -> str:
    """The number of a talk, with what is to be keyed in behind it."""
    number = interview.phone or ""
    return f"{number}, PIN {interview.pin}" if number and interview.pin else number


def _elsewhere(talk: Talk, zone: str) -> str:
    """The time on their clock, where it shows another than the user's."""
    theirs = talk.interview.timezone
    if not theirs:
        return ""
    there, here = talk.start.astimezone(ZoneInfo(theirs)), talk.start.astimezone(ZoneInfo(zone))
    if there.utcoffset() == here.utcoffset():
        return ""
    return f"{there:%H:%M} {theirs.rpartition('/')[2].replace('_', ' ')}"
