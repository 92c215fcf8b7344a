"""The digest: once a day, what waits for the user, laid into their own inbox; sent to nobody.

A day without anything to say has none. It takes the road of the memos: a Message-ID that is
fixed by the day, looked for before anything is appended, and the day is noted once it lies
there, so that a crash in between neither loses nor doubles it.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from agent.domain.application import Application
from agent.domain.followup import FollowUp, FollowUpStatus, TaskStatus
from agent.domain.talks import ahead
from agent.errors import ConfigError
from agent.mail.compose import new_message_id
from agent.mail.digest import Line, render_digest
from agent.mail.memos import MemoText, memo_language
from agent.service.context import Context
from agent.service.toself import note_to_self

log = logging.getLogger(__name__)

#: Talks within this are coming up; what was missed within it is told.
_COMING, _LATELY = timedelta(hours=48), timedelta(hours=24)
_S = FollowUpStatus


async def lay_digest(context: Context, account: str) -> None:
    """Lay today's digest of an account, if it is wanted, its hour has come, and none was laid."""
    now = context.clock.now()
    local = context.calendar.local(now)
    rules = context.memos
    if rules is None or not rules.digest or local.time() < rules.digest_at:
        return
    day, noted = local.date().isoformat(), f"digest:{account}"
    if context.store.setting(noted) == day:
        return
    text = _text(context, account, rules.language, now)
    if text is not None:
        await _lay(context, account, text, day, now)
    context.store.set_setting(noted, day)


async def _lay(context: Context, account: str, text: MemoText, day: str, now: datetime) -> None:
    own = context.identity_of(account).addresses[0]
    message_id = new_message_id(f"{context.salt}:digest:{account}:{day}", own.rpartition("@")[2])
    mailbox, inbox = context.mailboxes[account], context.folders[account].inbox[0]
    if await mailbox.find(inbox, message_id):
        return
    data = note_to_self(context, own, message_id, text.subject, text.body, at=now)
    await mailbox.append_memo(inbox, data, now)


def _text(context: Context, account: str, wanted: str, now: datetime) -> MemoText | None:
    language = memo_language(wanted, context.templates)
    lines = tuple(lines_of(context, account, now))
    try:
        return render_digest(
            lines, now, context.calendar.zone, sources=context.templates, language=language
        )
    except ConfigError as error:
        if "digest" not in context.complained:
            context.complained.add("digest")
            log.error("the digest is not laid: %s", error)
        return None


def lines_of(context: Context, account: str, now: datetime) -> Iterator[Line]:
    """What waits: drafts by the time they are to be sent by, tasks, talks, and what was missed."""
    apps = {a.id: a for a in context.store.applications() if a.account == account}
    waiting = context.store.followups_in(_S.DRAFTED, _S.THEIRS)
    for each in sorted(waiting, key=lambda f: (f.send_by, f.key)):
        if each.application_id in apps:
            yield _of_draft("draft", each, apps[each.application_id], each.send_by)
    for app in apps.values():
        for talk in ahead(app.talks, now):
            if talk.start <= now + _COMING:
                yield Line(kind="talk", title=app.title, at=talk.start)
    for task in context.store.tasks():
        if task.status is TaskStatus.OPEN and task.application_id in apps:
            yield Line(kind="task", title=apps[task.application_id].title, text=task.text)
    for each in context.store.followups_in(_S.LAPSED):
        late = each.ended_at is not None and each.ended_at > now - _LATELY
        if late and each.application_id in apps:
            yield _of_draft("late", each, apps[each.application_id], None)


def _of_draft(kind: str, followup: FollowUp, app: Application, at: datetime | None) -> Line:
    to = ", ".join(n or e for n, e in zip(followup.names, followup.to, strict=True))
    job = followup.job or followup.step
    return Line(kind=kind, title=app.title, to=to, job=job, at=at)
