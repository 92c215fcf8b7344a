"""Words that can be nobody's name: desks, things of a procedure, apps and the house that sends."""

import pytest

from agent.mail.message import Address
from agent.mail.nobody import of_house, of_things


@pytest.mark.parametrize(
    "name",
    [
        "Bewerbungsportal Landeshauptstadt Mohnau",
        "Terminplanung",
        "Prüfungsverfahren Polizei-Akademie",
        "Vorstellungsgespräch Tischlerin",
        "L'appli Interimo",
        "PraktiKlik",
        "Nordwind-Recruiting",
    ],
)
def test_what_names_a_desk_a_thing_or_an_app_is_nobody(name: str) -> None:
    """By one of its words, where the first is no given name."""
    assert of_things(name)


@pytest.mark.parametrize(
    "name", ["Dana Team-Lead", "Yewande McDonald", "DeShawn Pratt", "L'Hostis", "Kofi Neustadt"]
)
def test_a_family_name_in_a_rare_shape_is_somebody(name: str) -> None:
    """Capitals inside a name, and a given name before words of desks."""
    assert not of_things(name)


def test_the_house_that_sends_signs_for_nobody() -> None:
    """A last line that the domain has too; not a person whose firm is called after them."""
    assert of_house("Werkpunt Oost", Address("Selectie", "selectie@werkpunt-oost.example"))
    assert of_house("Shiftly", Address("StudentJobs", "info@shiftly.example"))
    assert not of_house("Dana Fox", Address("Dana Fox", "dana@danafox.example"))
    assert not of_house("Mrs Elspeth Yarrow", Address("Mrs Elspeth Yarrow", "jobs@acme.example"))
