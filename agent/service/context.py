"""What every service works with; put together in one place, `bootstrap.py`."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.domain.application import Application
from agent.domain.due import WorkCalendar
from agent.domain.facts import Fact
from agent.domain.memos import MemoRules
from agent.domain.playbook import Playbook
from agent.domain.rules import Reference, Rules
from agent.mail.domains import KnownDomains, registrable
from agent.mail.message import Identity
from agent.ports import Clock, Folders, FolderState, Mailbox, Store
from agent.service.events import Observer, unobserved


@dataclass(slots=True)
class Context:
    """The ports, the user, and the rules.

    `playbook` is the usual one, `playbooks` are all by name: an application that the user gave
    one of its own (`Application.playbook`) goes by that. `references` speak for the user.

    `identities` are the accounts' own: which servers' word on authentication counts differs.
    `templates` are the sources by name ("en/check_in.first"). `started_at` is when this
    store first met the mailbox: what fell due before is listed, not drafted. `salt` makes
    Message-IDs this installation's own. `marks_send_by`: a draft's header says until when it is
    on time. `memos` says which memos the user wants, None for none. `known_domains` are those of
    the employers that the store holds (`employers_domains`).
    """

    store: Store
    clock: Clock
    identity: Identity
    calendar: WorkCalendar
    playbook: Playbook
    templates: Mapping[str, str]
    mailboxes: Mapping[str, Mailbox]
    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    floor: float = 0.8
    drafting: bool = True
    marks_send_by: bool = False
    memos: MemoRules | None = None
    started_at: datetime | None = None
    salt: str = ""
    phone: str | None = None
    signature: str | None = None
    observer: Observer = unobserved
    identities: Mapping[str, Identity] = field(default_factory=dict)
    folders: dict[str, Folders] = field(default_factory=dict)
    known_domains: KnownDomains = field(default_factory=KnownDomains)
    #: What the last sweep saw of each account's Drafts in passing.
    glances: dict[str, FolderState] = field(default_factory=dict)
    #: Templates that were found unusable, so that each is told of once.
    complained: set[str] = field(default_factory=set)
    #: One thing at a time: a message is taken in whole, a draft is placed whole.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def playbook_of(self, app: Application) -> Playbook:
        """The playbook that an application goes by; the usual one where its own is no more."""
        return self.playbooks.get(app.playbook or "", self.playbook)

    def rules_for(self, app: Application) -> Rules:
        """What planning goes by for an application."""
        return Rules(self.playbook_of(app), self.calendar, self.floor, self.references)

    def identity_of(self, account: str) -> Identity:
        """Who the user is when reading that account's mail."""
        return self.identities.get(account, self.identity)


def employers_domains(facts: Iterable[Fact]) -> Iterator[str]:
    """The domains that people of an employer wrote from, none of which pretended."""
    for fact in facts:
        if fact.theirs and not fact.suspicious and fact.from_.email and not fact.machine_sent:
            yield registrable(fact.from_.email.rpartition("@")[2])
