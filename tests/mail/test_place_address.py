"""An address, or a room with a number, wherever it stands in a mail's words."""

import pytest

from agent.domain.facts import Interview, Kind
from agent.mail.cues import cues
from agent.mail.place_address import address_in, numbered_in
from agent.mail.read import read
from tests.mail.reading import USER, message
from tests.mail.steps import steps


def talks(text: str, kind: Kind = Kind.INTERVIEW_CONFIRMED) -> tuple[Interview, ...]:
    """The talks of a mail."""
    return read(message(text), USER, kind=kind).interviews


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tuesday 12 May at 2pm is good. Osteria Verde, 8 Lamb's Passage, ring the bell.", "Osteria Verde, 8 Lamb's Passage"),
        ("Tuesday 12 May at 2pm suits. The house is 77 Fern Drive.", "77 Fern Drive"),
        ("At the hotel, 12 Bank Lane, please.\n\nTuesday 12 May at 2pm.", "12 Bank Lane"),
        ("It's Ola at 2pm on Tuesday 12 May for your interview, Thistle Legal, 2 Fetter Court. Lift's broken.", "Thistle Legal, 2 Fetter Court"),
        ("Come by Tuesday 12 May 7am before the pour, 420 Lake Road E, gate 3.", "420 Lake Road E, gate 3"),
        ("Entretien mardi 12 mai à 9h. Tout se passe chez nous, 14 rue Haute, 3e étage.", "14 rue Haute, 3e étage"),
        ("Il programma di martedì 12 maggio alle 10 (Livorno, via dell'Arco 3, ora italiana): visita alla sala operativa.", "Livorno, via dell'Arco 3"),
        ("Kommen Sie am Dienstag, 12. Mai um 14 Uhr zu uns, Gewerbestraße 14, 1. Stock, die Klingel geht nicht.", "Gewerbestraße 14, 1. Stock"),
        ("Zapraszam we wtorek 12 maja o 11:00 na Rynku Głównym 5.", "Rynek Główny 5"),
        ("Zapraszam we wtorek 12 maja o 12:30. Biuro mieści się przy ulicy Krakowskiej 22.", "ul. Krakowska 22"),
    ],
)  # fmt: skip
def test_an_address_needs_nothing_to_lead_to_it(text: str, wanted: str) -> None:
    """It stands anywhere; the name of its house goes before it."""
    assert [talk.location for talk in talks(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The board moves to Tuesday 12 May, 10 am. Station 2 as before.", "Station 2"),
        ("Tuesday 12 May at 2pm. All else stays: Committee Room 2, the slides first.", "Committee Room 2"),
        ("Got you down for Tuesday 12 May 7am interview for clerk, Unit 9, Dock Road depot. Ask for Baz.", "Unit 9, Dock Road depot"),
        ("Your talk is on Tuesday 12 May at 10am on Ward 7, Meadow Wing.", "Ward 7, Meadow Wing"),
        ("Het gesprek wordt verplaatst naar dinsdag 12 mei, 13.30 uur, zelfde tijd, zaal 1.08.", "zaal 1.08"),
        ("Dienstag, 12. Mai, um 7:30 Uhr. Treffpunkt bleibt Halle 2.", "Halle 2"),
        ("Tuesday 12 May then, 11 o'clock. postcode SY21 0ZZ but the satnav errs.", "SY21 0ZZ"),
    ],
)  # fmt: skip
def test_a_part_of_a_house_with_a_number_is_a_place(text: str, wanted: str) -> None:
    """Also where nothing leads to it."""
    assert [talk.location for talk in talks(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lunch on Tuesday 12 May, noon, at the Hitching Post.", "Hitching Post"),
        ("Tuesday 12 May 7am, Rosie's on Main. Coffee's on me.", "Rosie's on Main"),
        ("Your talk is on Tuesday 12 May at 2pm in my office. Bring a pen.", "my office"),
        ("Das Gespräch ist am Dienstag, 12. Mai um 14 Uhr in meinem Büro.", "meinem Büro"),
        ("See you Tuesday 12 May at 8am at the diner across from the yard.", "diner across from the yard"),
        ("Tuesday 12 May 2pm @ Unit 9 Canal Road.", "Unit 9 Canal Road"),
    ],
)  # fmt: skip
def test_a_house_by_its_name_or_its_neighbour(text: str, wanted: str) -> None:
    """A public house, the writer's own room, what a place stands by."""
    assert [talk.location for talk in talks(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday 12 May at 9am stands. They pay for a night at the Station Hotel.",
        "For holidays in our Chennai office, your round moves to Tuesday 12 May at 6pm.",
        "Dr Hale from the Children's Hospital will ring you Tuesday 12 May at 3pm.",
        "Tuesday 12 May at 3pm. We decide after the meeting in the town hall.",
        "Use the side entrance, the front is locked. Tuesday 12 May at 5pm.",
        "Médiathèque (agent d'accueil, 28 h hebdomadaires) : mardi 12 mai à 9 h 30.",
        "Unsere Leitung auf der 7, Frau Öz, möchte Sie am Dienstag, 12. Mai um 9.30 Uhr sehen.",
    ],
)
def test_what_is_told_of_other_places_is_none(text: str) -> None:
    """A hotel for the night, a closed office, a side door, hours of work, a ward and its head."""
    assert [talk.location for talk in talks(text)] == [None]


