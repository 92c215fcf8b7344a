"""Every command by its name. The commands themselves lie in the files beside this one."""

from typing import Annotated

import typer

from agent import __version__
from agent.cli import (
    demo,
    login,
    looking,
    playbooks,
    reading,
    replaying,
    service,
    setup,
    telling,
    templates,
    watching,
)

app = typer.Typer(
    name="followthrough",
    help="Follows up after job interviews: reads your mailbox, leaves drafts in Drafts, sends "
    "nothing.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"followthrough {__version__}")
        raise typer.Exit


@app.callback()
def _followthrough(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """What holds for every command."""


app.command()(demo.demo)
app.command()(watching.run)
app.command()(watching.scan)
app.command()(looking.status)
app.command()(looking.show)
app.command()(telling.note)
app.command("set")(telling.set_)
app.command()(telling.attach)
app.command()(telling.draft)
app.command()(reading.explain)
app.command()(playbooks.plan)
app.command()(replaying.replay)
app.command()(setup.check)
app.command()(setup.password)
app.command()(login.login)
app.command()(login.logout)
app.add_typer(setup.config_commands, name="config")
app.add_typer(playbooks.playbooks_commands, name="playbooks")
app.add_typer(templates.templates_commands, name="templates")
app.add_typer(service.service_commands, name="service")
