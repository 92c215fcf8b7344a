"""Days told by their number alone, limits that turn round, and waits, in eight languages.

The mail was written on Friday 8 May 2026 at 10:00, in the country of its language; each
answer was worked out by hand from a calendar.
"""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import find_days

WRITTEN = datetime(2026, 5, 8, 10, 0, tzinfo=timezone(timedelta(hours=2)))
COUNTRIES = {
    "de": "DE", "fr": "FR", "es": "ES", "nl": "NL", "pt": "PT", "it": "IT", "pl": "PL", "en": "GB",
}  # fmt: skip


def days(language: str, text: str) -> list[str]:
    """The days found in a text, as month and day."""
    found = find_days(
        text, WRITTEN, zone="Europe/Berlin", country=COUNTRIES[language], language=language
    )
    return [f"{mention.day:%m-%d}" for mention in found]


NUMBERS = [
    ("de", "Am 20. tagt der Vorstand, danach wissen Sie Bescheid.", ["05-20"]),
    ("de", "Vor dem 20. melden wir uns bei Ihnen.", ["05-19"]),
    ("fr", "Le DRH relit les dossiers, et le 20 on vous passe un coup de fil.", ["05-20"]),
    ("fr", "Il nous faut une réponse avant le 20.", ["05-19"]),
    ("nl", "De commissie komt de 20e bijeen.", ["05-20"]),
    ("nl", "Op de 27e hoort iedereen hoe of wat.", ["05-27"]),
    ("en", "On the 20th Peter decides.", ["05-20"]),
    ("en", "Someone will be in touch by the 18th whatever we decide.", ["05-18"]),
    ("es", "Necesitamos su respuesta antes del 20.", ["05-19"]),
    ("es", "El miércoles 20 recibirá nuestra valoración.", ["05-20"]),
    ("es", "Antes del 18 de mayo y el miércoles 20 recibirá nota.", ["05-17", "05-20"]),
    ("es", "Responda hasta el 20 inclusive.", ["05-20"]),
    ("fr", "Répondez jusqu'au 20 inclus.", ["05-20"]),
    ("fr", "Réponse attendue pour le 20 au plus tard.", ["05-20"]),
    ("pt", "No dia 22 damos resposta a todos.", ["05-22"]),
    ("pt", "Na terça, 19, ela bate o martelo.", ["05-19"]),
    ("pt", "Suba o vídeo até segunda-feira, 18.", ["05-18"]),
    ("pt", "Retorno do RH: 18/05.", ["05-18"]),
    ("it", "E il 22 ne parliamo con una decisione in mano.", ["05-22"]),
    ("it", "La decisione è attesa per il 21.", ["05-21"]),
    ("pl", "Wynik podamy do 21.", ["05-21"]),
    ("pl", "W poniedziałek 18 obdzwaniam wszystkich.", ["05-18"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), NUMBERS)
def test_numbers_that_are_days(language: str, text: str, expected: list[str]) -> None:
    """An article, a preposition or a weekday makes a number a day, whatever word follows."""
    assert days(language, text) == expected


COUNTS = [
    ("de", "Wir sind 20 Personen im 3. Stock."),
    ("de", "Am 12. digitalen Infotag sind wir dabei."),
    ("fr", "Nous sommes au 20 rue de la Paix, 20 personnes."),
    ("fr", "C'est au journal, le 20 heures."),
    ("nl", "Het pand is uit de 20e eeuw."),
    ("nl", "We zitten op de 8e verdieping."),
    ("it", "Il 20% degli studenti, anzi il 30 per cento."),
    ("es", "El 20 por ciento de los candidatos."),
    ("pl", "Zapraszamy 20 osób."),
    ("pl", "Biuro czynne do 18."),
    ("de", "Nach dem 2. Gespräch geht es an den 3. Standort."),
    ("en", "We decide after the 5th interview."),
    ("nl", "Dan volgt de tweede ronde."),
    ("en", "We are on the 20th floor, in the 21st century."),
    ("es", "Hasta el 20% de descuento."),
    ("it", "Ha avuto 28/30 e 15/20."),
]


@pytest.mark.parametrize(("language", "text"), COUNTS)
def test_numbers_that_count(language: str, text: str) -> None:
    """Numbers that count, measure or rank are no days."""
    assert days(language, text) == []


LIMITS = [
    ("de", "Vor dem 20. tut sich da leider nichts.", ["05-20"]),
    ("nl", "Voor de 20e hoef je niks te verwachten.", ["05-20"]),
    ("fr", "Inutile d'espérer quoi que ce soit avant le 20, hélas.", ["05-20"]),
    ("en", "We will tell you before Friday is out.", ["05-15"]),
    ("en", "We decide before the month is over.", ["05-31"]),
    ("fr", "Merci de réserver avant mardi l'un des horaires proposés.", ["05-11"]),
    ("de", "Vor Donnerstag entscheiden wir.", ["05-13"]),
    ("en", "Before Tuesday, please do not call; decide.", ["05-11"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), LIMITS)
def test_before(language: str, text: str, expected: list[str]) -> None:
    """ "Before" a day is the day before, unless it is denied or the day is said to end."""
    assert days(language, text) == expected


WAITS = [
    ("de", "Nehmen Sie sich zwei Wochen Bedenkzeit."),
    ("de", "Das dauert erfahrungsgemäß zwei Wochen."),
    ("fr", "On te laisse deux semaines pour te décider."),
    ("nl", "Je krijgt twee weken bedenktijd."),
    ("nl", "Nog twee weekjes geduld."),
    ("es", "Danos dos semanas."),
    ("it", "Ci prendiamo due settimane per valutare tutti."),
    ("pt", "Dê-nos duas semanas."),
    ("pl", "Daj nam dwa tygodnie."),
    ("en", "Give us two weeks."),
]


@pytest.mark.parametrize(("language", "text"), WAITS)
def test_waits(language: str, text: str) -> None:
    """Two weeks asked for or given are two weeks from the mail."""
    assert days(language, text) == ["05-22"]


def test_at_the_latest_leaves_the_week_before() -> None:
    """A weekday "at the latest" in a sentence of its own is the coming one."""
    text = "Êtes-vous libre la semaine du 18 ? Il me faut votre réponse mercredi au plus tard."
    assert days("fr", text) == ["05-22", "05-13"]


def test_weekday_week() -> None:
    """ "Monday week" is a week after the coming Monday, whatever "this" begins behind it."""
    assert days("en", "Come Monday week this should all be behind us.") == ["05-18"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Wednesday the second round starts."),
        ("de", "Mittwoch, der dritte Kandidat kommt."),
    ],
)
def test_weekday_before_a_rank(language: str, text: str) -> None:
    """A rank in letters behind a weekday leaves the weekday alone."""
    assert days(language, text) == ["05-13"]
