"""Playbooks by name: shipped, extended, overridden, and everything that can be wrong."""

from typing import Any

import pytest

from agent import config
from agent.bootstrap import playbook, playbooks
from agent.config.playbooks import known_names, problems_of, read
from agent.domain.due import Delay
from agent.domain.playbook import Step
from agent.errors import ConfigError
from agent.playbooks import names
from tests.config.conftest import Write
from tests.config.test_load import IDENTITY, problems, the_problem

MINE = '[playbooks.mine]\nextends = "balanced"\n'


def step(name: str, own: dict[str, Any], of: str = "mine") -> Step:
    (found,) = [s for s in read(of, own).steps if s.name == name]
    return found


@pytest.mark.parametrize("name", names())
def test_every_shipped_playbook_is_whole(name: str) -> None:
    """Each loads, with a title and a summary of its own."""
    found = read(name, {})
    assert found.steps
    assert found.title != name
    assert found.summary


def test_six_playbooks_ship_and_the_default_comes_first() -> None:
    """Five guides, and what they agree on."""
    assert names() == (
        "balanced",
        "eight-hour",
        "patient",
        "protocol",
        "substance",
        "value-touch",
    )


class TestExtending:
    def test_a_step_is_overridden_key_by_key(self) -> None:
        """What is not said stays as it was."""
        own = {"mine": {"extends": "balanced", "steps": {"check_in": {"delay": "5d"}}}}
        assert step("check_in", own).delay == Delay.parse("5d")
        assert step("check_in", own).again == Delay.parse("10d")

    def test_a_list_of_steps_overrides_by_name_too(self) -> None:
        """[[steps]] with a name says the same."""
        own = {"mine": {"extends": "balanced", "steps": [{"name": "check_in", "cap": 1}]}}
        assert step("check_in", own).cap == 1
        assert len(read("mine", own).steps) == len(read("balanced", {}).steps)

    def test_a_new_step_is_added(self) -> None:
        """At the end."""
        new = {"trigger": "offer", "channel": "call", "delay": "1h"}
        own = {"mine": {"extends": "balanced", "steps": {"ring": new}}}
        assert read("mine", own).steps[-1].name == "ring"

    def test_one_of_the_users_own_may_extend_another_of_them(self) -> None:
        """Down to a shipped one."""
        own = {
            "mine": {"extends": "base", "close": {"after": "3w"}},
            "base": {"extends": "patient", "steps": {"check_in": {"cap": 1}}},
        }
        assert step("check_in", own).cap == 1
        assert step("check_in", own).again == Delay.parse("11d")
        assert read("mine", own).close_after == Delay.parse("3w")

    def test_a_shipped_name_can_be_taken(self) -> None:
        """The user's own goes first, and may extend the one that it stands for."""
        own = {"balanced": {"extends": "balanced", "steps": {"linkedin": {"enabled": False}}}}
        assert not step("linkedin", own, "balanced").enabled
        assert step("check_in", own, "balanced").cap == 2

    def test_what_goes_on_for_ever_needs_no_cap_taken_away(self) -> None:
        """The inherited count falls with it."""
        asking = {"afterwards": "periodic", "again": "2w"}
        own = {"mine": {"extends": "balanced", "steps": {"check_in": asking}}}
        assert step("check_in", own).most is None


