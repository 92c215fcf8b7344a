"""How to call somebody, from the name that a mail shows for them.

The law of this file: a wrong name is worse than a stiff one, and a stiff one worse than
none. Where the parts of a name are not certain the full name stands as it was written;
where it is not certain that it is a person's name at all, the answer is None and the
greeting is neutral. A name is never made from an address.

Rules, each from how the names are used by those who bear them:
- "Doe, Jane" and "DUPONT Marie" put the family first; so does a calendar's "JANE DOE" not.
- Vietnamese names run family, middle, given, and people are called by the given name:
  Nguyễn Thị Hoa is greeted as Hoa, also where a title stands before it.
- Chinese, Korean, Japanese and Hungarian names come in either order once they are written
  in Latin letters: the full name is used.
- With Dr. or Prof. the family name follows the title, in every language.
- German and French greet by Herr or Madame, which a name alone does not tell: the full name
  is used unless the mail itself said Frau, Herr, Mme, Ms, Mr.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from agent.lexicon.names import name_words
from agent.mail.compose import clean_header

_MAX_NAME = 80

_NICKNAME = re.compile(r'["“”„‘«]\s?([^"“”„’»\s]{2,20})\s?["“”’»]')
_NICKNAME_IN_BRACKETS = re.compile(r"(?<=\w)\s\(([A-Z][a-z]{1,19})\)\s(?=\w)")
_BRACKETS = re.compile(r"[(\[{<][^)\]}>]{0,80}[)\]}>]?")
# Signs before a word that no name begins with, unlike the one of "'t Hooft".
_STRAY = re.compile(r"^['’]*[.,;:!?-]+['’]*")


class _Order(Enum):
    """How the words of a name follow each other."""

    AS_USUAL = auto()  # as people write it: given name first, but for those who do not
    STATED = auto()  # the comma or capitals told: given name first now
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts; `given` and `family` are "" where they are not certain.

    `full` is what to write where the parts are not needed: without title, pronouns, employer.
    `title` is Dr., Prof. and the like, "" without; `address` is f or m where the mail itself
    said so (Frau, Mr), else "".
    """

    full: str
    given: str = ""
    family: str = ""
    title: str = ""
    address: str = ""


@lru_cache(maxsize=1024)
def read_name(text: str | None) -> Name | None:
    """The person that a display name or a line of text names; None where it names nobody."""
    if not text or len(text) > 400 or name_words().nothing.fullmatch(text.strip()):
        return None
    line, nickname = _only_the_name(text)
    words, order = _in_order(line)
    words = [_STRAY.sub("", word) for word in words]
    title, address, words = _without_titles(words)
    words = _without_suffixes(words)
    if not _names_a_person(words):
        return None
    words, order = _recased([word for word in words if _letters(word)], order)
    given, family = _parts(words, order, alone_is_family=bool(title or address))
    return Name(" ".join(words), nickname if given and nickname else given, family, title, address)


def greeting_name(person_name: str | None, language: str = "en") -> str | None:
    """What follows "Dear", "Guten Tag", "Bonjour" or "Hola"; None for a neutral greeting.

    English and Spanish use the given name, German and French the form of address and the
    family name where the mail told it, else the full name; a doctor keeps the title anywhere.
    """
    name = read_name(person_name)
    if name is None:
        return None
    base = language.partition("-")[0].lower()
    if base in {"de", "fr"}:
        return _formal(name, base)
    if name.title:
        return f"{name.title} {_after_title(name)}"
    return name.given or _addressed(name, base)


def full_name(person_name: str | None, language: str = "en") -> str | None:
    """The name as it stands in running text, "Dr. Jörg Müller"; None where it names nobody."""
    name = read_name(person_name)
    if name is None:
        return None
    if name.title:
        return f"{name.title} {name.full}"
    return name.full if name.given else _addressed(name, language.partition("-")[0].lower())


def list_names(names: Sequence[str], language: str = "en") -> str:
    """ "Ann", "Ann and Bo", "Ann, Bo and Cy", with the language's own word for "and"."""
    known = [name for each in names if (name := full_name(each, language))]
    known = list(dict.fromkeys(known))
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {_and(language, known[-1])} {known[-1]}"


def _and(language: str, following: str) -> str:
    """The word for "and"; Spanish says e before an i sound (not before hie-)."""
    base = language.partition("-")[0].lower()
    if base == "es":
        start = _plain(following)
        sounds_i = start.startswith(("i", "y", "hi")) and not start.startswith(
            ("hie", "ye", "ya", "yo", "yu", "ia", "io")
        )
        return "e" if sounds_i else "y"
    known = name_words().conjunctions
    return known.get(base, known["en"])


