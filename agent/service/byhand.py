"""What the user says at the terminal: `note`, `set`, `attach`, as facts beside those of mail.

Pure up to `say`, which records. A command never touches the mailbox: it nudges whoever
watches, so that a running daemon follows within its next tick, and a later start sees it.
Everything that is wrong with a command is told at once, with what is allowed.
"""

import contextlib
import mimetypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent.config.values import nearest
from agent.domain.application import Application
from agent.domain.facts import Enclosure, Fact, Person, PersonRole, Thread, Told, Word
from agent.domain.followup import Task, TaskStatus
from agent.domain.lifecycle import Stage
from agent.domain.talks import Round, Talk, rounds
from agent.errors import InputError, UsageError
from agent.mail.answers import decision_day, person_at, person_named, who_was_there
from agent.mail.compose import Attachment, file_name, one_line
from agent.mail.debrief import Answers, When, read_freely
from agent.mail.enclosed import MAX_FILE
from agent.mail.language import language_of
from agent.mail.memos import LANGUAGES
from agent.service.context import Context
from agent.service.debriefs import keep_file, known_people, told_of, when_of
from agent.service.events import Heard

#: A talk that is over for longer is hardly the one that is meant.
_LATELY = timedelta(days=21)


@dataclass(slots=True)
class Said:
    """One command's meaning: facts to record, in order, and tasks that it settles."""

    facts: list[Fact] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


# -- recording -----------------------------------------------------------------------


def say(context: Context, app: Application, said: Said) -> Application:
    """Record it all or nothing, and nudge whoever watches."""
    store = context.store
    with store.transaction():
        after = app
        for fact in said.facts:
            after = store.append_fact(app.id, fact)
        for task in said.tasks:
            store.put_task(task)
        store.nudge(app.id)
    for fact in said.facts:
        context.observer(Heard(fact.at, after, fact))
    return after


def _fact(kind: Word, now: datetime, told: Told, decision_by: date | None = None) -> Fact:
    return Fact(
        kind=kind,
        at=now.astimezone(UTC),
        thread=Thread(message_id=None),
        subject="",
        from_=Person(None),
        decision_by=decision_by,
        told=told,
    )


# -- which talks ---------------------------------------------------------------------


def round_meant(app: Application, now: datetime, zone: str) -> Round | None:
    """The talks that the user most likely speaks of: those just over, else those to come."""
    all_ = rounds(app.talks, zone)
    over = [r for r in all_ if r.start <= now < r.end + _LATELY]
    ahead = [r for r in all_ if r.start > now]
    return over[-1] if over else ahead[0] if ahead else all_[-1] if all_ else None


def _starts(talks: Iterable[Talk]) -> tuple[datetime, ...]:
    return tuple(t.interview.start.astimezone(UTC) for t in talks if t.interview.start)


def _meant(app: Application, now: datetime, zone: str) -> tuple[datetime, ...]:
    found = round_meant(app, now, zone)
    return _starts(found.talks) if found else ()


# -- note ----------------------------------------------------------------------------


def note(context: Context, app: Application, text: str, now: datetime) -> tuple[Said, Answers]:
    """What a note of the user's says, and what was understood of it."""
    if not text.strip():
        raise UsageError('The note is empty; write it in quotes: note 3 "Ann cares about tests".')
    starts = _meant(app, now, context.calendar.zone)
    when = when_of(context, now, language_of(text))
    answers = read_freely(text, known_people(app, starts), when)
    told = replace(told_of(answers, starts), note=one_line(text))
    return Said([_fact(Word.NOTE, now, told, answers.decision_by)]), answers


# -- attach --------------------------------------------------------------------------


def attach(
    context: Context, app: Application, path: Path, to: str | None, now: datetime
) -> tuple[Said, Enclosure]:
    """A file for the next draft; with `to`, for that person's."""
    person = _addressee(app, to) if to else None
    file = Attachment(file_name(path.name), _kind(path), _bytes(path))
    enclosure = replace(keep_file(context, file), to=person)
    return Said([_fact(Word.ATTACH, now, Told(enclosures=(enclosure,)))]), enclosure


