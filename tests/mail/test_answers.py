"""Short answers: lists of people, what mattered to whom, and by when they decide."""

from datetime import UTC, date, datetime

import pytest

from agent.domain.facts import Person, PersonRole
from agent.mail.answers import decision_day, meant_for, what_mattered, who_was_there

I = PersonRole.INTERVIEWER  # noqa: E741
KNOWN = (
    Person("Ann Lee", "ann@acme.example", None, I),
    Person("Raj Patel", None, None, I),
    Person("Dr. Jörg Müller", "jm@acme.example", None, I),
)
WEDNESDAY = datetime(2026, 12, 2, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("Ann and Raj", ["Ann Lee", "Raj Patel"]),
        ("ann, raj", ["Ann Lee", "Raj Patel"]),
        ("only Ann", ["Ann Lee"]),
        ("nur Ann", ["Ann Lee"]),
        ("Ann but not Raj", ["Ann Lee"]),
        ("without Raj", ["Ann Lee", "Dr. Jörg Müller"]),
        ("Raj couldn't make it", ["Ann Lee", "Dr. Jörg Müller"]),
        ("Jörg Müller et Ann", ["Dr. Jörg Müller", "Ann Lee"]),
        ("Herr Müller, Frau Schmidt", ["Dr. Jörg Müller", "Frau Schmidt"]),
        (
            "Nguyễn Thị Hoa, O'Brien & Tom van der Berg",
            ["Nguyễn Thị Hoa", "O'Brien", "Tom van der Berg"],
        ),
        ("ann, raj, a colleague from HR", ["Ann Lee", "Raj Patel"]),
        ("- Ann\n- Raj", ["Ann Lee", "Raj Patel"]),
        ("both", []),
        ("yes", []),
        ("keine Ahnung", []),
    ],
)
def test_who_was_there(answer: str, names: list[str]) -> None:
    """Those known by any part of their name, others by a name in capitals; nobody made up."""
    assert [p.name for p in who_was_there(answer, KNOWN).met] == names


def test_addresses_and_titles_beside_the_names() -> None:
    """In brackets, behind a dash, or after a comma."""
    said = "Ann Lee (CTO), Raj <raj@acme.example> and Bea Quist - Product Manager, Head of People"
    found = [(p.name, p.email, p.title) for p in who_was_there(said, KNOWN).met]
    assert found == [
        ("Ann Lee", "ann@acme.example", "CTO"),
        ("Raj Patel", "raj@acme.example", None),
        ("Bea Quist", None, "Product Manager"),
    ]


@pytest.mark.parametrize(
    "address",
    ["jobs@acme.example", "no-reply@acme.example", "a@b@c", "room-5@resource.calendar.google.com"],
)
def test_no_room_and_no_machine_becomes_a_person(address: str) -> None:
    """Nobody is thanked at an address that no person reads."""
    assert all(p.email is None for p in who_was_there(f"Ivy Chen <{address}>", ()).met)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (
            "Ann: quiet nights, Raj: tests",
            [("quiet nights", "ann@acme.example"), ("tests", "Raj Patel")],
        ),
        (
            "Ann - quiet nights\nRaj - tests",
            [("quiet nights", "ann@acme.example"), ("tests", "Raj Patel")],
        ),
        (
            "Ann really cares about on-call. She also wants juniors to grow",
            [("on-call", "ann@acme.example"), ("juniors to grow", "ann@acme.example")],
        ),
        ("Für Ann war Ruhe wichtig", [("Ruhe", "ann@acme.example")]),
        ("Pour Ann, la qualité", [("la qualité", "ann@acme.example")]),
        ("Wichtig war ihnen Termintreue", [("Termintreue", None)]),
        ("reliability; speed", [("reliability", None), ("speed", None)]),
        ("both: deadlines", [("deadlines", None)]),
        (
            "Raj worries about pages at night",
            [("how to deal with pages at night", "Raj Patel")],
        ),
        ("Raj sorgt sich um den Ausbau", [("eine gute Lösung für den Ausbau", "Raj Patel")]),
        ("Ann said tests matter most to her", [("tests", "ann@acme.example")]),
        ("Raj Patel cares about latency", [("latency", "Raj Patel")]),
        ("Ann was there too and cares about latency", [("latency", "ann@acme.example")]),
        ("Raj liked my talk", []),
        ("Ann was nice", []),
        ("no", []),
    ],
)
def test_what_mattered(answer: str, found: list[tuple[str, str | None]]) -> None:
    """As words that can stand after a colon in a mail to that person, or not at all."""
    matters, _ = what_mattered(answer, KNOWN)
    assert [(m.words, m.to) for m in matters] == found


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("They decide by Friday", date(2026, 12, 4)),
        ("within two weeks", date(2026, 12, 16)),
        ("end of next week", date(2026, 12, 11)),
        ("I hear by 2026-12-11", date(2026, 12, 11)),
        ("HR will call on Monday", date(2026, 12, 7)),
        ("second round next week, decision by Dec 18", date(2026, 12, 18)),
        ("Second round on Thursday", None),
        ("We met on Monday last week", None),
        ("no idea", None),
    ],
)
def test_the_day_by_which_they_decide(answer: str, day: date | None) -> None:
    """By the grammar of days; a past day and another talk's day are none."""
    assert decision_day(answer, WEDNESDAY, zone="Europe/Berlin", country="DE", language="en") == day


def test_whom_a_file_is_for() -> None:
    """By its own piece of the answer, else by the only name in it."""
    assert meant_for("slides for Raj; cv for Ann", "slides.pdf", KNOWN) == "Raj Patel"
    assert meant_for("slides for Raj; cv for Ann", "CV Ada.pdf", KNOWN) == "ann@acme.example"
    assert meant_for("the roadmap, for Ann", "IMG_1.jpg", KNOWN) == "ann@acme.example"
    assert meant_for("slides for Raj; cv for Ann", "other.pdf", KNOWN) is None
