"""What a configuration says: frozen models, one a table of the TOML file.

Every field carries its meaning in plain words; problems and the example file use them.
Nothing is read from disk or the environment here (see `load.py`), save the system's
own zone and language where the user names none.
"""

import os
from datetime import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from agent.config.values import (
    Address,
    Addresses,
    ClockTime,
    Country,
    Fingerprint,
    Host,
    Hosts,
    LongText,
    Port,
    Scopes,
    Security,
    Soon,
    Text,
    Texts,
    Url,
    Weekdays,
    Zone,
)
from agent.domain.countries import country_of_zone
from agent.mail.message import Identity as ReadingIdentity

if TYPE_CHECKING:
    from agent.domain.due import WorkCalendar
    from agent.domain.memos import MemoRules

#: Zones without a country (UTC, on a server) fall back to the language the program reads best.
_COUNTRY_OF_LAST_RESORT = "US"

_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}


def _system_zone() -> str:
    import tzlocal

    return tzlocal.get_localzone_name() or "UTC"


def _system_language() -> str:
    """The language that this computer speaks to the user, by the variables of POSIX (8.2)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value[:2].lower()
    return "en"


def _zone_country(so_far: dict[str, Any]) -> str:
    return country_of_zone(so_far.get("timezone", "")) or _COUNTRY_OF_LAST_RESORT


def _imap_port(so_far: dict[str, Any]) -> int:
    return _IMAP_PORTS[so_far.get("security", "tls")]


def _smtp_port(so_far: dict[str, Any]) -> int:
    return _SMTP_PORTS[so_far.get("security", "tls")]


class Table(BaseModel):
    """A table of the file: frozen, no key beyond the known ones, no type bent into another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Identity(Table):
    """`[identity]`: who the user is."""

    name: Text = Field(description="your name, as drafts are signed with it")
    addresses: Addresses = Field(
        min_length=1, description="every address that is yours; the first is the one you mostly use"
    )
    timezone: Zone = Field(
        default_factory=_system_zone, description="your time zone, by its IANA name"
    )
    country: Country = Field(
        default_factory=_zone_country,
        description="your country, in two letters: its public holidays and its way to write dates",
    )
    phone: Text | None = Field(default=None, description="your telephone number, for drafts")
    signature: LongText | None = Field(
        default=None, description="the lines below your drafts; your name where left out"
    )
    authserv_ids: Hosts = Field(
        default=(), description="hosts whose Authentication-Results are believed for any account"
    )


class OAuth(Table):
    """`[accounts.NAME.oauth]`: signing in by a provider's own page instead of a password."""

    provider: Literal["google", "microsoft", "other"] = Field(
        description="google, microsoft, or other (whose addresses you name)"
    )
    client_id: Text = Field(
        description="the client id that the provider gave you (docs/sign-in.md tells how)"
    )
    client_secret: Text | None = Field(
        default=None, repr=False, description="the client's secret, where the provider gave one"
    )
    tenant: Text = Field(
        default="common", description="your organisation at Microsoft, by its id or domain"
    )
    flow: Literal["device", "loopback"] | None = Field(
        default=None, description="device (you type a code) or loopback (your browser answers)"
    )
    scopes: Scopes = Field(default=(), description="what is asked for, where not the usual")
    authorize_url: Url | None = Field(
        default=None, description="the page that asks for your consent, of another provider"
    )
    device_url: Url | None = Field(
        default=None, description="where another provider gives codes to type"
    )
    token_url: Url | None = Field(default=None, description="where another provider gives tokens")
    redirect_port: int = Field(
        default=0, ge=0, le=65535, description="the port your browser answers to; 0: any free one"
    )


class Account(Table):
    """`[accounts.NAME]`: one mailbox to watch by IMAP."""

    host: Host = Field(description="the IMAP server's name")
    security: Security = Field(
        default="tls", description="tls, starttls, or none (allowed on this very machine only)"
    )
    port: Port = Field(default_factory=_imap_port, description="the IMAP server's port")
    username: Text = Field(description="the name you sign in with, often your address")
    folders: Texts = Field(
        default=("INBOX",), min_length=1, description="the folders that your mail arrives in"
    )
    drafts: Text | None = Field(
        default=None, description="your Drafts folder, where it is not found"
    )
    sent: Text | None = Field(default=None, description="your Sent folder, where it is not found")
    authserv_ids: Hosts = Field(
        default=(), description="hosts whose Authentication-Results this account trusts"
    )
    addresses: Addresses = Field(
        default=(), description="your addresses in this account, where not those of [identity]"
    )
    password_command: Text | None = Field(
        default=None, description="a command that prints the password"
    )
    fingerprint: Fingerprint | None = Field(
        default=None, description="the SHA-256 of the server's certificate, where it is self-signed"
    )
    oauth: OAuth | None = Field(
        default=None, description="signing in by the provider's own page instead of a password"
    )


