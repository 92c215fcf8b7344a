"""`note`, `set`, `attach` and `draft --preview`, called as a user calls them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.adapters.sqlite import SqliteStore
from agent.cli.naming import meant
from agent.domain.application import Application
from agent.domain.facts import Kind
from agent.domain.followup import Task, TaskStatus
from agent.domain.lifecycle import Stage
from agent.errors import InputError
from tests.cli.conftest import Run
from tests.making import ANN, RAJ, fact, talk

NOW = datetime.now(UTC).replace(microsecond=0, second=0)


def when(**ago: float) -> str:
    return (NOW - timedelta(**ago)).replace(tzinfo=None).isoformat()


class Desk:
    """The command with its configuration, and the store that it works on."""

    def __init__(self, run: Run, config: Path, state: Path) -> None:
        self._run, self._config, self._state = run, config, state

    def __call__(self, *arguments: str | Path, code: int = 0) -> str:
        told = self._run(*arguments, "--config", self._config, FOLLOWTHROUGH_STATE=str(self._state))
        assert told.returncode == code, told.stderr
        return told.stdout + told.stderr

    def store(self) -> SqliteStore:
        return SqliteStore(self._state / "followthrough.db")

    def app(self, number: int = 1) -> Application:
        store = self.store()
        found = store.application(number)
        store.close()
        assert found is not None
        return found


@pytest.fixture
def desk(run: Run, identity: Path, tmp_path: Path) -> Desk:
    """An interview with Ann and Raj at Acme ended an hour ago; another application at Beta."""
    made = Desk(run, identity, tmp_path / "state")
    store = made.store()
    invited = fact(Kind.INTERVIEW_CONFIRMED, when(days=2), talk(when(hours=2)), people=(ANN, RAJ))
    store.new_application(invited, "home")
    store.new_application(
        fact(Kind.APPLICATION_RECEIVED, when(days=3), company="Acme Robotics", role="Welder"),
        "home",
    )
    store.close()
    return made


def test_a_note_says_what_it_understood_and_what_it_keeps(desk: Desk) -> None:
    """The running daemon is nudged."""
    told = desk("note", "1", "Raj cares about quiet nights. The salary is low.")
    assert "mattered to Raj Patel: quiet nights" in told
    assert "kept for you, in no mail: The salary is low." in told
    store = desk.store()
    assert 1 in store.waking(NOW - timedelta(days=9))
    store.close()


def test_several_settings_at_once(desk: Desk) -> None:
    """Each is told back, and the application is what they say."""
    told = desk(
        "set", "1", "decision_by=2030-12-04", "interviewer=Ivy Chen <ivy@acme.example>",
        "playbook=patient", "company=ACME", "role=Lead", "stage=interviewed",
    )  # fmt: skip
    assert "they decide by Wed 4 Dec 2030" in told
    app = desk.app()
    assert (app.company, app.role, app.playbook) == ("ACME", "Lead", "patient")
    assert app.stage is Stage.INTERVIEWED
    assert app.decision is not None
    assert "ivy@acme.example" in app.talks[0].who


def test_everything_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    """With what is allowed, and nothing is changed."""
    told = desk(
        "set", "1", "decision_by=soonish", "stage=rejcted", "interviewer=<jobs@acme.example>",
        "plybook=patient", "playbook=pateint", "no_show=maybe", "interview=tomorrow", "role=", "x",
        code=64,
    )  # fmt: skip
    for words in (
        "decision_by: “soonish” is no day",
        "did you mean `rejected`?",
        "Ann Smith <ann@acme.example>",
        "“plybook=patient” is nothing that can be set; did you mean `playbook`?",
        "did you mean `patient`?",
        "no_show: “maybe” is neither yes nor no",
        "2026-12-01T15:00",
        "role: it is empty",
        "Allowed: company, role, stage",
    ):
        assert words in told
    assert len(desk.app().facts) == 1


def test_nobody_came_and_they_came_after_all(desk: Desk) -> None:
    """One takes the other back."""
    desk("set", "1", "no_show=yes")
    assert desk.app().missed
    desk("set", "1", "no_show=no")
    assert desk.app().missed == ()
    assert desk.app().talks[0].stands
    assert "no interview of it has begun yet" in desk("set", "2", "no_show=yes", code=64)


def test_an_interview_at_a_time_of_its_own(desk: Desk) -> None:
    """Arranged by phone, in the user's zone."""
    told = desk("set", "2", "interview=2030-12-02T15:00")
    assert "interview on Mon 2 Dec 2030 15:00" in told
    (talk_,) = desk.app(2).talks
    assert talk_.start == datetime(2030, 12, 2, 14, tzinfo=UTC)


