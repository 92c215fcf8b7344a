"""Limits and windows as people of eight languages word them, each with its last day."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.mail.when import find_days

TABLE = Path(__file__).parent / "samples" / "windows.txt"
ZONES = {
    "US": "America/New_York",
    "CA": "America/Toronto",
    "MX": "America/Mexico_City",
    "BR": "America/Sao_Paulo",
    "IN": "Asia/Kolkata",
    "AU": "Australia/Sydney",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
}
ON_THE_CONTINENT = "Europe/Berlin"


def rows() -> Iterator[tuple[str, str, date, date, str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, country, written, wanted, text = line.split(" | ", 4)
            yield language, country, date.fromisoformat(written), date.fromisoformat(wanted), text


@pytest.mark.parametrize(("language", "country", "written", "wanted", "text"), list(rows()))
def test_a_window_is_told_by_its_last_day(
    language: str, country: str, written: date, wanted: date, text: str
) -> None:
    """A limit or a window ends on the day that the definitions and the country's calendar give."""
    zone = ZONES.get(country, ON_THE_CONTINENT)
    sent = datetime.combine(written, time(10), ZoneInfo(zone))
    found = find_days(text, sent, zone=zone, country=country, language=language)
    assert wanted in [mention.day for mention in found]
