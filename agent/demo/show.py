"""What the audience sees: each event of the hunt as a few calm lines, then two tables.

`Show` is told of events and prints; it decides nothing. Colours are the terminal's own named
ones, so that they suit dark and light; rich leaves them out in a pipe and under NO_COLOR.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.policy import SMTP
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.demo.story import Hunt
from agent.domain.application import Application
from agent.domain.facts import Fact, InterviewSource, Kind
from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.domain.lifecycle import Stage
from agent.domain.reconcile import next_of
from agent.domain.talks import ahead
from agent.mail.message import ParsedMail, Reading
from agent.service import events

#: Wider lines are hard to follow.
_WIDEST = 100
#: Where the text of a line begins, after its time and its label.
_INDENT = 20
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’"})
_KIND_STYLES = {
    Kind.INTERVIEW_CONFIRMED: "bold green",
    Kind.INTERVIEW_RESCHEDULED: "bold yellow",
    Kind.INTERVIEW_CANCELLED: "bold yellow",
    Kind.OFFER: "bold green",
    Kind.REJECTION: "bold red",
}
_STAGE_STYLES = {
    Stage.OFFER: "bold green",
    Stage.REJECTED: "red",
    Stage.CLOSED_NO_ANSWER: "dim",
    Stage.WITHDRAWN: "dim",
}
_STAGE_WORDS = {Stage.CLOSED_NO_ANSWER: "closed, no answer"}
_IN_DRAFTS = frozenset({FollowUpStatus.DRAFTED, FollowUpStatus.THEIRS})
_ASIDE = frozenset({Kind.OTHER, Kind.JOB_ALERT, Kind.AUTO_REPLY})


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the table of applications."""

    application: Application
    followups: tuple[FollowUp, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Lying:
    """A draft that was written, and where another mail program finds it at the end."""

    followup: FollowUp
    company: str
    appeared: datetime
    where: str


class Show:
    """Tells the hunt on a console. `pages` keeps what was printed, with the day it belongs to."""

    def __init__(self, console: Console, hunt: Hunt) -> None:
        self._console = console
        self._hunt = hunt
        self._zone = ZoneInfo(hunt.timezone)
        self._day: date | None = None
        self._ours: set[str] = set()
        self.pages: list[tuple[date | None, RenderableType]] = []

    # -- the beginning and the end -------------------------------------------------

    def opening(self) -> None:
        """Who this is about, and what is real."""
        first, last = self._local(self._hunt.starts), self._local(self._hunt.ends)
        weeks = round((last - first).days / 7)
        title = Text(f"{self._hunt.name} is looking for a job", style="bold")
        what = (
            f"The mail of {weeks} weeks, from {first:%-d %B} to {last:%-d %B %Y}, on a clock that "
            "runs ahead. The agent is the real one, and so is the IMAP server: both run in this "
            "process, and nothing leaves this machine."
        )
        self._print(Group(Text(""), title, Text(what, style="dim")))

    def applications(self, rows: Sequence[Standing]) -> None:
        """What became of each application."""
        table = _table("Employer", "Role", "Stage", "Next")
        for row in rows:
            app = row.application
            stage = app.stage or Stage.APPLIED
            table.add_row(
                Text(app.company or "not named", style="bold"),
                app.role or "",
                Text(_stage(app.stage), style=_STAGE_STYLES.get(stage, "")),
                self._next(row),
            )
        self._day = None
        self._print(Group(Text(""), Text("Where things stand", style="bold"), Text(""), table))

    def _next(self, row: Standing) -> str:
        """What the person, or the agent, does next."""
        waiting = sum(f.status in _IN_DRAFTS for f in row.followups)
        if waiting:
            return f"{waiting} draft{'s' if waiting > 1 else ''} to send"
        if any(task.status is TaskStatus.OPEN for task in row.tasks):
            return f"{self._hunt.first_name}'s answer"
        planned = next_of(row.followups)
        return f"{_step(planned)} {self._local(planned.due_at):%a %-d %b}" if planned else ""

    def drafts(self, rows: Sequence[Lying], waiting: int) -> None:
        """Each draft and where it lies, and how many another mail program counts in Drafts."""
        table = _table("Appeared", "Draft", "To", "Employer", "Now")
        for row in rows:
            table.add_row(
                f"{self._local(row.appeared):%a %-d %b %H:%M}",
                _step(row.followup),
                _names(row.followup),
                row.company,
                Text(row.where, style="green" if row.where == "in Drafts" else "dim"),
            )
        said = Text("Drafts", style="bold")
        said.append(
            f"  {len(rows)} were written, each seen in the mailbox by another mail program "
            f"as it appeared. {waiting} wait there for {self._hunt.first_name} now; "
            "the agent itself sends none.",
            style="not bold dim",
        )
        self._print(Group(Text(""), said, Text(""), table, Text("")))

    def serving(self, host: str, port: int, user: str, password: str) -> None:
        """How to look at the drafts with any mail program."""
        self._print(Text("The mailbox stays up. Point any mail program at it:\n", style="bold"))
        for label, value in (
            ("IMAP server", host),
            ("port", str(port)),
            ("security", "none (it is this machine only)"),
            ("user name", user),
            ("password", password),
        ):
            self._print(Text.assemble((f"  {label:<13}", "dim"), (value, "bold")))
        self._print(Text("\nCtrl-C ends it.", style="dim"))

    def hint(self) -> None:
        """What to do next."""
        how = Text("followthrough demo --serve", style="bold")
        how.append(" keeps the mailbox up for any mail program to read.", style="not bold dim")
        self._print(how)

    # -- events ----------------------------------------------------------------------

    def event(self, event: events.Event, *, lies: str | None = None) -> bool:
        """One event; for a draft `lies` is the folder in which it was found. True if shown."""
        match event:
            case events.Understood(at, mail, reading):
                return self._mail(at, mail, reading)
            case events.Recorded(_, app, fact, _) if fact.theirs:
                return self._tracked(app, fact)
            case events.Drafted(at, app, followup, _, data):
                return self._draft(at, app, followup, data, lies)
            case events.Sent(at, _, followup, by):
                return self._sent(at, followup, by)
            case events.Withdrawn(at, _, followup, why):
                return self._say(at, "withdrawn", "yellow", f"the {_note(followup)}: {why}")
            case events.Left(at, _, followup, why):
                return self._left(at, followup, why)
            case events.Lapsed(at, _, followup):
                return self._say(at, "too late", "dim", f"{_note(followup)}: {followup.why}")
            case events.TaskRaised(at, _, task):
                return self._task(at, task)
            case events.Closed(at, app, why):
                return self._say(at, "closed", "magenta", f"{app.title}: {why}")
            case events.Reopened(at, app, why):
                return self._say(at, "reopened", "magenta", f"{app.title}: {why}")
            case events.Tied(at, _, _, ids):
                return self._say(at, "unclear", "yellow", f"fits several applications: {ids}")
            case events.SetAsideEvent(at, where, why):
                return self._say(at, "set aside", "red", f"{where}: {why}")
        return False

    def _mail(self, at: datetime, mail: ParsedMail, reading: Reading) -> bool:
        if reading.kind is Kind.OWN:
            return self._own_mail(at, mail)
        sender = mail.from_.name or mail.from_.email
        if reading.kind in _ASIDE:
            aside = f"{_kind(reading.kind)}: {sender}, {_quoted(mail.subject)}"
            return self._say(at, "ignored", "dim", Text(aside, style="dim"), cut=True)
        heard = Text.assemble((sender, "bold"), f", {_quoted(mail.subject)}")
        self._say(at, "mail", "cyan", heard, cut=True)
        verdict = Text(_kind(reading.kind), style=_KIND_STYLES.get(reading.kind, "bold"))
        verdict.append(f", {reading.confidence:.0%} sure", style="not bold default")
        why = _because(reading)
        return self._go_on(verdict.append(f": {why}" if why else "", style="not bold default dim"))

    def _own_mail(self, at: datetime, mail: ParsedMail) -> bool:
        """A mail of the person's own; a draft of ours that they sent is told by `Sent`."""
        if mail.thread.message_id in self._ours:
            return False
        to = ", ".join(address.name or address.email for address in mail.to)
        said = f"writes to {to}, {_quoted(mail.subject)}"
        return self._say(at, self._hunt.first_name, "blue", said, cut=True)

    def _tracked(self, app: Application, fact: Fact) -> bool:
        text = Text("→ ", style="dim")
        text.append(app.title, style="bold not dim")
        text.append(f": {_stage(app.stage)}{self._times(app, fact)}", style="not dim")
        if fact.decision_by:
            text.append(f", decision by {fact.decision_by:%a %-d %b}", style="not dim")
        return self._go_on(text)

    def _times(self, app: Application, fact: Fact) -> str:
        if not fact.interviews:
            return ""
        starts = [self._local(talk.start) for talk in ahead(app.talks, fact.at)]
        if not starts:
            return ""
        clocks = ", ".join(f"{start:%H:%M}" for start in starts)
        return f" for {starts[0]:%a %-d %b}, {clocks}"

    def _draft(
        self, at: datetime, app: Application, followup: FollowUp, data: bytes, lies: str | None
    ) -> bool:
        if followup.message_id:
            self._ours.add(followup.message_id)
        send_by = self._local(followup.send_by)
        day = "" if send_by.date() == self._local(at).date() else f"{send_by:%a %-d %b} "
        said = Text.assemble((_note(followup), "bold"), f", to be sent by {day}{send_by:%H:%M}")
        self._say(at, "draft", "bold green", said)
        seen = (f"✓ in {lies}  ", "green") if lies else ("✗ not in the mailbox  ", "red")
        return self._go_on(Text.assemble(seen, (f"“{_opening(data)}”", "italic dim")), cut=True)

    def _sent(self, at: datetime, followup: FollowUp, by: str) -> bool:
        name = self._hunt.first_name
        if by == "own":
            return self._say(
                at, "counts", "blue", f"{name}'s own mail does the job of the {_note(followup)}"
            )
        return self._say(at, "sent", "blue", f"{name} sends the {_note(followup)}")

    def _left(self, at: datetime, followup: FollowUp, why: str) -> bool:
        if followup.message_id:
            self._ours.add(followup.message_id)
        label, _, rest = why.partition(":")
        if label != "edited":
            return self._say(at, "left", "blue", f"the {_note(followup)}: {rest.strip() or why}")
        name = self._hunt.first_name
        said = f"{name} changes the {_note(followup)}, and it is {name}'s from here on"
        return self._say(at, "edited", "blue", said)

    def _task(self, at: datetime, task: Task) -> bool:
        if not task.template:
            return self._say(at, "to do", "yellow", task.text)
        what = task.kind.replace("_", " ").replace("linkedin", "LinkedIn invitation")
        self._say(at, "to do", "yellow", f"{what} to {task.name}" if task.name else what)
        return self._go_on(Text(f"“{' '.join(task.text.split())}”", style="dim italic"), cut=True)

    # -- lines -----------------------------------------------------------------------

    def _say(
        self, at: datetime, label: str, style: str, said: str | Text, *, cut: bool = False
    ) -> bool:
        """A line with its time and what kind of thing it is; a new day gets its heading."""
        local = self._local(at)
        if local.date() != self._day:
            self._day = local.date()
            self._print(Text(""))
            self._print(Text(f"{local:%A %-d %B}", style="bold"))
        beginning = Text.assemble((f"  {local:%H:%M}  ", "dim"), (f"{label:<11}", style))
        self._print_line(beginning, said, cut)
        return True

    def _go_on(self, said: Text, *, cut: bool = False) -> bool:
        """One more line about the same."""
        self._print_line(Text(" " * _INDENT), said, cut)
        return True

    def _print_line(self, beginning: Text, said: str | Text, cut: bool) -> None:
        """The text beside its beginning: cut to one line, or wrapped under itself."""
        text = Text(said) if isinstance(said, str) else said
        room = max(self._width - _INDENT, 20)
        if cut:
            text.truncate(room, overflow="ellipsis")
        for number, line in enumerate(text.wrap(self._console, room)):
            line.rstrip()
            self._print((Text(" " * _INDENT) if number else beginning) + line)

    def _print(self, what: RenderableType) -> None:
        self.pages.append((self._day, what))
        self._console.print(what, width=self._width, soft_wrap=isinstance(what, Text))

    @property
    def _width(self) -> int:
        return min(self._console.width, _WIDEST)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)


