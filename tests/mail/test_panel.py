"""A panel that a mail lists: each slot with its people, its start and its end."""

import pytest

from agent.domain.facts import Kind
from agent.mail.message import Reading
from agent.mail.read import read
from tests.mail.reading import USER, message

# The mails are sent on Friday 8 May 2026 at 09:00 in London.
TWO_DAYS = """Dear Alex,

we are pleased to confirm your interviews.

Tuesday, 12 May 2026
10:00 - 11:00 Dr. Lena Vogt
11:00 - 12:00 Tom Hale

Wednesday, 13 May 2026
09:30 - 10:30 Mia Wong
14:00 - 15:00 Dr. Lena Vogt
"""
OF_TWO_DAYS = [
    "12 10:00-11:00 Dr. Lena Vogt",
    "12 11:00-12:00 Tom Hale",
    "13 09:30-10:30 Mia Wong",
    "13 14:00-15:00 Dr. Lena Vogt",
]


def panel(text: str) -> Reading:
    """What is read from a mail that fixes talks."""
    return read(message(text, subject="Your interviews"), USER, kind=Kind.INTERVIEW_CONFIRMED)


def slots(text: str) -> list[str]:
    """Each slot as day of May, start, end and people."""
    found = []
    for talk in panel(text).interviews:
        assert talk.start
        until = f"-{talk.end:%H:%M}" if talk.end else ""
        found.append(f"{talk.start:%d %H:%M}{until} {', '.join(talk.with_)}")
    return found


def test_each_slot_of_a_panel_over_two_days_gets_its_own_people() -> None:
    """Headings of days, then lines of hours with names: who sits in which talk is kept."""
    assert slots(TWO_DAYS) == OF_TWO_DAYS


@pytest.mark.parametrize(
    "line",
    [
        "10:00 - 11:00: Dr. Lena Vogt, Head of Lab",
        "10:00-11:00 Dr. Lena Vogt (Head of Lab)",
        "10:00 | 11:00 | Dr. Lena Vogt | Head of Lab",
        "| 10:00 - 11:00 | Dr. Lena Vogt | Head of Lab |",
        "- *10:00 - 11:00:* Dr. Lena Vogt, Head of Lab",
        "**10:00 – 11:00** – Dr. Lena Vogt, Head of Lab",
        "Dr. Lena Vogt, Head of Lab: 10:00 - 11:00",
        "10:00 - 11:00 Technical interview with Dr. Lena Vogt, Head of Lab",
        "10:00 - 11:00 System Design (Dr. Lena Vogt, Head of Lab)",
        "10:00 - 11:00 Head of Lab: Dr. Lena Vogt",
        "10:00 (UK) - 11:00 (UK) Dr. Lena Vogt, Head of Lab",
        "10:00 - 11:00\nDr. Lena Vogt, Head of Lab",
        "10:00 - 11:00\n\nDr. Lena Vogt, Head of Lab",
    ],
)
def test_a_slot_is_read_however_its_line_is_laid_out(line: str) -> None:
    """Columns, bold text, brackets and names before or below the time say the same."""
    text = f"Your interviews are confirmed.\n\nTuesday 12 May\n{line}\n\nWednesday 13 May\n9:30 - 10:30 Mia Wong\n"
    assert slots(text) == ["12 10:00-11:00 Dr. Lena Vogt", "13 09:30-10:30 Mia Wong"]
    lena = next(p for p in panel(text).people if p.name == "Dr. Lena Vogt")
    assert lena.title == "Head of Lab"


def test_an_end_in_a_column_of_its_own_is_no_start() -> None:
    """ "10:00 | 11:00 | Ann" is one talk, not two."""
    text = (
        "Your interviews on Tuesday 12 May:\n\n10:00 | 11:00 | Mia Wong\n11:00 | 12:00 | Tom Hale\n"
    )
    assert slots(text) == ["12 10:00-11:00 Mia Wong", "12 11:00-12:00 Tom Hale"]


def test_bold_hours_are_read_as_hours() -> None:
    """Mail programs write bold text between stars; the first hour is the start all the same."""
    text = "Your interviews on Tuesday 12 May:\n\n*10:00* - *11:00* Mia Wong\n*11:30* Tom Hale\n"
    assert slots(text) == ["12 10:00-11:00 Mia Wong", "12 11:30 Tom Hale"]


