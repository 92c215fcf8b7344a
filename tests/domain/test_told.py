"""The user's own word: it goes over what mail says, and moves only what it is about."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from agent.domain.application import Application
from agent.domain.facts import (
    Fact,
    InterviewStatus,
    Kind,
    Mattered,
    Person,
    PersonRole,
    Thread,
    Told,
    Word,
)
from agent.domain.lifecycle import Stage
from agent.domain.plan import plan
from agent.domain.told import personal
from tests.making import ANN, RAJ, TOM, ZONE, at, fact, rules, talk

TALK = at("2026-03-04T15:00")
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ, TOM)
)
IVY = Person("Ivy Chen", "ivy@acme.example", None, PersonRole.INTERVIEWER)


def said(when: str, told: Told, *, decision_by: date | None = None) -> Fact:
    """The user's word, at that time."""
    return Fact(
        kind=Word.SET,
        at=at(when),
        thread=Thread(None),
        subject="",
        from_=Person(None),
        told=told,
        decision_by=decision_by,
    )


def after(*facts: Fact) -> Application:
    return Application.of(1, "home", facts)


def stands(app: Application) -> list[datetime]:
    return [t.start for t in app.talks if t.stands]


def test_who_was_there_replaces_who_was_announced() -> None:
    """They named them all: Tom was not there, Ivy was."""
    app = after(INVITED, said("2026-03-04T17:00", Told((TALK,), (RAJ, IVY), met_only=True)))
    assert app.talks[0].who == ("raj@acme.example", "ivy@acme.example")
    assert IVY in app.people


def test_one_more_interviewer_joins_the_others() -> None:
    """`set interviewer` adds; it takes nobody away."""
    app = after(INVITED, said("2026-03-03T17:00", Told((TALK,), (IVY,))))
    assert app.talks[0].who == ("raj@acme.example", "Tom Hale", "ivy@acme.example")


def test_an_address_that_was_missing_makes_a_note_of_its_own() -> None:
    """Tom was known by name; he is one person afterwards, and gets one thank-you."""
    tom = replace(TOM, email="tom@acme.example")
    app = after(INVITED, said("2026-03-04T17:00", Told((TALK,), (tom,))))
    assert app.talks[0].who == ("raj@acme.example", "tom@acme.example")
    to = [f.to for f in plan(app, (), rules(), at("2026-03-04T17:00")).followups]
    assert to.count(("tom@acme.example",)) == 1


def test_the_users_date_moves_the_plan() -> None:
    """As a date in a mail would; `none` takes it back."""
    app = after(INVITED, said("2026-03-04T17:00", Told(), decision_by=date(2026, 3, 20)))
    assert app.decision is not None
    assert app.decision.day == date(2026, 3, 20)
    app = app.after(said("2026-03-05T17:00", Told(decides=False)))
    assert app.decision is None


def test_what_the_user_named_no_mail_renames() -> None:
    """A longer name in a later mail does not win over the user's."""
    app = after(INVITED, said("2026-03-03T09:00", Told(company="ACME", role="Lead Engineer")))
    later = fact(
        Kind.STATUS_UPDATE,
        "2026-03-05T10:00",
        company="ACME Robotics Inc",
        role="Lead Engineer Platform",
    )
    app = app.after(later)
    assert (app.company, app.role) == ("ACME", "Lead Engineer")


def test_nobody_came() -> None:
    """The talk is taken away, it is kept apart, and a new time is looked for."""
    app = after(INVITED, said("2026-03-04T16:30", Told((TALK,), missed=True)))
    assert stands(app) == []
    assert [t.start for t in app.missed] == [TALK]
    assert app.stage is Stage.SCHEDULING
    assert plan(app, (), rules(), at("2026-03-04T18:00")).followups == ()


def test_a_doubtful_interview_is_settled_by_a_yes() -> None:
    """A thank-you is planned, and the question is gone."""
    doubtful = replace(INVITED, confidence=0.5)
    assert plan(after(doubtful), (), rules(), at("2026-03-03T10:00")).tasks
    app = after(doubtful, said("2026-03-03T10:00", Told((TALK,), holds=True)))
    wanted = plan(app, (), rules(), at("2026-03-03T11:00"))
    assert wanted.tasks == ()
    assert wanted.followups