class Smtp(Table):
    """`[smtp]`: how notices reach the user. Nothing is ever sent to anybody else."""

    host: Host = Field(description="the SMTP server's name")
    security: Security = Field(
        default="tls", description="tls, starttls, or none (allowed on this very machine only)"
    )
    port: Port = Field(default_factory=_smtp_port, description="the SMTP server's port")
    username: Text | None = Field(default=None, description="the name you sign in with")
    password_command: Text | None = Field(
        default=None, description="a command that prints the password"
    )
    fingerprint: Fingerprint | None = Field(
        default=None, description="the SHA-256 of the server's certificate, where it is self-signed"
    )
    to: Address | None = Field(
        default=None, description="which of your own addresses notices go to; else your first"
    )


class Playbook(Table):
    """`[playbook]`: which way of following up is used; `playbook = "…"` names the default alone."""

    default: Text = Field(default="balanced", description="the playbook for every application")
    off: Texts = Field(
        default=(), description="steps that are switched off, whatever the playbook says"
    )


class Reference(Table):
    """`[[references]]`: somebody who will speak for the user, and is told of an interview."""

    name: Text = Field(description="their name, as you would write it")
    email: Address = Field(description="their address, which the draft goes to")
    phone: Text | None = Field(default=None, description="their telephone number, for yourself")
    language: Literal["en", "de", "fr", "es"] | None = Field(
        default=None, description="the language you write to them in; else that of the application"
    )


class Schedule(Table):
    """`[schedule]`: when the program may put something before the user."""

    quiet_from: ClockTime = Field(default=time(22, 0), description="no drafts from this time")
    quiet_until: ClockTime = Field(default=time(7, 0), description="until this time")
    working_days: Weekdays = Field(
        default=("mon", "tue", "wed", "thu", "fri"),
        min_length=1,
        description="the days on which people work",
    )
    holidays: bool = Field(
        default=True, description="whether public holidays count as days without work"
    )


class Drafting(Table):
    """`[drafting]`: whether and when drafts are written."""

    enabled: bool = Field(default=True, description="false: watch and list, but write no draft")
    floor: float = Field(
        default=0.8, ge=0, le=1, description="the confidence below which you are asked instead"
    )
    send_by: bool = Field(
        default=True, description="whether a draft's header says until when it is on time"
    )


class Memos(Table):
    """`[memos]`: the mails that are left in the user's own inbox, and sent to nobody."""

    debrief: bool = Field(
        default=True, description="whether you are asked how an interview went, when it is over"
    )
    debrief_after: Soon = Field(default="5m", description="how long after it you are asked")
    prep: bool = Field(
        default=True, description="whether you are told of an interview the evening before"
    )
    prep_at: ClockTime = Field(default=time(18, 0), description="at what time of that evening")
    digest: bool = Field(
        default=False, description="whether you are told once a day what waits for you, if anything"
    )
    digest_at: ClockTime = Field(default=time(7, 30), description="from what time of the day")
    language: Literal["en", "de", "fr", "es"] | None = Field(
        default=None, description="the language you are written to in; else that of this computer"
    )


class Scan(Table):
    """`[scan]`: the first start."""

    days: int = Field(
        default=90, ge=1, le=3650, description="how many days back the first start reads"
    )


