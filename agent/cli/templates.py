"""`templates`: the texts that drafts are made from, and a user's own copies of them."""

from pathlib import Path
from typing import Annotated

import typer

from agent.errors import InputError

templates_commands = typer.Typer(help="The texts that drafts are made from.", no_args_is_help=True)


@templates_commands.command("list")
def list_templates() -> None:
    """Show every template by name; a * marks those that you have a copy of."""
    from agent import resources
    from agent.config import user_templates

    for name in _names(resources.templates()):
        mark = "*" if (user_templates() / name).exists() else " "
        typer.echo(f"{mark} {name}")


@templates_commands.command("copy")
def copy(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `templates list` shows it.")],
) -> None:
    """Copy a template into your own folder, where it is used instead of the shipped one."""
    from agent import resources
    from agent.config import user_templates
    from agent.config.values import nearest

    names = _names(resources.templates())
    wanted = name if "/" in name else f"en/{name}"
    wanted = wanted if wanted.endswith(".txt") else f"{wanted}.txt"
    if wanted not in names:
        hint = nearest(wanted, names)
        raise InputError(f"there is no template {wanted}{hint} (`templates list` shows them all)")
    target = user_templates() / wanted
    if target.exists():
        raise InputError(f"{target} is there already; it was left as it is.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((resources.templates() / wanted).read_bytes())
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}.") from error
    typer.echo(str(target))


def _names(folder: Path) -> list[str]:
    """The templates of a folder, by language and name."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.txt"))
