"""`run` and `scan`: the daemon in the foreground, and the first look at a mailbox."""

from typing import Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import UsageError


def run(
    once: Annotated[
        bool, typer.Option("--once", help="One pass over everything, then end.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Watch the mailboxes and draft what is due, until stopped; the log goes to stderr."""
    configured(config, accounts=True)
    raise UsageError("`run` is not part of this build yet.")


def scan(config: ConfigFile = None) -> None:
    """Read the last weeks of every mailbox once; it goes on where it was interrupted."""
    configured(config, accounts=True)
    raise UsageError("`scan` is not part of this build yet.")
