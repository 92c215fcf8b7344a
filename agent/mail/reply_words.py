"""The words that divide a mail, as patterns, and the parts that its lines can be.

The words are data (`lexicon/replies.toml`), read once; nothing here looks at more than the
first `SEEN` characters of a line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from agent.lexicon.caseless import Caseless
from agent.lexicon.shipped import shipped

SEEN = 400  # characters of a line that decide what it is
NEAR_END = 300  # lines in which a signature and small print are looked for
RULE = re.compile(r"\s{0,3}[-_=*‐–—]{5,}\s{0,3}$")
CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.\w|(?:https?://|www\.)\S|\+?\(?\d[\d\s()./-]{7,}\d"
    r"|^\s{0,3}(?:tel|phone|mobile|mob|cell|fax|m|t|p|e|w|telefon|handy|mobil|tél|linkedin)\s?[.:]",
    re.I,
)


class Part(Enum):
    NEW = auto()
    QUOTED = auto()
    SIGNATURE = auto()
    FORWARDED = auto()


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """The lexicon as patterns; each is a plain alternation of phrases."""

    attribution: Caseless
    verb: Caseless
    fields: dict[str, re.Pattern[str]]
    original: Caseless
    forwarded: Caseless
    forwarded_begins: Caseless
    sign_off: frozenset[str]
    closing: frozenset[str]  # words of which one is enough in a short line
    formula: Caseless
    before_name: frozenset[str]
    device: Caseless
    small_print: Caseless
    footer: Caseless
    meeting: Caseless
    program: Caseless
    about_the_talk: re.Pattern[str]  # where and when: never part of a signature
    desk: re.Pattern[str]
    name_line: re.Pattern[str]
    no_name: frozenset[str]
    after_sign_off: re.Pattern[str]
    between: re.Pattern[str]  # two sign-offs on one line
    banner: Caseless


def _any_of(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; by their first letters, which tell nearly all apart."""
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_letter.items()
    )


@cache
def reply_words() -> ReplyWords:
    data = shipped("replies")
    small_print = data["small_print"]
    return ReplyWords(
        attribution=Caseless(rf"(?:{_any_of(data['attribution']['begins'])})[\s,.]"),
        verb=Caseless(rf"(?<!\w)(?:{_any_of(data['attribution']['verbs'])})(?!\w)"),
        fields={
            name: re.compile(
                rf"[*\s]{{0,4}}(?:{_any_of(labels)})\s?\*?\s?:\*?\s?(.{{0,200}})", re.I
            )
            for name, labels in data["fields"].items()
        },
        original=Caseless(rf"-{{2,}}\s?(?:{_any_of(data['markers']['original'])})"),
        forwarded=Caseless(rf"-{{2,}}\s?(?:{_any_of(data['markers']['forwarded'])})"),
        forwarded_begins=Caseless(_any_of(data["markers"]["forwarded_begins"])),
        sign_off=frozenset(data["closing"]["sign_off"]),
        closing=frozenset(data["closing"]["cores"]),
        formula=Caseless(_any_of(data["closing"]["formulas"])),
        before_name=frozenset(data["closing"]["before_name"]),
        device=Caseless(_any_of(data["device"]["lines"])),
        small_print=Caseless(_any_of([*small_print["begins"], *small_print["footer"]])),
        footer=Caseless(_any_of(small_print["anywhere"])),
        meeting=Caseless(_any_of(small_print["meeting"])),
        program=Caseless(_any_of(small_print["programs"])),
        about_the_talk=_about_the_talk(data["talk"]),
        desk=re.compile(rf"\b(?:{_any_of(data['closing']['desks'])})\b", re.I),
        name_line=re.compile(
            rf"(?:(?:{_any_of(data['closing']['articles'])}) )?(?:[^\W\d_][\w.'’-]{{0,24}}[,&]?\s?){{1,5}}$",
            re.I,
        ),
        no_name=frozenset(data["closing"]["no_names"]),
        between=re.compile(rf" (?:&|{_any_of(data['closing']['and'])}) |/|, "),
        after_sign_off=re.compile(rf"\s?(?:[,!.–—-]|{_any_of(data['closing']['from'])})\s"),
        banner=Caseless(_any_of(data["banner"]["lines"])),
    )


def _about_the_talk(words: dict[str, list[str]]) -> re.Pattern[str]:
    """Words of where and when, labels of such lines ("When:"), and times of day."""
    return re.compile(
        rf"\b(?:{_any_of(words['words'])})\b|meet\.|\b(?:{_any_of(words['labels'])})\s?:|\d{{1,2}}:\d\d"
        rf"|\d\s?[ap]\.?m\b|\d (?:{_any_of(words['clock'])})\b",
        re.I,
    )


def written_lines(lines: Sequence[str], start: int, end: int) -> list[int]:
    """The lines that are not blank, of the last few hundred."""
    return [i for i in range(max(start, end - NEAR_END), end) if lines[i].strip()]


def is_prose(line: str) -> bool:
    """Whether a line reads as part of a sentence rather than as a name, a title or a number."""
    count = len(line.split())
    if line.rstrip().endswith("?"):
        return count >= 3
    if line.rstrip().endswith((".", "!", ":", ",")):
        return count >= 6
    return count >= 9 and "|" not in line and not CONTACT.search(line[:SEEN])
