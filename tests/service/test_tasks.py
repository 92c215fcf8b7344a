"""The words of tasks: to paste, to copy by hand, to say on the telephone."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from agent.bootstrap import template_sources
from agent.config.playbooks import read
from agent.domain.application import Application
from agent.domain.facts import Fact, Kind, Mattered, Passing, Person, PersonRole, Thread, Told, Word
from agent.domain.followup import Task
from agent.domain.plan import plan
from agent.domain.playbook import Channel
from agent.mail.lint import problems_in_piece
from agent.service.tasks import LINKEDIN_MOST, worded
from tests.making import ANN, RAJ, at, fact, rules, talk
from tests.service.conftest import Desk

LANGUAGES = ("en", "de", "fr", "es")
CHANNELS = tuple(c for c in Channel if c is not Channel.MAIL)
NOW = at("2026-03-04T19:00")


def app(
    language: str = "en",
    company: str | None = "Acme",
    role: str | None = "Engineer",
    phone: str | None = None,
    url: str | None = None,
    matters: str | None = None,
    decision_by: str | None = None,
) -> Application:
    held = replace(talk("2026-03-04T15:00"), phone=phone, url=url)
    told = replace(
        fact(
            Kind.INTERVIEW_CONFIRMED,
            "2026-03-02T10:00",
            held,
            people=(ANN, RAJ),
            company=company,
            role=role,
            decision_by=decision_by,
        ),
        language=language,
    )
    facts = [told, fact(Passing.INTERVIEW_OVER, "2026-03-04T16:00")]
    if matters:
        words = Told(talks=(at("2026-03-04T15:00"),), matters=(Mattered(matters),))
        me = Person("Me", "me@home.example")
        facts.append(Fact(Word.DEBRIEF, at("2026-03-04T16:10"), Thread(None), "", me, told=words))
    return Application.of(1, "home", facts)


def task(channel: Channel, name: str = "Raj Patel", nth: int = 0) -> Task:
    return Task(
        key=f"1:{channel}:2026-03-04",
        application_id=1,
        kind=channel.value,
        text="",
        raised_at=at("2026-03-04T18:00"),
        template=f"task.{channel.value}",
        name=name,
        email="raj@acme.example",
        about="2026-03-04",
        nth=nth,
    )


@pytest.mark.parametrize(("language", "channel"), list(itertools.product(LANGUAGES, CHANNELS)))
def test_every_task_reads_on_whatever_is_missing(
    desk: Desk, language: str, channel: Channel
) -> None:
    """No hole, no placeholder, in each of the four languages."""
    for company, role, name, matters in itertools.product(
        ("Acme", None), ("Engineer", None), ("Raj Patel", ""), ("calm nights on call", None)
    ):
        told = app(language, company, role, matters=matters)
        for nth in range(3):
            text = worded(desk.context, told, task(channel, name, nth), NOW).text
            assert text
            assert problems_in_piece(text) == (), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_is_never_longer_than_linkedin_takes(desk: Desk, language: str) -> None:
    """Whatever the names: what is nice to have goes first."""
    long = app(
        language,
        company="The Very Long Established Company of Instrument Makers and Sons",
        role="Principal Engineer for the Reliability of Distributed Storage Systems",
        matters="that nights on call stay calm " * 6,
    )
    for nth in range(8):
        person = task(Channel.LINKEDIN, "Maximiliana Featherstonehaugh-Cholmondeley", nth)
        assert 0 < len(worded(desk.context, long, person, NOW).text) <= LINKEDIN_MOST


def test_an_invitation_is_tied_to_the_talk(desk: Desk) -> None:
    """By name, by role, and by what mattered, where the user said so."""
    text = worded(desk.context, app(), task(Channel.LINKEDIN), NOW).text
    assert text.startswith("Hi Raj,")
    assert "Engineer role at Acme" in text
    said = worded(desk.context, app(matters="calm nights on call"), task(Channel.LINKEDIN), NOW)
    assert "calm nights on call" in said.text


def test_people_at_one_employer_get_different_invitations(desk: Desk) -> None:
    """They may sit side by side."""
    texts = {
        worded(desk.context, app(), task(Channel.LINKEDIN, "Raj Patel", nth), NOW).text
        for nth in range(5)
    }
    assert len(texts) == 5


def test_a_call_has_the_number_and_three_lines_to_say(desk: Desk) -> None:
    """And the day that has passed, where they named one."""
    known = app(phone="+1 212 555 0142", decision_by="2026-03-03")
    text = worded(desk.context, known, task(Channel.CALL, "Ann Lee"), at("2026-03-12T14:00")).text
    first, *lines = [line for line in text.splitlines() if line]
    assert first == "Call Ann Lee: +1 212 555 0142"
    assert len(lines) == 3
    assert all(line.startswith("- ") for line in lines)
    assert "Me Myself" in text


@pytest.mark.parametrize(
    ("phone", "url"),
    [("+1 212 555 0142", "https://meet.example/1"), ("+1 917 555 0100", None)],
    ids=["the number of a video meeting", "the user's own number"],
)
def test_no_number_is_given_that_nobody_of_theirs_answers(
    desk: Desk, phone: str, url: str | None
) -> None:
    """Better none than a wrong one."""
    desk.context.phone = "(917) 555-0100"
    text = worded(desk.context, app(phone=phone, url=url), task(Channel.CALL, "Ann Lee"), NOW).text
    assert "555" not in text
    assert text.startswith("Call Ann Lee. If you have no number")


def test_references_are_told_of_whom_the_user_would_work_for(desk: Desk) -> None:
    """Whoever hires is who calls; the recruiter where nobody is known to."""
    told = worded(desk.context, app(), task(Channel.REFERENCES, ""), NOW).text
    assert "Ann Lee" in told
    boss = Person("Ida Cole", "ida@acme.example", "Head of Data", PersonRole.INTERVIEWER)
    invited = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, boss)
    )
    led = Application.of(1, "home", [invited])
    assert "Ida Cole" in worded(desk.context, led, task(Channel.REFERENCES, ""), NOW).text


def test_the_playbooks_own_line_stands_above(desk: Desk) -> None:
    """ "By express mail" is for the user, and not for the card."""
    noted = replace(task(Channel.CARD), note="By express mail.")
    assert worded(desk.context, app(), noted, NOW).text.startswith("By express mail.\n\nDear Raj,")


async def test_a_task_is_raised_with_its_words(desk: Desk) -> None:
    """By the daemon's own road, once."""
    desk.context.playbook = read("eight-hour", {})
    desk.context.templates = template_sources()
    told = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ)
    )
    desk.store.new_application(told, "home")
    from agent.service import followups

    await followups.tend(desk.context, 1, at("2026-03-02T10:00"), "they wrote")
    for when in ("2026-03-04T03:00", "2026-03-04T16:00", "2026-03-04T17:00", "2026-03-04T18:00"):
        await desk.at(when)
    await desk.at("2026-03-04T18:30")
    raised = desk.store.tasks(1)
    assert sorted(t.kind for t in raised) == ["ask", "card", "linkedin"]
    assert all(t.text for t in raised)
    assert date.fromisoformat(raised[0].due_on or "") >= date(2026, 3, 4)


async def test_a_template_that_cannot_be_used_raises_no_task(desk: Desk) -> None:
    """It is said once, and asked again when it is mended."""
    from agent.service import followups

    whole = template_sources()
    desk.context.playbook = read("balanced", {})
    desk.context.templates = {**whole, "en/task.linkedin.txt": "== text\n{{ nonsense }}\n"}
    told = fact(
        Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ)
    )
    desk.store.new_application(told, "home")
    for when in ("2026-03-04T16:00", "2026-03-04T18:00"):
        await followups.tend(desk.context, 1, at(when), "time passed")
    assert desk.store.tasks(1) == []
    desk.context.templates = whole
    await followups.tend(desk.context, 1, at("2026-03-04T18:30"), "time passed")
    assert [t.kind for t in desk.store.tasks(1)] == ["linkedin"]


def test_the_words_of_a_plan_follow_from_its_task(desk: Desk) -> None:
    """What the planner asks for can be said."""
    by = rules(playbook=read("balanced", {}))
    (planned,) = plan(app(), (), by, NOW).tasks
    assert worded(desk.context, app(), planned, NOW).text
