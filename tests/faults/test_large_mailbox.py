"""A mailbox of 100,000 messages on a real Dovecot: what a pass over it costs, in round trips."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.imap.wire import Wire
from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from agent.service import followups
from agent.service.context import Context
from agent.service.sweep import look_after_drafts, sweep
from bench.fire.work import HOME, Way, context_for
from tests.faults.conftest import NOON, TALK, THANKS
from tests.mails import invitation
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import Outsider

MANY = 100_000
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
OLD = b"From: desk@library.example\nSubject: Your loan\nMessage-ID: <loan-%d@library.example>\n\nDue.\n"


def filled(maildir: Path, count: int) -> None:
    """Put that many old messages into a Maildir: a few files, each under very many names."""
    owner = maildir.parent.stat()
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        batch, within = divmod(number, 10_000)
        first = maildir / "cur" / f"1577836800.{batch}_0.old:2,S"
        if within == 0:
            first.write_bytes(OLD % batch)
            os.utime(first, (LONG_AGO, LONG_AGO))
        else:
            os.link(first, maildir / "cur" / f"1577836800.{batch}_{within}.old:2,S")
    for path in (maildir, *maildir.glob("*"), *(maildir / "cur").glob("*_0.old:2,S")):
        os.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def round_trips(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The commands that are sent within the block, each of which waits for its answer."""
    sent: list[str] = []
    real = Wire._command

    def counted(self: Wire, name: str, *args: object) -> object:
        sent.append(" ".join([name, *(str(each) for each in args[:1])]))
        return real(self, name, *args)

    with monkeypatch.context() as patched:
        patched.setattr(Wire, "_command", counted)
        yield sent


def unhurried(way: Way) -> ImapMailbox:
    """The mailbox, with the time limits that users have: Dovecot needs seconds for the first look."""
    settings = ImapSettings(HOME, "127.0.0.1", way.user, port=way.port, security="none")
    return ImapMailbox(settings, lambda: way.password)


async def one_pass(context: Context) -> None:
    """As the daemon makes it, from 90 days ago on."""
    if HOME not in context.folders:
        context.folders[HOME] = await context.mailboxes[HOME].connect()
    await sweep(context, HOME, days=90)
    await look_after_drafts(context, HOME)
    await followups.tick(context, HOME)


HOUSES = "Alder Birch Cedar Dogwood Elmfield Firth".split()
CONNECTING = ["CAPABILITY", "LOGIN", "ENABLE QRESYNC", 'LIST ""']


def invitation_to(house: str) -> bytes:
    """To a talk at that house."""
    mail = invitation(TALK, uid=f"talk@{house}.example").replace(b"Acme", house.encode())
    return mail.replace(b"acme.example", f"{house.lower()}.example".encode())


async def test_a_hundred_thousand_messages_cost_one_round_trip(
    dovecot: Dovecot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unchanged, one for all folders; after a restart, one each; where a draft went, its own."""
    user, password = dovecot.new_user()
    outsider = Outsider(dovecot.host, dovecot.port, user, password)
    outsider.snapshot()  # makes the folders
    maildir = dovecot.base / "mail" / user / "Maildir"
    filled(maildir, MANY)
    filled(maildir / ".Drafts", 2_000)
    way, clock = Way(dovecot.port, user, password), SimulatedClock(NOON)
    store = SqliteStore(tmp_path / "state.db")
    context = context_for(way, store, unhurried(way), clock)
    await one_pass(context)
    outsider.deliver_all([invitation_to(house) for house in HOUSES], NOON)
    await one_pass(context)
    for _ in range(2):
        clock.set(THANKS)
        await one_pass(context)
    assert len(store.followups_in(FollowUpStatus.DRAFTED)) == len(HOUSES)

    await one_pass(context)  # leaves the folder that was read last
    with round_trips(monkeypatch) as unchanged:
        await one_pass(context)
    await context.mailboxes[HOME].close()
    outsider.remove(2_003)  # one of the drafts
    outsider.deliver(b"Subject: mine\r\n\r\nA draft of the user's own\r\n", folder="Drafts")
    context = context_for(way, store, unhurried(way), clock)
    with round_trips(monkeypatch) as restarted:
        await one_pass(context)
    await context.mailboxes[HOME].close()

    assert unchanged == ['LIST ""']
    work = [name for name in restarted if not name.startswith(tuple(CONNECTING))]
    assert work[:2] == ['EXAMINE "INBOX"', 'EXAMINE "Sent"']
    assert work[2].startswith('EXAMINE "Drafts" (QRESYNC (')  # from where it was
    assert len(work) <= 14, work  # for the one that came and the one that went; not for the others
    assert [f.missed_at is None for f in store.followups_in(FollowUpStatus.DRAFTED)].count(
        False
    ) == 1
    store.close()