def _formal(name: Name, language: str) -> str:
    """ "Frau Dr. Müller", "Madame Müller", "Dr. Müller", or the full name."""
    address = name_words().address[language].get(name.address, "")
    if not (address or name.title):
        return name.full
    family = _after_title(name) if name.title else name.family
    if not family:  # "Frau Anna" would be too close, and wrong where Anna is the family name
        return name.full
    title = name.title
    if language == "fr":  # French writes Dr without a stop, and Madame instead of it
        title = "" if address else title.replace(".", "")
    return " ".join(part for part in (address, title, family) if part)


def _addressed(name: Name, language: str) -> str:
    """A family name that came with Mr or Frau keeps it; any other name stands alone."""
    address = name_words().address.get(language, name_words().address["en"]).get(name.address, "")
    return f"{address} {name.full}" if address and name.full == name.family else name.full


def _after_title(name: Name) -> str:
    """What a title is followed by: the family name, but the given name where that leads."""
    if name.family and _leads_with_given(name):
        return name.given
    return name.family or name.full


def _leads_with_given(name: Name) -> bool:
    """Vietnamese people are called by the given name, with a title too ("Dr. Hoa")."""
    return (
        bool(name.given)
        and name.full.lower().startswith(name.family.lower())
        and (
            name.family.lower() in name_words().vietnamese
            or _plain(name.family) in name_words().vietnamese_plain
        )
    )


def _only_the_name(text: str) -> tuple[str, str]:
    """The line without pronouns, brackets, employer and ornaments; and the nickname in it."""
    line = unicodedata.normalize("NFC", clean_header(text.strip().partition("\n")[0]))
    nickname = ""
    for pattern in (_NICKNAME, _NICKNAME_IN_BRACKETS):
        if (found := pattern.search(line)) and pattern.sub("", line).strip():
            nickname, line = found.group(1), pattern.sub(" ", line)
    line = _BRACKETS.sub(" ", line)
    line = name_words().pronouns.split(line)[0]
    line = name_words().cut.split(line.strip(), maxsplit=1)[0]
    kept = "".join(each if _belongs_in_a_name(each) else " " for each in line)
    words = (word.lstrip(".") for word in kept.split())  # a name begins with a letter, not a stop
    return " ".join(word for word in words if word).strip(" ,;'’-"), nickname


def _belongs_in_a_name(character: str) -> bool:
    """Letters, their marks, and what joins them; digits and @ stay, to give it away later."""
    if character in " .,'’-‐‑@_&" or character.isdigit():
        return True
    return unicodedata.category(character)[0] in "LM"


def _in_order(line: str) -> tuple[list[str], _Order]:
    """The words, given name first where that is known, and how far their order is certain."""
    before, *after = [part.split() for part in line.split(",") if part.strip()] or [[]]
    after = [words for words in after if not all(_is_suffix(word) for word in words)]
    if not after:
        return before, _Order.AS_USUAL
    if len(after) == 1 and len(after[0]) <= 3 and _one_family(before):
        return [*after[0], *before], _Order.STATED
    return before, _Order.UNKNOWN  # "Jane Doe, Acme" or "García López, María"


def _one_family(words: list[str]) -> bool:
    """Whether words before a comma are a family name alone: "Doe", "van der Berg"."""
    return (
        1 <= len(words) <= 4
        and sum(word.lower() not in name_words().particles for word in words) == 1
    )


def _without_titles(words: list[str]) -> tuple[str, str, list[str]]:
    """The academic title, the form of address, and the words after them."""
    titles: list[str] = []
    address = ""
    rest = list(words)
    while rest and (key := _title_key(rest)):
        word = rest.pop(0)
        if key in name_words().academic:
            titles.append(
                name_words().academic[key] if word.endswith(".") or len(word) > 4 else word
            )
        else:
            address = address or name_words().civil[key].replace("x", "")
    return " ".join(dict.fromkeys(titles)), address, rest


def _title_key(words: list[str]) -> str:
    """The first word as a key of the tables of titles, "" where it is no title."""
    word = words[0]
    key = word.rstrip(".").lower()
    if len(words) < 2 or (key not in name_words().academic and key not in name_words().civil):
        return ""
    if key in name_words().title_or_name and not word.endswith(".") and len(words) < 3:
        return ""
    return key


def _is_suffix(word: str) -> bool:
    return word.replace(".", "").lower() in name_words().suffixes


def _without_suffixes(words: list[str]) -> list[str]:
    rest = list(words)
    while len(rest) > 1 and _is_suffix(rest[-1]):
        rest.pop()
    return rest


def _names_a_person(words: list[str]) -> bool:
    """Whether these words can be a person's name; "jane.doe" and "Talent Team" are not."""
    if not words or len(words) > 7 or sum(map(len, words)) > _MAX_NAME:
        return False
    if any(word.lower().strip(".") in name_words().not_people for word in words):
        return False
    if any(word in {"and", "und", "et", "&", "+"} for word in words):  # a couple, or a firm
        return False
    return any(_letters(word) > 1 for word in words) and not any(
        any(each.isdigit() or each in "@_&," for each in word) or re.search(r"\w\w\.\w\w", word)
        for word in words
    )


