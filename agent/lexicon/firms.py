"""Words by which firms' names are told from the rest (`firms.toml`), compiled on first use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.caseless import Caseless
from agent.lexicon.shapes import LANGUAGES
from agent.lexicon.shipped import any_of, shipped

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
    in_town: frozenset[str]
    nobody: re.Pattern[str]
    articles: frozenset[str]
    articles_kept: frozenset[str]
    of_roles: frozenset[str]
    at: frozenset[str]
    of: frozenset[str]
    told_of: frozenset[str]
    behind_person: frozenset[str]
    two_people: frozenset[str]
    posts: frozenset[str]
    as_role: frozenset[str]
    object_article: str
    part_of: re.Pattern[str]
    opens_room: re.Pattern[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class SenderWords:
    """What a sender's address, display name and subject say of whom the mail is from."""

    alerts: re.Pattern[str]
    talent: re.Pattern[str]
    hires: re.Pattern[str]
    mails: re.Pattern[str]
    behalf: re.Pattern[str]
    reports: Caseless
    referees: Caseless
    desk_box: re.Pattern[str]
    honour: re.Pattern[str]
    via: re.Pattern[str]
    ahead: re.Pattern[str]
    notice: re.Pattern[str]
    forms: frozenset[str]
    company_ends: tuple[str, ...]
    company_begins: tuple[str, ...]
    office: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """What somebody says who proposes a job for others, and of where the user works."""

    unnamed: Caseless
    places: Caseless
    placers: Caseless
    formerly: Caseless
    seeks_for: Caseless
    of_agencies: frozenset[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("firms")


@lru_cache(maxsize=1)
def firm_words() -> FirmWords:
    """The table `firm` of `firms.toml`."""
    table = _data()["firm"]
    return FirmWords(
        re.compile(rf"(?:{any_of(table['state_body'])}) (?:for|of)(?: the)? [^\W\d_a-z]"),
        re.compile(
            rf"\b(?:{any_of(table['meets'])}) {_PERSON} {_PERSON} (?:\([^()\n]{{2,40}}\) )?(?:{any_of(table['somebody_at'])}) $"
        ),
        re.compile(
            rf"(?i:{any_of(table['who_writes'])}) (?:[ao] )?{_PERSON}(?: {_PERSON})?,?"
            rf" (?:{any_of(table['writes_from'])})(?:{any_of(table['articles_after'])})? $"
        ),
        re.compile(rf"\.?, (?:{any_of(table['limited'])})\b"),
        re.compile(
            rf"(?:{any_of(table['contracted'])})['’](?:{any_of(table['contractions'])})\b", re.I
        ),
        re.compile(
            r"((?:[^\W\d_a-z][\w/&-]* ){0,4}[^\W\d_a-z][\w/&-]*)(?: \([^()]{1,12}\))?"
            rf"({any_of(table['role_at'])})(?:{any_of(table['role_articles'])})? $"
        ),
        frozenset(table["in_town"].split()),
        re.compile(rf"(?i){any_of(table['nobody'])}"),
        frozenset(table["articles"].split()),
        frozenset(table["articles_kept"].split()),
        frozenset(table["of_roles"].split()),
        frozenset(table["at"].split()),
        frozenset(table["of"].split()),
        frozenset(table["told_of"].split()),
        frozenset(table["behind_person"].split()),
        frozenset(table["two_people"].split()),
        frozenset(table["posts"].split()),
        frozenset(table["as_role"].split()),
        table["object_article"],
        re.compile(
            rf"(?i),? ?[-–—|(]?\s?(?:{any_of(table['part_of'])})(?: the| der| de| la| le| el| il)? "
        ),
        re.compile(
            rf"(?i)\s(?:{any_of(table['opens_room'])}) (?:an? |the |einem? )?(?:{any_of(table['rooms'])})"
        ),
        frozenset(table["never"].split()),
    )


@lru_cache(maxsize=1)
def sender_words() -> SenderWords:
    """The table `sender` of `firms.toml`."""
    table = _data()["sender"]
    return SenderWords(
        re.compile(any_of(table["alerts"])),
        re.compile(rf"(?i)\b(?:{any_of(table['talent'])})\b"),
        re.compile(any_of(table["hires"])),
        re.compile(any_of(table["mails"])),
        re.compile(rf"(?i:{any_of(table['behalf'])}) "),
        Caseless(rf"\b(?:{any_of(table['reports'])})(?: the| la| le| l.| el| il| die| der| de)? ?"),
        Caseless(any_of(table["referees"])),
        re.compile(rf"(?:{any_of(table['desk_boxes'])})"),
        re.compile(rf"(?i)(?:{any_of(table['honours'])})\.?$"),
        re.compile(rf"\b(?:{any_of(table['via'])})\b", re.IGNORECASE),
        re.compile(
            rf"(?::| [-–—|] |{any_of(table['invites'])}| (?:{any_of(table['rounds'])})?(?:{any_of(table['talks'])})\b)"
        ),
        re.compile(rf"(?i)^(?:(?:{any_of(table['notice'])})(?: \w+)?: )+"),
        frozenset(table["forms"].split()),
        tuple(table["company_ends"].split()),
        tuple(table["company_begins"].split()),
        frozenset(table["office"].split()),
    )


@lru_cache(maxsize=1)
def proposal_words() -> ProposalWords:
    """The table `proposal` of `firms.toml`."""
    table = _data()["proposal"]
    return ProposalWords(
        Caseless(any_of(each for language in LANGUAGES for each in _unnamed(table[language]))),
        Caseless(any_of(table["places"])),
        Caseless(rf"(?:^|\n)[ \t*_|-]{{0,4}}(?:{any_of(table['placers'])})\b"),
        Caseless(rf"\b(?:{any_of(table['formerly'])}) "),
        Caseless(rf"\b(?:{any_of(table['seeks_for'])}) "),
        frozenset(table["of_agencies"].split()),
    )


def _unnamed(words: dict[str, Any]) -> Iterator[str]:
    """What says in one language that an employer is not named."""
    between = r"(?:[\w.'’&/-]{1,25},? ){0,5}?"
    firm = rf"{between}{words['begins']}(?:{'|'.join(words['firms'].split())}){words['ends']}\b"
    after = rf"(?={any_of(words['after'])})" if words["after"] else ""
    yield rf"\b(?:{any_of(words['before'])}) ?{firm}{after}"
    if "first" in words:
        where = r"(?: (?:in|near|of|from|outside|based) [\w', -]{2,30}?)?"
        first, seeks = any_of(words["first"]), any_of(words["seeks"])
        yield rf"(?:^|[.,!?:\n] ?)(?:{first}) {firm}{where} (?:{seeks})\b"
