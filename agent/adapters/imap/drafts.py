"""Drafts and memos of our own: found by Message-ID, appended, and removed where they are untouched.

The only module that changes a mailbox. A message is looked for by search and believed
only when its header says so; where search finds nothing, the newest messages are looked
at, as the index of some servers lags behind or lies.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from email.parser import BytesHeaderParser

from agent.adapters.imap.answers import Answer, Selected
from agent.adapters.imap.connection import Session, quoted
from agent.adapters.imap.reading import NEVER, arrival_of, body, chunks, flags_of, patiently
from agent.adapters.imap.wire import is_safe
from agent.adapters.twins import are_twins
from agent.errors import FollowthroughError, ProtocolError
from agent.mail.fingerprint import fingerprint
from agent.ports import Placed, RawMail, Removal

_SWEEP = 50
_HITS = 200
DRAFT_FLAGS = (r"\Draft", r"\Seen")

# Outlook gives a message a new Message-ID and keeps the old one here.
_ID_FIELDS = ("Message-ID", "X-Microsoft-Original-Message-ID")
_ID_ITEM = f"BODY.PEEK[HEADER.FIELDS ({' '.join(_ID_FIELDS).upper()})]"
_SPACE = re.compile(r"\s+")


def bare_id(written: str) -> str:
    """A Message-ID without folding and angle brackets."""
    return _SPACE.sub("", written).strip("<>")


def find(session: Session, folder: str, message_id: str) -> list[int]:
    """UIDs of the messages with that Message-ID, ascending; none for an id that cannot be."""
    wanted = bare_id(message_id)
    if not wanted or not is_safe(message_id):
        return []
    selected = session.examine(folder)
    return _confirmed(session, _search(session, wanted), wanted) or _swept(
        session, selected, wanted
    )


def _search(session: Session, wanted: str) -> list[int]:
    """What the server's search says; nothing where it refuses the question."""
    if not wanted.isascii():
        return []
    try:
        return session.search("HEADER", "Message-ID", quoted(wanted))[-_HITS:]
    except ProtocolError:
        return []


def _confirmed(session: Session, hits: Sequence[int], wanted: str) -> list[int]:
    found = ids_by_uid(session, chunks(hits))
    return sorted(uid for uid, ids in found.items() if wanted in ids)


def ids_by_uid(session: Session, pieces: Iterable[Sequence[int]]) -> dict[int, set[str]]:
    """The Message-IDs that each message of the selected folder has, of those that are there."""
    found: dict[int, set[str]] = {}
    for piece in pieces:
        answers, _ = patiently(lambda part: session.fetch(part, "UID", _ID_ITEM), piece)
        found |= {uid: _ids(body(answer) or b"") for uid, answer in answers.items()}
    return found


def _swept(session: Session, selected: Selected, wanted: str) -> list[int]:
    """Look at the newest messages themselves."""
    newest = range(max(1, selected.exists - _SWEEP + 1), selected.exists + 1)
    if not newest:
        return []
    answers, _ = patiently(lambda part: session.fetch_by_number(part, _ID_ITEM), newest)
    return sorted(_matching(answers, wanted))


def _matching(answers: Mapping[int, Answer], wanted: str) -> list[int]:
    return [uid for uid, answer in answers.items() if wanted in _ids(body(answer) or b"")]


def _ids(header: bytes) -> set[str]:
    fields = BytesHeaderParser().parsebytes(header)
    return {bare_id(str(value)) for name in _ID_FIELDS for value in fields.get_all(name, [])}


def append(
    session: Session,
    folder: str,
    data: bytes,
    at: datetime,
    known: int,
    flags: Sequence[str],
) -> Placed:
    """Store a draft; without flags, a memo. Once the server has said OK nothing is raised.

    `known` is the folder's UIDVALIDITY as last seen, 0 where it was never seen.
    """
    session.leave(folder)
    place = session.append(folder, data, flags, at)
    if place is not None:
        return Placed(folder, *place)
    return Placed(folder, known or _uidvalidity(session, folder), None)


def _uidvalidity(session: Session, folder: str) -> int:
    try:
        return session.examine(folder).uidvalidity
    except FollowthroughError:
        return 0


def remove(session: Session, folder: str, message_id: str, expected: str) -> Removal:
    """Remove our own draft if its bytes are as we left them.

    Two of that Message-ID, other bytes, or no \\Draft any more: the user's hand, left alone.
    """
    found = find(session, folder, message_id)
    if not found:
        return Removal.GONE
    if len(found) > 1:
        return Removal.CHANGED
    read_only = session.selected
    verdict = _verdict(session, found[0], expected)
    if verdict is not Removal.REMOVED:
        return verdict
    if "UIDPLUS" not in session.capabilities():
        return Removal.UNSUPPORTED  # a bare EXPUNGE would take others with it
    return _expunge(session, folder, found[0], read_only)


def remove_twin(
    session: Session, folder: str, message_id: str, expected: str, appended: Sequence[datetime]
) -> Removal:
    """Remove the younger of several copies of our own draft; see `agent.ports.Mailbox`."""
    found = find(session, folder, message_id)
    if len(found) < 2:
        return Removal.GONE
    read_only = session.selected
    items = ("UID", "FLAGS", "INTERNALDATE", "BODY.PEEK[]")
    answers = session.fetch(found, *items)
    mails = [_as_mail(folder, uid, answers[uid]) for uid in found if uid in answers]
    if len(mails) != len(found) or not are_twins(mails, expected, appended):
        return Removal.CHANGED
    if "UIDPLUS" not in session.capabilities():
        return Removal.UNSUPPORTED
    return _expunge(session, folder, found[-1], read_only)


def _as_mail(folder: str, uid: int, answer: Answer) -> RawMail:
    at = arrival_of(answer) or NEVER
    return RawMail(folder, 0, uid, at, flags_of(answer), body(answer) or b"")


def _verdict(session: Session, uid: int, expected: str) -> Removal:
    answer = session.fetch([uid], "UID", "FLAGS", "BODY.PEEK[]").get(uid)
    if answer is None:
        return Removal.GONE  # expunged since it was found
    is_draft = "\\draft" in {flag.lower() for flag in flags_of(answer)}
    untouched = is_draft and fingerprint(body(answer) or b"") == expected
    return Removal.REMOVED if untouched else Removal.CHANGED


def _expunge(session: Session, folder: str, uid: int, seen: Selected | None) -> Removal:
    """Mark and expunge one UID; whatever goes wrong between, our mark is taken back."""
    selected = session.select(folder)
    if seen is None or selected.uidvalidity != seen.uidvalidity:
        return Removal.CHANGED  # the folder was made anew under our hands
    session.mark_deleted(uid)
    try:
        session.expunge(uid)
        still_there = uid in session.fetch([uid], "UID", "FLAGS")
    except ProtocolError:
        session.unmark_deleted(uid)
        raise
    if still_there:
        session.unmark_deleted(uid)
        return Removal.UNSUPPORTED
    session.examine(folder)
    return Removal.REMOVED
