"""Windows and lengths, as people of eight languages word them.

Every mail was written on Friday 8 May 2026 at 9:00 in London; an answer is a day of May or June
2026 that has to be among those found, worked out by hand.
"""

from datetime import date, datetime, timezone

import pytest

from agent.mail.when import find_days

SENT = datetime(2026, 5, 8, 9, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset


def read(text: str, language: str, country: str = "GB") -> list[date]:
    found = find_days(text, SENT, zone="Europe/London", country=country, language=language)
    return [mention.day for mention in found]


def day(month_and_day: str) -> date:
    return date(2026, int(month_and_day[:2]), int(month_and_day[2:]))


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", "0529", "You will hear in the final week of May."),
        ("en", "0612", "You'll hear in the second full week of June."),
        ("en", "0605", "By the end of the first week in June you'll hear."),
        ("de", "0522", "Ende der übernächsten Woche wissen wir mehr."),
        ("de", "0522", "Bis Freitag übernächster Woche wissen wir mehr."),
        ("de", "0529", "In der letzten Maiwoche fällt die Entscheidung."),
        ("de", "0605", "In der ersten Juniwoche fällt die Entscheidung."),
        ("de", "0511", "Gleich zu Wochenbeginn melden wir uns."),
        ("nl", "0522", "In week 21 hoort u van ons."),
        ("fr", "0522", "Nous déciderons en semaine 21."),
        ("fr", "0519", "au début de la semaine du 18"),
        ("it", "0529", "l'ultima settimana di maggio"),
        ("pl", "0529", "w ostatnim tygodniu maja"),
        ("pl", "0605", "do końca pierwszego tygodnia czerwca"),
        ("pt", "0513", "em meados da semana que vem"),
        ("pt", "0522", "na semana do dia 18"),
        ("es", "0610", "A primeros de junio le decimos."),
        ("pt", "0615", "na primeira quinzena de junho"),
        ("es", "0615", "en la segunda semana de junio, o a mediados de junio"),
    ],
)
def test_weeks_and_parts_of_months(language: str, wanted: str, text: str) -> None:
    """A week is told by its place in a month, by its number, and by the week that it follows."""
    assert day(wanted) in read(text, language)


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", "0522", "They promise a position before the weekend of 23rd."),
        ("en", "0524", "We sort it over the weekend of the 23rd."),
        ("es", "0508", "Antes del fin de semana le decimos."),
        ("es", "0511", "Pasado el fin de semana le decimos."),
        ("pt", "0508", "antes do fim de semana"),
        ("it", "0511", "dopo il fine settimana"),
        ("pl", "0508", "przed weekendem"),
        ("pl", "0511", "po weekendzie"),
        ("de", "0510", "Übers Wochenende denke ich nach."),
    ],
)
def test_weekends(language: str, wanted: str, text: str) -> None:
    """A weekend is named by one of its days, and needs no article of its own behind a limit."""
    assert day(wanted) in read(text, language)


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", "0515", "The offer stands for seven days."),
        ("de", "0515", "Sie haben sieben Tage Zeit."),
        ("de", "0513", "Der Link ist fünf Tage gültig."),
        ("fr", "0515", "L'offre est valable sept jours."),
        ("fr", "0522", "Nous revenons vers vous sous quinzaine."),
        ("fr", "0522", "dans les quinze jours"),
        ("es", "0522", "En quince días le decimos."),
        ("pt", "0522", "daqui a quinze dias"),
        ("pt", "0515", "A proposta vale por sete dias."),
        ("it", "0515", "La proposta è valida sette giorni."),
        ("it", "0522", "Le chiedo di pazientare altre due settimane, poi saprà tutto."),
        ("nl", "0515", "Het aanbod staat een week open."),
        ("pl", "0515", "Oferta jest ważna siedem dni."),
        ("pl", "0515", "Jeszcze tydzień cierpliwości i wszystko będzie jasne."),
        ("pl", "0515", "Ma Pan tydzień na odpowiedź."),
    ],
)
def test_how_long_it_takes_or_holds(language: str, wanted: str, text: str) -> None:
    """How long an offer stands or an answer takes counts from the mail."""
    assert day(wanted) in read(text, language)


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", "0513", "We meet on Tuesday 12 May and I'll write to you on the day following."),
        ("en", "0522", "We meet on Friday 15 May. You'll know by the Friday after, that's the 22nd."),
        ("en", "0519", "We meet on 12 May; you hear within 5 working days of attending."),
        ("en", "0514", "We meet on 12 May. Outcome 48 hours after."),
        ("en", "0526", "We meet on 12 May. We'll let you know a fortnight after."),
        ("en", "0518", "Panels end on Friday 15 May and we call on the first working day after."),
        ("en", "0522", "Applications close 15 May; we shortlist within a week of closing."),
        ("fr", "0519", "L'entretien est le 12 mai. Sous une semaine après ça, je vous appelle."),
        ("fr", "0515", "L'entretien est le 12 mai. À la fin de la même semaine, je vous appelle."),
        ("it", "0513", "Il colloquio è il 12 maggio. L'indomani la chiamo."),
        ("it", "0529", "Raccogliamo i CV fino al 15 maggio e scriviamo entro due settimane dalla chiusura."),
        ("nl", "0513", "Het gesprek is op 12 mei. De dag erop bel ik u."),
        ("nl", "0515", "Het gesprek is op 12 mei. Aan het eind van die week bel ik u."),
        ("pt", "0522", "O feriado de 18 de maio atrapalha, mas até o fim daquela semana te falo."),
        ("pl", "0513", "Rozmowa jest 12 maja. Nazajutrz zadzwonię."),
        ("pl", "0519", "Rozmowa jest 12 maja. Tydzień po rozmowie zadzwonię."),
    ],
)  # fmt: skip
def test_days_counted_from_one_that_is_named(language: str, wanted: str, text: str) -> None:
    """What follows a day of the text counts from that day."""
    assert day(wanted) in read(text, language)


@pytest.mark.parametrize(
    ("language", "wanted", "text"),
    [
        ("en", "0514", "You'd have my answer the night before, on the 14th."),
        ("en", "0520", "Decision: 20/05."),
        ("en", "0513", "Expect news midweek next week."),
        ("pt", "0529", "A 29 comunica-se quem fica."),
        ("pt", "0519", "Fechamos na sexta, de modo que antes do dia 19 não haverá decisão."),
        ("it", "0519", "Torna il 18, quindi prima di martedì 19 non si decide niente."),
    ],
)
def test_days_by_themselves(language: str, wanted: str, text: str) -> None:
    """A day stands where its words allow nothing else."""
    assert day(wanted) in read(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In week 2 of the course you meet the team."),
        ("en", "Your contract starts in week 40 of training."),
        ("pt", "Falamos com 29 pessoas."),
        ("en", "It was the final week."),
    ],
)
def test_no_days(language: str, text: str) -> None:
    """Weeks of a course and counted people are no days."""
    assert read(text, language) == []