class TestProblems:
    def test_all_of_them_are_told_at_once_by_place(self, write: Write) -> None:
        """Beside whatever else is wrong in the file."""
        text = IDENTITY + (
            'playbok = "x"\n'
            "[playbooks.mine]\n"
            'extends = "balanced"\n'
            "[playbooks.mine.steps.check_in]\n"
            'delay = "soon"\ncap = 99\ndays = "workin"\n'
            "[playbooks.yours.steps.n]\n"
            'trigger = "moon"\n'
        )
        told = "\n".join(problems(write(text)))
        for expected in (
            "playbok",
            "playbooks.mine.steps.check_in.delay: 'soon' is not a length of time",
            "playbooks.mine.steps.check_in.cap: must be a whole number from 1 to 20",
            "playbooks.mine.steps.check_in.days: cannot be 'workin'; it must be one of any, "
            "working; did you mean working?",
            "playbooks.yours.steps.n.trigger: cannot be 'moon'",
        ):
            assert expected in told

    def test_an_unknown_base_is_told_with_the_nearest(self, write: Write) -> None:
        """And all that there are."""
        said = the_problem(write(IDENTITY + '[playbooks.mine]\nextends = "balancd"\n'))
        assert said.startswith("playbooks.mine.extends: 'balancd' is no playbook")
        assert "did you mean `balanced`?" in said
        assert "value-touch" in said

    def test_a_circle_is_told(self) -> None:
        """Neither of the two stands on anything."""
        own = {"a": {"extends": "b"}, "b": {"extends": "a"}}
        assert any("in a circle" in what for _, what in problems_of(own))

    def test_what_is_wrong_in_the_base_is_told_there_alone(self) -> None:
        """Not once more for each that extends it."""
        own = {"mine": {"extends": "base"}, "base": {"extends": "balanced", "x": 1}}
        (problem,) = problems_of(own)
        assert problem[0] == ("playbooks", "base", "x")

    def test_a_template_that_does_not_exist_is_told(self, write: Write) -> None:
        """A slip of the pen is found before the day on which it is due."""
        said = the_problem(
            write(IDENTITY + MINE + '[playbooks.mine.steps.feedback]\ntemplate = "feedbak"\n')
        )
        assert "playbooks.mine.steps.feedback.template" in said
        assert "did you mean `feedback`?" in said

    def test_a_template_is_looked_at_whatever_else_is_wrong(self) -> None:
        """No problem hides another."""
        wrong = {"template": ["feedbak", "feedback"], "enabled": "no"}
        own = {"mine": {"extends": "balanced", "steps": {"feedback": wrong}}}
        told = [path[-1] for path, _ in problems_of(own)]
        assert sorted(told) == ["enabled", "template"]

    def test_a_playbook_that_stands_alone_must_be_whole(self, write: Write) -> None:
        """Without `extends` there is nothing to fall back on."""
        said = the_problem(write(IDENTITY + '[playbooks.mine]\ntitle = "x"\n'))
        assert 'extends = "balanced"' in said

    @pytest.mark.parametrize("steps", ["3", '"x"', "[1]", "{ check_in = 3 }", "[{}]"])
    def test_nonsense_in_place_of_steps_is_told(self, write: Write, steps: str) -> None:
        """In words, not as a fault of the program."""
        found = problems(write(f"{IDENTITY}{MINE}steps = {steps}\n"))
        assert all(line.startswith("playbooks.mine") for line in found)

    def test_a_step_to_switch_off_must_exist(self, write: Write) -> None:
        """In any of the playbooks."""
        said = the_problem(write(IDENTITY + '[playbook]\noff = ["linkedn"]\n'))
        assert said.startswith('playbook.off[1]: "linkedn" is no step; did you mean `linkedin`?')

    def test_a_reference_needs_name_and_address(self, write: Write) -> None:
        """Each place is told."""
        text = IDENTITY + '[[references]]\nname = "Grace"\nmail = "x"\n'
        told = "\n".join(problems(write(text)))
        assert "references[1].email: missing" in told
        assert "references[1].mail: unknown key" in told


class TestChoosing:
    def test_the_name_alone_is_enough(self, write: Write) -> None:
        """`playbook = "patient"` at the top of the file."""
        loaded = config.load(write('playbook = "patient"\n' + IDENTITY))
        assert loaded.playbook.default == "patient"

    def test_a_name_that_is_none_is_told(self, write: Write) -> None:
        """The nearest, and all that there are."""
        said = the_problem(write('playbook = "pacient"\n' + IDENTITY))
        assert said.startswith('playbook: "pacient" is no playbook; did you mean `patient`?')

    def test_steps_are_switched_off_in_every_playbook(self, write: Write) -> None:
        """By name, from the configuration."""
        loaded = config.load(write(IDENTITY + '[playbook]\noff = ["linkedin", "feedback"]\n'))
        for each in playbooks(loaded).values():
            on = [s.name for s in each.steps if s.enabled]
            assert "linkedin" not in on
            assert "feedback" not in on

    def test_all_of_them_are_there_by_name(self, write: Write) -> None:
        """For an application that goes by one of its own."""
        loaded = config.load(write(IDENTITY + MINE))
        assert tuple(playbooks(loaded)) == (*names(), "mine") == known_names(loaded.playbooks)

    def test_a_name_from_outside_that_is_none_is_told(self, write: Write) -> None:
        """By whoever asks for it."""
        with pytest.raises(ConfigError, match="did you mean `patient`"):
            playbook(config.load(write(IDENTITY)), "pacient")
