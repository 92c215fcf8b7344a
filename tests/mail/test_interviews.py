"""Which times of a mail are its interviews, for a mail of a known kind."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.domain.facts import Interview, InterviewStatus, Kind
from agent.mail.message import CalendarPart
from agent.mail.read import read
from tests.mail.reading import USER, message

# The mails are sent on Friday 8 May 2026 at 09:00 in London.
CONFIRMED, MOVED = Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED
CANCELLED, REQUEST = Kind.INTERVIEW_CANCELLED, Kind.INTERVIEW_REQUEST
LONDON = ZoneInfo("Europe/London")


def talks(text: str, kind: Kind, **fields: str) -> tuple[Interview, ...]:
    """The interviews of a mail of that kind."""
    return read(message(text, **fields), USER, kind=kind).interviews


def starts(text: str, kind: Kind, **fields: str) -> list[str]:
    """When they begin, as day of May and clock time."""
    found = [talk.start for talk in talks(text, kind, **fields) if talk.start]
    return [f"{start.day} {start:%H:%M}" for start in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("You are meeting Priya on Tuesday at 2pm. Lunch is at 12:30 if you like.", ["12 14:00"]),
        ("Sign in from 9:15 on Tuesday, the panel itself begins at 9:30.", ["12 09:30"]),
        ("Please arrive by 9:15 on Tuesday.", ["12 09:15"]),
        (
            "Your timetable for Tuesday 12 May:\n\n9:30 Ann Lee\n10:15 Bo Chen\n11:30 Cy Diaz",
            ["12 09:30", "12 10:15", "12 11:30"],
        ),
        ("Come on Tuesday at 10, the shop closes at 4.", ["12 10:00"]),
        (
            "Come on Tuesday at 2. We are five, and we really do finish at\n3, for tea.",
            ["12 14:00"],
        ),
        ("Please confirm by noon on Monday that you can come on Tuesday at 10.", ["12 10:00"]),
    ],
)
def test_the_time_of_the_talk_and_no_other(text: str, wanted: list[str]) -> None:
    """Meals, doors, limits and opening hours are no interviews; a panel is one entry a slot."""
    assert starts(text, CONFIRMED) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We have to move you from Tuesday at 2pm to Wednesday at 10am.", ["13 10:00"]),
        ("Tuesday's chat moves from 3 to 4pm, everything else the same.", ["12 16:00"]),
        ("We have moved you to Tuesday from 3 to 4pm.", ["12 15:00"]),
        ("Change of plan: 8:30pm Tuesday. Bring your hunger forward by a day, too.", ["12 20:30"]),
        ("Tuesday is out. Any morning next week? I shall be there at half past ten.", []),
        ("Could we say Tuesday 11:30 rather than 10:30?", ["12 11:30"]),
        ("Was: Tuesday 12 May, 4:00 pm\nNow: Thursday 14 May, 9:00 am", ["14 09:00"]),
        ("Tuesday at 2pm is off, sorry. Make it Wednesday at 3pm.", ["13 15:00"]),
        (
            "Tuesday will not do. Either Wednesday at 10 or Thursday at 4 would.",
            ["13 10:00", "14 16:00"],
        ),
        ("Tuesday at 2pm does not work any more. Send me some other times?", []),
    ],
)
def test_a_move_is_listed_at_its_new_time(text: str, wanted: list[str]) -> None:
    """The time given up is history; where no new one is told there is none."""
    assert starts(text, MOVED) == wanted


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("We moved you to Wednesday at 10.", InterviewStatus.CONFIRMED),
        ("Could you come on Wednesday at 10 instead?", InterviewStatus.PROPOSED),
        (
            "Could you come on Wednesday at 10 instead? I'll assume yes.",
            InterviewStatus.CONFIRMED,
        ),
        ("Wednesday at 10 or Thursday at 4 instead, you choose.", InterviewStatus.PROPOSED),
    ],
)
def test_a_move_that_only_asks_is_proposed(text: str, status: InterviewStatus) -> None:
    """A question or a choice fixes nothing, unless silence is taken for a yes."""
    assert {talk.status for talk in talks(text, MOVED)} == {status}


def test_a_move_to_the_same_time_takes_the_clock_from_the_old_one() -> None:
    """Here from the subject, which names it alone."""
    text = "Something came up, so can we do Wednesday, same time?"
    assert starts(text, MOVED, subject="Our call on Tuesday at 4pm") == ["13 16:00"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Would Tuesday at 10 or Wednesday at 2pm suit you?", ["12 10:00", "13 14:00"]),
        ("Are you free on Tuesday after 2?", []),
        ("We see people on Tuesday between 9 and 12. What suits you?", ["12 09:00"]),
        ("I can ring you at any time between 1 and 4 on the 12th.", ["12 13:00"]),
        ("Tuesday between 10 and 12 or Wednesday at 2:30?", ["12 10:00", "13 14:30"]),
        ("Any time on Tuesday or Wednesday between 9.30 and 4.", []),
        ("Which days suit you? I am tied up Tuesday 9-12.", []),
        ("Which time from Tuesday to Friday, between 10:00 and 16:00?", []),
        ("Could you do Tuesday between 1 and 1:45 pm?", ["12 13:00"]),
        ("Pick a time by Monday at 5 pm.", []),
    ],
)
def test_a_request_offers_slots_and_not_stretches(text: str, wanted: list[str]) -> None:
    """Free afternoons, hours of several days and limits for the answer are no slots; a window of one
    day is offered from its start."""
    assert starts(text, REQUEST) == wanted


def test_the_subject_gives_the_time_that_the_text_leaves_out() -> None:
    """A cancellation often names it there alone."""
    assert starts("Have to scrap ours, sorry.", CANCELLED, subject="Tuesday at 9:30") == [
        "12 09:30"
    ]


def test_an_hour_without_a_day_is_today() -> None:
    """ "Come at 3 instead" is about the talk of the day it is written on."""
    assert starts("The van is late. Come at 3 pm instead.", MOVED) == ["8 15:00"]


def test_a_refusal_takes_away_the_talk_that_it_calls_off() -> None:
    """And no other time that it names."""
    called_off = "The post is filled, so there is no need to come on Tuesday at 8."
    assert starts(called_off, Kind.REJECTION) == ["12 08:00"]
    assert starts("We went with others. Open day on Tuesday at 8!", Kind.REJECTION) == []


def test_a_yes_takes_the_slot_of_the_quoted_mail() -> None:
    """The only one there, or the one that is named by its place in the list."""
    quoted = "\n\nOn Thu, 7 May 2026 at 10:00, Alex Moreno wrote:\n> I could do Tuesday at 3pm."
    assert starts(f"Great, see you then!{quoted}", CONFIRMED) == ["12 15:00"]
    two = quoted.replace("Tuesday at 3pm", "Tuesday at 3pm or Wednesday at 11am")
    assert starts(f"Perfect, the second one works.{two}", CONFIRMED) == ["13 11:00"]
    assert starts(f"Perfect, that works.{two}", CONFIRMED) == []


def test_the_users_own_yes_and_offer() -> None:
    """One time agreed to is confirmed; times that the user offers are proposed."""
    own = {"sender": "Alex Moreno <alex@moreno.example>"}
    agreed = talks("Tuesday at 2pm works for me.", Kind.OWN, **own)
    offered = talks("I could do Tuesday at 10, or Thursday at 4.", Kind.OWN, **own)
    coming = talks("I am on my way and will be at the hall for 6.30 this evening.", Kind.OWN, **own)
    assert [t.status for t in agreed] == [InterviewStatus.CONFIRMED]
    assert [t.status for t in coming] == [InterviewStatus.CONFIRMED]
    assert [t.status for t in offered] == [InterviewStatus.PROPOSED] * 2


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Wir verlegen Ihr Gespräch von Dienstag, 10 Uhr auf Mittwoch, 15 Uhr.", MOVED, ["13 15:00"]),
        ("Bitte kommen Sie am Dienstag um 11 Uhr statt um 10 Uhr zum Gespräch.", MOVED, ["12 11:00"]),
        ("Ihr Gespräch am Dienstag um 14:30 Uhr müssen wir leider absagen.", CANCELLED, ["12 14:30"]),
        ("Votre entretien aura lieu mardi 12 mai à 14h30 dans nos bureaux.", CONFIRMED, ["12 14:30"]),
        ("Je vous propose mardi 12 mai à 9h ou jeudi 14 mai à 16h30.", REQUEST, ["12 09:00", "14 16:30"]),
        ("Te espero el martes 12 de mayo a las 10:00 para la entrevista.", CONFIRMED, ["12 10:00"]),
        ("We verwachten je dinsdag 12 mei om 14.00 uur voor het gesprek.", CONFIRMED, ["12 14:00"]),
        ("Il colloquio di martedì 12 maggio alle ore 9.30 è annullato.", CANCELLED, ["12 09:30"]),
        ("Confirmo a entrevista no dia 12 de maio, às 14h30, na nossa sala.", CONFIRMED, ["12 14:30"]),
        ("Zapraszamy na rozmowę we wtorek 12 maja o godz. 14:00.", CONFIRMED, ["12 14:00"]),
    ],
)  # fmt: skip
def test_other_languages(text: str, kind: Kind, wanted: list[str]) -> None:
    """The same rules over each language's own words."""
    assert starts(text, kind) == wanted


