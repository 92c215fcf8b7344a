"""The store, in one SQLite file: plain SQL, STRICT tables, one writer."""

from agent.adapters.sqlite.remembering import RememberingStore
from agent.adapters.sqlite.store import SqliteStore

__all__ = ["RememberingStore", "SqliteStore"]
