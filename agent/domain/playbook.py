"""A playbook: the steps of following up, as data.

`Playbook.load` reads one from a table (parsed TOML) and names everything wrong with it at
once. A step says what sets it off, how long after, by which channel, to whom, with which
words, how often, and what happens afterwards; what follows from a playbook for one
application is decided in `plan.py`. The words used here are explained for users in
docs/playbooks.md.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from enum import StrEnum
from typing import Any

from agent.domain.due import Delay
from agent.domain.tables import Path, Problem, TableReader


class Trigger(StrEnum):
    """What sets a step off."""

    APPLICATION = "application"  # they acknowledged the application, and have not written since
    INTERVIEW_BEFORE = "interview_before"  # a talk is to come; the delay counts backwards
    INTERVIEW_ENDED = "interview_ended"  # the last talk of a day is over
    NO_SHOW = "no_show"  # the user was there and nobody came; counted from the appointed time
    DATE_PASSED = "date_passed"  # the day by which they would decide has passed in silence
    SILENCE = "silence"  # nothing was heard since the thank-you, or since the last word
    REJECTION = "rejection"  # they said no after a talk
    OFFER = "offer"  # they made an offer
    CLOSED = "closed"  # the silence has lasted to the end


class Channel(StrEnum):
    """By which way: a mail is drafted, everything else is a task for the user."""

    MAIL = "mail"
    LINKEDIN = "linkedin"
    CARD = "card"
    CALL = "call"
    REFERENCES = "references"
    ASK = "ask"
    ASK_OUTCOME = "ask_outcome"
    KEEP_SEARCHING = "keep_searching"


class Recipient(StrEnum):
    """Who a step goes to."""

    EACH_INTERVIEWER = "each_interviewer"
    EACH_MANAGER = "each_manager"
    CONTACT = "contact"
    REFERENCES = "references"
    NOBODY = "nobody"


class Days(StrEnum):
    """The days a step may fall on."""

    ANY = "any"
    WORKING = "working"


class Afterwards(StrEnum):
    """What happens when all attempts are made and nobody answers."""

    CLOSE = "close"  # the application is closed after the length of [close]
    PERIODIC = "periodic"  # it goes on, each time `again` after the one before
    NOTHING = "nothing"  # it stays open, and nothing more is written


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    `delay` counts from what the trigger names (backwards for `interview_before`),
    `send_within` and `expires` from the same instant, but from its own due time for a
    check-in. `after_date` counts from the day by which they said they would decide.
    `template` names the words: a family ("thank_you", "check_in"), of which the situation
    picks one, or one template an attempt, the last one for all that follow. `once` is for
    a step that is made once an application, not once a round of talks.
    """

    name: str
    trigger: Trigger
    channel: Channel
    to: Recipient
    template: tuple[str, ...]
    delay: Delay
    send_within: Delay
    expires: Delay
    after_date: Delay | None = None
    again: Delay | None = None
    at: time | None = None
    days: Days = Days.ANY
    cap: int = 1
    afterwards: Afterwards = Afterwards.CLOSE
    once: bool = False
    pass_on: bool = True
    late_start: bool = False
    enabled: bool = True
    note: str = ""

    @property
    def most(self) -> int | None:
        """The most attempts in one silence, None where nobody counts."""
        return None if self.afterwards is Afterwards.PERIODIC else self.cap

    def spent(self, attempts: int) -> bool:
        """Whether so many attempts are all there may be."""
        return self.most is not None and attempts >= self.most

    def words(self, attempt: int) -> str:
        """The template, or family of templates, of that attempt (from 1)."""
        return self.template[min(attempt, len(self.template)) - 1]


