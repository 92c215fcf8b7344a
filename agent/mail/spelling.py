"""How a name is spelled of which a domain gives only the letters.

`aligned` finds in a run of words those that a domain's label was made of: whole words
("bristolforge", "Bristol Forge"), words cut short ("achterbergarch", "Achterberg Architects"),
initials ("ternstreetcu", "Tern Street Credit Union"), with words left out ("wolds-nhs", "Wolds
Community NHS Trust") or a word more than the name has ("ironvaultdc", "IronVault").
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.mail.runs import JOINERS

_SHORT = {
    "dept": "department", "univ": "universit", "uni": "universit", "govt": "government",
    "cm": "camaramunicipal", "pref": "prefecture", "inst": "institut", "mgmt": "management",
}  # fmt: skip
_ANDS = ("and", "und", "en", "et", "e", "y", "i", "n")
_FEWEST = 3  # letters of a label, or of a word cut short, that can be told from chance
_MOST_WORDS = 8
_LONG = 8  # letters of a label of which the last may be that of another case
# What a domain says of a firm beside its name: "wrenhouse-care", "stoswins-nhs".
BESIDE = frozenset("care school ngo agency farm nhs org church parish info data tech group".split())
# What French and Italian write before a word with a vowel: "Biscuiterie d'Armor".
_ELIDED = re.compile(r"(?:[dl]|dell|all|sull|nell)['’](?=\w)", re.IGNORECASE)
_TOLERATED = 10  # letters that a label may have more than the name


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words `start` to `end` of a run spell a label; `quality` of 1 is letter for letter."""

    start: int
    end: int
    quality: float


_NO_LETTER = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=8192)
def squash(name: str) -> str:
    """Letters and digits alone, lower case: what a domain makes of a name."""
    return _NO_LETTER.sub("", _fold(name.lower().replace("&", "and")))


