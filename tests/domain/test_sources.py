"""The rules of the five guides, one test a rule, named after its source.

Each shipped playbook follows one guide: value_touch ("Interview Follow Up"), eight_hour
("Maximize Post Interview Follow Up"), substance ("Job Seekers' Weakest Link"), protocol
(show appreciation, notify references, follow up professionally), patient ("How to Follow Up
after a Job Interview"); balanced reconciles them. What is asserted is what the planner does,
on a Wednesday in March in New York, unless the rule is about what is not done.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from agent.config.playbooks import read
from agent.domain.application import Application
from agent.domain.course import Stop, course
from agent.domain.due import Delay
from agent.domain.facts import Fact, Kind, Passing, Person, PersonRole
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.plan import Plan, plan
from agent.domain.playbook import Afterwards, Channel, Playbook, Recipient, Step, Trigger
from agent.domain.rules import Reference
from agent.playbooks import names, table
from tests.making import ANN, MIA, RAJ, TOM, at, calendar, fact, rules, talk

S = FollowUpStatus
ENDED = at("2026-03-04T16:00")
BOSS = Person("Ida Boss", "ida@acme.example", "Head of Engineering", PersonRole.INTERVIEWER)
GRACE = Reference("Grace Hill", "grace@works.example")


def playbook(name: str) -> Playbook:
    return read(name.replace("_", "-"), {})


def step(name: str, of: str) -> Step:
    (found,) = [s for s in playbook(of).steps if s.name == name]
    return found


def invited(*people: Person, decision_by: str | None = None) -> Fact:
    return fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        people=people or (ANN, RAJ),
        decision_by=decision_by,
    )


def wanted(
    of: str,
    *facts: Fact,
    had: Sequence[FollowUp] = (),
    now: str = "2026-03-04T16:30",
    references: tuple[Reference, ...] = (),
) -> Plan:
    told = facts or (invited(), fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00"))
    by = rules(playbook=playbook(of), references=references)
    return plan(Application.of(1, "home", told), had, by, at(now))


def stops(of: str, decision_by: date | None = None) -> tuple[Stop, ...]:
    """What the playbook does after the interview if nobody answers."""
    return course(ENDED, rules(playbook=playbook(of)), decision_by)


def days(of: str, name: str, decision_by: date | None = None) -> list[int]:
    """In days after the interview, when a step is made; "closed" for the end."""
    made = [s for s in stops(of, decision_by) if (s.step.name if s.step else "closed") == name]
    return [(calendar().local(s.at).date() - date(2026, 3, 4)).days for s in made]


def thanks(of: str, *people: Person) -> list[FollowUp]:
    return [f for f in wanted(of, invited(*people)).followups if f.does("thank_you")]


def tasks(of: str) -> dict[str, datetime]:
    return {s.step.channel.value: s.at for s in stops(of) if s.step and s.send_by is None}


# -- value-touch: thank at once, bring something of value ---------------------------------


def test_value_touch_thanks_at_once_by_email() -> None:
    """Minutes after the talk, to be sent within the same afternoon."""
    (note,) = thanks("value_touch")
    assert note.due_at - ENDED == timedelta(minutes=5)
    assert note.send_by - ENDED <= timedelta(hours=3)


def test_value_touch_writes_a_personal_note_to_each_interviewer() -> None:
    """Two who were met get two notes, in other sentences."""
    notes = thanks("value_touch", ANN, RAJ, MIA)
    assert [f.to for f in notes] == [("raj@acme.example",), ("mia@acme.example",)]
    assert len({f.nth for f in notes}) == 2


def test_value_touch_sends_express_mail_where_paper_is_preferred() -> None:
    """A card on the same day, for those who prefer it."""
    card = step("card", "value_touch")
    assert card.enabled
    assert "prefer paper" in card.note
    assert "express" in card.note
    assert tasks("value_touch")["card"] - ENDED < timedelta(days=1)


def test_value_touch_checks_in_on_day_ten_when_one_week_was_stated() -> None:
    """A little after the date, never on it."""
    named = date(2026, 3, 10)
    assert days("value_touch", "check_in", named)[0] == 6 + 3
    assert step("check_in", "value_touch").after_date == Delay.parse("3d")


def test_value_touch_checks_in_occasionally_without_a_date() -> None:
    """Now and then, never pushing: more than a week before the first, three between."""
    first, second, third = days("value_touch", "check_in")
    assert first >= 10
    assert second - first >= 21
    assert third - second >= 21


def test_value_touch_brings_something_of_value_each_time() -> None:
    """Not once "has it been decided?"."""
    asking = step("check_in", "value_touch")
    assert {asking.words(n) for n in range(1, 10)} == {"check_in.value"}


def test_value_touch_counts_no_attempts() -> None:
    """It goes on, at long distances."""
    asking = step("check_in", "value_touch")
    assert asking.afterwards is Afterwards.PERIODIC
    assert asking.most is None


def test_value_touch_takes_no_news_for_no_bad_news() -> None:
    """Silence closes nothing."""
    assert playbook("value_touch").close_after is None
    assert days("value_touch", "closed") == []


def test_value_touch_asks_next_steps_linkedin_and_a_card_before() -> None:
    """On the evening before, so that it is in mind."""
    before = [s for s in stops("value_touch") if s.at < ENDED - timedelta(hours=1)]
    assert [s.step.channel for s in before if s.step] == [Channel.ASK]


def test_value_touch_invites_on_linkedin_after() -> None:
    """Tied to the talk, on its day."""
    assert tasks("value_touch")["linkedin"] - ENDED < timedelta(hours=8)


def test_value_touch_keeps_searching_at_once() -> None:
    """The day after, not when all is lost."""
    assert tasks("value_touch")["keep_searching"] - ENDED <= timedelta(days=1)


# -- eight-hour: quick, personal, two attempts --------------------------------------------


def test_eight_hour_thanks_within_eight_hours_and_never_past_twenty_four() -> None:
    """The limit that is shown is the eighth hour, and the end the twenty-fourth."""
    (note,) = thanks("eight_hour")
    assert note.send_by - ENDED == timedelta(hours=8)
    assert note.expires_at - ENDED == timedelta(hours=24)


def test_eight_hour_has_thanks_passed_on_by_the_key_contact() -> None:
    """Each whose address is known; the others by name, through who set it up."""
    notes = {f.to[0]: f for f in thanks("eight_hour", ANN, RAJ, TOM)}
    assert set(notes) == {"raj@acme.example", "ann@acme.example"}
    assert notes["ann@acme.example"].template == "thank_you.pass_on"
    assert notes["ann@acme.example"].mentions == ("Tom Hale",)


def test_eight_hour_says_one_item_that_mattered_to_each() -> None:
    """Each situation has words of its own, that take in what mattered."""
    (note,) = thanks("eight_hour", ANN, RAJ)
    assert note.template == "thank_you.interviewer"
    (panel, _) = thanks("eight_hour", ANN, RAJ, MIA)
    assert panel.template == "thank_you.panel"


def test_eight_hour_adds_a_handwritten_note_by_post() -> None:
    """A quick mail now, and a card beside it."""
    assert tasks("eight_hour")["card"] - ENDED < timedelta(hours=8)
    assert "post" in step("card", "eight_hour").note


def test_eight_hour_follows_up_a_week_after_the_first_by_mail_and_phone() -> None:
    """To the primary contact."""
    assert days("eight_hour", "check_in")[0] == 7
    assert days("eight_hour", "call") == [7]
    assert step("check_in", "eight_hour").to is Recipient.CONTACT
    assert step("call", "eight_hour").to is Recipient.CONTACT


def test_eight_hour_asks_for_next_steps_and_timeline() -> None:
    """Still interested; what comes next, and when."""
    assert step("check_in", "eight_hour").words(1) == "check_in.first"


def test_eight_hour_makes_a_second_attempt() -> None:
    """And says so in other words."""
    assert len(days("eight_hour", "check_in")) == 2
    assert step("check_in", "eight_hour").words(2) == "check_in.second"


def test_eight_hour_makes_two_attempts_in_all() -> None:
    """No third, whatever happens."""
    assert step("check_in", "eight_hour").most == 2


def test_eight_hour_considers_it_closed_a_week_out() -> None:
    """Two follow-ups sent, a week without a hint: noted, and closed."""
    last = days("eight_hour", "check_in")[-1]
    assert days("eight_hour", "closed") == [last + 7]


def test_eight_hour_asks_next_steps_before() -> None:
    """On the evening before the talk."""
    assert tasks("eight_hour")["ask"] < ENDED - timedelta(hours=1)


def test_eight_hour_invites_on_linkedin_after() -> None:
    """Another sign of interest."""
    assert "linkedin" in tasks("eight_hour")


def test_eight_hour_uses_the_energy_elsewhere() -> None:
    """Once it is closed."""
    closed = next(s.at for s in stops("eight_hour") if s.step is None)
    assert tasks("eight_hour")["keep_searching"] >= closed


# -- substance: what it says counts most --------------------------------------------------


def test_substance_sends_a_thank_you_even_late() -> None:
    """None at all reads as no follow-through."""
    (note,) = thanks("substance")
    assert note.expires_at - note.send_by >= timedelta(days=5)


def test_substance_thanks_the_interviewers() -> None:
    """Those who were met."""
    assert [f.to for f in thanks("substance", ANN, RAJ)] == [("raj@acme.example",)]


def test_substance_lets_the_content_decide_by_post_or_by_email() -> None:
    """One letter is enough: no second channel is pressed upon the user."""
    assert not step("card", "substance").enabled
    assert step("thank_you", "substance").channel is Channel.MAIL


def test_substance_contacts_the_named_person_by_the_agreed_timeline() -> None:
    """The day after it is over, on a working day."""
    assert days("substance", "check_in", date(2026, 3, 11))[0] == 8
    assert step("check_in", "substance").to is Recipient.CONTACT


def test_substance_asks_for_the_date_before_leaving() -> None:
    """Time frame, whom to contact, and their details."""
    assert tasks("substance")["ask"] < ENDED - timedelta(hours=1)


def test_substance_does_not_take_rejection_lying_down() -> None:
    """How it is going is asked while still in the room."""
    assert tasks("substance")["ask_outcome"] < ENDED - timedelta(hours=1)


# -- protocol: appreciation, references, their date ---------------------------------------


def test_protocol_thanks_each_hiring_manager() -> None:
    """Not the colleague who sat in, where a title tells who hires."""
    assert [f.to for f in thanks("protocol", ANN, RAJ, BOSS)] == [("ida@acme.example",)]
    assert len(thanks("protocol", ANN, RAJ, MIA)) == 2, "no title tells"


def test_protocol_thanks_by_card_or_email() -> None:
    """One of the two: the mail."""
    assert not step("card", "protocol").enabled


def test_protocol_never_asks_before_the_date() -> None:
    """Once it has passed, they are written to or called."""
    named = date(2026, 3, 11)
    assert days("protocol", "check_in", named)[0] == 8
    assert days("protocol", "call", named) == [8]
    assert days("protocol", "call") == [], "no date, no call"


def test_protocol_waits_a_few_days_without_a_date() -> None:
    """Three working days: time to consider, and to call references."""
    assert days("protocol", "check_in")[0] == 5, "a weekend lies between"


def test_protocol_thanks_again_and_asks_what_else_they_need() -> None:
    """With words of its own."""
    assert step("check_in", "protocol").words(1) == "check_in.thanks"


def test_protocol_tells_the_references() -> None:
    """A draft to each that the configuration names; else a task."""
    found = wanted("protocol", references=(GRACE,), now="2026-03-04T19:00")
    assert [f.to for f in found.followups if f.does("references")] == [("grace@works.example",)]
    assert "references" not in [t.kind for t in found.tasks]
    assert "references" in [t.kind for t in wanted("protocol", now="2026-03-04T19:00").tasks]


# -- patient: wait, write, wait -----------------------------------------------------------


def test_patient_thanks_within_twenty_four_hours() -> None:
    """While it is fresh."""
    (note,) = thanks("patient")
    assert note.send_by - ENDED <= timedelta(hours=24)


def test_patient_thanks_the_interviewer_or_the_recruiter() -> None:
    """Whoever held the talk."""
    assert [f.to for f in thanks("patient", ANN, RAJ)] == [("raj@acme.example",)]
    assert [f.to for f in thanks("patient", ANN)] == [("ann@acme.example",)]


def test_patient_waits_a_week_to_a_week_and_a_half() -> None:
    """From the seventh day to half past the tenth."""
    first = next(s for s in stops("patient") if s.step and s.step.name == "check_in")
    waited = calendar().local(first.at).date() - date(2026, 3, 4)
    assert timedelta(days=7) <= waited <= timedelta(days=10)
    assert first.send_by
    assert first.send_by - ENDED <= timedelta(days=10, hours=12)


def test_patient_says_why_they_should_choose_you() -> None:
    """Still interested, why it fits, and what comes next."""
    assert step("check_in", "patient").words(1) == "check_in.first"


def test_patient_writes_again_after_one_and_a_half_to_two_weeks() -> None:
    """Eleven days, moved past a weekend, are at most fourteen."""
    first, second, third = days("patient", "check_in")
    assert 10.5 <= second - first <= 14
    assert 10.5 <= third - second <= 14


def test_patient_never_exceeds_four_attempts() -> None:
    """The thank-you and three more."""
    assert len(days("patient", "thank_you") + days("patient", "check_in")) == 4


def test_patient_accepts_it_and_moves_on() -> None:
    """Closed in the end, and on to the next one."""
    closed = next(s.at for s in stops("patient") if s.step is None)
    assert tasks("patient")["keep_searching"] >= closed


# -- balanced: what they agree on ---------------------------------------------------------


def test_balanced_thanks_within_eight_hours_and_never_past_twenty_four() -> None:
    """Queued soon after the end."""
    (note,) = thanks("balanced")
    assert note.due_at - ENDED == timedelta(minutes=15)
    assert note.send_by - ENDED == timedelta(hours=8)
    assert note.expires_at - ENDED == timedelta(hours=24)


def test_balanced_checks_in_three_days_after_their_date() -> None:
    """One week stated is day ten, moved to a working day."""
    assert days("balanced", "check_in", date(2026, 3, 9))[0] == 8
    assert days("balanced", "check_in", date(2026, 3, 11))[0] == 12, "the tenth is a Saturday"


def test_balanced_checks_in_seven_days_after_the_thank_you() -> None:
    """When they named no date."""
    assert days("balanced", "check_in")[0] == 7


def test_balanced_waits_ten_to_fourteen_days_for_the_second() -> None:
    """Days by the calendar, moved to a working one."""
    first, second = days("balanced", "check_in")
    assert 10 <= second - first <= 14


def test_balanced_makes_two_check_ins_then_closes() -> None:
    """Worded neutrally elsewhere: no answer."""
    assert len(days("balanced", "check_in")) == 2
    assert len(days("balanced", "closed")) == 1


# -- where a guide is silent --------------------------------------------------------------

#: The cells that hold a dash, as a playbook and what its file must leave alone.
SILENT = [
    ("eight-hour", "check_in", "after_date"),
    ("patient", "check_in", "after_date"),
    ("substance", "check_in", "template"),
    ("substance", "check_in", "again"),
    ("substance", "check_in", "cap"),
    ("protocol", "check_in", "again"),
    ("protocol", "check_in", "cap"),
    ("substance", "close", "after"),
    ("protocol", "close", "after"),
    ("patient", "card", "enabled"),
    ("patient", "ask", "enabled"),
    ("protocol", "ask", "enabled"),
    ("substance", "keep_searching", "enabled"),
    ("protocol", "keep_searching", "enabled"),
]


@pytest.mark.parametrize(("of", "name", "key"), SILENT)
def test_where_a_guide_is_silent_balanced_holds(of: str, name: str, key: str) -> None:
    """A shipped playbook says what its guide says, and nothing more."""
    own = table(of)
    said = own.get("close", {}) if name == "close" else own["steps"].get(name, {})
    assert key not in said
    assert own["extends"] == "balanced"


@pytest.mark.parametrize("name", names())
def test_no_playbook_asks_before_the_day_they_named(name: str) -> None:
    """Whether its guide speaks of dates or not."""
    named = date(2026, 3, 25)
    asked = [s for s in stops(name, named) if s.step and s.step.trigger is Trigger.SILENCE]
    assert asked
    assert all(calendar().local(s.at).date() > named for s in asked)


@pytest.mark.parametrize("name", names())
def test_every_playbook_answers_a_no_an_offer_and_an_empty_chair(name: str) -> None:
    """With one mail each."""
    for trigger in (Trigger.REJECTION, Trigger.OFFER, Trigger.NO_SHOW):
        assert playbook(name).step(trigger) is not None


def test_a_second_attempt_never_says_the_sentences_of_the_first() -> None:
    """Also where one template serves for all of them."""
    app = (invited(), fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00"))
    (first,) = [f for f in wanted("value_touch", *app).followups if f.does("check_in")]
    gone = replace(first, status=S.SENT, ended_at=first.due_at)
    (second,) = [f for f in wanted("value_touch", *app, had=[gone]).followups if f.attempt == 2]
    assert first.template == second.template
    assert first.nth != second.nth
