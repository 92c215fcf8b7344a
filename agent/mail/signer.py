"""Who writes: the person in a display name, the one who signs, and the title under the name."""

import re
from functools import lru_cache

from agent.lexicon import platform_names, role_words
from agent.lexicon.display import legal_forms
from agent.lexicon.people import writer_words
from agent.lexicon.who import common_words, employer_words, people_words, relays
from agent.mail.nobody import of_things
from agent.mail.shown import institutional
from agent.mail.spelling import squash

_TITLE_ENDS = re.compile(r"\s*[|·•]\s*|,\s+(?=[A-Z][\w]+ ?[A-Z]?[\w]*$)")
_ELIDED = re.compile(r"^[dl]['’]")  # "Claire-Marie d'Aubenas"
_ENDS = re.compile(r"[.!?)…]\s+([^\W\d_a-z][\w'’-]{1,20})(?: x{1,3})?$")
# Kisses, and the number of a badge: "Bev xx", "Lt. D. Ramirez #4471".
_BEHIND_NAME = re.compile(r"\s+(?:x+|#\d{1,8})$")
_NUMBER, _APART = re.compile(r"\d{3}"), re.compile(r"[\s/&,-]+")
_COUNTED = re.compile(r"\s\d{4,6}\b")  # the number of a town
_LETTER = re.compile(r"[a-zà-ÿ] [A-Z]\.\s*$")  # "Ingvild A."
_SIGNATURE_LINES = 8
_SIGNATURE, _LINE = 3_000, 160  # characters of a signature, and of a line of one, that are read


def person_shown(display: str) -> str | None:
    """The person in a display name, without what follows "at" or "via"; None for desks and firms."""
    name = " ".join(display[:_LINE].split()).strip("\"'")
    if not name or "@" in name.split(" ")[0]:
        return None
    name = writer_words().letters.sub("", writer_words().parted.split(name)[0].strip())
    if "," in name:
        family, _, given = name.partition(",")
        called = people_words().honour.sub("", given.strip())
        if not called or " " in called or called.isupper():
            name = family
        else:
            name = f"{given.strip()} {family.strip()}"
    name = name.strip()
    return (before_firm(name) or name) if is_name(name) else None


@lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether words look like a person's name: capitals, no desk's and no business's words."""
    bare = people_words().honour.sub("", name)
    words = bare.split()
    if not words or len(words) > 5 or name.lower() in platform_names():
        return False
    if squash(words[0]) in relays() or (len(words) > 1 and legal_forms().word.fullmatch(words[-1])):
        return False  # "InfoJobs Italia", "Biochimica Dora S.p.A."
    lowered = [_ELIDED.sub("", word.lower()).strip(".,'’") for word in words]
    never, desk, small = people_words().never, employer_words().desk, writer_words().small
    honoured = words != name.split() and len(words) == 1
    said = [
        word
        for place, (word, shown) in enumerate(zip(lowered, words, strict=True))
        if not _initial(shown)
        and not (
            len(shown) == 1
            and shown.isupper()
            and place + 1 < len(words)
            and (place or bare != name)
        )
    ]  # without the A of "A. K. Sharma" and of "Mr A Hanlon"
    if not honoured and any(word in never and word not in small for word in said):
        said = said[_first_known(name, lowered) : len(said) - _last_known(lowered)]
        if any(word in never and word not in small for word in said):
            return False
    if bare == name and (_common(lowered) or of_things(name)):
        return False  # "Loan Processor", "Privacy Policy"
    if bare != name and words[0] in {"la", "le"}:
        return False  # "Mme la Proviseure"
    if bare == name and words[0][0].islower() and lowered[0] not in small:
        return words[0][:2] in ("d'", "d’") and len(words) == 1  # "à Chicago"
    if not words[0].endswith(".") and any(len(w) > 4 and w[-1] == "." for w in words[1:-1]):
        return False  # "Meridian Rail. Careers"
    if any(word.endswith("-team") for word in lowered) or (
        lowered[0] in writer_words().small and len(words) == 1
    ):
        return False
    if (
        not all(writer_words().part.fullmatch(word) for word in words)
        or words[-1].lower() in writer_words().small
    ):
        return False
    if any(desk.fullmatch(word) for word in lowered) or institutional(bare):
        return False
    if len(words) == 1 or lowered[-1] in writer_words().trades or _last_known(lowered):
        return True
    return lowered[-1] not in role_words().business and lowered[-1] not in role_words().heads


