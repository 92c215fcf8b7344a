"""Who wrote the mails below; how a mail is divided is tested with `reply`."""

import pytest

from agent.mail.quotes import senders_below


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("From: Linda Marks <Linda@bearings.example>", "Linda Marks", "linda@bearings.example"),
        ("> *Von:* Linda Marks [mailto:linda@b.example]", "Linda Marks", "linda@b.example"),
        ('De : "Linda Marks" <linda@bearings.example>', "Linda Marks", "linda@bearings.example"),
        ("Från: Linda Marks", "Linda Marks", ""),
        ("Nadawca: linda@bearings.example", "", "linda@bearings.example"),
    ],
)
def test_a_copied_field_names_who_wrote_below(line: str, name: str, email: str) -> None:
    """In the languages of mail programs, in bold, behind the mark of a quote."""
    (below,) = senders_below(f"See below.\n\n{line}\nSent: today\n\nHello")
    assert (below.name, below.email) == (name, email)


def test_a_line_without_the_field_names_nobody() -> None:
    """A sentence may begin with the same word."""
    assert not list(senders_below("From Monday on you write to: linda@bearings.example"))
