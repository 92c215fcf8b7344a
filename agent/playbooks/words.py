"""A playbook's steps in plain words, for the terminal and for pictures."""

from datetime import timedelta

from agent.domain.due import Delay
from agent.domain.playbook import Afterwards, Channel, Days, Recipient, Step, Trigger

_TO = {
    Recipient.EACH_INTERVIEWER: "each interviewer",
    Recipient.EACH_MANAGER: "each hiring manager",
    Recipient.CONTACT: "your contact",
    Recipient.REFERENCES: "each reference",
    Recipient.NOBODY: "",
}
_TASKS = {
    Channel.LINKEDIN: "LinkedIn invitation",
    Channel.CARD: "handwritten card",
    Channel.CALL: "call",
    Channel.REFERENCES: "tell your references",
    Channel.ASK: "what to ask before you leave",
    Channel.ASK_OUTCOME: "ask how it is going",
    Channel.KEEP_SEARCHING: "keep searching",
}
_AFTER = {
    Trigger.APPLICATION: "after they acknowledge it",
    Trigger.INTERVIEW_BEFORE: "before the interview",
    Trigger.INTERVIEW_ENDED: "after the interview",
    Trigger.NO_SHOW: "after nobody came",
    Trigger.DATE_PASSED: "after their date",
    Trigger.SILENCE: "of silence",
    Trigger.REJECTION: "after a no",
    Trigger.OFFER: "after an offer",
    Trigger.CLOSED: "after it is closed",
}
_UNITS = ((timedelta(weeks=1), "week"), (timedelta(days=1), "day"), (timedelta(hours=1), "h"))


#: From so many on, weeks are easier to take in than days.
_WEEKS = 3
_HOURS = timedelta(hours=48)


def length(delay: Delay, *, in_hours: bool = False) -> str:
    """`15 min`, `8 h`, `7 days`, `3 weeks`, `3 working days`; up to two days as `24 h`, if wanted."""
    if delay.working_days:
        return _counted(delay.working_days, "working day")
    if in_hours and timedelta(hours=1) <= delay.length <= _HOURS:
        return f"{delay.length // timedelta(hours=1)} h"
    for unit, name in _UNITS:
        count, rest = divmod(delay.length, unit)
        if count and not rest and not (name == "week" and count < _WEEKS):
            return f"{count} h" if name == "h" else _counted(count, name)
    return f"{delay.length // timedelta(minutes=1)} min"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'s' if count != 1 else ''}"


def what(step: Step, attempt: int | None = None) -> str:
    """What a step is called: `thank-you`, `check-in 2`, `LinkedIn invitation`."""
    if step.channel is not Channel.MAIL:
        return _TASKS[step.channel]
    name = "notice" if step.to is Recipient.REFERENCES else step.name.replace("_", "-")
    return f"{name} {attempt}" if attempt and step.most != 1 else name


def to_whom(step: Step) -> str:
    """`each interviewer`, `your contact`; "" for nobody in particular."""
    return _TO[step.to]


def when(step: Step) -> str:
    """When a step is due: `15 min after the interview`."""
    if step.trigger is Trigger.SILENCE and step.after_date:
        return f"{length(step.delay)} of silence, or {length(step.after_date)} after their date"
    return f"{length(step.delay)} {_AFTER[step.trigger]}"


def limits(step: Step) -> str:
    """How long it is on time, how often it is made, and what comes after."""
    return "; ".join(part for part in (_timely(step), _often(step), _on(step)) if part)


def _timely(step: Step) -> str:
    if step.channel is not Channel.MAIL or step.trigger is Trigger.SILENCE:
        return ""
    within = length(step.send_within, in_hours=True)
    return f"send within {within}, never after {length(step.expires, in_hours=True)}"


def _often(step: Step) -> str:
    if step.trigger is not Trigger.SILENCE or step.channel is not Channel.MAIL:
        return "once an application" if step.once else ""
    if step.most is None:
        return f"again every {length(step.again or Delay())}"
    again = f", {length(step.again)} apart" if step.again and step.most > 1 else ""
    times = {1: "once", 2: "twice"}.get(step.most, f"{step.most} times")
    return f"{times} at most{again}"


def _on(step: Step) -> str:
    days = "on working days" if step.days is Days.WORKING else ""
    clock = f"at {step.at:%H:%M}" if step.at else ""
    return " ".join(part for part in (days, clock) if part)


def ending(step: Step | None, close_after: Delay | None) -> str:
    """What the silence comes to in the end."""
    if step is None:
        return "Nobody asks how things stand."
    if step.afterwards is Afterwards.PERIODIC:
        return "Silence ends nothing: it goes on until they answer or you stop it."
    if step.afterwards is Afterwards.NOTHING or close_after is None:
        return "After that nothing more is written, and it stays open."
    return f"{length(close_after)} after the last one it is closed: no answer."