def test_an_address_goes_on_under_its_label() -> None:
    """The street and the town stand on lines of their own."""
    text = "Date: Tuesday 12 May\nTime: 2pm\nVenue: Kestrel House\n3 Mill Lane\nLeeds LS1 1AB\n\nBring ID."
    assert talks(text)[0].location == "Kestrel House, 3 Mill Lane, Leeds LS1 1AB"
    text = "Tuesday 12 May\n2:00 PM\n18 Front Street\nHudson, NY"
    assert talks(text)[0].location == "18 Front Street, Hudson, NY"


def test_their_offices_are_a_place_beside_another_one() -> None:
    """Of two slots, each has its own."""
    text = "Tuesday 12 May at 8am at the Racquet Club, or 5pm on Wednesday 13 May at our offices."
    found = talks(text, Kind.INTERVIEW_REQUEST)
    assert [talk.location for talk in found] == ["Racquet Club", "our offices"]


def test_a_line_of_a_timetable_without_a_place_has_none() -> None:
    """Where the others say theirs again and again."""
    text = (
        "Your Tuesday 12 May:\n\n9:30-10:15 Search committee, Room 214, Talbot Hall\n"
        "10:30-11:30 Demonstration, Room 214, Talbot Hall\n13:00-13:30 Meeting with the Dean"
    )
    room = "Room 214, Talbot Hall"
    assert [talk.location for talk in talks(text)] == [room, room, None]


def test_a_slot_with_a_place_of_its_own_has_no_room_of_the_others() -> None:
    """Two calls by one link, and one talk in person."""
    text = (
        "Tuesday 12 May, 10:00-10:45, Ann Lee (Zoom)\nThursday 14 May, 9:30-10:30, Bo Chen, "
        "in person at 7 Quay Street, Leeds\n\nThe Zoom is https://us02web.zoom.us/j/84410027715"
    )
    found = talks(text)
    assert [talk.location for talk in found] == [None, "7 Quay Street, Leeds"]
    assert [bool(talk.url) for talk in found] == [True, False]


def test_hostile_text_takes_no_time() -> None:
    """100 KB of numbers, capitals and commas, of which a mail's head is read."""
    for text in ("12 Aa " * 600, "Aa, " * 800, "1 rue " * 500, "Room 1, " * 400):
        assert steps(lambda text=text: address_in(text, cues("en"))) < 200_000
        assert steps(lambda text=text: numbered_in(text, cues("en"))) < 200_000
