"""Adapters made from the configuration: a mailbox for each account, and the way to the user.

Nothing is opened here. Secrets are asked for at each sign-in, so that one that was changed
or unlocked meanwhile is found.
"""

from collections.abc import Awaitable, Callable

from agent.adapters.clock import SystemClock
from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.oauth.providers import client_for
from agent.adapters.oauth.tokens import Tokens
from agent.adapters.secrets import Secrets
from agent.adapters.smtp import LogNotifier, SmtpNotifier, SmtpSettings
from agent.config import Account, Config, state_folder
from agent.ports import Clock

Secret = Callable[[], Awaitable[str]]


def mailbox(config: Config, account: str, secrets: Secrets) -> ImapMailbox:
    """The mailbox of an account that the configuration names."""
    chosen = config.accounts[account]
    secret: Secret
    if chosen.oauth:
        secret = tokens(config, account, secrets, SystemClock()).access
    else:
        secret = _asked(secrets, account, chosen.password_command)
    return ImapMailbox(imap_settings(account, chosen), secret)


def tokens(config: Config, account: str, secrets: Secrets, clock: Clock) -> Tokens:
    """The tokens of an account that signs in by OAuth; for notices too, where they go by it."""
    client = client_for(account, config.accounts[account], smtp=_notices_by(config) == account)
    return Tokens(client, secrets, state_folder(), clock)


def imap_settings(name: str, account: Account) -> ImapSettings:
    """What the IMAP adapter needs to know of an account."""
    return ImapSettings(
        account=name,
        host=account.host,
        username=account.username,
        port=account.port,
        security=account.security,
        inbox=account.folders,
        drafts=account.drafts,
        sent=account.sent,
        fingerprint=account.fingerprint,
        method="oauth" if account.oauth else "password",
    )


def notifier(config: Config, secrets: Secrets, clock: Clock) -> SmtpNotifier | LogNotifier:
    """How the user is told: by mail where [smtp] says how, else in the log."""
    smtp = config.smtp
    if smtp is None:
        return LogNotifier()
    by = _notices_by(config)
    settings = SmtpSettings(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        username=smtp.username,
        fingerprint=smtp.fingerprint,
        method="oauth" if by else "password",
    )
    return SmtpNotifier(
        settings,
        to=config.notices_to,
        own=config.addresses,
        secret=(
            tokens(config, by, secrets, clock).access
            if by
            else _asked(secrets, *smtp_secret(config))
        ),
        clock=clock,
    )


def _notices_by(config: Config) -> str | None:
    """The account whose sign-in by OAuth serves for [smtp] too, if there is one."""
    name, _ = smtp_secret(config)
    account = config.accounts.get(name)
    return name if account and account.oauth else None


def smtp_secret(config: Config) -> tuple[str, str | None]:
    """Under which name the secret of [smtp] is kept, and the command that prints it.

    Most providers have one password for both: where an account signs in under the same name
    and [smtp] has no command of its own, that account's secret serves.
    """
    smtp = config.smtp
    if smtp and not smtp.password_command:
        for name, account in config.accounts.items():
            if account.username == smtp.username:
                return name, account.password_command
    return "smtp", smtp.password_command if smtp else None


def _asked(secrets: Secrets, name: str, command: str | None) -> Secret:
    async def secret() -> str:
        return await secrets.password(name, command)

    return secret
