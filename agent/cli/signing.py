"""How each account signs in, in words, for `check` and `status`; asks no keyring, no network."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.times import moment

if TYPE_CHECKING:
    from agent.config import Account, Config


def how(name: str, account: "Account", folder: Path, zone: str) -> str:
    """`by Google, in the browser; token last renewed Sun 22 Nov 2026 21:03`, or `with a password`.

    `folder` is the state folder, `zone` the user's.
    """
    if account.oauth is None:
        return f"with a password{', by a command' if account.password_command else ''}"
    from agent.adapters.oauth.providers import client_for
    from agent.adapters.oauth.tokens import record

    client, known = client_for(name, account), record(folder, name)
    by = f"by {client.title}, {_FLOWS[client.flow]}"
    if known.lapsed:
        return f"{by}; no longer: followthrough login {name}"
    if known.renewed is None:
        return f"{by}; not yet: followthrough login {name}"
    return f"{by}; token last renewed {moment(known.renewed, zone)}"


def lines(config: "Config", folder: Path) -> Iterator[str]:
    """One line an account."""
    for name, account in config.accounts.items():
        yield f"{name} signs in {how(name, account, folder, config.identity.timezone)}"


_FLOWS = {"device": "with a code", "loopback": "in the browser"}