def test_utc_of_a_calendar_is_told_in_the_zone_that_the_mail_names() -> None:
    """A Z fixes the instant; the letter beside it says whose clock people look at."""
    mail = message(
        "See you on Tuesday 12 May at 4pm CEST.",
        subject="Interview",
    )
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@talks.example\nDTSTAMP:20260501T000000Z\n"
        "DTSTART:20260512T140000Z\nDTEND:20260512T150000Z\nSUMMARY:Interview\nEND:VEVENT\nEND:VCALENDAR\n"
    )

    (talk,) = read(replace(mail, calendars=(CalendarPart(event),)), USER, kind=CONFIRMED).interviews
    (bare,) = read(
        replace(message("See you!"), calendars=(CalendarPart(event),)), USER, kind=CONFIRMED
    ).interviews
    assert talk.start == bare.start == datetime.fromisoformat("2026-05-12T14:00:00+00:00")
    assert bare.timezone == "UTC"
    assert talk.start.utcoffset() == timedelta(hours=2)


def test_the_letter_gives_the_room_and_the_number_that_its_event_leaves_out() -> None:
    """Outlook's event says "Microsoft Teams Meeting" alone; a cancelled talk has none any more."""
    room = "https://teams.microsoft.com/l/meetup-join/19"
    mail = message(f"Join: {room}\nOr dial +1 312 555 0100, conference ID 771 204 55#")
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@talks.example\nDTSTAMP:20260501T000000Z\n"
        "DTSTART:20260512T140000Z\nLOCATION:Microsoft Teams Meeting\nSUMMARY:Interview\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    off = event.replace("REQUEST", "CANCEL")

    (talk,) = read(replace(mail, calendars=(CalendarPart(event),)), USER, kind=CONFIRMED).interviews
    (gone,) = read(replace(mail, calendars=(CalendarPart(off),)), USER, kind=CANCELLED).interviews

    assert (talk.url, talk.phone, talk.pin) == (room, "+1 312 555 0100", "771 204 55#")
    assert (gone.url, gone.phone) == (None, None)


