"""Zone names from calendars of every make."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from agent.mail.zones import fixed_offset, iana, zone


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("GMT Standard Time", "Europe/London"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Berlin"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", "Europe/Warsaw"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC+13:00) Samoa", "Pacific/Apia"),
        ("/freeassociation.sourceforge.net/Tzfile/America/New_York", "America/New_York"),
        ("/x/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("Europe/Berlin_1", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("Paris", "Europe/Paris"),
    ],
)
def test_names_that_are_known(name: str, found: str) -> None:
    """IANA names old and new, Windows names, what Windows shows, prefixes, cities."""
    assert iana(name) == found


@pytest.mark.parametrize(
    "name", ["", "Customized Time Zone", "(UTC-05:00)", "Nowhere/Land", "x" * 9_000]
)
def test_names_that_say_nothing(name: str) -> None:
    """Never a guess."""
    assert iana(name) is None
    assert zone(name) is None


def test_every_windows_name_is_a_zone_here() -> None:
    """The names of the table exist in the shipped database."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found = {name: iana(name) for name in WINDOWS_TO_OLSON}
    assert [name for name, place in found.items() if place is None] == []
    assert all(ZoneInfo(place) for place in found.values() if place)


@pytest.mark.parametrize(
    ("name", "minutes"),
    [("UTC+2", 120), ("GMT-0530", -330), ("(UTC-05:00)", -300), ("+09:00", 540)],
)
def test_names_that_are_offsets(name: str, minutes: int) -> None:
    """An offset is one, and no place."""
    assert fixed_offset(name) == timezone(timedelta(minutes=minutes))


def test_other_names_are_no_offsets() -> None:
    """Nor are impossible ones."""
    assert fixed_offset("Europe/Berlin") is None
    assert fixed_offset("UTC+99") is None
