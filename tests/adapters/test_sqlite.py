"""The store: kept for good, whole or not at all, readable by its owner alone."""

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from agent.adapters.lock import StateLock
from agent.adapters.sqlite import RememberingStore, SqliteStore
from agent.domain.facts import Kind
from agent.domain.followup import FollowUpStatus, Task
from agent.domain.lifecycle import Stage
from agent.domain.plan import plan
from agent.errors import AlreadyRunning, StoreError
from agent.ports import Cursor, FolderState, Looked, SetAside
from tests.making import ANN, RAJ, at, fact, rules, talk

INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00", uid="u1", sequence=0),
    people=(ANN, RAJ),
    message_id="invited@acme.example",
    in_reply_to=("asked@home.example",),
)


@pytest.fixture(params=["file", "memory", "remembering"])
def store(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "remembering":
        made: SqliteStore = RememberingStore()
    else:
        made = SqliteStore(tmp_path / "state" / "db" if request.param == "file" else None)
    yield made
    made.close()


def candidates(store: SqliteStore, **keys: list[str]) -> list[int]:
    asked = {"message_ids": [], "uids": [], "companies": [], "emails": [], **keys}
    return [app.id for app in store.candidates(**asked)]


def test_an_application_is_what_its_facts_add_up_to(store: SqliteStore) -> None:
    """Facts come back whole, and the state with them."""
    app = store.new_application(INVITED, "home")
    assert store.application(app.id) == app
    assert app.facts == (INVITED,)
    assert app.stage is Stage.INTERVIEW_SCHEDULED


def test_facts_are_taken_in_order_of_arrival_however_they_come(store: SqliteStore) -> None:
    """A mail that is read late does not undo what came after it."""
    app = store.new_application(fact(Kind.REJECTION, "2026-03-06T10:00"), "home")
    again = store.append_fact(app.id, INVITED)
    assert again.stage is Stage.REJECTED


@pytest.mark.parametrize(
    "keys",
    [
        {"message_ids": ["invited@acme.example"]},
        {"message_ids": ["asked@home.example"]},
        {"uids": ["u1"]},
        {"companies": ["ACME, Inc."]},
        {"companies": ["Acme Robotics"]},
        {"emails": ["raj@acme.example"]},
    ],
    ids=str,
)
def test_an_application_is_found_by_any_of_its_keys(
    store: SqliteStore, keys: dict[str, list[str]]
) -> None:
    """Thread, calendar event, employer, people."""
    app = store.new_application(INVITED, "home")
    assert candidates(store, **keys) == [app.id]


def test_nothing_is_found_by_a_part_of_a_name(store: SqliteStore) -> None:
    """Acme is not Acmeverse."""
    store.new_application(INVITED, "home")
    assert candidates(store, companies=["Acmeverse"]) == []


def test_a_transaction_is_whole_or_not_at_all(store: SqliteStore) -> None:
    """A failure inside takes back the fact and the cursor alike."""
    with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012 - all of it is the point
        store.new_application(INVITED, "home")
        store.set_cursor(Cursor("home", "INBOX", 7, 42))
        raise RuntimeError
    assert store.applications() == []
    assert store.cursor("home", "INBOX") is None


def test_followups_fall_due_and_begun_ones_are_due_at_once(store: SqliteStore) -> None:
    """What is planned waits for its time; what was begun is looked at first of all."""
    app = store.new_application(INVITED, "home")
    (note,) = plan(app, (), rules(), INVITED.at).followups
    store.put_followup(note)
    assert store.due(at("2026-03-04T16:14")) == []
    assert store.due(at("2026-03-04T16:15")) == [note]
    assert store.followup_by_message_id("") is None  # it has no id yet
    begun = replace(
        note.moved(FollowUpStatus.DRAFTING, at=INVITED.at), message_id="ours@home.example"
    )
    store.put_followup(begun)
    assert store.due(INVITED.at) == [begun]
    assert store.followup_by_message_id("ours@home.example") == begun
    assert store.followups(app.id) == [begun]


def test_the_next_wake_is_the_earliest_of_both(store: SqliteStore) -> None:
    """An application to be looked at, or a follow-up to be written."""
    app = store.new_application(INVITED, "home")
    assert store.next_wake() is None
    store.save(app, at("2026-03-05T10:00"))
    assert store.next_wake() == at("2026-03-05T10:00")
    (note,) = plan(app, (), rules(), INVITED.at).followups
    store.put_followup(note)
    assert store.next_wake() == note.due_at
    assert store.waking(at("2026-03-05T09:59")) == []
    assert store.waking(at("2026-03-05T10:00")) == [app.id]


def test_small_things_are_kept(store: SqliteStore) -> None:
    """Cursors, seen messages, messages set aside, tasks and settings."""
    app = store.new_application(INVITED, "home")
    store.set_cursor(Cursor("home", "INBOX", 7, 42))
    store.set_cursor(Cursor("home", "INBOX", 8, 1))
    assert store.cursor("home", "INBOX") == Cursor("home", "INBOX", 8, 1)
    store.mark_seen("home", "m1", INVITED.at)
    assert store.seen("home", "m1")
    assert not store.seen("work", "m1")
    aside = SetAside("home", "INBOX", 7, 43, "mangled")
    store.set_aside(aside)
    assert store.aside() == [aside]
    task = Task("1:answer:x", app.id, "answer", "Answer them.", INVITED.at)
    store.put_task(task)
    assert store.tasks(app.id) == store.tasks() == [task]
    store.set_setting("salt", "x")
    assert store.setting("salt") == "x"
    assert store.setting("pepper") is None


def test_what_is_kept_survives_a_restart(tmp_path: Path) -> None:
    """Another process finds it as it was left."""
    first = SqliteStore(tmp_path / "db")
    app = first.new_application(INVITED, "home")
    first.close()
    second = SqliteStore(tmp_path / "db")
    assert second.application(app.id) == app
    second.close()


def test_the_state_folder_is_private(tmp_path: Path) -> None:
    """0700 and 0600, whatever the umask, -wal and -shm too."""
    before = os.umask(0)
    try:
        store = SqliteStore(tmp_path / "state" / "db")
        store.set_setting("a", "b")
        modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "state").iterdir()}
    finally:
        os.umask(before)
    store.close()
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    assert set(modes) == {"db", "db-wal", "db-shm"}
    assert set(modes.values()) == {0o600}


