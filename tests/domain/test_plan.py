"""What an application wants, and what must be done about it: the playbook `balanced`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, OwnAct, Passing, Person, TrustLevel
from agent.domain.followup import FollowUp, FollowUpStatus, Task
from agent.domain.plan import Plan, plan
from agent.domain.reconcile import Put, PutTask, Withdraw, next_of, reconcile
from tests.making import ANN, MIA, RAJ, TOM, at, calendar, fact, own, rules, talk

S = FollowUpStatus
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00"),
    people=(ANN, RAJ),
    message_id="invited@acme.example",
)
OVER = fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00")


def wanted(*facts: Fact, had: Sequence[FollowUp] = (), now: str = "2026-03-04T16:30") -> Plan:
    return plan(Application.of(1, "home", facts), had, rules(), at(now))


def only(found: Plan, step: str) -> FollowUp:
    (one,) = [f for f in found.followups if f.step == step]
    return one


def sent(followup: FollowUp, when: str) -> FollowUp:
    return replace(followup, status=S.SENT, ended_at=at(when), drafted_at=followup.due_at)


# -- thank-you ---------------------------------------------------------------------


def test_a_thank_you_appears_a_quarter_of_an_hour_after_the_talk() -> None:
    """Queued soon after the end, on time for eight hours, too late after twenty-four."""
    note = only(wanted(INVITED, now="2026-03-02T11:00"), "thank_you")
    assert note.due_at == at("2026-03-04T16:15")
    assert note.send_by == at("2026-03-05T00:00"), "seven in the evening in New York"
    assert note.expires_at == at("2026-03-05T16:00")
    assert note.to == ("raj@acme.example",)


def test_each_interviewer_with_an_address_gets_a_note_of_their_own() -> None:
    """The one whose address is not known is thanked through the contact, by name."""
    panel = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        people=(ANN, RAJ, MIA, TOM),
    )
    notes = {f.to[0]: f for f in wanted(panel).followups}
    assert set(notes) == {"raj@acme.example", "mia@acme.example", "ann@acme.example"}
    assert notes["ann@acme.example"].mentions == ("Tom Hale",)
    assert notes["ann@acme.example"].template == "thank_you.pass_on"
    assert notes["raj@acme.example"].template == "thank_you.panel"
    assert len({f.nth for f in notes.values()}) == 3


def test_without_a_known_interviewer_the_contact_is_thanked() -> None:
    """An invitation that names nobody leaves the one who wrote it."""
    bare = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"))
    assert only(wanted(bare), "thank_you").to == ("ann@acme.example",)


def test_nobody_is_thanked_on_the_word_of_a_machine() -> None:
    """A no-reply sender and no names: there is nobody to write to."""
    robot = Person("Acme", "no-reply@acme.example")
    bare = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        from_=robot,
        machine_sent=True,
    )
    bare = replace(bare, people=())
    assert wanted(bare).followups == ()


def test_a_talk_that_ends_late_is_thanked_for_in_the_morning() -> None:
    """Never in quiet hours, and still with time to review it."""
    late = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-05T02:00"), people=(ANN, RAJ)
    )
    note = only(wanted(late), "thank_you")
    assert note.due_at == at("2026-03-05T12:00"), "seven in New York"
    assert note.send_by == at("2026-03-05T14:00")


def test_a_limit_in_the_night_is_the_evening_before() -> None:
    """Eight hours after a quarter past five is past one; the user sends it before ten."""
    evening = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T21:15"), people=(ANN, RAJ)
    )
    note = only(wanted(evening), "thank_you")
    assert note.send_by == at("2026-03-05T03:00"), "ten in the evening in New York"


def test_a_panel_over_two_days_is_thanked_for_twice() -> None:
    """The thank-you is for each day's talk."""
    both = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        talk("2026-03-05T15:00"),
        people=(ANN, RAJ),
    )
    assert [f.about for f in wanted(both).followups] == ["2026-03-04", "2026-03-05"]


