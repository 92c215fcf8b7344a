"""`demo`: the whole product on a sample job hunt, without an account or a network."""

from typing import Annotated

import typer

from agent.errors import UsageError


def demo(
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Keep the mail server up, to look at the drafts in a client."),
    ] = False,
) -> None:
    """Run a sample job hunt of several weeks in under a minute, on a mail server of its own."""
    raise UsageError("`demo` is not part of this build yet.")
