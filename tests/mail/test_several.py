"""Which times of a mail are several talks.

The mails are sent on Friday 8 May 2026 at 09:00 in London.
"""

import pytest

from agent.domain.facts import Kind
from tests.mail.test_interviews import starts

CONFIRMED = Kind.INTERVIEW_CONFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday: 9.30am interview with Ms Kern, 10.15am interview with Mr Ott, lunch at 12.",
        "Dienstag: 9.30 Uhr Gespräch mit Frau Kern, 10.15 Uhr Gespräch mit Herrn Ott, Pause um 12.",
        "Mardi 12 : 9h30 entretien avec Mme Kern, 10h15 entretien avec M. Ott, déjeuner à midi.",
        "Terça, dia 12: 9h30 entrevista com a Sra. Kern, 10h15 entrevista com o Sr. Ott, almoço às 12h30.",
        "Plan na wtorek 12 maja: 9:30 rozmowa z panią Kern, 10:15 rozmowa z panem Ottem, obiad o 13.",
    ],
)
def test_two_times_that_are_each_called_an_interview_are_two_talks(text: str) -> None:
    """The meal that ends the sentence is none."""
    assert starts(text, CONFIRMED) == ["12 09:30", "12 10:15"]


@pytest.mark.parametrize(
    "text",
    [
        "Trial shift on Tuesday: start 7am, break 12, end about 3pm.",
        "Dienstag Probearbeiten, Beginn 7 Uhr, Pause um 12 Uhr, Ende gegen 15 Uhr.",
        "Essai mardi, début 7h, pause à midi, fin vers 15h.",
        "Prueba el martes, entrada a las 7, descanso a las 12, salida sobre las 15.",
        "Proefdag dinsdag, start 7u, pauze 12u, einde rond 15u.",
        "Teste na terça, entrada 7h, almoço 12h, saída por volta das 15h.",
        "Prova martedì, inizio ore 7, pausa ore 12, fine verso le 15.",
        "Dzień próbny we wtorek, start 7:00, przerwa 12:00, koniec ok. 15:00.",
    ],
)
def test_the_break_behind_a_comma_is_of_the_time_that_it_leads_to(text: str) -> None:
    """The day begins where its first time says."""
    assert starts(text, CONFIRMED)[0] == "12 07:00"


def test_what_the_writer_does_then_is_not_the_talk() -> None:
    """A clause of its own tells what happens at the second hour."""
    text = "Am Dienstag um halb sechs? Passt, ich schließe um fünf ab."
    assert starts(text, CONFIRMED) == ["12 17:30"]