def _fold(text: str) -> str:
    for letter, plain in (
        ("ö", "oe"),
        ("ä", "ae"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("ø", "o"),
        ("ł", "l"),
    ):
        text = text.replace(letter, plain)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def aligned(label: str, words: tuple[str, ...]) -> Alignment | None:
    """The best stretch of the words that a label can have been made of; None without one."""
    found: Alignment | None = None
    if len(label) < _FEWEST:
        return None
    for form in _forms(label):
        for start in range(len(words)):
            if not words[start][:1].isalnum() or words[start] in JOINERS:
                continue
            fit = _fit(form, words, start)
            if fit and (found is None or fit.quality > found.quality):
                found = fit
    return found


@lru_cache(maxsize=512)
def _forms(label: str) -> tuple[str, ...]:
    """A label's letters; with its two halves changed about where a hyphen parts them."""
    parts = [squash(part) for part in label.split("-") if squash(part)]
    parts = [_SHORT.get(part, part) if len(parts) > 1 else part for part in parts]
    whole = ["".join(parts)]
    if len(parts) == 2:
        whole.append(parts[1] + parts[0])
    return tuple(whole)


def _fit(form: str, words: tuple[str, ...], start: int) -> Alignment | None:
    """Consume a label's letters word by word from `start`; greedy, in at most eight words."""
    if squash(words[start])[:2] != form[:2]:
        return None
    at, end, penalty, skipped = 0, start, 0.0, 0
    for index in range(start, min(start + _MOST_WORDS, len(words))):
        rest = form[at:]
        if not rest:
            break
        word = squash(words[index])
        if not rest.startswith(word):
            word = squash(_ELIDED.sub("", words[index], count=1))
        following = squash(words[index + 1]) if index + 1 < len(words) else ""
        if words[index] == "&" and following and rest.startswith(following):
            continue  # "otterelm" of Otter & Elm, whose e is no "and"
        taken = _taken(rest, word, words[index], first=index == start)
        if taken == 0:
            if words[index] not in JOINERS:
                skipped += 1
                penalty += 0.15
            if skipped > 1 or index == start:
                break
            continue
        if taken < len(word):
            penalty += 0.1
        at, end = at + taken, index + 1
    if end == start:
        return None
    left = len(form) - at
    whole_words = penalty == 0.0
    if end - start == 1 and not whole_words:
        return None  # "Metaverse" is not meta
    if left and not (whole_words and at >= 5 and left <= _TOLERATED):
        return None
    if left and end - start == 1 and left > 3 and not re.search(r"[a-z][A-Z]", words[start]):
        return None  # "Batterham" alone is not batterhampastoral, but a person's name
    return Alignment(start, end, 1.0 - penalty - 0.03 * left)


def _taken(rest: str, word: str, shown: str, *, first: bool) -> int:
    """How many letters of the label one word accounts for."""
    if not word:
        return 0
    if shown == "&":  # "knipenzo" is Knip & Zo
        return next((len(each) for each in _ANDS if rest.startswith(each)), 0)
    if rest.startswith(word):
        return len(word)
    if first and rest.startswith("universit") and word.startswith("universit"):
        return len("universit")  # "uni-lauenburg", Universität Lauenburg
    if rest.startswith(f"{word}s") and not first:
        return len(word) + 1
    common = 0
    while common < min(len(rest), len(word)) and rest[common] == word[common]:
        common += 1
    if common >= (4 if first else _FEWEST) and (common == len(rest) or not first or common >= 5):
        return common if common == len(rest) or not first else 0
    if not first and common and len(rest) <= 3:
        return 1
    if not first and shown in JOINERS and common:
        return common
    return 0


def covers(label: str, words: Sequence[str]) -> bool:
    """Whether a label's letters are words of a name in any order, and initials of the rest.

    "westmillhousing" of the Housing Authority of the City of Westmill, "nd-probation" of the North
    District Probation Department; a word that only the label has does not count where it says what they are.
    """
    rest, left = squash(label), []
    taken = 0
    for word in sorted((squash(word) for word in words if word not in JOINERS), key=len)[::-1]:
        form = next((form for form in _short_forms(word) if form in rest), "")
        if len(form) > 2 or word == "st":
            rest, taken = rest.replace(form, "", 1), max(taken, len(form))
        else:
            left.append(word)
    if taken < _FEWEST or (taken == _FEWEST and not label[-1].isdigit()):
        return False
    initials = iter(squash(word)[:1] for word in words if squash(word) in left)
    if len(rest) < _FEWEST + 1 and all(letter in initials for letter in rest):
        return True
    return rest in BESIDE


def initials(label: str, words: Sequence[str]) -> bool:
    """Whether the first part of a label is the initials of at least three words.

    "dhs-statewide" of the Department of Human Services.
    """
    first = label.partition("-")[0]
    letters = "".join(squash(word)[:1] for word in words if word not in JOINERS)
    return len(letters) >= _FEWEST and letters == first


@lru_cache(maxsize=2048)
def abbreviates(label: str, words: tuple[str, ...]) -> bool:
    """Whether a label is the beginnings of a name's words in their order, or letters out of each.

    "cmva" of the Crédit Mutualiste du Val d'Authie, "kk-wolfrats" of the Kreisklinik Wolfratsberg,
    "rechtbank-mr" of the Rechtbank Middenrivieren. One word may be left out, never the first.
    """
    form = squash(label)
    plain = [squash(_ELIDED.sub("", word[:60], count=1)) for word in words[:_MOST_WORDS]]
    if len(form) < _FEWEST or not plain or not plain[0] or plain[0][0] != form[0]:
        return False
    reached = {(0, 0)}  # letters of the label that are taken, and words that were left out
    for index, word in enumerate(plain):
        after = {(at + n, out) for at, out in reached for n in _out_of(form[at:], word)}
        joiner = words[index] in JOINERS or not word
        if index:
            after |= {(at, out + (not joiner)) for at, out in reached if joiner or not out}
        reached = after
    inflected = len(form) >= _LONG  # "spzoz-brzezina" of the SP ZOZ "w Brzezinie"
    return any(at >= len(form) - inflected for at, _ in reached)


def _out_of(rest: str, word: str) -> range:
    """How many letters of a label one word can account for, its first one among them."""
    if not word or rest[:1] != word[0]:
        return range(0)
    taken = 0
    for letter in word:
        taken += rest[taken : taken + 1] == letter
    return range(1, taken + 1)


def _short_forms(word: str) -> tuple[str, ...]:
    """A word, and what a domain makes of it: without its s, cut after four letters, with an s."""
    cut = word[:4]
    return (word, word.removesuffix("s"), f"{cut}s") if len(word) > 5 else (word,)


def spaced(label: str, endings: tuple[str, ...]) -> str | None:
    """A label as a name where nothing spells it out: with a space before a known last word."""
    if len(label) < _FEWEST:
        return None
    if "-" in label:
        return " ".join(
            part.capitalize() if len(part) > 2 else part.upper()
            for part in label.split("-")
            if part
        )
    if label.startswith("the") and len(label) > 7 and label[3:5] not in {"at", "ra", "rm", "or"}:
        return f"The {spaced(label[3:], endings)}"
    for word in endings:
        if label.endswith(word) and len(label) - len(word) >= _FEWEST:
            return f"{label[: -len(word)].capitalize()} {word.capitalize()}"
    return label.capitalize()
