"""The whole road from a mail to a reading: fields, limits, and that nothing raises."""

import itertools
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agent.domain.facts import InterviewStatus, Kind, OwnAct
from agent.mail.parse import parse
from agent.mail.read import read
from tests.mail.reading import USER, message, reading
from tests.mail.steps import steps

LONDON = ZoneInfo("Europe/London")


def test_an_invitation_in_prose_gives_time_people_employer_and_role() -> None:
    """What a careful reader would write down."""
    found = reading(
        "Hi Alex,\n\nYour interview for the Production Planner position is confirmed for Tuesday 12 May at 14:00 "
        "with Priya Nair, Plant Manager.\n\nBest,\nRuth Okafor\nTalent Partner\nHarbour Foods",
        subject="Interview with Harbour Foods",
    )
    assert found.kind is Kind.INTERVIEW_CONFIRMED
    assert found.company == "Harbour Foods"
    assert found.role == "Production Planner"
    assert [i.start for i in found.interviews] == [datetime(2026, 5, 12, 14, tzinfo=LONDON)]
    assert {p.name for p in found.people} == {"Ruth Okafor", "Priya Nair"}


def test_a_moved_interview_is_listed_at_its_new_time_alone() -> None:
    """The old time is history."""
    found = reading(
        "Your planner interview has to move from Tuesday 12 May at 14:00 to Wednesday 13 May at 10:00.",
        subject="Production planner interview",
    )
    assert [i.start for i in found.interviews] == [datetime(2026, 5, 13, 10, tzinfo=LONDON)]


def test_a_cancelled_interview_keeps_the_time_taken_away() -> None:
    """So that it can be found again."""
    found = reading(
        "I have to cancel your planner interview on Tuesday 12 May at 14:00.",
        subject="Production planner interview",
    )
    assert [(i.start, i.status) for i in found.interviews] == [
        (datetime(2026, 5, 12, 14, tzinfo=LONDON), InterviewStatus.CANCELLED)
    ]


def test_their_day_and_the_users_day_are_told_apart() -> None:
    """What is asked of the user by a day is no promise of theirs."""
    task = reading(
        "Please complete the attached coding exercise for the planner role and return it by Friday 15 May.",
        subject="Production planner",
    )
    news = reading(
        "Thank you for your time. We are still interviewing and you will hear from us by Friday 15 May.",
        subject="Re: Production planner",
    )
    assert (task.decision_by, task.answer_by) == (None, date(2026, 5, 15))
    assert (news.decision_by, news.answer_by) == (date(2026, 5, 15), None)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Thank you for the interview today, I enjoyed our conversation.", OwnAct.THANKS),
        ("I am following up on my application. Is there any news?", OwnAct.ASKS_STATUS),
        ("I would like to withdraw my application.", OwnAct.WITHDRAWS),
        ("Tuesday at 14:00 works for me, see you then.", OwnAct.ACCEPTS),
        ("Unfortunately I am not able to make Tuesday.", OwnAct.DECLINES),
    ],
)
def test_what_the_user_does_by_writing(text: str, act: OwnAct) -> None:
    """A mail by hand does the job of a draft."""
    found = reading(text, sender="Alex Moreno <alex@moreno.example>")
    assert act in found.own_acts


def test_mail_that_is_not_about_a_job_carries_nothing() -> None:
    """No employer is made of a shop."""
    found = reading("Your order has shipped.", sender="Shop <orders@shoply.example>")
    assert (found.kind, found.company, found.people) == (Kind.OTHER, None, ())


def test_a_no_reply_address_is_marked() -> None:
    """Nobody is to be written to there."""
    assert reading("Hello", sender="Quarrystone <no-reply@hire.lever.co>").machine_sent


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff\xfe", b"From: \r\n\r\n", b"Subject: =?x?q?", b"\r\n" * 500]
)
def test_nothing_raises(data: bytes) -> None:
    """Whatever the bytes are, there is a reading."""
    assert read(parse(data), USER).kind in Kind


@pytest.mark.parametrize(
    "piece",
    [
        "interview on ",
        "Aa ",
        "not moving ",
        "\n> x",
        "10:00 ",
        "A B, ",
        "the the ",
        "(((",
        "Dr. Mr. ",
    ],
)
def test_hostile_text_is_read_in_time(piece: str) -> None:
    """100 KB of one piece are cut: twice as much takes no more steps."""
    reading("warm the caches for the planner interview on Tuesday at 10:00", subject="Planner")
    head = "From: A B <a@b.example>\nTo: alex@moreno.example\nSubject: interview\n\n"
    half, whole = ((head + piece * (size // len(piece))).encode() for size in (50_000, 100_000))
    few = steps(lambda: read(parse(half), USER))
    assert steps(lambda: read(parse(whole), USER)) < 1.1 * few < 400_000


_MOVED = [
    "moved from Tuesday 3pm to Thursday 4pm, same time ",
    "on 17 and 18 November, at 9am and 2pm each day ",
    "Tuesday (9 or 10) Wednesday (9 or 3:30) ",
    "Tuesday at 3pm for 30 minutes, ",
    "10:00-10:30 [8:00-8:30] ",
    "Tuesday at 6 ",
    "mardi à 15 h ",
    ":\n",
]


@pytest.mark.parametrize("piece", _MOVED)
def test_a_hostile_letter_of_a_moved_talk_takes_few_steps(piece: str) -> None:
    """100 KB of times take as many steps as a few pages of them, not some for each pair of two."""
    _steps(piece, 2_000)  # the words of its language are read once
    assert _steps(piece, 100_000) < 2_000_000


#: Pieces that are another each time: {n} is a number, {name} a name that nobody else bears.
_MANY = [
    "From: {name}\n",
    "with {name} ",
    "{name} and {name} of the ",
    "il colloquio con la dott.ssa {name} alle ore {n} ",
    "{n}.{n}.",
    "{n}:",
    "the {n}th of ",
    "I can't make Monday {n} May at {n}pm. ",
    "Monday, {n} May at {n}:15\n",
]


@pytest.mark.parametrize("piece", _MANY)
def test_a_hostile_letter_of_different_things_takes_few_steps(piece: str) -> None:
    """Thousands of names, days or numbers are not held each against each, nor all looked at."""
    numbers = (1 + number % 28 for number in itertools.count())
    names = (
        f"Anna {a}{b}{c}son".title() for a, b, c in itertools.product("bdfgklmnprst", repeat=3)
    )
    filled = "".join(piece.format(n=n, name=name) for n, name in zip(numbers, names, strict=False))
    _steps(filled[:2_000], 2_000)
    assert _steps(filled, 100_000) < 1_000_000


def _steps(piece: str, size: int) -> int:
    """How many calls and returns the reading of a mail takes that repeats a piece."""
    mail = message(
        f"Thank you for your application {size}. Your interview for the planner has moved.\n"
        + (piece * (size // len(piece) + 1))[:size],
        subject="Re: interview",
    )
    return steps(lambda: read(mail, USER))


def test_a_mail_without_a_date_gives_no_day_of_the_epoch() -> None:
    """Its "Monday" could be any; that is said, and no time is made up."""
    data = (
        b"From: ann@northwind.example\r\nSubject: Interview for Buyer\r\n\r\n"
        b"Your interview is confirmed, see you on Monday at 10.\r\n"
    )
    found = read(parse(data), USER)
    assert [i.start for i in found.interviews if i.start] == []
    assert any("date" in problem for problem in found.problems)
