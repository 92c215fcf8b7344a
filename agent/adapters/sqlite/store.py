"""`SqliteStore`: the Store port over one SQLite connection.

Values are kept whole as JSON (pydantic writes and reads the frozen dataclasses), beside
the few columns that are searched by. Times are UTC in ISO 8601 with a fixed width, so
that their order as text is their order in time.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from agent.adapters.sqlite.database import open_database, refusal, refusals
from agent.domain.application import Application
from agent.domain.employer import company_key
from agent.domain.facts import Fact
from agent.domain.followup import FollowUp, FollowUpStatus, Task
from agent.domain.memos import Memo, MemoStatus
from agent.ports import Cursor, FolderState, Looked, SetAside

_FACT = TypeAdapter(Fact)
_FOLLOWUP = TypeAdapter(FollowUp)
_TASK = TypeAdapter(Task)
_MEMO = TypeAdapter(Memo)
_LYING = TypeAdapter(dict[str, int])


_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = "9999"  # as text, behind every instant


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def kept_fact(fact: Fact) -> Fact:
    """The fact as it comes back from the store: its times under plain offsets, not zones."""
    return _FACT.validate_json(_FACT.dump_json(fact))


def kept_followup(followup: FollowUp) -> FollowUp:
    """The follow-up as it comes back from the store."""
    return _FOLLOWUP.validate_json(_FOLLOWUP.dump_json(followup))


def kept_task(task: Task) -> Task:
    """The task as it comes back from the store."""
    return _TASK.validate_json(_TASK.dump_json(task))


class SqliteStore:
    """What is known, in SQLite. `path` None keeps it in memory, for a replay or a test."""

    def __init__(self, path: Path | None = None) -> None:
        self._where = str(path) if path else ":memory:"
        self._connection = open_database(path)
        self._depth = 0

    # -- plumbing --------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside become visible together or not at all; nests."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self._run("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            # A full disk has rolled back already; then there is nothing left to undo.
            if self._connection.in_transaction:
                self._connection.rollback()
            raise
        finally:
            self._depth = 0

    def close(self) -> None:
        """Give the database back; never raises."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        try:  # not `refusals`: entering it takes as long as many a statement
            return self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise refusal(self._where, error) from error

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with refusals(self._where):
            self._connection.executemany(sql, rows)

    # -- cursors and messages ----------------------------------------------------

    def cursor(self, account: str, folder: str) -> Cursor | None:
        """The cursor of a folder, whatever its UIDVALIDITY."""
        row = self._run(
            "SELECT uidvalidity, uid FROM cursors WHERE account = ? AND folder = ?",
            account,
            folder,
        ).fetchone()
        return Cursor(account, folder, row[0], row[1]) if row else None

    def set_cursor(self, cursor: Cursor) -> None:
        """Record how far a folder has been read."""
        self._run(
            "INSERT INTO cursors (account, folder, uidvalidity, uid) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (account, folder) DO UPDATE "
            "SET uidvalidity = excluded.uidvalidity, uid = excluded.uid",
            cursor.account,
            cursor.folder,
            cursor.uidvalidity,
            cursor.uid,
        )

    def looked(self, account: str, folder: str) -> Looked | None:
        """How a folder was when it was last looked through."""
        row = self._run(
            "SELECT uidvalidity, uidnext, messages, modseq, lying FROM looked "
            "WHERE account = ? AND folder = ?",
            account,
            folder,
        ).fetchone()
        if row is None:
            return None
        return Looked(account, FolderState(folder, *row[:4]), _LYING.validate_json(row[4]))

    def set_looked(self, looked: Looked) -> None:
        """Record a look through a folder."""
        state = looked.state
        self._run(
            "INSERT OR REPLACE INTO looked "
            "(account, folder, uidvalidity, uidnext, messages, modseq, lying) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            looked.account,
            state.name,
            state.uidvalidity,
            state.uidnext,
            state.exists,
            state.modseq,
            _LYING.dump_json(dict(looked.lying)).decode(),
        )

    def seen(self, account: str, message_key: str) -> bool:
        """Whether a message was recorded before."""
        found = self._run(
            "SELECT 1 FROM seen WHERE account = ? AND message_key = ?", account, message_key
        ).fetchone()
        return found is not None

    def mark_seen(self, account: str, message_key: str, at: datetime) -> None:
        """Record that a message has been dealt with."""
        self._run(
            "INSERT OR IGNORE INTO seen (account, message_key, at) VALUES (?, ?, ?)",
            account,
            message_key,
            _text(at),
        )

    def set_aside(self, message: SetAside) -> None:
        """Record a message that could not be read."""
        self._run(
            "INSERT OR REPLACE INTO aside (account, folder, uidvalidity, uid, why) "
            "VALUES (?, ?, ?, ?, ?)",
            message.account,
            message.folder,
            message.uidvalidity,
            message.uid,
            message.why,
        )

    def aside(self) -> Sequence[SetAside]:
        """Every message that could not be read."""
        rows = self._run(
            "SELECT account, folder, uidvalidity, uid, why FROM aside ORDER BY account, folder, uid"
        )
        return [SetAside(*row) for row in rows]

    # -- applications --------------------------------------------------------------

    def new_application(self, fact: Fact, account: str) -> Application:
        """Open an application with its first fact."""
        with self.transaction():
            row = self._run(
                "INSERT INTO applications (account, stage, heard) VALUES (?, '', ?)",
                account,
                _text(fact.at),
            )
            if row.lastrowid is None:
                raise AssertionError("an INSERT into a rowid table has a row id")
            return self.append_fact(row.lastrowid, fact)

    def append_fact(self, application_id: int, fact: Fact) -> Application:
        """Append a fact and return what the application now adds up to."""
        with self.transaction():
            self._run(
                "INSERT INTO facts (application_id, at, kind, message_id, body) "
                "VALUES (?, ?, ?, ?, ?)",
                application_id,
                _text(fact.at),
                fact.kind.value,
                fact.thread.message_id or "",
                _FACT.dump_json(fact).decode(),
            )
            self._many(
                "INSERT OR IGNORE INTO keys (what, value, application_id) VALUES (?, ?, ?)",
                [(what, value, application_id) for what, value in _keys(fact)],
            )
            application = self.application(application_id)
            if application is None:
                raise AssertionError("an application with a fact exists")
            self._run(
                "UPDATE applications SET stage = ?, heard = max(heard, ?) WHERE id = ?",
                application.stage or "",
                _text(fact.at),
                application_id,
            )
            return application

    def save(self, application: Application, wake_at: datetime | None) -> None:
        """Record the stage, and when to look at it again without news."""
        self._run(
            "UPDATE applications SET stage = ?, wake_at = ? WHERE id = ?",
            application.stage or "",
            _text(wake_at) if wake_at else "",
            application.id,
        )

    def application(self, application_id: int) -> Application | None:
        """One application, rebuilt from its facts."""
        row = self._run("SELECT account FROM applications WHERE id = ?", application_id).fetchone()
        if row is None:
            return None
        facts = self._run(
            "SELECT body FROM facts WHERE application_id = ? ORDER BY at, id", application_id
        )
        return Application.of(
            application_id, row[0], [_FACT.validate_json(body) for (body,) in facts]
        )

    def applications(self) -> Sequence[Application]:
        """All of them, newest news first."""
        ids = self._run("SELECT id FROM applications ORDER BY heard DESC, id DESC").fetchall()
        return self._load(id for (id,) in ids)

    def candidates(
        self,
        *,
        message_ids: Sequence[str],
        uids: Sequence[str],
        companies: Sequence[str],
        emails: Sequence[str],
    ) -> Sequence[Application]:
        """Applications that share any of these keys, lowest id first."""
        wanted = [("message", v) for v in message_ids] + [("uid", v) for v in uids]
        wanted += [("company", _first_word(v)) for v in companies] + [("email", v) for v in emails]
        found: set[int] = set()
        for what, value in wanted:
            rows = self._run(
                "SELECT application_id FROM keys WHERE what = ? AND value = ?", what, value
            )
            found.update(id for (id,) in rows)
        return self._load(sorted(found))

    def waking(self, now: datetime) -> Sequence[int]:
        """Ids of applications whose time to be looked at has come, earliest first; then nudged."""
        rows = self._run(
            "SELECT id, wake_at FROM applications WHERE wake_at <> '' AND wake_at <= ? "
            "UNION ALL SELECT application_id, ? FROM nudges ORDER BY 2, 1",
            _text(now),
            _LAST,
        )
        return list(dict.fromkeys(id for id, _ in rows))

    def nudge(self, application_id: int) -> None:
        """A command changed this application."""
        self._run("INSERT OR IGNORE INTO nudges (application_id) VALUES (?)", application_id)

    def heed(self, application_id: int) -> None:
        """The nudge is heard."""
        self._run("DELETE FROM nudges WHERE application_id = ?", application_id)

    def next_wake(self) -> datetime | None:
        """The earliest instant at which anything falls due without news."""
        wake, due, memo, nudged = self._run(
            "SELECT (SELECT min(wake_at) FROM applications WHERE wake_at <> ''), "
            "(SELECT min(due_at) FROM followups WHERE status = ?), "
            "(SELECT min(due_at) FROM memos WHERE status = ?), EXISTS (SELECT 1 FROM nudges)",
            FollowUpStatus.PLANNED.value,
            MemoStatus.PLANNED.value,
        ).fetchone()
        if nudged:
            return _AT_ONCE
        times = [datetime.fromisoformat(t) for t in (wake, due, memo) if t]
        return min(times, default=None)

    def _load(self, ids: Iterable[int]) -> list[Application]:
        loaded = (self.application(id) for id in ids)
        return [application for application in loaded if application]

    # -- follow-ups and tasks ----------------------------------------------------

    def followups(self, application_id: int) -> Sequence[FollowUp]:
        """Every follow-up of an application, by due time."""
        return self._followups(
            "SELECT body FROM followups WHERE application_id = ? ORDER BY due_at, key",
            application_id,
        )

    def followup_by_message_id(self, message_id: str) -> FollowUp | None:
        """The follow-up whose draft carries that Message-ID."""
        found = self._followups(
            # The second condition is the index's: without it a query goes through all rows.
            "SELECT body FROM followups WHERE message_id = ? AND message_id <> ''",
            message_id,
        )
        return found[0] if found else None

    def followups_in(self, *statuses: FollowUpStatus) -> Sequence[FollowUp]:
        """Every follow-up in one of those states, by due time."""
        found = [
            f
            for status in statuses
            for f in self._followups("SELECT body FROM followups WHERE status = ?", status.value)
        ]
        return sorted(found, key=lambda f: (f.due_at, f.key))

    def due(self, now: datetime) -> Sequence[FollowUp]:
        """Planned follow-ups whose time has come, and drafts whose fate is not yet known."""
        return self._followups(
            "SELECT body FROM followups WHERE (status = ? AND due_at <= ?) OR status = ? "
            "ORDER BY due_at, key",
            FollowUpStatus.PLANNED.value,
            _text(now),
            FollowUpStatus.DRAFTING.value,
        )

    def put_followup(self, followup: FollowUp) -> None:
        """Insert or replace a follow-up by its key."""
        self._run(
            "INSERT INTO followups (key, application_id, status, due_at, message_id, body) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "status = excluded.status, due_at = excluded.due_at, "
            "message_id = excluded.message_id, body = excluded.body",
            followup.key,
            followup.application_id,
            followup.status.value,
            _text(followup.due_at),
            followup.message_id or "",
            _FOLLOWUP.dump_json(followup).decode(),
        )

    def tasks(self, application_id: int | None = None) -> Sequence[Task]:
        """Tasks of one application, or of all."""
        sql = "SELECT body FROM tasks"
        rows = (
            self._run(f"{sql} ORDER BY key")
            if application_id is None
            else self._run(f"{sql} WHERE application_id = ? ORDER BY key", application_id)
        )
        return [_TASK.validate_json(body) for (body,) in rows]

    def put_task(self, task: Task) -> None:
        """Insert or replace a task by its key."""
        self._run(
            "INSERT INTO tasks (key, application_id, status, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET status = excluded.status, body = excluded.body",
            task.key,
            task.application_id,
            task.status.value,
            _TASK.dump_json(task).decode(),
        )

    def _followups(self, sql: str, *values: Any) -> list[FollowUp]:
        return [_FOLLOWUP.validate_json(body) for (body,) in self._run(sql, *values)]

    # -- memos, files, undecided mails -------------------------------------------

    def memos(self, application_id: int) -> Sequence[Memo]:
        """Every memo about an application, by due time."""
        sql = "SELECT body FROM memos WHERE application_id = ? ORDER BY due_at, key"
        return self._memos(sql, application_id)

    def memos_due(self, now: datetime) -> Sequence[Memo]:
        """Planned memos whose time has come, and those whose fate is not yet known."""
        return self._memos(
            "SELECT body FROM memos WHERE (status = ? AND due_at <= ?) OR status = ? "
            "ORDER BY due_at, key",
            MemoStatus.PLANNED.value,
            _text(now),
            MemoStatus.LAYING.value,
        )

    def memo_by_message_id(self, message_id: str) -> Memo | None:
        """The memo that has that Message-ID."""
        found = self._memos(
            "SELECT body FROM memos WHERE message_id = ? AND message_id <> ''", message_id
        )
        return found[0] if found else None

    def put_memo(self, memo: Memo) -> None:
        """Insert or replace a memo by its key."""
        self._run(
            "INSERT INTO memos (key, application_id, status, due_at, message_id, body) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "status = excluded.status, due_at = excluded.due_at, "
            "message_id = excluded.message_id, body = excluded.body",
            memo.key,
            memo.application_id,
            memo.status.value,
            _text(memo.due_at),
            memo.message_id or "",
            _MEMO.dump_json(memo).decode(),
        )

    def _memos(self, sql: str, *values: Any) -> list[Memo]:
        return [_MEMO.validate_json(body) for (body,) in self._run(sql, *values)]

    def put_file(self, ref: str, data: bytes) -> None:
        """Keep a file under a name that follows from its contents."""
        self._run("INSERT OR IGNORE INTO files (ref, data) VALUES (?, ?)", ref, data)

    def file(self, ref: str) -> bytes | None:
        """A file that was kept."""
        row = self._run("SELECT data FROM files WHERE ref = ?", ref).fetchone()
        return row[0] if row else None

    def put_undecided(self, message_key: str, fact: Fact) -> None:
        """Keep what a mail says until the user decides which application it is about."""
        self._run(
            "INSERT OR IGNORE INTO undecided (message_key, body) VALUES (?, ?)",
            message_key,
            _FACT.dump_json(fact).decode(),
        )

    def undecided(self, message_key: str) -> Fact | None:
        """What such a mail says."""
        row = self._run("SELECT body FROM undecided WHERE message_key = ?", message_key).fetchone()
        return _FACT.validate_json(row[0]) if row else None

    # -- settings ----------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A small value the program keeps for itself."""
        row = self._run("SELECT value FROM settings WHERE name = ?", name).fetchone()
        return row[0] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep a small value."""
        self._run(
            "INSERT INTO settings (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            value,
        )


def _keys(fact: Fact) -> Iterator[tuple[str, str]]:
    """What later messages can be matched to this fact's application by."""
    for message_id in (fact.thread.message_id, *fact.thread.ancestors):
        if message_id:
            yield "message", message_id
    if not fact.theirs or fact.suspicious:
        return
    for interview in fact.interviews:
        if interview.uid:
            yield "uid", interview.uid
    if fact.company:
        yield "company", _first_word(fact.company)
    for person in (*fact.people, fact.from_):
        if person.email and not (person is fact.from_ and fact.machine_sent):
            yield "email", person.email


def _first_word(company: str) -> str:
    """What every spelling of an employer begins with: "Acme" may be "Acme Robotics" in full.

    It only finds candidates; whether two names are one is for `agent.mail.match` to say.
    """
    return company_key(company).partition(" ")[0]
