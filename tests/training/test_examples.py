"""Tests for the mails that the model is trained on."""

from pathlib import Path

from agent.domain.facts import Kind
from training.examples import read_short

SHORT = """\
user: Sam Corrigan <sam.corrigan@example.com>

=== interview_cancelled
from: Ann Murphy <ann@harbourkitchen.example>
subject: Cancelled: chat, kitchen porter
event: CANCEL 1 Chat with Sam, kitchen porter; trial
notes: Back door, ask for Ann
We have had to take this out.
=== status_update
from: Ann Murphy <ann@harbourkitchen.example>
subject: Re: kitchen porter
notes taken, answer on Friday.
"""


def test_a_short_mail_is_read_as_any_other(tmp_path: Path) -> None:
    """Subject, thread and text are those of a mail; the user's name tells nothing of it."""
    (tmp_path / "by-hand.txt").write_text(SHORT, encoding="utf-8")
    _, answer = read_short(tmp_path)
    assert answer.kind is Kind.STATUS_UPDATE
    assert answer.signs["answers"] == 1.0
    assert {"porter", "answer"} <= answer.whole.words


def test_a_short_mail_may_carry_a_calendar_part(tmp_path: Path) -> None:
    """Its method, title and description are read, commas and semicolons kept."""
    (tmp_path / "by-hand.txt").write_text(SHORT, encoding="utf-8")
    cancelled, _ = read_short(tmp_path)
    assert cancelled.ruled is not None
    assert cancelled.ruled.happens is Kind.INTERVIEW_CANCELLED
    assert cancelled.signs["calendar CANCEL"] == 1.0
    assert {"trial", "door", "USER"} <= cancelled.whole.words
