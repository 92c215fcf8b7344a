"""`explain` and `replay`: what mail in files says, without an account or a network."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import AsJson, ConfigFile, configured
from agent.errors import UsageError

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


def replay(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An mbox, a Maildir or a folder.")],
    config: ConfigFile = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="How far to run on.")] = None,
    sends: Annotated[
        str | None, typer.Option(metavar="DELAY", help="Play a user who sends each draft so late.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the drafts there, as .eml files.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a mailbox's history through the real pipeline, on a clock of its own."""
    raise UsageError("`replay` is not part of this build yet.")


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
