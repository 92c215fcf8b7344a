"""The place that a mail states for a talk."""

import re

import pytest

from agent.domain.facts import Kind
from agent.mail.cues import cues
from agent.mail.place import place_in
from agent.mail.read import read
from tests.mail.reading import USER, message
from tests.mail.steps import steps


def place(text: str, kind: Kind = Kind.INTERVIEW_CONFIRMED) -> str | None:
    """The place of the first interview of a mail."""
    return next((i.location for i in read(message(text), USER, kind=kind).interviews), None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When: Tuesday at 2pm\nWhere: Canal House, 4 Mill St", "Canal House, 4 Mill St"),
        ("Tuesday at 2pm\n📍 Canal House, 4 Mill St\n\nBring a pen.", "Canal House, 4 Mill St"),
        ("You are booked:\n\nTuesday 12 May, 2pm\nCanal House, 4 Mill St\n", "Canal House, 4 Mill St"),
        ("Come on Tuesday at 2pm, 4 Mill St, Leeds. Ask for Bo.", "4 Mill St, Leeds"),
        ("We meet on Tuesday at 2pm in Room 4, Canal House.", "Room 4, Canal House"),
        ("Come to our Leeds office on Tuesday at 2pm.", "Leeds office"),
        ("See you on Tuesday at 2pm. Our address is 4 Mill Street.", "4 Mill Street"),
        ("Wir sehen uns am Dienstag um 14 Uhr im Haus B, 2. OG, Raum 214.", "Haus B, 2. OG, Raum 214"),
        ("La aspettiamo martedì 12 maggio alle 14 in via dei Chiostri 4.", "via dei Chiostri 4"),
        ("We're at 1150 W. Fulton Market, 4th floor, on Tuesday 12 May at 2pm.", "1150 W. Fulton Market, 4th floor"),
        ("You are booked:\n\nTuesday 12 May, 2pm\nIn person: 4 Mill Road, Leeds\n", "4 Mill Road, Leeds"),
        ("See you on Tuesday at 2pm. 5900 W. 65th St, Door 7. Guards know you.", "5900 W. 65th St, Door 7"),
        ("Tuesday at 2pm, 2nd floor board room, 401 Mill St. Mr. Hill will be there.", "2nd floor board room, 401 Mill St"),
        ("Be at the staff gate on Harrow Road on Tuesday at 2pm.", "staff gate on Harrow Road"),
        ("On Tuesday at 2pm, still Garden House, and still tea.", "Garden House"),
        ("See you on Tuesday, 2pm at Lula, the table under my name.", "Lula"),
        ("You are to appear before the Appraisal Board on Tuesday at 1345 hours, Room 4, County Annex, 40\nCourt Plaza. Come early.", "Room 4, County Annex, 40 Court Plaza"),
        ("place: 1871, 222 W Mart Plaza. text me from the lobby\n\nTuesday at 2pm", "1871, 222 W Mart Plaza"),
        ("Venga martedì 12 maggio alle 14 presso la nostra sede in via dei Fornaci 12. Grazie.", "via dei Fornaci 12"),
        ("Votre entretien : mardi 12 mai à 14h, bâtiment C, 1er étage.", "bâtiment C, 1er étage"),
        ("Tuesday 12 May at 2pm works. Front office, 9 Cannery Rd, ask Jo for me.", "Front office, 9 Cannery Rd"),
        ("Komm am Dienstag um 14 Uhr. Hintereingang, Lammgasse 4, einfach klingeln.", "Hintereingang, Lammgasse 4"),
        ("Tuesday 12 May at 2pm. Same place, 101 W. Court St. Please confirm.", "101 W. Court St"),
        ("Enter at the stage door, 95 Skokie Blvd, on Tuesday at 2pm.", "stage door, 95 Skokie Blvd"),
        ("Marcamos para terça-feira, 12 de maio, às 14h, na nossa clínica (Av. da República, 212, 2.º andar).", "Av. da República, 212, 2.º andar"),
        ("Il colloquio è martedì 12 maggio alle 14 presso la nostra sede, Via della Seta 7, ingresso uffici.", "Via della Seta 7, ingresso uffici"),
        ("C'est noté pour mardi 12 mai à 14h. Sonnez deux fois : 14 rue du Môle, portail vert.", "14 rue du Môle, portail vert"),
        ("Wir freuen uns, Sie am Dienstag, 12. Mai um 14 Uhr zu begrüßen (Haus C, 2. Stock).", "Haus C, 2. Stock"),
        ("Rozmowa odbędzie się 12 maja 2026 r. o godz. 14:00 w siedzibie Urzędu, sala nr 5, Rynek 1.", "sala nr 5, Rynek 1"),
        ("Tuesday 12 May at 2pm (30 minutes), Store 114, with Kim Lowe.", "Store 114"),
        ("Tue 2pm at Dot's on Colfax, I'll be in the back booth.", "Dot's on Colfax"),
        ("You meet us on Tuesday 12 May at 2pm at our offices along Ngong Road, 4th Floor.", "Ngong Road, 4th Floor"),
        ("Tuesday 12 May at 2pm it is.\n\nWe're on the 5th floor, 20 Loom Street, Leeds.", "5th floor, 20 Loom Street, Leeds"),
        ("We have a room at the library, second floor.\n\nTuesday 12 May at 2pm", "library, second floor"),
        ("The trustees will be in the vestry on Tuesday 12 May at 2pm.", "vestry"),
        ("Date    Tuesday 12 May at 2pm\nPlace   Hearing Room 6, Court House\n", "Hearing Room 6, Court House"),
        ("Votre entretien : mardi 12 mai à 14h\n2 place du Marché, 3e étage", "2 place du Marché, 3e étage"),
    ],
)  # fmt: skip
def test_places(text: str, wanted: str) -> None:
    """By a label, on a line of its own, behind the time, or behind a preposition."""
    assert place(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "See you on Tuesday at 2pm at the office.",
        "Where: Zoom\nWhen: Tuesday at 2pm",
        "We speak on Tuesday at 2pm: https://acme.zoom.us/j/9. Our team sits in Canal House, Leeds.",
        "See you on Tuesday at 2pm and on Wednesday 13 May.",
        "We laughed, in a good way. See you on Tuesday at 2pm.",
        "See you on Tuesday at 2pm. Park behind the building.",
        "Das Verfahren (Kennziffer 77/26): Dienstag, 12. Mai um 14 Uhr.",
        "Where: Enter the interview room\nWhen: Tuesday at 2pm",
        "On Tuesday at 2pm call in to 907-555-0131, PIN 7714.",
        "Where: Ivo will call you\nWhen: Tuesday at 2pm",
        "Come on Tuesday at 2pm, buzz the radio room, we let you up.",
        "See you on Tuesday at 2pm at Harbour Foods, all of us.",
    ],
)
def test_no_places(text: str) -> None:
    """A bare office, a video system, a company's seat beside a link, and days."""
    assert place(text) is None