def _addressee(app: Application, to: str) -> str:
    person = person_at(to.lower(), app.people) or person_named(to, app.people)
    if person is None:
        names = ", ".join(p.name or p.email or "" for p in app.people)
        known = f"known here: {names}" if names else "nobody is known here yet"
        raise UsageError(f"“{one_line(to)}” is nobody, or more than one, of {app.title}; {known}.")
    return person.email or person.name or ""


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a file in it, or pack it first.")
        if path.stat().st_size > MAX_FILE:
            size = path.stat().st_size / (1 << 20)
            raise InputError(
                f"{path} has {size:.0f} MB; a file may have {MAX_FILE >> 20} MB at most, as many "
                "mail servers take no more. Put a link into a note instead."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if not data:
        raise InputError(f"{path} is empty.")
    return data


# -- set -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a setting is read against."""

    context: Context
    app: Application
    now: datetime
    tasks: tuple[Task, ...]

    @property
    def zone(self) -> str:
        return self.context.calendar.zone


class _Wrong(ValueError):
    """A value that cannot be used; its text says what is allowed."""


def settings(context: Context, app: Application, words: Sequence[str], now: datetime) -> Said:
    """What `set ID key=value …` means. Raises UsageError with everything that is wrong."""
    scene = _Scene(context, app, now, tuple(context.store.tasks(app.id)))
    said, problems = Said(), []
    for word in words:
        key, sign, value = word.partition("=")
        key = key.strip().replace("-", "_")
        setting = SETTINGS.get(key)
        if not sign or setting is None:
            problems.append(_unknown(word, key, sign))
            continue
        try:
            setting(scene, value.strip(), said)
        except _Wrong as error:
            problems.append(f"{key}: {error}")
    if not words:
        problems.append(f"nothing to set; {_ALLOWED}")
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise UsageError(f"Nothing was changed:\n{lines}")
    return said


def _unknown(word: str, key: str, sign: str) -> str:
    if key in SETTINGS and not sign:
        return f"{key}: give it a value, as {key}=…"
    near = nearest(key, SETTINGS)
    return f"“{one_line(word)}” is nothing that can be set{near or '.'} {_ALLOWED}"


def _add(scene: _Scene, said: Said, told: Told, words: str, day: date | None = None) -> None:
    said.facts.append(_fact(Word.SET, scene.now, told, day))
    said.told.append(words)


def _company(scene: _Scene, value: str, said: Said) -> None:
    _add(scene, said, Told(company=_name(value)), f"company: {_name(value)}")


def _role(scene: _Scene, value: str, said: Said) -> None:
    _add(scene, said, Told(role=_name(value)), f"role: {_name(value)}")


def _name(value: str) -> str:
    name = one_line(value)
    if not name:
        raise _Wrong("it is empty; write the name")
    return name


def _stage(scene: _Scene, value: str, said: Said) -> None:
    wanted = value.lower().replace(" ", "_").replace("-", "_")
    names = [stage.value for stage in Stage]
    if wanted not in names:
        near = nearest(wanted, names)
        raise _Wrong(f"“{value}” is no stage{near or '.'} Allowed: {', '.join(names)}")
    _add(scene, said, Told(stage=wanted), f"stage: {wanted.replace('_', ' ')}")


def _playbook(scene: _Scene, value: str, said: Said) -> None:
    names = sorted(scene.context.playbooks)
    if value not in names:
        near = nearest(value, names)
        raise _Wrong(f"“{value}” is no playbook{near or '.'} Allowed: {', '.join(names)}")
    _add(scene, said, Told(playbook=value), f"playbook: {value}")


def _decision_by(scene: _Scene, value: str, said: Said) -> None:
    if value.lower() in ("none", "no", "unknown", ""):
        _add(scene, said, Told(decides=False), "no date by which they decide")
        return
    day = _day(scene, value)
    if day is None:
        raise _Wrong(f"“{value}” is no day; write 2026-12-04, or “next Friday”, or none")
    met = round_meant(scene.app, scene.now, scene.zone)
    if met and day < min(met.day(scene.zone), scene.now.astimezone(ZoneInfo(scene.zone)).date()):
        # A slip of the year, mostly: nobody decides before the talk, and it would mean nothing.
        raise _Wrong(f"{day.isoformat()} lies before the interview on {met.day(scene.zone)}")
    _add(scene, said, Told(), f"they decide by {day.strftime('%a %-d %b %Y')}", day)


def _day(scene: _Scene, value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        when: When = when_of(scene.context, scene.now, language_of(value))
        # Too few words to tell their language by: "Ende nächster Woche", "viernes".
        tried = dict.fromkeys((when.language, *LANGUAGES))
        days = (_day_in(value, when, language) for language in tried)
        return next((day for day in days if day is not None), None)


def _day_in(value: str, when: When, language: str) -> date | None:
    return decision_day(value, when.anchor, zone=when.zone, country=when.country, language=language)


def _interviewer(scene: _Scene, value: str, said: Said) -> None:
    met = who_was_there(value, scene.app.people).met
    unread = [w for w in value.split() if "@" in w and not any(p.email for p in met)]
    if not met or unread:
        what = "no address that a person reads" if unread else "nobody's name"
        raise _Wrong(f"“{value}” is {what}; write “Ann Smith <ann@acme.example>”")
    people = tuple(replace(p, role=PersonRole.INTERVIEWER) for p in met)
    starts = _meant(scene.app, scene.now, scene.zone)
    shown = ", ".join(_shown(p) for p in people)
    _add(scene, said, Told(talks=starts, met=people), f"interviewer: {shown}")


def _shown(person: Person) -> str:
    """Somebody as a mail's header shows them: "Ann Smith <ann@acme.example>"."""
    address = f"<{person.email}>" if person.email and person.name else person.email
    return " ".join(filter(None, (person.name, address)))


def _interview(scene: _Scene, value: str, said: Said) -> None:
    doubtful = [t for t in scene.app.talks if t.stands and t.confidence < scene.context.floor]
    answer = value.lower()
    if answer in _YES | _NO:
        talks = _starts(doubtful) or _meant(scene.app, scene.now, scene.zone)
        if not talks:
            raise _Wrong("no interview is known here; name its time, as 2026-12-01T15:00")
        holds = answer in _YES
        words = "the interview stands" if holds else "there is no such interview"
        _add(scene, said, Told(talks=talks, holds=holds), words)
        return
    start = _time(scene, value)
    words = f"interview on {start.astimezone(ZoneInfo(scene.zone)).strftime('%a %-d %b %Y %H:%M')}"
    about = _starts(doubtful)[:1] or _starts(_of_that_day(scene, start))[:1]
    _add(scene, said, Told(talks=about, moved_to=start.astimezone(UTC)), words)


def _of_that_day(scene: _Scene, start: datetime) -> list[Talk]:
    day = start.astimezone(ZoneInfo(scene.zone)).date()
    local = scene.context.calendar.local
    return [t for t in scene.app.talks if t.stands and local(t.start).date() == day]


def _time(scene: _Scene, value: str) -> datetime:
    with contextlib.suppress(ValueError):
        start = datetime.fromisoformat(value)
        if ":" in value:
            return start if start.tzinfo else start.replace(tzinfo=ZoneInfo(scene.zone))
    raise _Wrong(f"“{value}” is neither yes, nor no, nor a time such as 2026-12-01T15:00")


def _no_show(scene: _Scene, value: str, said: Said) -> None:
    answer = value.lower()
    if answer not in _YES | _NO:
        raise _Wrong(f"“{value}” is neither yes nor no")
    if answer in _NO:
        talks = _starts(scene.app.missed)
        if not talks:
            raise _Wrong("nothing says that nobody came; there is nothing to take back")
        _add(scene, said, Told(talks=talks, holds=True), "they came after all")
        return
    begun = [r for r in rounds(scene.app.talks, scene.zone) if r.start <= scene.now]
    if not begun:
        raise _Wrong("no interview of it has begun yet")
    _add(scene, said, Told(talks=_starts(begun[-1].talks), missed=True), "nobody came to it")


def _which(scene: _Scene, value: str, said: Said) -> None:
    """The mails that fit this application and others alike: of this one, or not."""
    open_ = [t for t in scene.tasks if t.kind == "which" and t.status is TaskStatus.OPEN]
    answer = value.lower()
    if answer not in _YES | _NO:
        raise _Wrong(f"“{value}” is neither yes (it is about this one) nor no")
    if not open_:
        raise _Wrong("no mail waits to be told apart here")
    for task in open_:
        message_key = task.key.split(":which:", 1)[1]
        said.tasks.append(replace(task, status=TaskStatus.DONE))
        if answer in _YES:
            fact = scene.context.store.undecided(message_key)
            if fact is not None and not scene.app.knows(fact.thread.message_id):
                said.facts.append(fact)
            said.tasks += _same_elsewhere(scene, message_key)
    said.told.append("that mail is about this one" if answer in _YES else "it is not about this")


def _same_elsewhere(scene: _Scene, message_key: str) -> list[Task]:
    return [
        replace(task, status=TaskStatus.DONE)
        for task in scene.context.store.tasks()
        if task.kind == "which"
        and task.status is TaskStatus.OPEN
        and task.application_id != scene.app.id
        and task.key.endswith(f":which:{message_key}")
    ]


_YES = frozenset({"yes", "y", "true", "ja", "oui", "sí", "si"})
_NO = frozenset({"no", "n", "false", "nein", "non"})

SETTINGS: dict[str, Callable[[_Scene, str, Said], None]] = {
    "company": _company,
    "role": _role,
    "stage": _stage,
    "decision_by": _decision_by,
    "interviewer": _interviewer,
    "interview": _interview,
    "no_show": _no_show,
    "playbook": _playbook,
    "which": _which,
}
_ALLOWED = f"Allowed: {', '.join(SETTINGS)}."
