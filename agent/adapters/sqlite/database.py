"""Opening the database: the folder's permissions, the pragmas, the migrations.

The folder is 0700 and every file in it 0600, -wal and -shm too: they hold what
employers wrote. A schema newer than this program is refused with a clear word.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from agent.errors import StoreError

#: Bound to a lock that another process holds, in seconds: commands wait, the daemon retries.
BUSY_SECONDS = 10


def open_database(path: Path | None) -> sqlite3.Connection:
    """A connection to the database at `path` (None: in memory), brought up to date.

    Raises StoreError when it cannot be opened, written or understood.
    """
    where = str(path) if path else ":memory:"
    try:
        if path:
            private_folder(path.parent)
            _touch_private(path)
        connection = sqlite3.connect(where, timeout=BUSY_SECONDS, isolation_level=None)
        with refusals(where):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection, where)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The database {where} cannot be opened: {error}.") from error
    return connection


def private_folder(folder: Path) -> None:
    """Make the state folder, readable by its owner alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise StoreError(
            f"The state folder {folder} cannot be used: {error.strerror}. "
            "Make it writable for you, or name another with FOLLOWTHROUGH_STATE."
        ) from error


def _touch_private(path: Path) -> None:
    # SQLite gives -wal and -shm the permissions of the database itself.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.fchmod(descriptor, 0o600)
    os.close(descriptor)


@contextlib.contextmanager
def refusals(where: str) -> Iterator[None]:
    """Turn what SQLite says into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise refusal(where, error) from error


def refusal(where: str, error: sqlite3.DatabaseError) -> StoreError:
    """What SQLite says, with what to do about it."""
    if isinstance(error, sqlite3.OperationalError):
        return StoreError(f"{where}: {_advice(str(error))}")
    return StoreError(
        f"{where} is damaged or not a database ({error}). Move it away and run "
        "“followthrough scan”: everything is read again from the mailbox."
    )


def _advice(said: str) -> str:
    if "locked" in said:
        return "another process is writing; try again in a moment."
    if "full" in said:
        return "the disk is full; nothing was changed. Free some space."
    if "readonly" in said or "read-only" in said:
        return "it is read-only; make it writable for you."
    return f"the database refuses ({said})."


def _migrate(connection: sqlite3.Connection, where: str) -> None:
    steps = sorted(
        (f for f in files(f"{__package__}.migrations").iterdir() if f.name.endswith(".sql")),
        key=lambda f: f.name,
    )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(steps):
        raise StoreError(
            f"{where} was written by a newer Followthrough (schema {version}, this one knows "
            f"{len(steps)}). Update followthrough."
        )
    for number, step in enumerate(steps[version:], start=version + 1):
        # A step and its record stand or fall together.
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{step.read_text(encoding='utf-8')}\n"
            f"PRAGMA user_version = {number};\nCOMMIT;"
        )
