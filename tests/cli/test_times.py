"""Times as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from agent.cli import times

AT = datetime(2026, 11, 10, 14, 0, tzinfo=UTC)


def test_span() -> None:
    """A talk within a day names the day once; one over midnight names both."""
    assert times.span(AT, AT + timedelta(minutes=45), "Europe/Berlin") == (
        "Tue 10 Nov 2026 15:00–15:45"
    )
    assert times.span(AT, AT + timedelta(hours=11), "UTC") == (
        "Tue 10 Nov 2026 14:00 – Wed 11 Nov 2026 01:00"
    )
    assert times.span(AT, None, "UTC") == "Tue 10 Nov 2026 14:00"


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ("Europe/Berlin", ""),
        ("Europe/Madrid", ""),
        (None, ""),
        ("America/New_York", "09:00 in New York"),
        ("Pacific/Auckland", "Wed 03:00 in Auckland"),
    ],
)
def test_elsewhere(theirs: str | None, shown: str) -> None:
    """Their clock is shown where it differs from the user's, with the day where that differs."""
    assert times.elsewhere(AT, theirs, "Europe/Berlin") == shown


@pytest.mark.parametrize(
    ("ahead", "shown"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=30), "in 30 min"),
        (timedelta(hours=-5), "5 h ago"),
        (timedelta(days=3), "in 3 days"),
    ],
)
def test_away(ahead: timedelta, shown: str) -> None:
    """A distance in time is told in one unit."""
    assert times.away(AT + ahead, AT) == shown


def test_soon() -> None:
    """The year is left out where it can only be this one."""
    assert times.soon(AT, AT - timedelta(days=7), "UTC") == "Tue 10 Nov 14:00"
    assert times.soon(AT, AT - timedelta(days=300), "UTC") == "Tue 10 Nov 2026 14:00"
