"""`playbooks` and `plan`: the ways of following up, drawn, and the dates that they yield."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from agent.cli.options import AsJson, ConfigFile, configured
from agent.errors import InputError, UsageError

if TYPE_CHECKING:
    from agent.config import Config
    from agent.domain.course import Stop
    from agent.domain.due import WorkCalendar
    from agent.domain.playbook import Playbook

playbooks_commands = typer.Typer(
    help="The ways of following up: list them, or draw one.", invoke_without_command=True
)


@playbooks_commands.callback()
def playbooks(context: typer.Context, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """List the playbooks; `playbooks show NAME` draws one."""
    if context.invoked_subcommand is not None:
        return
    from agent.cli.output import print_json_lines

    loaded = _config(config)
    default = _default(loaded)
    found = [_playbook(loaded, name) for name in _names(loaded)]
    if as_json:
        print_json_lines(_as_json(each, default) for each in found)
        return
    _print_list(found, default)


@playbooks_commands.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `playbooks` lists it.")],
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save it as a picture instead.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Draw one playbook as a timeline."""
    from agent.cli.output import console

    playbook = _playbook(_config(config), name)
    if svg is not None:
        _save(playbook, svg)
        return
    from agent.cli.timeline import Timeline

    console().print(Timeline(playbook))


