"""The employer in a display name."""

import pytest

from agent.mail.shown import employer_shown


@pytest.mark.parametrize(
    ("display", "label", "name", "certain"),
    [
        ("Ann at Acme", "", "Acme", True),
        ("Acme Talent Team", "", "Acme", True),
        ("Team Recruitment Havel Logistics", "havel", "Havel Logistics", True),
        ("Acme | Careers", "acme", "Acme", True),
        ("Quayside People", "quayside-people", "Quayside People", True),
        ("Ann Lee", "acme", "Ann Lee", False),
    ],
)
def test_a_desk_is_cut_from_the_employers_name(
    display: str, label: str, name: str, certain: bool
) -> None:
    """Unless the domain says that its words belong to the name."""
    shown = employer_shown(display, label)
    assert shown is not None
    assert (shown.name, shown.certain) == (name, certain)


@pytest.mark.parametrize("display", ["Talent Acquisition", "Greenhouse", "Recruiting Team", ""])
def test_a_desk_and_a_platform_name_no_employer(display: str) -> None:
    """Nothing of a name is left of them."""
    assert employer_shown(display) is None


def test_a_platform_before_a_dash_leaves_its_customer() -> None:
    """ "Gupy - X" is X's mail."""
    shown = employer_shown("Gupy - Frigorífico Serrano")
    assert shown is not None
    assert shown.name == "Frigorífico Serrano"


@pytest.mark.parametrize("display", ["eRekrutacja", "Bewerberportal", "Career Portal"])
def test_what_says_only_what_a_system_is_for_names_no_employer(display: str) -> None:
    """Many employers write through it."""
    assert employer_shown(display) is None


def test_a_portuguese_team_is_a_desk() -> None:
    """ "Time de Gente da X" is X's."""
    shown = employer_shown("Time de Gente da Ipê Cosméticos")
    assert shown is not None
    assert shown.name == "Ipê Cosméticos"
