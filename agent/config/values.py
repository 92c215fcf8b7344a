"""The kinds of values a configuration holds, each with its own check in plain words.

A check takes what TOML gave and returns what the program uses, or raises ValueError
with a text that says what is allowed; `problems.py` puts the dotted path before it.
"""

import difflib
import re
from collections.abc import Iterable
from datetime import time
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

#: An addr-spec of RFC 5322, 3.4.1, without comments, quotes or a display name.
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}")
_HOST = re.compile(r"[^\s/@:]{1,253}|[0-9A-Fa-f:.]{2,45}")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SOON = re.compile(r"[0-9]{1,3}\s?[mh]")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def nearest(word: str, names: Iterable[str]) -> str:
    """'; did you mean `x`?' for the likeliest of `names`, or "" where none is near."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"; did you mean `{folded[found[0]]}`?" if found else ""


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("this is empty; write something between the quotes, or remove the line")
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in text):
        raise ValueError("this holds a control character; type the value again by hand")
    return text.strip()


def _one_line(text: str) -> str:
    if "\n" in _filled(text):
        raise ValueError("this must fit on one line")
    return text.strip()


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text.strip()):
        raise ValueError(f'"{text}" is not an email address; write it bare, as "you@mail.example"')
    return text.strip().lower()


def _host(text: str) -> str:
    if not _HOST.fullmatch(text.strip()):
        raise ValueError(
            f'"{text}" is not a host name; write it bare, as "imap.mail.example", '
            "and the port in `port`"
        )
    return text.strip().lower()


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text.strip()).key
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f'"{text}" is not a time zone; write an IANA name such as "Europe/Berlin"'
            + _zone_hint(text.strip())
        ) from None


def _zone_hint(text: str) -> str:
    known = sorted(name for name in available_timezones() if "/" in name)
    cities = {name.rpartition("/")[2].casefold(): name for name in known}
    city = cities.get(text.casefold().replace(" ", "_"))
    return f"; did you mean `{city}`?" if city else nearest(text, known)


@cache
def _countries() -> dict[str, str]:
    """Every two-letter code by itself, and by the names and codes people write instead."""
    from holidays.registry import COUNTRIES

    codes = {"uk": "GB", "england": "GB", "usa": "US", "america": "US"}
    for name, (_, alpha2, *others) in COUNTRIES.items():
        words = (alpha2, name.replace("_", " "), *(word for word in others if len(word) == 3))
        codes.update((word.casefold(), alpha2) for word in words)
    return codes


def _country(text: str) -> str:
    code = text.strip().upper()
    known = _countries()
    if known.get(code.casefold()) == code:
        return code
    meant = known.get(text.strip().casefold())
    if meant is None:
        close = difflib.get_close_matches(text.strip().casefold(), known, n=1, cutoff=0.75)
        meant = known[close[0]] if close else None
    hint = f"; did you mean `{meant}`?" if meant else ""
    raise ValueError(
        f'"{text}" is not a country; write its two letters (ISO 3166), such as "DE" or "US"{hint}'
    )


def _clock(value: Any) -> time:
    if isinstance(value, time):  # TOML's own local time: 22:00:00 without quotes
        return value.replace(second=0, microsecond=0)
    match = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        shown = f'"{value}"' if isinstance(value, str) else str(value)
        raise ValueError(f'{shown} is not a time of day; write it in quotes, as "22:00"')
    return time(int(match[1]), int(match[2]))


def _soon(text: str) -> str:
    if not _SOON.fullmatch(text.strip()):
        raise ValueError(f'"{text}" is not a short time; write minutes or hours, as "5m" or "1h"')
    return text.strip()


def _url(text: str) -> str:
    """An address that secrets are sent to: encrypted, or on this very machine."""
    if not _may_be_told(_one_line(text)):
        raise ValueError(
            f'"{text}" is not an address that a secret may be sent to; write it whole, as '
            '"https://login.mail.example/token"'
        )
    return text.strip()


def _may_be_told(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # a port that is no number is found out here
    except ValueError:
        return False
    here = host in ("127.0.0.1", "::1", "localhost")
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and here))


def _scope(text: str) -> str:
    if len(_one_line(text).split()) != 1:
        raise ValueError(f'"{text}" is more than one scope; write each in quotes of its own')
    return text.strip()


def _fingerprint(text: str) -> str:
    digits = text.strip().lower().removeprefix("sha256:").replace(":", "").replace(" ", "")
    if not _SHA256.fullmatch(digits):
        raise ValueError("this is not a SHA-256 fingerprint; it has 64 hexadecimal digits")
    return digits


Text = Annotated[str, AfterValidator(_one_line)]
LongText = Annotated[str, AfterValidator(_filled)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, AfterValidator(_country)]
ClockTime = Annotated[time, BeforeValidator(_clock)]
Soon = Annotated[str, AfterValidator(_soon)]
Url = Annotated[str, AfterValidator(_url)]
Scope = Annotated[str, AfterValidator(_scope)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Port = Annotated[int, Field(ge=1, le=65535)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Security = Literal["tls", "starttls", "none"]


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


# TOML has lists, the program wants values that nobody can change: `strict=False` lets a list
# become a tuple, while each entry is still checked strictly.
_LIST = (Field(strict=False), AfterValidator(_distinct))
Texts = Annotated[tuple[Text, ...], *_LIST]
Addresses = Annotated[tuple[Address, ...], *_LIST]
Scopes = Annotated[tuple[Scope, ...], *_LIST]
Hosts = Annotated[tuple[Host, ...], *_LIST]
Weekdays = Annotated[tuple[Weekday, ...], *_LIST]
