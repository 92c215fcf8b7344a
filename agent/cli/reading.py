"""`explain`: what mail in files says, without an account or a network."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import AsJson, ConfigFile, configured

if TYPE_CHECKING:
    from agent.mail.message import Identity


def explain(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Mails (.eml), folders of them, Maildirs, mbox files, or -."
        ),
    ],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Say what each mail is, how sure that is, and which words decided it."""
    from agent.cli.output import print_json_lines
    from agent.service.explain import explain_sources

    identity = _identity(config)
    found = explain_sources(paths, identity)
    if as_json:
        print_json_lines(found)
    else:
        _print_cards(found, identity.timezone)


def _print_cards(found: Iterable[dict[str, Any]], zone: str) -> None:
    from agent.cli.card import card
    from agent.cli.output import console

    terminal = console()
    for explained in found:
        terminal.print(card(explained, zone))


def _identity(config: Path | None) -> "Identity":
    """The user of the configuration; nobody in particular where there is none."""
    from agent.config import anything_configured, neutral_identity

    if config is None and not anything_configured():
        return neutral_identity()
    return configured(config).identity_for_reading()