SAMPLES = sorted((Path(__file__).parent / "samples").glob("talks*.txt"))
CODES = {"C": CONFIRMED, "M": MOVED, "X": CANCELLED, "Q": REQUEST, "J": Kind.REJECTION}


def _told() -> list[tuple[Kind, list[str], str]]:
    """(kind, starts, text) of every line of the samples."""
    lines = [row for file in SAMPLES for row in file.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in lines if row[1:3] == " |"]
    parts = [row.split(" | ", 2) for row in rows]
    return [
        (CODES[code], sorted(times.split(", ")) if times != "-" else [], text)
        for code, times, text in parts
    ]


@pytest.mark.parametrize(("kind", "wanted", "text"), _told())
def test_the_times_that_letters_tell(kind: Kind, wanted: list[str], text: str) -> None:
    """Talks among trains, doors, meals, old times and opening hours, as people write them."""
    found = [talk.start for talk in talks(text.replace("\\n", "\n"), kind) if talk.start]
    here = sorted(start.astimezone(LONDON).strftime("%m%d %H%M") for start in found)
    assert here == wanted


def marked(text: str, start: str, end: str = "") -> tuple[Interview, ...]:
    """The interviews of a confirmation whose HTML holds an Event."""
    event = {
        "@type": "Event",
        "startDate": start,
        "endDate": end,
        "location": {"@type": "Place", "name": "Dock House", "address": "4 Quay Lane"},
    }
    mail = replace(message(text), json_ld=(json.dumps(event),))
    return read(mail, USER, kind=CONFIRMED).interviews