def _first_known(name: str, lowered: list[str]) -> bool:
    """Whether a first word is somebody's name, whatever else it says: "June Pratt", "Ms. LE Thi Lan"."""
    if len(lowered) < 2:
        return False
    civil = people_words().civil.match(name)
    return lowered[0] in people_words().given or (civil is not None and len(lowered[0]) > 1)


def _common(lowered: list[str]) -> bool:
    """Whether several words are all words of every day, and the first no given name."""
    if len(lowered) < 2 or lowered[0] in people_words().given:
        return False
    return all(word in common_words() or word in writer_words().small for word in lowered)


def _last_known(lowered: list[str]) -> bool:
    """Whether a last word is a family name, which it is behind a given name: "Wendell Park"."""
    words = people_words()
    return len(lowered) > 1 and lowered[0] in words.given and lowered[-1] in words.surnames


def _initial(word: str) -> bool:
    """ "A." of A. K. Sharma, which is no article."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def signed(signature: str) -> tuple[str, str | None] | None:
    """Who signed, and the title: the first line of the signature that is a person's name."""
    lines = _lines(signature)
    for index, line in enumerate(lines):
        line = _cased(line)
        if _closes_unheard(lines[index : index + 2], signature):
            continue
        head = re.split(r"\s*[,|·•(]\s*|\s+[-–—]\s+", people_words().closing.sub("", line))[0]
        head = head.strip(" *_") if _LETTER.search(head) else head.strip(" *_.")
        head = writer_words().letters.sub("", _BEHIND_NAME.sub("", head))
        head = _without_article(writer_words().for_whom.sub("", head))
        if legal_forms().ends.search(line) or _signs_nobody(line, head):
            continue  # "Adevinta Spain, S.L.U." of a service's small print
        head = before_firm(head) or _behind_whose(line) or _behind_title(head) or head
        if " " not in head and _COUNTED.search(line) and not _called(head):
            continue  # "Oakland, CA 94607"
        if not is_name(head):
            head = _before_team(head)
        if head and is_name(head) and not is_title_line(head):
            return head, title_after(head, signature)
        if index >= _SIGNATURE_LINES:
            break
    return None


def _without_article(name: str) -> str:
    """ "o Toni", "die Steffi": a given name without the article that some put before it."""
    article, _, rest = name.partition(" ")
    return rest if article in writer_words().articles and _called(rest) else name


def _closes_unheard(lines: list[str], signature: str) -> bool:
    """Whether a line closes a letter in a language of which little is known: "Miigwech, / Dawn"."""
    if len(lines) < 2 or " " in lines[0] or _given(lines[0]):
        return False
    return f"{lines[0]}," in signature[: len(lines[0]) + 9] and not is_title_line(lines[1])


def _behind_whose(line: str) -> str | None:
    """ "namens het team, Loes": who signs behind those on whose behalf."""
    if writer_words().on_behalf.match(line) is None:
        return None
    name = line.rpartition(",")[2].strip()
    return name if name and _given(name.split()[0]) else None


def _behind_title(line: str) -> str | None:
    """ "Consultant Jason Peters": who signs with the title before the name."""
    title, _, name = line.partition(" ")
    if people_words().honour.match(line):
        return None  # "Chief Dana Orr"
    known = " " in name and _given(name.split()[0]) and not _given(title)
    return name if known and is_title_line(title) and is_name(name) else None


def _signs_nobody(line: str, head: str) -> bool:
    """Whether one word under a letter is a desk's letters or a team's nickname: "KR", "Deine Füchse"."""
    if " " in head or _called(head):
        return False
    lettered = head.isupper() and len(head) < 4 and "." not in head
    return lettered or writer_words().yours.match(line) is not None


