"""The employer in the name that a sender shows: "Ann at Acme", "Acme Talent Team", "Acme via Lever"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.lexicon import platform_names, role_words
from agent.lexicon.display import display_words, legal_forms
from agent.lexicon.who import common_words, employer_words, people_words, relays
from agent.mail.role import is_title
from agent.mail.spelling import aligned, squash

_PARTS = re.compile(r"\s+[|–—·•/-]+\s+|\s*[|(),]\s*")
_DASHED = re.compile(r"\s+[|–—·•-]+\s+")
_BESIDE = re.compile(r"([^()|]{4,40}?)\s*[(|]\s*([^()|]{3,60})\)?")
_NAME_LIKE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,2}")

_SHORT_ENDING = 5  # letters of what can be a person's behind a hyphen: "Okoro-Hall"


@dataclass(frozen=True, slots=True)
class Shown:
    """An employer's name; `certain` where no person can be meant by it."""

    name: str
    certain: bool


def employer_shown(display: str, label: str = "") -> Shown | None:
    """What a display name says of the employer; None where it names a person, a desk or a platform.

    `label` is the name in the sender's domain, "" where that tells nothing.
    """
    name = display.strip().strip("\"'")
    said = display_words()
    via = said.via.search(name)
    name = said.via.sub("", name)
    if said.titled.match(name):
        return None  # "HR Manager Linda Cole"
    if at := _served(name, label) or _named_after_at(name, label) or _in_brackets(name):
        return Shown(at, certain=True)
    if _is_platform(name):
        parts = _DASHED.split(name)
        customers = [part for part in parts if not _is_platform(part)]
        if len(customers) != 1 or _is_service(customers[0]):
            return None
        name = customers[0]  # "Gupy - Frigorífico Serrano"
        via = None if _personal(name) else _DASHED.search(display)
    if _is_service(name):
        return None
    whole = _fitting(name.split(), label)
    best: Shown | None = None
    for part in (part for part in _PARTS.split(name) if part):
        kept, cut = without_desk(part.split(), label)
        if not kept or _is_platform(kept) or said.assistant.search(kept):
            continue
        certain = cut or whole or institutional(kept) or (bool(via) and not _personal(kept))
        if (
            best is None
            or (certain and not best.certain)
            or (label and _fitting(kept.split(), label))
        ):
            best = Shown(kept, certain or bool(label and _fitting(kept.split(), label)))
    return best


def _served(name: str, label: str) -> str | None:
    """ "Checkr on behalf of Acme", "Sterling for Acme": for whom a service sends."""
    said = display_words()
    found = said.behalf.fullmatch(name)
    if not found or not found[3][:1].isupper():
        return None
    service, customer = squash(found[1]), squash(found[3])
    own = len(service) > 3 and label.startswith(service) and customer not in squash(label)
    if found[2].lower() in said.means_for and not (_is_platform(found[1]) or own or not label):
        return None
    if customer in common_words():
        return None  # "Hullabaloo Theatre for Children"
    kept, _ = without_desk(found[3].split(), "")
    if institutional(found[3]):
        kept = without_legal_form(found[3])  # "Sterling for Garland Stores"
    return kept if kept and not _is_platform(kept) else None


def _in_brackets(name: str) -> str | None:
    """ "Oliver Strang (Northlight)", "Dana Fox | Acme": the employer beside a person."""
    found = _BESIDE.fullmatch(name)
    if not found or not _personal(found[1]) or not found[2][:1].isupper():
        return None
    kept, _ = without_desk(found[2].split(), "")
    lettered = len(kept) > 2 and not kept.isupper() and "/" not in kept
    return kept if lettered and not _is_platform(kept) and not is_title(kept) else None


def _named_after_at(name: str, label: str) -> str | None:
    """The part after "at", where a person or a desk stands before it."""
    said = display_words()
    first, _, rest = name.partition(" ")
    of, _, firm = rest.partition(" ")
    if of in said.given_of and first.lower() in people_words().given and institutional(firm):
        return firm  # "Lisa von Talberg Logistik"
    parts = said.at.split(name, maxsplit=1)
    if len(parts) < 2 or not parts[0].strip():
        return None
    before, after = parts
    if institutional(part := after.rpartition(", ")[2]):
        after = part  # "Office of the President, Hartwell-Greene Foundation"
    desk = not without_desk(before.split(), "")[0]
    person = bool(_NAME_LIKE.fullmatch(before.strip())) and not institutional(before)
    spoken = said.plainly_at.search(name)
    if not desk and not (person and spoken):
        return None
    if not desk and _fitting(name.split(), label) and not spoken:
        return None
    kept, _ = without_desk(after.split(), label)
    return kept if kept and not _is_platform(kept) else None


