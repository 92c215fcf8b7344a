"""`status` and `show`: what is known, for a person or as JSON."""

from typing import Annotated

import typer

from agent.cli.options import AsJson, ConfigFile, configured
from agent.errors import UsageError


def status(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Show every application: where it stands, and what comes next."""
    configured(config)
    raise UsageError("`status` is not part of this build yet.")


def show(
    application: Annotated[int, typer.Argument(metavar="ID", help="As `status` shows it.")],
    config: ConfigFile = None,
) -> None:
    """Show one application: its mails, people, talks, and follow-ups."""
    configured(config)
    raise UsageError("`show` is not part of this build yet.")