def before_firm(name: str) -> str | None:
    """ "Anouk van Kinderopvang Bolderkar", "Jo at Wheelhouse Cycles": who writes for a firm; else None.

    A small word of family names is none of a firm's but before a word of business or of every day.
    """
    words = name.split()
    if len(words) < 3 or not _called(words[0]):
        return None
    joint, firm = words[1].lower(), words[2:]
    if len(firm) > 1 and firm[0] in writer_words().articles:
        firm = firm[1:]
    if joint in writer_words().never_of_names:
        return words[0]
    if joint not in writer_words().of_names:
        return None
    told = any(_of_business(word.lower()) or _every_day(word) for word in firm)
    return words[0] if told and firm[0][:1].isupper() else None


def _of_business(word: str) -> bool:
    """Whether a word is of firms: a house, a trade, a service that sends mail."""
    known = employer_words().institutions, role_words().business, platform_names()
    return any(word in words for words in known)


def _every_day(word: str) -> bool:
    """Whether a word is of every day, and no given name."""
    return word.lower() in common_words() and word.lower() not in people_words().given


def _before_team(line: str) -> str:
    """ "Mona und das Funkelstein-Team": who signs for a team; a line of anything else as it is."""
    first, *rest = writer_words().team_of.split(line)
    given = people_words().given
    other = rest[0].split()[:1] if rest else []
    return first if other and _called(first) and other[0].lower() not in given else line


def signed_below(text: str) -> tuple[str, str | None] | None:
    """Who signs in the last lines of a text that has no signature apart, with a desk under the name.

    "Mit freundlichen Grüßen / Gudrun Tesch / Sekretariat", "Corinne Besson, DRH", "Nele vom Team".
    """
    lines = [line.strip(" \t*_") for line in text[-_SIGNATURE:].splitlines() if line.strip()][-6:]
    lines = [_cased(line[:_LINE]) for line in lines]
    for index, line in enumerate(lines):
        bare = people_words().closing.sub("", line).lstrip("-–—~ ")
        closed = bare != line.lstrip("-–—~ ") or (index > 0 and _closes(lines[index - 1]))
        head = before_firm(bare) or writer_words().team_of.split(bare)[0]
        head = head.strip(" *_.–—-")
        if not head or len(line) > 70 or line[-1] in ".!?:" or head == text.strip():
            continue
        full = len(people_words().honour.sub("", head).split()) > 1
        late = index >= len(lines) - 4 and index > 0
        above_firm = late and _called(head) and _firm_line(lines[index + 1 :])
        beside = late and _given(head) and _desk_beside(bare, head, lines[index + 1 :])
        titled = late and " " not in head and is_title_line("".join(lines[index + 1 : index + 2]))
        signs = (
            closed or (full and late) or above_firm or beside or (titled and not _every_day(head))
        )
        if is_name(head) and not is_title_line(head) and signs:
            return head, title_after(head, "\n".join(lines[index:]))
    return None


def _given(word: str) -> bool:
    """Whether one word is a given name."""
    return word.lower() in people_words().given


def _called(word: str) -> bool:
    """Whether one word is a given name, though it may be another word too: "Dawn"."""
    return _given(word) or word.lower() in people_words().given_words


def _desk_beside(line: str, name: str, below: list[str]) -> bool:
    """Whether a desk stands behind a given name, or for whom it signs below: "Jen, reception"."""
    rest = line[len(name) :].strip(" ,|·•(–—-/)")
    below = [each for each in below if not (each[0] == "(" or any(map(str.isdigit, each)))]
    if not below and rest:
        return len(rest.split()) < 5 and line[len(name) : len(name) + 1] in ",|( "
    return len(below) == 1 and writer_words().on_behalf.match(below[0]) is not None


def _firm_line(below: list[str]) -> bool:
    """Whether nothing but a firm's name stands below: "Gil / Padaria Trigo Novo"."""
    return len(below) == 1 and institutional(below[0])


def _closes(line: str) -> bool:
    """Whether a line is nothing but closing words: "Mit freundlichen Grüßen"."""
    return not people_words().closing.sub("", line).strip(" ,.!") or line.strip(" ") in {
        "--",
        "-- ",
    }


