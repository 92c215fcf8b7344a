"""What every service works with; put together in one place, `bootstrap.py`."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.domain.due import WorkCalendar
from agent.domain.plan import Rules
from agent.domain.playbook import Playbook
from agent.mail.message import Identity
from agent.ports import Clock, Folders, Mailbox, Store
from agent.service.events import Observer, unobserved


@dataclass(slots=True)
class Context:
    """The ports, the user, and the rules.

    `identities` are the accounts' own: which servers' word on authentication counts differs.
    `templates` are the sources by name ("en/check_in.first"). `started_at` is when this
    store first met the mailbox: what fell due before is listed, not drafted. `salt` makes
    Message-IDs this installation's own.
    """

    store: Store
    clock: Clock
    identity: Identity
    calendar: WorkCalendar
    playbook: Playbook
    templates: Mapping[str, str]
    mailboxes: Mapping[str, Mailbox]
    floor: float = 0.8
    drafting: bool = True
    started_at: datetime | None = None
    salt: str = ""
    phone: str | None = None
    signature: str | None = None
    observer: Observer = unobserved
    identities: Mapping[str, Identity] = field(default_factory=dict)
    folders: dict[str, Folders] = field(default_factory=dict)
    known_domains: set[str] = field(default_factory=set)
    #: Templates that were found unusable, so that each is told of once.
    complained: set[str] = field(default_factory=set)
    #: One thing at a time: a message is taken in whole, a draft is placed whole.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def rules(self) -> Rules:
        """What planning goes by."""
        return Rules(playbook=self.playbook, calendar=self.calendar, floor=self.floor)

    def identity_of(self, account: str) -> Identity:
        """Who the user is when reading that account's mail."""
        return self.identities.get(account, self.identity)
