"""Words by which firms' names are told from the rest (`firms.toml`), compiled on first use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.caseless import Caseless
from agent.lexicon.display import legal_forms
from agent.lexicon.shapes import LANGUAGES
from agent.lexicon.shipped import any_of, rows_of, shipped

_PERSON = r"[^\W\d_a-z][\w'’-]{1,20}"


@dataclass(frozen=True, slots=True)
class FirmWords:
    """What stands around a firm's name in a text, and which runs of capitals are no firm's."""

    state_body: re.Pattern[str]
    somebody_at: re.Pattern[str]
    who_writes: re.Pattern[str]
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
    for_role: frozenset[str]
    object_articles: frozenset[str]
    plural: re.Pattern[str]
    saints: frozenset[str]
    part_of: Caseless
    subsidiaries: Caseless
    group_firms: re.Pattern[str]
    opens_room: re.Pattern[str]
    trades: re.Pattern[str]
    interviews: re.Pattern[str]
    engages: re.Pattern[str]
    customers: Caseless
    clients: frozenset[str]
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
    group: re.Pattern[str]
    forms: frozenset[str]
    company_begins: tuple[str, ...]


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


def _article() -> str:
    """An article before a firm's name, or none."""
    return rf"(?: (?:{any_of(_data()['firm']['before_name'])}))?"


@lru_cache(maxsize=1)
def firm_words() -> FirmWords:
    """The table `firm` of `firms.toml`."""
    says, words = rows_of(_data()["firm"])
    article = _article()
    return FirmWords(
        state_body=re.compile(rf"(?:{says['state_body']}) [^\W\d_a-z]"),
        somebody_at=re.compile(
            rf"\b(?:{says['meets']}) {_PERSON} {_PERSON} (?:\([^()\n]{{2,40}}\) )?(?:{says['somebody_at']}) $"
        ),
        who_writes=re.compile(
            rf"(?i:{says['who_writes']}) {_PERSON}(?: {_PERSON})?,?"
            rf" (?:{says['writes_from']}){article} $"
        ),
        contracted=re.compile(rf"(?:{says['contracted']})['’](?:{says['contractions']})\b", re.I),
        role_at=re.compile(
            r"((?:[^\W\d_a-z][\w/&-]* ){0,4}[^\W\d_a-z][\w/&-]*)(?: \([^()]{1,12}\))?"
            rf"({says['role_at']}){article} $"
        ),
        in_town=words["in_town"],
        nobody=re.compile(rf"(?i){legal_forms().alone}|{says['nobody']}"),
        articles=words["articles"],
        articles_kept=words["articles_kept"],
        of_roles=words["of_roles"],
        at=words["at"],
        of=words["of"],
        told_of=words["told_of"],
        behind_person=words["behind_person"],
        two_people=words["two_people"],
        posts=words["posts"],
        as_role=words["as_role"],
        for_role=words["for_role"],
        object_articles=words["object_articles"],
        plural=re.compile(rf"\s{{1,3}}(?:{says['plural']})\b"),
        saints=words["saints"],
        part_of=Caseless(rf",? ?[-–—|(]?\s?(?:{says['part_of']}){article} "),
        subsidiaries=Caseless(rf"\b(?:{says['subsidiaries']}),?{article} [\"“„«]?"),
        group_firms=re.compile(rf"(?i) ?(?:{says['group_firms']})"),
        opens_room=re.compile(rf"(?i)\s(?:{says['opens_room']}) (?:{says['rooms']})"),
        trades=re.compile(rf"(?i) (?:{says['trades']})\b"),
        interviews=re.compile(rf"(?i) (?:{says['interviews']})\b"),
        engages=re.compile(rf"(?i),? (?:{says['engages']})"),
        customers=Caseless(rf"\b(?:{says['customers']})"),
        clients=words["clients"],
        never=words["never"],
    )


@lru_cache(maxsize=1)
def sender_words() -> SenderWords:
    """The table `sender` of `firms.toml`, with the words of a display name that letters say too."""
    table = _data()["sender"]
    says, words = rows_of(table)
    shown, _ = rows_of(shipped("display")["display"])
    return SenderWords(
        alerts=re.compile(says["alerts"]),
        talent=re.compile(rf"(?i)\b(?:{says['talent']})\b"),
        hires=re.compile(says["hires"]),
        mails=re.compile(says["mails"]),
        behalf=re.compile(rf"(?i:{shown['behalf']}) "),
        reports=Caseless(rf"\b(?:{says['reports']}){_article()} ?"),
        referees=Caseless(says["referees"]),
        group=re.compile(says["groups"]),
        forms=words["forms"],
        company_begins=tuple(table["company_begins"].split()),
    )


@lru_cache(maxsize=1)
def proposal_words() -> ProposalWords:
    """The table `proposal` of `firms.toml`."""
    table = _data()["proposal"]
    says, words = rows_of(table)
    return ProposalWords(
        unnamed=Caseless(
            any_of(
                each for language in LANGUAGES for each in _unnamed(table[language], says["where"])
            )
        ),
        places=Caseless(says["places"]),
        placers=Caseless(rf"(?:^|\n)[ \t*_|-]{{0,4}}(?:{says['placers']})\b"),
        formerly=Caseless(rf"\b(?:{says['formerly']}) "),
        seeks_for=Caseless(rf"\b(?:{says['seeks_for']}) "),
        of_agencies=words["of_agencies"],
    )


def _unnamed(words: dict[str, Any], within: str) -> Iterator[str]:
    """What says in one language that an employer is not named; `within` leads to where it is."""
    between = r"(?:[\w.'’&/-]{1,25},? ){0,5}?"
    firm = rf"{between}{words['begins']}(?:{'|'.join(words['firms'].split())}){words['ends']}\b"
    after = rf"(?={any_of(words['after'])})" if words["after"] else ""
    yield rf"\b(?:{any_of(words['before'])}) ?{firm}{after}"
    if "first" in words:
        where = rf"(?: (?:{within}) [\w', -]{{2,30}}?)?"
        first, seeks = any_of(words["first"]), any_of(words["seeks"])
        yield rf"(?:^|[.,!?:\n] ?)(?:{first}) {firm}{where} (?:{seeks})\b"
