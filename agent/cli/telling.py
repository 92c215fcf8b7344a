"""`note`, `set`, `attach` and `draft`: what the user says at the terminal, and what comes of it.

They work beside a running daemon, which takes notice within its next tick: the commands
only write into the store, and never reach for the mailbox.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import ConfigFile, configured
from agent.errors import InputError, UsageError

if TYPE_CHECKING:
    from agent.domain.application import Application
    from agent.domain.facts import Enclosure
    from agent.domain.followup import FollowUp
    from agent.mail.debrief import Answers
    from agent.service.context import Context

Which = Annotated[
    str, typer.Argument(metavar="ID", help="As `status` shows it, or how its employer begins.")
]


def note(
    application: Which,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Your words, in quotes.")],
    config: ConfigFile = None,
) -> None:
    """Say something about an interview: what mattered to whom, how you would do the job."""
    from agent.service import byhand

    with _at_work(config, application) as (desk, app):
        said, answers = byhand.note(desk.context, app, text, desk.now)
        byhand.say(desk.context, app, said)
        _print(_head(app), *_understood(answers, app))


def set_(
    application: Which,
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE",
            help="company, role, stage, decision_by, interviewer, interview, no_show, playbook, "
            "which; several at once.",
        ),
    ],
    config: ConfigFile = None,
) -> None:
    """Put right what mail does not say: `set 3 decision_by=2026-12-04 no_show=yes`."""
    from agent.service import byhand

    with _at_work(config, application) as (desk, app):
        said = byhand.settings(desk.context, app, settings, desk.now)
        after = byhand.say(desk.context, app, said)
        _print(_head(after), *said.told, *_next(desk.context, after, desk.now))


def attach(
    application: Which,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; a copy is kept.")],
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Whose mail it is to go with.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Let a file go with the next draft of an application."""
    from agent.service import byhand

    with _at_work(config, application) as (desk, app):
        said, enclosure = byhand.attach(desk.context, app, file, to, desk.now)
        after = byhand.say(desk.context, app, said)
        _print(_head(after), _goes_with(desk.context, after, enclosure, desk.now))


