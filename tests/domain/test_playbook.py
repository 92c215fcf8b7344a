"""Reading a playbook, and saying all that is wrong with one."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.domain.due import Delay
from agent.domain.playbook import (
    _STEP_KEYS,
    Afterwards,
    Channel,
    Playbook,
    PlaybookProblems,
    Recipient,
    Trigger,
)
from agent.domain.tables import Problem

THANKS = {
    "name": "thank_you",
    "trigger": "interview_ended",
    "to": "each_interviewer",
    "delay": "15m",
    "send_within": "8h",
    "expires": "24h",
}
ASKING = {
    "name": "check_in",
    "trigger": "silence",
    "to": "contact",
    "delay": "7d",
    "send_within": "4d",
    "expires": "10d",
}


def load(*steps: dict[str, Any], **rest: Any) -> Playbook:
    return Playbook.load("mine", {"steps": list(steps), "close": {"after": "7d"}, **rest})


def problems(*steps: dict[str, Any], **rest: Any) -> tuple[str, ...]:
    with pytest.raises(PlaybookProblems) as caught:
        load(*steps, **rest)
    return caught.value.problems


def test_every_problem_is_named_at_once() -> None:
    """A misspelt key, a wrong word, a missing length, a wrong number: one report."""
    found = problems(
        {"name": "n", "trigger": "moon", "to": "contact"},
        {"name": "m", "trigger": "silence", "to": "contact", "cap": 0},
        titel="x",
        close={"after": "soon"},
    )
    told = "\n".join(found)
    for expected in (
        "titel: is not known; did you mean title?",
        "steps.n.trigger: cannot be 'moon'",
        "steps.m.delay: is missing",
        "steps.m.cap: must be a whole number",
        "close.after: 'soon'",
    ):
        assert expected in told


def test_a_playbook_without_steps_is_refused() -> None:
    """An empty playbook would do nothing in silence."""
    with pytest.raises(PlaybookProblems, match="steps"):
        Playbook.load("mine", {"close": {"after": "7d"}})


def test_steps_may_be_tables_by_name() -> None:
    """[steps.thank_you] says the same as [[steps]] with that name."""
    by_name = {key: value for key, value in THANKS.items() if key != "name"}
    listed = load(THANKS)
    assert Playbook.load("mine", {"steps": {"thank_you": by_name}}).steps == listed.steps


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"channel": "pigeon"}, "steps.thank_you.channel: cannot be 'pigeon'"),
        ({"to": "nobody"}, "a mail goes to somebody"),
        ({"trigger": "closed", "template": "x"}, "closed is for tasks"),
        ({"expires": "4h"}, "shorter than send_within"),
        ({"again": "7d"}, "steps.thank_you.again: is for steps with the trigger silence"),
        ({"cap": 2}, "this one is made once"),
        ({"trigger": "application"}, "steps.thank_you.template: is missing"),
        ({"enabled": "yes"}, "must be true or false"),
        ({"at": "25:00"}, "a time of day"),
        ({"template": 3}, "steps.thank_you.template: must be a text"),
    ],
)
def test_what_makes_no_sense_is_told(changes: dict[str, Any], said: str) -> None:
    """Each by its place and with what is allowed."""
    assert said in "\n".join(problems({**THANKS, **changes}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cap": 2}, "steps.check_in.again: is missing"),
        ({"afterwards": "periodic"}, "steps.check_in.again: is missing"),
        ({"afterwards": "periodic", "again": "7d", "cap": 2}, "counts no attempts"),
        ({"cap": 2, "again": "0d"}, "must not be nothing"),
    ],
)
def test_attempts_have_a_distance(changes: dict[str, Any], said: str) -> None:
    """Two mails at once are what no guide advises."""
    assert said in "\n".join(problems({**ASKING, **changes}))


def test_two_steps_of_one_name_or_two_into_one_silence_are_told() -> None:
    """One of them would never be made, or both at once."""
    twice = "\n".join(problems(THANKS, THANKS))
    assert "several called thank_you" in twice
    both = "\n".join(problems(ASKING, {**ASKING, "name": "other"}))
    assert "check_in and other all write into the silence" in both


def test_closing_needs_a_length() -> None:
    """How long the silence lasts is for the playbook to say."""
    with pytest.raises(PlaybookProblems, match=r"close\.after: is missing"):
        Playbook.load("mine", {"steps": [ASKING]})


def test_what_goes_on_for_ever_closes_nothing() -> None:
    """A length that an extended playbook brought along does not count."""
    goes_on = load({**ASKING, "again": "3w", "afterwards": "periodic"})
    assert goes_on.close_after is None
    (step,) = goes_on.steps
    assert step.afterwards is Afterwards.PERIODIC
    assert not step.spent(100)


def test_a_task_needs_no_more_than_a_trigger_a_channel_and_a_delay() -> None:
    """Whom it is about and its words follow from the channel."""
    task = {"name": "linkedin", "trigger": "interview_ended", "channel": "linkedin", "delay": "2h"}
    (step,) = load(task).steps
    assert (step.channel, step.to) == (Channel.LINKEDIN, Recipient.EACH_INTERVIEWER)
    assert step.template == ("task.linkedin",)
    assert step.expires == Delay.parse("14d")


def test_steps_can_be_switched_off() -> None:
    """In the playbook, or by name from outside."""
    playbook = load(THANKS, {**ASKING, "enabled": False})
    assert playbook.step(Trigger.SILENCE) is None
    assert playbook.step(Trigger.INTERVIEW_ENDED) is not None
    assert playbook.without(["thank_you"]).step(Trigger.INTERVIEW_ENDED) is None


def test_words_can_differ_by_attempt() -> None:
    """The last of a list stands for all that follow."""
    (step,) = load({**ASKING, "template": ["a", "b"]}).steps
    assert [step.words(n) for n in (1, 2, 3)] == ["a", "b", "b"]


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 99)
    | st.sampled_from(
        ["7d", "silence", "mail", "linkedin", "contact", "x", "", "periodic", "09:00"]
    )
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_STEPS = st.dictionaries(st.sampled_from(_STEP_KEYS), _VALUES, max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # on a busy machine
@given(
    table=st.fixed_dictionaries(
        {},
        optional={
            "steps": st.lists(_STEPS | _VALUES, max_size=3)
            | st.dictionaries(st.text(max_size=6), _STEPS | _VALUES, max_size=3)
            | _VALUES,
            "close": _VALUES,
            "title": _VALUES,
            "extra": _VALUES,
        },
    )
)
def test_whatever_stands_in_the_file_is_a_playbook_or_a_problem(table: dict[str, Any]) -> None:
    """Never a fault of the program; a problem always has its place and its reason."""
    found: tuple[Problem, ...] = ()
    try:
        loaded = Playbook.load("mine", table)
    except PlaybookProblems as error:
        loaded, found = None, error.found
    assert bool(loaded) != bool(found)
    assert all(path and what for path, what in found)
