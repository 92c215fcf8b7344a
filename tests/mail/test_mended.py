"""Content lines that break RFC 5545."""

import pytest

from agent.mail.invite import read_invites
from agent.mail.mended import mended
from agent.mail.message import CalendarPart, Identity
from tests.mail.steps import steps

USER = Identity("Alex Moreno", ("alex@moreno.example",), "America/Chicago", "US")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("DTSTART;;VALUE=DATE-TIME:20261110T150000Z", "2026-11-10T15:00:00+00:00"),
        ("DTSTART;VALUE=DATE-TIME;:20261110T150000Z", "2026-11-10T15:00:00+00:00"),
        ("DTSTART;;TZID=Europe/Berlin:20261110T150000", "2026-11-10T15:00:00+01:00"),
        (
            "DTSTART;TZID=Europe/Berlin;;VALUE=DATE-TIME:20261110T150000",
            "2026-11-10T15:00:00+01:00",
        ),
        ("DTSTART;TZID=Europe/Berlin: 20261110T150000", "2026-11-10T15:00:00+01:00"),
        ("DTSTART;VALUE:20261110T150000Z", "2026-11-10T15:00:00+00:00"),
        ("DTSTART:2026-11-10T15:00:00Z", "2026-11-10T15:00:00+00:00"),
        ("DTSTART:20261110T1500Z", "2026-11-10T15:00:00+00:00"),
        ("DTSTART;TZID=:20261110T150000", "2026-11-10T15:00:00-06:00"),
    ],
)
def test_a_time_whose_line_is_crooked(line: str, wanted: str) -> None:
    """A broken parameter, a blank or another form of ISO 8601 loses no time."""
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@cal.example\r\n"
        f"{line}\r\nSUMMARY:Interview\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    [event] = read_invites([CalendarPart(text, "REQUEST")], USER).events
    assert event.start is not None
    assert event.start.isoformat() == wanted


@pytest.mark.parametrize(
    "line",
    [
        "SUMMARY:Interview; part 1; part 2",
        'ORGANIZER;CN="Lee; Ann: HR":mailto:ann@acme.example',
        "DTSTART;TZID=Europe/Berlin:20261110T150000",
        "DTSTART;VALUE=DATE:20261110",
        "DTSTART:soon",
        "DESCRIPTION:at 2026-11-10T15:00 ;; see below",
    ],
)
def test_a_sound_line_stays(line: str) -> None:
    """What keeps to the rules, or cannot be told, is left as it is."""
    assert mended(line) == line


def test_a_line_without_an_end() -> None:
    """A hundred thousand signs of a crooked line take no time."""
    line = "DTSTART" + ';;"' * 33_000
    assert mended(line) == line
    assert steps(lambda: mended(line)) < 100