@pytest.mark.parametrize(
    "unsure",
    [
        replace(INVITED, confidence=0.6),
        replace(INVITED, trust=TrustLevel.SUSPICIOUS),
    ],
    ids=["doubtful", "suspicious"],
)
def test_nothing_is_drafted_on_a_doubtful_or_suspicious_word(unsure: Fact) -> None:
    """Below the floor the user is asked; a pretender gets nothing at all."""
    assert wanted(unsure).followups == ()


def test_a_doubtful_interview_becomes_a_question() -> None:
    """The user is asked instead."""
    (task,) = wanted(replace(INVITED, confidence=0.6)).tasks
    assert task.kind == "confirm"


# -- check-ins -----------------------------------------------------------------------


def test_a_check_in_follows_a_week_after_the_thank_you() -> None:
    """No date stated: seven days after it was sent, on a working day at nine."""
    thanks = sent(only(wanted(INVITED), "thank_you"), "2026-03-04T18:00")
    note = only(wanted(INVITED, OVER, had=[thanks]), "check_in")
    assert note.due_at == at("2026-03-11T13:00"), "nine in New York, in summer time by then"
    assert note.to == ("ann@acme.example",)
    assert note.attempt == 1


def test_one_week_stated_is_day_ten() -> None:
    """Never before the date they named: three calendar days after it, on a working day."""
    invited = replace(INVITED, decision_by=at("2026-03-11T00:00").date())
    note = only(wanted(invited, OVER), "check_in")
    assert note.due_at == at("2026-03-16T13:00"), "the 14th is a Saturday"
    assert note.template == "check_in.after_date"


def test_a_date_named_later_moves_the_check_in() -> None:
    """Their newest word counts."""
    delay = fact(Kind.STATUS_UPDATE, "2026-03-10T10:00", decision_by="2026-03-27")
    note = only(wanted(INVITED, OVER, delay, now="2026-03-10T11:00"), "check_in")
    assert note.due_at == at("2026-03-30T13:00")


def test_a_reply_without_a_date_restarts_the_wait() -> None:
    """Seven days from their last word."""
    reply = fact(Kind.STATUS_UPDATE, "2026-03-10T15:00")
    note = only(wanted(INVITED, OVER, reply, now="2026-03-10T16:00"), "check_in")
    assert note.due_at == at("2026-03-17T13:00")


def test_an_out_of_office_restarts_nothing() -> None:
    """A machine's answer is not their word."""
    away = fact(Kind.AUTO_REPLY, "2026-03-10T15:00")
    note = only(wanted(INVITED, OVER, away, now="2026-03-10T16:00"), "check_in")
    assert note.due_at == at("2026-03-11T13:00")


def test_the_second_check_in_follows_ten_days_after_the_first() -> None:
    """Ten to fourteen days later: due after ten, on time until fourteen."""
    first = sent(only(wanted(INVITED, OVER), "check_in"), "2026-03-11T15:00")
    second = only(wanted(INVITED, OVER, had=[first], now="2026-03-12T10:00"), "check_in")
    assert second.attempt == 2
    assert second.due_at == at("2026-03-23T13:00"), "the 21st is a Saturday"
    assert second.send_by - second.due_at == timedelta(days=4)
    assert second.template == "check_in.second"


def test_a_date_named_is_asked_about_once_and_not_twice_on_one_day() -> None:
    """The check-in after the day is made; the second waits its ten days like any other."""
    delay = fact(Kind.STATUS_UPDATE, "2026-03-10T10:00", decision_by="2026-03-27")
    first = only(wanted(INVITED, OVER, delay, now="2026-03-10T11:00"), "check_in")
    gone = sent(first, "2026-03-30T13:30")
    mine = own("2026-03-30T13:30")
    found = wanted(INVITED, OVER, delay, mine, had=[gone], now="2026-03-30T13:30")
    assert only(found, "check_in").due_at == at("2026-04-09T13:00")