def test_each_slot_has_the_room_that_stands_behind_it() -> None:
    """Where two have different ones; else all have the one."""
    first, second = "https://acme.zoom.us/j/91", "https://acme.zoom.us/j/92"
    panel = f"Tuesday 12 May:\n\n9:30 Ann Lee {first}\n10:15 Bo Chen {second}"
    assert [talk.url for talk in talks(panel, CONFIRMED)] == [first, second]
    one = f"Tuesday 12 May:\n\n9:30 Ann Lee\n10:15 Bo Chen\n\n{first}"
    assert [talk.url for talk in talks(one, CONFIRMED)] == [first, first]


def test_markup_gives_the_time_and_the_place_that_no_words_give() -> None:
    """An offset in it counts; it ends when it says."""
    (talk,) = marked("See you then!", "2026-05-12T14:00:00+02:00", "2026-05-12T15:00:00+02:00")
    assert talk.start == datetime(2026, 5, 12, 13, 0, tzinfo=LONDON)
    assert talk.end == datetime(2026, 5, 12, 14, 0, tzinfo=LONDON)
    assert talk.location == "Dock House, 4 Quay Lane"


def test_markup_without_an_offset_is_in_the_users_zone() -> None:
    """ISO 8601 leaves the zone out where it is that of the place."""
    (talk,) = marked("See you then!", "2026-05-12T14:00")
    assert talk.start == datetime(2026, 5, 12, 14, 0, tzinfo=LONDON)


def test_the_text_beats_the_markup() -> None:
    """The words' time stands; the place, of which they say nothing, is the markup's."""
    (talk,) = marked("Your interview is on Tuesday at 3pm.", "2026-05-12T14:00")
    assert talk.start == datetime(2026, 5, 12, 15, 0, tzinfo=LONDON)
    assert talk.location == "Dock House, 4 Quay Lane"


@pytest.mark.parametrize("start", ["2026-05-12", "soon", "2026-15-12T14:00"])
def test_markup_that_names_no_time_names_no_interview(start: str) -> None:
    """A day alone, or what is no date, fixes nothing."""
    assert marked("Thank you for your time.", start) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Sehr geehrte Frau Moreno,\n\nleider ist die Stelle vergeben. Das Gespräch am Donnerstag um"
        " 13 Uhr lassen wir deshalb sein.",
        "Madame,\n\nLe poste est pourvu, inutile donc de vous déplacer jeudi à 13 h.",
        "Estimada Alex:\n\nLa plaza está cubierta. Dejamos entonces la entrevista del jueves a las"
        " 13:00.",
        "Beste Alex,\n\nDe functie is vervuld, dus het gesprek van donderdag 13.00 uur gaat niet"
        " door.",
        "Gentile Alex,\n\nil posto è stato assegnato, non occorre che venga giovedì alle 13.",
        "Dzień dobry,\n\nstanowisko zostało obsadzone, nie musi Pani przyjeżdżać w czwartek o"
        " 13:00.",
    ],
)
def test_a_refusal_takes_the_talk_away_in_other_languages(text: str) -> None:
    """The verb says so: let it be, need not come, will not take place."""
    [talk] = read(message(text), USER, kind=Kind.REJECTION).interviews
    assert talk.status is InterviewStatus.CANCELLED
    assert talk.start is not None
    assert f"{talk.start:%m-%d %H:%M}" == "05-14 13:00"


