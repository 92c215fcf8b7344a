"""Links and numbers by which one joins a talk."""

import pytest

from agent.mail.join import (
    DialIn,
    below,
    call_in,
    called_at,
    calls_you_at,
    dial_in,
    join_link,
    phone_number,
)
from tests.mail.steps import steps


@pytest.mark.parametrize(
    "link",
    [
        "https://acme.zoom.us/j/123?pwd=x",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc/0?context=%7b%7d",
        "https://teams.live.com/meet/9312?p=a",
        "https://meet.google.com/abc-defg-hij",
        "https://acme.webex.com/meet/jane",
        "https://acme.webex.com/acme/j.php?MTID=m1",
        "https://whereby.com/acme-room",
        "https://global.gotomeeting.com/join/12345",
        "https://chime.aws/1234567890",
        "https://meet.jit.si/AcmeTalk",
        "https://bluejeans.com/123456789",
        "https://app.coderpad.io/ABCD1234",
        "https://www.hackerrank.com/interview/abc",
        "https://meet.acme.example/room-4",
        "https://meet.acme.example/halden/5521",
    ],
)
def test_rooms_of_known_systems(link: str) -> None:
    """The link comes back without the punctuation of its sentence."""
    assert join_link(f"Please join ({link}).") == link


@pytest.mark.parametrize(
    "link",
    [
        "https://calendly.com/acme/30min",
        "https://zoom.us",
        "https://zoom.us/download",
        "https://meet.google.com/",
        "https://www.hackerrank.com/test/abc",
        "https://acme.example/careers",
        "https://calendar.google.com/calendar/event?action=RESPOND",
        "https://zoom.us.evil.example/j/1",
        "https://meet.google.evil.example/r/1",
        "https://meet.acme.example/book/30",
        "https://meet.acme.example/team",
    ],
)
def test_other_links_are_no_rooms(link: str) -> None:
    """Booking, answering, reading and pretending pages."""
    assert join_link(f"See {link} for more") is None


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.zoom.us%2Fj%2F9%3Fpwd%3Dq&data=05",
        "https://urldefense.com/v3/__https://acme.zoom.us/j/9?pwd=q__;!!abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__acme.zoom.us_j_9-3Fpwd-3Dq&d=D",
        "https://www.google.com/url?q=https://acme.zoom.us/j/9?pwd%3Dq&sa=D",
    ],
)
def test_wrapped_links_are_unwrapped(wrapped: str) -> None:
    """By what they carry; nothing is fetched."""
    assert join_link(wrapped) == "https://acme.zoom.us/j/9?pwd=q"


@pytest.mark.parametrize(
    ("text", "number", "pin"),
    [
        ("Join by phone\n(US) +1 252-555-0158 (PIN: 123456789)", "+1 252-555-0158", "123456789"),
        ("One tap mobile: +16699006833,,123456789#", "+16699006833", "123456789#"),
        (
            "Or call in (audio only)\n+1 323-555-0100,,87654321#   United States",
            "+1 323-555-0100",
            "87654321#",
        ),
        ("Dial +1 (415) 555-0100\nAccess code: 4455", "+1 (415) 555-0100", "4455"),
        ("Einwahl: +49 30 1234567, PIN: 99 88#", "+49 30 1234567", "99 88#"),
        ("Alternate: reach 202-555-0163, access code 19-443", "202-555-0163", "19-443"),
        ("the same number 816-555-0122, same PIN 5590#", "816-555-0122", "5590#"),
        ("Dial-in number: 020 7946 0000", "020 7946 0000", None),
    ],
)
def test_dial_in_numbers(text: str, number: str, pin: str | None) -> None:
    """The PIN apart, where one stands on the line or near below."""
    assert dial_in(text) == DialIn(number, pin)


@pytest.mark.parametrize(
    "text",
    [
        "I will ring you at +1 555 010 0100.",
        "Jane Roe\n+49 30 1234567",
        "Dial in on 2026-05-05 10:00",
        "Wählen Sie bis zum 23.10.2026 einen Termin.",
    ],
)
def test_other_numbers_are_no_dial_in(text: str) -> None:
    """The user's own, a signature's, and a date."""
    assert dial_in(text) is None


def test_a_place_that_is_a_number() -> None:
    """A LOCATION of a number is one to call; an address is not."""
    assert phone_number("Phone: +1 555 010 0100") == "+1 555 010 0100"
    assert phone_number("12 High Street, London SW1A 2AA, 3rd floor, ask for room 20260505") is None


def test_hostile_text_takes_no_time() -> None:
    """100 KB of links and digits."""
    for text in ("https://a.b/" + "x" * 100_000, "dial " + "1 " * 50_000, "http://a.b/c " * 8_000):
        assert (join_link(text), dial_in(text)) == (None, None)
        assert steps(lambda text=text: (join_link(text), dial_in(text))) < 150_000


def test_the_number_they_will_call() -> None:
    """Theirs to dial, and still how the talk comes about."""
    assert called_at("I will ring you on your mobile (212-555-0143).") == "212-555-0143"
    assert called_at("We will call you at 10:30 on 5 May 2026.") is None
    assert called_at("Text me at 646-555-0117.") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I'll ring you Thursday at 4 on 07700 900418 and we can talk.", "07700 900418"),
        ("Instead I will call you 13:30 today, still on 905-555-0170.", "905-555-0170"),
        ("The employer will call you from (303) 555-0164.", "(303) 555-0164"),
        ("Please call (847) 555-0163 and give the operator your name.", "(847) 555-0163"),
        ("Ti chiamo io venerdì; se cade la linea il mio è +41 91 555 01 23.", "+41 91 555 01 23"),
        ("I'll ring you tomorrow. It'll show up as 01632 960118.", "01632 960118"),
        ("Wenn Sie krank sein sollten, genügt ein Anruf unter 09777 5550.", None),
        ("An hour of questions: Tuesday, I'll ring your cell from 720-555-0185.", "720-555-0185"),
        ("Mercoledì ti telefono io al +1 416 555 0142, va bene?", "+1 416 555 0142"),
        ("On arrival call 312-555-0177 and I will come down.", None),
        ("If you are late please call 312-555-0177.", None),
        ("Questions? Call 312-555-0177.", None),
    ],
)
def test_the_number_of_a_talk_by_telephone(text: str, number: str | None) -> None:
    """On which they ring, or are to be rung then; not one for the case that something goes wrong."""
    assert called_at(text) == number


