"""Whether a mail that the user sent is a draft of ours after all, though its id is another.

Phones and web mail give a draft a new Message-ID when they send it, and its words may be
others by then. It is known by whom it went to, by its subject, and by the draft being gone.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from agent.domain.followup import FollowUp, FollowUpStatus
from agent.mail.message import ParsedMail
from agent.service.context import Context

_S = FollowUpStatus
#: A draft that lay there for longer is hardly what was sent now.
_LONGEST = timedelta(days=30)
#: A copy can come into Sent after the draft was taken for deleted.
_LATE_COPY = timedelta(hours=2)


async def sent_under_another_id(
    context: Context, account: str, mail: ParsedMail, at: datetime
) -> FollowUp | None:
    """The follow-up whose draft this mail is; it is known by the mail's id from then on."""
    message_id = mail.thread.message_id
    if message_id is None or account not in context.folders:
        return None
    waiting = context.store.followups_in(_S.DRAFTED, _S.THEIRS, _S.DECLINED)
    # Years of drafts lie there unsent: the day goes before anything else that is compared.
    recent = [f for f in waiting if f.drafted_at and at - _LONGEST <= f.drafted_at <= at]
    fits = [f for f in recent if f.account == account and _could_be(f, mail, at)]
    for followup in sorted(fits, key=lambda f: f.drafted_at or at, reverse=True):
        if followup.status is _S.DECLINED or not await _still_lies_there(context, followup):
            known = replace(followup, message_id=message_id)
            context.store.put_followup(known)
            return known
    return None


def _could_be(followup: FollowUp, mail: ParsedMail, at: datetime) -> bool:
    ended = followup.ended_at
    if followup.status is _S.DECLINED and (ended is None or at > ended + _LATE_COPY):
        return False
    same = " ".join(followup.subject.casefold().split())
    to = {address.email for address in (*mail.to, *mail.cc)}
    return bool(to & set(followup.to)) and " ".join(mail.subject.casefold().split()) == same


async def _still_lies_there(context: Context, followup: FollowUp) -> bool:
    mailbox = context.mailboxes[followup.account]
    folder, message_id = followup.folder or "", followup.message_id or ""
    return bool(await mailbox.find(folder, message_id))
