"""What sets the other steps off: a no, an offer, an empty chair, a date, references, before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.config.playbooks import read
from agent.domain.application import Application
from agent.domain.credit import done_by_hand
from agent.domain.facts import (
    Fact,
    Kind,
    Passing,
    Person,
    PersonRole,
    Thread,
    Told,
    TrustLevel,
    Word,
)
from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.plan import Plan, plan
from agent.domain.playbook import Playbook
from agent.domain.reconcile import PutTask, reconcile
from agent.domain.rules import Reference
from tests.making import ANN, MIA, RAJ, at, calendar, fact, own, rules, talk

S = FollowUpStatus
BALANCED = read("balanced", {})
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ)
)
OVER = fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00")
NO = fact(Kind.REJECTION, "2026-03-06T15:00")
OFFER = fact(Kind.OFFER, "2026-03-06T15:00")
GRACE = Reference("Grace Hill", "grace@works.example", language="de")


def wanted(
    *facts: Fact,
    had: Sequence[FollowUp] = (),
    now: str = "2026-03-06T15:00",
    playbook: Playbook = BALANCED,
    references: tuple[Reference, ...] = (),
) -> Plan:
    by = rules(playbook=playbook, references=references)
    return plan(Application.of(1, "home", facts), had, by, at(now))


def only(found: Plan, job: str) -> FollowUp:
    (one,) = [f for f in found.followups if f.does(job)]
    return one


def jobs(found: Plan) -> list[str]:
    return [f.job for f in found.followups]


def kinds(found: Plan) -> list[str]:
    return [t.kind for t in found.tasks]


def missed(when: str = "2026-03-04T15:20") -> Fact:
    """The user says that nobody came."""
    return Fact(
        kind=Word.SET,
        at=at(when),
        thread=Thread(None),
        subject="",
        from_=Person("Me", "me@home.example"),
        told=Told(talks=(at("2026-03-04T15:00"),), missed=True),
    )


# -- a no --------------------------------------------------------------------------------


def test_a_no_after_a_talk_is_answered_the_next_working_day() -> None:
    """Thanks, and a question that is easy to leave; slept over once."""
    note = only(wanted(INVITED, OVER, NO), "feedback")
    assert note.due_at == at("2026-03-09T13:00"), "the day after is a Saturday"
    assert note.template == "feedback"
    assert note.to == ("ann@acme.example",)


def test_a_no_without_a_talk_is_let_be() -> None:
    """Nobody there knows enough to say what was missing."""
    applied = fact(Kind.APPLICATION_RECEIVED, "2026-03-02T10:00")
    assert wanted(applied, NO).followups == ()


@pytest.mark.parametrize(
    "unsure",
    [replace(NO, confidence=0.7), replace(NO, trust=TrustLevel.SUSPICIOUS)],
    ids=["doubtful", "suspicious"],
)
def test_a_no_that_may_be_none_is_not_answered(unsure: Fact) -> None:
    """Nobody thanks for a rejection that was not one."""
    assert "feedback" not in jobs(wanted(INVITED, OVER, unsure))


def test_a_no_that_the_user_answered_by_hand_needs_no_draft() -> None:
    """And one that lies ready is counted as made by the user's own mail."""
    assert "feedback" not in jobs(wanted(INVITED, OVER, NO, own("2026-03-06T16:00")))
    ready = replace(
        only(wanted(INVITED, OVER, NO), "feedback"),
        status=S.DRAFTED,
        drafted_at=at("2026-03-09T13:00"),
    )
    app = Application.of(1, "home", (INVITED, OVER, NO))
    assert done_by_hand(app, (ready,), own("2026-03-09T15:00")) == (ready,)


def test_a_no_taken_back_ends_the_note_on_it() -> None:
    """An invitation reopens it: what was planned on the no is not wanted."""
    again = fact(Kind.INTERVIEW_REQUEST, "2026-03-07T15:00")
    assert "feedback" not in jobs(wanted(INVITED, OVER, NO, again, now="2026-03-07T16:00"))


