"""The memos to the user: when each is due, when it is none, and when it is left again."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from agent.domain.application import Application
from agent.domain.due import Delay
from agent.domain.facts import Fact, Kind
from agent.domain.memos import (
    Memo,
    MemoKind,
    MemoRules,
    MemoStatus,
    changes,
    memos_wanted,
)
from tests.making import ANN, RAJ, at, calendar, fact, talk

RULES = MemoRules()
# 10:00 to 11:00 in New York.
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00", uid="u1"),
    people=(ANN, RAJ),
)


def wanted(*facts: Fact, now: str = "2026-03-02T12:00", rules: MemoRules = RULES) -> list[Memo]:
    app = Application.of(1, "home", facts)
    return list(memos_wanted(app, rules, calendar(), 0.8, at(now)))


def due(memos: list[Memo]) -> list[tuple[str, str]]:
    local = calendar().local
    return [(n.kind.value, f"{local(n.due_at):%d %H:%M}") for n in memos]


def test_a_prep_note_the_evening_before_and_a_debrief_minutes_after() -> None:
    """On the user's clock."""
    assert due(wanted(INVITED)) == [("prep", "03 18:00"), ("debrief", "04 11:05")]


def test_both_can_be_put_elsewhere_and_switched_off() -> None:
    """By the configuration."""
    other = MemoRules(debrief_after=Delay(timedelta(minutes=30)), prep_at=time(20, 30))
    assert due(wanted(INVITED, rules=other)) == [("prep", "03 20:30"), ("debrief", "04 11:30")]
    assert due(wanted(INVITED, rules=MemoRules(prep=False))) == [("debrief", "04 11:05")]
    assert due(wanted(INVITED, rules=MemoRules(debrief=False))) == [("prep", "03 18:00")]


def test_one_debrief_for_the_talks_of_a_day() -> None:
    """After the last of them."""
    second = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-02T11:00", talk("2026-03-04T19:00", uid="u2"))
    assert due(wanted(INVITED, second)) == [("prep", "03 18:00"), ("debrief", "04 15:05")]


def test_an_interview_that_ends_at_night_is_asked_about_in_the_morning() -> None:
    """Never in the quiet hours."""
    late = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-05T02:30"))
    assert due(wanted(late))[-1] == ("debrief", "05 07:00")


def test_an_interview_fixed_on_the_very_day_is_prepared_at_once() -> None:
    """Its evening before is over; a quarter of an hour before it, it is too late."""
    now = "2026-03-04T13:00"
    assert [n.kind for n in wanted(INVITED, now=now)] == [MemoKind.PREP, MemoKind.DEBRIEF]
    assert [n.kind for n in wanted(INVITED, now="2026-03-04T14:46")] == [MemoKind.DEBRIEF]


@pytest.mark.parametrize(
    "word",
    [
        fact(Kind.INTERVIEW_CANCELLED, "2026-03-03T10:00"),
        fact(Kind.REJECTION, "2026-03-03T10:00"),
    ],
)
def test_no_notes_about_what_will_not_be(word: Fact) -> None:
    """Cancelled, or over before it came to it."""
    assert wanted(INVITED, word) == []


def test_no_notes_on_a_guess() -> None:
    """A doubtful interview is a question, not an appointment."""
    assert wanted(replace(INVITED, confidence=0.5)) == []


def test_an_old_interview_is_not_asked_about() -> None:
    """On a first start nothing is flooded."""
    assert wanted(INVITED, now="2026-03-06T12:00") == []


def test_looking_twice_changes_nothing() -> None:
    """What is planned as it should be is left alone."""
    memos = wanted(INVITED)
    assert changes(memos, ()) == tuple(memos)
    assert changes(memos, memos) == ()


def test_a_planned_note_goes_with_its_interview() -> None:
    """Nothing is laid then."""
    memos = wanted(INVITED)
    gone = changes((), memos)
    assert [n.status for n in gone] == [MemoStatus.DROPPED] * 2
    assert changes(memos, gone) == tuple(memos), "and comes back with it"


def test_a_moved_interview_gets_a_prep_note_of_its_new_time() -> None:
    """Once the first one lies in the inbox; before, the planned one simply moves."""
    prep = wanted(INVITED)[0]
    moved = fact(
        Kind.INTERVIEW_RESCHEDULED,
        "2026-03-03T23:30",
        talk("2026-03-04T19:00", uid="u1", sequence=1),
        people=(ANN, RAJ),
    )
    again = wanted(INVITED, moved, now="2026-03-03T23:30")[0]
    (planned,) = changes([again], [prep])
    assert planned.revision == 0
    laid = replace(prep, status=MemoStatus.LAID, laid_at=prep.due_at)
    (new,) = changes([again], [laid])
    assert (new.status, new.moved) == (MemoStatus.PLANNED, True)
    assert new.key != laid.key
    assert changes([again], [laid, replace(new, status=MemoStatus.LAID)]) == ()


def test_a_talk_after_the_debrief_is_asked_about_too() -> None:
    """They kept the user for one more; a correction of the past is no reason to ask again."""
    debrief = wanted(INVITED)[1]
    laid = replace(debrief, status=MemoStatus.LAID, laid_at=at("2026-03-04T16:05"))
    more = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-04T16:30", talk("2026-03-04T19:00", uid="u2"))
    (new,) = changes(wanted(INVITED, more, now="2026-03-04T16:30"), [laid])
    assert new.moved
    earlier = replace(debrief, starts=(at("2026-03-04T14:00"),))
    assert changes([earlier], [laid]) == ()
