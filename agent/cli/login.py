"""`login` and `logout`: the consent that an account with an `oauth` table signs in by."""

import os
import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import ConfigError, FollowthroughError, UsageError

if TYPE_CHECKING:
    from agent.adapters.oauth.device import Prompt
    from agent.adapters.oauth.grants import Granted
    from agent.adapters.oauth.providers import Client
    from agent.config import Config

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="As the configuration names it.")]


def login(
    account: Account,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the page's address, and open nothing.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Sign an account in by its provider's own page (OAuth); it is kept in your keyring."""
    import asyncio

    loaded = configured(config)
    require_oauth(loaded, account)
    asyncio.run(_login(loaded, account, no_browser=no_browser))


def logout(account: Account, config: ConfigFile = None) -> None:
    """Remove an account's sign-in from your keyring, and tell its provider where it listens."""
    import asyncio

    loaded = configured(config)
    require_oauth(loaded, account)
    gone = asyncio.run(_logout(loaded, account))
    typer.echo(f"{account} is signed out." if gone else f"{account} was not signed in.")
    typer.echo("Your drafts and what was read stay as they are; `followthrough login` undoes it.")


def require_oauth(config: "Config", name: str) -> None:
    """Raise UsageError for an account that is not there, or that has a password."""
    from agent.config.values import nearest

    known = list(config.accounts)
    if name not in known:
        there = f"There are: {', '.join(known)}." if known else "It has none."
        raise UsageError(
            f"The configuration has no account {name}{nearest(name, known) or '.'} {there}"
        )
    if config.accounts[name].oauth is None:
        raise UsageError(
            f"{name} signs in with a password: `followthrough password {name}` keeps it. To sign "
            f"in by the provider's page instead, add [accounts.{name}.oauth] with `provider` and "
            "`client_id` (docs/sign-in.md)."
        )


async def _login(config: "Config", name: str, *, no_browser: bool) -> None:
    from agent.adapters.clock import SystemClock
    from agent.adapters.configured import tokens
    from agent.adapters.secrets import Secrets

    keeper = tokens(config, name, Secrets(), SystemClock())
    # Before the user goes to the trouble: a keyring that is locked, missing or a plain file.
    await keeper.require_keyring()
    keyring = await keeper.keep(await _consent(keeper.client, no_browser=no_browser))
    typer.echo(f"The sign-in of {name} is kept in {keyring}.")
    await _tried(config, name)


async def _consent(client: "Client", *, no_browser: bool) -> "Granted":
    from agent.adapters.oauth import device, loopback

    if client.flow == "device":
        return await device.sign_in(client, _print_code)

    def show(address: str) -> None:
        opens = not no_browser and _has_desktop()
        _print_page(client, address, opened=opens)
        if opens:
            _open(address)

    return await loopback.sign_in(client, show)


async def _tried(config: "Config", name: str) -> None:
    """Sign in to the mailbox: whoever consented may have been signed in as somebody else."""
    from agent.adapters.configured import mailbox
    from agent.adapters.secrets import Secrets

    server = mailbox(config, name, Secrets())
    account = config.accounts[name]
    try:
        await server.connect()
    except ConfigError:
        raise
    except FollowthroughError as error:
        typer.echo(f"It could not be tried out at {account.host} yet:", err=True)
        raise error from None
    finally:
        await server.close()
    typer.echo(
        f"Signed in to {account.host} as {account.username}. A service that waited for this goes "
        "on by itself within two minutes."
    )


async def _logout(config: "Config", name: str) -> bool:
    from agent.adapters.clock import SystemClock
    from agent.adapters.configured import tokens
    from agent.adapters.secrets import Secrets

    return await tokens(config, name, Secrets(), SystemClock()).forget()


def _print_code(prompt: "Prompt") -> None:
    from agent.cli.output import safe

    typer.echo(f"Open this page, on any device:  {safe(prompt.page)}")
    typer.echo(f"and type this code:             {safe(prompt.code)}")
    if prompt.direct:
        typer.echo(f"or open it with the code in it: {safe(prompt.direct)}")
    typer.echo(f"Waiting for up to {prompt.seconds / 60:.0f} minutes; Ctrl-C ends it.")


def _print_page(client: "Client", address: str, *, opened: bool) -> None:
    from agent.cli.output import safe

    how = "Your browser opens this page; if it does not, open it" if opened else "Open this page"
    typer.echo(f"{how} on this machine, and sign in as {safe(client.username)}:")
    typer.echo(f"\n  {safe(address)}\n")
    typer.echo("Waiting for up to 10 minutes; Ctrl-C ends it.")


def _has_desktop() -> bool:
    """Whether a browser has somewhere to open; one of text would take this very terminal."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _open(address: str) -> None:
    """Open the user's browser; some of them run in the foreground, so not in our own thread."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
