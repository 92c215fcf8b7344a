"""A task of the playbook gets its words: whom, by which number, what to say or to paste.

The words come from the templates `task.…`, in the language that the other side writes in,
since most of them are said or sent to them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent.domain.application import Application
from agent.domain.facts import Person
from agent.domain.followup import Task
from agent.domain.people import caller, number_of_theirs
from agent.domain.playbook import Channel
from agent.domain.talks import met_before
from agent.domain.told import personal
from agent.mail.language import is_in_another
from agent.mail.lint import problems_in_piece
from agent.mail.words import Values, language_for, render
from agent.service.compose import language_of_theirs, talk_on
from agent.service.context import Context

#: The most that LinkedIn takes with an invitation, in characters.
LINKEDIN_MOST = 300


def worded(context: Context, app: Application, task: Task, now: datetime) -> Task:
    """The task with its text, as of `now`. The same inputs give the same words.

    Raises ConfigError where a template of the user's own cannot be used.
    """
    if not task.template:
        return task
    language = language_for(task.template, language_of_theirs(app), context.templates)
    most = LINKEDIN_MOST if task.kind == Channel.LINKEDIN else None
    known = _values(context, app, task, language, now)
    for values in _less_and_less(known):
        text = _text(context, app, task, language, values)
        if not problems_in_piece(text) and (most is None or len(text) <= most):
            break
    else:
        text = text[: most or len(text)].rpartition(" ")[0] if most else text
    return replace(task, text=f"{task.note}\n\n{text}" if task.note else text)


def _text(context: Context, app: Application, task: Task, language: str, values: Values) -> str:
    words = render(
        task.template,
        values,
        sources=context.templates,
        language=language,
        seed=str(app.company or app.id),
        nth=task.nth + met_before(app.talks, task.about, context.calendar.zone),
    )
    # The lines of a list are paragraphs of a template, and stand close together here.
    return words.body.strip().replace("\n\n- ", "\n- ")


def _less_and_less(known: Values) -> Iterator[Values]:
    """With all that is known; then shorter, what is nice to have going first."""
    yield known
    yield replace(known, matters=None)
    yield replace(known, matters=None, company=None)
    yield replace(known, matters=None, company=None, role=None)
    yield replace(known, matters=None, company=None, role=None, recipient=None)


def _values(context: Context, app: Application, task: Task, language: str, now: datetime) -> Values:
    person = Person(task.name or None, task.email)
    said = personal(app.facts, person, task.about, context.calendar.zone)
    matters = [words for words in said.matters if not is_in_another(words, language)]
    return Values(
        user_name=context.identity.name,
        now=now,
        zone=ZoneInfo(context.calendar.zone),
        recipient=task.name or None,
        company=app.company,
        role=app.role,
        day=date.fromisoformat(task.about),
        talk=talk_on(app, task.raised_at),
        decision_by=app.decision.day if app.decision else None,
        matters=matters[0] if matters else None,
        caller=caller(app, context.calendar.zone),
        caller_phone=number_of_theirs(app.talks, context.phone),
    )