@pytest.mark.parametrize(
    "text",
    [
        "Estimada Alex:\n\nHabíamos quedado el jueves a las diez, pero no puedo. ¿Podría venir"
        " antes, a las ocho?",
        "Beste Alex,\n\nWe hadden donderdag om tien uur afgesproken, maar ik ben weg. Zou het"
        " eerder kunnen, om acht uur?",
        "Dzień dobry,\n\nbyliśmy umówieni w czwartek na dziesiątą, ale mam montaż. Czy mogłaby"
        " Pani wcześniej, o ósmej?",
    ],
)
def test_an_earlier_hour_is_asked_for(text: str) -> None:
    """ "We had ten, could you come earlier, at eight?" gives up ten and proposes eight."""
    [talk] = read(message(text), USER, kind=Kind.INTERVIEW_RESCHEDULED).interviews
    assert talk.start is not None
    assert f"{talk.start:%m-%d %H:%M}" == "05-14 08:00"
    assert talk.status is InterviewStatus.PROPOSED


def test_a_day_earlier_is_the_new_time() -> None:
    """ "un giorno prima, domani alle 12.30 anziché giovedì": silence is taken for a yes."""
    text = (
        "Gentile Alex,\n\nle dispiacerebbe venire un giorno prima, mercoledì 13 maggio alle 12.30"
        " anziché giovedì? Contiamo di vederLa, salvo Suo avviso contrario."
    )
    [talk] = read(message(text), USER, kind=Kind.INTERVIEW_RESCHEDULED).interviews
    assert talk.start is not None
    assert f"{talk.start:%m-%d %H:%M}" == "05-13 12:30"
    assert talk.status is InterviewStatus.CONFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "Would Tuesday 12 or Wednesday 13 May suit you, both at 2pm? I am off on Thursday.",
        "Seriez-vous libre mardi 12 ou mercredi 13 mai, les deux à 14h ? Jeudi je ne peux pas.",
        "Dienstag, 12. Mai oder Mittwoch, 13. Mai, jeweils um 14 Uhr. Donnerstag ist Inventur.",
        "Posso incontrarti martedì 12 o mercoledì 13 maggio, in entrambi i casi alle 14.",
        "¿Te viene mejor el martes 12 o el miércoles 13 de mayo, los dos a las 14:00?",
        "Pode ser terça dia 12 ou quarta dia 13, nos dois casos às 14h? A loja abre em junho.",
    ],
)
def test_a_time_that_two_days_share_is_on_both(text: str) -> None:
    """ "Both at 2" behind two days is a time on each of them."""
    assert starts(text, REQUEST) == ["12 14:00", "13 14:00"]


@pytest.mark.parametrize(
    "text",
    [
        "Interviews are on Tuesday 12 May. We have 10am or 2pm; 12 and 1 have gone already.",
        "Wir haben Dienstag, 12. Mai, 10 Uhr oder 14 Uhr. 12 Uhr und 13 Uhr sind schon vergeben.",
        "Il reste le mardi 12 mai à 10h et 14h ; 11h et 13h sont déjà pris, désolée.",
        "Los tengo el martes 12 de mayo a las 10:00 y las 14:00; las 11:00 y las 12:00 ya están ocupadas.",
        "Tue 12 May 10:00 - free\nTue 12 May 12:00 - taken\nTue 12 May 14:00 - free\nWed 13 May 9:00 - full",
    ],
)
def test_times_that_are_taken_are_not_offered(text: str) -> None:
    """What others have already is no time to choose from."""
    assert starts(text, REQUEST) == ["12 10:00", "12 14:00"]


