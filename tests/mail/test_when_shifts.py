"""By how much a time is moved, from the words alone."""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import find_shift

SENT = datetime(2026, 5, 8, 9, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def shift(text: str, language: str = "en") -> timedelta | None:
    """The shift that a text tells."""
    found = find_shift(text, SENT, zone="Europe/London", country="GB", language=language)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Could we push Tuesday's 2pm by an hour?", "en", HOUR),
        ("come an hour later than I said please", "en", HOUR),
        ("I've had to put you back a day.", "en", DAY),
        ("It must be deferred by one week.", "en", WEEK),
        ("Can we go half an hour later?", "en", HOUR / 2),
        ("Any chance of coming 30 minutes earlier?", "en", -HOUR / 2),
        ("Bring it forward an hour?", "en", -HOUR),
        ("Wir müssten um eine Stunde verschieben.", "de", HOUR),
        ("Der Zug steht seit einer Stunde vor Uelzen.", "de", None),
        ("Geht auch eine Stunde früher?", "de", -HOUR),
        ("Je voudrais décaler d'une heure.", "fr", HOUR),
        ("¿Podría ser una hora más tarde?", "es", HOUR),
        ("Kan het een uur later?", "nl", HOUR),
        ("Pode ser uma hora mais tarde?", "pt", HOUR),
        ("Possiamo fare un'ora dopo?", "it", HOUR),
        ("Czy możemy przesunąć o godzinę później?", "pl", HOUR),
    ],
)
def test_a_shift(text: str, language: str, wanted: timedelta | None) -> None:
    """Later is ahead, earlier is back; Polish leaves the number out where it is one."""
    assert shift(text, language) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The talk lasts an hour.",
        "I'll be there for two days.",
        "You have a week for the task.",
        "Reply within two hours.",
        "",
    ],
)
def test_a_length_alone_moves_nothing(text: str) -> None:
    """How long something lasts is no move."""
    assert shift(text) is None


def test_a_mail_of_no_real_year_has_no_shift() -> None:
    """A Date of the year 1 leaves nothing to count from."""
    sent = SENT.replace(year=1)
    assert find_shift("an hour later", sent, zone="UTC", country="GB") is None