def _note(followup: FollowUp) -> str:
    return f"{_step(followup)} to {_names(followup)}"


def _step(followup: FollowUp) -> str:
    words = followup.step.replace("_", "-")
    return words if followup.attempt == 1 else f"{_ordinal(followup.attempt)} {words}"


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _names(followup: FollowUp) -> str:
    pairs = zip(followup.names, followup.to, strict=True)
    return ", ".join(name or email for name, email in pairs)


def _kind(kind: Kind) -> str:
    if kind is Kind.OTHER:
        return "nothing about a job"
    return kind.value.replace("_", " ")


def _stage(stage: Stage | None) -> str:
    if stage is None:
        return ""
    return _STAGE_WORDS.get(stage, stage.value.replace("_", " "))


def _because(reading: Reading) -> str:
    """The words that decided it, or the calendar's; at most a line of them."""
    calendar = next((i for i in reading.interviews if i.source is InterviewSource.CALENDAR), None)
    if calendar is not None:
        revision = calendar.sequence or 0
        return f"a calendar update, revision {revision}" if revision else "a calendar invitation"
    words = [evidence.text for evidence in reading.evidence if evidence.text.strip()]
    return f"“{_short(words[0], 90)}”" if words else ""


def _opening(data: bytes) -> str:
    """How a draft begins, after the salutation."""
    mail: Any = message_from_bytes(data, policy=SMTP)
    text = mail.get_content().replace("\r\n", "\n").strip()
    _, _, after = text.partition("\n\n")
    return _short(after or text, 160)


def _short(text: str, width: int) -> str:
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return f"{text[:width].rpartition(' ')[0].rstrip(' ,;:.')} …"


def _quoted(text: str) -> str:
    return f"“{text.translate(_INNER_QUOTES)}”"


def _table(*titles: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for title in titles:
        table.add_column(title)
    return table