def _letters(word: str) -> int:
    return sum(each.isalpha() for each in word)


def _recased(words: list[str], order: _Order) -> tuple[list[str], _Order]:
    """The words in ordinary case, "DUPONT Marie" turned round: capitals mark the family name."""
    shouted = [word.isupper() and _letters(word) > 2 for word in words]
    if len(words) == 1 and len(words[0]) <= 3:
        return words, order
    if all(word.isupper() for word in words) or all(word.islower() for word in words):
        return _proper(words), order
    if shouted[0] and not any(shouted[shouted.index(False) :]):
        first = shouted.index(False)
        return [*words[first:], *_proper(words[:first])], _Order.STATED
    return [
        _proper([word])[0] if loud else word for word, loud in zip(words, shouted, strict=True)
    ], order


def _proper(words: list[str]) -> list[str]:
    """ "O'BRIEN" as "O'Brien", "MCDONALD" as "McDonald", "VAN" inside a name as "van"."""
    return [
        word.lower() if at and word.lower() in name_words().particles else _capitalised(word)
        for at, word in enumerate(words)
    ]


def _capitalised(word: str) -> str:
    lower = word.lower()
    if lower.startswith("mc") and len(lower) > 4:
        return "Mc" + lower[2:].capitalize()
    pieces = re.split(r"([-‐‑.]|(?<=^\w)['’])", lower)
    return "".join(piece.capitalize() for piece in pieces)


def _parts(words: list[str], order: _Order, *, alone_is_family: bool) -> tuple[str, str]:
    """Given and family name, each "" where it is not certain."""
    if order is _Order.UNKNOWN or not _latin(words):
        return "", ""
    if len(words) == 1:
        return ("", words[0]) if alone_is_family else (words[0], "")
    if order is _Order.AS_USUAL:
        if (vietnamese := _vietnamese_parts(words)) is not None:
            return vietnamese
        if _either_order(words):
            return "", ""
    return _western_parts(words)


def _latin(words: list[str]) -> bool:
    """Whether the letters are Latin: other scripts keep the order their writers chose."""
    return all(
        unicodedata.name(each, "").startswith("LATIN")
        for word in words
        for each in word
        if each.isalpha()
    )


def _vietnamese_parts(words: list[str]) -> tuple[str, str] | None:
    """Given and family name of a name in Vietnamese order; None where it is not one."""
    last = words[-1].lower()
    if not _is_vietnamese(words):
        return None
    if last in name_words().vietnamese or _plain(last) in name_words().vietnamese_plain:
        return "", ""  # "Mai Nguyễn": either may be the family name
    return words[-1], words[0]


def _is_vietnamese(words: list[str]) -> bool:
    """Whether the first word is a Vietnamese family name, and another sign agrees."""
    first = words[0].lower()
    marked = any(each in name_words().vietnamese_marks for word in words for each in word.lower())
    if first in name_words().vietnamese and marked:
        return True
    middle = len(words) > 2 and words[1].lower() in name_words().vietnamese_middle
    return (_plain(first) in name_words().vietnamese_plain) and (middle or len(words) > 2)


def _either_order(words: list[str]) -> bool:
    first = words[0].lower()
    return first in name_words().either_order or (
        first in name_words().given_or_family and (len(words) > 2 or "-" in words[1])
    )


def _western_parts(words: list[str]) -> tuple[str, str]:
    """Given name first; the family name starts at the first particle, else is the last word."""
    if words[0].islower() or (
        words[0].lower() in name_words().particles and words[1].lower() in name_words().particles
    ):
        return "", " ".join(words)  # "van der Berg" without a given name
    particle = next(
        (at for at, word in enumerate(words) if at and word.lower() in name_words().particles), 0
    )
    given = _given(words)
    if 0 < particle < len(words) - 1:
        return given, " ".join(words[particle:])
    middle_certain = all(_is_initial(word) for word in words[1:-1])
    return given, words[-1] if middle_certain else ""


def _given(words: list[str]) -> str:
    """The first name, with a second one that belongs to it; "" for an initial."""
    first = words[0]
    if _is_initial(first):
        return ""
    second = name_words().double.get(first.lower())
    if second is not None and len(words) > 2 and (not second or words[1].lower() in second.split()):
        return f"{first} {words[1]}"
    return first


def _is_initial(word: str) -> bool:
    return _letters(word) == 1 or bool(re.fullmatch(r"(?:\w\.){1,3}\w?", word))


def _plain(word: str) -> str:
    """Lower case without marks: "Nguyễn" as "nguyen", "Đặng" as "dang"."""
    parted = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(each for each in parted if not unicodedata.combining(each))
