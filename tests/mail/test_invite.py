"""Invitations: times in their zones, people, and what an update says."""

from datetime import timedelta

import pytest

from agent.domain.facts import InterviewSource, InterviewStatus, PersonRole
from agent.mail.guests import humans
from agent.mail.html import read_html
from agent.mail.invite import Event, interview, read_invites
from agent.mail.message import CalendarPart
from tests.mail.steps import steps
from tests.mail.structure import SAM, invitation, sample, utc

NEW_YORK_BY_HAND = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYDAY={autumn};BYMONTH={autumn_month}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYDAY={spring};BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def by_hand(name: str = "Customized Time Zone", *, european: bool = False) -> str:
    """A zone as Outlook defines one; New York's rules, or those of Central Europe."""
    if european:
        return NEW_YORK_BY_HAND.format(
            name=name, summer="+0200", winter="+0100", autumn="-1SU", autumn_month=10, spring="-1SU"
        )
    return NEW_YORK_BY_HAND.format(
        name=name, summer="-0400", winter="-0500", autumn="1SU", autumn_month=11, spring="2SU"
    )


def one(event: str, calendar: str = "METHOD:REQUEST\n") -> Event:
    """The only event of an invitation."""
    (found,) = read_invites(invitation(event, calendar), SAM).events
    return found


def test_a_google_invitation() -> None:
    """A Z states UTC; the link and the people that matter come with it."""
    found = read_invites(sample("google_invitation.eml").calendars, SAM)
    assert (found.method, found.problems) == ("REQUEST", ())
    (event,) = found.events
    assert (event.start, event.end) == (utc(2026, 5, 5, 8), utc(2026, 5, 5, 9))
    assert event.start is not None
    assert event.start.utcoffset() == timedelta()
    assert event.timezone == "UTC"
    assert event.url == "https://meet.google.com/abc-defg-hij"
    assert [(p.name, p.email) for p in humans(event, SAM)] == [
        ("Jane Roe", "jane.roe@acme.example"),
        ("Bob Smith", "bob.smith@acme.example"),
    ]


def test_an_outlook_cancellation() -> None:
    """METHOD:CANCEL in a Windows zone, with the number to dial in by."""
    found = read_invites(sample("outlook_cancellation.eml").calendars, SAM)
    (event,) = found.events
    talk = interview(event)
    assert talk.status is InterviewStatus.CANCELLED
    assert talk.source is InterviewSource.CALENDAR
    assert (talk.start, talk.timezone) == (utc(2026, 5, 6, 12), "Europe/Berlin")
    assert (talk.uid, talk.sequence) == ("040000008200E00074C5B7101A82E008", 2)
    assert talk.url is not None
    assert talk.url.startswith("https://teams.microsoft.com/l/meetup-join/")
    assert (talk.phone, talk.pin) == ("+49 69 5050 1234", "987654321#")
    assert talk.location == "Microsoft Teams-Besprechung"


@pytest.mark.parametrize(
    ("name", "zone", "hour"),
    [
        ("Europe/Berlin", "Europe/Berlin", 8),
        ("W. Europe Standard Time", "Europe/Berlin", 8),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "America/New_York", 14),
        ("/mozilla.org/20050126_1/Europe/London", "Europe/London", 9),
        ("US/Pacific", "America/Los_Angeles", 17),
        ("India Standard Time", "Asia/Kolkata", 4),
    ],
)
def test_zones_by_any_name(name: str, zone: str, hour: int) -> None:
    """IANA, Windows, shown and prefixed names, none of them read as a time without a zone."""
    event = one(f"DTSTART;TZID={name}:20260505T100000")
    assert event.timezone == zone
    assert event.start == utc(2026, 5, 5, hour, 30 if hour == 4 else 0)
    assert not event.floating


