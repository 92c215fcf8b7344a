"""One pass of the program over one account, as the daemon makes it; in this process or a child.

A child can be told to die by SIGKILL at its n-th step: before or after any call of the mailbox,
and before or after any word that it puts on disk.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from agent import bootstrap
from agent.adapters.imap import ImapMailbox, ImapSettings, Timeouts
from agent.adapters.memory import SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.config import Account, Config, Identity
from agent.config.models import Schedule
from agent.errors import FollowthroughError
from agent.ports import Mailbox, Store
from agent.service import followups
from agent.service.context import Context
from agent.service.sweep import look_after_drafts, sweep

HOME = "home"
DAYS = 3650
TIMEOUTS = Timeouts(connect=2.0, read=0.35, poll=0.1, goodbye=0.2, settle=0.5)

_STEPS = frozenset(
    "connect state states changed uids find append_draft append_memo".split()
    + "remove_draft remove_twin append_fact new_application put_followup put_memo".split()
    + "mark_seen set_cursor set_looked save".split()
)


@dataclass(frozen=True, slots=True)
class Way:
    """How the server is reached, and by whom; `ca_file` "" is for no TLS."""

    port: int
    user: str
    password: str
    ca_file: str = ""


def config_for(way: Way) -> Config:
    """What the user would have in their config.toml."""
    return Config(
        identity=Identity(
            name="Me Myself", addresses=("me@home.example",), timezone="UTC", country="US"
        ),
        accounts={HOME: Account(host="127.0.0.1", security="none", username=way.user)},
        schedule=Schedule(quiet_from=time(0), quiet_until=time(0)),
    )


def mailbox_for(way: Way) -> ImapMailbox:
    """The mailbox, with time limits that fit a server on this machine."""
    settings = ImapSettings(
        HOME,
        "127.0.0.1",
        way.user,
        port=way.port,
        security="tls" if way.ca_file else "none",
        ca_file=Path(way.ca_file) if way.ca_file else None,
        timeouts=TIMEOUTS,
        logins_per_hour=10**9,
    )
    return ImapMailbox(settings, lambda: way.password)


def context_for(way: Way, store: Store, mailbox: Mailbox, clock: SimulatedClock) -> Context:
    """What the services work with."""
    return bootstrap.context(
        config_for(way),
        store=store,
        mailboxes={HOME: mailbox},
        clock=clock,
        templates=_templates(),
    )


def _templates() -> dict[str, str]:
    global _sources
    _sources = _sources or bootstrap.template_sources()
    return _sources


_sources: dict[str, str] = {}


async def one_pass(context: Context) -> None:
    """Sign in where that is needed, read, look after the drafts, write what is due."""
    if HOME not in context.folders:
        context.folders[HOME] = await context.mailboxes[HOME].connect()
    await sweep(context, HOME, days=DAYS)
    await look_after_drafts(context, HOME)
    await followups.tick(context, HOME)


# -- a child ------------------------------------------------------------------------------


class Tripwire:
    """Counts steps, and kills this very process at one of them."""

    def __init__(self, at: int | None = None) -> None:
        self.left = 10**9 if at is None else at
        self.steps: list[str] = []

    def step(self, name: str) -> None:
        self.steps.append(name)
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Wired:
    """A port whose calls are steps, before and after."""

    def __init__(self, port: Any, wire: Tripwire) -> None:
        self._port, self._wire = port, wire

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._port, name)
        return self._wired(name, real) if name in _STEPS else real

    def _wired(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        if asyncio.iscoroutinefunction(real):

            async def waited(*args: Any, **named: Any) -> Any:
                self._wire.step(name)
                result = await real(*args, **named)
                self._wire.step(name)
                return result

            return waited

        def called(*args: Any, **named: Any) -> Any:
            self._wire.step(name)
            result = real(*args, **named)
            self._wire.step(name)
            return result

        return called


def child(way: Way, database: str, now: datetime, dies_at: int | None) -> None:
    """A whole life of the program in a process: open, one pass, end. Exits 0, or as the CLI does."""
    logging.disable(logging.CRITICAL)
    wire = Tripwire(dies_at)
    try:
        asyncio.run(_life(way, database, now, wire))
    except FollowthroughError as error:
        os._exit(error.exit_code)
    os._exit(0)


async def _life(way: Way, database: str, now: datetime, wire: Tripwire) -> None:
    store = SqliteStore(Path(database))
    mailbox = Wired(mailbox_for(way), wire)
    context = context_for(way, Wired(store, wire), mailbox, SimulatedClock(now))
    try:
        await one_pass(context)
    finally:
        await mailbox.close()
    store.close()


def warmed() -> None:
    """Read the lexicons and templates once, so that a child that is forked from here has them."""
    from agent.mail.message import Identity as Reader
    from agent.mail.parse import parse
    from agent.mail.read import read
    from bench.fire.hunt import mails_of

    me = Reader("Me Myself", ("me@home.example",), "UTC", "US")
    for mail in mails_of(0)[:3]:
        read(parse(mail.data), me, set())
    _templates()