@dataclass(frozen=True, slots=True)
class Playbook:
    """Steps in their order, and how long a silence after the last of them ends it all.

    `close_after` is None where a silence ends nothing.
    """

    name: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    close_after: Delay | None

    def on(self, trigger: Trigger) -> tuple[Step, ...]:
        """The steps that a trigger sets off, those that are switched off left out."""
        return tuple(step for step in self.steps if step.enabled and step.trigger is trigger)

    def step(self, trigger: Trigger) -> Step | None:
        """The first mail that a trigger sets off."""
        return next((s for s in self.on(trigger) if s.channel is Channel.MAIL), None)

    def without(self, names: Collection[str]) -> "Playbook":
        """The same playbook with these steps switched off."""
        steps = tuple(replace(s, enabled=s.enabled and s.name not in names) for s in self.steps)
        return replace(self, steps=steps)

    @classmethod
    def load(cls, name: str, table: Mapping[str, Any]) -> "Playbook":
        """Read a playbook; raises PlaybookProblems with every problem found.

        `steps` is a list of tables that each have a `name`, or a table of tables by name.
        """
        reader = TableReader(table)
        reader.only(("title", "summary", "steps", "close"))
        steps = tuple(step for row in _rows(reader) if (step := _step(row)))
        _told_apart(reader, steps)
        playbook = cls(
            name=name,
            title=reader.text("title", name),
            summary=reader.text("summary", ""),
            steps=steps,
            close_after=_close_after(reader, steps),
        )
        if reader.problems:
            raise PlaybookProblems(reader.problems)
        return playbook


class PlaybookProblems(ValueError):
    """A playbook that cannot be used; `found` has every reason with its place."""

    def __init__(self, found: list[Problem]) -> None:
        self.found = tuple(found)
        super().__init__("; ".join(self.problems))

    @property
    def problems(self) -> tuple[str, ...]:
        """Every reason as a line."""
        return tuple(f"{'.'.join(path)}: {what}" if path else what for path, what in self.found)


# -- reading -----------------------------------------------------------------------

_STEP_KEYS = (
    "name", "trigger", "channel", "to", "template", "delay", "send_within", "expires",
    "after_date", "again", "at", "days", "cap", "afterwards", "once", "pass_on", "late_start",
    "enabled", "note",
)  # fmt: skip

#: The words that suit a trigger, where a step names none.
_WORDS = {
    Trigger.INTERVIEW_ENDED: "thank_you",
    Trigger.NO_SHOW: "no_show",
    Trigger.DATE_PASSED: "check_in",
    Trigger.SILENCE: "check_in",
    Trigger.REJECTION: "feedback",
    Trigger.OFFER: "offer_thanks",
}
#: Whom a task is about, where a step does not say.
_ABOUT = {
    Channel.LINKEDIN: Recipient.EACH_INTERVIEWER,
    Channel.CARD: Recipient.EACH_INTERVIEWER,
    Channel.CALL: Recipient.CONTACT,
}
_NOW = Delay()
#: A task that nobody did for so long is not asked for any more.
_STALE = Delay(timedelta(days=14))
#: There is nothing to follow up on by mail before a talk, or once it is closed.
_TASKS_ONLY = (Trigger.INTERVIEW_BEFORE, Trigger.CLOSED)


def _rows(reader: TableReader) -> Iterator[TableReader]:
    """A reader for each step, at the place that its name gives it."""
    value = reader.table.get("steps")
    if isinstance(value, Mapping):
        value = [
            {**row, "name": key} if isinstance(row, Mapping) else row for key, row in value.items()
        ]
    if not isinstance(value, list) or not value:
        reader.wrong("steps", 'is missing: tables headed [[steps]], or extends = "balanced"')
        return
    for number, row in enumerate(value, start=1):
        if not isinstance(row, Mapping):
            reader.wrong("steps", f"number {number} must be a table")
            continue
        name = row.get("name")
        place: Path = ("steps", name if isinstance(name, str) and name else str(number))
        yield TableReader(row, place, reader.problems)