@pytest.mark.parametrize(
    "text",
    [
        "I can do Tuesday 12 May at 10. On Thursday at 3 I have the dentist.",
        "Ich kann am Dienstag, 12. Mai, um 10 Uhr. Donnerstag um 15 Uhr habe ich Zahnarzt.",
        "Je peux vous recevoir mardi 12 mai à 10h. Jeudi à 15h j'ai le dentiste.",
        "W środku tygodnia nie, ale mogę we wtorek 12 maja o 10:00. W czwartek o 15:00 mam dentystę.",
    ],
)
def test_what_the_writer_does_then_is_no_offer(text: str) -> None:
    """A time at which the writer has something else to do is not offered."""
    assert starts(text, REQUEST) == ["12 10:00"]


def test_a_table_of_beginnings_and_ends_offers_the_beginnings() -> None:
    """In rows of one length the second column of times says when they end."""
    rows = "Tag | Von | Bis\nDienstag, 12. Mai | 09:00 | 09:45\nMittwoch, 13. Mai | 14:00 | 14:45"
    assert starts(f"Bitte wählen Sie einen Termin:\n\n{rows}", REQUEST) == ["12 09:00", "13 14:00"]


def test_a_table_of_the_same_hours_each_day_offers_all() -> None:
    """The same two hours on every day are times to choose from."""
    rows = "Tue 12 May | 9:00 | 11:00\nWed 13 May | 9:00 | 11:00"
    assert len(starts(f"Pick one:\n\n{rows}", REQUEST)) == 4


def test_of_two_times_behind_a_label_the_first_was_struck_out() -> None:
    """A form that strikes the old out leaves both where a mail is text."""
    text = "Updated details:\n\nDate: Tuesday 12 May Thursday 14 May\nTime: 09:30 11:00\n"
    assert starts(text, MOVED) == ["14 11:00"]


def test_of_two_hours_the_one_called_off_is_taken_away() -> None:
    """Words that look like an hour elsewhere do not take the place of the talk's."""
    text = "Please don't come in at half eleven today. I would rather not guess at one."
    assert starts(text, CANCELLED) == ["8 11:30"]


def test_a_row_of_weekdays_goes_forward() -> None:
    """A weekday that closes a row which began next week is of that week, too."""
    text = "Come and talk: Tuesday at noon, Thursday at 6pm, or Saturday at 11."
    assert starts(text, REQUEST) == ["12 12:00", "14 18:00", "16 11:00"]


@pytest.mark.parametrize(
    "text",
    [
        "I keep Tuesday 12 May for interviews. Nine, ten or eleven o'clock in the morning.",
        "Dienstag, 12. Mai, ist für Gespräche frei. Neun, zehn oder elf Uhr, wie es passt.",
        "Je garde le mardi 12 mai pour les entretiens. Neuf, dix ou onze heures, au choix.",
    ],
)
def test_hours_in_words_share_what_follows_the_last(text: str) -> None:
    """ "Nine, ten or eleven o'clock" are three times."""
    assert starts(text, REQUEST) == ["12 09:00", "12 10:00", "12 11:00"]


def test_a_year_is_no_hour() -> None:
    """A year behind "before" is not read as an hour of the day named before."""
    text = (
        "You were told 12 May. If there is another job, and that won't be before 2027, I'll write."
    )
    assert starts(text, Kind.REJECTION) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sorry, can we push Tuesday's 10 o'clock to 11?", ["12 11:00"]),
        ("I have to slide our 2.30 to 3 on Tuesday.", ["12 15:00"]),
        ("L'entretien de mardi passe de 10h à 13h30.", ["12 13:30"]),
        ("La entrevista del martes se recorre de las 10:00 a las 13:30 hrs.", ["12 13:30"]),
        ("Il colloquio di martedì slitta dalle 10 alle 13.30.", ["12 13:30"]),
        ("Können wir am Dienstag statt um 10 erst um 11 Uhr anfangen?", ["12 11:00"]),
    ],
)
def test_a_range_behind_a_word_of_moving_is_the_old_time_and_the_new(
    text: str, wanted: list[str]
) -> None:
    """ "Push our 10 to 11" gives the ten o'clock up."""
    assert starts(text, MOVED) == wanted


