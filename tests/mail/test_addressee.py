"""Names of whom a mail is written to."""

import pytest

from agent.mail.addressee import beside_user
from agent.mail.firms import Firm
from tests.mail.reading import message


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Tallow & Tree", "Tallow & Tree"),
        ("Alex Moreno and Tallow & Tree", "Tallow & Tree"),
        ("Alex Moreno", None),
        ("Alex M", None),
    ],
)
def test_the_users_own_name_is_no_firms(name: str, kept: str | None) -> None:
    """Nor is it a part of the name that a subject joins to it."""
    mail = message("Hello")
    firm = beside_user(Firm(name, tuple(name.split()), 0.0, 1.0), mail)
    assert (firm.name if firm else None) == kept