def test_a_mail_that_fits_two_is_settled(desk: Desk) -> None:
    """What it said becomes a fact of the one that is named, and both questions are gone."""
    store = desk.store()
    word = fact(Kind.REJECTION, when(hours=1), message_id="no@acme.example")
    store.put_undecided("no@acme.example", word)
    for number in (1, 2):
        task = Task(f"{number}:which:no@acme.example", number, "which", "?", NOW)
        store.put_task(task)
    store.close()
    desk("set", "2", "which=yes")
    assert desk.app(2).stage is Stage.REJECTED
    assert desk.app(1).stage is not Stage.REJECTED
    store = desk.store()
    assert all(task.status is TaskStatus.DONE for task in store.tasks())
    store.close()
    assert "no mail waits" in desk("set", "2", "which=yes", code=64)


def test_a_file_goes_with_the_mail_of_whom_it_is_for(desk: Desk, tmp_path: Path) -> None:
    """A copy is kept: the file may go."""
    file = tmp_path / "roadmap.pdf"
    file.write_bytes(b"%PDF")
    told = desk("attach", "1", file, "--to", "raj")
    assert "roadmap.pdf goes with the thank-you to Raj Patel" in told
    file.unlink()
    assert "File:     roadmap.pdf (1 KB)" in desk("draft", "1", "--preview")


def _folder(path: Path) -> None:
    path.mkdir()


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(11 << 20)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "There is no file"),
        (_folder, "is a folder"),
        (_large, "has 11 MB; a file may have 10 MB at most"),
        (Path.touch, "is empty"),
    ],
)
def test_what_is_no_file_is_told(
    desk: Desk, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    """In a sentence, with the path."""
    path = tmp_path / "thing.pdf"
    make(path)
    told = desk("attach", "1", path, code=66)
    assert words in " ".join(told.split())


def test_a_name_that_is_nobody_is_told(desk: Desk, tmp_path: Path) -> None:
    """With those that are known."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"x")
    told = desk("attach", "1", file, "--to", "Zoe", code=64)
    assert "Raj Patel" in told


def test_a_preview_is_the_mail_with_what_was_missing(desk: Desk) -> None:
    """Headers, language, what was missing, then the words."""
    desk("note", "1", "Raj cares about quiet nights.")
    told = desk("draft", "1", "--preview")
    for words in (
        "From:     Ada Example <",
        "To:       Raj Patel <raj@acme.example>",
        "Subject:  ",
        "Language: English",
        "Missing:  how you would do the job (note)",
        "quiet nights",
        "send by",
    ):
        assert words in told
    assert "Nothing is to be written" in desk("draft", "2", "--preview", code=66)
    assert "--preview" in desk("draft", "1", code=64)


def test_an_application_is_named_by_number_or_employer() -> None:
    """A beginning that fits several is refused with all of them."""
    acme = Application.of(1, "home", [fact(Kind.APPLICATION_RECEIVED, when(days=1))])
    robots = replace(acme, id=12, company="Acme Robotics")
    beta = replace(acme, id=3, company="Beta")
    apps = [acme, robots, beta]
    assert meant("1", apps) is acme
    assert meant("#12", apps) is robots
    assert meant("bet", apps) is beta
    assert meant("robo", apps) is robots
    with pytest.raises(InputError, match="may be 1 Acme – Engineer; 12 Acme Robotics – Engineer"):
        meant("acm", apps)
    with pytest.raises(InputError, match="There is no application 2; there are 1 Acme"):
        meant("2", apps)


def test_show_tells_what_the_user_said(desk: Desk) -> None:
    """Beside the mails, in their order."""
    desk("note", "1", "Raj cares about quiet nights.")
    desk("set", "1", "decision_by=2030-12-04")
    told = desk("show", "1")
    assert "you: quiet nights" in told
    assert "you: by Wed 4 Dec 2030" in told


def test_an_application_is_shown_by_its_number_or_by_its_employers_name(desk: Desk) -> None:
    """As it is set and noted; a name that fits none says which there are."""
    assert desk("show", "robo") == desk("show", "2")
    assert "1 Acme – Engineer; 2 Acme Robotics – Welder" in desk("show", "nobody", code=66)


def test_nobody_decides_before_the_interview(desk: Desk) -> None:
    """A slip of the year is told, and nothing is changed."""
    told = desk("set", "1", "decision_by=2020-12-04", code=64)
    assert "decision_by: 2020-12-04 lies before the interview on" in told
    assert desk.app().decision is None


def test_an_interviewer_is_shown_as_in_a_mails_header(desk: Desk) -> None:
    """Name and address as they were typed."""
    said = desk("set", "1", "interviewer=Mia Wong <mia@acme.example>")
    assert "interviewer: Mia Wong <mia@acme.example>" in said


@pytest.mark.parametrize("day", ["Ende nächster Woche", "vendredi", "el viernes", "next Friday"])
def test_a_day_is_understood_in_each_language(desk: Desk, day: str) -> None:
    """Few words tell no language; the day in them is found all the same."""
    assert "they decide by" in desk("set", "1", f"decision_by={day}")


def test_a_room_is_no_interviewer(desk: Desk) -> None:
    """Nobody thanks a meeting room."""
    said = desk("set", "1", "interviewer=room-4@acme.example", code=64)
    assert "no address that a person reads" in said