def test_a_range_that_a_talk_is_moved_to_begins_with_its_start() -> None:
    """ "Moved to Tuesday, your 2 to 3pm" is from two to three."""
    assert starts("Your interview has moved to Tuesday, 2 to 3pm.", MOVED) == ["12 14:00"]


def test_a_question_that_names_the_new_time_outweighs_what_is_in_the_way() -> None:
    """Where the old time and what got in its way stand before it, the time asked about is the new one."""
    text = "We said Wednesday at noon, but auditors arrive at 11 that day. Thursday at 10?"
    assert starts(text, MOVED) == ["14 10:00"]


def test_a_time_behind_a_comma_is_not_after_what_happens_before_it() -> None:
    """ "After dismissal, 2:45" is at 2:45, not later."""
    text = "I could see you after dismissal, 2:45, on the 12th or on the 14th."
    assert starts(text, REQUEST) == ["12 14:45", "14 14:45"]


def test_a_slot_under_the_word_taken_is_not_offered() -> None:
    """A list that says what is gone offers the rest."""
    text = "Slots left:\n- Monday 18th, 9am\n- Tuesday 19th, 2pm\nTaken: Monday 18th 10am"
    assert starts(text, REQUEST) == ["18 09:00", "19 14:00"]


def test_weekdays_with_times_share_the_week_of_the_one_that_has_a_date() -> None:
    """The weekday before a dated one and the weekday behind it are of its week."""
    text = "Either Tuesday (8:30), at lunch on Wednesday the 20th (12:15) or Thursday at 5."
    assert starts(text, REQUEST) == ["19 08:30", "20 12:15", "21 17:00"]


def test_a_weekday_that_is_tomorrow_goes_forward_behind_one_of_next_week() -> None:
    """On a Friday "Wednesday or Saturday" offers the Saturday of next week: else it were tomorrow."""
    assert starts("I have Wednesday 10am and Saturday 2pm.", REQUEST) == ["13 10:00", "16 14:00"]


def test_an_ordinal_alone_is_a_day_right_before_a_time() -> None:
    """ "ok so 27th, 8:15 am" names the day without an article."""
    assert starts("ok so 27th, 8:15 am, second trailer.", CONFIRMED) == ["27 08:15"]


def test_a_dotted_time_behind_a_comma_may_lead_to_its_place() -> None:
    """ "today still works, 4.30 at the depot" is at half past four."""
    assert starts("Yes, today still works, 4.30 at the depot.", CONFIRMED) == ["8 16:30"]


def test_what_the_writer_does_meanwhile_is_not_offered() -> None:
    """A dentist at three, or a portal that goes live at nine, is no slot."""
    text = "I've got Tuesday 10am; Thursday's out, I'm at the dentist at 3."
    assert starts(text, REQUEST) == ["12 10:00"]
    assert starts("Our link shows what's open. Slots go live at 9am on Monday.", REQUEST) == []


