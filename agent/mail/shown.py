"""The employer in the name that a sender shows: "Ann at Acme", "Acme Talent Team", "Acme via Lever"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.lexicon import platform_names, role_words
from agent.lexicon.who import employer_words, people_words, relays
from agent.mail.role import is_title
from agent.mail.spelling import aligned, squash

_VIA = re.compile(
    r"\s+\(?(?:via|through|por|über|a través de|mediante|tramite|attraverso|za pośrednictwem|poprzez|przez"
    r"|através d[aeo]|par l['’]intermédiaire de|middels)\s+\S.*$",
    re.IGNORECASE,
)
_AT = re.compile(r"\s+(?:at|@|from|of|bei|chez|bij|presso|en|da|do)\s+|\s*@\s*", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|–—·•/-]+\s+|\s*[|(),]\s*")
_SERVICE = re.compile(r"services?", re.IGNORECASE)
_HARD = re.compile(
    r"careers?|recruiting|recruitment|jobs|hiring|hr|karriere|team|talent|acquisition",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:\S+ ){0,2}(?i:manager|recruiter|director|coordinator|officer) [^\W\d_a-z]\S+ [^\W\d_a-z]\S+$"
)
_BESIDE = re.compile(r"([^()|]{4,40}?)\s*[(|]\s*([^()|]{3,60})\)?")
# "Checkr on behalf of Acme": whoever sends it, it is Acme's; "for" says so of a service alone.
_BEHALF = re.compile(
    r"(\S.{1,40}?) (on behalf of|im auftrag (?:von|der)|au nom de|namens|en nombre de|per conto di|em nome d[eao]"
    r"|w imieniu|for|für|pour|para|voor|per|dla) (.{2,60})",
    re.IGNORECASE,
)
_OF = frozenset("von vom van de do da di del della z".split())
_ASSISTANT = re.compile(r"['’]s (?:virtual )?assistant$", re.IGNORECASE)  # a bot of theirs
_FOR = frozenset("for für pour para voor per dla".split())
_NAME_LIKE = re.compile(r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,2}")
_LEGAL = re.compile(
    r"[\s,]+(?:co\.?,? ltd|inc|pvt\.? ltd|pte\.? ltd|ltd|llc|gmbh(?: & co\.? kg)?|ag|plc|corp|bv|b\.v|sarl|srl|s\.?r\.?l|s\.?p\.?a|sp\. ?z ?o\.? ?o|pty|ab|oyj?|a/s|aps|e\. ?v|s\.?l|s\.?a|s\.?a\.?s|n\.?v|lda|ltda|kg|ohg|mbh|eg|llp|limited)\.?$",
    re.IGNORECASE,
)

# "SARL Pichon Frères", "Firma Dudek": forms that stand first.
_LEGAL_FIRST = re.compile(
    r"^(?i:s\.?a\.?r\.?l|s\.?a\.?s|snc|eirl|eurl|p\.?h\.?u|firma)\.? (?=[^\W\d_a-z])"
)


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
    via = _VIA.search(name)
    name = _VIA.sub("", name)
    if _TITLED.match(name):
        return None  # "HR Manager Linda Cole"
    if at := _served(name, label) or _named_after_at(name, label) or _in_brackets(name):
        return Shown(at, certain=True)
    if _is_platform(name):
        return None
    whole = _fitting(name.split(), label)
    best: Shown | None = None
    for part in (part for part in _PARTS.split(name) if part):
        kept, cut = without_desk(part.split(), label)
        if not kept or _is_platform(kept) or _ASSISTANT.search(kept):
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
    found = _BEHALF.fullmatch(name)
    if not found or not found[3][:1].isupper():
        return None
    service, customer = squash(found[1]), squash(found[3])
    own = len(service) > 3 and label.startswith(service) and customer not in squash(label)
    if found[2].lower() in _FOR and not (_is_platform(found[1]) or own or not label):
        return None
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
    first, _, rest = name.partition(" ")
    of, _, firm = rest.partition(" ")
    if of in _OF and first.lower() in people_words().given and institutional(firm):
        return firm  # "Lisa von Talberg Logistik"
    parts = _AT.split(name, maxsplit=1)
    if len(parts) < 2 or not parts[0].strip():
        return None
    before, after = parts
    if institutional(part := after.rpartition(", ")[2]):
        after = part  # "Office of the President, Hartwell-Greene Foundation"
    desk = not without_desk(before.split(), "")[0]
    person = bool(_NAME_LIKE.fullmatch(before.strip())) and not institutional(before)
    spoken = re.search(r"\s(?:at|from|@|bei|chez|bij|presso)\s|@", name, re.IGNORECASE)
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
    cut, kind = False, _kind
    while low < high and (high > last or _HARD.fullmatch(words[high - 1])):
        what = kind(words[high - 1])
        if low < high - 2 and words[high - 2] in {"&", "und", "and"} and words[high - 1][0] == "P":
            break  # "Kanzlei Dr. Amsel & Partner"
        if low < high - 2 and words[high - 1] == "Department" and not kind(words[high - 2]):
            break  # "North District Probation Department"
        if not what or (
            low < high - 1 and _SERVICE.fullmatch(words[high - 1]) and not kind(words[high - 2])
        ):
            break  # "National Shoreline Service" is a name, "Acme HR Services" a desk
        high, cut = high - 1, cut or what == "desk"
    while low < high and low < first and (what := kind(words[low])):
        low, cut = low + 1, cut or what == "desk"
    kept = words[low:high]
    if low and words[low - 1].lower() == "the":
        kept = [words[low - 1], *kept]
    return without_legal_form(" ".join(kept)), cut


@lru_cache(maxsize=4096)
def _kind(word: str) -> str:
    """ "desk", "link" for the small words that hold a desk and a name together, or ""."""
    plain = word.strip(".,:;'’\"")
    if employer_words().desk.fullmatch(plain):
        return "desk"
    return "link" if plain.lower() in employer_words().links else ""


@lru_cache(maxsize=4096)
def is_desk_word(word: str) -> bool:
    """Whether a word names a desk: "Careers", "HR"."""
    return employer_words().desk.fullmatch(word) is not None


def desk_after(words: Sequence[str]) -> bool:
    """Whether a run ends with a word that only follows an employer's name: "Acme Recruiting"."""
    return len(words) > 1 and _HARD.fullmatch(words[-1]) is not None


@lru_cache(maxsize=4096)
def without_legal_form(name: str) -> str:
    """A name without "Inc.", "GmbH", a possessive and punctuation at its ends."""
    line = _LEGAL.sub("", name.strip(" .,:;-–—|'’&\""))
    line = _LEGAL_FIRST.sub("", line)
    return line.removesuffix("'s").removesuffix("’s").strip(" .,:;-–—|")


@lru_cache(maxsize=4096)
def institutional(name: str) -> bool:
    """Whether a name begins or ends like an employer's: "Gemeente X", "X University"."""
    words = [word.lower().strip(".,'’") for word in name.split()]
    known = employer_words().institutions
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


def _is_platform(name: str) -> bool:
    first = name.split()[0].lower() if name else ""
    names = platform_names()
    return name.lower() in names or (first in names and len(first) > 3) or squash(name) in relays()


def _personal(name: str) -> bool:
    """Whether a display name with nothing of an office in it could be a person's."""
    return bool(
        re.fullmatch(
            r"[^\W\d_a-z][\w'’-]+(?: (?:[a-z]{1,4}|[A-Z]\.)){0,3} [^\W\d_a-z][\w'’-]+", name
        )
    ) and not institutional(name)
