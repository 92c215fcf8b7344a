"""`status` and `show`: what is known, for a person or as JSON. Nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, ConfigFile, configured

if TYPE_CHECKING:
    from agent.config import Config
    from agent.ports import Store


def status(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Show every application: where it stands, and what comes next."""
    from agent.adapters.clock import SystemClock
    from agent.cli import render
    from agent.cli.output import console, print_json_lines, safe
    from agent.cli.signing import lines
    from agent.config import state_folder

    with _known(config) as (store, loaded):
        rows = render.overview(store)
        if as_json:
            print_json_lines(render.status_json(rows))
            return
        now = SystemClock().now()
        zone = loaded.identity.timezone
        console().print(render.status(rows, store.aside(), now=now, zone=zone))
        for line in lines(loaded, state_folder()):
            console().print(safe(line), style="dim")


def show(
    application: Annotated[
        str, typer.Argument(metavar="ID", help="As `status` shows it, or how its employer begins.")
    ],
    config: ConfigFile = None,
) -> None:
    """Show one application: its mails, people, talks, and follow-ups."""
    from agent.adapters.clock import SystemClock
    from agent.cli import render
    from agent.cli.naming import meant
    from agent.cli.output import console

    with _known(config) as (store, loaded):
        found = meant(application, store.applications())
        row = render.row_of(store, found)
        now, zone = SystemClock().now(), loaded.identity.timezone
        console().print(render.show(row, now=now, zone=zone))


@contextmanager
def _known(config: Path | None) -> "Iterator[tuple[Store, Config]]":
    """The store, and the configuration."""
    from agent import bootstrap

    loaded = configured(config)
    store = bootstrap.open_store()
    try:
        yield store, loaded
    finally:
        store.close()