def plan(
    from_: Annotated[
        str,
        typer.Option("--from", metavar="TIME", help="When the interview ends: 2026-12-01T15:00."),
    ],
    playbook: Annotated[
        str | None, typer.Option(metavar="NAME", help="The playbook; else the one you use.")
    ] = None,
    decision_by: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day by which they decide: 2026-12-08."),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The time zone: Europe/Berlin.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Print the dates that a playbook yields after an interview that nobody answers."""
    from agent.cli.output import print_json_lines
    from agent.domain.course import course

    loaded = _config(config)
    calendar = _calendar(loaded, zone)
    ended = _time(from_, calendar.zone)
    by = _day(decision_by, calendar.local(ended).date()) if decision_by else None
    chosen = _playbook(loaded, playbook or _default(loaded))
    stops = course(ended, _rules(chosen, calendar, loaded), by)
    if as_json:
        print_json_lines(_stop_json(stop, calendar) for stop in stops)
        return
    _print_plan(chosen, stops, ended, by, calendar)


# -- what there is -----------------------------------------------------------------------


def _config(file: Path | None) -> "Config | None":
    """The configuration; None where there is none, as the shipped playbooks need none."""
    from agent.config import anything_configured

    return configured(file) if file is not None or anything_configured() else None


def _default(config: "Config | None") -> str:
    return config.playbook.default if config else "balanced"


def _names(config: "Config | None") -> tuple[str, ...]:
    from agent.config import playbooks as files

    return files.known_names(config.playbooks if config else {})


def _playbook(config: "Config | None", name: str) -> "Playbook":
    """A playbook by name; raises InputError for one that there is none of."""
    from agent.config import playbooks as files
    from agent.config.values import nearest

    if name not in _names(config):
        hint = nearest(name, _names(config)) or "."
        raise InputError(
            f"There is no playbook {name}{hint} There are: {', '.join(_names(config))}"
        )
    found = files.read(name, config.playbooks if config else {})
    return found.without(config.playbook.off) if config else found


def _calendar(config: "Config | None", zone: str | None) -> "WorkCalendar":
    """The user's working days and hours; in another zone, the holidays of its country."""
    from dataclasses import replace

    from agent.config import neutral_identity
    from agent.domain.countries import country_of_zone
    from agent.domain.due import WorkCalendar

    if config:
        calendar = config.work_calendar()
    else:
        nobody = neutral_identity()
        calendar = WorkCalendar(zone=nobody.timezone, country=nobody.country)
    if zone is None:
        return calendar
    key = _zone(zone)
    if config and config.identity.timezone == key:
        return calendar
    return replace(calendar, zone=key, country=country_of_zone(key) or calendar.country)


def _zone(text: str) -> str:
    from pydantic import TypeAdapter, ValidationError

    from agent.config.values import Zone

    try:
        checked: str = TypeAdapter(Zone).validate_python(text)
    except ValidationError as error:
        raise UsageError(f"--zone: {error.errors()[0]['ctx']['error']}") from None
    return checked


def _rules(playbook: "Playbook", calendar: "WorkCalendar", config: "Config | None") -> Any:
    from agent.domain.rules import Reference, Rules

    known = config.references if config else ()
    return Rules(
        playbook, calendar, references=tuple(Reference(r.name, r.email, r.phone) for r in known)
    )


def _time(text: str, zone: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"--from {text}: not a time; write 2026-12-01T15:00, or 2026-12-01T15:00+01:00."
        ) from None
    if len(text.strip()) <= len("2026-12-01"):
        raise UsageError(f"--from {text}: the hour is missing; write {text.strip()}T15:00.")
    if not 1990 <= at.year <= 2100:
        raise UsageError(f"--from {text}: this is too far off; write a year from 1990 to 2100.")
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _day(text: str, interviewed: date) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--decision-by {text}: not a day; write 2026-12-08.") from None
    if day < interviewed:
        raise UsageError(f"--decision-by {text}: that is before the interview on {interviewed}.")
    if (day - interviewed).days > 300:
        raise UsageError(f"--decision-by {text}: that is too long after the interview to plan for.")
    return day


# -- printing ------------------------------------------------------------------------------


def _print_list(found: "list[Playbook]", default: str) -> None:
    from rich.table import Table
    from rich.text import Text

    from agent.cli.output import console, safe

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for each in found:
        mark = "* " if each.name == default else "  "
        table.add_row(f"{mark}{safe(each.name)}", Text(safe(each.summary or each.title)))
    console().print(table)
    console().print(Text("\n* is yours. `playbooks show NAME` draws one.", style="dim"))


def _print_plan(
    playbook: "Playbook",
    stops: "tuple[Stop, ...]",
    ended: datetime,
    by: date | None,
    calendar: "WorkCalendar",
) -> None:
    from rich.table import Table
    from rich.text import Text

    from agent.cli.output import console, safe
    from agent.cli.times import day, moment
    from agent.domain.playbook import Trigger
    from agent.playbooks.words import ending

    terminal = console()
    named = f"they decide by {day(by)}" if by else "no day named"
    terminal.print(Text(f"{safe(playbook.title)}: interview until ", style="bold"), end="")
    terminal.print(Text(f"{moment(ended, calendar.zone)} ({calendar.zone}), {named}"))
    terminal.print()
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for stop in stops:
        table.add_row(moment(stop.at, calendar.zone), Text(_told(stop, calendar)))
    terminal.print(table)
    terminal.print()
    asking = playbook.step(Trigger.SILENCE)
    terminal.print(Text(ending(asking, playbook.close_after), style="dim"))
    said = "These dates hold if you send each draft as it appears and nobody answers."
    terminal.print(Text(said, style="dim"))


def _told(stop: "Stop", calendar: "WorkCalendar") -> str:
    from agent.cli.times import soon
    from agent.playbooks.words import to_whom, what

    if stop.step is None:
        return "closed: no answer"
    to = to_whom(stop.step)
    said = what(stop.step, stop.attempt) + (f" to {to}" if to else "")
    if stop.send_by is None:
        return f"task: {said}"
    return f"{said}, send by {soon(stop.send_by, stop.at, calendar.zone)}"


def _stop_json(stop: "Stop", calendar: "WorkCalendar") -> dict[str, Any]:
    step = stop.step
    return {
        "at": calendar.local(stop.at).isoformat(),
        "step": step.name if step else "closed",
        "channel": step.channel.value if step else None,
        "attempt": stop.attempt if step else None,
        "to": step.to.value if step else None,
        "send_by": calendar.local(stop.send_by).isoformat() if stop.send_by else None,
    }


def _as_json(playbook: "Playbook", default: str) -> dict[str, Any]:
    return {
        "playbook": playbook.name,
        "title": playbook.title,
        "summary": playbook.summary,
        "default": playbook.name == default,
        "steps": list(_step_names(playbook)),
    }


def _step_names(playbook: "Playbook") -> Iterator[str]:
    for step in playbook.steps:
        if step.enabled:
            yield step.name


def _save(playbook: "Playbook", file: Path) -> None:
    from agent.playbooks.picture import svg

    try:
        file.write_text(svg(playbook), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}.") from error
    typer.echo(str(file))
