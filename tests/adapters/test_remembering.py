"""The store of a replay: it remembers what it built, and tells the same as one that does not."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.adapters.sqlite import RememberingStore, SqliteStore
from agent.domain.facts import Kind
from agent.domain.followup import FollowUpStatus, Task, TaskStatus
from agent.domain.plan import plan
from tests.making import ANN, RAJ, at, fact, rules, talk

INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00", uid="u1", sequence=0),
    people=(ANN, RAJ),
    message_id="invited@acme.example",
)
NO = fact(Kind.REJECTION, "2026-03-06T10:00", message_id="no@acme.example")


def both() -> tuple[SqliteStore, SqliteStore]:
    return SqliteStore(None), RememberingStore()


@pytest.mark.parametrize("facts", [(INVITED, NO), (NO, INVITED)], ids=["in order", "a late one"])
def test_facts_add_up_to_the_same(facts: tuple) -> None:
    """Whether they come in the order of their time or not."""
    plain, remembering = both()
    for store in (plain, remembering):
        app = store.new_application(facts[0], "home")
        store.append_fact(app.id, facts[1])
    assert remembering.application(1) == plain.application(1)


def test_times_come_back_under_the_same_offsets() -> None:
    """A zone's name is lost on the way to disk; then it is lost here too."""
    there = replace(NO, at=NO.at.astimezone(ZoneInfo("Asia/Tokyo")))
    plain, remembering = both()
    for store in (plain, remembering):
        store.append_fact(store.new_application(INVITED, "home").id, there)
    told = [store.application(1).facts[-1].at.tzinfo for store in (plain, remembering)]
    assert str(told[0]) == str(told[1])


def test_what_was_undone_is_forgotten() -> None:
    """A transaction that fails leaves nothing behind, in memory neither."""
    store = RememberingStore()
    app = store.new_application(INVITED, "home")
    followup = plan(app, (), rules(), at("2026-03-02T11:00")).followups[0]
    store.put_followup(followup)
    assert store.followups(app.id) == [followup]
    with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
        store.append_fact(app.id, NO)
        store.put_followup(replace(followup, due_at=followup.due_at + timedelta(days=1)))
        raise RuntimeError
    assert store.application(app.id) == app
    assert store.followups(app.id) == [followup]
    assert store.followups_in(followup.status) == [followup]


def test_a_follow_up_is_found_under_its_present_status_alone() -> None:
    """One that was drafted is planned no more."""
    plain, remembering = both()
    for store in (plain, remembering):
        app = store.new_application(INVITED, "home")
        planned = plan(app, (), rules(), at("2026-03-02T11:00")).followups
        for followup in planned:
            store.put_followup(followup)
        store.put_followup(planned[0].moved(FollowUpStatus.WITHDRAWN, at=at("2026-03-02T12:00")))
    for status in FollowUpStatus:
        assert remembering.followups_in(status) == plain.followups_in(status)
    assert remembering.followups_in(*FollowUpStatus) == plain.followups_in(*FollowUpStatus)


def test_a_task_is_replaced_by_its_key() -> None:
    """Known before or not."""
    store = RememberingStore()
    app = store.new_application(INVITED, "home")
    task = Task("1:ask", app.id, "ask", "Ask.", at("2026-03-05T10:00"))
    store.put_task(task)
    assert store.tasks(app.id) == [task]
    done = replace(task, status=TaskStatus.DONE)
    store.put_task(done)
    assert store.tasks(app.id) == store.tasks() == [done]
