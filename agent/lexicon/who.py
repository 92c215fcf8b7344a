"""Words around the names of employers and people (`who.toml`), compiled on first use."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agent.lexicon.caseless import Caseless
from agent.lexicon.shipped import any_of, by_letter, shipped


@dataclass(frozen=True, slots=True)
class EmployerWords:
    """What stands before and after an employer's name, and the words that names are made of."""

    strong_before: Caseless
    weak_before: Caseless
    strong_after: re.Pattern[str]
    weak_after: re.Pattern[str]
    desk: Caseless
    general: frozenset[str]
    links: frozenset[str]
    institutions: frozenset[str]
    acts: re.Pattern[str]
    spelled: Mapping[str, str]
    universities: frozenset[str]
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class AgencyWords:
    """By what an agency is known: names and titles, what its people say, and what boards are called."""

    names: Caseless
    says: Caseless
    boards: Caseless
    relays: re.Pattern[str]
    desks: Caseless
    labels: re.Pattern[str]
    titles: Caseless


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("who")


@lru_cache(maxsize=1)
def employer_words() -> EmployerWords:
    """The table `employer` of `who.toml`."""
    table = _data()["employer"]
    return EmployerWords(
        strong_before=_before(table["strong_before"]),
        weak_before=_before(table["weak_before"]),
        strong_after=re.compile(rf"\s+(?:{any_of(table['strong_after'])})", re.IGNORECASE),
        weak_after=re.compile(rf"\s+{table['weak_after']}"),
        desk=Caseless(by_letter(table["desks"])),
        general=frozenset(table["general"].split()),
        links=frozenset(table["links"]),
        institutions=frozenset(table["institutions"]),
        acts=re.compile(
            rf"\s{{1,3}}(?:(?:{any_of(table['adverbs'])}) )?(?:{any_of(table['acts'])})",
            re.IGNORECASE,
        ),
        spelled={
            key: word
            for word in table["institutions"]
            if len(word) > 2
            for key in (_plain(word), _plain(word.translate(_GERMAN)))
        },
        universities=frozenset(table["universities"].split()),
        units=frozenset(table["units"].split()),
    )


@lru_cache(maxsize=1)
def agency_words() -> AgencyWords:
    """The table `agency` of `who.toml`."""
    table = _data()["agency"]
    return AgencyWords(
        names=Caseless(table["names"]),
        says=Caseless(by_letter([table["says"]])),
        boards=Caseless(table["boards"]),
        relays=re.compile(table["relays"]),
        desks=Caseless(table["desks"]),
        labels=re.compile(table["labels"]),
        titles=Caseless(table["titles"]),
    )


@lru_cache(maxsize=1)
def relays() -> frozenset[str]:
    """Names of services that send for anybody, letters alone: never an employer's."""
    return frozenset(_data()["relays"])


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _plain(word: str) -> str:
    """A word's letters without accents, as a domain has them."""
    parted = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in parted if "a" <= letter <= "z")


