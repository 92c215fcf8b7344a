"""Follow-ups from plan to draft, exactly once: `tend`, `draft_due`, `credit`.

`tend` brings one application up to an instant: what time did to it, what it wants now,
what is no longer wanted. `draft_due` writes what has fallen due. The intent is on disk
before anything is appended, under a Message-ID that is fixed with it; a draft is looked
for before it is ever appended again.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from agent.domain.application import Application
from agent.domain.credit import done_by_hand
from agent.domain.facts import Fact, Passing, Person, Thread
from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.lifecycle import Stage
from agent.domain.plan import Plan, plan
from agent.domain.reconcile import Action, Put, PutTask, Withdraw, reconcile
from agent.domain.talks import ahead
from agent.errors import ConfigError, Unsettled
from agent.mail.fingerprint import fingerprint, words_print
from agent.mail.parse import parse
from agent.ports import Removal
from agent.service import memos
from agent.service.compose import Written, write
from agent.service.context import Context
from agent.service.doubt import in_doubt
from agent.service.edited import edited_version
from agent.service.events import Closed, Drafted, Lapsed, Left, Sent, TaskRaised, Withdrawn
from agent.service.personal import outdated
from agent.service.tasks import worded

log = logging.getLogger(__name__)

_S = FollowUpStatus

# -- tending -----------------------------------------------------------------------


async def tick(context: Context, account: str) -> None:
    """What time alone brings about in one account: applications that wake, drafts fallen due."""
    async with context.turn:
        now = context.clock.now()
        for application_id in context.store.waking(now):
            app = context.store.application(application_id)
            if app and app.account == account:
                context.store.heed(application_id)
                await tend(context, application_id, now, "time passed")
        await memos.lay_due(context, account)
        await draft_due(context, account)


async def tend(context: Context, application_id: int, now: datetime, why: str) -> None:
    """Bring one application up to `now`; `why` is what a withdrawn draft is told."""
    store = context.store
    while True:
        app = store.application(application_id)
        if app is None:
            return
        _lapse(context, app, now)
        had = store.followups(app.id)
        wanted = plan(app, had, context.rules_for(app), now)
        passed = _passed(app, wanted, now)
        if passed is None:
            break
        with store.transaction():
            after = store.append_fact(app.id, passed)
        if passed.kind is Passing.SILENCE:
            why = "closed: no answer"
            context.observer(Closed(passed.at, after, _silence_in_words(context, app, had)))
    for action in reconcile(wanted, had, store.tasks(app.id), why=why, now=now):
        await _carry_out(context, app, action, now)
    for followup in outdated(context, app):
        await _rewrite(context, app, followup, now)
    memos.tend(context, app, now)
    store.save(app, _wake_at(app, wanted, now))


def _passed(app: Application, wanted: Plan, now: datetime) -> Fact | None:
    """What time has done to an application since its last fact, if anything."""
    stands = [t for t in app.talks if t.stands and t.end <= now]
    last = app.facts[-1].at
    if app.stage is Stage.INTERVIEW_SCHEDULED and stands and not ahead(app.talks, now):
        newest = max(stands, key=lambda t: t.end)
        return _clock_fact(Passing.INTERVIEW_OVER, max(newest.end, last), newest.proof)
    if wanted.close_at and wanted.close_at <= now:
        return _clock_fact(Passing.SILENCE, max(wanted.close_at, last), None)
    return None


def _clock_fact(kind: Passing, at: datetime, proof: str | None) -> Fact:
    return Fact(
        kind=kind,
        at=at,
        thread=Thread(message_id=None, references=(proof,) if proof else ()),
        subject="",
        from_=Person(name=None),
    )


def _silence_in_words(context: Context, app: Application, had: Sequence[FollowUp]) -> str:
    sent = [f for f in had if f.does("check_in") and f.status is _S.SENT]
    # Meeting them is hearing from them: the invitation is older than the talk.
    heard = [f.at for f in app.facts if f.their_word] + [t.end for t in app.talks if t.stands]
    count = f"{len(sent)} check-in{'s' if len(sent) != 1 else ''}" if sent else "no check-in sent"
    since = f" since {context.calendar.local(max(heard)).date().isoformat()}" if heard else ""
    return f"no answer{since}, {count}"


def _wake_at(app: Application, wanted: Plan, now: datetime) -> datetime | None:
    """When time alone will next change something here (due follow-ups are looked up apart)."""
    times = [talk.end for talk in ahead(app.talks, now)]
    if app.stage is not Stage.INTERVIEW_SCHEDULED:
        times = []
    times += [at for at in (wanted.close_at, wanted.wake_at) if at]
    return min(times, default=None)


def _lapse(context: Context, app: Application, now: datetime) -> None:
    """List, instead of drafting, what can no longer be timely."""
    for followup in context.store.followups(app.id):
        if followup.status is not _S.PLANNED or followup.due_at > now:
            continue
        why = _too_late(context, followup, now)
        if why:
            lapsed = followup.moved(_S.LAPSED, at=now, why=why)
            context.store.put_followup(lapsed)
            context.observer(Lapsed(now, app, lapsed))


def _too_late(context: Context, followup: FollowUp, now: datetime) -> str | None:
    if followup.expires_at <= now:
        return "its time had passed"
    started = context.started_at
    before_start = started is not None and followup.due_at < started
    if before_start and not followup.late_start:
        return "it fell due before the first start"
    if before_start and started is not None and followup.expires_at <= started:
        return "it fell due before the first start"
    return None


async def _carry_out(context: Context, app: Application, action: Action, now: datetime) -> None:
    match action:
        case Put(followup):
            context.store.put_followup(followup)
        case PutTask(task):
            _put_task(context, app, task, now)
        case Withdraw(followup, why, then):
            await withdraw(context, app, followup, why, now, then)


def _put_task(context: Context, app: Application, task: Task, now: datetime) -> None:
    """Record a task; one that is raised gets its words, and the user is told."""
    if task.status is not TaskStatus.OPEN:
        context.store.put_task(task)
        return
    try:
        task = worded(context, app, task, now)
    except ConfigError as error:
        # A template of the user's own that cannot be used: asked again once it is mended.
        if task.template not in context.complained:
            context.complained.add(task.template)
            log.error("%s is not raised: %s", task.key, error)
        return
    context.store.put_task(task)
    context.observer(TaskRaised(now, app, task))


async def withdraw(
    context: Context,
    app: Application,
    followup: FollowUp,
    why: str,
    now: datetime,
    then: FollowUp | None = None,
) -> FollowUp:
    """Take a draft of ours back, only if it is as we left it; returns it in its new state.

    The wish is on disk first: a link that breaks, or a crash, right after the server has removed
    it must not look as if the user had deleted it, which is a no to the whole step.
    """
    removal = await _remove(context, followup)
    if removal is Removal.GONE and followup.leaving:
        removal = Removal.REMOVED
    followup = replace(followup, leaving=False)
    if removal is Removal.CHANGED:
        theirs = followup.moved(_S.THEIRS, at=now, why="edited: yours from here on")
        context.store.put_followup(theirs)
        context.observer(Left(now, app, theirs, theirs.why))
        return theirs
    if removal is Removal.GONE:
        # Sent or deleted a moment ago; the sweep of Sent and Drafts says which.
        context.store.put_followup(followup)
        return followup
    if removal is not Removal.REMOVED:
        left = followup.moved(_S.THEIRS, at=now, why="the server cannot remove it: left to you")
        context.store.put_followup(left)
        context.observer(Left(now, app, left, left.why))
        return left
    gone = followup.moved(_S.WITHDRAWN, at=now, why=why)
    context.store.put_followup(replace(then, leaving=False) if then else gone)
    context.observer(Withdrawn(now, app, gone, why))
    return gone


async def _remove(context: Context, followup: FollowUp) -> Removal:
    if not (followup.folder and followup.message_id and followup.fingerprint):
        return Removal.GONE
    mailbox = context.mailboxes.get(followup.account)
    if mailbox is None:
        # Its account was taken out of the configuration: the draft is out of reach.
        return Removal.UNSUPPORTED
    if not followup.leaving:
        context.store.put_followup(replace(followup, leaving=True))
    await without_twin(context, followup)
    return await mailbox.remove_draft(followup.folder, followup.message_id, followup.fingerprint)


async def _rewrite(context: Context, app: Application, followup: FollowUp, now: datetime) -> None:
    """Write a draft of ours again, with what the user said since; at once, quiet hours or not,
    as it is what they have just done. One that they edited is theirs, and left alone."""
    if not context.drafting or followup.account not in context.folders:
        return
    planned = replace(
        followup, status=_S.PLANNED, revision=followup.revision + 1, message_id=None, told=""
    )
    why = "written again with what you said"
    gone = await withdraw(context, app, followup, why, now, planned)
    if gone.status is _S.WITHDRAWN:
        await _draft(context, app, planned, now)


# -- what the user did --------------------------------------------------------------


async def credit(context: Context, app: Application, fact: Fact) -> None:
    """Count a mail of the user's own: as our draft sent, or as the job done by hand."""
    store = context.store
    ours = store.followup_by_message_id(fact.thread.message_id or "")
    if ours and ours.status is _S.SENT:
        return  # credited already, and then interrupted: its job is not to be found twice
    if ours and ours.status in (_S.DRAFTED, _S.THEIRS, _S.DRAFTING, _S.DECLINED):
        if ours.status is _S.THEIRS:
            await _clear_away(context, ours)
        _sent(context, app, ours, fact.at, "draft")
        return
    for followup in done_by_hand(app, store.followups(app.id), fact):
        if followup.status is _S.DRAFTING:
            followup = await _as_it_lies(context, followup, fact.at)
        if followup.status is _S.DRAFTED:
            followup = await withdraw(context, app, followup, "you wrote yourself", fact.at)
        _sent(context, app, followup, fact.at, "own")