def test_a_zone_of_the_mails_own_keeps_its_offset() -> None:
    """A definition under a name that says nothing counts, summer and winter, unnamed."""
    calendar = "METHOD:REQUEST\n" + by_hand()
    summer = one("DTSTART;TZID=Customized Time Zone:20260505T100000", calendar)
    winter = one("DTSTART;TZID=Customized Time Zone:20261110T100000", calendar)
    assert (summer.start, winter.start) == (utc(2026, 5, 5, 14), utc(2026, 11, 10, 15))
    assert (summer.timezone, summer.floating) == (None, False)


def test_a_zone_that_keeps_the_users_time_is_named() -> None:
    """Rules that agree with the user's zone all year are that zone."""
    calendar = "METHOD:REQUEST\n" + by_hand(european=True)
    event = one("DTSTART;TZID=Customized Time Zone:20260505T100000", calendar)
    assert (event.start, event.timezone) == (utc(2026, 5, 5, 8), "Europe/Berlin")


def test_one_mails_zone_never_reaches_the_next() -> None:
    """The library caches definitions; a later mail with the same name must not inherit them."""
    one("DTSTART;TZID=Local:20260505T100000", "METHOD:REQUEST\n" + by_hand("Local"))
    later = read_invites(invitation("DTSTART;TZID=Local:20260505T100000"), SAM)
    assert later.events[0].start == utc(2026, 5, 5, 8)
    assert any("'Local' is not known" in problem for problem in later.problems)


def test_a_zone_named_in_its_definition() -> None:
    """X-LIC-LOCATION says which zone a made-up name stands for."""
    calendar = "BEGIN:VTIMEZONE\nTZID:My Zone\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n"
    assert one("DTSTART;TZID=My Zone:20260505T100000", calendar).timezone == "Asia/Tokyo"


def test_floating_times_are_the_users() -> None:
    """No zone anywhere: the user's, unnamed, and marked."""
    event = one("DTSTART:20260505T100000\nDTEND:20260505T110000")
    assert (event.start, event.timezone, event.floating) == (utc(2026, 5, 5, 8), None, True)


def test_the_calendars_zone_is_a_stated_one() -> None:
    """X-WR-TIMEZONE names the zone of floating times."""
    event = one("DTSTART:20260505T100000", "X-WR-TIMEZONE:America/New_York\n")
    assert (event.start, event.timezone) == (utc(2026, 5, 5, 14), "America/New_York")
    assert not event.floating


def test_a_duration_ends_the_talk() -> None:
    """DURATION in place of DTEND is exact time."""
    assert one("DTSTART:20260505T080000Z\nDURATION:PT45M").end == utc(2026, 5, 5, 8, 45)


def test_a_date_alone_is_a_whole_day() -> None:
    """VALUE=DATE runs from midnight to midnight where the user is."""
    event = one("DTSTART;VALUE=DATE:20260505")
    assert event.all_day
    assert (event.start, event.end) == (utc(2026, 5, 4, 22), utc(2026, 5, 5, 22))


def test_an_end_before_the_start_is_left_out() -> None:
    """And named."""
    found = read_invites(invitation("DTSTART:20260505T080000Z\nDTEND:20260505T070000Z"), SAM)
    assert found.events[0].end is None
    assert any("ends before" in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("method", "status", "cancelled"),
    [
        ("REQUEST", "CONFIRMED", False),
        ("CANCEL", "CONFIRMED", True),
        ("REQUEST", "CANCELLED", True),
    ],
)
def test_cancelled_by_method_or_status(method: str, status: str, cancelled: bool) -> None:
    """Either of the two takes the talk away."""
    event = one(f"DTSTART:20260505T080000Z\nSTATUS:{status}", f"METHOD:{method}\n")
    assert event.cancelled is cancelled


def test_the_method_of_the_part_counts_where_the_calendar_states_none() -> None:
    """RFC 6047: the Content-Type parameter."""
    (part,) = invitation("DTSTART:20260505T080000Z", "")
    assert read_invites([CalendarPart(part.text, "CANCEL")], SAM).events[0].cancelled
    assert read_invites([part], SAM).method is None