def test_a_meeting_id_is_no_number() -> None:
    """Nor are the digits of a link."""
    assert phone_number("https://acme.zoom.us/j/91000000013") is None
    assert dial_in("Join by phone or video: https://acme.zoom.us/j/91000000013") is None
    assert dial_in("Join the audio\nMeeting ID: 910 0000 0013") is None


def test_a_signature_gives_the_number_of_a_conference_alone() -> None:
    """What a scheduler writes below the words, not whose signature it is."""
    assert below("One tap mobile\n+13125550126,,844123456# US") == DialIn(
        "+13125550126", "844123456#"
    )
    assert below("Hattie Long\nSundial Nursery\nTel: 020 7946 0119") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ti chiamo giovedì alle 10 sul 333 5550142.", "333 5550142"),
        ("La contatteremo giovedì alle 10.30 al numero 333 5550142.", "333 5550142"),
        ("Nous vous joindrons jeudi à 10 h au numéro suivant : 06 55 50 01 42.", "06 55 50 01 42"),
        ("Ligo-lhe na quinta às 10h para o 915 550 142.", "915 550 142"),
        ("Vou te ligar na quinta às 10h no (11) 95555-0142.", "(11) 95555-0142"),
        ("Donderdag om 10 uur word je gebeld op 06 55500142.", "06 55500142"),
        ("Zadzwoni do Pani nasza rekruterka (tel. 600 555 142).", "600 555 142"),
        ("Per qualsiasi problema mi contatterà al numero 011 5550199.", None),
        ("Se houver algum imprevisto, pode ligar para o 215 550 199.", None),
    ],
)
def test_the_number_they_will_call_in_other_languages(text: str, number: str | None) -> None:
    """Behind the small word of each language; not one for when something goes wrong."""
    assert called_at(text) == number


def test_a_number_where_the_place_would_stand() -> None:
    """As schedulers fill it in; a date there is none."""
    assert called_at("What: Screening\nLocation: +44 1632 960455\n") == "+44 1632 960455"
    assert called_at("Where: 2026-05-12") is None


def test_a_long_text_with_words_of_calling_takes_no_time() -> None:
    """With numbers and without."""
    for text in ("rufe " * 20_000, "rufe unter nichts " * 5_000 + "12 34"):
        assert called_at(text) is None
        assert steps(lambda text=text: called_at(text)) < 100


@pytest.mark.parametrize(
    "text",
    [
        "Angela will expect your call Friday at half two on {}, ask for her by name.",
        "So 9am it is. He's on {}, you ring him.",
        "Give me a ring Tuesday at 9.30, {}.",
        "Expect a call from Ann on {} at 9.30 on Tuesday.",
        "Tuesday at 9:30 am. Ring our office line, {}, and Jo will put you through.",
        "Where: Phone call, {}",
        "Ich ruf dann um 7:15 Uhr durch auf der {}, vorher nicht.",
        "Wir rufen Sie am Dienstag, 10. November um 10 Uhr unter {} an.",
        "Vous appelez mardi à 10 h le {} et demandez Luc.",
        "Je te passe un coup de fil mardi à 10 h au {}.",
        "Llámame el martes a las 10 al {}.",
        "Ti telefono io martedì alle 10 sul {}.",
        "Ligue-me terça-feira, às 10h para o {}.",
        "Rozmowa telefoniczna we wtorek o 10:00, dzwonię na {}.",
    ],
)
def test_the_sentence_of_a_number_tells_that_somebody_calls_it(text: str) -> None:
    """They call the user, or the user calls at the hour of the talk."""
    assert called_at(text.format("020 7946 0142")) == "020 7946 0142"


@pytest.mark.parametrize(
    "text",
    [
        "It is at 9.30. Please ring me on {} before 5 today if that is impossible.",
        "Tuesday at 9:30 am in Room 4. Text Dana at {} when you park.",
        "Tuesday at 9:30 am in Room 4. If you need to reach us, {}.",
        "Martes a las 10 en la sala 4. Si no puede venir, llame al {}.",
        "Às 10h, sala 4. Em caso de atraso, ligue para {}.",
    ],
)
def test_a_number_for_mishaps_is_none_of_the_talk(text: str) -> None:
    """For being late, for calling off, for the car park."""
    assert call_in(text.format("020 7946 0142")) is None


def test_a_number_at_which_they_call_is_told_before_the_hour_is_chosen() -> None:
    """One that the user is to call, so as to choose, is not."""
    assert calls_you_at("I can ring you between 1 and 4 on 020 7946 0142.") == "020 7946 0142"
    assert calls_you_at("Call us on 020 7946 0142 at 9.30 to choose a time.") is None


def test_lines_with_figures_and_no_number_are_not_asked_whose_number_it_is() -> None:
    """A timetable of 1,000 lines takes a few steps a line."""
    table = "Monday 12 May at 10:15\n" * 1_000
    dial_in(table)
    assert steps(lambda: dial_in(table)) < 30 * 1_000
