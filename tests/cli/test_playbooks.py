"""`playbooks` and `plan`, called as a user calls them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.cli import main
from tests.cli.conftest import Run


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Here = Callable[..., Ended]


@pytest.fixture
def here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Here:
    """Call a command in this process, without a configuration, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def called(*arguments: str | Path) -> Ended:
        monkeypatch.setattr("sys.argv", ["followthrough", *map(str, arguments)])
        code = main()
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return called


FROM = ("plan", "--from", "2026-12-01T15:00", "--zone", "Europe/Berlin")


def test_playbooks_are_listed_with_the_one_in_use(here: Here, identity: Path) -> None:
    """Six that ship, and the user's own."""
    identity.write_text(
        'playbook = "mine"\n' + identity.read_text() + '[playbooks.mine]\nextends = "patient"\n'
    )
    said = here("playbooks", "--config", identity)
    assert said.returncode == 0
    for name in ("balanced", "eight-hour", "patient", "protocol", "substance", "value-touch"):
        assert f"  {name}" in said.stdout
    assert "* mine" in said.stdout


def test_a_playbook_of_ones_own_is_not_told_by_the_words_of_its_base(
    here: Here, identity: Path
) -> None:
    """By its name and what it changes, or by the title and summary that it has."""
    identity.write_text(
        identity.read_text()
        + '[playbooks.mine]\nextends = "balanced"\n[playbooks.mine.steps.check_in]\ncap = 1\n'
        + '[playbooks.slow]\nextends = "patient"\nsummary = "Slow and steady."\n'
        + '[playbooks.same]\nextends = "patient"\n'
    )
    lines = here("playbooks", "--json", "--config", identity).stdout.splitlines()
    told = {line["playbook"]: (line["title"], line["summary"]) for line in map(json.loads, lines)}
    assert told["mine"] == ("mine", "As balanced, but with its own check_in.")
    assert told["slow"] == ("slow", "Slow and steady.")
    assert told["same"] == ("same", "As patient.")


@pytest.mark.parametrize("columns", [40, 50, 60])
def test_the_axis_of_a_narrow_terminal_is_not_crowded(
    here: Here, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Weeks stand two spaces apart, and every line fits."""
    for name in ("balanced", "value-touch", "eight-hour", "protocol", "substance", "patient"):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = here("playbooks", "show", name).stdout.splitlines()
        axis = next(line for line in lines if line.strip().startswith("day 0"))
        assert not re.search(r"\d \d", axis)
        assert all(len(line) <= columns for line in lines)


def test_the_list_as_json_names_the_steps(here: Here) -> None:
    """One object a playbook, in ASCII."""
    lines = [json.loads(line) for line in here("playbooks", "--json").stdout.splitlines()]
    assert [line["playbook"] for line in lines if line["default"]] == ["balanced"]
    assert all("thank_you" in line["steps"] for line in lines)


@pytest.mark.parametrize("name", ["balanced", "value-touch", "eight-hour", "protocol"])
def test_a_playbook_is_drawn_within_eighty_columns(here: Here, name: str) -> None:
    """Its lanes, its steps, and how it ends."""
    said = here("playbooks", "show", name)
    assert said.returncode == 0
    assert "\033" not in said.stdout, "no colour where it is no terminal"
    assert all(len(line.rstrip()) <= 80 for line in said.stdout.splitlines())
    assert "no day named" in said.stdout
    assert "decision in a week" in said.stdout
    assert "thank-you" in said.stdout


def test_a_terminal_without_unicode_gets_ascii(run: Run) -> None:
    """The drawing is made of what there is."""
    said = run("playbooks", "show", "balanced", PYTHONIOENCODING="ascii")
    assert said.stdout.isascii()
    assert "?" not in said.stdout.replace("how is it going?", "")
    assert "*---" in said.stdout


def test_a_playbook_is_saved_as_a_picture(here: Here, tmp_path: Path) -> None:
    """Of the user's own too."""
    said = here("playbooks", "show", "patient", "--svg", tmp_path / "it.svg")
    assert said.returncode == 0
    assert (tmp_path / "it.svg").read_text().startswith("<svg")


def test_a_plan_is_the_dates_that_a_playbook_yields(here: Here) -> None:
    """In order, with the limit of each mail, in the zone that was named."""
    lines = here(*FROM, "--playbook", "eight-hour", "--json").stdout.splitlines()
    stops = [json.loads(line) for line in lines]
    mails = [(s["at"], s["step"], s["attempt"]) for s in stops if s["channel"] == "mail"]
    assert mails == [
        ("2026-12-01T15:15:00+01:00", "thank_you", 1),
        ("2026-12-08T09:00:00+01:00", "check_in", 1),
        ("2026-12-15T09:00:00+01:00", "check_in", 2),
    ]
    assert [s["at"] for s in stops if s["step"] == "closed"] == ["2026-12-22T09:00:00+01:00"]
    assert stops == sorted(stops, key=lambda s: s["at"])


def test_a_stated_day_moves_the_plan_past_it_and_past_holidays(here: Here) -> None:
    """Three days after Tuesday the 22nd are Christmas; the 28th is the next working day."""
    lines = here(*FROM, "--decision-by", "2026-12-22", "--json").stdout.splitlines()
    stops = [json.loads(line) for line in lines]
    first = next(s["at"] for s in stops if s["step"] == "check_in")
    assert first == "2026-12-28T09:00:00+01:00"


def test_a_plan_for_people_says_under_which_conditions_it_holds(here: Here) -> None:
    """And fits a terminal."""
    said = here(*FROM, "--playbook", "patient").stdout
    assert "Tue 8 Dec 2026 09:00" in said
    assert "closed: no answer" in said
    assert "nobody answers" in said
    assert all(len(line.rstrip()) <= 80 for line in said.splitlines()[1:])


def test_a_plan_goes_by_the_configuration(here: Here, identity: Path) -> None:
    """Zone, holidays, playbook, and what is switched off."""
    identity.write_text(identity.read_text() + '[playbook]\noff = ["linkedin"]\n')
    said = here("plan", "--from", "2026-12-01T15:00", "--config", identity)
    assert "Europe/Berlin" in said.stdout
    assert "LinkedIn" not in said.stdout


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("plan", "--from", "tomorrow"), "not a time; write 2026-12-01T15:00", 64),
        (("plan", "--from", "2026-12-01"), "the hour is missing", 64),
        (("plan", "--from", "0001-01-01T00:00"), "too far off", 64),
        ((*FROM[:3], "--zone", "Berlin"), "did you mean `Europe/Berlin`?", 64),
        ((*FROM, "--decision-by", "Friday"), "not a day; write 2026-12-08", 64),
        ((*FROM, "--decision-by", "2026-11-01"), "before the interview", 64),
        ((*FROM, "--decision-by", "2036-11-01"), "too long after", 64),
        ((*FROM, "--playbook", "patent"), "did you mean `patient`?", 66),
        (("playbooks", "show", "nope"), "There are: balanced", 66),
    ],
)
def test_wrong_words_get_a_line_for_people(
    here: Here, arguments: tuple[str, ...], said: str, code: int
) -> None:
    """What is wrong, and what is allowed; never a traceback."""
    ended = here(*arguments)
    assert ended.returncode == code
    assert said in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
