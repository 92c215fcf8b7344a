"""An OAuth server on a loopback port: authorization, device, token, introspection, revocation.

It keeps to the letter of RFC 6749, 7636, 8628, 7662 and 7009, so that a client which does not
is refused; and it misbehaves on demand. Time does not pass in it: a test lets tokens expire.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET = "followthrough-test", "client-s3cret"
SCOPES = ("mail", "offline_access")

Form = dict[str, str]
Reply = tuple[int, dict[str, str], bytes]


@dataclass
class OAuthServer:
    """A running server, and what a test may turn on it.

    `user` is who consents; `consent` False has them refuse. `rotating` hands out a new refresh
    token at each renewal; a used one ends the whole sign-in (RFC 9700, 4.14.2). `device` is
    what the next questions of a device are answered with, before its tokens come. `broken`
    are replies that the next token requests get instead. Token requests wait while `going`
    is not set.
    """

    user: str = "ada"
    consent: bool = True
    rotating: bool = False
    with_refresh_token: bool = True
    interval: object = 5
    device: deque[str] = field(default_factory=deque)
    broken: deque[Reply] = field(default_factory=deque)
    port: int = 0
    requests: list[tuple[str, Form]] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    codes: dict[str, Form] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    used_up: set[str] = field(default_factory=set)
    access_tokens: dict[str, str] = field(default_factory=dict)
    device_codes: dict[str, str] = field(default_factory=dict)
    going: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        """The address of an endpoint."""
        return f"http://127.0.0.1:{self.port}/{path}"

    def asked(self, path: str) -> list[Form]:
        """Every form that an endpoint was sent."""
        return [form for where, form in self.requests if where == path]

    def sign_in(self) -> str:
        """A consent given earlier: its refresh token."""
        return self._new_refresh_token()

    def end_sign_ins(self) -> None:
        """What a changed password or an administrator does."""
        self.refresh_tokens.clear()
        self.access_tokens.clear()

    def expire_access_tokens(self) -> None:
        """What an hour does."""
        self.access_tokens.clear()

    # -- the endpoints ---------------------------------------------------------

    def authorize(self, query: Form) -> Reply:
        """The page that asks for consent, answered at once (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
        redirect = query.get("redirect_uri", "")
        if query.get("client_id") != CLIENT_ID or not redirect.startswith("http://"):
            return _text(400, "unknown client, or no address to go back to")
        if query.get("response_type") != "code" or query.get("code_challenge_method") != "S256":
            return _redirect(redirect, {"error": "invalid_request", "state": query["state"]})
        if not self.consent:
            return _redirect(redirect, {"error": "access_denied", "state": query["state"]})
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return _redirect(redirect, {"code": code, "state": query["state"]})

    def begin_device(self, form: Form) -> Reply:
        """RFC 8628, 3.2."""
        if form.get("client_id") != CLIENT_ID:
            return _error(401, "invalid_client")
        code = secrets.token_urlsafe(16)
        self.device_codes[code] = form.get("scope", "")
        return _json(
            200,
            {
                "device_code": code,
                "user_code": "WDJB-MJHT",
                "verification_uri": self.url("device"),
                "verification_uri_complete": self.url("device?user_code=WDJB-MJHT"),
                "expires_in": 900,
                "interval": self.interval,
            },
        )

    def token(self, form: Form) -> Reply:
        """RFC 6749, 5; RFC 8628, 3.5."""
        self.going.wait(10)
        if self.broken:
            return self.broken.popleft()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _error(401, "invalid_client", "the client, or its secret, is not known")
        match form.get("grant_type"):
            case "authorization_code":
                return self._for_a_code(form)
            case "refresh_token":
                return self._for_a_refresh_token(form)
            case "urn:ietf:params:oauth:grant-type:device_code":
                return self._for_a_device(form)
        return _error(400, "unsupported_grant_type")

    def introspect(self, form: Form) -> Reply:
        """RFC 7662: how Dovecot asks whose token it was shown."""
        user = self.access_tokens.get(form.get("token", ""))
        return _json(200, {"active": True, "username": user} if user else {"active": False})

    def revoke(self, form: Form) -> Reply:
        """RFC 7009."""
        token = form.get("token", "")
        self.revoked.append(token)
        self.refresh_tokens.pop(token, None)
        return _json(200, {})

    def _for_a_code(self, form: Form) -> Reply:
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge:
            return _error(400, "invalid_grant", "wrong code or verifier")
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return _error(400, "invalid_grant", "another address to go back to")
        return self._granted(self._new_refresh_token())

    def _for_a_refresh_token(self, form: Form) -> Reply:
        token = form.get("refresh_token", "")
        if token in self.used_up:
            self.end_sign_ins()
            return _error(400, "invalid_grant", f"reuse of {token}\r\nTrace: 1")
        if token not in self.refresh_tokens:
            return _error(400, "invalid_grant", f"{token} is no longer valid")
        if not self.rotating:
            return self._granted("")
        del self.refresh_tokens[token]
        self.used_up.add(token)
        return self._granted(self._new_refresh_token())

    def _for_a_device(self, form: Form) -> Reply:
        if form.get("device_code") not in self.device_codes:
            return _error(400, "invalid_grant")
        if self.device:
            return _error(400, self.device.popleft())
        return self._granted(self._new_refresh_token())

    def _granted(self, refresh_token: str) -> Reply:
        access = f"access-{secrets.token_urlsafe(24)}"
        self.access_tokens[access] = self.user
        answer: dict[str, object] = {
            "access_token": access,
            "token_type": "bearer",
            "expires_in": 3600,
            "scope": "mail",  # narrower than asked for, as Microsoft answers
        }
        if refresh_token and self.with_refresh_token:
            answer["refresh_token"] = refresh_token
        return _json(200, answer)

    def _new_refresh_token(self) -> str:
        token = f"refresh-{secrets.token_urlsafe(24)}"
        self.refresh_tokens[token] = self.user
        return token


def _json(status: int, answer: dict[str, object]) -> Reply:
    return status, {"Content-Type": "application/json"}, json.dumps(answer).encode()


def _error(status: int, error: str, description: str = "") -> Reply:
    return _json(status, {"error": error, "error_description": description})


def _text(status: int, text: str, **headers: str) -> Reply:
    return status, {"Content-Type": "text/html", **headers}, text.encode()


def _redirect(to: str, answer: Form) -> Reply:
    return 302, {"Location": f"{to}?{urlencode(answer)}"}, b""


@contextmanager
def running_oauth() -> Iterator[OAuthServer]:
    """Start a server, and stop it after the block."""
    state = OAuthServer()
    state.going.set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(state: OAuthServer) -> type[BaseHTTPRequestHandler]:
    posts = {
        "device": state.begin_device,
        "token": state.token,
        "introspect": state.introspect,
        "revoke": state.revoke,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = _first(parts.query)
            if parts.path == "/authorize":
                self._answer("authorize", query, state.authorize)
            else:
                self._send(_text(404, "not here"))

        def do_POST(self) -> None:
            path = urlsplit(self.path).path.strip("/")
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if path in posts:
                self._answer(path, _first(body.decode()), posts[path])
            else:
                self._send(_text(404, "not here"))

        def _answer(self, path: str, form: Form, reply) -> None:  # type: ignore[no-untyped-def]
            with state.lock:
                state.requests.append((path, form))
                answer = reply(form)
            self._send(answer)

        def _send(self, reply: Reply) -> None:
            status, headers, body = reply
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output to themselves."""

    return Handler


def _first(query: str) -> Form:
    return {name: values[0] for name, values in parse_qs(query).items()}
