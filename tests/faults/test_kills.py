"""`kill -9` of a real process, wherever it is, and a new start on what is on disk."""

import asyncio
import contextlib
import multiprocessing
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from bench.fire.work import Tripwire, Way, Wired, child, context_for, mailbox_for, one_pass
from tests.faults.conftest import NOON, TALK, THANKS
from tests.mails import invitation
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import Outsider
from tests.test_run import Home, ended, eventually, home

__all__ = ["home"]

KILLED = -9


class Household:
    """A user of the server whose thank-you is due now, and what is on disk about it."""

    def __init__(self, dovecot: Dovecot, folder: Path) -> None:
        user, password = dovecot.new_user()
        self.outsider = Outsider(dovecot.host, dovecot.port, user, password)
        self.way = Way(dovecot.port, user, password)
        self.database = folder / user / "followthrough.db"
        self.outsider.deliver(invitation(TALK), NOON)
        asyncio.run(self.one_pass(NOON))

    async def one_pass(self, now: datetime, wire: Tripwire | None = None) -> None:
        """A pass in this process; with a wire, its steps are counted."""
        store = SqliteStore(self.database)
        wire = wire or Tripwire()
        mailbox, wired = Wired(mailbox_for(self.way), wire), Wired(store, wire)
        await one_pass(context_for(self.way, wired, mailbox, SimulatedClock(now)))
        await mailbox.close()
        store.close()

    def life(self, dies_at: int | None) -> int | None:
        """A life of the program in a process of its own; how it ended."""
        forks = multiprocessing.get_context("forkserver")
        now = THANKS if dies_at is not None else THANKS + timedelta(minutes=2)
        process = forks.Process(target=child, args=(self.way, str(self.database), now, dies_at))
        process.start()
        process.join(60)
        return process.exitcode

    def drafts(self) -> int:
        return len(self.outsider.snapshot(("Drafts",))["Drafts"])  # type: ignore[arg-type]

    def thanks(self) -> list[FollowUpStatus]:
        store = SqliteStore(self.database)
        found = [f.status for f in store.followups(1) if f.does("thank_you")]
        store.close()
        return found


@pytest.fixture(scope="module")
def steps(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The steps of the pass that places a draft, by the names of what is called."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["bench.fire.warm"])
    wire = Tripwire()
    asyncio.run(Household(dovecot, tmp_path_factory.mktemp("steps")).one_pass(THANKS, wire))
    return wire.steps


def test_a_kill_at_every_step_of_the_drafting_road_leaves_one_draft(
    dovecot: Dovecot, tmp_path: Path, steps: list[str]
) -> None:
    """Row 26: before and after every call of the mailbox and every word on disk."""
    append = steps.index("append_draft")
    for dies_at in range(append - 6, len(steps)):
        household = Household(dovecot, tmp_path)
        assert household.life(dies_at) == KILLED
        assert household.life(None) == 0
        assert household.drafts() == 1, dies_at
        assert household.thanks() == [FollowUpStatus.DRAFTED], dies_at


def test_the_real_daemon_killed_twice_leaves_one_draft(home: Home) -> None:
    """Row 26: as soon as its database is there, and as soon as the draft lies in Drafts."""
    home.outsider.deliver(ended(20), datetime.now(NOON.tzinfo))
    for sign in ((home.folder / "state" / "followthrough.db").exists, home.drafts):
        with contextlib.suppress(AssertionError), home.daemon() as process:
            eventually(sign, "a sign of life")
            process.kill()
            assert process.wait() == KILLED
    done = home.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert len(home.drafts()) == 1


def test_a_kill_is_a_kill(dovecot: Dovecot, tmp_path: Path, steps: list[str]) -> None:
    """The steps are counted alike in a child, so that none is left out above."""
    began = time.monotonic()
    assert Household(dovecot, tmp_path).life(len(steps)) == 0
    assert time.monotonic() - began < 60
