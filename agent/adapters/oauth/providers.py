"""Where providers take OAuth requests, and what is asked of them for one account.

Sources: Google, "OAuth 2.0 for iOS & Desktop Apps" and "OAuth 2.0 Mechanism" (Gmail);
Microsoft, "Authenticate an IMAP, POP or SMTP connection using OAuth".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from agent.config import Account

Flow = Literal["device", "loopback"]


@dataclass(frozen=True, slots=True)
class Provider:
    """What holds for every user of a provider; `{tenant}` stands for their organisation.

    `smtp_scope` is asked for only where notices are sent by the same sign-in. `extra` goes
    into the address of the page that asks for consent.
    """

    title: str
    flow: Flow
    authorize: str = ""
    device: str = ""
    token: str = ""
    revoke: str = ""
    scopes: tuple[str, ...] = ()
    smtp_scope: str = ""
    redirect_host: str = "127.0.0.1"
    extra: tuple[tuple[str, str], ...] = ()


_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/"

PROVIDERS: Mapping[str, Provider] = {
    "google": Provider(
        title="Google",
        # Google's device flow gives no access to mail.
        flow="loopback",
        authorize="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        revoke="https://oauth2.googleapis.com/revoke",
        scopes=("https://mail.google.com/",),
        # Without these two, a second consent comes without a refresh token.
        extra=(("access_type", "offline"), ("prompt", "consent")),
    ),
    "microsoft": Provider(
        title="Microsoft",
        flow="device",
        authorize=_MICROSOFT + "authorize",
        device=_MICROSOFT + "devicecode",
        token=_MICROSOFT + "token",
        scopes=("https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access"),
        smtp_scope="https://outlook.office.com/SMTP.Send",
        # The only address for which Microsoft lets the port be any.
        redirect_host="localhost",
        extra=(("prompt", "select_account"),),
    ),
    "other": Provider(title="", flow="loopback"),
}


@dataclass(frozen=True, slots=True)
class Client:
    """What is asked for in the name of one account, and where; an empty address is not there."""

    account: str
    username: str
    title: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    flow: Flow
    authorize_url: str
    device_url: str
    token_url: str
    revoke_url: str
    redirect_host: str
    redirect_port: int
    extra: tuple[tuple[str, str], ...]

    @property
    def identification(self) -> dict[str, str]:
        """Who asks (RFC 6749, 2.3.1); a public client has no secret."""
        secret = {"client_secret": self.client_secret} if self.client_secret else {}
        return {"client_id": self.client_id, **secret}


def client_for(name: str, account: Account, *, smtp: bool = False) -> Client:
    """The client that an account with an `oauth` table names; with `smtp`, for notices too."""
    said = account.oauth
    if said is None:
        raise ValueError(f"account {name} has no oauth table")  # the caller's mistake
    known = PROVIDERS[said.provider]
    scopes = said.scopes or known.scopes
    if smtp and known.smtp_scope and not said.scopes:
        scopes = (*scopes, known.smtp_scope)

    def place(own: str | None, built_in: str) -> str:
        return own or built_in.replace("{tenant}", said.tenant)

    return Client(
        account=name,
        username=account.username,
        title=known.title or _host(said.token_url or ""),
        client_id=said.client_id,
        client_secret=said.client_secret or "",
        scopes=scopes,
        flow=said.flow or ("device" if said.device_url else known.flow),
        authorize_url=place(said.authorize_url, known.authorize),
        device_url=place(said.device_url, known.device),
        token_url=place(said.token_url, known.token),
        revoke_url=known.revoke if not said.token_url else "",
        redirect_host=known.redirect_host,
        redirect_port=said.redirect_port,
        extra=known.extra,
    )


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
