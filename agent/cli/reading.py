"""`explain`: what mail in files says, without an account or a network."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import AsJson, ConfigFile, configured
from agent.errors import InputError

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

    identity = _identity(config)
    failed: list[InputError] = []
    found = _explained(paths, identity, failed)
    if as_json:
        print_json_lines(found)
    else:
        _print_cards(found, identity.timezone)
    if failed:
        raise failed[0]


def _explained(
    paths: list[str], identity: "Identity", failed: "list[InputError]"
) -> Iterator[dict[str, Any]]:
    """One object for every message of every path, in their order.

    A path that cannot be read gets its object too, and the others are read all the same.
    """
    from agent.adapters.archive import read_archive, read_stdin
    from agent.service.explain import explained, unreadable

    for path in paths:
        try:
            messages = read_stdin(sys.stdin.buffer) if path == "-" else read_archive(Path(path))
            for source, data in messages:
                yield explained(source, data, identity)
        except InputError as error:
            failed.append(error)
            yield unreadable(path, str(error))


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