def test_a_doubtful_interview_is_settled_by_a_no() -> None:
    """It never was one."""
    app = after(
        replace(INVITED, confidence=0.5), said("2026-03-03T10:00", Told((TALK,), holds=False))
    )
    assert app.talks[0].interview.status is InterviewStatus.CANCELLED
    assert app.stage is Stage.SCHEDULING


def test_a_talk_arranged_by_phone_is_one_more() -> None:
    """The user names a time that no mail does."""
    request = fact(Kind.INTERVIEW_REQUEST, "2026-03-02T10:00")
    app = after(request, said("2026-03-02T12:00", Told(moved_to=at("2026-03-06T14:00"))))
    assert stands(app) == [at("2026-03-06T14:00")]
    assert app.stage is Stage.INTERVIEW_SCHEDULED


def test_a_time_for_a_known_talk_moves_it() -> None:
    """With its length and its people."""
    app = after(INVITED, said("2026-03-02T12:00", Told((TALK,), moved_to=at("2026-03-06T14:00"))))
    (moved,) = app.talks
    assert (moved.start, moved.end) == (at("2026-03-06T14:00"), at("2026-03-06T15:00"))
    assert "raj@acme.example" in moved.who


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.OFFER, Stage.WITHDRAWN])
def test_the_user_names_the_stage(stage: Stage) -> None:
    """They rang; nothing of it is in any mail."""
    assert after(INVITED, said("2026-03-05T12:00", Told(stage=stage.value))).stage is stage


def test_a_stage_named_by_hand_settles_a_doubtful_no() -> None:
    """The question whether it is a no is answered."""
    unsure = fact(Kind.REJECTION, "2026-03-06T10:00", confidence=0.5)
    assert [
        t.kind for t in plan(after(INVITED, unsure), (), rules(), at("2026-03-06T11:00")).tasks
    ] == ["confirm"]
    app = after(INVITED, unsure, said("2026-03-06T12:00", Told(stage="interviewed")))
    assert plan(app, (), rules(), at("2026-03-06T13:00")).tasks == ()
    assert app.stage is Stage.INTERVIEWED


def test_an_address_that_bounces_is_written_to_no_more() -> None:
    """By name only from then on, also when a later invitation lists it again."""
    bounced = replace(fact(Kind.AUTO_REPLY, "2026-03-04T18:00"), bounced=("raj@acme.example",))
    app = after(INVITED, bounced)
    assert app.talks[0].who == ("Raj Patel", "Tom Hale")
    assert app.person("Raj Patel") == replace(RAJ, email=None)
    again = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-05T10:00", talk("2026-03-09T15:00"), people=(ANN, RAJ)
    )
    app = app.after(again)
    assert all("raj@acme.example" not in t.who for t in app.talks)
    to = {e for f in plan(app, (), rules(), at("2026-03-05T11:00")).followups for e in f.to}
    assert to == {"ann@acme.example"}


def test_a_contact_whose_address_bounces_is_not_the_contact() -> None:
    """Nobody is written to at an address that mail does not reach."""
    bounced = replace(fact(Kind.AUTO_REPLY, "2026-03-04T18:00"), bounced=("ann@acme.example",))
    contact = after(INVITED, bounced).contact()
    assert contact is not None
    assert contact.email == "raj@acme.example"


def test_an_answering_machine_says_when_somebody_is_back() -> None:
    """The last one counts, and only for its owner."""
    away = replace(fact(Kind.AUTO_REPLY, "2026-03-04T18:00"), back_on=date(2026, 3, 20))
    app = after(INVITED, away)
    assert app.away_until(("ann@acme.example",)) == date(2026, 3, 20)
    assert app.away_until(("raj@acme.example",)) is None


def test_what_mattered_to_one_is_not_told_to_another() -> None:
    """What is meant for nobody in particular is for whoever has nothing of their own."""
    told = Told(
        (TALK,),
        matters=(Mattered("fewer pages at night", "raj@acme.example"), Mattered("tests")),
        plan="start small",
    )
    facts = (INVITED, said("2026-03-04T17:00", told))
    assert personal(facts, RAJ, "2026-03-04", ZONE).matters == ("fewer pages at night",)
    assert personal(facts, TOM, "2026-03-04", ZONE).matters == ("tests",)
    assert personal(facts, TOM, "2026-03-11", ZONE).matters == (), "another day, another talk"
