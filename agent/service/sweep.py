"""Reading what is new in the mailbox, and looking after the drafts that lie in it.

`sweep` reads the inbox folders and Sent from their cursors on, merged by time of arrival.
The cursor moves only after a message is recorded; one that cannot be read is set aside by
name and the loop goes on. `look_after_drafts` learns what the user did with ours.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from agent.domain.application import Application
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.errors import FollowthroughError
from agent.mail.fingerprint import fingerprint
from agent.ports import Cursor, FolderState, Looked, Mailbox, RawMail, SetAside
from agent.service.context import Context
from agent.service.edited import edited_version
from agent.service.events import Left, SetAsideEvent
from agent.service.followups import without_twin
from agent.service.ingest import ingest

log = logging.getLogger(__name__)

_S = FollowUpStatus

#: A client that sends takes the draft away before the copy lies in Sent; a draft that stays
#: gone for this long without such a copy was deleted.
GRACE = timedelta(minutes=10)

#: Told after each message: how many are done, how many there are.
Progress = Callable[[int, int], None]


def unseen_progress(done: int, total: int) -> None:
    """Progress that nobody watches."""


# -- reading -----------------------------------------------------------------------


async def sweep(
    context: Context,
    account: str,
    *,
    days: int = 90,
    progress: Progress = unseen_progress,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Read everything new of one account, oldest first; returns how many messages.

    A folder met for the first time is read from `days` ago on. `stop` is asked after each
    message: what was read stays read.
    """
    mailbox = context.mailboxes[account]
    folders = context.folders[account]
    read = tuple(dict.fromkeys((*folders.inbox, folders.sent)))
    states = await mailbox.states(read, glances=(folders.drafts,))
    _take_note(context, account, states.get(folders.drafts))
    fresh = [await _unread(context, account, mailbox, states[folder], days) for folder in read]
    total = sum(len(uids) for _, uids in fresh)
    done = 0

    def known(same_as: str) -> bool:
        return context.store.seen(account, _same(same_as))

    streams = [mailbox.fetch(folder, uids, known) for folder, uids in fresh if uids]
    async for raw in _by_arrival(streams):
        await _take_in(context, account, raw)
        done += 1
        progress(done, total)
        if stop():
            return done
    # Messages that vanished meanwhile leave no gap behind.
    for folder, uids in fresh:
        if uids:
            await _advance(context, account, mailbox, folder, max(uids))
    return done


def _take_note(context: Context, account: str, drafts: FolderState | None) -> None:
    """Keep what was seen of Drafts in passing, for `look_after_drafts`; nothing older."""
    context.glances.pop(account, None)
    if drafts is not None:
        context.glances[account] = drafts


async def _unread(
    context: Context, account: str, mailbox: Mailbox, state: FolderState, days: int
) -> tuple[str, Sequence[int]]:
    folder = state.name
    cursor = context.store.cursor(account, folder)
    if cursor and cursor.uidvalidity == state.uidvalidity:
        if state.uidnext and state.uidnext <= cursor.uid + 1:
            return folder, ()
        return folder, await mailbox.uids(folder, above=cursor.uid)
    # New to us, or numbered anew by the server: what was recorded is known by its Message-ID.
    since = (context.clock.now() - timedelta(days=days)).date()
    uids = await mailbox.uids(folder, since=since)
    if not uids:
        start = Cursor(account, folder, state.uidvalidity, max(state.uidnext - 1, 0))
        context.store.set_cursor(start)
    return folder, uids


async def _by_arrival(streams: Sequence[AsyncIterator[RawMail]]) -> AsyncIterator[RawMail]:
    """Several folders' messages as one stream, in the order in which they arrived."""
    heads = [(stream, await anext(stream, None)) for stream in streams]
    while waiting := [(s, head) for s, head in heads if head is not None]:
        stream, first = min(waiting, key=lambda pair: pair[1].arrived)
        yield first
        heads = [(s, await anext(s, None)) if s is stream else (s, head) for s, head in heads]


def _same(same_as: str) -> str:
    """The key under which a message is recorded by the server's own name for it.

    Gmail shows one message under several labels, and in a folder that it has numbered anew; by
    this name neither is read twice.
    """
    return f"same as {same_as}"


async def _take_in(context: Context, account: str, raw: RawMail) -> None:
    try:
        if not raw.known:
            await _read(context, account, raw)
    except FollowthroughError:
        raise
    except Exception as error:  # a poison message must not stop the ones after it
        _aside(context, account, raw, error)
    context.store.set_cursor(Cursor(account, raw.folder, raw.uidvalidity, raw.uid))


async def _read(context: Context, account: str, raw: RawMail) -> None:
    if not raw.data:
        raise ValueError("the server does not hand it out")
    async with context.turn:
        await ingest(context, account, raw.data, raw.arrived)
    if raw.same_as:
        context.store.mark_seen(account, _same(raw.same_as), raw.arrived)


