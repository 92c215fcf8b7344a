"""Two spellings of one person."""

import pytest

from agent.mail.one_person import same_name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dana", "Dana Fox", True),
        ("Ms Fox", "Dr Dana K. Fox", True),
        ("Sue", "Susan Pym", True),
        ("Dana Fox", "Tom Fox", False),
    ],
)
def test_spellings_are_of_one_person_where_their_parts_agree(
    one: str, other: str, same: bool
) -> None:
    """A part, a short form or an initial agrees; another given name does not."""
    assert same_name(one, other) is same
