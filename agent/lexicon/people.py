"""What people write of themselves and of each other (`people.toml`), compiled on first use."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import any_of, shipped

_NAME = r"[^\W\d_a-z][^\W\d_A-Z]{1,14}"


@dataclass(frozen=True, slots=True)
class WriterWords:
    """By what a mail tells who writes it: greetings, introductions, titles, the line below a name.

    `recruits`, `coordinates` and `works` are titles; `parted` is what stands between somebody and
    a firm in a display name, `team_of` between a name and its team in a signature.
    """

    recruits: re.Pattern[str]
    coordinates: re.Pattern[str]
    works: re.Pattern[str]
    introduces: re.Pattern[str]
    greets: re.Pattern[str]
    addresses: re.Pattern[str]
    formal: re.Pattern[str]
    professional: re.Pattern[str]
    calls: re.Pattern[str]
    first_person: re.Pattern[str]
    parted: re.Pattern[str]
    letters: re.Pattern[str]
    part: re.Pattern[str]
    small: frozenset[str]
    trades: frozenset[str]
    legal: re.Pattern[str]
    legal_after: re.Pattern[str]
    titled: re.Pattern[str]
    team_of: re.Pattern[str]
    away: re.Pattern[str]
    pair: re.Pattern[str]
    yours: re.Pattern[str]
    never_of_names: frozenset[str]
    of_names: frozenset[str]
    on_behalf: re.Pattern[str]
    desk_ends: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class MentionWords:
    """By what a text shows whom it names, and whom it only greets."""

    greeting: re.Pattern[str]
    small_honour: re.Pattern[str]
    common: re.Pattern[str]
    judges: re.Pattern[str]
    decides: re.Pattern[str]
    of_firm: re.Pattern[str]
    called: re.Pattern[str]
    academic: re.Pattern[str]
    between: frozenset[str]
    one_list: re.Pattern[str]
    item: re.Pattern[str]
    title: re.Pattern[str]
    somebody_else: re.Pattern[str]
    before_firm: frozenset[str]
    in_no_name: frozenset[str]
    in_no_title: frozenset[str]
    beside: re.Pattern[str]
    apart: re.Pattern[str]
    arranges: re.Pattern[str]
    months: re.Pattern[str]
    opens: re.Pattern[str]
    shortened: re.Pattern[str]
    ranked: re.Pattern[str]
    calls_on: re.Pattern[str]
    lettered: frozenset[str]
    cities: frozenset[str]
    of_ours: re.Pattern[str]
    place_of: re.Pattern[str]
    called_after: frozenset[str]
    street: re.Pattern[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("people")


@lru_cache(maxsize=1)
def writer_words() -> WriterWords:
    """The table `writer` of `people.toml`."""
    table = _data()["writer"]
    legal = rf"(?:{any_of(table['legal'])})\.?"
    return WriterWords(
        re.compile(rf"(?i){any_of(table['recruits'])}"),
        re.compile(rf"(?i){any_of(table['coordinates'])}"),
        re.compile(rf"(?i)\b(?:{any_of(table['works'])})\b"),
        re.compile(
            rf"\b(?:{any_of(table['introduces'])}) ({_NAME}(?: [^\W\d_a-z][\w'’-]{{1,20}})?)(?=[,.!]|{any_of(table['introduced'])})"
            rf"|(?:^|[\n.!,] ?)({_NAME}) (?:{any_of(table['here'])})\b"
        ),
        re.compile(
            rf"\s*(?i:{any_of(table['greets'])})[ ,]{{1,2}}([^\W\d_a-z][^,;:!?\n]{{1,40}}?)\s?[,;:!.\n–-]"
        ),
        re.compile(rf"(?:{any_of(table['addresses'])})\b"),
        re.compile(rf"^{any_of(table['formal'])}"),
        re.compile(rf"(?:{any_of(table['professional'])})\.?\s"),
        re.compile(any_of(table["calls"])),
        re.compile(rf"(?i)\b(?:{any_of(table['first_person'])})"),
        re.compile(
            rf"\s+(?:{any_of(table['parted'])})\s+|\s*[|(@\[]\s*|\s+[-–—]\s+|\s+x+$|\s*/\s*",
            re.IGNORECASE,
        ),
        re.compile(rf",?\s+(?:{any_of(table['letters'])})\b.*$"),
        re.compile(
            rf"(?:[^\W\d_a-z](?:[\w'’.-]*\w)?\.?|(?:{'|'.join(table['small'].split())})|[^\W\d_a-z]\.|[dDlL]['’][^\W\d_a-z][\w-]*)"
        ),
        frozenset(table["small"].split()),
        frozenset(table["trades"].split()),
        re.compile(legal),
        re.compile(rf"^[^,|·•]{{2,60}}, {legal}(?:\s|$)"),
        re.compile(rf"(?i){any_of(table['titled'])}"),
        re.compile(
            rf"\s*[,|·•(]\s*|\s+[-–—]\s+|\s+(?:{any_of(table['team_of'])})\s",
        ),
        re.compile(rf"(?:, [^,.;\n]{{3,40}},)?(?:{any_of(table['away'])})\b"),
        re.compile(
            rf"([^\W\d_a-z][\w'’-]{{1,20}}) (?:{table['pairs']}) ([^\W\d_a-z][\w'’-]{{1,20}})"
            r"(?: ([^\W\d_a-z][\w'’-]{1,25}))?"
        ),
        re.compile(rf"(?i){any_of(table['yours'])}"),
        frozenset(table["never_of_names"].split()),
        frozenset(table["of_names"].split()),
        re.compile(any_of(table["on_behalf"])),
        re.compile(table["desk_ends"]),
    )


@lru_cache(maxsize=1)
def mention_words() -> MentionWords:
    """The table `mention` of `people.toml`."""
    table = _data()["mention"]
    joined = any_of(table["joined"])
    return MentionWords(
        re.compile(rf"(?i)\b(?:{any_of(table['greeting'])})\s*,?\s*$"),
        re.compile(
            rf"\b(?:{any_of(table['small_honours'])}) (?:(?:{any_of(table['after_honours'])}) )?[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?"
        ),
        re.compile(rf"(?:{any_of(table['endings'])})$|^(?:{any_of(table['contracted'])})['’]"),
        re.compile(rf"(?:\s(?:and [A-Z]\w+ )?(?:{any_of(table['judges'])}))\b"),
        re.compile(rf"\s(?:{any_of(table['decides'])})\b"),
        re.compile(rf"[^\W\d_a-z][^\W\d_A-Z]+ (?:{any_of(table['of_firm'])}) $"),
        re.compile(rf"(?:{any_of(table['called'])})\b"),
        re.compile(rf"^(?:{any_of(table['civil'])})\.? (?=(?:{any_of(table['academic'])})\.?)"),
        frozenset(table["between"].split()),
        re.compile(
            rf"(?:\s?\([^()\n]{{1,60}}\))?\s*(?:[,;&]|,? ?\b(?:{joined})\b)\s*(?:\d{{1,2}}[:.]\d\d\s*)?"
            rf"|, [^.,;\n]{{2,50}}(?:;|,? (?:{joined})\b)\s*"
        ),
        re.compile(rf",? (?:{joined}) |\s*&\s*|;\s*|,\s+(?=[A-Z])|\s+\|\s+"),
        re.compile(
            r"\s*(?:\(([^()@\n]{2,50}?)(?:, ?[^(),@\s]{1,64}@[^()@\s]{1,99})?\)|,\s+"
            rf"(?:(?:{any_of(table['who_is'])})?(?:{any_of(table['behind'])})\s+)?([^,.;:()\n]{{2,50}}))"
        ),
        re.compile(
            rf"[.!?]\s|(?:^|[),])\s*(?:{any_of(table['others'])})\s+[^\W\d_a-z]|\)[,;]\s+[^\W\d_a-z]"
        ),
        frozenset(table["of_firm_small"].split()),
        frozenset(table["never_in_names"].split()),
        frozenset(table["no_title"].split()),
        re.compile(rf"\b(?:{any_of(table['beside'])})\s$"),
        re.compile(rf"(?:^|[^\w])(?:{any_of(table['apart'])})\s$"),
        re.compile(rf"{any_of(table['arranges'])}\b"),
        re.compile(rf"(?i:{any_of(table['months'])})"),
        re.compile(rf"(?i:{any_of(table['opens'])})"),
        re.compile(rf"(?<![^\s(])(?:{any_of(table['shortened'])})\.\s$"),
        re.compile(rf"^(?:{any_of(table['civil'])}) (?:{any_of(table['ranked'])}) "),
        re.compile(any_of(table["calls_on"])),
        frozenset(table["lettered"].split()),
        frozenset(table["cities"].split()),
        re.compile(rf"(?:{any_of(table['of_ours'])})"),
        re.compile(rf"(?:^|[^\w])(?:{any_of(table['place_of'])})\s$"),
        frozenset(table["called_after"].split()),
        re.compile(table["street"]),
    )