def test_a_newer_schema_is_refused_with_a_clear_word(tmp_path: Path) -> None:
    """An older program does not write into what it does not understand."""
    SqliteStore(tmp_path / "db").close()
    with sqlite3.connect(tmp_path / "db") as raw:
        raw.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer Followthrough"):
        SqliteStore(tmp_path / "db")


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    """What happened, and that a scan brings it back."""
    (tmp_path / "db").write_bytes(b"this is no database, only text " * 100)
    with pytest.raises(StoreError, match="not a database"):
        SqliteStore(tmp_path / "db")


def test_a_state_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "state").write_text("")
    with pytest.raises(StoreError, match="state"):
        SqliteStore(tmp_path / "state" / "db")


def test_a_second_daemon_is_refused_and_told_who_runs(tmp_path: Path) -> None:
    """The lock names the process that holds it, and is free again after release."""
    first, second = StateLock(tmp_path), StateLock(tmp_path)
    first.acquire()
    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_how_a_folder_was_when_it_was_looked_through_is_kept(store: SqliteStore) -> None:
    """Its modification sequence in all of its 63 bits, and where each draft lay."""
    state = FolderState("Entwürfe", 7, 51, 40, 2**63 - 1)
    assert store.looked("home", "Entwürfe") is None
    store.set_looked(Looked("home", FolderState("Entwürfe", 7, 50, 39), {}))
    store.set_looked(Looked("home", state, {"one@home.example": 11}))
    assert store.looked("home", "Entwürfe") == Looked("home", state, {"one@home.example": 11})
