"""`status` and `show`, from plain values."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rich.console import Console, RenderableType

from agent.cli import render
from agent.domain.application import Application
from agent.domain.facts import Fact, Interview, Kind, Person, PersonRole, Thread
from agent.domain.followup import FollowUp, FollowUpStatus, Task, TaskStatus
from agent.ports import SetAside

NOW = datetime(2026, 11, 11, 9, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
ANN = Person("Ann Lee", "ann@northwind.example", "Head of Engineering", PersonRole.INTERVIEWER)


def fact(kind: Kind, at: datetime, subject: str, **more: Any) -> Fact:
    thread = Thread(f"{at.timestamp()}@northwind.example")
    return Fact(kind=kind, at=at, thread=thread, subject=subject, from_=ANN, **more)


def talk(start: datetime) -> Interview:
    end = start + timedelta(minutes=45)
    return Interview(start=start, end=end, timezone="Europe/London")


def followup(step: str, status: FollowUpStatus, due: datetime) -> FollowUp:
    return FollowUp(
        key=f"{step}/{status}",
        application_id=1,
        account="home",
        step=step,
        attempt=1,
        about="2026-11-10",
        to=("ann@northwind.example",),
        names=("Ann Lee",),
        template="thank_you",
        due_at=due,
        send_by=due + timedelta(hours=8),
        expires_at=due + timedelta(hours=24),
        status=status,
    )


def application(number: int, *facts: Fact) -> Application:
    return Application.of(number, "home", facts)


NORTHWIND = application(
    1,
    fact(Kind.APPLICATION_RECEIVED, NOW - timedelta(days=9), "Your application"),
    fact(
        Kind.INTERVIEW_CONFIRMED,
        NOW - timedelta(days=3),
        "Interview on Tuesday",
        company="Northwind",
        role="Backend Engineer",
        interviews=(talk(NOW - timedelta(hours=19)),),
        people=(ANN,),
        decision_by=date(2026, 11, 20),
    ),
)
DRAFTED = followup("thank_you", FollowUpStatus.DRAFTED, NOW - timedelta(hours=1))
PLANNED = followup("check_in", FollowUpStatus.PLANNED, NOW + timedelta(days=12))
SENT = followup("thank_you", FollowUpStatus.SENT, NOW - timedelta(days=12))
TASK = Task("t", 1, "linkedin", "Ann, it was good to talk.\nAda", NOW)


def shown(renderable: RenderableType, width: int = 80) -> str:
    paper = io.StringIO()
    Console(width=width, file=paper).print(renderable)
    return paper.getvalue()


def status(*rows: render.Row, aside: tuple[SetAside, ...] = (), width: int = 80) -> str:
    return shown(render.status(rows, aside, now=NOW, zone=ZONE), width)


def test_nothing_known() -> None:
    """Before the first mail, status says what to do."""
    assert "followthrough scan" in status()


def test_a_draft_comes_first() -> None:
    """A draft that waits for the user is what comes next, with the time it is due."""
    text = status(render.Row(NORTHWIND, (DRAFTED, PLANNED)))
    assert "send the thank-you" in text
    assert "thank-you to Ann Lee; send by Wed 11 Nov 17:00 (in 7 h)" in text


def test_an_interview_ahead() -> None:
    """An interview that is ahead of every follow-up is what comes next."""
    coming = application(
        2,
        fact(
            Kind.INTERVIEW_CONFIRMED,
            NOW - timedelta(hours=5),
            "Talk",
            interviews=(talk(NOW + timedelta(days=6)),),
        ),
    )
    text = status(render.Row(coming, (PLANNED,)), width=120)
    assert "interview Tue 17 Nov 10:00" in text
    assert "an employer not named" in text


def test_tasks_and_unreadable_mail() -> None:
    """What only the user can do, and what could not be read, is listed below."""
    aside = SetAside("home", "INBOX", 7, 4711, "nested 2000 deep")
    text = status(render.Row(NORTHWIND, (), (TASK,)), aside=(aside,))
    assert "1 Northwind: linkedin: Ann, it was good to talk." in text
    assert "home/INBOX, UID 4711: nested 2000 deep" in text


def test_a_text_to_paste_is_shown_whole_with_its_lines() -> None:
    """`status` says for whom it is and how it begins; `show` has all of it."""
    task = Task(
        key="1:linkedin:ann",
        application_id=1,
        kind="linkedin",
        text="Hi Ann,\n\nIt was good to meet you.",
        raised_at=NOW,
        template="task.linkedin",
        name="Ann Lee",
    )
    row = render.Row(NORTHWIND, tasks=(task,))
    assert "linkedin, for Ann Lee: Hi Ann, It was good to meet you." in shown(
        render.status([row], now=NOW, zone=ZONE)
    )
    lines = [line.strip() for line in shown(render.show(row, now=NOW, zone=ZONE)).splitlines()]
    at = lines.index("linkedin, for Ann Lee")
    assert lines[at + 1 : at + 4] == ["Hi Ann,", "", "It was good to meet you."]


def test_done_tasks_are_not_listed() -> None:
    """A task that is done is no longer shown."""
    done = Task("t", 1, "linkedin", "Ann, hello.", NOW, status=TaskStatus.DONE)
    assert "Ann, hello" not in status(render.Row(NORTHWIND, (), (done,)))


def test_status_fits_a_terminal() -> None:
    """At 60 and 80 columns nothing is cut off."""
    for width in (60, 80):
        text = status(render.Row(NORTHWIND, (DRAFTED,)), width=width)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "thank-you" in text


def test_status_as_json() -> None:
    """For programs, each application is an object with what is next and what was sent."""
    (found,) = render.status_json([render.Row(NORTHWIND, (SENT, PLANNED), (TASK,))])
    assert json.loads(json.dumps(found)) == found
    assert found["application"] == 1
    assert found["next"] == {"followup": "check_in", "at": PLANNED.due_at.isoformat()}
    assert found["followups_sent"] == 1
    assert found["decision_by"] == "2026-11-20"
    assert found["people"][0]["email"] == "ann@northwind.example"


def test_show() -> None:
    """One application is shown whole: people, talks, decision, follow-ups, tasks, mails."""
    row = render.Row(NORTHWIND, (SENT, DRAFTED, PLANNED), (TASK,))
    text = shown(render.show(row, now=NOW, zone=ZONE))
    for words in (
        "Northwind – Backend Engineer",
        "Ann Lee <ann@northwind.example> (Head of Engineering, interviewer)",
        "Tue 10 Nov 2026 15:00–15:45, 14:00 in London, 19 h ago",
        "by Fri 20 Nov 2026, they said on Sun 8 Nov 2026 10:00",
        "thank-you to Ann Lee: in Drafts",
        "check-in to Ann Lee: planned",
        "interview confirmed  Ann Lee: Interview on Tuesday",
    ):
        assert words in text


def test_every_status_has_words() -> None:
    """Each state of a follow-up can be shown."""
    for state in FollowUpStatus:
        row = render.Row(NORTHWIND, (followup("check_in", state, NOW),))
        assert "check-in to Ann Lee: " in shown(render.show(row, now=NOW, zone=ZONE))
