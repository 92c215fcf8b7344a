"""The net that says whose a day is, as it is shipped."""

from agent.mail.day_weights import shares
from agent.mail.packed import read_packed


def test_shares_are_parts_of_a_whole() -> None:
    """Theirs, the user's and neither are one; what is not known says nothing."""
    they, user = shares(["update", "strict", "told last", "<by", "no such sign"])
    assert 0 < user < they < 1
    assert they + user < 1
    assert shares(["update", "strict", "told last", "<by"]) == (they, user)


def test_many_signs_are_added_up() -> None:
    """A lane holds the sum of more rows than any day has signs."""
    they, user = shares(["update"] * 100_000)
    assert they + user <= 1
    assert they > 0.9


def test_the_file_holds_a_row_of_one_width_for_every_sign() -> None:
    """No two signs share a checksum, and what the head tells fits the rows."""
    packed = read_packed("days.bin", "signs")
    head = packed.head
    assert len(packed.places) > 1_000
    assert list(packed.places) == sorted(packed.places)
    assert len(packed.rows) == len(packed.places) * len(head["steps"])
    assert len(head["before"]) == len(head["layer"]) == len(head["steps"]) - len(head["after"])
