"""Words by which firms' names are told from the rest (`firms.toml`), compiled on first use."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_PERSON = r"[^\W\d_a-z][\w'’-]{1,20}"


@dataclass(frozen=True, slots=True)
class FirmWords:
    """What stands around a firm's name in a text, and which runs of capitals are no firm's."""

    state_body: re.Pattern[str]
    somebody_at: re.Pattern[str]
    who_writes: re.Pattern[str]
    limited: re.Pattern[str]
    contracted: re.Pattern[str]
    role_at: re.Pattern[str]
    nobody: re.Pattern[str]
    articles: frozenset[str]
    articles_kept: frozenset[str]
    of_roles: frozenset[str]
    at: frozenset[str]
    of: frozenset[str]
    behind_person: frozenset[str]
    two_people: frozenset[str]
    posts: frozenset[str]
    as_role: frozenset[str]
    object_article: str
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class SenderWords:
    """What a sender's address, display name and subject say of whom the mail is from."""

    alerts: re.Pattern[str]
    talent: re.Pattern[str]
    hires: re.Pattern[str]
    mails: re.Pattern[str]
    behalf: re.Pattern[str]
    desk_box: re.Pattern[str]
    honour: re.Pattern[str]
    via: re.Pattern[str]
    ahead: re.Pattern[str]
    notice: re.Pattern[str]
    forms: frozenset[str]
    company_ends: tuple[str, ...]
    office: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("agent.lexicon").joinpath("firms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _any(rows: Iterable[str]) -> str:
    return "|".join(rows)


@lru_cache(maxsize=1)
def firm_words() -> FirmWords:
    """The table `firm` of `firms.toml`."""
    table = _data()["firm"]
    return FirmWords(
        re.compile(rf"(?:{_any(table['state_body'])}) (?:for|of)(?: the)? [^\W\d_a-z]"),
        re.compile(
            rf"\b(?:{_any(table['meets'])}) {_PERSON} {_PERSON} (?:\([^()\n]{{2,40}}\) )?(?:{_any(table['somebody_at'])}) $"
        ),
        re.compile(
            rf"(?i:{_any(table['who_writes'])}) (?:[ao] )?{_PERSON}(?: {_PERSON})?,?"
            rf" (?:{_any(table['writes_from'])})(?:{_any(table['articles_after'])})? $"
        ),
        re.compile(rf"\.?, (?:{_any(table['limited'])})\b"),
        re.compile(
            rf"(?:{_any(table['contracted'])})['’](?:{_any(table['contractions'])})\b", re.I
        ),
        re.compile(
            r"((?:[^\W\d_a-z][\w/&-]* ){0,4}[^\W\d_a-z][\w/&-]*)(?: \([^()]{1,12}\))?"
            rf"({_any(table['role_at'])})(?:{_any(table['role_articles'])})? $"
        ),
        re.compile(rf"(?i){_any(table['nobody'])}"),
        frozenset(table["articles"].split()),
        frozenset(table["articles_kept"].split()),
        frozenset(table["of_roles"].split()),
        frozenset(table["at"].split()),
        frozenset(table["of"].split()),
        frozenset(table["behind_person"].split()),
        frozenset(table["two_people"].split()),
        frozenset(table["posts"].split()),
        frozenset(table["as_role"].split()),
        table["object_article"],
        frozenset(table["never"].split()),
    )


@lru_cache(maxsize=1)
def sender_words() -> SenderWords:
    """The table `sender` of `firms.toml`."""
    table = _data()["sender"]
    return SenderWords(
        re.compile(_any(table["alerts"])),
        re.compile(rf"(?i)\b(?:{_any(table['talent'])})\b"),
        re.compile(_any(table["hires"])),
        re.compile(_any(table["mails"])),
        re.compile(rf"(?i:{_any(table['behalf'])}) "),
        re.compile(rf"(?:{_any(table['desk_boxes'])})"),
        re.compile(rf"(?i)(?:{_any(table['honours'])})\.?$"),
        re.compile(rf"\b(?:{_any(table['via'])})\b", re.IGNORECASE),
        re.compile(
            rf"(?::| [-–—|] |{_any(table['invites'])}| (?:{_any(table['rounds'])})?(?:{_any(table['talks'])})\b)"
        ),
        re.compile(rf"(?i)^(?:(?:{_any(table['notice'])})(?: \w+)?: )+"),
        frozenset(table["forms"].split()),
        tuple(table["company_ends"].split()),
        frozenset(table["office"].split()),
    )