def test_timings_in_a_zone_are_all_of_that_zone() -> None:
    """ "(all timings in IST)", from a sender five and a half hours east, is India's time."""
    talk = talks(
        "Which slot suits you (all timings in IST)?\n\n1. Tuesday, 12 May - 7:00 PM",
        REQUEST,
        date="Fri, 08 May 2026 14:00:00 +0530",
    )[0]
    assert talk.start is not None
    assert talk.start.utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize(
    "text",
    [
        "We found two possibilities, in Amsterdam time:\n- Tuesday 12 May 15:00-16:00\n- Wednesday 13 May 11:00-12:00",
        "Je vous propose (heures de Paris) :\n- mardi 12 mai, 15h\n- mercredi 13 mai, 11h",
        "Tuesday 12 May 3pm or Wednesday 13 May 11am. We're on Berlin time.",
        "Huecos (horas de Madrid):\n- martes 12 de mayo, 15:00\n- miércoles 13 de mayo, 11:00",
    ],
)
def test_a_zone_told_once_is_of_every_slot(text: str) -> None:
    """Before the list, in brackets, or in a sentence of its own."""
    found = [talk.start for talk in talks(text, REQUEST) if talk.start]
    assert [f"{start:%d %H:%M}" for start in found] == ["12 15:00", "13 11:00"]
    assert {start.utcoffset() for start in found} == {timedelta(hours=2)}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("I'm on my own til 4, so our talk will have to be 5 on Tuesday rather than 3.", MOVED, ["12 17:00"]),
        ("I've had to bring Tuesday forward an hour, to 9. I'll have coffee on.", MOVED, ["12 09:00"]),
        ("I have taken your interview on Tuesday 12 May at 10 out of the diary.", CANCELLED, ["12 10:00"]),
        ("All of Tuesday's interviews are off. Your 13.40 appointment is too.", CANCELLED, ["12 13:40"]),
        ("Panie Marku, musimy odwołać naszą rozmowę (12.05, godz. 12).", CANCELLED, ["12 12:00"]),
        ("Zróbmy to w czwartek po południu 17:30, warsztat będzie otwarty.", MOVED, ["14 17:30"]),
        ("Jeudi 14 après-midi 15h chez nous.", CONFIRMED, ["14 15:00"]),
        ("El jueves 14 por la tarde 17:00 en la tienda.", CONFIRMED, ["14 17:00"]),
        ("Come for a trial, 4 hours paid. Wednesday or Thursday, start 4pm.", REQUEST, ["13 16:00", "14 16:00"]),
        ("Please book a time. The link expires on Friday, May 22 at 11:59 PM.", REQUEST, []),
        ("Wednesday 7pm or Saturday 11am? The second is midnight for you.", REQUEST, ["13 19:00", "16 11:00"]),
        (
            "Ginge Donnerstag, 14. Mai, 16 Uhr Berliner Zeit (bei Ihnen 15 Uhr nachmittags)?",
            REQUEST,
            ["14 16:00"],
        ),
    ],
)  # fmt: skip
def test_times_as_people_tell_them(text: str, kind: Kind, wanted: list[str]) -> None:
    """Bare hours behind words of change, of somebody's own, in brackets, and behind a part of the day."""
    assert starts(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I can ring you any time between 1 and 4 on the 12th; the office shuts at half past four.", ["12 13:00"]),
        ("Venha na terça-feira, 12 de maio, entre as 10h e as 12h30. As visitas dos turistas são às 11h e às 15h.", ["12 10:00"]),
        ("Tuesday morning at 9, Tuesday afternoon at 2, or Wednesday morning at 9.", ["12 09:00", "12 14:00", "13 09:00"]),
        ("Está livre terça por volta das 10h ou quarta por volta das 16h?", ["12 10:00", "13 16:00"]),
    ],
)  # fmt: skip
def test_a_window_is_offered_and_not_the_hours_of_the_house(text: str, wanted: list[str]) -> None:
    """What happens at another hour is not offered, and each time has its own part of the day."""
    assert starts(text, Kind.INTERVIEW_REQUEST) == wanted


def test_a_weekday_and_the_hour_offered_are_no_date() -> None:
    """ "Thursday 8" agrees to Thursday at 8 where that was offered."""
    quoted = "\n\nOn Wed, 6 May 2026 at 10:00, Sam wrote:\n> Wednesday 13 May at 4:30 or Thursday 14 May at 8 am?\n"
    text = "Thursday 8 suits, the diner across from the yard." + quoted
    assert starts(text, Kind.INTERVIEW_CONFIRMED) == ["14 08:00"]


def test_an_hour_behind_a_day_that_is_good() -> None:
    """A day that is agreed to has the hour that the next sentence opens with."""
    assert starts("Tuesday is good. 3.30, ask for Al.", Kind.INTERVIEW_CONFIRMED) == ["12 15:30"]
