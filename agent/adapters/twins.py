"""Two copies of one draft of ours: when they are surely that, so that the younger may go.

A server may store an append that it never answered after it was looked for, in vain, for a minute
and a half, and appended once more.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from agent.mail.fingerprint import fingerprint as fingerprint_of
from agent.ports import RawMail


def are_twins(mails: Sequence[RawMail], fingerprint: str, appended: Sequence[datetime]) -> bool:
    """Whether these, by UID, are copies of one draft, each from another append of ours, untouched.

    What the user copies keeps its time of arrival (RFC 3501, 6.4.7), and what their program saves
    has one of its own; so those that arrived at two of our times are ours both. Servers keep
    seconds. The last may be marked as deleted: by the user, or by us before we were interrupted;
    none that would stay.
    """
    ours = {at.astimezone(UTC).replace(microsecond=0) for at in appended}
    arrived = {mail.arrived.replace(microsecond=0) for mail in mails}
    return (
        len(arrived) == len(mails) > 1
        and arrived <= ours
        and all(fingerprint_of(mail.data) == fingerprint for mail in mails)
        and all(_has(mail, "\\draft") for mail in mails)
        and not any(_has(mail, "\\deleted") for mail in mails[:-1])
    )


def _has(mail: RawMail, flag: str) -> bool:
    return flag in {each.lower() for each in mail.flags}
