"""Each way to end a command becomes its exit code and a sentence, never a traceback."""

from collections.abc import Callable

import pytest

from agent.cli.errors import guarded
from agent.errors import ConfigError, ServerUnavailable, SignInRefused


def raising(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


@pytest.mark.parametrize(("given", "code"), [(None, 0), (0, 0), (77, 77), ("text", 0)])
def test_returned(given: object, code: int) -> None:
    """A command's own number is the exit code; anything else that it returns means success."""
    assert guarded(lambda: given) == code


def test_an_error_for_the_user(capsys: pytest.CaptureFixture[str]) -> None:
    """An error for the user is its own text, and its own exit code."""
    assert guarded(raising(SignInRefused("imap.example refused the password."))) == 77
    assert capsys.readouterr().err == "followthrough: imap.example refused the password.\n"


def test_several_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Problems of a configuration keep a line each."""
    assert guarded(raising(ConfigError("c.toml", ["one", "two"]))) == 78
    assert capsys.readouterr().err.splitlines()[1:] == ["  - one", "  - two"]


def test_from_a_task_group(capsys: pytest.CaptureFixture[str]) -> None:
    """An error for the user that comes out of a TaskGroup is still told as such."""
    group = ExceptionGroup("tasks", [ExceptionGroup("more", [ServerUnavailable("It is away.")])])
    assert guarded(raising(group)) == 69
    assert capsys.readouterr().err == "followthrough: It is away.\n"


def test_a_bug_in_a_task_group() -> None:
    """A bug beside an error for the user is not hidden by it."""
    group = ExceptionGroup("tasks", [ServerUnavailable("It is away."), KeyError("x")])
    assert guarded(raising(group)) == 70


def test_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    """A bug is named as ours, in two lines, without a traceback."""
    assert guarded(raising(ZeroDivisionError("division by zero"))) == 70
    told = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in told
    assert "Traceback" not in told


def test_a_bug_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever wants to see where a bug happened can."""
    monkeypatch.setenv("FOLLOWTHROUGH_DEBUG", "1")
    guarded(raising(ZeroDivisionError("division by zero")))
    assert "Traceback" in capsys.readouterr().err


def test_interrupted(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with 130 and says nothing."""
    assert guarded(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == ""


def test_an_escape_sequence_in_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """What a server or a mail put into an error cannot act on the terminal."""
    guarded(raising(ServerUnavailable("said \033]0;owned\007")))
    assert "\033" not in capsys.readouterr().err
