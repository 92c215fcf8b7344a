"""Who writes, by the name shown."""

import pytest

from agent.mail.displayed import is_desk_shown, person_writing
from agent.mail.message import Address


@pytest.mark.parametrize(
    ("name", "email", "who"),
    [
        ("Denise Colter", "dcolter@harbour.example", "Denise Colter"),
        ("Nurse Manager Denise Colter", "dcolter@harbour.example", "Denise Colter"),
        ("Talent Acquisition - Meera", "meera@harbour.example", "Meera"),
        ("Nele von Grünwerk", "nele@gruenwerk.example", "Nele"),
        ("Gérard Vidalie", "atelier@carrosserie-vidalie.example", "Gérard Vidalie"),
        ("Harbour", "hello@harbour.example", None),
        ("Warden", "warden@harbour.example", None),
    ],
)
def test_a_name_shown_is_somebodys_or_nobodys(name: str, email: str, who: str | None) -> None:
    """By given names, by the address and by words of every day."""
    assert person_writing(Address(name, email), "Harbour") == who


def test_a_desk_is_called_like_its_address() -> None:
    """ "Officina Rebora <officina@rebora-moto.example>"; nobody's given name is a desk."""
    assert is_desk_shown(["Officina", "Rebora"], Address("", "officina@rebora-moto.example"))
    assert not is_desk_shown(["Anna", "Keir"], Address("", "anna@keir.example"))
