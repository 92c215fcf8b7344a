"""The table of stages."""

import pytest

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, OwnAct, Passing, TrustLevel
from agent.domain.lifecycle import ENDED, TRANSITIONS, Stage, advance, diagram, reopens
from tests.making import fact, own, talk


def stage(*facts: Fact) -> Stage | None:
    return Application.of(1, "home", facts).stage


CONFIRMED = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"))
OVER = fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00")


def test_every_stage_has_a_row() -> None:
    """No stage is a place that nothing leads out of by mistake."""
    assert set(TRANSITIONS) == {None, *Stage}


@pytest.mark.parametrize("kind", [Kind.OTHER, Kind.JOB_ALERT, Kind.AUTO_REPLY, Kind.OWN])
@pytest.mark.parametrize("before", [None, *Stage])
def test_a_mail_about_nothing_moves_nothing(before: Stage | None, kind: Kind) -> None:
    """Ordinary mail, digests, answering machines and the user's own mail change no stage."""
    assert advance(before, kind) == before


@pytest.mark.parametrize("before", sorted(ENDED))
def test_an_offer_reopens_whatever_had_ended(before: Stage) -> None:
    """Good news is never ignored because the books were closed."""
    after = advance(before, Kind.OFFER)
    assert after is Stage.OFFER
    assert reopens(before, after)


def test_a_whole_hunt_runs_through_its_stages() -> None:
    """Applied, asked, fixed, over, silent, closed; and open again when they write."""
    told = [
        fact(Kind.APPLICATION_RECEIVED, "2026-02-20T10:00"),
        fact(Kind.INTERVIEW_REQUEST, "2026-02-25T10:00"),
        CONFIRMED,
        OVER,
        fact(Passing.SILENCE, "2026-04-10T10:00"),
        fact(Kind.STATUS_UPDATE, "2026-04-20T10:00"),
    ]
    stages = [stage(*told[: n + 1]) for n in range(len(told))]
    assert stages == [
        Stage.APPLIED,
        Stage.SCHEDULING,
        Stage.INTERVIEW_SCHEDULED,
        Stage.INTERVIEWED,
        Stage.CLOSED_NO_ANSWER,
        Stage.INTERVIEWED,
    ]


def test_one_of_two_talks_cancelled_leaves_the_other_scheduled() -> None:
    """The stage follows the talks that stand."""
    second = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-01T11:00", talk("2026-03-09T15:00", uid="u2", sequence=0)
    )
    gone = fact(
        Kind.INTERVIEW_CANCELLED, "2026-03-02T10:00", talk("2026-03-09T15:00", uid="u2", sequence=1)
    )
    assert stage(CONFIRMED, second, gone) is Stage.INTERVIEW_SCHEDULED


def test_the_only_talk_cancelled_waits_for_a_new_time() -> None:
    """Cancelled with no new time is scheduling again."""
    assert stage(CONFIRMED, fact(Kind.INTERVIEW_CANCELLED, "2026-03-02T10:00")) is Stage.SCHEDULING


def test_a_wish_to_move_without_a_time_is_scheduling() -> None:
    """Moved to no time yet."""
    moved = fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-02T10:00")
    assert stage(CONFIRMED, moved) is Stage.SCHEDULING


def test_a_pretender_moves_nothing_that_is_real() -> None:
    """A suspicious rejection is recorded, and changes no stage."""
    false = fact(Kind.REJECTION, "2026-03-02T10:00", trust=TrustLevel.SUSPICIOUS)
    assert stage(CONFIRMED, false) is Stage.INTERVIEW_SCHEDULED


def test_the_user_can_withdraw() -> None:
    """Their own word ends it."""
    assert stage(CONFIRMED, own("2026-03-02T10:00", OwnAct.WITHDRAWS)) is Stage.WITHDRAWN


def test_the_diagram_names_every_stage() -> None:
    """What the documentation shows is the table."""
    drawn = diagram()
    assert all(each.value in drawn for each in Stage)
