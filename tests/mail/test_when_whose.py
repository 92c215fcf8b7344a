"""The country whose holidays and order of day and month a mail goes by."""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import find_days
from agent.mail.when.whose import country_of, zone_of


def at(hours: float, month: int = 2) -> datetime:
    """A mail's Date by a clock so many hours east of UTC."""
    return datetime(2026, month, 26, 10, 0, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("sent", "language", "wanted"),
    [
        (at(0), "en", "GB"),  # the user's own clock
        (at(-5), "en", "US"),
        (at(5.5), "en", "IN"),
        (at(1), "en", "GB"),  # Berlin writing English: nothing tells which country
        (at(1), "de", "DE"),
        (at(-6), "es", "ES"),
        (at(1), "xx", "GB"),
    ],
)
def test_a_letter_to_london(sent: datetime, language: str, wanted: str) -> None:
    """Language goes first, then the sender's clock, else it is the user's country."""
    assert country_of(sent, "Europe/London", "GB", language) == wanted


@pytest.mark.parametrize(
    ("sent", "language", "wanted"),
    [
        (at(0), "en", "US"),  # UTC is what machines write in
        (at(1, month=7), "en", "GB"),
        (at(1), "en", "US"),  # London is at +00:00 in winter
        (at(1), "de", "DE"),
    ],
)
def test_a_letter_to_new_york(sent: datetime, language: str, wanted: str) -> None:
    """London's summer time is told from UTC."""
    assert country_of(sent, "America/New_York", "US", language) == wanted


def test_a_user_of_vienna_keeps_the_calendar_of_austria() -> None:
    """A language of several countries is the user's own where it is spoken there."""
    assert country_of(at(1), "Europe/Vienna", "AT", "de") == "AT"


def test_figures_and_working_days_go_by_the_sender() -> None:
    """An American writes 3/4 for 4 March, and skips American holidays."""
    american = datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=-5)))
    text = "on 8/9, and within 3 business days"
    days = [
        m.day.isoformat() for m in find_days(text, american, zone="Europe/London", country="GB")
    ]
    assert days == ["2026-08-09", "2026-07-07"]  # 3 July is observed for the 4th, a Saturday


def test_a_british_letter_at_utc_skips_british_holidays() -> None:
    """Working days and bank holidays at UTC in winter are London's, whoever reads of them."""
    sent = datetime(2026, 12, 18, 15, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset
    text = "You will be told within 5 working days."
    found = find_days(text, sent, zone="America/New_York", country="US")
    assert [m.day.isoformat() for m in found] == ["2026-12-29"]


@pytest.mark.parametrize(
    ("sent", "language", "wanted"),
    [
        (at(1), "de", "Europe/Berlin"),
        (at(-3), "pt", "America/Sao_Paulo"),
        (at(0), "pt", "Europe/Lisbon"),
        (at(0), "it", "Europe/Rome"),  # a machine's UTC: the language tells
        (at(-6), "es", None),  # the user's own clock
        (at(-8), "pl", "America/Los_Angeles"),
        (at(2), "xx", "Europe/Athens"),
        (at(12), "de", None),
    ],
)
def test_whose_clock_ours_is(sent: datetime, language: str, wanted: str | None) -> None:
    """ "Our time" goes by the clock of the language that shows the offset of the mail."""
    assert zone_of(sent, "America/Chicago", language) == wanted
