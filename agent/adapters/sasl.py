"""How an access token is shown to a mail server: OAUTHBEARER (RFC 7628), or XOAUTH2.

XOAUTH2 is Google's forerunner of it, which Microsoft speaks alone. Both are told an error as
a JSON object in a challenge, which has to be answered before the server says NO: by a single
control-A in OAUTHBEARER (RFC 7628, 3.2.3), by an empty response in XOAUTH2.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

Mechanism = Literal["OAUTHBEARER", "XOAUTH2"]

#: The standard first.
MECHANISMS: tuple[Mechanism, ...] = ("OAUTHBEARER", "XOAUTH2")
_LONGEST_ERROR = 4096


def chosen(offered: Collection[str]) -> Mechanism | None:
    """The best mechanism among those offered (upper case), or None."""
    return next((each for each in MECHANISMS if each in offered), None)


@dataclass(slots=True)
class Exchange:
    """One attempt: called with each challenge, it gives the response, or None to end it.

    `error` is what the server said in its JSON, in plain words; "" where it said nothing.
    """

    mechanism: Mechanism
    user: str
    token: str = field(repr=False)
    host: str
    port: int
    error: str = ""
    _answered: int = 0

    def __call__(self, challenge: bytes) -> bytes | None:
        self._answered += 1
        if self._answered == 1:
            return self._first()
        if self._answered > 2:
            return None  # there is no third step in either
        self.error = error_words(challenge)
        return b"\1" if self.mechanism == "OAUTHBEARER" else b""

    def _first(self) -> bytes:
        bearer = f"auth=Bearer {self.token}\1\1"
        if self.mechanism == "XOAUTH2":
            return f"user={self.user}\1{bearer}".encode()
        # RFC 5801, 4: a comma or an equals sign in the name would end it.
        name = self.user.replace("=", "=3D").replace(",", "=2C")
        return f"n,a={name},\1host={self.host}\1port={self.port}\1{bearer}".encode()


def error_words(challenge: bytes) -> str:
    """What the error of RFC 7628, 3.2.2 says: its status, and the scope it asks for."""
    try:
        said = json.loads(challenge[:_LONGEST_ERROR])
    except (ValueError, RecursionError):
        return ""
    if not isinstance(said, dict):
        return ""
    words = [_short(said.get("status"))]
    if scope := _short(said.get("scope")):
        words.append(f"scope {scope}")
    return ", ".join(word for word in words if word)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(sign for sign in text if sign.isprintable())[:120]
