"""One form posted to a provider, one JSON object back; never in the event loop's own thread.

Nothing of a form or an answer is ever logged or put into an error, save the provider's own
`error` and `error_description`, and those without the secrets that they may repeat.
"""

import asyncio
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any

from agent.adapters.imap.threads import Worker
from agent.errors import FollowthroughError, ServerUnavailable

#: Seconds for one step on the wire, and for the whole of it, name look-up included.
STEP_LIMIT, WHOLE_LIMIT = 20.0, 45.0
_LONGEST_ANSWER = 256 * 1024
_LONGEST_PAUSE = 3600.0
_SECRET_FIELDS = ("client_secret", "refresh_token", "code", "code_verifier", "device_code", "token")


class Refusal(Exception):
    """The provider's `error` (RFC 6749, 5.2), with its description: one line, at most 200 signs."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description

    @property
    def words(self) -> str:
        """Both, for a sentence."""
        return f"{self.error}: {self.description}" if self.description else self.error


class TimedOut(ServerUnavailable):
    """No answer came in time; who polls has to slow down (RFC 8628, 3.5)."""


async def post(url: str, form: Mapping[str, str], *, limit: float = WHOLE_LIMIT) -> dict[str, Any]:
    """What the provider answers.

    Raises Refusal for an error of OAuth's, ServerUnavailable for whatever may pass.
    """
    worker = Worker("oauth")
    try:
        # A look-up of a name that hangs cannot be cut short; its thread is left to itself.
        return await asyncio.wait_for(worker.run(lambda: _posted(url, form)), limit)
    except TimeoutError:
        raise TimedOut(f"{place(url)} did not answer in {limit:.0f} s.") from None
    finally:
        worker.stop()


def place(url: str) -> str:
    """The host of an address, as it is named to the user; never its query."""
    return urllib.parse.urlsplit(url).netloc.rpartition("@")[2]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token request goes to the address of the configuration, and nowhere else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _posted(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the configuration allows https and loopback
        url,
        data=urllib.parse.urlencode(form).encode(),
        headers={"Accept": "application/json", "User-Agent": "followthrough"},
    )
    try:
        with _opener(url).open(request, timeout=STEP_LIMIT) as answer:
            return _object(url, answer.read(_LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(url, error, form) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _unreachable(url, error) from None


def _opener(url: str) -> urllib.request.OpenerDirector:
    # Reading the system's authorities takes a moment, which an address on this machine spares.
    tls = ssl.create_default_context() if url.startswith("https:") else None
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=tls), _NoRedirect)


def _object(url: str, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _no_provider(url)
    return answer


def _refused(
    url: str, answer: urllib.error.HTTPError, form: Mapping[str, str]
) -> Refusal | FollowthroughError:
    """A status other than 200: an error of OAuth's, or something that may pass."""
    if answer.code == 429 or answer.code >= 500:
        return ServerUnavailable(
            f"{place(url)} asks to come back later (HTTP {answer.code}).",
            retry_after=_pause(answer.headers.get("Retry-After")),
        )
    try:
        said = _object(url, answer.read(_LONGEST_ANSWER))
    except (FollowthroughError, OSError, HTTPException):
        return _no_provider(url)
    error = said.get("error")
    if not isinstance(error, str) or not error:
        return _no_provider(url)
    if error in ("temporarily_unavailable", "server_error"):
        return ServerUnavailable(f"{place(url)} asks to come back later ({error}).")
    return Refusal(_told(error, form), _told(said.get("error_description"), form))


def _told(value: object, form: Mapping[str, str]) -> str:
    """The provider's words on one line, without any secret that they repeat."""
    # Microsoft writes the numbers of its own log into the lines below the first.
    text = value.strip().partition("\n")[0] if isinstance(value, str) else ""
    for name in _SECRET_FIELDS:
        if form.get(name):
            text = text.replace(form[name], "…")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200].strip()


def _no_provider(url: str) -> ServerUnavailable:
    """Mostly the page of a hotel's or a train's network, shown in place of every other."""
    return ServerUnavailable(
        f"What answers as {place(url)} is not a sign-in server: a network that wants you to sign "
        "in to itself first, or a wrong address in the configuration."
    )


def _unreachable(url: str, error: Exception) -> ServerUnavailable:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ServerUnavailable(
            f"The certificate of {place(url)} cannot be trusted ({cause.verify_message}), so "
            "nothing was sent: check this machine's clock, and whether the network wants you to "
            "sign in to itself first."
        )
    if isinstance(cause, TimeoutError):
        return TimedOut(f"{place(url)} did not answer in {STEP_LIMIT:.0f} s.")
    return ServerUnavailable(
        f"{place(url)} cannot be reached: check whether the network is up"
        f"{', and the address in the configuration' if isinstance(cause, ValueError) else ''}."
    )


def _pause(header: str | None) -> float | None:
    """Retry-After in seconds (RFC 9110, 10.2.3); its other form, a date, would need their clock."""
    value = (header or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    return min(float(value), _LONGEST_PAUSE)
