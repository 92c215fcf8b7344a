"""The net that says whose a day is, as it is shipped."""

from agent.mail.day_weights import shares


def test_shares_are_parts_of_a_whole() -> None:
    """Theirs, the user's and neither are one; what is not known says nothing."""
    they, user = shares(["update", "strict", "told last", "<by", "no such sign"])
    assert 0 < user < they < 1
    assert they + user < 1
    assert shares(["update", "strict", "told last", "<by"]) == (they, user)


def test_many_signs_are_added_up() -> None:
    """A lane holds the sum of more rows than any day has signs."""
    they, user = shares(["told last"] * 100_000)
    assert they + user <= 1
    assert they > 0.9
