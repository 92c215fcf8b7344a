"""The user's own version of a draft of ours: most clients save an edited draft as a new message
under a new Message-ID, and take the old one away."""

from agent.domain.followup import FollowUp
from agent.mail.parse import parse
from agent.service.context import Context

#: How many of the newest drafts are looked through.
_NEWEST = 30


async def edited_version(context: Context, followup: FollowUp) -> str | None:
    """The Message-ID of a newer draft to the same people on the same subject, None for none.

    Another draft of our own to the same person is no version of this one.
    """
    mailbox, folder = context.mailboxes[followup.account], followup.folder or ""
    uids = (await mailbox.uids(folder))[-_NEWEST:]
    found: str | None = None
    async for raw in mailbox.fetch(folder, uids):
        mail = parse(raw.data)
        to = {address.email for address in mail.to}
        alike = to & set(followup.to) and mail.subject.casefold() == followup.subject.casefold()
        if alike and _is_nobody_elses(context, mail.thread.message_id, followup):
            found = mail.thread.message_id or found
    return found


def _is_nobody_elses(context: Context, message_id: str | None, followup: FollowUp) -> bool:
    owner = context.store.followup_by_message_id(message_id or "")
    return owner is None or owner.key == followup.key