def test_any_step_can_be_switched_off() -> None:
    """By name, whatever the playbook."""
    off = BALANCED.without(["feedback", "linkedin"])
    assert wanted(INVITED, OVER, NO, playbook=off).followups == ()
    assert kinds(wanted(INVITED, OVER, now="2026-03-04T19:00", playbook=off)) == []


# -- an offer ----------------------------------------------------------------------------


def test_an_offer_is_thanked_for_within_the_day() -> None:
    """Neither a yes nor a no; the answer stays a task of the user's."""
    found = wanted(INVITED, OVER, OFFER)
    note = only(found, "offer_thanks")
    assert note.due_at == at("2026-03-06T16:00")
    assert note.send_by - OFFER.at <= timedelta(hours=24)
    assert "answer" in kinds(found)


def test_an_offer_without_any_talk_is_thanked_for_too() -> None:
    """The note then speaks of the day of the offer."""
    assert only(wanted(OFFER), "offer_thanks").about == "2026-03-06"


def test_an_offer_that_was_answered_needs_no_thanks() -> None:
    """The user's own word came first."""
    assert "offer_thanks" not in jobs(wanted(INVITED, OVER, OFFER, own("2026-03-06T15:30")))


# -- an empty chair ----------------------------------------------------------------------


def test_nobody_came_is_written_about_half_an_hour_after_the_user_said_so() -> None:
    """To the contact, on the day of it; and there is nothing to thank for."""
    found = wanted(INVITED, missed(), now="2026-03-04T15:20")
    note = only(found, "no_show")
    assert note.due_at == at("2026-03-04T15:50")
    assert note.about == "2026-03-04"
    assert jobs(found) == ["no_show"]


def test_once_they_explain_themselves_nothing_is_asked() -> None:
    """Their mail, or the user's own, is about it already."""
    sorry = fact(Kind.STATUS_UPDATE, "2026-03-04T15:40")
    assert "no_show" not in jobs(wanted(INVITED, missed(), sorry, now="2026-03-04T15:45"))
    mine = own("2026-03-04T15:40")
    assert "no_show" not in jobs(wanted(INVITED, missed(), mine, now="2026-03-04T15:45"))


# -- references --------------------------------------------------------------------------


def test_each_reference_is_told_once_an_application() -> None:
    """After the first talk, in the language that the user writes to them in."""
    second = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-05T10:00", talk("2026-03-10T15:00"))
    found = wanted(INVITED, OVER, second, references=(GRACE,))
    note = only(found, "references")
    assert (note.to, note.about, note.language) == (("grace@works.example",), "2026-03-04", "de")


def test_a_word_to_a_reference_is_no_word_to_them() -> None:
    """The wait for theirs runs on, and a no is still answered."""
    told = own("2026-03-05T10:00", to=("grace@works.example",))
    found = wanted(INVITED, OVER, told, references=(GRACE,))
    assert only(found, "check_in").due_at == at("2026-03-11T13:00")
    late = own("2026-03-06T16:00", to=("grace@works.example",))
    assert "feedback" in jobs(wanted(INVITED, OVER, NO, late, references=(GRACE,)))


def test_without_references_there_is_nobody_to_tell() -> None:
    """Balanced asks for none."""
    found = wanted(INVITED, OVER, now="2026-03-04T19:00")
    assert "references" not in jobs(found)
    assert "references" not in kinds(found)


# -- tasks -------------------------------------------------------------------------------


def test_a_task_is_raised_when_its_time_comes_and_not_before() -> None:
    """And somebody is told when to look again."""
    early = wanted(INVITED, OVER, now="2026-03-04T17:00")
    assert kinds(early) == []
    assert early.wake_at == at("2026-03-04T18:00")
    assert kinds(wanted(INVITED, OVER, now="2026-03-04T18:00")) == ["linkedin"]


