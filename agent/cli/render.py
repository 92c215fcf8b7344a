"""`status` and `show` as people read them, and `status` as JSON.

Takes plain values; nothing is loaded here but through the Store handed to `overview`.
Text that came out of a mail is made safe for the terminal.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agent.cli.card import kind_words
from agent.cli.output import safe, safe_lines
from agent.cli.times import away, day, elsewhere, moment, soon, span
from agent.domain.application import Application
from agent.domain.facts import Fact, Person, PersonRole
from agent.domain.followup import OPEN, FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.lifecycle import Stage
from agent.domain.talks import Talk, ahead
from agent.ports import SetAside, Store

_STAGE_STYLES = {
    Stage.SCHEDULING: "cyan",
    Stage.INTERVIEW_SCHEDULED: "green",
    Stage.INTERVIEWED: "yellow",
    Stage.OFFER: "bold green",
    Stage.REJECTED: "dim red",
    Stage.WITHDRAWN: "dim",
    Stage.CLOSED_NO_ANSWER: "dim",
}
_STATUS_WORDS = {
    FollowUpStatus.PLANNED: "planned",
    FollowUpStatus.DRAFTING: "being drafted",
    FollowUpStatus.DRAFTED: "in Drafts",
    FollowUpStatus.THEIRS: "in Drafts, edited by you",
    FollowUpStatus.SENT: "sent",
    FollowUpStatus.WITHDRAWN: "withdrawn",
    FollowUpStatus.DECLINED: "not wanted: you deleted the draft",
    FollowUpStatus.LAPSED: "too late to draft",
}
_IN_DRAFTS = frozenset({FollowUpStatus.DRAFTED, FollowUpStatus.THEIRS})


@dataclass(frozen=True, slots=True)
class Row:
    """One application with what belongs to it."""

    application: Application
    followups: tuple[FollowUp, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def waiting(self) -> tuple[FollowUp, ...]:
        """Drafts that lie in Drafts, for the user to send."""
        return tuple(f for f in self.followups if f.status in _IN_DRAFTS)

    @property
    def next_followup(self) -> FollowUp | None:
        """The next follow-up that is still open, drafts first."""
        planned = [f for f in self.followups if f.status in OPEN - _IN_DRAFTS]
        return min(self.waiting or planned, key=lambda f: f.due_at, default=None)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """What only the user can do, and has not yet."""
        return tuple(task for task in self.tasks if task.status is TaskStatus.OPEN)


def overview(store: Store) -> list[Row]:
    """Every application with its follow-ups and tasks, those under way first."""
    rows = [row_of(store, application) for application in store.applications()]
    return sorted(rows, key=lambda row: row.application.ended)


def row_of(store: Store, application: Application) -> Row:
    """One application with its follow-ups and tasks."""
    return Row(
        application,
        tuple(store.followups(application.id)),
        tuple(store.tasks(application.id)),
    )


def step_words(step: str) -> str:
    """`thank-you`: a playbook step as people say it."""
    return step.replace("_", "-")


# -- status ------------------------------------------------------------------------


def status(
    rows: Sequence[Row], aside: Sequence[SetAside] = (), *, now: datetime, zone: str
) -> RenderableType:
    """Everything at a glance: the applications, then what waits for the user."""
    if not rows:
        return Text("No application is known yet. `followthrough scan` reads your mailbox.")
    parts: list[RenderableType] = [_applications(rows, now, zone)]
    parts += _listed("Drafts for you to send", [w for row in rows for w in _drafts(row, now, zone)])
    parts += _listed("For you to do", [_task(row, task) for row in rows for task in row.open_tasks])
    parts += _listed("Mails that could not be read", [_aside(each) for each in aside])
    return Group(*parts)


def _applications(rows: Sequence[Row], now: datetime, zone: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("ID", justify="right", style="dim", no_wrap=True)
    table.add_column("Employer and role", overflow="fold")
    table.add_column("Stage", overflow="fold", max_width=19)
    table.add_column("News", no_wrap=True)
    table.add_column("Next", overflow="fold")
    for row in rows:
        it = row.application
        table.add_row(
            str(it.id),
            safe(it.title),
            stage(it),
            away(it.last.at, now) if it.last else "",
            _next(row, now, zone),
            style="dim" if it.ended else "",
        )
    return table


def stage(application: Application) -> Text:
    """Where an application stands, in words."""
    if application.stage is None:
        return Text("not known")
    words = application.stage.value.replace("_", " ")
    return Text(words, style=_STAGE_STYLES.get(application.stage, ""))


def _next(row: Row, now: datetime, zone: str) -> Text:
    followup = row.next_followup
    talks = ahead(row.application.talks, now)
    if followup and followup.status in _IN_DRAFTS:
        return Text(f"send the {step_words(followup.step)}", style="bold")
    if talks and (followup is None or talks[0].start < followup.due_at):
        return Text(f"interview {soon(talks[0].start, now, zone)}")
    if followup:
        return Text(f"{step_words(followup.step)} {soon(followup.due_at, now, zone)}")
    if row.open_tasks:
        return Text("see below")
    return Text("")


def _drafts(row: Row, now: datetime, zone: str) -> Iterator[Text]:
    for draft in row.waiting:
        text = _head(row.application, f"{step_words(draft.step)} to {_addressees(draft)}")
        late = draft.send_by < now
        when = f"; send by {soon(draft.send_by, now, zone)} ({away(draft.send_by, now)})"
        yield text.append(when, style="red" if late else "default")


def _addressees(followup: FollowUp) -> str:
    return safe(", ".join(followup.names or followup.to))


def _task(row: Row, task: Task) -> Text:
    return _head(row.application, f"{_task_words(task)}: {_first_line(_said(task))}")


def _task_words(task: Task) -> str:
    """`linkedin, for Raj Patel`: what is to be done, and about whom."""
    kind = task.kind.replace("_", " ")
    return safe(f"{kind}, for {task.name}" if task.name else kind)


def _said(task: Task) -> str:
    """The text of a task; that of one to paste or to say is told by all of its lines."""
    return " ".join(task.text.split()) if task.template else task.text


def _aside(message: SetAside) -> Text:
    return Text(safe(f"{message.account}/{message.folder}, UID {message.uid}: {message.why}"))


def _head(application: Application, what: str) -> Text:
    company = safe(application.company or "an employer not named")
    return Text(f"{application.id} {company}: ", style="dim").append(what, style="default not dim")


def _first_line(text: str, width: int = 100) -> str:
    line = safe(text.strip().partition("\n")[0])
    return line if len(line) <= width else line[: width - 1] + "…"


def _listed(title: str, lines: Sequence[Text]) -> list[RenderableType]:
    if not lines:
        return []
    body = [Padding(line, (0, 0, 0, 2), expand=False) for line in lines]
    return [Text(title, style="bold"), *body, Text("")]


def status_json(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """One object an application, its fields those that end a `replay`, and its open ends."""
    for row in rows:
        it, coming = row.application, row.next_followup
        yield {
            "application": it.id,
            "account": it.account,
            "company": it.company,
            "role": it.role,
            "stage": it.stage.value if it.stage else None,
            "people": [_person_json(person) for person in it.people],
            "last_news": it.last.at.isoformat() if it.last else None,
            "decision_by": it.decision.day.isoformat() if it.decision else None,
            "next": coming and {"followup": coming.step, "at": coming.due_at.isoformat()},
            "followups": [_followup_json(each) for each in row.followups],
            "followups_sent": sum(f.status is FollowUpStatus.SENT for f in row.followups),
            "tasks": [{"task": task.kind, "text": task.text} for task in row.open_tasks],
        }


def _person_json(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "title": person.title,
        "role": person.role.value,
    }


def _followup_json(followup: FollowUp) -> dict[str, Any]:
    return {
        "followup": followup.step,
        "attempt": followup.attempt,
        "to": list(followup.to),
        "status": followup.status.value,
        "at": followup.due_at.isoformat(),
        "send_by": followup.send_by.isoformat(),
        "why": followup.why,
    }


# -- show --------------------------------------------------------------------------


def show(row: Row, *, now: datetime, zone: str) -> RenderableType:
    """All of one application: where it stands, people, talks, follow-ups, tasks, mails."""
    it = row.application
    heading = Text(f"{it.id}  ", style="dim").append(safe(it.title), style="bold not dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True, min_width=9)
    grid.add_column(overflow="fold")
    for label, value in _about(it, now, zone):
        grid.add_row(label, value)
    parts: list[RenderableType] = [heading, Padding(grid, (0, 0, 1, 2), expand=False)]
    parts += _listed("Follow-ups", [_followup(each, now, zone) for each in row.followups])
    parts += _listed("For you to do", [_whole_task(task) for task in row.open_tasks])
    parts += _listed("Mails", [_fact(fact, zone) for fact in it.facts])
    return Group(*parts)


def _whole_task(task: Task) -> Text:
    """A task with all of its text; what is to be pasted keeps its lines."""
    if not task.template:
        return Text(safe(task.text))
    text = Text(_task_words(task), style="bold")
    return text.append(f"\n{safe_lines(task.text)}", style="not bold")


def _about(it: Application, now: datetime, zone: str) -> Iterator[tuple[str, Text]]:
    yield "Stage", stage(it)
    if it.identity:
        yield "You", Text(f"{safe(it.identity)} (account {safe(it.account)})")
    for number, person in enumerate(it.people):
        yield "" if number else "People", Text(_person(person))
    for number, talk in enumerate(t for t in it.talks if t.interview.start):
        yield "" if number else "Talks", _talk(talk, now, zone)
    if it.decision:
        said = f"by {day(it.decision.day)}, they said on {moment(it.decision.said_at, zone)}"
        yield "Decision", Text(said)


def _person(person: Person) -> str:
    who = f"{person.name} <{person.email}>" if person.name and person.email else None
    role = person.role.value if person.role is not PersonRole.UNKNOWN else None
    notes = ", ".join(note for note in (person.title, role) if note)
    shown = who or person.name or person.email or "somebody"
    return safe(f"{shown} ({notes})" if notes else shown)


def _talk(talk: Talk, now: datetime, zone: str) -> Text:
    interview = talk.interview
    if interview.start is None:
        return Text("at a time not stated")
    text = Text(span(interview.start, interview.end, zone))
    notes = [
        elsewhere(interview.start, interview.timezone, zone),
        away(interview.start, now) if talk.stands else interview.status.value,
        f"with {', '.join(talk.who)}" if talk.who else "",
    ]
    return text.append(safe("".join(f", {note}" for note in notes if note)), style="dim")


def _followup(followup: FollowUp, now: datetime, zone: str) -> Text:
    text = Text(f"{moment(followup.due_at, zone)}  ", style="dim")
    text.append(f"{step_words(followup.step)} to {_addressees(followup)}: ", style="not dim")
    text.append(_STATUS_WORDS[followup.status], style="not dim bold")
    if followup.status in _IN_DRAFTS:
        text.append(f", send by {soon(followup.send_by, now, zone)}", style="not dim")
    return text.append(f" ({safe(followup.why)})" if followup.why else "")


def _fact(fact: Fact, zone: str) -> Text:
    text = Text(f"{moment(fact.at, zone)}  ", style="dim")
    text.append(f"{kind_words(fact.kind.value)}  ", style="not dim bold")
    if fact.told:
        return text.append(safe(_told(fact)), style="not dim")
    who = fact.from_.name or fact.from_.email or ""
    return text.append(safe(f"{who}: {fact.subject}" if who else fact.subject), style="not dim")


def _told(fact: Fact) -> str:
    """What the user said themself, shortly."""
    told = fact.told
    if told is None:
        return ""
    said = [p.name or p.email or "" for p in told.met]
    said += [each.words for each in told.matters]
    said += [each.name for each in told.enclosures]
    said += [w for w in (told.plan, told.value, told.steps, told.company, told.role) if w]
    said += [w for w in (told.stage, told.playbook) if w]
    said += [f"by {day(fact.decision_by)}"] if fact.decision_by else []
    said += ["nobody came"] if told.missed else []
    said += [] if told.holds is None else ["it stands" if told.holds else "no interview"]
    return _first_line("you: " + "; ".join(said or [told.note or ""]), 160)
