"""What people write of themselves and of each other (`people.toml`), compiled on first use."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.lexicon.shipped import rows_of, shipped

_NAME = r"[^\W\d_a-z][^\W\d_A-Z]{1,14}"


@dataclass(frozen=True, slots=True)
class WriterWords:
    """By what a mail tells who writes it: greetings, introductions, titles, the line below a name.

    `recruits`, `coordinates` and `works` are titles; `parted` is what stands between somebody and
    a firm in a display name, `team_of` between a name and its team in a signature.
    """

    recruits: re.Pattern[str]
    screens: re.Pattern[str]
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
    articles: frozenset[str]
    trades: frozenset[str]
    titled: re.Pattern[str]
    team_of: re.Pattern[str]
    away: re.Pattern[str]
    pair: re.Pattern[str]
    apart: re.Pattern[str]
    for_whom: re.Pattern[str]
    yours: re.Pattern[str]
    never_of_names: frozenset[str]
    of_names: frozenset[str]
    on_behalf: re.Pattern[str]
    desk_ends: re.Pattern[str]
    machines: re.Pattern[str]


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
    saints: frozenset[str]
    street: re.Pattern[str]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return shipped("people")


@lru_cache(maxsize=1)
def writer_words() -> WriterWords:
    """The table `writer` of `people.toml`."""
    says, words = rows_of(_data()["writer"])
    shown, _ = rows_of(shipped("display")["display"])
    return WriterWords(
        recruits=re.compile(rf"(?i){says['recruits']}"),
        screens=re.compile(rf"(?i){says['screens']}"),
        coordinates=re.compile(rf"(?i){says['coordinates']}"),
        works=re.compile(rf"(?i)\b(?:{says['works']})\b"),
        introduces=re.compile(
            rf"\b(?:{says['introduces']}) ({_NAME}(?: [^\W\d_a-z][\w'’-]{{1,20}})?)(?=[,.!]|{says['introduced']})"
            rf"|(?:^|[\n.!,] ?)({_NAME}) (?:{says['here']})\b"
            # "Joanna Bąk (Kodeks Nieruchomości) zaprasza", "Daniela Obermaier von Berger Medizintechnik bittet"
            rf"|(?:^|\n|[.!?:] )({_NAME} (?:(?:van|de|von|der|da|di|den|del|la|le) ){{0,2}}[^\W\d_a-z][\w'’-]{{1,20}})(?: \([^()\n]{{2,60}}\)|, [^,.:\n]{{3,60}},"
            rf"| (?:{says['of_whom']}) [^\W\d_a-z][^,.:;()\n]{{1,50}}?)? (?i:{says['sends']})(?!\w)"
        ),
        greets=re.compile(
            rf"\s*(?i:{says['greets']})[ ,]{{1,2}}([^\W\d_a-z][^,;:!?\n]{{1,40}}?)\s?[,;:!.\n–-]"
        ),
        addresses=re.compile(rf"(?:{says['addresses']})\b"),
        formal=re.compile(rf"^{says['formal']}"),
        professional=re.compile(rf"(?:{says['professional']})\.?\s"),
        calls=re.compile(says["calls"]),
        first_person=re.compile(rf"(?i)\b(?:{says['first_person']})"),
        parted=re.compile(
            rf"\s+(?:{shown['via']}|{says['parted']})\s+|\s*[|(@\[]\s*|\s+[-–—]\s+|\s+x+$|\s*/\s*",
            re.IGNORECASE,
        ),
        letters=re.compile(rf",?\s+(?:{says['letters']})\b.*$"),
        part=re.compile(
            rf"(?:[^\W\d_a-z](?:[\w'’.-]*\w)?\.?|(?:{'|'.join(sorted(words['small']))})|[^\W\d_a-z]\.|[dDlL]['’][^\W\d_a-z][\w-]*)"
        ),
        small=words["small"],
        articles=words["articles"],
        trades=words["trades"],
        titled=re.compile(rf"(?i){says['titled']}"),
        team_of=re.compile(
            rf"\s*[,|·•(]\s*|\s+[-–—]\s+|\s+(?:{says['team_of']})\s",
        ),
        away=re.compile(rf"(?:, [^,.;\n]{{3,40}},)?(?:{says['away']})\b"),
        pair=re.compile(
            rf"([^\W\d_a-z][\w'’-]{{1,20}}) (?:{says['pairs']}) ([^\W\d_a-z][\w'’-]{{1,20}})"
            r"(?: ([^\W\d_a-z][\w'’-]{1,25}))?"
        ),
        apart=re.compile(rf"\s*[/|·•]\s*|[ \t]{{2,}}|\t|,? (?:{says['pairs']}) |, "),
        for_whom=re.compile(
            r"^(?:i\. ?[AV]\.|[pP]\.? ?[pP]\.?|ppa\.|gez\.|w\.g\.|wz\.|z up\.|[Ff]do\.:?|p\.o\.|P\.O\.)\s*"
        ),
        yours=re.compile(rf"(?i){says['yours']}"),
        never_of_names=words["never_of_names"],
        of_names=words["of_names"],
        on_behalf=re.compile(says["on_behalf"]),
        desk_ends=re.compile(says["desk_ends"]),
        machines=re.compile(rf"\b(?:{says['machines']})\b"),
    )


@lru_cache(maxsize=1)
def mention_words() -> MentionWords:
    """The table `mention` of `people.toml`."""
    says, words = rows_of(_data()["mention"])
    joined = says["joined"]
    return MentionWords(
        greeting=re.compile(rf"(?i)\b(?:{says['greeting']})\s*,?\s*$"),
        small_honour=re.compile(
            rf"\b(?:(?:{says['small_honours']}) (?:(?:{says['after_honours']}) |(?:[A-Z]\. ?){{1,3}})?|(?:{says['small_trades']}) )[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?"
        ),
        common=re.compile(rf"(?:{says['endings']})$|^(?:{says['contracted']})['’]"),
        judges=re.compile(rf"(?:\s(?:and [A-Z]\w+ )?(?:{says['judges']}))\b"),
        decides=re.compile(rf"\s(?:{says['decides']})\b"),
        of_firm=re.compile(rf"[^\W\d_a-z][^\W\d_A-Z]+ (?:{says['of_firm']}) $"),
        called=re.compile(rf"(?:{says['called']})\b"),
        academic=re.compile(rf"^(?:{says['civil']})\.? (?=(?:{says['academic']})\.?)"),
        between=words["between"],
        one_list=re.compile(
            rf"(?:\s?\([^()\n]{{1,60}}\))?\s*(?:[,;&]|,? ?\b(?:{joined})\b)\s*(?:\d{{1,2}}[:.]\d\d\s*)?"
            rf"|, [^.,;\n]{{2,50}}(?:;|,? (?:{joined})\b)\s*"
        ),
        item=re.compile(rf",? (?:{joined}) |\s*&\s*|;\s*|,\s+(?=[A-Z])|\s+\|\s+"),
        title=re.compile(
            r"\s*(?:\(([^()@\n]{2,50}?)(?:, ?[^(),@\s]{1,64}@[^()@\s]{1,99})?\)|,\s+"
            rf"(?:(?:{says['who_is']})?(?:{says['behind']})\s+)?([^,.;:()\n]{{2,50}}))"
        ),
        somebody_else=re.compile(
            rf"[.!?]\s|(?:^|[),])\s*(?:{says['others']})\s+[^\W\d_a-z]|\)[,;]\s+[^\W\d_a-z]"
        ),
        before_firm=words["of_firm_small"],
        in_no_name=words["never_in_names"],
        in_no_title=words["no_title"],
        beside=re.compile(rf"\b(?:{says['beside']})\s$"),
        apart=re.compile(rf"(?:^|[^\w])(?:{says['apart']})\s$"),
        arranges=re.compile(rf"{says['arranges']}\b"),
        months=re.compile(rf"(?i:{says['months']})"),
        opens=re.compile(rf"(?i:{says['opens']})"),
        shortened=re.compile(rf"(?<![^\s(])(?:{says['shortened']})\.\s$"),
        ranked=re.compile(rf"^(?:{says['civil']}) (?:{says['ranked']}) "),
        calls_on=re.compile(says["calls_on"]),
        lettered=words["lettered"],
        cities=words["cities"],
        of_ours=re.compile(rf"(?:{says['of_ours']})"),
        place_of=re.compile(rf"(?:^|[^\w])(?:{says['place_of']})\s$"),
        called_after=words["called_after"],
        saints=words["saints"],
        street=re.compile(says["street"]),
    )