async def _as_it_lies(context: Context, followup: FollowUp, at: datetime) -> FollowUp:
    """A draft of unknown fate as it is found in Drafts; as it was where there is none."""
    lying = await _bytes_of(context, followup)
    if lying is None or words_print(lying) != followup.fingerprint:
        return followup
    drafted = _drafted(followup, lying, at)
    context.store.put_followup(drafted)
    return drafted


async def _clear_away(context: Context, followup: FollowUp) -> None:
    """Take away the draft that we wrote, where it was left beside the user's version of it.

    aerc asks whether to delete the one that was opened, and "Cancel" is preset: under one id both
    stay in Drafts, and ours could be sent once more. It goes only if it is as we left it.
    """
    mailbox = context.mailboxes.get(followup.account)
    if mailbox and followup.folder and followup.message_id and followup.fingerprint:
        await mailbox.remove_draft(followup.folder, followup.message_id, followup.fingerprint)


async def without_twin(context: Context, followup: FollowUp) -> None:
    """Make two drafts of ours one again: a server stored the first after we had given it up.

    Asked for only where we know of two appends of our own.
    """
    if len(followup.tried) > 1 and followup.folder and followup.message_id:
        mailbox = context.mailboxes[followup.account]
        await mailbox.remove_twin(
            followup.folder, followup.message_id, followup.fingerprint or "", followup.tried
        )


