"""Proposals of a job by those who fill it for others."""

import pytest

from agent.mail.employer import employer
from tests.mail.reading import message
from tests.mail.steps import steps


def proposing(
    text: str, signature: str = "", sender: str = "", subject: str = "", language: str = "en"
) -> str | None:
    """The employer of a mail that proposes a job."""
    mail = message(text, sender=sender or "Jo Pell <jo.pell@pellmarsh.example>", subject=subject)
    return employer(mail, text, signature, "", (), language, proposed=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'm working with a mid-sized charity in Leeds who need a Head of Fundraising."),
        ("en", "One of the businesses I support is hiring a Payroll Manager."),
        ("en", "A four-partner firm in York has asked me to find them a Conveyancer."),
        ("en", "I have a trust in the Midlands desperate for a secretary."),
        ("en", "I'm recruiting for a Site Manager for a regional housebuilder."),
        ("de", "Für ein Familienunternehmen im Raum Kassel suche ich eine Controllerin."),
        ("de", "Aktuell unterstütze ich ein Medizintechnik-Unternehmen bei der Besetzung."),
        ("fr", "J'accompagne actuellement une PME industrielle qui recrute un comptable."),
        ("fr", "Notre cabinet a été mandaté par une entreprise familiale du secteur viticole."),
        ("es", "Estamos buscando para una empresa del sector alimentación una contable."),
        ("nl", "Voor een groeiend architectenbureau ben ik op zoek naar een officemanager."),
        ("nl", "Een opdrachtgever van ons in Breda zoekt een medewerker."),
        ("it", "Per un'importante azienda metalmeccanica siamo alla ricerca di un contabile."),
        ("it", "Un'azienda vinicola veneta mi ha affidato la ricerca di un Export Manager."),
        ("pt", "Procuro para uma empresa têxtil de Braga uma diretora de operações."),
        ("pl", "Aktualnie prowadzę rekrutację dla firmy produkcyjnej z Poznania."),
    ],
)
def test_who_fills_a_job_for_an_unnamed_employer_is_none(language: str, text: str) -> None:
    """The employer behind "a charity in Leeds" is not whoever writes, in any language."""
    assert proposing(text, language=language) is None


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("Shall I put you forward?", "Jo Pell"),
        ("Happy to share their name once we have spoken.", "Jo Pell"),
        ("A Payroll Manager is wanted, hybrid, up to 48k.", "Principal Consultant - Finance"),
        ("Une opportunité vous attend à Nantes.", "Jo Pell\nConsultante senior, Pell Marsh"),
    ],
)
def test_who_places_people_is_told_by_words_and_title(text: str, signature: str) -> None:
    """Putting somebody forward and a consultant's title are an agency's."""
    assert proposing(text, signature) is None


@pytest.mark.parametrize(
    ("sender", "text", "signature", "company"),
    [
        (
            "Amy Larkin <amy@cobblecrane.example>",
            "I look after talent at Cobble & Crane, a small studio in Bristol. We need a designer.",
            "",
            "Cobble & Crane",
        ),
        (
            "Ida Sood <ida@averyst-insurance.example>",
            "A Reporting Lead opening landed on my desk. Would you like me to put you forward?",
            "Ida Sood\nAveryst Insurance",
            "Averyst Insurance",
        ),
        (
            "Jo Reyes <jo@belltowerhotels.example>",
            "We open our third property and are looking for a School Liaison Manager.",
            "Talent Sourcer, Belltower Hotels",
            "Belltower Hotels",
        ),
        (
            "Jens Uhl <jens@uhl-pumpen.example>",
            "Wir sind ein Familienunternehmen und suchen eine Konstrukteurin für unser Team.",
            "Uhl Pumpen GmbH",
            "Uhl Pumpen",
        ),
    ],
)
def test_an_employer_that_proposes_its_own_job_is_the_employer(
    sender: str, text: str, signature: str, company: str
) -> None:
    """What a firm says of itself, or a title that a firm's own people have, is no agency's."""
    assert proposing(text, signature, sender) == company


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("My client Peakford Dairies is looking for a bookkeeper.", "Peakford Dairies"),
        ("Je cherche, pour Brissac Nautique à Nantes, une directrice de site.", "Brissac Nautique"),
    ],
)
def test_the_employer_that_is_named_is_read(text: str, company: str) -> None:
    """An agency that names for whom it seeks somebody has told the employer."""
    assert proposing(text, "Claire Pell\nConsultante") == company


@pytest.mark.parametrize(
    "text",
    [
        "Your work at Copper Kettle was mentioned. I advise a charity on a new Director.",
        "Ihre Erfahrung bei Kramer Stahl passt. Für einen Hersteller suche ich eine Leitung.",
        "Votre parcours chez Danvers m'a plu. J'accompagne une PME dans un recrutement.",
        "Private client NQ: one of my firms has an URGENT need. Found you on XING.",
    ],
)
def test_where_the_user_works_is_not_who_hires(text: str) -> None:
    """Neither are a grade, a shout and the board where the user was found."""
    assert proposing(text) is None


def test_a_hostile_proposal_is_read_quickly() -> None:
    """Words that nearly open every pattern take no time to speak of."""
    text = "for a big " * 10_000
    proposing("for a big")  # the words are read once
    assert steps(lambda: proposing(text)) < 100_000