def test_a_check_in_by_hand_before_their_date_puts_the_next_past_both() -> None:
    """Neither before the day they named, nor days after the user asked."""
    invited = replace(INVITED, decision_by=at("2026-03-11T00:00").date())
    early = sent(only(wanted(invited, OVER), "check_in"), "2026-03-09T15:00")
    mine = own("2026-03-09T15:00", OwnAct.ASKS_STATUS)
    note = only(wanted(invited, OVER, mine, had=[early], now="2026-03-10T10:00"), "check_in")
    assert note.due_at == at("2026-03-19T13:00")


def test_a_word_after_their_date_has_passed_restarts_the_wait() -> None:
    """“A little longer, sorry” the day after: not asked again two days later."""
    invited = replace(INVITED, decision_by=at("2026-03-11T00:00").date())
    later = fact(Kind.STATUS_UPDATE, "2026-03-12T15:00")
    note = only(wanted(invited, OVER, later, now="2026-03-12T16:00"), "check_in")
    assert note.due_at == at("2026-03-19T13:00")


def test_a_task_handed_in_after_the_talk_waits_for_their_word() -> None:
    """Nothing while the user works on it; a week after it went in, a check-in."""
    task = fact(Kind.ASSESSMENT, "2026-03-09T15:00")
    found = wanted(INVITED, OVER, task, now="2026-03-09T16:00")
    assert [f.step for f in found.followups] == ["thank_you"]
    note = only(
        wanted(INVITED, OVER, task, own("2026-03-11T15:00"), now="2026-03-11T16:00"), "check_in"
    )
    assert note.due_at == at("2026-03-18T13:00")


def test_a_word_to_a_reference_hands_no_task_in() -> None:
    """The task still waits for the user, who is asked for it."""
    task = fact(Kind.ASSESSMENT, "2026-03-04T17:00")
    told = own("2026-03-04T18:00", to=("grace@works.example",))
    found = wanted(INVITED, OVER, task, told, now="2026-03-05T16:00")
    assert [f.step for f in found.followups] == ["thank_you"]
    assert [each.kind for each in found.tasks] == ["answer"]


def test_a_pretenders_word_restarts_no_wait() -> None:
    """A false "no" in the thread puts nothing off."""
    false = fact(Kind.REJECTION, "2026-03-10T15:00", trust=TrustLevel.SUSPICIOUS)
    note = only(wanted(INVITED, OVER, false, now="2026-03-10T16:00"), "check_in")
    assert note.due_at == at("2026-03-11T13:00")


def test_a_doubtful_answer_is_asked_about_before_anything_is_written() -> None:
    """It may have been a no; what the user writes next settles it."""
    unsure = fact(Kind.STATUS_UPDATE, "2026-03-10T15:00", confidence=0.7)
    found = wanted(INVITED, OVER, unsure, now="2026-03-10T16:00")
    assert [f.step for f in found.followups] == ["thank_you"]
    assert [t.kind for t in found.tasks] == ["confirm"]
    assert found.close_at is not None, "it does not stay open for ever"
    settled = wanted(INVITED, OVER, unsure, own("2026-03-11T15:00"), now="2026-03-11T16:00")
    assert not settled.tasks
    assert only(settled, "check_in").due_at == at("2026-03-18T13:00")


def test_a_time_that_the_user_named_and_they_confirmed_is_thanked_for() -> None:
    """ "Thursday at three works" – "Perfect, it is confirmed": neither mail alone fixes it."""
    ask = fact(Kind.INTERVIEW_REQUEST, "2026-03-01T10:00", people=(ANN,))
    pick = replace(own("2026-03-01T12:00"), interviews=(talk("2026-03-04T15:00"),))
    yes = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T15:00")
    note = only(wanted(ask, pick, yes, now="2026-03-02T10:00"), "thank_you")
    assert note.due_at == at("2026-03-04T16:15")


