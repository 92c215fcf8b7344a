"""`demo`: the whole product on a sample job hunt, without an account or a network."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.output import console

#: Seconds to read each thing by, at a terminal.
_BREATH = 0.22


def demo(
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Keep the mail server up, to look at the drafts in a client."),
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Without pauses to read by.")] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", hidden=True, help="Draw it into an SVG file.")
    ] = None,
) -> None:
    """Run a sample job hunt of several weeks in under a minute, on a mail server of its own."""
    import asyncio

    from agent.demo import picture as drawing
    from agent.demo.show import Show
    from agent.demo.stage import no_breath, perform
    from agent.demo.story import load

    out = drawing.canvas() if picture else console()
    hunt = load()
    show = Show(out, hunt)

    async def breath() -> None:
        await asyncio.sleep(_BREATH)

    unhurried = out.is_terminal and not (fast or picture)
    played = perform(hunt, show, breath=breath if unhurried else no_breath, serve=serve)
    outcome = asyncio.run(played)
    if picture:
        drawing.draw(show.pages, picture)
    raise typer.Exit(0 if outcome.whole else 1)
