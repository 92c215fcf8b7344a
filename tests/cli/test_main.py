"""The command as a whole: its version, its usage, and how it ends."""

import os
import subprocess
import sys

from agent import __version__
from tests.cli.conftest import ROOT, Run


def test_version(run: Run) -> None:
    """The version is one line."""
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"followthrough {__version__}\n")


def test_version_is_light() -> None:
    """Asking for the version imports nothing heavy, so that it is there at once."""
    script = "import sys; sys.argv[1:] = ['--version']; from agent.cli import main; main();"
    script += (
        "print(sorted(m for m in ('typer', 'rich', 'pydantic', 'asyncio') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[1] == "[]"


def test_help_is_light() -> None:
    """Help needs neither the configuration's models nor the mail parser."""
    heavy = "('pydantic', 'mailparser', 'icalendar', 'holidays', 'imapclient', 'keyring')"
    script = f"import sys; import agent.cli.app; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_help_names_every_command(run: Run) -> None:
    """Help lists what the program can do, within 80 columns."""
    shown = run("--help").stdout
    for command in ("run", "demo", "replay", "explain", "scan", "status", "show", "check"):
        assert f" {command} " in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_a_wrong_word(run: Run) -> None:
    """A command that does not exist is told with the nearest one, without a traceback."""
    done = run("chek")
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_argument(run: Run) -> None:
    """A command that lacks an argument says which."""
    done = run("explain")
    assert done.returncode == 2
    assert "Missing argument 'PATH" in done.stderr


def test_a_broken_configuration(run: Run, tmp_path: os.PathLike[str]) -> None:
    """A broken configuration ends with 78 and every problem, on stderr alone."""
    done = run("run", "--config", "none.toml")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith("followthrough: none.toml has 1 problem:\n  - there is no such")


def test_no_colour_outside_a_terminal(run: Run) -> None:
    """Nothing but text goes into a pipe, even where colours were asked for."""
    assert "\033" not in run("run", "--config", "none.toml").stderr
    assert "\033" not in run("check", "--config", "none.toml", NO_COLOR="1").stdout