def _sent(context: Context, app: Application, followup: FollowUp, at: datetime, by: str) -> None:
    sent = replace(followup.moved(_S.SENT, at=at, why=""), sent_by=by)
    context.store.put_followup(sent)
    context.observer(Sent(at, app, sent, by))


# -- drafting ------------------------------------------------------------------------


async def draft_due(context: Context, account: str) -> None:
    """Write every draft that has fallen due and is still wanted; settle those begun before."""
    now = context.clock.now()
    if not context.drafting or context.calendar.quiet(now):
        return
    tended = None
    for followup in context.store.due(now):
        if followup.account != account:
            continue
        if followup.application_id != tended:  # the thank-yous of a panel fall due together
            await tend(context, followup.application_id, now, "time passed")
        fresh = _as_it_stands(context, followup)
        app = context.store.application(followup.application_id)
        if fresh is None or app is None:
            continue
        if fresh.status is _S.DRAFTING and not _wanted(context, app, fresh, now):
            await _give_up(context, app, fresh, now)
        elif fresh.status is _S.DRAFTING:
            await _settle(context, app, fresh, now)
        elif fresh.status is _S.PLANNED and fresh.due_at <= now:
            await _draft(context, app, fresh, now)
        await tend(context, app.id, now, "time passed")
        tended = app.id


async def _settle(context: Context, app: Application, followup: FollowUp, now: datetime) -> None:
    """A draft of unknown fate: ours if it lies there, the user's if they have edited it; else it
    is appended, but not before a slow server has had its time to store the first one."""
    if followup.drafted_at is None:
        raise ValueError(f"{followup.key} has no intent on record")
    if await _adopted(context, app, followup, now):
        return
    theirs_id = await edited_version(context, followup)
    if theirs_id is not None:
        _edited_meanwhile(context, app, followup, theirs_id, now)
    elif not _in_doubt(followup, now):
        written = _written(context, app, followup, followup.drafted_at)
        if written is not None:
            tried, print_ = (*followup.tried, now), words_print(written.data)
            again = replace(followup, tried=tried, fingerprint=print_)
            context.store.put_followup(again)
            try:
                await _place(context, app, again, written, now)
            except Unsettled:
                context.store.put_followup(followup)  # not begun
                raise


def _in_doubt(followup: FollowUp, now: datetime) -> bool:
    begun = followup.tried[-1] if followup.tried else followup.drafted_at
    return in_doubt(begun, now)


async def _adopted(context: Context, app: Application, followup: FollowUp, now: datetime) -> bool:
    """Take a draft of unknown fate that lies there for what it is; False where there is none."""
    lying = await _bytes_of(context, followup)
    if lying is None:
        return False
    if followup.fingerprint and words_print(lying) != followup.fingerprint:
        # Under its own Message-ID, but in other words: edited before we learned of it.
        _edited_meanwhile(context, app, followup, followup.message_id or "", now)
        return True
    drafted = _drafted(followup, lying, now)
    context.store.put_followup(drafted)
    answered = next(iter(parse(lying).thread.in_reply_to), None)
    context.observer(Drafted(now, app, drafted, answered, lying))
    return True