def test_rules_are_never_expanded() -> None:
    """A rule for every second is one event; one date of a series keeps its id."""
    event = one("DTSTART:20260505T080000Z\nRRULE:FREQ=SECONDLY\nRECURRENCE-ID:20260505T070000Z")
    assert event.recurrence_id == "2026-05-05T07:00:00+00:00"


def test_a_link_to_book_is_no_link_to_join() -> None:
    """Scheduling and other pages in the description are passed over."""
    event = one(
        "DTSTART:20260505T080000Z\nURL:https://calendar.example/event?id=1\n"
        "DESCRIPTION:Move it: https://calendly.com/reschedulings/1\\nhttps://acme.zoom.us/j/9?pwd=a"
    )
    assert event.url == "https://acme.zoom.us/j/9?pwd=a"


def test_an_html_description_is_read_as_text() -> None:
    """Google lets people write HTML there; the links in it count."""
    event = one(
        'DTSTART:20260505T080000Z\nDESCRIPTION:<p>Hi<br>Sam</p><a href="https://acme.zoom.us/j/7">Join</a>'
    )
    assert event.description == "Hi\nSam\n\nJoin"
    assert event.url == "https://acme.zoom.us/j/7"


def test_rooms_groups_machines_and_the_user_are_no_people() -> None:
    """Only humans on the other side are left, named as people write them."""
    event = one(
        "DTSTART:20260505T080000Z\nORGANIZER;CN=Acme Scheduling:mailto:scheduling@acme.example\n"
        'ATTENDEE;CN="Doe, Jane (Talent)":mailto:Jane.Doe@acme.example\n'
        "ATTENDEE;CN=Sam:mailto:sam+jobs@beck.example\n"
        "ATTENDEE;CN=Room 3;CUTYPE=ROOM:mailto:r3@acme.example\n"
        "ATTENDEE;CN=Besprechungsraum Spree:mailto:spree@acme.example\n"
        "ATTENDEE;CN=Team;CUTYPE=GROUP:mailto:dev@acme.example\n"
        "ATTENDEE;CN=jobs@acme.example:mailto:jobs@acme.example\n"
        "ATTENDEE:mailto:no-reply@acme.example\n"
        "ATTENDEE;CN=raj@acme.example:mailto:raj@acme.example"
    )
    assert [(p.name, p.email) for p in humans(event, SAM)] == [
        ("Jane Doe", "jane.doe@acme.example"),
        (None, "raj@acme.example"),
    ]


@pytest.mark.parametrize(
    ("organizer", "others", "summary", "role"),
    [
        ("Jane Roe", "", "Interview", PersonRole.INTERVIEWER),
        ("Jane Roe", "", "Recruiter screen", PersonRole.RECRUITER),
        ("Jane Roe (Recruiting)", "", "Interview", PersonRole.RECRUITER),
        ("Jane Roe - Interview Coordinator", "", "Interview", PersonRole.COORDINATOR),
        ("Jane Roe", "ATTENDEE;CN=Raj:mailto:raj@acme.example", "Panel", PersonRole.UNKNOWN),
        (
            "Jane Roe",
            "ATTENDEE;CN=Raj:mailto:raj@acme.example",
            "Chat with Jane",
            PersonRole.INTERVIEWER,
        ),
    ],
)
def test_what_the_organizer_is(organizer: str, others: str, summary: str, role: PersonRole) -> None:
    """An interviewer where nobody else comes; else only what the mail says."""
    event = one(
        f"DTSTART:20260505T080000Z\nSUMMARY:{summary}\n"
        f"ORGANIZER;CN={organizer}:mailto:jane@acme.example\n{others}"
    )
    assert humans(event, SAM)[0].role is role


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hello", "not a calendar"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "no event"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260505T080000Z\n", "cut off"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR",
            "cannot be read",
        ),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR", "does not say when"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, word: str) -> None:
    """Broken calendars give problems, never exceptions."""
    assert any(word in problem for problem in read_invites([CalendarPart(text)], SAM).problems)


