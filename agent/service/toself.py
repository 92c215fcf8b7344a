"""A note to the user themselves: a mail of ours in their own inbox, that was sent to nobody."""

from datetime import datetime

from agent.mail.compose import Draft, compose
from agent.mail.message import Address
from agent.service.context import Context

#: Who a note shows itself to be from, beside the user's own address.
_SENDER = "Followthrough"


def note_to_self(
    context: Context, own: str, message_id: str, subject: str, body: str, *, at: datetime
) -> bytes:
    """The note as a mail from and to the user's own address; dated `at`, by their clock."""
    return compose(
        Draft(
            message_id=message_id,
            from_=Address(_SENDER, own),
            to=(Address(context.identity.name, own),),
            subject=subject,
            body=body,
            date=context.calendar.local(at),
            to_self=True,
        )
    )
