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