def test_a_broken_line_goes_on_with_the_one_before() -> None:
    """Some mailers break long lines without the space that the rules ask for."""
    event = one("DTSTART:20260505T080000Z\nDESCRIPTION:Bring your\npassport")
    assert event.description == "Bring yourpassport"


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\n"
        + "BEGIN:VEVENT\nUID:a\nDTSTART:20260101T000000Z\nEND:VEVENT\n" * 20_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "ATTENDEE;CN=x:mailto:a@b.c\n" * 15_000,
        "BEGIN:VCALENDAR\n" + "BEGIN:X\n" * 40_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:" + "\n a" * 100_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART"
        + ";A=B" * 100_000
        + ":20260101T000000\nEND:VEVENT",
        "BEGIN:VCALENDAR\n" + by_hand() * 1_000 + "BEGIN:VEVENT\nEND:VEVENT\n",
    ],
)
def test_calendar_bombs_take_no_time(text: str) -> None:
    """Bytes, events, lines and zones are cut before the library sees them."""
    assert len(read_invites([CalendarPart(text)], SAM).events) <= 50
    assert _reading(text) < 3_000_000


def test_the_rules_of_a_zone_are_reckoned_once_for_a_year() -> None:
    """However many times stand in it: sixty rules took most of a mail with fifty events."""
    one, many = (_steps(events, 30) - _steps(events, 1) for events in (1, 40))
    assert many < 2 * one


@pytest.mark.parametrize("name", ["CATEGORIES", "RESOURCES", "EXDATE", "COMMENT", "X-ANY"])
def test_what_is_not_read_of_an_event_costs_the_same_however_long_it_is(name: str) -> None:
    """The calendar library makes an object of each category and each date left out."""
    few, many = (_reading(_event_with(f"{name}:" + "a," * n)) for n in (10, 10_000))
    assert many < few + 20


def _event_with(line: str) -> str:
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{line}\nDTSTART:20260505T100000Z\nEND:VEVENT\n"


def _steps(events: int, rules: int) -> int:
    """How many calls and returns the reading of so many events takes, in a zone of so many rules."""
    zone = by_hand()
    start = zone.index("BEGIN:STANDARD")
    end = zone.index("END:VTIMEZONE")
    event = "BEGIN:VEVENT\nUID:{}\nDTSTART;TZID=Customized Time Zone:20260505T100000\nEND:VEVENT\n"
    text = "BEGIN:VCALENDAR\n" + zone[:start] + zone[start:end] * rules + zone[end:]
    text += "".join(event.format(number) for number in range(events)) + "END:VCALENDAR\n"
    assert len(read_invites([CalendarPart(text)], SAM).events) == events
    return _reading(text)


def _reading(text: str) -> int:
    """How many calls and returns the reading of a calendar part takes."""
    return steps(lambda: read_invites([CalendarPart(text)], SAM))


def test_a_line_of_thousands_of_parameters_is_none() -> None:
    """No property has so many; the rest of the event is read."""
    line = "ATTENDEE" + ";X=a" * 10_000 + ":mailto:lee@acme.example"
    few, many = _event_with("CLASS:PUBLIC"), _event_with(line)
    assert read_invites([CalendarPart(many)], SAM).events[0].start is not None
    assert _reading(many) < _reading(few) + 1_000


def test_a_page_in_a_description_is_read_once() -> None:
    """Its words and its links come out of one reading."""
    page = "<p>Ann</p>" * 2_000
    _reading(_event_with(f"DESCRIPTION:{page}"))
    once = steps(lambda: read_html(page))
    assert once < _reading(_event_with(f"DESCRIPTION:{page}<p>Lee</p>")) < 1.6 * once
