"""`RememberingStore`: a store in memory that keeps what it has built, for `replay`.

A replay asks for the same applications and follow-ups thousands of times, and nobody else
writes to its database; so what was read from JSON once is kept until it changes. Every value
still goes through JSON on its way in: it is the same, to the zone of each time, as from a
store on disk.
"""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from agent.adapters.sqlite.store import SqliteStore, kept_fact, kept_followup, kept_task
from agent.domain.application import Application
from agent.domain.facts import Fact
from agent.domain.followup import FollowUp, FollowUpStatus, Task


class RememberingStore(SqliteStore):
    """What is known, in memory alone."""

    def __init__(self) -> None:
        super().__init__(None)
        self._applications: dict[int, Application] = {}
        self._followups_of: dict[int, dict[str, FollowUp]] = {}
        self._tasks_of: dict[int, dict[str, Task]] = {}
        self._standing: dict[FollowUpStatus, dict[str, tuple[datetime, str, FollowUp]]] = {}
        self._status_of: dict[str, FollowUpStatus] = {}

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """As in the port; what was undone is forgotten."""
        try:
            with super().transaction():
                yield
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        self._applications.clear()
        self._followups_of.clear()
        self._tasks_of.clear()
        self._standing.clear()
        self._status_of.clear()
        for followup in super().followups_in(*FollowUpStatus):
            self._stand(followup)

    def _stand(self, followup: FollowUp) -> None:
        """Move a follow-up among those of its status."""
        before = self._status_of.get(followup.key)
        if before is not None:
            del self._standing[before][followup.key]
        self._status_of[followup.key] = followup.status
        standing = self._standing.setdefault(followup.status, {})
        standing[followup.key] = (followup.due_at, followup.key, followup)

    # -- applications --------------------------------------------------------------

    def append_fact(self, application_id: int, fact: Fact) -> Application:
        """Append a fact; what it adds up to follows from what was known, if the fact is newer."""
        before = self._applications.pop(application_id, None)
        if before is not None and before.facts[-1].at <= fact.at:
            self._applications[application_id] = before.after(kept_fact(fact))
        return super().append_fact(application_id, fact)

    def application(self, application_id: int) -> Application | None:
        """One application."""
        known = self._applications.get(application_id)
        if known is None:
            known = super().application(application_id)
            if known is not None:
                self._applications[application_id] = known
        return known

    # -- follow-ups and tasks --------------------------------------------------------

    def followups(self, application_id: int) -> Sequence[FollowUp]:
        """Every follow-up of an application, by due time."""
        mine = self._followups_of.get(application_id)
        if mine is None:
            mine = {f.key: f for f in super().followups(application_id)}
            self._followups_of[application_id] = mine
        return sorted(mine.values(), key=lambda f: (f.due_at, f.key))

    def put_followup(self, followup: FollowUp) -> None:
        """Insert or replace a follow-up by its key."""
        super().put_followup(followup)
        kept = kept_followup(followup)
        self._stand(kept)
        mine = self._followups_of.get(followup.application_id)
        if mine is not None:
            mine[followup.key] = kept

    def followups_in(self, *statuses: FollowUpStatus) -> Sequence[FollowUp]:
        """Every follow-up in one of those states, by due time."""
        found = [each for s in statuses for each in self._standing.get(s, {}).values()]
        # No two have one key, so that no follow-up is ever compared.
        return [followup for _, _, followup in sorted(found)]

    def tasks(self, application_id: int | None = None) -> Sequence[Task]:
        """Tasks of one application, or of all."""
        if application_id is None:
            return super().tasks()
        mine = self._tasks_of.get(application_id)
        if mine is None:
            mine = self._tasks_of[application_id] = {
                t.key: t for t in super().tasks(application_id)
            }
        return [mine[key] for key in sorted(mine)]

    def put_task(self, task: Task) -> None:
        """Insert or replace a task by its key."""
        super().put_task(task)
        mine = self._tasks_of.get(task.application_id)
        if mine is not None:
            mine[task.key] = kept_task(task)