def test_each_slot_of_a_panel_has_its_own_place() -> None:
    """In brackets behind each, or in the words that follow its time."""
    panel = (
        "Tuesday 12 May:\n\n9:00-9:45 Ann Lee (Old Main 112)\n10:00-11:00 Bo Chen (Annex, Room 3)"
    )
    found = read(message(panel), USER, kind=Kind.INTERVIEW_CONFIRMED).interviews
    assert [talk.location for talk in found] == ["Old Main 112", "Annex, Room 3"]
    either = "Either Tuesday at 2pm at the Dover yard or Wednesday at 3pm at the Leeds office."
    found = read(message(either), USER, kind=Kind.INTERVIEW_REQUEST).interviews
    assert [talk.location for talk in found] == ["Dover yard", "Leeds office"]


def test_a_talk_taken_away_has_no_place() -> None:
    """Nobody is to go there."""
    text = "We cancel Tuesday at 2pm in Canal House, 4 Mill St."
    assert place(text, Kind.INTERVIEW_CANCELLED) is None


def test_hostile_text_takes_no_time() -> None:
    """100 KB of commas, prepositions and numbers."""
    for text in ("at the, " * 12_000, "in 4 " * 20_000, "a" * 100_000, "Where:" + " (" * 50_000):
        assert place_in(text, (10, 12), (), cues("en")) is None
        assert steps(lambda text=text: place_in(text, (10, 12), (), cues("en"))) < 500_000


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Where | Civic Centre, Room 2.14", "Civic Centre, Room 2.14"),
        ("Where: | 55 Garage Rd, Gate 3", "55 Garage Rd, Gate 3"),
        ("The venue, Longacre House, is unchanged.", "Longacre House"),
        ("Come to the Lodge and not to Senate House.", "Lodge"),
        ("Our place (the dentist chair is in the lobby) is warm.", None),
    ],
)
def test_tables_and_asides_state_a_place(text: str, place: str | None) -> None:
    """A row of a table, a name between commas; not what one is told to stay away from."""
    assert place_in(text, None, (), cues("en")) == place


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Donnerstag um 10 Uhr, Hintereingang bei der Rampe", "Hintereingang"),
        ("de", "Wir holen Sie Donnerstag um 10 Uhr am Werkstor 3 ab", "Werkstor 3"),
        ("de", "Gespräch in unserem Haus haben wir Donnerstag um 10 Uhr frei", None),
        ("fr", "reporté à jeudi à 10 h, dans les mêmes locaux", None),
        ("fr", "Nous vous recevrons jeudi à 10 h dans nos bureaux", None),
        ("es", "pasa al jueves a las 10, en las mismas oficinas", None),
        ("es", "Nos vemos el jueves a las 10 en la cafetería Norte", "cafetería Norte"),
        ("nl", "Donderdag om 10 uur. Loop door naar achterin de zaak, ja", "achterin de zaak"),
        ("pt", "quinta às 10h, porta das traseiras, sem campainha", "porta das traseiras"),
        ("it", "giovedì alle 11 in via Po 8, scala B. La riceverà Anna", "via Po 8, scala B"),
        ("it", "giovedì alle 11 presso i nostri uffici", None),
        ("pl", "w czwartek o 10:00 w sali 204", "sala 204"),
    ],
)
def test_places_of_other_languages(language: str, text: str, wanted: str | None) -> None:
    """Spots without a number count, the sender's own rooms and the same place as before do not."""
    hour = re.search(r"(?:10|11)(?::00|h| [hH]\b)?(?: Uhr| uur)?", text)
    assert hour is not None
    assert place_in(text, hour.span(), [hour.span()], cues(language)) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "10 am at our offices in Bridge House, 40 Quay St", "Bridge House, 40 Quay St"),
        ("en", "10 am in the Boardroom on the fourth floor", "Boardroom on the fourth floor"),
        ("en", "10 am at the Clerkenwell site it is. See you", "Clerkenwell site"),
        (
            "en",
            "10 am at Dock Mill, Athlone, Co. Westmeath. Bye",
            "Dock Mill, Athlone, Co. Westmeath",
        ),
        (
            "de",
            "10 Uhr in unser Büro in der Lindenallee 14, 50968 Köln",
            "Lindenallee 14, 50968 Köln",
        ),
        (
            "de",
            "10 Uhr, Halle 2, Am Anger 2, 85055 Ingolstadt",
            "Halle 2, Am Anger 2, 85055 Ingolstadt",
        ),
        ("es", "10 h. Lugar: Avda. de la Paz 12, Sevilla", "Avda. de la Paz 12, Sevilla"),
        ("fr", "10 h\nLieu : vous appelez Ann au +33 1 84 88 01 20", None),
    ],
)
def test_an_address_begins_and_ends_where_it_does(
    language: str, text: str, wanted: str | None
) -> None:
    """General words before it and what the sentence goes on with are left out; a number to call is none."""
    hour = re.search(r"10 (?:am|Uhr|h)", text)
    assert hour is not None
    assert place_in(text, hour.span(), [hour.span()], cues(language)) == wanted


