"""What several commands share: their options, and the configuration they read."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.config import Config

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="The configuration to use, instead of the default one.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, in ASCII.")]


def configured(file: Path | None, *, accounts: bool = False) -> "Config":
    """The configuration; with `accounts`, one that has a mailbox to watch. Raises ConfigError."""
    from agent import config

    loaded = config.load(file)
    if accounts:
        config.require_accounts(loaded, str(file or config.default_config_file()))
    return loaded
