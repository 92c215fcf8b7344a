"""The talks that a string of invitations, moves and cancellations leaves."""

from agent.domain.facts import InterviewStatus, Kind
from agent.domain.talks import Talks, ahead, merged, rounds
from tests.making import ANN, MIA, RAJ, TOM, ZONE, at, fact, talk


def after(*facts) -> Talks:
    talks: Talks = ()
    for each in facts:
        talks = merged(talks, each)
    return talks


def starts(talks: Talks) -> list[str]:
    return [t.start.isoformat()[:16] for t in talks if t.stands]


def test_an_invitation_makes_a_talk_with_its_interviewers() -> None:
    """A confirmed interview is a talk, and the interviewers named are who is met."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00"),
            people=(RAJ, ANN),
        )
    )
    assert starts(talks) == ["2026-03-04T15:00"]
    assert talks[0].who == ("raj@acme.example",)


def test_an_update_with_a_higher_sequence_moves_the_talk() -> None:
    """The same UID with a higher SEQUENCE replaces the time."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00", uid="u1", sequence=0),
            people=(RAJ,),
        ),
        fact(
            Kind.INTERVIEW_RESCHEDULED,
            "2026-03-02T10:00",
            talk("2026-03-05T16:00", uid="u1", sequence=1),
        ),
    )
    assert starts(talks) == ["2026-03-05T16:00"]
    assert talks[0].who == ("raj@acme.example",), "who is met stays, when the update names nobody"


def test_an_update_that_arrives_late_changes_nothing() -> None:
    """A lower SEQUENCE that arrives after a higher one is stale."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-05T16:00", uid="u1", sequence=2),
        ),
        fact(
            Kind.INTERVIEW_RESCHEDULED,
            "2026-03-02T10:00",
            talk("2026-03-04T15:00", uid="u1", sequence=1),
        ),
    )
    assert starts(talks) == ["2026-03-05T16:00"]


def test_one_sequence_is_ordered_by_stamp() -> None:
    """Of two updates with one SEQUENCE the later DTSTAMP counts, whichever arrives last."""
    new = talk("2026-03-05T16:00", uid="u1", sequence=0, stamp="2026-03-01T12:00")
    old = talk("2026-03-04T15:00", uid="u1", sequence=0, stamp="2026-03-01T09:00")
    talks = after(
        fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T12:01", new),
        fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T13:00", old),
    )
    assert starts(talks) == ["2026-03-05T16:00"]


def test_prose_and_calendar_of_one_talk_are_one() -> None:
    """A letter and a calendar event for the same time make one talk, with what either says."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00", None),
            people=(RAJ,),
        ),
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:05",
            talk("2026-03-04T15:00", 45, uid="u1", sequence=0),
            people=(MIA,),
        ),
    )
    assert starts(talks) == ["2026-03-04T15:00"]
    assert talks[0].interview.uid == "u1"
    assert set(talks[0].who) == {"raj@acme.example", "mia@acme.example"}


def test_a_reminder_changes_nothing() -> None:
    """The same time said again is the same talk."""
    invitation = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"))
    reminder = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-03T10:00", talk("2026-03-04T15:00"))
    assert len(after(invitation, reminder)) == 1


def test_prose_moves_the_next_talk_and_keeps_who_is_met() -> None:
    """A letter that names a new time moves the next talk ahead, also without a UID."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00", uid="u1", sequence=0),
            people=(RAJ,),
        ),
        fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T10:00", talk("2026-03-06T09:00")),
    )
    assert starts(talks) == ["2026-03-06T09:00"]
    assert talks[0].who == ("raj@acme.example",)


def test_a_wish_to_move_without_a_new_time_takes_the_talk_away() -> None:
    """When they ask to move it and name no time, nothing is fixed any more."""
    talks = after(
        fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00")),
        fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T10:00"),
    )
    assert starts(talks) == []


def test_the_one_time_that_they_ask_for_instead_is_the_new_time() -> None:
    """ "Can we make it Friday at nine?": the yes may never be in the mail."""
    friday = talk("2026-03-06T09:00", status=InterviewStatus.PROPOSED)
    talks = after(
        fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"), people=(RAJ,)),
        fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T10:00", friday),
    )
    assert starts(talks) == ["2026-03-06T09:00"]
    assert talks[0].who == ("raj@acme.example",)


def test_several_new_times_to_choose_from_fix_none() -> None:
    """The old time is gone, and which it will be is not said yet."""
    choice = [talk(f"2026-03-0{n}T09:00", status=InterviewStatus.PROPOSED) for n in (6, 7)]
    talks = after(
        fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00")),
        fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T10:00", *choice),
    )
    assert starts(talks) == []


def test_a_cancellation_takes_away_the_talk_that_it_names() -> None:
    """By UID, the one; the other round stands."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00", uid="u1", sequence=0),
            talk("2026-03-09T15:00", uid="u2", sequence=0),
        ),
        fact(
            Kind.INTERVIEW_CANCELLED,
            "2026-03-02T10:00",
            talk("2026-03-09T15:00", uid="u2", sequence=1, status=InterviewStatus.CANCELLED),
        ),
    )
    assert starts(talks) == ["2026-03-04T15:00"]