def test_a_task_that_nobody_did_is_not_asked_for_for_ever() -> None:
    """Two weeks later it is stale."""
    assert kinds(wanted(INVITED, OVER, now="2026-03-18T17:00")) == []


def test_everybody_met_is_invited_once() -> None:
    """Also who was met again in a second round."""
    both = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        talk("2026-03-05T15:00"),
        people=(ANN, RAJ, MIA),
    )
    keys = [t.key for t in wanted(both, OVER, now="2026-03-06T10:00").tasks]
    assert keys == ["1:linkedin:raj@acme.example", "1:linkedin:mia@acme.example"]


def test_nobody_known_is_nobody_to_invite() -> None:
    """A no-reply sender and no names: no invitation to nobody."""
    robot = Person("Acme", "no-reply@acme.example")
    bare = replace(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-02T10:00",
            talk("2026-03-04T15:00"),
            from_=robot,
            machine_sent=True,
        ),
        people=(),
    )
    assert "linkedin" not in kinds(wanted(bare, OVER, now="2026-03-04T19:00"))


def test_what_to_ask_is_gone_when_the_talk_begins() -> None:
    """Before it, and not in the night before."""
    asking = read("value-touch", {})
    assert kinds(wanted(INVITED, now="2026-03-04T03:00", playbook=asking)) == ["ask"]
    assert kinds(wanted(INVITED, now="2026-03-04T15:00", playbook=asking)) == []
    found = wanted(INVITED, now="2026-03-03T10:00", playbook=asking)
    assert found.wake_at is not None
    assert not calendar().quiet(found.wake_at)


def test_a_call_is_not_asked_for_once_they_wrote_and_again_when_they_fall_silent() -> None:
    """A task dropped by the plan may come back; one that the user did may not."""
    phoning = read("eight-hour", {})
    silent = wanted(INVITED, OVER, now="2026-03-11T14:00", playbook=phoning)
    (call,) = [t for t in silent.tasks if t.kind == "call"]
    reply = fact(Kind.STATUS_UPDATE, "2026-03-11T15:00")
    heard = wanted(INVITED, OVER, reply, now="2026-03-11T15:00", playbook=phoning)
    (dropped,) = _put(reconcile(heard, [], [call], why="", now=at("2026-03-11T15:00")), call.key)
    assert dropped.status is TaskStatus.DROPPED
    later = wanted(INVITED, OVER, reply, now="2026-03-18T14:00", playbook=phoning)
    assert _put(reconcile(later, [], [dropped], why="", now=at("2026-03-18T14:00")), call.key)
    done = replace(call, status=TaskStatus.DONE)
    assert not _put(reconcile(later, [], [done], why="", now=at("2026-03-18T14:00")), call.key)


def _put(actions: Sequence[object], key: str) -> list[Task]:
    return [a.task for a in actions if isinstance(a, PutTask) and a.task.key == key]


def test_after_the_end_the_user_is_told_to_look_elsewhere() -> None:
    """When the silence has closed it."""
    closed = fact(Passing.SILENCE, "2026-04-06T15:00")
    found = wanted(INVITED, OVER, closed, now="2026-04-06T16:00", playbook=read("patient", {}))
    assert kinds(found) == ["keep_searching"]
    assert found.followups == ()


# -- applications and silence ------------------------------------------------------------


def test_an_application_that_nobody_answers_can_be_asked_about() -> None:
    """By a step of the user's own; not once somebody has written."""
    own_book = read(
        "mine",
        {
            "mine": {
                "extends": "balanced",
                "steps": {
                    "nudge": {
                        "trigger": "application",
                        "template": "check_in.first",
                        "to": "contact",
                        "delay": "10wd",
                        "send_within": "3d",
                        "expires": "7d",
                    }
                },
            }
        },
    )
    applied = fact(Kind.APPLICATION_RECEIVED, "2026-03-02T15:00")
    note = only(wanted(applied, playbook=own_book), "nudge")
    assert note.due_at == at("2026-03-16T14:00"), "ten working days, in summer time by then"
    word = fact(Kind.STATUS_UPDATE, "2026-03-05T15:00")
    assert wanted(applied, word, playbook=own_book).followups == ()


