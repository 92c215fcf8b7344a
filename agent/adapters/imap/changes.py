"""What has become of a few known messages of a folder, at the price of what has changed there.

Where the server keeps modification sequences and tells of changes since one (QRESYNC, RFC 7162),
opening the folder is all: an unchanged one costs one round trip, and of another one the answer
holds what changed. It is believed only where it adds up. At any other server the folder is opened,
and only where its counts have changed the header of each known message is looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from agent.adapters.imap.answers import Selected, Since
from agent.adapters.imap.connection import Session
from agent.adapters.imap.drafts import bare_id, ids_by_uid
from agent.adapters.imap.reading import chunks, folder_state
from agent.errors import ProtocolError
from agent.ports import Changed, FolderState


def glance(session: Session, folders: Sequence[str]) -> dict[str, FolderState]:
    """What one command tells of several folders; nothing where a server has no such command.

    STATUS is not meant for a folder that is open (RFC 9051, 6.3.11), so that one is left first.
    """
    patterns = any(sign in session.raw_name(folder) for folder in folders for sign in "%*")
    if patterns or not session.can_list_status:
        return {}
    if session.selected is not None:
        session.leave(session.selected.name)
    try:
        told = session.list_status(folders)
    except ProtocolError:
        return {}
    return {name: now.state for name, now in told.items() if now.uidvalidity and now.uidnext}


def changed(
    session: Session, folder: str, before: FolderState, lying: Mapping[str, int]
) -> Changed:
    """The folder now, and which of the messages, by Message-ID, are not as they were."""
    told = _resynced(session, folder, before)
    if told is None:
        return _looked_up(session, folder, before, lying)
    state, since = told
    gone = {each for each, uid in lying.items() if any(uid in part for part in since.vanished)}
    come = [uid for uid in since.touched if uid >= before.uidnext]
    return Changed(state, frozenset(gone | _of_these(session, come, lying)))


def _resynced(
    session: Session, folder: str, before: FolderState
) -> tuple[FolderState, Since] | None:
    """What the server says has changed; None where it keeps no such record, or none to believe."""
    if not session.can_resync or not before.modseq:
        return None
    try:
        selected, since = session.examine_since(folder, before.uidvalidity, before.modseq)
    except ProtocolError:
        return None  # it offers what it does not do
    if not _adds_up(selected, since, before):
        return None
    return selected.state, since


def _adds_up(now: Selected, since: Since, before: FolderState) -> bool:
    """Whether the counts agree with what is said to have changed.

    The same folder, no modification sequence or UIDNEXT that goes back, none changed in secret,
    and no more messages lost than are said to have vanished.
    """
    if now.uidvalidity != before.uidvalidity or now.uidnext < before.uidnext:
        return False
    if now.modseq < before.modseq:
        return False  # a folder that was restored, or NOMODSEQ from now on
    counts = (now.uidnext, now.exists) == (before.uidnext, before.exists)
    if now.modseq == before.modseq:
        return counts and not since.vanished
    vanished = sum(len(part) for part in since.vanished)
    come = sum(uid >= before.uidnext for uid in since.touched)
    return before.exists - vanished + come <= now.exists <= before.exists + come


def _looked_up(
    session: Session, folder: str, before: FolderState, lying: Mapping[str, int]
) -> Changed:
    """The counts; where they differ, the headers at the known UIDs and of what has come since."""
    state = folder_state(session, folder)
    if state == before:
        return Changed(state, frozenset())
    if state.uidvalidity != before.uidvalidity:
        return Changed(state, frozenset(lying))
    there = ids_by_uid(session, chunks(list(lying.values())))
    gone = {each for each, uid in lying.items() if bare_id(each) not in there.get(uid, ())}
    if state.uidnext <= before.uidnext:  # Courier names none: it is one more than the last UID
        return Changed(state, frozenset(gone))
    come = session.search("UID", f"{before.uidnext}:*")  # may name the last one, though it is older
    newer = [uid for uid in come if uid >= before.uidnext]
    return Changed(state, frozenset(gone | _of_these(session, newer, lying)))


def _of_these(session: Session, uids: Sequence[int], lying: Iterable[str]) -> set[str]:
    """Which of the Message-IDs the messages at those UIDs have."""
    found = set(chain.from_iterable(ids_by_uid(session, chunks(uids)).values()))
    return {each for each in lying if bare_id(each) in found}
