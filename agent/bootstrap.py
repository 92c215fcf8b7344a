"""The composition root: the ONLY file that names concrete adapters.

Everything a command needs is put together here from a configuration; tests and the demo
hand in a clock, a store or mailboxes of their own.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from agent import resources
from agent.adapters import configured, systemd
from agent.adapters.clock import SystemClock
from agent.adapters.imap import ImapMailbox
from agent.adapters.lock import StateLock
from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.secrets import Secrets
from agent.adapters.sqlite import RememberingStore, SqliteStore
from agent.adapters.sqlite.database import private_folder
from agent.config import (
    Config,
    default_config_file,
    load,
    require_accounts,
    state_folder,
    user_templates,
)
from agent.config import playbooks as playbook_files
from agent.config.values import nearest
from agent.daemon import Daemon, Pace, Renewal, Reread
from agent.domain.playbook import Playbook, PlaybookProblems
from agent.domain.rules import Reference
from agent.errors import ConfigError
from agent.mail.domains import KnownDomains
from agent.ports import Clock, Mailbox, Store
from agent.service.context import Context, employers_domains
from agent.service.events import Observer, unobserved
from agent.service.replay import ACCOUNT, Rehearsal

DATABASE = "followthrough.db"

_T = TypeVar("_T")

_SALT, _STARTED = "salt", "started_at"


def context(
    config: Config,
    *,
    store: Store,
    mailboxes: Mapping[str, Mailbox],
    clock: Clock | None = None,
    observer: Observer = unobserved,
    templates: Mapping[str, str] | None = None,
) -> Context:
    """What the services work with. The store remembers when it first met the mailbox.

    `templates` are the sources to write from; the user's own over the shipped ones else.
    """
    clock = clock or SystemClock()
    return Context(
        store=store,
        clock=clock,
        identity=config.identity_for_reading(),
        identities={name: config.identity_for_reading(name) for name in config.accounts},
        calendar=config.work_calendar(),
        playbook=playbook(config, config.playbook.default),
        playbooks=playbooks(config),
        references=tuple(
            Reference(each.name, each.email, each.phone, each.language or "")
            for each in config.references
        ),
        templates=template_sources(user_templates()) if templates is None else templates,
        mailboxes=mailboxes,
        floor=config.drafting.floor,
        drafting=config.drafting.enabled,
        marks_send_by=config.drafting.send_by,
        memos=config.memo_rules(),
        started_at=_remembered(store, _STARTED, clock.now().isoformat, datetime.fromisoformat),
        salt=_remembered(store, _SALT, lambda: secrets.token_hex(16), str),
        phone=config.identity.phone,
        signature=config.identity.signature,
        observer=observer,
        known_domains=KnownDomains(
            frozenset(employers_domains(fact for app in store.applications() for fact in app.facts))
        ),
    )


def _remembered(store: Store, name: str, first: Callable[[], str], read: Callable[[str], _T]) -> _T:
    value = store.setting(name)
    if value is None:
        value = first()
        store.set_setting(name, value)
    return read(value)


def playbook(config: Config, name: str) -> Playbook:
    """A playbook by name, the user's own first; raises ConfigError with all its problems."""
    try:
        found = playbook_files.read(name, config.playbooks)
    except PlaybookProblems as error:
        where = f"[playbooks.{name}]" if name in config.playbooks else f"The playbook {name}"
        raise ConfigError(where, error.problems) from error
    except KeyError:
        known = playbook_files.known_names(config.playbooks)
        what = f'playbook "{name}" is not known{nearest(name, known) or "."}'
        raise ConfigError("The configuration", [f"{what} There are: {', '.join(known)}"]) from None
    return found.without(config.playbook.off)


def playbooks(config: Config) -> dict[str, Playbook]:
    """Every playbook by its name: the shipped ones and the user's own."""
    return {name: playbook(config, name) for name in playbook_files.known_names(config.playbooks)}


def template_sources(*own: Path) -> dict[str, str]:
    """The templates' texts by their path under templates/; later folders go over earlier ones."""
    sources: dict[str, str] = {}
    for folder in (resources.templates(), *own):
        for path in sorted(folder.glob("*/*.txt")) if folder.is_dir() else ():
            try:
                sources[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    str(path), [f"it cannot be read as UTF-8 text: {error}"]
                ) from error
    return sources


# -- the real thing ----------------------------------------------------------------


def open_store() -> SqliteStore:
    """The user's store, in their state folder."""
    return SqliteStore(state_folder() / DATABASE)


def state_lock() -> StateLock:
    """The lock that one daemon holds on the state folder."""
    private_folder(state_folder())
    return StateLock(state_folder())


def mailboxes(config: Config) -> dict[str, ImapMailbox]:
    """The accounts' mailboxes by IMAP, not connected yet."""
    keeper = Secrets()
    return {name: configured.mailbox(config, name, keeper) for name in config.accounts}


def daemon(
    config: Config, context_: Context, pace: Pace | None = None, *, file: Path | None = None
) -> Daemon:
    """The daemon over a context, speaking to systemd and to the user.

    On a reload it reads `file` again, else the default configuration.
    """
    return Daemon(
        context_,
        systemd,
        configured.notifier(config, Secrets(), SystemClock()),
        days=config.scan.days,
        pace=pace,
        reread=rereading(config, file),
    )


def rereading(config: Config, file: Path | None) -> Reread:
    """Reads the configuration anew each time; accounts that did not change keep their mailbox."""
    in_force = config

    def reread(old: Context) -> Renewal:
        nonlocal in_force
        new = load(file)
        require_accounts(new, str(file or default_config_file()))
        fresh = mailboxes(new)
        kept = {
            name: old.mailboxes[name]
            for name in fresh
            if name in old.mailboxes and new.accounts[name] == in_force.accounts.get(name)
        }
        renewal = Renewal(
            context(new, store=old.store, mailboxes={**fresh, **kept}, clock=old.clock),
            configured.notifier(new, Secrets(), SystemClock()),
            new.scan.days,
        )
        in_force = new
        return renewal

    return reread


# -- rehearsals --------------------------------------------------------------------


def rehearsal(config: Config, start: datetime | None = None) -> Rehearsal:
    """A replay: everything in memory, on a clock that is moved by hand, under a fixed salt."""
    clock = SimulatedClock(start or datetime(1970, 1, 1, tzinfo=UTC))
    memory = MemoryMailbox(clock=clock)
    store = RememberingStore()
    store.set_setting(_SALT, "replay")
    made = context(config, store=store, mailboxes={ACCOUNT: memory}, clock=clock)
    return Rehearsal(context=made, clock=clock, mailbox=memory)