class Config(BaseSettings):
    """The whole configuration. Built by `load.load`; in tests by its keyword arguments."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", strict=True)

    identity: Identity = Field(description="who you are")
    accounts: dict[str, Account] = Field(
        default_factory=dict, description="the mailboxes to watch, each under a name of yours"
    )
    smtp: Smtp | None = Field(default=None, description="how notices reach you by mail")
    playbook: Playbook = Field(default=Playbook(), description="which way of following up is used")
    references: Annotated[tuple[Reference, ...], Field(strict=False)] = Field(
        default=(), description="who will speak for you"
    )
    playbooks: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="playbooks of your own, each under a name of yours"
    )
    schedule: Schedule = Field(default=Schedule(), description="quiet hours and working days")
    drafting: Drafting = Field(default=Drafting(), description="when drafts are written")
    memos: Memos = Field(default=Memos(), description="the mails left in your own inbox")
    scan: Scan = Field(default=Scan(), description="what the first start reads")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `load.py` reads the file and the environment itself."""
        return (init_settings,)

    @model_validator(mode="before")
    @classmethod
    def _playbook_by_its_name_alone(cls, data: Any) -> Any:
        """Take `playbook = "patient"` as the default of `[playbook]`."""
        if isinstance(data, dict) and isinstance(data.get("playbook"), str):
            return {**data, "playbook": {"default": data["playbook"]}}
        return data

    @model_validator(mode="before")
    @classmethod
    def _accounts_for_reading_only(cls, data: Any) -> Any:
        """Take an account that names nothing but whom to believe as part of `[identity]`.

        `explain` and `replay` read files of mail and need no server: there a table such as
        `[accounts.old] authserv_ids = ["mx.mail.example"]` is whole as it is.
        """
        accounts = data.get("accounts") if isinstance(data, dict) else None
        identity = data.get("identity") if isinstance(data, dict) else None
        if not isinstance(accounts, dict) or not isinstance(identity, dict):
            return data
        reading = {name: table for name, table in accounts.items() if _reads_only(table)}
        identity = dict(identity)
        for key in _READING_KEYS:
            added = [entry for table in reading.values() for entry in table.get(key, ())]
            if added and isinstance(identity.get(key, []), list):
                identity[key] = [*identity.get(key, []), *added]
        left = {name: table for name, table in accounts.items() if name not in reading}
        return {**data, "identity": identity, "accounts": left}

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that is the user's, of `[identity]` and of the accounts, in lower case."""
        own = [*self.identity.addresses]
        for account in self.accounts.values():
            own += account.addresses
        return tuple(dict.fromkeys(own))

    @property
    def notices_to(self) -> str:
        """The user's own address that notices go to."""
        named = self.smtp.to if self.smtp else None
        return named or self.identity.addresses[0]

    def identity_for_reading(self, account: str | None = None) -> ReadingIdentity:
        """Who the user is, for reading mail.

        With `account`, the Authentication-Results of that account's own servers alone are
        believed; without, for mail lying in files, those of every account.
        """
        chosen = [self.accounts[account]] if account else list(self.accounts.values())
        believed = [*self.identity.authserv_ids]
        for each in chosen:
            believed += each.authserv_ids
        return ReadingIdentity(
            name=self.identity.name,
            addresses=self.addresses,
            timezone=self.identity.timezone,
            country=self.identity.country,
            authserv_ids=tuple(dict.fromkeys(believed)),
        )

    def memo_rules(self) -> "MemoRules":
        """Which memos the user wants, when, and in which language."""
        from agent.domain.due import Delay
        from agent.domain.memos import MemoRules

        return MemoRules(
            debrief=self.memos.debrief,
            debrief_after=Delay.parse(self.memos.debrief_after),
            prep=self.memos.prep,
            prep_at=self.memos.prep_at,
            digest=self.memos.digest,
            digest_at=self.memos.digest_at,
            language=self.memos.language or _system_language(),
        )

    def work_calendar(self) -> "WorkCalendar":
        """When drafts may appear and offices work, for the user's own zone and country."""
        from agent.domain.due import WorkCalendar

        return WorkCalendar(
            zone=self.identity.timezone,
            country=self.identity.country if self.schedule.holidays else "",
            working_days=frozenset(_WEEK.index(day) for day in self.schedule.working_days),
            quiet_from=self.schedule.quiet_from,
            quiet_until=self.schedule.quiet_until,
        )


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_READING_KEYS = ("authserv_ids", "addresses")


def _reads_only(table: object) -> bool:
    return (
        isinstance(table, dict)
        and len(table) > 0
        and all(key in _READING_KEYS and isinstance(table[key], list) for key in table)
    )


def neutral_identity() -> ReadingIdentity:
    """Nobody in particular, in this system's zone: for reading mail without a configuration."""
    zone = _system_zone()
    return ReadingIdentity(
        name="",
        addresses=(),
        timezone=zone,
        country=_zone_country({"timezone": zone}),
    )
