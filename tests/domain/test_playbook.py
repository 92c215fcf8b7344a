"""Reading a playbook, and saying all that is wrong with one."""

import tomllib
from importlib.resources import files

import pytest

from agent.domain.due import Delay
from agent.domain.playbook import Playbook, PlaybookProblems, Trigger
from agent.resources import playbooks


@pytest.mark.parametrize("name", playbooks())
def test_shipped_playbooks_load(name: str) -> None:
    """Each one that ships is whole."""
    table = tomllib.loads(files("agent.playbooks").joinpath(f"{name}.toml").read_text("utf-8"))
    assert Playbook.load(name, table).steps


def test_balanced_is_what_the_guides_agree_on() -> None:
    """Within 8 hours, never past 24; 3 days after their date or 7 after the note; twice; closed."""
    table = tomllib.loads(files("agent.playbooks").joinpath("balanced.toml").read_text("utf-8"))
    playbook = Playbook.load("balanced", table)
    thanks = playbook.step(Trigger.INTERVIEW_ENDED)
    check_in = playbook.step(Trigger.SILENCE)
    assert thanks is not None
    assert check_in is not None
    assert (thanks.send_within, thanks.expires) == (Delay.parse("8h"), Delay.parse("24h"))
    assert (check_in.after_date, check_in.delay) == (Delay.parse("3d"), Delay.parse("7d"))
    assert check_in.cap == 2
    assert check_in.again == Delay.parse("10d")


def test_every_problem_is_named_at_once() -> None:
    """A misspelt key, a wrong word, a missing length, a wrong number: one report."""
    with pytest.raises(PlaybookProblems) as caught:
        Playbook.load(
            "mine",
            {
                "titel": "x",
                "steps": [{"name": "n", "trigger": "moon", "to": "contact", "cap": 0}],
                "close": {"after": "soon"},
            },
        )
    told = "\n".join(caught.value.problems)
    for expected in (
        "titel",
        "did you mean title",
        "steps.1.trigger",
        "steps.1.delay is missing",
        "steps.1.cap",
        "after: 'soon'",
    ):
        assert expected in told


def test_a_playbook_without_steps_is_refused() -> None:
    """An empty playbook would do nothing in silence."""
    with pytest.raises(PlaybookProblems, match="steps"):
        Playbook.load("mine", {"close": {"after": "7d"}})
