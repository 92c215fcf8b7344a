"""The device flow (RFC 8628): the user types a code into a page, on whatever device.

For machines without a browser, and for Microsoft, where it needs no redirect address.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.adapters.oauth.grants import (
    DEVICE_GRANT,
    Granted,
    in_our_words,
    kept_for_good,
    token,
)
from agent.adapters.oauth.post import Refusal, TimedOut, place, post
from agent.adapters.oauth.providers import Client
from agent.errors import ProtocolError, ServerUnavailable, SignInRefused

#: Seconds between questions where the provider names none, and what slow_down adds (3.5).
_INTERVAL, _SLOWER = 5.0, 5.0
_LONGEST_WAIT, _LONGEST_INTERVAL = 1800.0, 120.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What to tell the user: where to go, what to type there, and for how many seconds it holds.

    `direct` is an address that has the code in it already, "" where there is none.
    """

    page: str
    code: str
    seconds: float
    direct: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    prompt: Prompt
    device_code: str = field(repr=False)
    interval: float


async def sign_in(
    client: Client,
    tell: Callable[[Prompt], None],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    steady: Callable[[], float] = time.monotonic,
) -> Granted:
    """Ask for a code, tell the user, and wait until they have typed it.

    Raises SignInRefused where they refuse, or let the time go by; ServerUnavailable where the
    provider cannot be reached at the start.
    """
    asked = await _ask(client)
    end, interval = steady() + asked.prompt.seconds, asked.interval
    tell(asked.prompt)
    form = {"grant_type": DEVICE_GRANT, "device_code": asked.device_code}
    while steady() + interval < end:
        await sleep(interval)
        try:
            return kept_for_good(client, await token(client, form))
        except Refusal as refusal:
            if refusal.error == "slow_down":
                interval = min(interval + _SLOWER, _LONGEST_INTERVAL)
            elif refusal.error in ("expired_token", "code_expired"):
                break
            elif refusal.error != "authorization_pending":
                raise in_our_words(client, refusal) from None
        except TimedOut:
            interval = min(interval * 2, _LONGEST_INTERVAL)
        except ServerUnavailable as error:
            # The network may be away for a moment while the user types on their telephone.
            interval = min(max(interval, error.retry_after or 0.0), _LONGEST_INTERVAL)
    raise SignInRefused(
        f"The code was not used in time, so nothing was kept; followthrough login "
        f"{client.account} gives a new one."
    )


async def _ask(client: Client) -> _Asked:
    form = {"client_id": client.client_id, "scope": " ".join(client.scopes)}
    try:
        return _asked(client, await post(client.device_url, form))
    except Refusal as refusal:
        raise in_our_words(client, refusal) from None


def _asked(client: Client, answer: Mapping[str, Any]) -> _Asked:
    device_code, code = answer.get("device_code"), answer.get("user_code")
    page = answer.get("verification_uri") or answer.get("verification_url")
    direct = answer.get("verification_uri_complete")
    if not (isinstance(device_code, str) and isinstance(code, str) and isinstance(page, str)):
        raise ProtocolError(f"{place(client.device_url)} answered without a code for you to type.")
    seconds = min(_seconds(answer.get("expires_in"), 900.0), _LONGEST_WAIT)
    interval = min(_seconds(answer.get("interval"), _INTERVAL), _LONGEST_INTERVAL)
    prompt = Prompt(page, code, seconds, direct if isinstance(direct, str) else "")
    return _Asked(prompt, device_code, interval)


def _seconds(value: object, otherwise: float) -> float:
    """A number of seconds above 0; some providers write it as text."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise
    return number if 0 < number < 1e9 else otherwise
