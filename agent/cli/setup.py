"""`check`, `password` and `config`: getting the program to run, and finding out why it does not."""

import getpass
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import ConfigError, InputError, StoreError, UsageError

if TYPE_CHECKING:
    from agent.cli.check import Finding
    from agent.config import Config

config_commands = typer.Typer(
    help="Start a configuration, or find the one in use.", no_args_is_help=True
)


def check(config: ConfigFile = None) -> int:
    """Try everything out: configuration, secrets, sign-in, folders, notices, service."""
    from agent.cli.check import config_faults

    try:
        loaded = configured(config, accounts=True)
    except ConfigError as error:
        return max(_print_finding(finding) for finding in config_faults(error))
    import asyncio

    from agent.cli.check import ok
    from agent.config import default_config_file

    _print_finding(ok("config", str(config or default_config_file())))
    return asyncio.run(_check(loaded))


async def _check(config: "Config") -> int:
    from agent.adapters.clock import SystemClock
    from agent.adapters.configured import mailbox, notifier
    from agent.adapters.secrets import Secrets
    from agent.adapters.smtp import SmtpNotifier
    from agent.cli.check import everything
    from agent.config import state_folder

    secrets = Secrets()
    teller = notifier(config, secrets, SystemClock())
    worst = 0
    async for finding in everything(
        config,
        state=state_folder(),
        servers={name: mailbox(config, name, secrets) for name in config.accounts},
        notifier=teller if isinstance(teller, SmtpNotifier) else None,
    ):
        worst = max(worst, _print_finding(finding))
    return worst


def _print_finding(finding: "Finding") -> int:
    """Print a line of `check`; returns the exit code that it asks for."""
    from rich.table import Table
    from rich.text import Text

    from agent.cli.check import Grade
    from agent.cli.output import console, safe

    styles = {Grade.OK: "green", Grade.NOTE: "yellow", Grade.FIX: "bold red"}
    line = Table.grid(padding=(0, 1))
    line.add_column(min_width=4, no_wrap=True)
    line.add_column(min_width=8, no_wrap=True, style="dim")
    line.add_column(overflow="fold")
    line.add_row(
        Text(finding.grade.value, style=styles[finding.grade]),
        Text(safe(finding.about)),
        Text(safe(finding.text)),
    )
    console().print(line)
    return finding.code


def password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account, or smtp.")],
    remove: Annotated[bool, typer.Option("--remove", help="Remove it from the keyring.")] = False,
    config: ConfigFile = None,
) -> None:
    """Keep the password of an account in your keyring (asked for, or read from a pipe)."""
    loaded = configured(config)
    _require_name(loaded, name)
    _require_password(loaded, name)
    import asyncio

    from agent.adapters.secrets import Secrets

    secrets = Secrets()
    if remove:
        gone = asyncio.run(secrets.forget(name))
        typer.echo(f"The password of {name} was removed." if gone else f"None was kept for {name}.")
        return
    keyring = asyncio.run(secrets.store(name, _asked_password(name)))
    typer.echo(f"The password of {name} is kept in {keyring}; `followthrough check` tries it out.")


def _require_name(config: "Config", name: str) -> None:
    from agent.config.values import nearest

    known = [*config.accounts, "smtp"]
    if name not in known:
        raise UsageError(
            f"The configuration has no account {name}{nearest(name, known) or '.'} "
            f"There are: {', '.join(known)}."
        )


def _require_password(config: "Config", name: str) -> None:
    account = config.accounts.get(name)
    if account is not None and account.oauth is not None:
        raise UsageError(
            f"{name} signs in by [accounts.{name}.oauth], not with a password: "
            f"followthrough login {name}"
        )


def _asked_password(name: str) -> str:
    if sys.stdin.isatty():
        secret = getpass.getpass(f"Password of {name} (not shown): ")
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise UsageError("No password was given, so nothing was kept.")
    return secret


@config_commands.command()
def path() -> None:
    """Print where the configuration is sought."""
    from agent.config import default_config_file

    typer.echo(str(default_config_file()))


@config_commands.command()
def example() -> None:
    """Print the example configuration, which explains every key."""
    from agent import resources

    typer.echo(resources.example_config().read_text("utf-8"), nl=False)


@config_commands.command()
def init() -> None:
    """Put the example configuration in its place, to be filled in."""
    from agent import resources
    from agent.config import default_config_file

    target = default_config_file()
    if target.exists():
        raise InputError(f"{target} is there already; it was left as it is.")
    try:
        _copied(resources.example_config(), target)
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.") from None
    typer.echo(f"{target}\nFill in your name, address and mail server, then: followthrough check")


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)
