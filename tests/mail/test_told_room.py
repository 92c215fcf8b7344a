"""A room on a host that nobody knows, where a mail says that one joins there."""

import pytest

from agent.domain.facts import Kind
from agent.mail.read import read
from agent.mail.told_room import told_room
from tests.mail.reading import USER, message
from tests.mail.steps import steps


@pytest.mark.parametrize(
    ("before", "link"),
    [
        ("The room is open from 2:50: ", "https://meet.firm.example/r/okafor"),
        ("Tuesday it is! 12:30 your time. ", "https://zoom.example/j/7719920"),
        ("Join here: ", "https://talk.firm.example/x/881"),
        ("Zoom:\n", "https://firm.example/v/881"),
        ("dinsdag praat je via ", "https://teams.example/l/19ac"),
        ("O link mantém-se: ", "https://sala.firma.example/abc"),
        ("Der Link lautet ", "https://konferenz.firma.example/raum-4"),
        ("Le lien de connexion : ", "https://visio.boite.example/abc"),
        ("El enlace es ", "https://sala.firma.example/abc"),
        ("Il link per collegarsi: ", "https://sala.ditta.example/abc"),
        ("Link do rozmowy: ", "https://spotkania.firma.example/abc"),
    ],
)
def test_a_link_that_its_sentence_calls_the_room(before: str, link: str) -> None:
    """Or whose host and path have the shape of one."""
    assert told_room(f"{before}{link}. See you there.") == link


@pytest.mark.parametrize(
    "text",
    [
        "Join here: https://zoom.us.evil.example/j/1",
        "Join here: https://teams.microsoft.evil.example/l/1",
        "Join here: https://firm.example/",
        "Read more about us: https://firm.example/people/story",
        "The link to change the time is https://firm.example/c/443",
        "Choose by the link https://firm.example/q/1",
        "The link: https://firm.example/book/30",
    ],
)
def test_a_link_that_pretends_or_is_for_something_else_is_no_room(text: str) -> None:
    """A look-alike host, a front page, a page to read or to book."""
    assert told_room(text) is None


def test_only_a_mail_that_fixes_a_talk_tells_its_room() -> None:
    """A link in a question is for the answer."""
    text = "Tuesday 12 May at 2pm. The link is https://firm.example/v/881."
    found = {
        kind: read(message(text), USER, kind=kind).interviews[0].url
        for kind in (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_REQUEST)
    }
    assert found[Kind.INTERVIEW_CONFIRMED] == "https://firm.example/v/881"
    assert found[Kind.INTERVIEW_REQUEST] is None


def test_hostile_text_takes_no_time() -> None:
    """100 KB of links and of words that lead to them."""
    for text in ("https://a.example/x " * 5_000, "join the link " * 7_000 + "https://a.example/x"):
        assert steps(lambda text=text: told_room(text)) < 100_000