def last_name_in(text: str) -> str | None:
    """The name that ends a text which has no signature apart: "Bev x", "Lea"."""
    lines = text[-_SIGNATURE:].strip().splitlines()
    alone = len(lines) < 2
    lines = [line[-_LINE:].strip(" *_–—-") for line in lines[-3:]]
    lines = [line for line in lines if line]
    ends = _ENDS.search(lines[-1]) if lines else None  # "we'll know Friday. Maureen"
    closing = ends[1] if ends and _given(ends[1]) and not _every_day(ends[1]) else None
    if alone or not lines:
        return closing
    last = re.sub(r"[\s,]+x+$|[.!]$|\W+$", "", people_words().closing.sub("", lines[-1])).strip()
    last = _cased(before_firm(last) or last)
    if _every_day(last) and not _called(last):
        return closing  # "Reschedule", a button's
    return last if len(last.split()) <= 3 and is_name(last) else closing


def _cased(line: str) -> str:
    """A name written in small letters as names are: "fermín ochoa"; any other line as it is."""
    words = line.split()
    if line != line.lower() or not 0 < len(words) < 4 or not _given(words[0]):
        return line
    common = words[0] in common_words() if len(words) == 1 else words[-1] in common_words()
    if common or not all(word.isalpha() for word in words):
        return line
    small = writer_words().small
    return " ".join(word if word in small else word.title() for word in words)


def title_after(name: str, signature: str) -> str | None:
    """The title in a signature: what stands after the name, or on one of the two lines below it."""
    lines = _lines(signature)
    first, last = squash(name.split()[0]), squash(name.split()[-1])
    for index, line in enumerate(lines[:_SIGNATURE_LINES]):
        if first not in squash(line) and last not in squash(line):
            continue
        rest = re.split(r"\s*[,|–·•(]\s*|\s+-\s+", people_words().closing.sub("", line), maxsplit=1)
        if len(rest) == 2 and is_title_line(rest[1].rstrip(")")):
            return _TITLE_ENDS.split(rest[1].rstrip(")"))[0].strip()
        for below in lines[index + 1 : index + 3]:
            head = re.split(r"\s*[|·•]\s*", below)[0]
            if is_title_line(head):
                return head.split(", ")[0]
        return None
    return None


@lru_cache(maxsize=4096)
def is_title_line(line: str) -> bool:
    """Whether a line of a signature is a title or a function."""
    if not line or len(line) > 70 or _tells_where(line) or _ranked(line):
        return False
    words = [word.strip(".,()") for word in _APART.split(line.lower())]
    surname = (
        len(words) == 2
        and words[1] in writer_words().trades
        and words[0] not in people_words().never
    )
    heads = role_words().heads
    surname = surname or (
        len(words) == 2
        and line[:1].isupper()
        and words[0] in heads
        and words[0] in people_words().given
        and words[1] not in heads
        and words[1] not in common_words()
    )  # "Dean Horrocks"
    return any(word in heads and not surname for word in words) or bool(
        writer_words().titled.search(line)
    )


def _tells_where(line: str) -> bool:
    """Whether a line has a number, an address or a link."""
    linked = "@" in line or "http:" in line or "https:" in line or "www." in line
    return linked or _NUMBER.search(line) is not None


def _ranked(line: str) -> bool:
    """Whether a line is a rank and a name: "Chief Orr", "Chief Dana Orr", but not "Chief Engineer"."""
    bare = people_words().honour.sub("", line)
    words = bare.split()
    if bare == line or not words or not all(word[0].isupper() for word in words):
        return False
    if len(words) == 1:
        return bare.lower() not in common_words() and not is_title_line(bare) and is_name(line)
    return len(words) < 4 and (_given(words[0]) or _initial(words[0])) and is_name(bare)


def _lines(signature: str) -> list[str]:
    lines = (line[:_LINE].strip(" *_-–|,") for line in signature[:_SIGNATURE].splitlines())
    return [line for line in lines if line]