def _step(row: TableReader) -> Step | None:
    row.only(_STEP_KEYS)
    before = len(row.problems)
    trigger = row.choice("trigger", Trigger)
    channel = row.choice("channel", Channel, Channel.MAIL)
    if trigger is None or channel is None:
        return None
    mail = channel is Channel.MAIL
    to = row.choice("to", Recipient, None if mail else _ABOUT.get(channel, Recipient.NOBODY))
    step = Step(
        name=row.text("name"),
        trigger=trigger,
        channel=channel,
        to=to or Recipient.NOBODY,
        template=_template(row, trigger, channel, to),
        delay=row.delay("delay", needed=True) or _NOW,
        send_within=row.delay("send_within", None if mail else _NOW, needed=True) or _NOW,
        expires=row.delay("expires", None if mail else _STALE, needed=True) or _NOW,
        after_date=row.delay("after_date"),
        again=row.delay("again"),
        at=row.clock("at"),
        days=row.choice("days", Days, Days.ANY) or Days.ANY,
        cap=row.number("cap", 1),
        afterwards=row.choice("afterwards", Afterwards, Afterwards.CLOSE) or Afterwards.CLOSE,
        once=row.flag("once", to is Recipient.REFERENCES),
        pass_on=row.flag("pass_on", True),
        late_start=row.flag("late_start", False),
        enabled=row.flag("enabled", True),
        note=row.text("note", ""),
    )
    if len(row.problems) == before:
        _sense(row, step)
    return step if len(row.problems) == before else None


def _template(
    row: TableReader, trigger: Trigger, channel: Channel, to: Recipient | None
) -> tuple[str, ...]:
    if channel is not Channel.MAIL:
        return row.texts("template", (f"task.{channel.value}",))
    if to is Recipient.REFERENCES:
        return row.texts("template", ("references",))
    usual = _WORDS.get(trigger)
    if usual is None and trigger not in _TASKS_ONLY and not row.given("template"):
        row.wrong("template", f"is missing: there are no words of ours for {trigger.value}")
    return row.texts("template", (usual,) if usual else ())


def _sense(row: TableReader, step: Step) -> None:
    """Values that are right each by itself, and make no sense together."""
    mail = step.channel is Channel.MAIL
    if mail and step.to is Recipient.NOBODY:
        row.wrong(
            "to", "a mail goes to somebody: each_interviewer, each_manager, contact, references"
        )
    if mail and step.trigger in _TASKS_ONLY:
        row.wrong("channel", f"{step.trigger.value} is for tasks; mail cannot be its channel")
    if mail and _longer(step.send_within, step.expires):
        row.wrong("expires", "is shorter than send_within: it would be too late before it is late")
    _sense_of_silence(row, step)


def _sense_of_silence(row: TableReader, step: Step) -> None:
    if step.trigger is not Trigger.SILENCE:
        for key in ("again", "afterwards"):
            if row.given(key):
                row.wrong(key, "is for steps with the trigger silence")
        if step.cap > 1:
            row.wrong("cap", "is for steps with the trigger silence: this one is made once")
        return
    periodic = step.afterwards is Afterwards.PERIODIC
    if (step.cap > 1 or periodic) and step.again is None:
        row.wrong("again", "is missing: say how long after the one before")
    if periodic and row.given("cap"):
        row.wrong("cap", 'contradicts afterwards = "periodic", which counts no attempts')
    if step.again is not None and not (step.again.length or step.again.working_days):
        row.wrong("again", "must not be nothing: two at once would be one too many")


def _longer(one: Delay, other: Delay) -> bool:
    """Whether a length is longer than another; working days are not held against hours."""
    return not (one.working_days or other.working_days) and one.length > other.length


def _told_apart(reader: TableReader, steps: tuple[Step, ...]) -> None:
    names = [step.name for step in steps]
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        reader.wrong("steps", f"there are several called {name}; each needs a name of its own")
    asking = [s.name for s in steps if s.trigger is Trigger.SILENCE and s.channel is Channel.MAIL]
    if len(asking) > 1:
        listed = " and ".join(asking)
        reader.wrong(
            "steps", f"{listed} all write into the silence; give one of them a cap instead"
        )


def _close_after(reader: TableReader, steps: tuple[Step, ...]) -> Delay | None:
    close = reader.below("close")
    close.only(("after",))
    closing = [
        s
        for s in steps
        if s.trigger is Trigger.SILENCE
        and s.channel is Channel.MAIL
        and s.afterwards is Afterwards.CLOSE
    ]
    after = close.delay("after", needed=bool(closing) and reader.given("steps"))
    return after if closing or not steps else None
