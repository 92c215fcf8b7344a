"""The loopback flow (RFC 8252, 7.3): the browser hands the code back to a port of this machine.

With PKCE (RFC 7636, S256), so that a code which somebody else catches is of no use to them,
and a `state` that only our own page's answer carries. Any page and any program here can send
requests to the port: what has the wrong state is turned away, and does not end the wait.
"""

import asyncio
import base64
import contextlib
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import parse_qs, urlencode, urlsplit

from agent.adapters.oauth.grants import Granted, in_our_words, redeemed
from agent.adapters.oauth.post import Refusal
from agent.adapters.oauth.providers import Client
from agent.errors import SignInRefused, UsageError

#: Seconds that the user has, and that one request of a browser may take.
PATIENCE, _REQUEST_LIMIT = 600.0, 10.0
_LONGEST_REQUEST = 16 * 1024

_PAGE = """\
<!doctype html><html lang="en"><meta charset="utf-8"><title>Followthrough</title>
<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em">
<h1>{title}</h1><p>{text}</p></body></html>
"""
_DONE = "Back to the terminal", "Your answer has arrived. You can close this page."
_STRAY = "Nothing here", "This address only takes the answer to a sign-in that is under way."


@dataclass(frozen=True, slots=True)
class _Request:
    """What the page that asks for consent is told, and what its answer is known by."""

    address: str
    redirect: str
    state: str
    verifier: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """A code, or the provider's refusal."""

    code: str = ""
    refusal: Refusal | None = None


async def sign_in(
    client: Client, show: Callable[[str], None], *, patience: float = PATIENCE
) -> Granted:
    """Have the user consent in a browser; `show` is told the address to open.

    Raises SignInRefused where they refuse or let `patience` seconds go by, UsageError where
    the port is taken, ServerUnavailable where the provider cannot be reached afterwards.
    """
    async with _listening(client) as (request, answer):
        show(request.address)
        try:
            given = await asyncio.wait_for(answer, patience)
        except TimeoutError:
            raise SignInRefused(
                f"No answer came from the browser within {patience / 60:.0f} minutes, so nothing "
                f"was kept; followthrough login {client.account} starts again."
            ) from None
    if given.refusal is not None:
        raise in_our_words(client, given.refusal)
    return await redeemed(client, given.code, request.verifier, request.redirect)


@asynccontextmanager
async def _listening(client: Client) -> AsyncIterator[tuple[_Request, "asyncio.Future[_Answer]"]]:
    """A port of this machine that waits for the answer to a request."""
    answer: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
    state = secrets.token_urlsafe(32)
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            talks.add(task)
            task.add_done_callback(talks.discard)
        with contextlib.suppress(OSError):
            await _serve(reader, writer, state, answer)

    server = await _bound(client, talk)
    port = server.sockets[0].getsockname()[1]
    try:
        yield _request(client, port, state), answer
    finally:
        server.close()
        # Browsers open connections ahead, and say nothing on them.
        for task in tuple(talks):
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


async def _bound(client: Client, talk: Callable[..., object]) -> asyncio.Server:
    port = client.redirect_port
    try:
        # This machine alone: 127.0.0.1, whatever the provider wants it to be called.
        return await asyncio.start_server(
            talk,  # type: ignore[arg-type]  # a coroutine function
            "127.0.0.1",
            port,
            limit=_LONGEST_REQUEST,
        )
    except OSError:
        raise UsageError(
            f"Port {port} of this machine, which the browser is to answer to, is taken: end the "
            f"program that holds it, or remove accounts.{client.account}.oauth.redirect_port, "
            "and any free port is used."
        ) from None


def _request(client: Client, port: int, state: str) -> _Request:
    verifier = secrets.token_urlsafe(64)  # 86 characters; RFC 7636, 4.1 wants 43 to 128
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    redirect = f"http://{client.redirect_host}:{port}"
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect,
        "scope": " ".join(client.scopes),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
        # So that the page offers the right one of several accounts.
        "login_hint": client.username,
        **dict(client.extra),
    }
    joint = "&" if urlsplit(client.authorize_url).query else "?"
    address = f"{client.authorize_url}{joint}{urlencode(query)}"
    return _Request(address, redirect, state, verifier)


async def _serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    state: str,
    answer: "asyncio.Future[_Answer]",
) -> None:
    """One request of a browser: the answer waited for, or something to be turned away."""
    try:
        async with asyncio.timeout(_REQUEST_LIMIT):
            head = await reader.readuntil(b"\r\n\r\n")
            found = _answer_in(head, state)
            writer.write(_page("200 OK", *_DONE) if found else _page("404 Not Found", *_STRAY))
            await writer.drain()
        if found is not None and not answer.done():
            answer.set_result(found)
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass  # no browser of ours: dropped without a word
    finally:
        writer.close()


def _answer_in(head: bytes, state: str) -> _Answer | None:
    """The answer that a request carries, if it is to our own question."""
    method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
    target = rest.partition(" ")[0]
    if method != "GET" or not target.startswith(("/?", "?")):
        return None
    try:
        query = parse_qs(target.partition("?")[2], max_num_fields=50)
    except ValueError:
        return None
    first = {name: values[0] for name, values in query.items()}
    if not compare_digest(first.get("state", "").encode(), state.encode()):
        return None
    if "error" in first:
        return _Answer(refusal=Refusal(_plain(first["error"]), _plain(_description(first))))
    return _Answer(code=first["code"]) if first.get("code") else None


def _description(query: dict[str, str]) -> str:
    return query.get("error_description", "")


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200].strip()


def _page(status: str, title: str, text: str) -> bytes:
    body = _PAGE.format(title=title, text=text).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\nCache-Control: no-store\r\n"
        "Referrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\r\n"
    )
    return head.encode("ascii") + body