def without_desk(words: list[str], label: str) -> tuple[str, bool]:
    """A name without the words of a desk before and after it, and whether any were cut."""
    fit = aligned(label, tuple(words)) if label else None
    first, last = (fit.start, fit.end) if fit and fit.quality > 0.8 else (len(words), 0)
    low, high = 0, len(words)
    cut, said = False, display_words()
    while low < high and (high > last or said.desks_behind.fullmatch(words[high - 1])):
        what = _kind(words[high - 1])
        if not what or _of_name(words[:high], low):
            break
        high, cut = high - 1, cut or what == "desk"
    while low < high and low < first and (what := _kind(words[low])):
        low, cut = low + 1, cut or what == "desk"
    kept = words[low:high]
    if low and words[low - 1].lower() in said.articles:
        kept = [words[low - 1], *kept]
    return without_legal_form(" ".join(kept)), cut


def _of_name(words: Sequence[str], low: int) -> bool:
    """Whether the last word, a desk's by itself, belongs to the name that begins at `low`."""
    said, last = display_words(), words[-1]
    before = words[-2] if len(words) > low + 1 else ""
    if len(words) > low + 2:
        if before in said.joins and last[0] == "P":
            return True  # "Kanzlei Dr. Amsel & Partner"
        if last.lower() in said.departments and not _kind(before):
            return True  # "North District Probation Department"
    # "National Shoreline Service" is a name, "Acme HR Services" a desk.
    return bool(before and said.services.fullmatch(last) and not _kind(before))


@lru_cache(maxsize=4096)
def _kind(word: str) -> str:
    """ "desk", "link" for the small words that hold a desk and a name together, or ""."""
    plain = word.strip(".,:;'’\"")
    if employer_words().desk.fullmatch(plain) or plain in display_words().teams:
        return "desk"
    return "link" if plain.lower() in employer_words().links else ""


@lru_cache(maxsize=4096)
def is_desk_word(word: str) -> bool:
    """Whether a word names a desk: "Careers", "HR"."""
    return employer_words().desk.fullmatch(word) is not None


def desk_after(words: Sequence[str]) -> bool:
    """Whether a run ends with a word that only follows an employer's name: "Acme Recruiting"."""
    return len(words) > 1 and display_words().desks_behind.fullmatch(words[-1]) is not None


@lru_cache(maxsize=4096)
def without_legal_form(name: str) -> str:
    """A name without "Inc.", "GmbH", a possessive and punctuation at its ends."""
    forms = legal_forms()
    line = forms.behind.sub("", name.strip(" .,:;-–—|'’&\""))
    line = forms.before.sub("", line)
    return line.removesuffix("'s").removesuffix("’s").strip(" .,:;-–—|")


@lru_cache(maxsize=4096)
def institutional(name: str) -> bool:
    """Whether a name begins or ends like an employer's: "Gemeente X", "X University"."""
    words = [word.lower().strip(".,'’") for word in name.split()]
    known = employer_words().institutions
    if words and len(ending := words[0].rpartition("-")[2]) > _SHORT_ENDING and ending in known:
        return True  # "Albert-Kolb-Gesamtschule Moorbek"
    business = role_words().business
    return bool(words) and (
        words[0] in known or words[-1] in known or (len(words) > 1 and words[-1] in business)
    )


@lru_cache(maxsize=4096)
def anonymous(name: str) -> bool:
    """Whether a name is made of words of desks and institutions alone: "Parish Office", "County".

    Two words of institutions can be a name: "Abbey Foods".
    """
    known = employer_words()
    words = [word.lower().strip(".,'’") for word in name.split()]
    plain = [
        word in known.general or word in known.links or known.desk.fullmatch(word) is not None
        for word in words
    ]
    if not any(plain) and len(words) > 1:
        return False
    return all(
        is_plain or word in known.institutions for is_plain, word in zip(plain, words, strict=True)
    )


def _fitting(words: list[str], label: str) -> bool:
    fit = aligned(label, tuple(words)) if label and words else None
    return fit is not None and fit.quality > 0.7 and fit.start == 0


@lru_cache(maxsize=4096)
def _is_platform(name: str) -> bool:
    first = name.split()[0].lower() if name else ""
    names = platform_names()
    known = name.lower() in names or (first in names and len(first) > 3)
    key = squash(name)
    return known or key in relays() or _relays_begin().match(key) is not None


@lru_cache(maxsize=1)
def _relays_begin() -> re.Pattern[str]:
    """What a name's letters begin with that is a relaying service's, long enough to tell."""
    long = sorted(each for each in relays() if len(each) > 6)
    return re.compile("|".join(map(re.escape, long)) or "(?!)")


def _is_service(name: str) -> bool:
    """Whether a name only says what a system is for: "eRekrutacja", "Bewerberportal"."""
    return display_words().systems.fullmatch(name) is not None


def _personal(name: str) -> bool:
    """Whether a display name with nothing of an office in it could be a person's."""
    return bool(
        re.fullmatch(
            r"[^\W\d_a-z][\w'’-]+(?: (?:[a-z]{1,4}|[A-Z]\.)){0,3} [^\W\d_a-z][\w'’-]+", name
        )
    ) and not institutional(name)