def test_a_time_that_they_only_seem_to_take_is_asked_about() -> None:
    """ "Great, talk to you then" may fix it: no note on that alone, but a question."""
    ask = fact(Kind.INTERVIEW_REQUEST, "2026-03-01T10:00", people=(ANN,))
    pick = replace(own("2026-03-01T12:00"), interviews=(talk("2026-03-04T15:00"),))
    fine = fact(Kind.STATUS_UPDATE, "2026-03-01T15:00")
    found = wanted(ask, pick, fine, now="2026-03-02T10:00")
    assert not found.followups
    assert [(t.kind, t.due_on) for t in found.tasks] == [("confirm", "2026-03-04")]


def test_a_date_named_leaves_no_doubt_that_all_is_open() -> None:
    """Whoever says when they will decide has not said no."""
    dated = fact(Kind.STATUS_UPDATE, "2026-03-10T15:00", confidence=0.7, decision_by="2026-03-13")
    found = wanted(INVITED, OVER, dated, now="2026-03-10T16:00")
    assert not found.tasks
    assert only(found, "check_in").due_at == at("2026-03-16T13:00")


def test_a_doubtful_no_ends_it_and_is_asked_about() -> None:
    """Nothing is drafted after what may be a no, and the user is told why."""
    unsure = fact(Kind.REJECTION, "2026-03-10T15:00", confidence=0.7)
    found = wanted(INVITED, OVER, unsure, now="2026-03-10T16:00")
    assert not found.followups
    assert "a no" in found.tasks[0].text


def test_a_calendar_entry_makes_nobody_the_contact() -> None:
    """The recruiter who wrote is asked, not the interviewer who sent the event."""
    event = talk("2026-03-04T15:00", uid="u1", sequence=0)
    invitation = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-02T11:00", event, from_=RAJ, people=(RAJ,))
    assert only(wanted(INVITED, invitation, OVER), "check_in").to == ("ann@acme.example",)


def test_a_question_which_application_is_meant_waits_for_the_user() -> None:
    """Planning settles its own tasks only."""
    which = Task("1:which:m", 1, "which", "Which?", at("2026-03-05T10:00"))
    assert reconcile(Plan(), (), [which], why="", now=at("2026-03-06T10:00")) == ()


def test_what_lies_in_drafts_is_not_what_comes_next() -> None:
    """A note that the user leaves unsent hides no later one."""
    thanks = replace(only(wanted(INVITED), "thank_you"), status=S.DRAFTED)
    check_in = only(wanted(INVITED, OVER), "check_in")
    assert next_of([thanks, check_in]) == check_in
    assert next_of([thanks]) is None


def test_two_check_ins_and_a_silence_close_it() -> None:
    """After the cap nothing more is wanted, and fourteen days later it closes."""
    first = sent(only(wanted(INVITED, OVER), "check_in"), "2026-03-11T15:00")
    second = sent(replace(first, key="2", attempt=2), "2026-03-23T15:00")
    found = wanted(INVITED, OVER, had=[first, second], now="2026-03-24T10:00")
    assert [f.step for f in found.followups] == ["thank_you"]
    assert found.close_at == at("2026-04-06T15:00")


def test_a_check_in_that_came_back_is_no_attempt() -> None:
    """The next goes to somebody else there, as the first that is read, once the bounce is known."""
    first = sent(only(wanted(INVITED, OVER), "check_in"), "2026-03-11T15:00")
    bounce = replace(fact(Kind.AUTO_REPLY, "2026-03-11T15:01"), bounced=("ann@acme.example",))
    note = only(wanted(INVITED, OVER, bounce, had=[first], now="2026-03-11T16:00"), "check_in")
    assert (note.to, note.attempt) == (("raj@acme.example",), 2)
    assert note.template == "check_in.first"
    assert note.due_at == at("2026-03-12T13:00")
    second = sent(note, "2026-03-12T15:00")
    later = wanted(INVITED, OVER, bounce, had=[first, second], now="2026-03-13T16:00")
    assert only(later, "check_in").attempt == 3, "and one more of the two that it may be"