def test_slots_in_prose_stay_under_the_event_that_spans_them() -> None:
    """A panel's slots survive the one calendar event over them, and are cancelled with it."""
    slots = (
        talk("2026-03-04T15:00", 45, with_=("Raj Patel",)),
        talk("2026-03-04T15:45", 45, with_=("Tom Hale",)),
    )
    invited = fact(Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", *slots, people=(RAJ, TOM))
    event = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-01T10:10",
        talk("2026-03-04T15:00", 90, uid="u1", sequence=0),
    )
    talks = after(invited, event)
    assert [t.who for t in talks if t.stands] == [("raj@acme.example",), ("Tom Hale",)]
    gone = fact(
        Kind.INTERVIEW_CANCELLED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00", 90, uid="u1", sequence=1, status=InterviewStatus.CANCELLED),
    )
    assert starts(merged(talks, gone)) == []


def test_slots_after_the_event_replace_it() -> None:
    """A letter that lists the slots of an event known already gives each its own talk."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00", 90, uid="u1", sequence=0),
        ),
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:10",
            talk("2026-03-04T15:00", 45, with_=("Raj Patel",)),
            talk("2026-03-04T15:45", 45, with_=("Mia Wong",)),
            people=(RAJ, MIA),
        ),
    )
    assert starts(talks) == ["2026-03-04T15:00", "2026-03-04T15:45"]
    assert [t.who for t in talks] == [("raj@acme.example",), ("mia@acme.example",)]
    assert {t.interview.uid for t in talks} == {"u1"}


def test_talks_of_one_day_are_one_round_and_of_two_days_two() -> None:
    """A panel over two days is thanked for twice: the day is the user's."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00"),
            talk("2026-03-04T17:00"),
            talk("2026-03-05T15:00"),
        )
    )
    found = rounds(talks, ZONE)
    assert [(r.key, len(r.talks)) for r in found] == [("2026-03-04", 2), ("2026-03-05", 1)]
    assert found[0].end == at("2026-03-04T18:00")


def test_a_rejection_takes_away_what_was_still_ahead_only() -> None:
    """A no before the second round leaves the first, which took place, as it was."""
    talks = after(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-01T10:00",
            talk("2026-03-04T15:00"),
            talk("2026-03-09T15:00"),
        ),
        fact(Kind.REJECTION, "2026-03-06T10:00"),
    )
    assert starts(talks) == ["2026-03-04T15:00"]
    assert ahead(talks, at("2026-03-06T10:00")) == ()


def test_who_was_to_be_met_stays_when_a_cancelled_talk_gets_a_new_day() -> None:
    """ "Cancelled", and days later "moved to the 17th": the same people, also where one is named."""
    invited = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"), people=(RAJ, TOM)
    )
    cancelled = fact(Kind.INTERVIEW_CANCELLED, "2026-03-02T10:00", people=(ANN,))
    for kind in (Kind.INTERVIEW_RESCHEDULED, Kind.INTERVIEW_CONFIRMED):
        for named in ((ANN,), (ANN, RAJ)):
            again = fact(kind, "2026-03-05T10:00", talk("2026-03-10T15:00"), people=named)
            talks = after(invited, cancelled, again)
            assert starts(talks) == ["2026-03-10T15:00"]
            assert talks[-1].who == ("raj@acme.example", "Tom Hale")


def test_somebody_else_takes_the_place_of_those_of_a_cancelled_talk() -> None:
    """A new day with new people is met by these alone."""
    invited = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-01T10:00", talk("2026-03-04T15:00"), people=(RAJ,)
    )
    cancelled = fact(Kind.INTERVIEW_CANCELLED, "2026-03-02T10:00", people=(ANN,))
    again = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-05T10:00", talk("2026-03-10T15:00"), people=(MIA,)
    )
    assert after(invited, cancelled, again)[-1].who == ("mia@acme.example",)