def draft(
    application: Which,
    preview: Annotated[
        bool, typer.Option("--preview", help="Print the mail as it would be drafted now.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """Show what would be drafted; nothing is written into the mailbox."""
    if not preview:
        raise UsageError(
            "Drafts are written when they are due, by `followthrough run`; "
            "`draft ID --preview` shows what one would say now."
        )
    with _at_work(config, application) as (desk, app):
        for number, followup in enumerate(_upcoming(desk.context, app, desk.now)):
            _print(*([""] if number else []), *_previewed(desk.context, app, followup, desk.now))


# -- the desk ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Desk:
    context: "Context"
    now: datetime


@contextmanager
def _at_work(config: Path | None, wanted: str) -> "Iterator[tuple[_Desk, Application]]":
    """The store and what belongs to it, without a mailbox; and the application meant."""
    from agent import bootstrap
    from agent.cli.naming import meant

    loaded = configured(config)
    store = bootstrap.open_store()
    try:
        context = bootstrap.context(loaded, store=store, mailboxes={})
        found = meant(wanted, store.applications())
        yield _Desk(context, context.clock.now()), found
    finally:
        store.close()


def _print(*lines: str) -> None:
    from agent.cli.output import safe_lines

    for line in lines:
        typer.echo(safe_lines(line))


def _head(app: "Application") -> str:
    return f"{app.id}  {app.title}"


# -- what was understood -----------------------------------------------------------------


def _understood(answers: "Answers", app: "Application") -> Iterator[str]:
    """What of a note will go into a mail, and what is only kept."""
    for person in answers.present.met:
        yield f"  was there: {person.name or person.email}"
    if answers.present.nobody:
        yield "  nobody came"
    for each in answers.matters:
        whom = app.person(each.to) if each.to else None
        to = f" to {(whom and whom.name) or each.to}" if each.to else ""
        yield f"  mattered{to}: {each.words}"
    for label, value in (
        ("you would", answers.plan),
        ("to pass on", answers.value),
        ("next steps", answers.steps),
    ):
        if value:
            yield f"  {label}: {value}"
    if answers.decision_by:
        yield f"  they decide by {answers.decision_by:%a %-d %b %Y}"
    for rest in answers.rest:
        yield f"  kept for you, in no mail: {rest}"


def _next(context: "Context", app: "Application", now: datetime) -> Iterator[str]:
    """What is planned with it from now on."""
    from agent.cli.times import soon
    from agent.domain.plan import plan

    had = context.store.followups(app.id)
    wanted = plan(app, had, context.rules_for(app), now).followups
    coming = sorted((f for f in wanted if f.expires_at > now), key=lambda f: f.due_at)
    done = {f.key for f in had if f.ended_at is not None}
    first = next((f for f in coming if f.key not in done), None)
    if first:
        when = "due now" if first.due_at <= now else soon(first.due_at, now, _zone(context))
        yield f"next: {first.step.replace('_', '-')} to {_to(first)}, {when}"


def _goes_with(
    context: "Context", app: "Application", enclosure: "Enclosure", now: datetime
) -> str:
    from agent.domain.told import enclosed

    zone = _zone(context)
    had = context.store.followups(app.id)
    for followup in _planned(context, app, now):
        if enclosure in enclosed(app.facts, had, followup, app.people, zone):
            step = followup.step.replace("_", "-")
            return f"{enclosure.name} goes with the {step} to {_to(followup)}"
    return f"{enclosure.name} is kept; it goes with the next mail that it fits"


def _to(followup: "FollowUp") -> str:
    return ", ".join(n or e for n, e in zip(followup.names, followup.to, strict=True))


def _zone(context: "Context") -> str:
    return context.calendar.zone


# -- preview -------------------------------------------------------------------------


def _planned(context: "Context", app: "Application", now: datetime) -> "list[FollowUp]":
    """The follow-ups that are open or wanted, as they stand in the store where they do."""
    from agent.domain.followup import OPEN
    from agent.domain.plan import plan

    had = {f.key: f for f in context.store.followups(app.id)}
    wanted = {f.key: f for f in plan(app, [*had.values()], context.rules_for(app), now).followups}
    both = {**wanted, **{key: f for key, f in had.items() if f.status in OPEN or key in wanted}}
    return sorted((f for f in both.values() if f.status in OPEN), key=lambda f: (f.due_at, f.nth))


def _upcoming(context: "Context", app: "Application", now: datetime) -> "list[FollowUp]":
    """The next mails of one kind on one occasion: a panel has several."""
    found = _planned(context, app, now)
    if not found:
        raise InputError(f"Nothing is to be written to {app.title} for now.")
    first = found[0]
    return [f for f in found if (f.step, f.about) == (first.step, first.about)]


def _previewed(
    context: "Context", app: "Application", followup: "FollowUp", now: datetime
) -> Iterator[str]:
    """One mail with the headers that a person cares about, and what it could not say."""
    from agent.cli.times import moment
    from agent.service.compose import missing, write

    written = write(context, app, followup, now)
    mail = written.draft
    yield f"From:     {mail.from_.name} <{mail.from_.email}>"
    yield f"To:       {', '.join(f'{a.name} <{a.email}>'.strip() for a in mail.to)}"
    yield f"Subject:  {written.subject}"
    for file in mail.attachments:
        yield f"File:     {file.name} ({_size(len(file.data))})"
    answers = next((f for f in app.facts if f.thread.message_id == written.in_reply_to), None)
    if written.in_reply_to and answers:
        yield f"Answers:  “{answers.subject}” of {moment(answers.at, _zone(context))}"
    yield f"Draft:    {moment(followup.due_at, _zone(context))}, send by {_until(context, followup)}"
    names = sorted(words for n in missing(context, app, followup, now) if (words := _WORDS.get(n)))
    yield f"Language: {_LANGUAGES.get(written.language, written.language)}"
    if names:
        yield f"Missing:  {', '.join(names)}"
    for why in (*written.left_out, *written.problems):
        yield f"Left out: {why}" if why in written.left_out else f"Problem:  {why}"
    yield ""
    yield written.body.rstrip()


def _until(context: "Context", followup: "FollowUp") -> str:
    from agent.cli.times import moment

    return moment(followup.send_by, _zone(context))


def _size(count: int) -> str:
    return f"{count / (1 << 20):.1f} MB" if count >= 1 << 20 else f"{max(1, count >> 10)} KB"


_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}

#: What is missing from a mail, in words; what the user can do nothing about is not told.
_WORDS = {
    "name": "whom to greet",
    "company": "the employer",
    "role": "the role",
    "matters": "what mattered to them (note)",
    "plan": "how you would do the job (note)",
    "value": "something useful to pass on (note)",
    "decision_day": "the day by which they decide (set decision_by)",
    "caller": "who may call",
    "caller_phone": "the number they call from",
}