def test_a_reply_after_the_cap_puts_off_the_end_but_adds_no_attempt() -> None:
    """The cap counts what was sent; a reply resets the wait alone."""
    first = sent(only(wanted(INVITED, OVER), "check_in"), "2026-03-11T15:00")
    second = sent(replace(first, key="2", attempt=2), "2026-03-23T15:00")
    reply = fact(Kind.STATUS_UPDATE, "2026-03-25T15:00")
    found = wanted(INVITED, OVER, reply, had=[first, second], now="2026-03-26T10:00")
    assert found.close_at == at("2026-04-08T15:00")
    assert not [f for f in found.followups if f.step == "check_in"]


def test_an_unsent_check_in_is_not_followed_by_another() -> None:
    """A draft left lying is not nagged about; the silence runs on all the same."""
    first = only(wanted(INVITED, OVER), "check_in")
    lying = replace(first, status=S.DRAFTED, drafted_at=first.due_at)
    found = wanted(INVITED, OVER, had=[lying], now="2026-03-30T10:00")
    assert only(found, "check_in").attempt == 1
    assert found.close_at == at("2026-04-04T13:00")


def test_with_nobody_to_write_to_the_user_is_told_once() -> None:
    """Not overdue for ever: a task, and an end."""
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
    found = wanted(bare, OVER, now="2026-03-12T10:00")
    assert [t.kind for t in found.tasks] == ["call"]
    assert found.close_at == at("2026-04-04T13:00")


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.OFFER, Kind.INTERVIEW_REQUEST])
def test_no_check_in_after_a_word_that_moves_it(kind: Kind) -> None:
    """A no, an offer, a question for times: nobody asks how things stand."""
    found = wanted(INVITED, OVER, fact(kind, "2026-03-06T10:00"), now="2026-03-20T10:00")
    assert not [f for f in found.followups if f.step == "check_in"]


def test_nothing_is_wanted_after_a_no() -> None:
    """Not even the thank-you that had not been written yet."""
    found = wanted(INVITED, OVER, fact(Kind.REJECTION, "2026-03-04T17:00"))
    assert found == Plan()


def test_nothing_is_wanted_once_the_user_withdrew() -> None:
    """Their own word ends it too."""
    found = wanted(INVITED, OVER, own("2026-03-05T10:00", OwnAct.WITHDRAWS))
    assert found == Plan()


# -- tasks ---------------------------------------------------------------------------


def test_a_question_for_times_is_a_task_until_the_user_answers() -> None:
    """Their question waits for the user; an answer of the user's own settles it."""
    asked = fact(Kind.INTERVIEW_REQUEST, "2026-03-02T10:00")
    assert [t.kind for t in wanted(asked).tasks] == ["answer"]
    assert wanted(asked, own("2026-03-02T12:00")).tasks == ()


# -- reconciling -----------------------------------------------------------------------


def test_planning_twice_changes_nothing() -> None:
    """What is there already is left alone."""
    first = wanted(INVITED, now="2026-03-02T11:00")
    again = reconcile(first, first.followups, first.tasks, why="", now=at("2026-03-02T12:00"))
    assert again == ()


def test_a_moved_talk_moves_its_planned_thank_you() -> None:
    """Same day, same note, another hour."""
    had = wanted(INVITED, now="2026-03-02T11:00").followups
    moved = fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T10:00", talk("2026-03-04T19:00"))
    (action,) = reconcile(
        wanted(INVITED, moved, now="2026-03-03T10:00"), had, [], why="", now=at("2026-03-03T10:00")
    )
    assert isinstance(action, Put)
    assert action.followup.due_at == at("2026-03-04T20:15")


def test_a_draft_no_longer_wanted_is_withdrawn_with_the_reason() -> None:
    """A rejection takes an untouched draft back; the edited one stays the user's."""
    note = only(wanted(INVITED), "thank_you")
    drafted = replace(note, status=S.DRAFTED, drafted_at=note.due_at)
    edited = replace(note, key="e", status=S.THEIRS, drafted_at=note.due_at)
    (action,) = reconcile(
        Plan(), [drafted, edited], [], why="they said no", now=at("2026-03-05T10:00")
    )
    assert action == Withdraw(drafted, "they said no")


