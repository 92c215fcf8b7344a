"""Days that are told by another day beside them, or once more by their date."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agent.mail.when import find_days

FRIDAY = datetime(2026, 5, 8, 9, tzinfo=ZoneInfo("Europe/London"))
THURSDAY_14 = {
    "en": "The interview is on 14 May.",
    "de": "Das Gespräch ist am 14. Mai.",
    "fr": "L'entretien est le 14 mai.",
    "es": "La entrevista es el 14 de mayo.",
    "nl": "Het gesprek is op 14 mei.",
    "pt": "A entrevista é no dia 14 de maio.",
    "it": "Il colloquio è il 14 maggio.",
    "pl": "Rozmowa jest 14 maja.",
}


def _days(text: str, language: str, country: str = "GB") -> list[str]:
    found = find_days(text, FRIDAY, zone="Europe/London", country=country, language=language)
    return [f"{each.day:%m-%d}" for each in found]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "You will hear by the end of the following week, so May 14.", "05-14"),
        ("en", "We decide by Wednesday (13/5).", "05-13"),
        ("en", "You'll hear in two weeks, i.e. on 21 May.", "05-21"),
        ("de", "In zwei Wochen, also am 21. Mai, wissen wir mehr.", "05-21"),
        ("fr", "Vous avez une semaine, soit jusqu'au 14 mai.", "05-14"),
        ("nl", "Binnen twee weken, dus voor 22 mei, hoor je meer.", "05-21"),
        ("it", "Entro una settimana, cioè fino al 14 maggio.", "05-14"),
        ("pl", "W ciągu tygodnia, czyli do 14 maja.", "05-14"),
    ],
)
def test_a_window_is_told_by_its_date(language: str, text: str, day: str) -> None:
    """A window or a limit that is said again by its date is one day, by that date."""
    assert _days(text, language) == [day]


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        ("You'll hear by the Wednesday before Thanksgiving.", "US", "11-25"),
        ("You'll hear by the Wednesday before Thanksgiving (11/25).", "US", "11-25"),
        ("We meet the Monday after 14 May.", "GB", "05-18"),
        ("We meet the Friday before 21 May.", "GB", "05-15"),
    ],
)
def test_a_weekday_before_or_after_a_day_is_one_day(text: str, country: str, day: str) -> None:
    """A weekday with a limit and a day behind it is counted from that day."""
    assert _days(text, "en", country) == [day]


def test_two_sentences_are_two_days() -> None:
    """A date that begins a sentence does not say the window before it again."""
    assert _days("You'll hear in two weeks. So 19 May is busy.", "en") == ["05-22", "05-19"]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Please let us know two days before.", "05-12"),
        ("en", "Please confirm the day before.", "05-13"),
        ("en", "Send the slides at least 48 hours in advance.", "05-12"),
        ("de", "Geben Sie uns spätestens zwei Tage vorher Bescheid.", "05-12"),
        ("fr", "Merci de confirmer la veille.", "05-13"),
        ("fr", "Merci de confirmer l'avant-veille.", "05-12"),
        ("es", "Confirme dos días antes.", "05-12"),
        ("nl", "Bevestig het een dag van tevoren.", "05-13"),
        ("pt", "Confirme na véspera.", "05-13"),
        ("it", "Confermi il giorno prima.", "05-13"),
        ("pl", "Proszę potwierdzić dzień wcześniej.", "05-13"),
    ],
)
def test_a_length_counts_back_from_the_day_named_before(language: str, text: str, day: str) -> None:
    """So many days beforehand are counted back from the day of the text."""
    assert _days(f"{THURSDAY_14[language]} {text}", language) == ["05-14", day]


def test_working_days_beforehand_leave_the_weekend_out() -> None:
    """Three working days before a Tuesday is the Thursday of the week before."""
    text = "The interview is on Tuesday 19 May. Send it three working days beforehand."
    assert _days(text, "en") == ["05-19", "05-14"]


def test_a_length_before_a_day_that_follows_is_not_counted_back() -> None:
    """What comes before a day that is named behind it says nothing of the day before."""
    assert "05-07" not in _days("We meet on 14 May. A week before 20 May you get the plan.", "en")


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I'd say two weeks until I can tell you more.", "05-22"),
        ("en", "It could be three weeks before you hear from us.", "05-29"),
        ("en", "I need two more weeks to sort this out.", "05-22"),
        ("en", "Push your branch within a week of today.", "05-15"),
        ("es", "Tardaremos todavía dos semanas en decir algo.", "05-22"),
        ("nl", "Graag voor maandagavond een reactie.", "05-11"),
        ("pl", "Odpowiemy w przeciągu tygodnia.", "05-15"),
        ("it", "Mi risponda in giornata.", "05-08"),
    ],
)
def test_lengths_and_limits_that_people_write(language: str, text: str, day: str) -> None:
    """A length before something can be told, and an evening before which something is wanted."""
    assert _days(text, language) == [day]


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "You'll hear before Whit Monday (25 May).", ["05-24"]),
        ("de", "Wir melden uns noch vor Pfingsten (24. Mai).", ["05-23"]),
        ("en", "By the end of the month, by Friday 29 May at the latest.", ["05-29"]),
        ("fr", "Vous saurez d'ici la fin du mois, au plus tard le 29.", ["05-29"]),
        ("fr", "Réponse sous cinq jours (le 11 étant chargé), promis.", ["05-13", "05-11"]),
    ],
)
def test_what_a_date_beside_a_window_says_of_it(language: str, text: str, days: list[str]) -> None:
    """A date in brackets may be the day before which it is, and others are no date of the window."""
    assert _days(text, language) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The panel meets on 19 May and you hear by the end of that week.", "05-22"),
        ("The panel meets on 19 May; a call comes before that weekend.", "05-22"),
        ("The board sits on 3 June and writes by the end of that month.", "06-30"),
        ("We meet on Thursday 14 May; it's settled by the Friday of the week after.", "05-22"),
        ("We meet on Thursday 14 May, the result comes on Friday of the following week.", "05-22"),
    ],
)
def test_a_part_of_a_week_or_month_counts_from_the_day_named_before(text: str, day: str) -> None:
    """That week, that weekend and that month are those of the day of the text."""
    assert day in _days(text, "en")


def test_a_day_of_the_next_month_is_one_day() -> None:
    """ "By the 5th of next month" names no window beside its day."""
    assert _days("You'll hear by the 20th of next month.", "en") == ["06-20"]
