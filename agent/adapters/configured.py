"""Adapters made from the configuration: a mailbox for each account, and the way to the user.

Nothing is opened here. Secrets are asked for at each sign-in, so that one that was changed
or unlocked meanwhile is found.
"""

from collections.abc import Awaitable, Callable

from agent.adapters.imap import ImapMailbox, ImapSettings
from agent.adapters.secrets import Secrets
from agent.adapters.smtp import LogNotifier, SmtpNotifier, SmtpSettings
from agent.config import Account, Config
from agent.ports import Clock

Secret = Callable[[], Awaitable[str]]


def mailbox(config: Config, account: str, secrets: Secrets) -> ImapMailbox:
    """The mailbox of an account that the configuration names."""
    chosen = config.accounts[account]
    return ImapMailbox(
        imap_settings(account, chosen), _asked(secrets, account, chosen.password_command)
    )


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
    )


def notifier(config: Config, secrets: Secrets, clock: Clock) -> SmtpNotifier | LogNotifier:
    """How the user is told: by mail where [smtp] says how, else in the log."""
    smtp = config.smtp
    if smtp is None:
        return LogNotifier()
    settings = SmtpSettings(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        username=smtp.username,
        fingerprint=smtp.fingerprint,
    )
    return SmtpNotifier(
        settings,
        to=config.notices_to,
        own=config.addresses,
        secret=_asked(secrets, *smtp_secret(config)),
        clock=clock,
    )


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
