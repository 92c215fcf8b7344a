"""Working days, quiet hours, zones and the changes of the clocks."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.domain.due import Delay, WorkCalendar
from tests.making import at, calendar


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("15m", Delay(timedelta(minutes=15))),
        ("8h", Delay(timedelta(hours=8))),
        ("7d", Delay(timedelta(days=7))),
        ("2w", Delay(timedelta(days=14))),
        ("3wd", Delay(working_days=3)),
    ],
)
def test_lengths_of_time_are_read(text: str, delay: Delay) -> None:
    """Minutes, hours, days, weeks and working days."""
    assert Delay.parse(text) == delay


@pytest.mark.parametrize("text", ["", "7", "d", "-3d", "7 days", "1.5h", "99999d", "3 wdx"])
def test_other_lengths_are_refused_with_what_is_allowed(text: str) -> None:
    """The sentence tells how to write it."""
    with pytest.raises(ValueError, match="15m"):
        Delay.parse(text)


@pytest.mark.parametrize(
    ("moment", "permitted"),
    [
        ("2026-03-04T18:00", "2026-03-04T18:00"),  # one in the afternoon: as it is
        ("2026-03-05T03:00", "2026-03-05T12:00"),  # ten in the evening: seven next morning
        ("2026-03-05T11:59", "2026-03-05T12:00"),  # a minute to seven
        ("2026-03-05T12:00", "2026-03-05T12:00"),  # seven sharp
    ],
)
def test_quiet_hours_put_off_to_their_end(moment: str, permitted: str) -> None:
    """Quiet hours run over midnight."""
    assert calendar().permitted(at(moment)) == at(permitted)


def test_quiet_hours_of_no_length_are_none() -> None:
    """From a time until the same time means never."""
    always = WorkCalendar(zone="UTC", quiet_from=time(7), quiet_until=time(7))
    assert not always.quiet(at("2026-03-04T07:00"))


def test_days_keep_the_hour_over_a_change_of_the_clocks() -> None:
    """Seven days after three in the afternoon is three in the afternoon."""
    after = calendar().plus(at("2026-03-04T20:00"), Delay.parse("7d"))
    assert calendar().local(after).time() == time(15)
    assert after - at("2026-03-04T20:00") == timedelta(days=7, hours=-1)


def test_hours_are_hours_over_a_change_of_the_clocks() -> None:
    """Eight hours are eight hours."""
    after = calendar().plus(at("2026-03-08T05:00"), Delay.parse("8h"))
    assert after == at("2026-03-08T13:00")


def test_a_time_that_the_clocks_skip_moves_past_the_gap() -> None:
    """Half past two on the morning of the change is half past three."""
    assert calendar().at(date(2026, 3, 8), time(2, 30)) == at("2026-03-08T07:30")


def test_a_time_that_occurs_twice_is_the_first() -> None:
    """Half past one on the morning of the change back."""
    assert calendar().at(date(2026, 11, 1), time(1, 30)) == at("2026-11-01T05:30")


@pytest.mark.parametrize(
    ("country", "day", "moved"),
    [
        ("US", date(2026, 3, 14), date(2026, 3, 16)),  # a Saturday
        ("US", date(2026, 11, 26), date(2026, 11, 27)),  # Thanksgiving
        ("GB", date(2026, 12, 25), date(2026, 12, 29)),  # Christmas, weekend, Boxing Day moved
        ("", date(2026, 12, 25), date(2026, 12, 25)),  # holidays not counted
    ],
)
def test_offices_are_closed_on_weekends_and_holidays(country: str, day: date, moved: date) -> None:
    """The next day on which offices work."""
    assert calendar(country=country).working_day(day) == moved


def test_working_days_skip_the_weekend() -> None:
    """Three working days after a Friday is a Wednesday."""
    assert calendar().after_working_days(date(2026, 3, 6), 3) == date(2026, 3, 11)


@given(
    moment=st.datetimes(min_value=at("2025-01-01T00:00").replace(tzinfo=None)).filter(
        lambda d: d.year < 2100
    )
)
def test_a_permitted_time_is_never_quiet_nor_earlier(moment) -> None:
    """Whatever the moment."""
    when = at(moment.isoformat())
    permitted = calendar().permitted(when)
    assert permitted >= when
    assert not calendar().quiet(permitted)
