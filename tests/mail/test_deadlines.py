"""Whose day a day is: by when they decide, by when the user acts, or nobody's."""

from datetime import date
from pathlib import Path

import pytest

from agent.domain.facts import Kind
from agent.mail.cues import cues
from agent.mail.deadlines import signs_in
from agent.mail.read import read, signals_of
from agent.mail.when import find_days
from tests.mail.reading import USER, message

STATUS, RECEIVED, OFFER = Kind.STATUS_UPDATE, Kind.APPLICATION_RECEIVED, Kind.OFFER
TASK, REQUEST, CONFIRMED = Kind.ASSESSMENT, Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED


def days(text: str, kind: Kind) -> tuple[date | None, date | None]:
    """(decision_by, answer_by) of a mail of that kind, sent on Friday 8 May 2026."""
    found = read(message(text), USER, kind=kind)
    return found.decision_by, found.answer_by


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("We hope to make up our minds by Thursday 14 May.", STATUS, 14),
        ("Either way I will phone you on Wednesday.", STATUS, 13),
        ("The board sits on the 13th and I shall write to everybody the day after.", STATUS, 14),
        ("If you have not heard from us by 20 May, please assume that we went on.", RECEIVED, 20),
        ("You will hear from us within two weeks.", RECEIVED, 22),
        ("They seek an answer before Tuesday but I will let you know by Friday 15 May.", STATUS, 15),
        ("See you on Tuesday at 2pm. We let everyone know by Friday 15 May.", CONFIRMED, 15),
        ("Wir geben Ihnen bis Freitag, 15. Mai, Bescheid.", STATUS, 15),
        ("Nous reviendrons vers vous avant le 15 mai.", STATUS, 14),
        ("Te diremos algo antes del 15 de mayo.", STATUS, 14),
        ("Je hoort uiterlijk vrijdag 15 mei van ons.", STATUS, 15),
        ("Le faremo sapere entro venerdì 15 maggio.", STATUS, 15),
        ("Damos resposta até sexta-feira, 15 de maio.", STATUS, 15),
        ("Damy znać do piątku 15 maja.", STATUS, 15),
    ],
)  # fmt: skip
def test_their_day(text: str, kind: Kind, day: int) -> None:
    """Days with words of deciding and telling, in every language."""
    assert days(text, kind) == (date(2026, 5, day), None)


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Please return it by Thursday 14 May.", TASK, 14),
        ("The letter is yours until Friday 15 May.", OFFER, 15),
        ("Can I have your answer by the 13th?", OFFER, 13),
        ("Grab one of our slots within 48 hours.", REQUEST, 10),
        ("Monday is fine for the exercise.", TASK, 11),
        ("Bitte schicken Sie uns die Aufgabe bis zum 15. Mai zurück.", TASK, 15),
        ("Merci de renvoyer le contrat signé avant le 15 mai.", OFFER, 14),
        ("Por favor, envía la prueba antes del 15 de mayo.", TASK, 14),
        ("La prego di inviare la prova entro il 15 maggio.", TASK, 15),
    ],
)
def test_the_users_day(text: str, kind: Kind, day: int) -> None:
    """Days by which something is asked of the user; never a decision of theirs."""
    assert days(text, kind) == (None, date(2026, 5, day))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you start on Monday 18 May?", OFFER),
        ("The contract runs from 1 June.", OFFER),
        ("Please send me some times over the next two weeks.", REQUEST),
        ("She is only in town until Thursday, so what suits you?", REQUEST),
        ("We accept applications until the 22nd.", RECEIVED),
        ("We will look at it after the closing date, 22 May.", RECEIVED),
        ("I told you the end of this week.", STATUS),
        ("We expect to hold interviews in June.", RECEIVED),
        ("I will ring you on Tuesday at 11.", CONFIRMED),
        ("We keep your papers until 31 December.", Kind.REJECTION),
    ],
)
def test_nobodys_day(text: str, kind: Kind) -> None:
    """Beginnings, windows for a talk, other people's limits, history."""
    assert days(text, kind) == (None, None)


SAMPLES = Path(__file__).parent / "samples" / "days.txt"
CODES = {
    "S": STATUS, "R": RECEIVED, "O": OFFER, "A": TASK, "Q": REQUEST, "C": CONFIRMED,
    "M": Kind.INTERVIEW_RESCHEDULED, "X": Kind.INTERVIEW_CANCELLED, "P": Kind.RECRUITER_OUTREACH,
}  # fmt: skip


def _told() -> list[tuple[Kind, tuple[str, str], str]]:
    """(kind, (decision, answer), text) of every line of the samples."""
    rows = [row for row in SAMPLES.read_text(encoding="utf-8").splitlines() if row[1:3] == " |"]
    parts = [row.split(" | ", 3) for row in rows]
    return [(CODES[code], (theirs, users), text) for code, theirs, users, text in parts]


@pytest.mark.parametrize(("kind", "wanted", "text"), _told())
def test_the_days_that_letters_tell(kind: Kind, wanted: tuple[str, str], text: str) -> None:
    """Days of sentences that the weights were not fitted to."""
    told = tuple(day.strftime("%m%d") if day else "-" for day in days(text, kind))
    assert told == wanted


def test_a_day_counted_from_the_talk_is_theirs() -> None:
    """ "That evening" is the day named before, and no day where none is."""
    text = "Your interview is on Tuesday 12 May at 10. You will hear from us that evening."
    assert days(text, CONFIRMED) == (date(2026, 5, 12), None)
    assert days("You will hear from us that evening.", STATUS) == (None, None)


def test_nobody_decides_before_the_talk() -> None:
    """ "Before the week is out" is the week of the talk, where that is yet to come."""
    text = "See you on Tuesday 19 May at 10. You can expect an answer before the week is out."
    assert days(text, CONFIRMED) == (date(2026, 5, 22), None)


def test_the_user_acts_in_the_week_of_the_mail() -> None:
    """What is asked of them by the end of the week is due before the talk."""
    text = "See you on Tuesday 19 May at 10. Please confirm by the end of the week."
    assert days(text, CONFIRMED) == (None, date(2026, 5, 8))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The budget opens on 4 June and you will hear from us by the 15th.", date(2026, 6, 15)),
        ("Das Budget gilt ab 1. Juni, Sie hören bis zum 12. von uns.", date(2026, 6, 12)),
    ],
)
def test_a_day_by_number_may_be_of_the_month_named_before(text: str, day: date) -> None:
    """A day of a month left out is weighed in the month of the mail and in that of the day before."""
    mail = message(text)
    language = "de" if "Budget gilt" in text else "en"
    signals = signals_of(mail, USER)
    found = find_days(text, mail.date, zone="Europe/London", country="GB", language=language)
    weighed = [each for each, _ in signs_in(signals, STATUS, text, found, cues(language))]
    assert day in weighed
    assert day.replace(month=5) in weighed
