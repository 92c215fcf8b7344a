"""Times that are told by the one before them.

The mail was written on Thursday 26 February 2026 at 10:00 in London.
"""

from datetime import datetime, timezone

import pytest

from agent.mail.when import find_times

LONDON = datetime(2026, 2, 26, 10, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset


def read(text: str) -> list[str]:
    found = find_times(text, LONDON, zone="Europe/London", country="GB")
    return [f"{m.start:%m-%d %H:%M}" + (f">{m.end:%H:%M}" if m.end else "") for m in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tuesday at 2, or Wednesday at the same time", ["03-03 14:00", "03-04 14:00"]),
        ("Tuesday 2-2:45pm or same time Friday", ["03-03 14:00>14:45", "03-06 14:00>14:45"]),
        ("Tuesday 3pm Berlin time, the same time on Friday", ["03-03 15:00", "03-06 15:00"]),
    ],
)
def test_the_same_time_on_another_day(text: str, wanted: list[str]) -> None:
    """The hour, its end and its zone are those of the time before."""
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tuesday at 2. Wednesday, same time (2pm)", ["03-03 14:00", "03-04 14:00"]),
        ("Same time on Friday?", []),
        ("Tuesday at 2, same time as always", ["03-03 14:00"]),
        ("Tuesday at 2, at the same time by Friday", ["03-03 14:00"]),
        ("Tuesday at 2.\n\n\n\n\nSame time Friday", ["03-03 14:00"]),
    ],
)
def test_words_for_the_same_time_that_tell_none(text: str, wanted: list[str]) -> None:
    """No time before, none near, no day beside, or the hour itself behind."""
    assert read(text) == wanted


def test_a_hundred_thousand_signs_of_it() -> None:
    """Hostile text ends."""
    assert len(read("Tuesday at 2, same time Friday " * 3_000)) < 700