def test_several_people_of_one_slot_are_all_in_it() -> None:
    """ "A and B", "A / B": both, each with what stands beside them."""
    text = (
        "Your interviews on Tuesday 12 May:\n\n10:00 - 11:00 Dr. Lena Vogt and Tom Hale\n"
        "11:00 - 11:30 Break\n11:30 - 12:30 Mia Wong / Raj Patel\n"
    )
    assert slots(text) == [
        "12 10:00-11:00 Dr. Lena Vogt, Tom Hale",
        "12 11:30-12:30 Mia Wong, Raj Patel",
    ]


def test_an_activity_is_nobody() -> None:
    """ "Pair Programming" and "Laborrundgang" are no people; their slot has the day's people."""
    text = (
        "Your interviews on Tuesday 12 May:\n\n10:00 - 11:00 Tom Hale\n11:00 - 11:30 Laborrundgang\n"
        "11:30 - 12:00 Pair Programming\n"
    )
    assert slots(text) == [
        "12 10:00-11:00 Tom Hale",
        "12 11:00-11:30 Tom Hale",
        "12 11:30-12:00 Tom Hale",
    ]


def test_a_product_behind_a_title_is_nobody() -> None:
    """ "Tom Hale, Product Manager, Patient Portal" is one person."""
    text = (
        "Your interviews on Tuesday 12 May:\n\n10:00 - 11:00 Tom Hale, Product Manager, Patient "
        "Portal\n11:00 - 12:00 Mia Wong, Head of Design, Customer Journeys\n"
    )
    assert slots(text) == ["12 10:00-11:00 Tom Hale", "12 11:00-12:00 Mia Wong"]


def test_an_address_beside_the_name_is_that_persons() -> None:
    """Each of the panel can then be written to."""
    text = (
        "Your interviews on Tuesday 12 May:\n\n10:00 - 11:00 Lena Vogt <lena@harbourfoods.example>\n"
        "11:00 - 12:00 Tom Hale, Staff Engineer, tom@harbourfoods.example\n"
    )
    emails = {p.name: p.email for p in panel(text).people}
    assert emails["Lena Vogt"] == "lena@harbourfoods.example"
    assert emails["Tom Hale"] == "tom@harbourfoods.example"


def test_somebody_called_by_the_surname_later_is_the_same_person() -> None:
    """ "Dr. Vogt" on Wednesday is Dr. Lena Vogt of Tuesday."""
    text = TWO_DAYS.replace("15:00 Dr. Lena Vogt", "15:00 Dr. Vogt")
    assert slots(text) == OF_TWO_DAYS


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Gerne bestätigen wir Ihre Gespräche:\n\nDienstag, 12. Mai\n10.00 - 11.00 Uhr: Dr. Lena "
            "Vogt, Laborleiterin\n11.00 bis 12.00 Uhr Thomas Krüger\n12.00 - 13.00 Uhr Mittagspause\n",
            ["12 10:00-11:00 Dr. Lena Vogt", "12 11:00-12:00 Thomas Krüger"],
        ),
        (
            "Nous vous confirmons vos entretiens :\n\nMardi 12 mai\n10h00 - 11h00 : Mme Claire Dubois, "
            "directrice\n11h - 12h : Paul Martin\n",
            ["12 10:00-11:00 Claire Dubois", "12 11:00-12:00 Paul Martin"],
        ),
        (
            "Le confirmamos sus entrevistas:\n\nMartes 12 de mayo\nDe 10:00 a 11:00 h: Dra. Lucía Gómez\n"
            "11:00 - 12:00 Pablo Ruiz\n",
            ["12 10:00-11:00 Dra. Lucía Gómez", "12 11:00-12:00 Pablo Ruiz"],
        ),
    ],
)
def test_a_panel_is_read_in_the_language_of_the_mail(text: str, wanted: list[str]) -> None:
    """German, French and Spanish timetables are laid out alike."""
    assert slots(text) == wanted


def test_a_timetable_of_a_hostile_length_costs_little() -> None:
    """A line of thousands of separators ends."""
    text = "Tuesday 12 May\n10:00 - 11:00 " + "| - , " * 20_000 + "\n11:00 - 12:00 Tom Hale\n"
    assert panel(text).kind is Kind.INTERVIEW_CONFIRMED


def test_columns_may_stand_apart_by_spaces_alone() -> None:
    """Name, title and topic of a plain table are three things; a degree is nobody."""
    text = (
        "Here is your schedule for Tuesday 12 May:\n"
        "10:00 - 11:00   Priya Stone   Controller   Month-end close\n"
        "11:00 - 12:00   Fiona Baptiste, RN   Lead   Care plans\n"
    )
    assert [person.name for person in panel(text).people][-2:] == ["Priya Stone", "Fiona Baptiste"]
