"""Showing an access token to an IMAP server, and reading why it is refused.

The token has been renewed a moment ago (`oauth.tokens`), so its age is never the reason.
"""

from imaplib import IMAP4
from typing import Any

from agent.adapters.imap.errors import plain_words, refused_sign_in
from agent.adapters.imap.settings import ImapSettings
from agent.adapters.sasl import MECHANISMS, Exchange, chosen
from agent.errors import SignInRefused


def show_token(client: Any, settings: ImapSettings, token: str) -> None:
    """AUTHENTICATE by what the server offers; raises SignInRefused, or what imaplib does.

    The first response goes out after the server's `+`, not with the command: there is no
    need of SASL-IR, and no limit on the length of a command line is met.
    """
    offered = {each for each in MECHANISMS if client.has_capability(f"AUTH={each}")}
    mechanism = chosen(offered)
    if mechanism is None:
        raise SignInRefused(
            f"{settings.place} (account {settings.account}) offers no sign-in by OAuth: check "
            f"the host, or remove [accounts.{settings.account}.oauth] and store a password."
        )
    exchange = Exchange(mechanism, settings.username, token, settings.host, settings.port)
    try:
        client.sasl_login(mechanism, exchange)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        # imapclient makes a LoginError of everything; the cause tells a dead link from a refusal.
        if isinstance(error.__context__, IMAP4.abort):
            raise
        raise _refusal(error, settings, exchange.error) from None


def _refusal(error: IMAP4.error, settings: ImapSettings, said: str) -> Exception:
    """A refusal in words that fit a token; "come back later" stays what it is."""
    read = refused_sign_in(error, settings)
    if not isinstance(read, SignInRefused):
        return read
    words = ", ".join(each for each in (said, plain_words(error)) if each)
    return SignInRefused(
        f"{settings.place} refused to sign in {settings.username} (account {settings.account}), "
        f"though the token is new: {words}. Check that IMAP is allowed for this mailbox, and "
        f"that it is {settings.username} who signed in: followthrough login {settings.account}"
    )
