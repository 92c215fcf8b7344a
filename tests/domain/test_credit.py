"""What a mail by hand makes unnecessary."""

from dataclasses import replace

from agent.domain.application import Application
from agent.domain.credit import done_by_hand
from agent.domain.facts import Fact, Kind, OwnAct, Passing
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.plan import plan
from tests.making import ANN, MIA, RAJ, at, fact, own, rules, talk

S = FollowUpStatus
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ, MIA)
)
OVER = fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00")


def had(*facts: Fact) -> tuple[Application, tuple[FollowUp, ...]]:
    app = Application.of(1, "home", facts)
    return app, plan(app, (), rules(), facts[-1].at).followups


def test_thanks_by_hand_count_for_the_one_thanked() -> None:
    """The other interviewer still gets their note."""
    app, notes = had(INVITED, OVER)
    mail = own("2026-03-04T18:00", OwnAct.THANKS, to=("raj@acme.example",))
    assert [f.to for f in done_by_hand(app, notes, mail)] == [("raj@acme.example",)]


def test_thanks_before_the_talk_are_for_the_invitation() -> None:
    """“Thanks, see you on Wednesday” is no thank-you note."""
    app, notes = had(INVITED)
    mail = own("2026-03-02T12:00", OwnAct.THANKS, to=("raj@acme.example",))
    assert done_by_hand(app, notes, mail) == ()


def test_a_late_thank_you_by_hand_still_counts() -> None:
    """Also where ours had lapsed."""
    app, notes = had(INVITED, OVER)
    lapsed = [replace(f, status=S.LAPSED) for f in notes if f.step == "thank_you"]
    mail = own("2026-03-06T10:00", OwnAct.THANKS, to=("mia@acme.example",))
    assert [f.to for f in done_by_hand(app, lapsed, mail)] == [("mia@acme.example",)]


def test_asking_how_things_stand_is_a_check_in() -> None:
    """To whomever of theirs it goes."""
    app, notes = had(INVITED, OVER)
    mail = own("2026-03-10T18:00", OwnAct.ASKS_STATUS)
    assert [f.step for f in done_by_hand(app, notes, mail)] == ["check_in"]


def test_an_ordinary_answer_is_no_check_in() -> None:
    """“Here are the documents” leaves the planned check-in planned."""
    app, notes = had(INVITED, OVER)
    assert done_by_hand(app, notes, own("2026-03-10T18:00")) == ()


def test_any_mail_to_them_overtakes_a_check_in_that_lies_ready() -> None:
    """Two mails within minutes would be one too many."""
    app, notes = had(INVITED, OVER)
    ready = [
        replace(f, status=S.DRAFTED, drafted_at=at("2026-03-11T13:00"))
        for f in notes
        if f.step == "check_in"
    ]
    mail = own("2026-03-11T14:00")
    assert [f.step for f in done_by_hand(app, ready, mail)] == ["check_in"]
