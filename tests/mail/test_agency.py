"""Tests for agencies: who is one. The clients that they name are tested with the employer."""

import pytest

from agent.mail.agency import is_agency
from agent.mail.message import Address


def test_an_employers_own_talent_team_is_no_agency() -> None:
    """Only the name of the domain and what is said of clients tell."""
    assert not is_agency(Address("Acme Talent Team", "talent@acme.example"))
    assert is_agency(Address("Jo", "jo@harbourtalent.example"))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("We would like to talk about the Client Services Associate position.", False),
        ("Your file was retained by our plant engineer.", False),
        ("I spoke with the client and they are still meeting people.", True),
        ("I have been retained by a maker of pumps.", True),
    ],
)
def test_clients_in_titles_make_no_agency(text: str, agency: bool) -> None:
    """Words of agencies are told from titles and from files that are kept."""
    assert is_agency(Address("Ida Moss", "ida@bristolforge.example"), text) is agency
