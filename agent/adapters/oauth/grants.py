"""The requests for a token (RFC 6749, 4.1.3 and 6; RFC 8628, 3.4), and what answers mean.

A token's time of expiry is not looked at: tokens are renewed at each login, so that no clock
but the provider's own has to be right.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.adapters.oauth.post import Refusal, place, post
from agent.adapters.oauth.providers import Client
from agent.errors import FollowthroughError, ProtocolError, SignInLapsed, SignInRefused

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

#: RFC 6750, 2.1: what a bearer token is made of. Nothing else may get into a command.
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]{1,16384}={0,4}", re.A)
#: RFC 6749, A.17: any visible character.
_REFRESH = re.compile(r"[\x20-\x7e]{1,16384}", re.A)

#: Only the user can do something about these; the first is RFC 6749's, the others OpenID's.
_LAPSED = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
_OUR_CLIENT = frozenset({"invalid_client", "unauthorized_client"})
_DENIED = frozenset({"access_denied", "authorization_declined"})


@dataclass(frozen=True, slots=True)
class Granted:
    """Tokens as they came; `refresh_token` is "" where the old one goes on."""

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)


async def renewed(client: Client, refresh_token: str) -> Granted:
    """A new access token, and maybe a new refresh token.

    Raises SignInLapsed where only the user can help, SignInRefused where the configuration
    is to blame, ServerUnavailable where it may pass.
    """
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    try:
        return await token(client, form)
    except Refusal as refusal:
        raise in_our_words(client, refusal) from None


async def redeemed(client: Client, code: str, verifier: str, redirect: str) -> Granted:
    """The tokens that a code from the browser stands for; raises like `renewed`."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": redirect,
    }
    try:
        return kept_for_good(client, await token(client, form))
    except Refusal as refusal:
        raise in_our_words(client, refusal) from None


async def token(client: Client, form: Mapping[str, str]) -> Granted:
    """One token request; raises Refusal, ServerUnavailable or ProtocolError."""
    return _granted(client, await post(client.token_url, {**client.identification, **form}))


def _granted(client: Client, answer: Mapping[str, Any]) -> Granted:
    access, refresh = answer.get("access_token"), answer.get("refresh_token", "")
    kind = answer.get("token_type", "Bearer")
    if not isinstance(access, str) or not _BEARER.fullmatch(access):
        raise ProtocolError(f"{place(client.token_url)} answered without a usable access token.")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise ProtocolError(f"{place(client.token_url)} gave a token of a kind that mail has not.")
    usable = isinstance(refresh, str) and _REFRESH.fullmatch(refresh)
    return Granted(access, refresh if usable else "")


def kept_for_good(client: Client, granted: Granted) -> Granted:
    """What came of a sign-in; without a refresh token it would end within the hour."""
    if not granted.refresh_token:
        raise SignInRefused(
            f"{client.title} gave no refresh token, so the sign-in would end within the hour: "
            f"add the scope that asks for one (mostly offline_access) to {_key(client, 'scopes')}."
        )
    return granted


def in_our_words(client: Client, refusal: Refusal) -> FollowthroughError:
    """What the provider's refusal means for the user, and what to do."""
    about = f"account {client.account}"
    if refusal.error in _LAPSED:
        return SignInLapsed(
            f"{client.title} takes the sign-in of {client.username} ({about}) no longer "
            f"({refusal.words}). Sign in again: followthrough login {client.account}"
        )
    if refusal.error in _DENIED:
        return SignInRefused(
            f"The sign-in of {client.username} ({about}) was refused at {client.title}, by you or "
            f"by your organisation ({refusal.words}); nothing was kept."
        )
    if refusal.error in _OUR_CLIENT:
        return SignInRefused(
            f"{client.title} does not accept this client ({refusal.words}): check "
            f"{_key(client, 'client_id')} and client_secret, and that it is registered as a "
            "desktop or public client."
        )
    if refusal.error == "invalid_scope":
        return SignInRefused(
            f"{client.title} does not give what was asked for ({refusal.words}): check "
            f"{_key(client, 'scopes')}, and what the client may ask for."
        )
    return SignInRefused(
        f"{client.title} refused the sign-in of {client.username} ({about}): {refusal.words}."
    )


def _key(client: Client, key: str) -> str:
    return f"accounts.{client.account}.oauth.{key}"
