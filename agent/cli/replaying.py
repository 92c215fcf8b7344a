"""`replay`: a mailbox's history through the real pipeline, told line by line."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from agent.cli.options import AsJson, ConfigFile, configured
from agent.errors import InputError, UsageError

if TYPE_CHECKING:
    from agent.service.replay import Line


def replay(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An mbox, a Maildir or a folder.")],
    config: ConfigFile = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="How far to run on; 60 days after the last message."),
    ] = None,
    sends: Annotated[
        str | None,
        typer.Option(metavar="DELAY", help="Play a user who sends each draft so late: 30m, 2h."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the drafts there, as .eml files.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a mailbox's history through the real pipeline, on a clock of its own."""
    import asyncio

    from agent import bootstrap
    from agent.adapters.archive import read_archive
    from agent.cli.output import console, print_json_lines
    from agent.cli.scanning import Bar

    loaded = configured(config)
    end = _time(until, loaded.identity.timezone) if until else None
    delay = _delay(sends) if sends else None
    keep = _folder(out) if out else None
    rehearsal = bootstrap.rehearsal(loaded)
    rehearsal.sends = delay
    with ExitStack() as shown:
        bar = Bar(console(stderr=True))

        def show(done: int, total: int) -> None:
            if done == 1:  # by now the other processes are there: the bar has a thread of its own
                shown.enter_context(bar)
            bar.show(done, total)

        rehearsal.progress = show
        asyncio.run(rehearsal.run(read_archive(path), end))
    lines = _kept(rehearsal.report(), keep)
    if as_json:
        print_json_lines(lines)
    else:
        _print(lines)


def _time(text: str, zone: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"--until {text}: not a time; write 2026-12-31, or 2026-12-31T18:00+01:00."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))


def _delay(text: str) -> timedelta:
    from agent.domain.due import Delay

    try:
        delay = Delay.parse(text)
    except ValueError as error:
        raise UsageError(f"--sends {error}.") from None
    if delay.working_days:
        raise UsageError(f"--sends {text}: working days are not played; write 30m, 2h or 3d.")
    return delay.length


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"--out {path}: the folder cannot be made: {error.strerror}.") from error
    return path


def _kept(lines: "Iterator[Line]", folder: Path | None) -> Iterator[dict[str, Any]]:
    """The lines' fields; each draft written to the folder first, where one was named."""
    for number, line in enumerate(lines, start=1):
        fields = line.fields
        if folder is not None and line.data is not None:
            name = f"{number:04d}-{fields['application']}-{fields['followup']}-{fields['attempt']}"
            file = folder / f"{name}.eml"
            try:
                file.write_bytes(line.data)
            except OSError as error:
                raise InputError(f"{file} cannot be written: {error.strerror}.") from error
            fields = {**fields, "file": str(file)}
        yield fields


def _print(lines: Iterator[dict[str, Any]]) -> None:
    from agent.cli.output import console, safe

    terminal = console()
    for fields in lines:
        at = datetime.fromisoformat(fields["at"])
        terminal.print(
            f"{at:%a %d %b %Y %H:%M}  {fields['type']:<11} #{fields['application']:<3} "
            f"{safe(_said(fields))}",
            soft_wrap=True,
        )


def _said(fields: dict[str, Any]) -> str:
    """What one line says, for a person."""
    match fields["type"]:
        case "fact":
            name = fields["company"] or "an employer not named"
            return f"{name}: {fields['kind']}, now {fields['stage']}"
        case "draft":
            to = ", ".join(fields["to"])
            return f"{fields['followup']} {fields['attempt']} to {to}: “{fields['subject']}”"
        case "sent":
            how = "our draft" if fields["by"] == "draft" else "your own mail"
            return f"{fields['followup']} {fields['attempt']}, {how}"
        case "withdrawn":
            return f"{fields['followup']} {fields['attempt']}: {fields['why']}"
        case "task":
            return f"{fields['task']}: {fields['text']}"
        case "closed" | "reopened":
            return str(fields["why"])
    upcoming = fields["next"]
    after = f", next {upcoming['followup']} on {upcoming['at'][:10]}" if upcoming else ""
    title = fields["company"] or "an employer not named"
    role = f" – {fields['role']}" if fields["role"] else ""
    return f"{title}{role}: {fields['stage']}{after}"