def _drafted(followup: FollowUp, lying: bytes, now: datetime) -> FollowUp:
    """Our draft lies in Drafts, in these bytes."""
    drafted = followup.moved(_S.DRAFTED, at=now)
    return replace(drafted, drafted_at=now, fingerprint=fingerprint(lying))


def _edited_meanwhile(
    context: Context, app: Application, followup: FollowUp, theirs_id: str, now: datetime
) -> None:
    theirs = replace(followup.moved(_S.DRAFTED, at=now), message_id=theirs_id)
    theirs = theirs.moved(_S.THEIRS, at=now, why="edited: yours from here on")
    context.store.put_followup(theirs)
    context.observer(Left(now, app, theirs, theirs.why))


def _wanted(context: Context, app: Application, followup: FollowUp, now: datetime) -> bool:
    wanted = plan(app, context.store.followups(app.id), context.rules_for(app), now)
    return any(want.key == followup.key for want in wanted.followups)


async def _give_up(context: Context, app: Application, followup: FollowUp, now: datetime) -> None:
    """A draft begun, but unwanted before its fate was known: adopted if it is there, then taken
    back like any other; else never written."""
    lying = await _bytes_of(context, followup)
    if lying is None:
        if not _in_doubt(followup, now):
            unwanted = followup.moved(_S.WITHDRAWN, at=now, why="no longer wanted")
            context.store.put_followup(unwanted)
    elif followup.fingerprint and words_print(lying) != followup.fingerprint:
        _edited_meanwhile(context, app, followup, followup.message_id or "", now)
    else:
        context.store.put_followup(_drafted(followup, lying, now))


def _as_it_stands(context: Context, followup: FollowUp) -> FollowUp | None:
    mine = context.store.followups(followup.application_id)
    return next((f for f in mine if f.key == followup.key), None)


async def _draft(context: Context, app: Application, followup: FollowUp, now: datetime) -> None:
    """Write what has fallen due: the intent to disk first, then the draft into its folder."""
    intended = _reserve(context, app, followup)
    if intended:
        reserved, written = intended
        await _place(context, app, reserved, written, now)


def _reserve(
    context: Context, app: Application, followup: FollowUp
) -> tuple[FollowUp, Written] | None:
    """Put the intent on disk, under the Message-ID that the draft will always have.

    None for words that are not fit to be sent (a user's own template, say): nothing is
    drafted, and the reason is kept.
    """
    now = context.clock.now()
    written = _written(context, app, followup, now)
    if written is None:
        return None
    reserved = replace(
        followup.moved(_S.DRAFTING, at=now),
        message_id=written.message_id,
        subject=written.subject,
        told=written.told,
        drafted_at=now,
        tried=(now,),
        fingerprint=words_print(written.data),
        folder=context.folders[followup.account].drafts,
    )
    with context.store.transaction():
        context.store.put_followup(reserved)
    return reserved, written


def _written(
    context: Context, app: Application, followup: FollowUp, at: datetime
) -> Written | None:
    """The words; None where they are not fit to be sent: listed, with the reason.

    None, too, for a template of the user's own that cannot be used: it stays as it is then, to be
    written once that is mended; said once, and the other drafts are written meanwhile.
    """
    try:
        written = write(context, app, followup, at)
    except ConfigError as error:
        if followup.template not in context.complained:
            context.complained.add(followup.template)
            log.error("%s is not drafted: %s", followup.key, error)
        return None
    if not written.problems:
        return written
    now, why = context.clock.now(), f"not fit: {'; '.join(written.problems)}"
    unfit = followup.moved(_S.LAPSED, at=now, why=why)
    context.store.put_followup(unfit)
    context.observer(Lapsed(now, app, unfit))
    return None


async def _place(
    context: Context, app: Application, followup: FollowUp, written: Written, now: datetime
) -> None:
    """Append the draft unless it is there already, and remember its bytes as they lie there."""
    if followup.message_id is None or followup.folder is None:
        raise ValueError(f"{followup.key} has no intent on record")
    mailbox = context.mailboxes[followup.account]
    if not await mailbox.find(followup.folder, followup.message_id):
        await mailbox.append_draft(followup.folder, written.data, now)
    lying = await _bytes_of(context, followup)
    drafted = _drafted(followup, written.data if lying is None else lying, now)
    context.store.put_followup(drafted)
    context.observer(Drafted(now, app, drafted, written.in_reply_to, written.data))


async def _bytes_of(context: Context, followup: FollowUp) -> bytes | None:
    """The draft as the server gives it back; servers may rewrite line ends."""
    mailbox = context.mailboxes[followup.account]
    folder = followup.folder or ""
    uids = await mailbox.find(folder, followup.message_id or "")
    async for raw in mailbox.fetch(folder, uids[-1:]):
        return raw.data
    return None
