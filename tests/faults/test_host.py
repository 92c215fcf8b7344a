"""A disk that is full, a state folder that is read-only, a database that is locked, a wrong clock."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from agent.errors import StoreError
from bench.fire.work import one_pass
from tests.conftest import Unavailable
from tests.faults.conftest import THANKS, Household

ROOT = Path(__file__).parents[2]
S = FollowUpStatus


@contextlib.contextmanager
def small_disk(folder: Path, unavailable: Unavailable) -> Iterator[Path]:
    """A file system of a few megabytes."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        unavailable("no file system can be mounted here (root is needed)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no room on a disk; the file that fills it."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    return filler


async def test_a_full_disk_means_no_intent_and_so_no_draft(
    household: Household, tmp_path: Path, unavailable: Unavailable
) -> None:
    """Row 34: nothing is appended that is not on disk; with room again, it is."""
    with small_disk(tmp_path / "disk", unavailable) as disk:
        household.store.close()
        household.store = SqliteStore(disk / "state" / "followthrough.db")
        household.anew()
        await household.invited()
        filler = fill(disk)
        with pytest.raises(StoreError, match="the disk is full"):
            await one_pass(household.context)
        assert await household.drafts() == {}
        filler.unlink()
        await household.work()
        assert len(await household.drafts()) == 1
        household.store.close()


def in_between(connection: sqlite3.Connection, store: SqliteStore) -> None:
    connection.execute("BEGIN IMMEDIATE")
    store._run("PRAGMA busy_timeout = 10")


@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (in_between, "another process is writing"),
        (lambda _, store: store._run("PRAGMA query_only = ON"), "read-only"),
    ],
    ids=["locked", "read-only"],
)
async def test_a_database_that_cannot_be_written_means_no_draft(
    household: Household, begin: Callable[..., None], told: str
) -> None:
    """Row 34: said in plain words; what was due is written once it can be."""
    await household.invited()
    other = sqlite3.connect(household.database, isolation_level=None)
    begin(other, household.store)
    with pytest.raises(StoreError, match=told):
        await one_pass(household.context)
    assert await household.drafts() == {}
    other.close()
    household.store._run("PRAGMA query_only = OFF")
    await household.work()
    assert len(await household.drafts()) == 1


def test_a_read_only_state_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    """Row 34: exit code 73, where it is and what to do, no traceback."""
    state = tmp_path / "state"
    tmp_path.chmod(0o755)
    state.mkdir()
    program = (
        "import os, sys\n"
        "from agent import bootstrap\n"
        "from agent.errors import FollowthroughError\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try:\n    bootstrap.open_store()\n"
        "except FollowthroughError as error:\n"
        "    print(error); sys.exit(error.exit_code)\n"
    )
    if os.geteuid() == 0:
        os.chown(state, 65534, 65534)
        for parent in tmp_path.parents:
            if parent.stat().st_mode & 0o001 == 0:
                state = Path(f"/tmp/read-only-{os.getpid()}")  # noqa: S108 - pytest's is closed
                state.mkdir()
                os.chown(state, 65534, 65534)
                break
    state.chmod(0o500)
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "FOLLOWTHROUGH_STATE": str(state)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        state.chmod(0o700)
        if state.parent == Path("/tmp"):  # noqa: S108
            state.rmdir()
    assert done.returncode == 73, done.stderr
    assert str(state) in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("days", [1, -1])
async def test_a_clock_that_is_a_day_wrong_floods_nothing(household: Household, days: int) -> None:
    """Row 33: set wrong for a while and then right again, one draft at most."""
    await household.invited()
    household.clock.set(THANKS + timedelta(days=days))
    await household.work()
    household.clock.set(THANKS)
    await household.work()
    assert len(await household.drafts()) == (1 if days < 0 else 0)
    expected = S.DRAFTED if days < 0 else S.LAPSED
    assert [f.status for f in household.followups() if f.does("thank_you")] == [expected]


async def test_a_suspend_of_ten_hours_drafts_what_is_still_timely(household: Household) -> None:
    """Row 32: due times lie in the store, so nothing is lost by sleeping."""
    await household.invited()
    await household.leave()
    household.clock.advance(timedelta(hours=10))
    await household.work()
    await asyncio.sleep(0)
    assert len(await household.drafts()) == 1
