"""Words around names as they are shown (`display.toml`), compiled on first use."""

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.lexicon.shipped import rows_of, shipped

_CAPITAL = r"[^\W\d_a-z]"


@dataclass(frozen=True, slots=True)
class DisplayWords:
    """What stands around an employer in a display name.

    `via` matches from the word before a relaying service to the end, `at` between whoever writes
    and the employer, `behalf` a whole name as the service, the words and for whom it sends.
    """

    via: re.Pattern[str]
    at: re.Pattern[str]
    plainly_at: re.Pattern[str]
    behalf: re.Pattern[str]
    titled: re.Pattern[str]
    assistant: re.Pattern[str]
    desks_behind: re.Pattern[str]
    services: re.Pattern[str]
    systems: re.Pattern[str]
    teams: frozenset[str]
    departments: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    given_of: frozenset[str]
    means_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class LegalForms:
    """Legal forms at the two ends of a firm's name, with what joins them to it.

    `unspoken` matches those that a sentence leaves out; `word` one that stands by itself with its
    capitals, `ends` a line up to one behind a comma, `behind_co` one behind "Co". `alone` is an
    expression of those that are no firm's name by themselves.
    """

    behind: re.Pattern[str]
    before: re.Pattern[str]
    unspoken: re.Pattern[str]
    word: re.Pattern[str]
    ends: re.Pattern[str]
    behind_co: re.Pattern[str]
    alone: str


@dataclass(frozen=True, slots=True)
class JobWords:
    """What stands before and behind a job's name, which a sentence does without."""

    article: re.Pattern[str]
    called: re.Pattern[str]
    numbered: re.Pattern[str]


@lru_cache(maxsize=1)
def display_words() -> DisplayWords:
    """The table `display` of `display.toml`."""
    says, words = rows_of(shipped("display")["display"])
    means_for = "|".join(sorted(words["for"]))
    return DisplayWords(
        via=re.compile(rf"\s+\(?(?:{says['via']})\s+\S.*$", re.I),
        at=re.compile(rf"\s+(?:{says['at']})\s+|\s*@\s*", re.I),
        plainly_at=re.compile(rf"\s(?:{says['plainly_at']})\s|@", re.I),
        behalf=re.compile(rf"(\S.{{1,40}}?) ({says['behalf']}|{means_for}) (.{{2,60}})", re.I),
        titled=re.compile(rf"(?:\S+ ){{0,2}}(?i:{says['titles']}) {_CAPITAL}\S+ {_CAPITAL}\S+$"),
        assistant=re.compile(rf"['’]s (?:{says['assistants']})$", re.I),
        desks_behind=re.compile(says["desks_behind"], re.I),
        services=re.compile(says["services"], re.I),
        systems=re.compile(says["systems"], re.I),
        teams=words["teams"],
        departments=words["departments"],
        joins=words["joins"],
        articles=words["articles"],
        given_of=words["given_of"],
        means_for=words["for"],
    )


@lru_cache(maxsize=1)
def legal_forms() -> LegalForms:
    """The table `legal` of `display.toml`."""
    says, _ = rows_of(shipped("display")["legal"])
    forms = f"{says['alone']}|{says['others']}"
    return LegalForms(
        behind=re.compile(rf"(?<![\s,])[\s,]+(?:{forms})\.?$", re.I),
        before=re.compile(rf"^(?i:{says['before']})\.? (?={_CAPITAL})"),
        unspoken=re.compile(rf"(?<![\s,&])[\s,]+(?:{forms}|{says['unspoken']})\.?$", re.I),
        word=re.compile(rf"(?:{forms})\.?"),
        ends=re.compile(rf"^[^,|·•]{{2,60}}, (?:{forms})\.?(?:\s|$)"),
        behind_co=re.compile(rf"\.?, (?:{forms})\b"),
        alone=rf"(?:{says['alone']})\.?",
    )


@lru_cache(maxsize=1)
def job_words() -> JobWords:
    """The table `job` of `display.toml`."""
    says, _ = rows_of(shipped("display")["job"])
    return JobWords(
        article=re.compile(rf"^(?:{says['articles']})\s+", re.I),
        called=re.compile(rf"(?<!\s)\s+(?:{says['called']})$", re.I),
        numbered=re.compile(
            rf"[\s,:–#-]{{0,3}}\b(?:{says['numbers']})[ .:#-]{{0,3}}\d[\w-]{{2,15}}$|\s{{0,2}}#\s?\d{{2,12}}$",
            re.I,
        ),
    )