def test_nobody_is_asked_while_an_answering_machine_says_they_are_away() -> None:
    """The check-in waits for the return, and then for a working day."""
    away = replace(
        fact(Kind.AUTO_REPLY, "2026-03-10T15:00", machine_sent=True),
        back_on=at("2026-03-21T00:00").date(),
    )
    note = only(wanted(INVITED, OVER, away, now="2026-03-10T16:00"), "check_in")
    assert note.due_at == at("2026-03-23T13:00"), "they are back on a Saturday"


def test_two_rounds_do_not_bring_two_check_ins_close_together() -> None:
    """The gap is to the person, not to the round."""
    second = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-12T10:00", talk("2026-03-13T15:00"), people=(ANN, RAJ)
    )
    over = fact(Passing.INTERVIEW_OVER, "2026-03-13T16:00")
    asked = only(wanted(INVITED, OVER, now="2026-03-11T14:00"), "check_in")
    gone = replace(asked, status=S.SENT, ended_at=at("2026-03-11T14:00"))
    note = only(wanted(INVITED, OVER, second, over, had=[gone], now="2026-03-13T17:00"), "check_in")
    assert note.about == "2026-03-13"
    assert note.due_at >= at("2026-03-21T04:00")


def test_a_check_in_brings_what_the_user_wants_to_pass_on() -> None:
    """Where no date was named, something useful says more than a question."""
    useful = Fact(
        kind=Word.NOTE,
        at=at("2026-03-05T10:00"),
        thread=Thread(None),
        subject="",
        from_=Person("Me", "me@home.example"),
        told=Told(talks=(at("2026-03-04T15:00"),), value="https://www.example.org/article"),
    )
    assert only(wanted(INVITED, OVER, useful), "check_in").template == "check_in.value"


# -- thank-yous by situation -------------------------------------------------------------


def _met(*people: Person) -> str:
    told = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        people=(ANN, *people),
    )
    return wanted(told, OVER, now="2026-03-04T16:10").followups[0].template


@pytest.mark.parametrize(
    ("title", "template"),
    [
        ("Talent Acquisition Partner", "thank_you.recruiter"),
        ("HR Manager", "thank_you.recruiter"),
        ("Senior Engineer", "thank_you.interviewer"),
        ("Product Manager", "thank_you.interviewer"),
        ("Engineering Manager", "thank_you.manager"),
        ("Head of Data", "thank_you.manager"),
        ("Abteilungsleiterin Einkauf", "thank_you.manager"),
        ("Directrice technique", "thank_you.manager"),
        ("Jefa de ventas", "thank_you.manager"),
        (None, "thank_you.interviewer"),
    ],
)
def test_the_situation_picks_the_thank_you(title: str | None, template: str) -> None:
    """Recruiter's screening, interviewer, or whom one would work for."""
    person = Person("Ida Cole", "ida@acme.example", title, PersonRole.INTERVIEWER)
    assert _met(person) == template


def test_a_panel_has_words_of_its_own() -> None:
    """For each of its members who is no manager."""
    assert _met(RAJ, MIA) == "thank_you.panel"


def test_the_managers_note_is_for_the_last_talk() -> None:
    """While another round is to come, it is a talk like others."""
    boss = Person("Ida Cole", "ida@acme.example", "Head of Data", PersonRole.INTERVIEWER)
    told = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        talk("2026-03-09T15:00"),
        people=(ANN, boss),
    )
    notes = wanted(told, now="2026-03-04T16:10").followups
    assert [f.template for f in notes] == ["thank_you.interviewer", "thank_you.manager"]
