"""Interviews that are taken away and come again: who is thanked then."""

from pathlib import Path

import pytest

from tests.service.letters import Letter, replayed

CAMILLE = "Camille Dubois <camille.dubois@atelierdunord.example>"
FRENCH = (
    Letter(
        "2026-11-06T10:00",
        "Entretien - Ingénieur qualité",
        "Bonjour Alex,\n\nJe vous confirme notre entretien pour le poste d'ingénieur qualité jeudi 12 "
        "novembre à 14h, avec Paul Martin (responsable qualité) et Claire Petit.\n\nCordialement,\n"
        "Camille Dubois\nAtelier du Nord",
        from_=CAMILLE,
        id="a@atelierdunord.example",
    ),
    Letter(
        "2026-11-10T10:00",
        "Re: Entretien - Ingénieur qualité",
        "Bonjour Alex,\n\nMalheureusement, l'entretien de jeudi est annulé : Paul Martin est "
        "souffrant. Nous reviendrons vers vous.\n\nCordialement,\nCamille Dubois",
        from_=CAMILLE,
        id="b@atelierdunord.example",
        answers="a@atelierdunord.example",
    ),
    Letter(
        "2026-11-12T10:00",
        "Re: Entretien - Ingénieur qualité",
        "Bonjour Alex,\n\nL'entretien est reporté au mardi 17 novembre à 10h.\n\nCordialement,\n"
        "Camille Dubois",
        from_=CAMILLE,
        answers="b@atelierdunord.example",
    ),
)
ENGLISH = (
    Letter(
        "2026-11-06T10:00",
        "Interview - Lab Engineer",
        "Hi Alex,\n\nYour interview for the Lab Engineer role is confirmed for Thursday 12 November "
        "at 2pm with Tom Hale and Mia Wong.\n\nBest,\nRuth",
        id="a@harbourfoods.example",
    ),
    Letter(
        "2026-11-10T10:00",
        "Re: Interview - Lab Engineer",
        "Hi Alex,\n\nI'm afraid we have to cancel Thursday's interview, as Tom is ill. I'll be in "
        "touch.\n\nBest,\nRuth",
        id="b@harbourfoods.example",
        answers="a@harbourfoods.example",
    ),
    Letter(
        "2026-11-13T10:00",
        "Re: Interview - Lab Engineer",
        "Hi Alex,\n\nTom is back. Your interview has been moved to Tuesday 17 November at 10am.\n\n"
        "Best,\nRuth",
        answers="b@harbourfoods.example",
    ),
)


@pytest.mark.parametrize(
    ("letters", "people"),
    [(FRENCH, ("Paul Martin", "Claire Petit")), (ENGLISH, ("Tom Hale", "Mia Wong"))],
    ids=["fr", "en"],
)
async def test_the_people_of_a_cancelled_talk_are_those_of_its_new_day(
    tmp_path: Path, letters: tuple[Letter, ...], people: tuple[str, ...]
) -> None:
    """ "Annulé", and days later "reporté au mardi 17": the contact is asked to thank them both."""
    told = await replayed(tmp_path, *letters, until="2026-11-18T12:00")
    (note,) = told.notes
    assert note.at == "2026-11-17 11:15"
    assert all(name in note.body for name in people)
