"""The card that `explain` shows for one mail."""

import copy
import io
from typing import Any

import pytest
from rich.console import Console

from agent.cli.card import card

EXPLAINED: dict[str, Any] = {
    "source": "mails/invite.eml",
    "message_id": "a@b.example",
    "date": "2026-11-02T09:14:00+00:00",
    "from": {"name": "Ann Lee", "email": "ann@northwind.example"},
    "kind": "interview_confirmed",
    "confidence": 0.974,
    "evidence": [{"reason": "fixes a time", "text": "see you on Tuesday at 2 pm"}],
    "company": "Northwind",
    "role": "Backend Engineer",
    "interviews": [
        {
            "start": "2026-11-10T14:00:00+00:00",
            "end": "2026-11-10T14:45:00+00:00",
            "timezone": "Europe/London",
            "status": "confirmed",
            "source": "calendar",
            "url": "https://meet.example/abc",
            "location": "https://meet.example/abc",
        }
    ],
    "people": [
        {"name": "Bo Kim", "email": None, "title": "CTO", "role": "interviewer"},
    ],
    "decision_by": "2026-11-13",
    "reply_text": "See you on Tuesday.",
    "trust": {"level": "verified", "reasons": ["mx.mail.example says that DMARC passed"]},
    "problems": [],
}
NOTHING = EXPLAINED | {
    "from": {"name": None, "email": None},
    "date": None,
    "kind": "other",
    "evidence": [],
    "company": None,
    "role": None,
    "interviews": [],
    "people": [],
    "decision_by": None,
    "trust": {"level": "unverified", "reasons": []},
    "problems": ["the message is empty"],
}


def shown(explained: dict[str, Any], width: int = 80) -> str:
    paper = io.StringIO()
    Console(width=width, file=paper).print(card(explained, "Europe/Berlin"))
    return paper.getvalue()


def test_everything_is_on_it() -> None:
    """Kind, sureness, trust, employer, local time, people, decision and the deciding words."""
    text = shown(EXPLAINED)
    for words in (
        "interview confirmed  97% sure  verified",
        "Ann Lee <ann@northwind.example>, Mon 2 Nov 2026 10:14",
        "Northwind · Backend Engineer",
        "Tue 10 Nov 2026 15:00–15:45, 14:00 in London",
        "Bo Kim (CTO, interviewer)",
        "they decide by Fri 13 Nov 2026",
        "fixes a time: “see you on Tuesday at 2 pm”",
        "DMARC passed",
    ):
        assert words in text
    assert text.count("https://meet.example/abc") == 1


def test_an_empty_mail() -> None:
    """What is not known takes no room; what is wrong is named."""
    assert [line.split()[0] for line in shown(NOTHING).splitlines() if line.strip()] == [
        "mails/invite.eml",
        "Kind",
        "Problem",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_fits(width: int) -> None:
    """No line is wider than the terminal."""
    long = copy.deepcopy(EXPLAINED)
    long["interviews"][0]["url"] = "https://meet.example/" + "x" * 300
    assert max(len(line) for line in shown(long, width).splitlines()) <= width


def test_a_hostile_sender() -> None:
    """Escape sequences in a name do not reach the terminal."""
    hostile = copy.deepcopy(EXPLAINED)
    hostile["from"]["name"] = "\033]0;owned\007[red]Ann"
    assert "\033" not in shown(hostile)
    assert "[red]Ann" in shown(hostile)


def test_a_time_not_stated() -> None:
    """An interview without a time is shown as such."""
    vague = copy.deepcopy(EXPLAINED)
    vague["interviews"][0] |= {"start": None, "end": None, "status": "proposed"}
    assert "at a time not stated, proposed" in shown(vague)


def test_a_role_without_an_employer_is_called_a_role() -> None:
    """An agency that names no client still says which job it is."""
    line = next(
        line for line in shown(EXPLAINED | {"company": None}).splitlines() if "Backend" in line
    )
    assert line.split() == ["Role", "Backend", "Engineer"]
    assert "Employer" not in shown(EXPLAINED | {"company": None})
