"""`service`: the systemd user service of whoever calls it, put in place and looked at."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import InputError, UsageError

if TYPE_CHECKING:
    from agent.adapters.units import State, UserManager

service_commands = typer.Typer(
    help="Let it run by itself, as a systemd service of yours.", no_args_is_help=True
)

#: Exit codes of `service status`, as `systemctl status` has them (LSB).
_NOT_RUNNING, _NOT_INSTALLED = 3, 4
#: How long a fresh service is watched at most, in seconds, until it has signed in.
_WATCHED = 15.0


@service_commands.command()
def install(
    start: Annotated[
        bool, typer.Option("--start/--no-start", help="Start it now, and at every login.")
    ] = True,
    linger: Annotated[
        bool, typer.Option("--linger", help="Let it run while you are signed out, too.")
    ] = False,
    config: ConfigFile = None,
) -> int:
    """Install the service for you alone, start it, and tell how it is doing."""
    from agent.adapters.sqlite.database import private_folder
    from agent.adapters.units import UNIT, UserManager
    from agent.config import state_folder

    configured(config, accounts=True)
    manager = UserManager()
    manager.require()
    command = [*program(), "run", *_config_words(config)]
    private_folder(state_folder())
    _put_units(manager, command)
    manager.systemctl("daemon-reload")
    if not start:
        typer.echo("Installed; `systemctl --user enable --now followthrough` starts it.")
        return 0
    manager.systemctl("enable", UNIT)
    code = _started(manager)
    _offer_lingering(manager, wanted=linger)
    return code


@service_commands.command()
def uninstall() -> None:
    """Stop the service and remove it; your configuration, state and drafts stay."""
    from agent.adapters.units import UNIT, UserManager, drop_in_file, unit_folder
    from agent.config import default_config_file, state_folder

    unit, manager = unit_folder() / UNIT, UserManager()
    manager.require()
    if not unit.exists():
        typer.echo(f"The service is not installed: there is no {unit}.")
        return
    manager.systemctl("disable", "--now", UNIT)
    unit.unlink()
    drop_in_file().unlink(missing_ok=True)
    manager.systemctl("daemon-reload")
    typer.echo(f"The service is stopped, and {unit} removed.")
    typer.echo(f"Left as they are: {default_config_file()}, {state_folder()}, and your drafts.")
    if manager.lingers():
        typer.echo("Lingering stays on; `loginctl disable-linger` ends it for all your services.")


@service_commands.command()
def status() -> int:
    """Whether it is installed and running, and what it is doing."""
    from agent.adapters.units import UserManager

    manager = UserManager()
    manager.require()
    state = manager.state()
    _print(state)
    if state.installed and manager.lingers() is False:
        typer.echo("lingering: off, it runs while you are signed in")
    if state.running:
        return 0
    return _NOT_RUNNING if state.installed else _NOT_INSTALLED


@service_commands.command()
def logs(
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as it is written.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many lines.")] = 50,
) -> int:
    """What it has written to the journal; ids and kinds, no content."""
    from agent.adapters.units import UNIT

    journalctl = shutil.which("journalctl")
    if journalctl is None:
        raise InputError("There is no journalctl here, so there is no journal to read.")
    words = ["--user", "--unit", UNIT, "--lines", str(lines), *(["--follow"] if follow else [])]
    try:
        return subprocess.call([journalctl, *words])  # noqa: S603 - words of our own
    except KeyboardInterrupt:
        return 0


# -- inside ----------------------------------------------------------------------------


def program() -> list[str]:
    """The command that starts this very installation, whatever the PATH of the service.

    Raises UsageError where that cannot be started from elsewhere.
    """
    called = shutil.which(sys.argv[0]) if Path(sys.argv[0]).name == "followthrough" else None
    # pipx and uv put a link on the PATH; what it leads to lies in the environment itself.
    found = Path(called).resolve() if called else Path(sys.executable).parent / "followthrough"
    if not os.access(found, os.X_OK):
        raise UsageError(
            "Followthrough runs from a checkout that is not installed, which a service cannot "
            "do; install it first, for example with `pipx install .`."
        )
    if any(found.is_relative_to(folder) for folder in ("/tmp", "/var/tmp")):  # noqa: S108
        raise UsageError(
            f"{found} lies in a folder for temporary files, which a service has to itself; "
            "install Followthrough elsewhere, for example with `pipx install followthrough`."
        )
    return [str(found)]


def _config_words(config: Path | None) -> list[str]:
    """Which configuration the service reads, where it is not the one it would find by itself."""
    named = config or os.environ.get("FOLLOWTHROUGH_CONFIG")
    return ["--config", str(Path(named).expanduser().absolute())] if named else []


def _environment() -> dict[str, str]:
    """What this shell was told about folders; the user manager may not have been."""
    names = ("FOLLOWTHROUGH_STATE", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def _put_units(manager: "UserManager", command: list[str]) -> None:
    from agent import resources
    from agent.adapters.units import (
        UNIT,
        WITHOUT_NAMESPACES,
        drop_in_file,
        put,
        unit_folder,
        unit_text,
    )
    from agent.config import state_folder

    shipped = (resources.systemd_units() / UNIT).read_text("utf-8")
    unit = unit_folder() / UNIT
    text = unit_text(shipped, command, state_folder().absolute(), _environment())
    kept = put(unit, text)
    typer.echo(f"{unit} runs {' '.join(command)}.")
    if kept:
        typer.echo(f"The unit that was there is kept as {kept}.")
    if manager.namespaces():
        drop_in_file().unlink(missing_ok=True)
        return
    put(drop_in_file(), WITHOUT_NAMESPACES)
    typer.echo(
        "This system lets no user service have a user namespace, so it runs less fenced in; "
        f"see {drop_in_file()}."
    )


def _started(manager: "UserManager") -> int:
    """Start it, watch it for a moment, and tell; the exit code it ended with, if it ended."""
    came_up = manager.started()
    end = time.monotonic() + (_WATCHED if came_up else 0)
    state = manager.state()
    while state.running and not _settled(state.text) and time.monotonic() < end:
        time.sleep(0.25)
        state = manager.state()
    _print(state)
    if state.running:
        return 0
    typer.echo("It did not stay up; `followthrough service logs` tells why.")
    return state.code or 1


def _settled(status: str) -> bool:
    """Whether every account is at its work, or waits for something that is not the user's doing."""
    at_work = ("watching", "reading", "offline", "waiting for the keyring")
    return "signing in" not in status and any(words in status for words in at_work)