def _aside(context: Context, account: str, raw: RawMail, error: Exception) -> None:
    why = f"{type(error).__name__}: {error}"
    where = f"{account}/{raw.folder}, UID {raw.uid}"
    log.error("Message set aside: %s (%s)", where, type(error).__name__)
    log.debug("what went wrong", exc_info=error)
    context.store.set_aside(SetAside(account, raw.folder, raw.uidvalidity, raw.uid, why))
    context.observer(SetAsideEvent(raw.arrived, where, why))


async def _advance(context: Context, account: str, mailbox: Mailbox, folder: str, uid: int) -> None:
    cursor = context.store.cursor(account, folder)
    if cursor and cursor.uid < uid:
        context.store.set_cursor(replace(cursor, uid=uid))
    elif cursor is None:
        state = await mailbox.state(folder)
        context.store.set_cursor(Cursor(account, folder, state.uidvalidity, uid))


# -- drafts --------------------------------------------------------------------------


async def look_after_drafts(context: Context, account: str) -> None:
    """See what became of our drafts: still there, edited, or gone unsent. Sweep Sent first.

    A message never changes under its UID. So a folder that is as it was when it was last looked
    through is not looked through; of one that has changed, the drafts that lie elsewhere now, or
    have another of their Message-ID beside them, and those that were not known yet.
    """
    by_folder: dict[str, list[FollowUp]] = {}
    for followup in context.store.followups_in(_S.DRAFTED, _S.THEIRS):
        if followup.account == account and followup.folder:
            by_folder.setdefault(followup.folder, []).append(followup)
    for folder, those in by_folder.items():
        await _look_through(context, account, folder, those)


async def _look_through(
    context: Context, account: str, folder: str, those: Sequence[FollowUp]
) -> None:
    before = context.store.looked(account, folder)
    seen = context.glances.pop(account, None)  # by the sweep of this pass
    state, ids = await _changes(context.mailboxes[account], folder, before, seen)
    unchanged = before is not None and state == before.state
    known = dict(before.lying) if before else {}
    lying: dict[str, int] = {}
    for followup in those:
        id_ = followup.message_id or ""
        if followup.missed_at is None and (unchanged or (id_ in known and id_ not in ids)):
            lying |= {id_: known[id_]} if id_ in known else {}
            continue
        async with context.turn:
            uid = await _look_after(context, followup, context.clock.now())
        lying |= {id_: uid} if uid is not None else {}
    if before is None or not unchanged or lying != before.lying:
        context.store.set_looked(Looked(account, state, lying))


async def _changes(
    mailbox: Mailbox, folder: str, before: Looked | None, seen: FolderState | None
) -> tuple[FolderState, frozenset[str]]:
    if before is not None and seen == before.state:
        return seen, frozenset()
    if before is None:
        return await mailbox.state(folder), frozenset()
    found = await mailbox.changed(folder, before.state, before.lying)
    return found.state, found.ids


async def _look_after(context: Context, followup: FollowUp, now: datetime) -> int | None:
    """Learn what became of one draft; its UID where it still lies there as it was known."""
    app = context.store.application(followup.application_id)
    if app is None or followup.folder is None or followup.message_id is None:
        return None
    mailbox = context.mailboxes[followup.account]
    uids = await mailbox.find(followup.folder, followup.message_id)
    if uids:
        await _still_there(context, app, followup, uids, now)
        return uids[-1]
    edited_id = await edited_version(context, followup)
    if edited_id:
        theirs = replace(followup, message_id=edited_id, missed_at=None)
        _left(context, app, theirs, now, "edited: yours from here on")
    elif followup.missed_at is None:
        context.store.put_followup(replace(followup, missed_at=now))
    elif now - followup.missed_at >= GRACE:
        declined = followup.moved(_S.DECLINED, at=now, why="deleted unsent: a no to this step")
        context.store.put_followup(declined)
        context.observer(Left(now, app, declined, declined.why))
    return None


async def _still_there(
    context: Context, app: Application, followup: FollowUp, uids: Sequence[int], now: datetime
) -> None:
    if followup.missed_at:
        followup = replace(followup, missed_at=None)
        context.store.put_followup(followup)
    if followup.status is not _S.DRAFTED:
        return
    mailbox = context.mailboxes[followup.account]
    prints = [fingerprint(raw.data) async for raw in mailbox.fetch(followup.folder or "", uids)]
    if any(each != followup.fingerprint for each in prints):
        # Edited; some programs leave the one that was opened beside the user's version.
        _left(context, app, followup, now, "edited: yours from here on")
    elif len(prints) > 1:
        await without_twin(context, followup)


def _left(context: Context, app: Application, followup: FollowUp, now: datetime, why: str) -> None:
    if followup.status is _S.THEIRS:
        context.store.put_followup(followup)
        return
    theirs = followup.moved(_S.THEIRS, at=now, why=why)
    context.store.put_followup(theirs)
    context.observer(Left(now, app, theirs, why))