def _short(rows: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The whole names of each short one; a short name may have several rows."""
    found: dict[str, frozenset[str]] = {}
    for called, *names in (row.split() for row in rows):
        key = _letters(called)
        found[key] = found.get(key, frozenset()) | frozenset(map(_letters, names))
    return found


def _letters(name: str) -> str:
    """A name's letters as a comparison has them: "michal" of "Michał"."""
    return _plain(name.replace("ł", "l").translate(_GERMAN))


def _before(rows: Iterable[str]) -> Caseless:
    return Caseless(rf"(?:^|[^\w])(?:{any_of(rows)})\s*[\"“„«(]?$")


@dataclass(frozen=True, slots=True)
class RoleWordsAround:
    """Words that frame a role's title or end one, and words by which titles are known."""

    frames: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    fields: frozenset[str]
    phrases: frozenset[str]


@lru_cache(maxsize=1)
def words_around_roles() -> RoleWordsAround:
    """The table `role` of `who.toml`."""
    table = _data()["role"]
    return RoleWordsAround(
        frames=frozenset(table["frames"].split()),
        stops=frozenset(word.rstrip("?") for word in table["stops"].split()),
        heads=frozenset(table["heads"].split()),
        fields=frozenset(table["fields"].split()),
        phrases=frozenset(table["phrases"]),
    )


@lru_cache(maxsize=1)
def trades() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words in small letters that are trades (`trades.toml`): in German or Dutch, and in the rest."""
    rows = dict(shipped("trades"))
    german, dutch = (by_letter([rows.pop(f"trades_{code}")]) for code in ("de", "nl"))
    return re.compile(rf"[\w-]{{0,30}}(?:{german})|{dutch}"), re.compile(by_letter(rows.values()))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that mails write in small letters (`common.txt`): a capital alone makes no name of them."""
    text = files("agent.lexicon").joinpath("common.txt").read_text(encoding="utf-8")
    return frozenset(text.partition("\n")[2].split())


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """What stands around people's names, and which words are none."""

    honour: re.Pattern[str]
    strong_before: Caseless
    weak_before: Caseless
    after: re.Pattern[str]
    label: re.Pattern[str]
    closing: re.Pattern[str]
    never: frozenset[str]
    given: frozenset[str]
    activities: frozenset[str]
    owned: re.Pattern[str]
    with_owner: re.Pattern[str]
    with_article: re.Pattern[str]
    civil: re.Pattern[str]
    openings: Mapping[str, str]
    places: re.Pattern[str]
    surnames: frozenset[str]
    short: Mapping[str, frozenset[str]]
    given_words: frozenset[str]


@lru_cache(maxsize=1)
def people_words() -> PeopleWords:
    """The table `people` of `who.toml`."""
    table = _data()["people"]
    return PeopleWords(
        honour=re.compile(rf"(?<!\S)(?:(?:{table['honours']})\.?\s+)+"),
        strong_before=_before(table["strong_before"]),
        weak_before=_before(table["weak_before"]),
        after=re.compile(
            rf"(?:,\s+(?:who|our|the|die|der|qui|que|die|che)\s[^.;]{{3,70}},)?\s*(?:(?:just|also|already|really|only|now) )?(?:{any_of(table['after'])})"
        ),
        label=re.compile(
            rf"(?im)^[ \t>*|•–-]{{0,6}}(?:(?:{table['whose']}) )?{table['labels']}(?:[ \t]{{0,3}}[:|]\s{{0,3}}\|?\s{{0,3}}|[ \t]{{2,8}}(?=[^\W\d_]))(\S.{{0,300}})$"
        ),
        closing=re.compile(rf"(?i)^\W*(?:{table['closings']})(?:\b|(?<=\.))[\s,.:!–-]*"),
        never=frozenset(table["never"].split()),
        given=frozenset(table["given"].split()),
        activities=frozenset(table["activities"].split()),
        owned=re.compile(rf"\b(?:{table['house']})\s+((?:[\w/&-]+ ){{0,4}}[\w/&-]+),?\s*$"),
        with_owner=re.compile(
            rf"(?i:\b(?:{table['owners']}))\s(?:[a-zà-ÿ-]{{2,20}} ){{0,2}}[a-zà-ÿ-]{{3,20}},?\s$"
        ),
        with_article=re.compile(
            rf"(?i:\b(?:{table['articles']}))\s((?:[a-zà-ÿ-]{{2,20}} ){{0,2}}[a-zà-ÿ-]{{3,20}}),\s$"
        ),
        civil=re.compile(rf"(?:(?:{table['civil']})\.?\s+)+"),
        openings=table["openings"],
        places=re.compile(rf"(?:^|\s)(?:{table['places']})(?: the)?\s$"),
        surnames=frozenset(table["surnames"].split()),
        short=_short(table["short"].split(";")),
        given_words=frozenset(table["given_words"].split()),
    )
