"""What one IMAP account needs to know to be reached; built from the configuration."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent.errors import ConfigError

Security = Literal["tls", "starttls", "none"]
Method = Literal["password", "oauth"]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. No network call is ever made without one of these."""

    connect: float = 20.0
    read: float = 60.0
    reidle: float = 300.0  # NAT forgets links long before the 29 minutes of RFC 2177
    poll: float = 60.0  # between looks, at a server without IDLE
    goodbye: float = 2.0
    settle: float = 90.0  # before an APPEND is repeated whose answer never came
    poison: float = 600.0  # for as long a message must break the link before it is given up


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """One account.

    `security` "none" is for loopback hosts only (the demo). `fingerprint` is the SHA-256
    of the server's certificate in hexadecimal, with or without colons and "sha256:"; where
    it is given, that certificate and no other is accepted. `drafts` and `sent` override
    what the server says. `size_cap` is in bytes: of a longer message only the first
    `cut_to` bytes are read.
    """

    account: str
    host: str
    username: str
    port: int = 993
    security: Security = "tls"
    inbox: tuple[str, ...] = ("INBOX",)
    drafts: str | None = None
    sent: str | None = None
    fingerprint: str | None = None
    ca_file: Path | None = None
    method: Method = "password"
    timeouts: Timeouts = Timeouts()
    size_cap: int = 30 * MEGABYTE
    cut_to: int = MEGABYTE
    logins_per_hour: int = 120

    def __post_init__(self) -> None:
        """Refuse a password on an open wire to another machine."""
        if self.security == "none" and not is_loopback(self.host):
            raise ConfigError(
                f"accounts.{self.account}",
                [f'security = "none" is allowed for this machine only, not for {self.host}'],
            )

    @property
    def place(self) -> str:
        """How the server is named to the user."""
        return f"{self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether a host can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