def test_an_address_goes_on_over_lines() -> None:
    """The street and the town stand under the name of the house; what is asked of the user does not."""
    text = "10 am\nPark Lane Dental Practice\n88 Park Lane\nCroydon CR0 1JG\n\nRing 4 times."
    wanted = "Park Lane Dental Practice, 88 Park Lane, Croydon CR0 1JG"
    assert place_in(text, (0, 5), [(0, 5)], cues("en")) == wanted


def test_what_is_told_of_a_house_in_brackets_is_kept_before_its_address() -> None:
    """A labelled place goes on behind brackets that a comma follows."""
    text = "Where: Kestrel HQ (2nd floor), 14 Dock Road, Hull\nWith: Ann"
    wanted = "Kestrel HQ (2nd floor), 14 Dock Road, Hull"
    assert place_in(text, None, (), cues("en")) == wanted


@pytest.mark.parametrize("how", ["by phone", "on Teams", "over Zoom"])
def test_a_talk_from_afar_has_no_place(how: str) -> None:
    """The sentence of the time tells how one talks; where the firm sits does not matter then."""
    text = f"The talk at 10 am is {how}. Our office is at 5 Mill Lane."
    at = (text.index("10"), text.index("10") + 5)
    assert place_in(text, at, [at], cues("en")) is None


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("nl", "Je bent welkom om 10 h in de teamkamer.", "teamkamer"),
        ("it", "La aspettiamo alle 10 h in sala docenti.", "sala docenti"),
        ("fr", "Nous vous attendons à 10 h en salle des professeurs.", "salle des professeurs"),
    ],
)
def test_a_rooms_usual_name_is_a_place(language: str, text: str, wanted: str) -> None:
    """Every school has one."""
    hour = re.search(r"10 h", text)
    assert hour is not None
    assert place_in(text, hour.span(), [hour.span()], cues(language)) == wanted


def test_an_address_tells_more_than_their_offices() -> None:
    """Where both stand, the one with a number is where one goes."""
    text = (
        "I confirm your visit to our offices in Zurich on Tuesday 12 May at 2pm (Zurich time). "
        "You find us at Talstrasse 11, 4th floor, two minutes from the square."
    )
    assert place(text) == "Talstrasse 11, 4th floor"


@pytest.mark.parametrize("told", ["in the visitor centre", "at the ticket office"])
def test_a_spot_without_a_name_is_no_place_while_the_time_is_open(told: str) -> None:
    """Nothing is set yet; once it is, one goes there."""
    text = f"Could you come on Tuesday 12 May at 2pm or at 4pm {told}?"
    assert place(text, Kind.INTERVIEW_REQUEST) is None
    assert place(f"Come on Tuesday 12 May at 2pm {told}.") is not None