def _print(state: "State") -> None:
    from agent.cli.output import safe

    if not state.installed:
        typer.echo("service: not installed; `followthrough service install` does that")
        return
    starts = {"enabled": "starts at login"}.get(state.enabled, "does not start by itself")
    since = f" since {state.since}" if state.running and state.since else ""
    typer.echo(f"service: {state.active} ({state.sub}){since}, {starts}")
    if state.text:
        typer.echo(f"{'doing: ' if state.running else 'before:'}  {safe(state.text)}")
    if state.restarts:
        times = "once" if state.restarts == 1 else f"{state.restarts} times"
        typer.echo(f"crashed: {times} since it was started; systemd started it again")
    if not state.running and state.result not in ("", "success"):
        typer.echo(f"ended:   {_end(state)}")


def _end(state: "State") -> str:
    """Why it ended, in words."""
    if state.result == "watchdog":
        return "it hung, and the watchdog ended it"
    if state.result in ("signal", "core-dump"):
        return f"by signal {state.code}"
    if state.result == "timeout":
        return "it took too long to start or to stop"
    if state.result != "exit-code":
        return state.result
    meanings = {
        69: "the server or the keyring cannot be reached",
        73: "the state folder cannot be used",
        75: "another Followthrough is running",
        76: "the server gave an answer that cannot be used",
        77: "a sign-in was refused; not tried again, so as not to lock the account",
        78: "the configuration cannot be used",
    }
    meaning = meanings.get(state.code)
    return f"with exit code {state.code}{f': {meaning}' if meaning else ''}"


def _offer_lingering(manager: "UserManager", *, wanted: bool) -> None:
    """Offer, once, to let it run while the user is signed out; theirs to say, never forced."""
    if manager.lingers() is not False and not wanted:
        return
    asked = sys.stdin is not None and sys.stdin.isatty()
    if not wanted and asked:
        question = "Let it run while you are signed out, too (loginctl enable-linger)?"
        wanted = typer.confirm(question, default=False)
    if not wanted:
        typer.echo("It runs while you are signed in; `loginctl enable-linger` lets it run always.")
        return
    wrong = manager.linger()
    typer.echo(f"Lingering could not be set: {wrong}" if wrong else "It runs without you, too.")