def test_a_draft_made_before_their_reply_is_taken_back_and_planned_anew() -> None:
    """Their reply stops the pending check-in and restarts the wait; a new id for the new one."""
    note = only(wanted(INVITED, OVER), "check_in")
    drafted = replace(note, status=S.DRAFTED, drafted_at=note.due_at, message_id="old@x")
    reply = fact(Kind.STATUS_UPDATE, "2026-03-11T15:00")
    found = wanted(INVITED, OVER, reply, had=[drafted], now="2026-03-11T15:00")
    actions = reconcile(found, [drafted], found.tasks, why="they wrote", now=at("2026-03-11T15:00"))
    (action,) = [a for a in actions if isinstance(a, Withdraw)]
    assert action.then is not None
    assert action.then.status is S.PLANNED
    assert action.then.revision == 1
    assert action.then.message_id is None
    assert action.then.due_at == at("2026-03-18T13:00")


def test_a_step_that_the_user_declined_is_not_made_again() -> None:
    """A draft deleted unsent is a no to that step."""
    note = only(wanted(INVITED), "thank_you")
    declined = replace(note, status=S.DECLINED)
    assert reconcile(wanted(INVITED), [declined], [], why="", now=at("2026-03-04T17:00")) == ()


def test_a_task_that_is_settled_is_done() -> None:
    """It leaves the list by itself."""
    asked = fact(Kind.INTERVIEW_REQUEST, "2026-03-02T10:00")
    tasks = wanted(asked).tasks
    (action,) = reconcile(Plan(), [], tasks, why="", now=at("2026-03-02T12:00"))
    assert isinstance(action, PutTask)
    assert action.task.status == "done"


# -- over random histories ----------------------------------------------------------------

_KINDS = st.sampled_from(
    [
        Kind.STATUS_UPDATE,
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
        Kind.INTERVIEW_REQUEST,
        Kind.REJECTION,
        Kind.OFFER,
        Kind.AUTO_REPLY,
    ]
)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A few months of mail about one application."""
    start = at("2026-01-05T09:00")
    hours = sorted(draw(st.lists(st.integers(0, 24 * 90), min_size=1, max_size=8)))
    told = []
    for hour in hours:
        when = start + timedelta(hours=hour)
        kind = draw(_KINDS)
        interviews = ()
        if kind in (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED):
            begins = when + timedelta(hours=draw(st.integers(1, 200)))
            interviews = (talk(begins.replace(tzinfo=None).isoformat()),)
        stated = draw(st.one_of(st.none(), st.integers(0, 30)))
        made = fact(kind, when.replace(tzinfo=None).isoformat(), *interviews, people=(ANN, RAJ))
        if stated is not None and kind is Kind.STATUS_UPDATE:
            made = replace(made, decision_by=(when + timedelta(days=stated)).date())
        told.append(made)
    return told


@given(history=histories(), later=st.integers(0, 24 * 120))
def test_no_plan_breaks_the_rules(history: list[Fact], later: int) -> None:
    """Never in quiet hours, never before a stated date, never two of a kind, never after a no."""
    now: datetime = history[0].at + timedelta(hours=later)
    app = Application.of(1, "home", [f for f in history if f.at <= now])
    found = plan(app, (), rules(), now)
    for followup in found.followups:
        assert not calendar().quiet(followup.due_at)
        assert followup.due_at < followup.send_by <= followup.expires_at
        if followup.step == "check_in":
            assert calendar().works(calendar().local(followup.due_at).date())
            stated = app.decision
            if stated and stated.day >= datetime.fromisoformat(followup.about).date():
                assert calendar().local(followup.due_at).date() > stated.day
    keys = [f.key for f in found.followups]
    assert len(keys) == len(set(keys))
    if app.ended:
        assert found == Plan()


@given(history=histories())
def test_history_in_pieces_is_the_same_as_whole(history: list[Fact]) -> None:
    """Folding the facts one by one gives what folding them at once gives."""
    grown = Application(1, "home")
    for each in history:
        grown = grown.after(each)
    assert grown == Application.of(1, "home", history)
