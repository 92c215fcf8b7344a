"""What `explain` understood of one mail, as a card of at most a few lines for a person.

Takes the object of the `explain` contract; everything of it that came out of the mail is
made safe for the terminal.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from agent.cli.output import safe
from agent.cli.times import day, elsewhere, moment, span

KIND_STYLES = {
    "interview_request": "cyan",
    "interview_confirmed": "bold green",
    "interview_rescheduled": "bold yellow",
    "interview_cancelled": "bold yellow",
    "offer": "bold green",
    "rejection": "red",
    "other": "dim",
    "job_alert": "dim",
    "auto_reply": "dim",
}
TRUST_STYLES = {"verified": "green", "suspicious": "bold red"}

Row = tuple[str, Text]


def card(explained: dict[str, Any], zone: str) -> RenderableType:
    """The card of one mail; `zone` is the user's."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True, min_width=9)
    table.add_column(overflow="fold")
    for label, value in _rows(explained, zone):
        table.add_row(label, value)
    heading = Rule(Text(safe(explained["source"]), style="bold"), align="left", style="dim")
    return Group(heading, Padding(table, (0, 0, 1, 2), expand=False))


def kind_words(kind: str) -> str:
    """`interview confirmed`: a kind as people say it."""
    return kind.replace("_", " ")


def _rows(explained: dict[str, Any], zone: str) -> Iterator[Row]:
    yield "Kind", _verdict(explained)
    if explained["from"]["email"] or explained["from"]["name"]:
        yield "From", _sender(explained, zone)
    if explained["company"] or explained["role"]:
        yield "Employer" if explained["company"] else "Role", Text(safe(_employer(explained)))
    for interview in explained["interviews"]:
        yield from _interview(interview, zone)
    for number, person in enumerate(explained["people"]):
        yield "" if number else "People", Text(safe(_person(person)))
    if explained["decision_by"]:
        yield (
            "Decision",
            Text(f"they decide by {day(date.fromisoformat(explained['decision_by']))}"),
        )
    if explained.get("answer_by"):
        yield "Answer", Text(f"yours by {day(date.fromisoformat(explained['answer_by']))}")
    yield from _reasons(explained)


def _verdict(explained: dict[str, Any]) -> Text:
    kind, level = explained["kind"], explained["trust"]["level"]
    text = Text(kind_words(kind), style=KIND_STYLES.get(kind, "bold"))
    text.append(f"  {explained['confidence']:.0%} sure", style="not bold default")
    return text.append(f"  {level}", style=TRUST_STYLES.get(level, "dim"))


def _sender(explained: dict[str, Any], zone: str) -> Text:
    text = Text(safe(_person(explained["from"])))
    if explained["date"]:
        text.append(f", {moment(datetime.fromisoformat(explained['date']), zone)}", style="dim")
    return text


def _employer(explained: dict[str, Any]) -> str:
    return " · ".join(part for part in (explained["company"], explained["role"]) if part)


def _interview(interview: dict[str, Any], zone: str) -> Iterator[Row]:
    if not interview["start"]:
        yield "Interview", Text(f"at a time not stated, {interview['status']}")
    else:
        start = datetime.fromisoformat(interview["start"])
        end = datetime.fromisoformat(interview["end"]) if interview["end"] else None
        when = Text(span(start, end, zone), style="bold")
        theirs = elsewhere(start, interview["timezone"], zone)
        notes = [theirs, "" if interview["status"] == "confirmed" else interview["status"]]
        yield "Interview", when.append("".join(f", {n}" for n in notes if n), style="not bold")
    for key in ("location", "url", "phone"):
        value = interview.get(key)
        if value and not (key == "location" and value == interview.get("url")):
            yield "", Text(safe(value), style="dim")


def _person(person: dict[str, Any]) -> str:
    name, email = person["name"], person["email"]
    who = f"{name} <{email}>" if name and email else name or email or "somebody"
    role = person.get("role")
    notes = [person.get("title"), role if role and role != "unknown" else None]
    shown = ", ".join(note for note in notes if note)
    return f"{who} ({shown})" if shown else who


def _reasons(explained: dict[str, Any]) -> Iterator[Row]:
    for number, evidence in enumerate(explained["evidence"][:6]):
        text = Text(f"{safe(evidence['reason'])}: ", style="dim")
        text.append(
            f"“{_short(safe(evidence['text']))}”" if evidence["text"] else "", style="default"
        )
        yield "" if number else "Because", text
    for number, reason in enumerate(explained["trust"]["reasons"]):
        yield "" if number else "Sender", Text(safe(reason), style="dim")
    for number, problem in enumerate(explained["problems"]):
        yield "" if number else "Problem", Text(safe(problem), style="yellow")


def _short(text: str, width: int = 120) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
