"""Which application an ID on the command line means: its number, or the start of its employer."""

from collections.abc import Sequence

from agent.cli.output import safe
from agent.domain.application import Application
from agent.errors import InputError

_MOST_NAMED = 20


def meant(wanted: str, applications: Sequence[Application]) -> Application:
    """The application; raises InputError that names those there are, or those it may be."""
    if not applications:
        raise InputError("No application is known yet; `followthrough scan` reads your mailbox.")
    word = wanted.strip().lstrip("#").casefold()
    found = [app for app in applications if str(app.id) == word]
    found = found or [app for app in applications if word and _begins(app, word)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(
            f"There is no application {safe(wanted)}; there are {_listed(applications)}"
        )
    raise InputError(f"“{safe(wanted)}” may be {_listed(found)} Name it by its number.")


def _begins(app: Application, word: str) -> bool:
    """Whether the employer's name, or any word of it, begins so; a number begins none."""
    name = (app.company or "").casefold()
    return not word.isdigit() and any(rest.startswith(word) for rest in (name, *(name.split()[1:])))


def _listed(applications: Sequence[Application]) -> str:
    shown = sorted(applications, key=lambda app: app.id)[:_MOST_NAMED]
    more = " …" if len(applications) > _MOST_NAMED else "."
    return "; ".join(f"{app.id} {safe(app.title)}" for app in shown) + more
