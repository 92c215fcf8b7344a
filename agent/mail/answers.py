"""What a user's short answers mean: who was there, what mattered to whom, when they decide.

Each reader takes the text of one answer and gives values; text that says nothing gives
nothing, and none raises. The words are data (`lexicon/debrief.toml`), of every language at
once: people answer from a phone in whichever comes to mind. Linear in the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from agent.domain.facts import Mattered, Person, PersonRole
from agent.lexicon.shipped import shipped
from agent.mail.compose import is_address, one_line
from agent.mail.mailboxes import is_person
from agent.mail.message import Address
from agent.mail.names import read_name
from agent.mail.titles import titled
from agent.mail.when import find_days

MOST = 4_000  # characters of an answer that are read
_MOST_PEOPLE = 20
_LONGEST_PIECE = 200  # characters of one entry of a list of people

_EMAIL = re.compile(
    r"<?(?:mailto:)?([^\s<>()\[\],;:\"]{1,64}@[^\s<>()\[\],;:\"]{1,255}?)[.>)]?(?=[\s,;)>]|\Z)"
)
#: "bis zum 11. Dezember" is one sentence.
_MONTH = r"(?:jan|jän|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[zc])\w{0,9}\b"
_SENTENCE = re.compile(
    rf"(?<=[.!?…])(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bSr\.)"
    rf"(?<!\bSra\.)(?<!\bDra\.)(?!(?<=\d\.)\s{{1,9}}{_MONTH})\s+"
    rf"(?=[^\W\d_]|[\"'«„“(])|\n+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\A\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+)")
_LINK = re.compile(r"https?://[^\s<>\"']{3,500}")
_BUT_NOT = re.compile(
    r"\s(?:but\s|aber\s|mais\s|pero\s)?(not|without|except|nicht|ohne|außer|sans|sauf|sin|salvo)\s",
    re.I,
)
#: "Ann Lee (ann@acme.example, CTO)": the comma parts no two people.
_BRACKETS = re.compile(r"\([^()\n]{0,120}\)")
_FOR = re.compile(r"(?:for|to|für|bei|pour|chez|para)\s+", re.IGNORECASE)
_AROUND = re.compile(
    r"\A\s*(?:war|waren|ist|was|were|is|are|est|était|es|era)\s+"
    r"|\s(?:am\s)?(?:wichtig\w{0,4}|(?:most\s)?important\w?)\s*\Z",
    re.I,
)
#: "tests matter most to her": whom it is said to needs no telling.
_TO_THEM = re.compile(
    r"\s(?:matters?|mattered|counts?|counted|is|are|was|were)\s(?:the\s)?"
    r"(?:(?:most|more|very|really|a lot|a great deal|important)\s){0,2}(?:to|for)\s"
    r"(?:her|him|them)\Z",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?:\s(?:too|also|as well|auch|aussi|también))?,?\s(?:and|und|et|y)\s", re.IGNORECASE
)
_MINE = re.compile(r"(?:my|me|i|mein\w{0,2}|ich|mich|mon|ma|mes|moi|je|mi|mis|yo)\s", re.IGNORECASE)
_PARTICLES = frozenset(
    "van von der den de del della di da la le el al bin ibn ter ten zu y".split()
)


@dataclass(frozen=True, slots=True)
class Present:
    """Who was there; `only`: and nobody else, `nobody`: no one came at all."""

    met: tuple[Person, ...] = ()
    only: bool = False
    nobody: bool = False


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in _file().items() if name != "worries"}


@cache
def _worries() -> dict[str, tuple[str, ...]]:
    """The verbs of worry by the words that make of it what is to be done."""
    return {lead: tuple(verbs) for lead, verbs in _file()["worries"].items()}


@cache
def _file() -> dict[str, Any]:
    return shipped("debrief")


@cache
def words_of(*names: str) -> re.Pattern[str]:
    """A pattern for any phrase of these lists, the longest first, as whole words."""
    phrases = sorted({p for name in names for p in _words()[name]}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


def plain(text: str) -> str:
    """A text as its words are compared: small letters, straight quotes, no signs at its ends."""
    return one_line(text).lower().replace("’", "'").strip(" .,;:!?-–—…()\"'")


def says_nothing(text: str) -> bool:
    """Whether an answer is a plain no, a dash, or the like."""
    bare = plain(text)
    return not bare or bare in _words()["nothing"]


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of an answer, without bullets."""
    pieces = (_BULLET.sub("", piece, count=1) for piece in _SENTENCE.split(text[:MOST]))
    return [one for piece in pieces if (one := one_line(piece))]


# -- who -----------------------------------------------------------------------------


def who_was_there(text: str, known: Sequence[Person]) -> Present:
    """The people that an answer to "who was there" names; those `known` by first name too."""
    bare = plain(text)
    if not bare or bare in _words()["as_known"] or says_nothing(text):
        return Present()
    if bare in _words()["nobody"]:
        return Present(nobody=True)
    found: list[Person] = []
    absent: list[Person] = []
    for piece, beside in _pieces(text):
        negated = words_of("without").search(piece.replace("’", "'")) is not None
        named = _only_one_in(piece, known) if negated else _named(piece, known)
        if beside and found and titled(piece) and named not in known and not _address(piece):
            found[-1] = _titled(found[-1], piece)
        elif (several := _each_known(piece, known)) and not negated:
            found += several
        elif named is not None:
            (absent if negated else found).append(named)
    if absent and not found:
        found = [p for p in known if p not in absent and p.role is PersonRole.INTERVIEWER]
    return Present(_once(found), only=bool(found or absent))


def _each_known(piece: str, known: Sequence[Person]) -> list[Person]:
    """ "Ann Raj": two of those known with nothing between them."""
    people = [person_named(word, known) for word in piece.split()]
    each = [p for p in people if p is not None]
    return each if len(each) > 1 and len(set(each)) == len(people) else []


def only_people(text: str, known: Sequence[Person]) -> tuple[Person, ...]:
    """Those of a sentence that is nothing but a list of people; at least one is known or has an
    address."""
    met: list[Person] = []
    for piece, beside in _pieces(text):
        if plain(piece) in _words()["announcing"]:
            continue
        person = _named(piece, known)
        if beside and met and titled(piece) and person not in known and not _address(piece):
            continue
        if person is None or not _is_a_name_alone(piece):
            return ()
        met.append(person)
    sure = any(person_named(p.name or "", known) or p.email for p in met)
    return who_was_there(text, known).met if sure else ()


def _is_a_name_alone(piece: str) -> bool:
    name, _ = _name_and_title(one_line(_EMAIL.sub(" ", piece)).strip(" <>.:"))
    return not name or _looks_like_a_name(name)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """A list of people taken apart at commas, line ends, and the word "and" of any language.

    With each, whether a comma stands before it: there a title can stand instead of a person.
    """
    whole = _BRACKETS.sub(lambda found: found[0].replace(",", " ·"), text[:MOST])
    apart = _BUT_NOT.sub(r", \1 ", whole)
    joint = rf"([,;\n|]|{words_of('joining').pattern})"
    parts = ["", *re.split(joint, apart, flags=re.IGNORECASE)[: _MOST_PEOPLE * 4]]
    short = [one_line(_BULLET.sub("", part[:_LONGEST_PIECE], count=1)) for part in parts[1::2]]
    return [(one, sep == ",") for sep, one in zip(parts[::2], short, strict=False) if one]


def _named(piece: str, known: Sequence[Person]) -> Person | None:
    """The person that a piece of a list names, with an address and a title where they stand by."""
    email = _address(piece)
    rest = one_line(_EMAIL.sub(" ", piece)).strip(" <>.:")
    name, title = _name_and_title(words_of("only", "without", "there").sub(" ", rest))
    lead = words_of("announcing").match(name)
    name = name[lead.end() :].strip() if lead and name[:1].islower() else name
    someone = person_named(name, known) or (person_at(email, known) if email else None)
    if someone is not None:
        better = name if len(name.split()) > len((someone.name or "").split()) else someone.name
        return Person(
            better, email or someone.email, title or someone.title, PersonRole.INTERVIEWER
        )
    if not (email or _looks_like_a_name(name)):
        return None
    named = read_name(name)
    return Person(name if named else None, email, title, PersonRole.INTERVIEWER)


def _address(piece: str) -> str | None:
    found = _EMAIL.search(piece)
    email = found[1].lower().rstrip(".") if found else ""
    return email if is_address(email) and is_person(Address("", email)) else None


def _name_and_title(text: str) -> tuple[str, str | None]:
    """ "Ann Lee (CTO)", "Ann Lee - Head of Data", "Ann Lee": the name, and the title beside it."""
    name = re.split(r"\s?\(|\s[-–—:]\s", text, maxsplit=1)[0]
    rest = text[len(name) :].strip(" ()-–—:.·")
    return name.strip(" .,:"), rest if rest and titled(rest) else None


def _titled(person: Person, title: str) -> Person:
    return Person(person.name, person.email, person.title or one_line(title), person.role)


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    named = read_name(text)
    if named is None or not 1 <= len(words) <= 5:
        return False
    return all(word[:1].isupper() or word.lower() in _PARTICLES for word in words)


def person_named(name: str, known: Sequence[Person]) -> Person | None:
    """Who of those known is meant by a full, first or last name; None where it may be two."""
    wanted = plain(name)
    if not wanted:
        return None
    exact = [p for p in known if plain(p.name or "") == wanted]
    if exact:
        return exact[0]
    read = read_name(name)
    alone = plain(read.family) if read and not read.given else wanted  # "Herr Müller"
    by_part = [p for p in known if {wanted, alone} & _parts(p)]
    longer = [p for p in known if p.name and set(plain(p.name).split()) < set(wanted.split())]
    found = by_part or longer
    return found[0] if len(found) == 1 else None


def person_at(email: str, known: Sequence[Person]) -> Person | None:
    """Who of those known has that address."""
    return next((p for p in known if p.email == email), None)


def _parts(person: Person) -> set[str]:
    named = read_name(person.name)
    parts = {plain(part) for part in (named.given, named.family, named.full)} if named else set()
    words = plain(named.full).split() if named else []
    ends = {words[0], words[-1]} if len(words) > 1 else set()
    return {part for part in parts | ends if part} | {plain(person.name or "")}


def _once(people: Iterable[Person]) -> tuple[Person, ...]:
    kept: dict[str, Person] = {}
    for person in people:
        kept.setdefault(person.email or plain(person.name or ""), person)
    return tuple(kept.values())[:_MOST_PEOPLE]


# -- what mattered ---------------------------------------------------------------------


def what_mattered(
    text: str, known: Sequence[Person], *, asked: bool = True
) -> tuple[tuple[Mattered, ...], tuple[str, ...]]:
    """(what mattered, to whom where it is said; what could not be turned into such words).

    `asked`: the text answers the question; else only sentences that say so count.
    """
    found: list[Mattered] = []
    rest: list[str] = []
    last: Person | None = None
    for piece in (each for one in _by_person(text, known) for each in _each_of(one, known)):
        if says_nothing(piece):
            continue
        person, words, clear = _mattered(piece, known, last)
        last = person or last
        usable = words and not _MINE.match(words) and not _names_anybody(words, known)
        if usable and (clear or asked):
            found.append(Mattered(words, _key(person)))
        else:
            rest.append(piece)
    return tuple(found), tuple(rest)


def _key(person: Person | None) -> str | None:
    return (person.email or person.name) if person else None


def _by_person(text: str, known: Sequence[Person]) -> list[str]:
    """Pieces that are about the same people each: lines, sentences, and "Ann: x, Raj: y" apart."""
    labels = _labels(known)
    pieces: list[str] = []
    for sentence in sentences_of(text):
        for part in re.split(r"\s*;\s+", sentence):
            found = labels.finditer(part) if labels else ()
            starts = [m.start() for m in found if _begins_anew(m, part)]
            cuts = [0, *(at for at in starts if at), len(part)]
            pieces += [_LINKING.sub("", part[a:b]).strip(" ,;") for a, b in pairwise(cuts)]
    return [piece for piece in pieces if piece]


def _begins_anew(found: re.Match[str], part: str) -> bool:
    """A label always; a name with its verb where another's wish stands before it."""
    labelled = found[0].rstrip()[-1:] in ":=-–—"
    return labelled or words_of("cares").search(part, 0, found.start()) is not None


#: What stands between "Ann wants x" and "Raj wants y".
_LINKING = re.compile(r"(?:,\s*|\s)(?:and|und|et|y|while|but|während|aber|mais|pero)\s*\Z", re.I)
_JOINED = r"\s*(?:,|&|\+|/|\b(?:and|und|et|y)\b)\s*"
_BOTH = re.compile(
    r"\s*(?:both|all|beide|alle|tous les deux|toutes les deux|tous|ambos|ambas)(?=\s|:)", re.I
)


def _listed(known: Sequence[Person]) -> str:
    """A pattern for the names of those known, the longest first; "" for nobody."""
    names = sorted({n for p in known for n in _parts(p) if n}, key=len, reverse=True)
    return "|".join(map(re.escape, names))


def _labels(known: Sequence[Person]) -> re.Pattern[str] | None:
    """Where a name stands like a label ("Ann:", "Ann and Raj -"), or what somebody wants begins
    behind a comma ("…, Raj wants y")."""
    listed = _listed(known)
    if not listed:
        return None
    group = rf"(?:{listed})(?:\s*(?:&|\+|/|\b(?:and|und|et|y)\b)\s*(?:{listed}))*"
    cares = words_of("cares").pattern
    wants = (
        rf"(?:(?<=,\s)|(?<=\sand\s)|(?<=\sund\s)|(?<=\set\s)|(?<=\sy\s))(?:{listed})\s(?={cares})"
    )
    return re.compile(rf"(?<!\w)(?:{group}\s?(?::|=|\s[-–—]\s)|{wants})", re.IGNORECASE)


def _each_of(piece: str, known: Sequence[Person]) -> Iterable[str]:
    """ "Ann and Raj: quiet nights" is said of each: "Ann: quiet nights", "Raj: quiet nights"."""
    listed = _listed(known)
    several = rf"\s*(?:{listed})(?:{_JOINED}(?:{listed}))+(?!\w)"
    group = re.match(several, piece, re.IGNORECASE) if listed else None
    if group is None:
        return [piece]
    rest = _BOTH.sub("", piece[group.end() :], count=1)
    names = [m[0] for m in re.finditer(rf"(?<!\w)(?:{listed})(?!\w)", group[0], re.IGNORECASE)]
    wants = re.match(r"\s?(?::|=|\s[-–—]\s)", rest) or words_of("cares").match(rest.lstrip())
    return [f"{name}{rest}" for name in names] if wants else [piece]


def _mattered(
    piece: str, known: Sequence[Person], last: Person | None
) -> tuple[Person | None, str, bool]:
    """(to whom, what, whether the words say clearly that it mattered) of one piece."""
    label = re.match(r"\s*([^:=\n]{1,60}?)\s?(?::|=|\s[-–—])\s+(.+)", piece)
    if label:
        person = person_named(_FOR.sub("", label[1], count=1), known)
        if person is not None or plain(label[1]) in _words()["everyone"]:
            return person, _ended(label[2]), True
        if _looks_like_a_name(label[1]) and len(label[1].split()) <= 3:
            return Person(label[1].strip(), None), _ended(label[2]), False
    piece = _past_being_there(piece)
    lead = words_of("mattered").match(piece)
    if lead:
        return None, _ended(piece[lead.end() :]), True
    lent = _FOR.match(piece)
    subject = _subject(piece[lent.end() :] if lent else piece, known, last)
    if subject is not None and lent:
        person, after = subject
        return person, _ended(_AROUND.sub("", words_of("cares").sub("", after, count=1))), True
    if subject is None:
        return None, _ended(piece), False
    person, after = subject
    verb = words_of("cares").match(after)
    if verb is None:
        return person, _ended(piece), False
    said = _TO_THEM.sub("", _ended(after[verb.end() :]))
    return person, _as_a_task(verb[0], said), True


def _past_being_there(piece: str) -> str:
    """ "Ivy was there too and cares about …" without the coming and going."""
    there = words_of("there").search(piece)
    rest = _AND.match(piece, there.end()) if there else None
    return f"{piece[: there.start()]}{piece[rest.end() :]}" if there and rest else piece


def _as_a_task(verb: str, worry: str) -> str:
    """What somebody worries about is nothing that they want: their wish is to deal with it."""
    said = plain(verb)
    for lead, verbs in _worries().items():
        if said in verbs:
            return f"{lead} {worry}"
    return worry


def _subject(
    piece: str, known: Sequence[Person], last: Person | None
) -> tuple[Person | None, str] | None:
    """Who a sentence begins with, and what follows: "Ann really …", "she …", "both …"."""
    words = piece.split(maxsplit=4)
    heads = [" ".join(words[:count]) for count in (3, 2, 1) if len(words) > count]
    named = [(p, _after(piece, head)) for head in heads if (p := person_named(head, known))]
    # "Raj Patel cares about …": a head that swallows the verb names him too.
    said = [found for found in named if words_of("cares").match(found[1])]
    for found in said or named:
        return found
    first = plain(words[0]) if words else ""
    if first in _words()["they"]:
        return last, _after(piece, words[0])
    if first in _words()["everyone"]:
        return None, _after(piece, words[0])
    return None


_ADVERBS = re.compile(
    r"(?:(?:really|mostly|mainly|especially|clearly|also|above all|vor allem|besonders|sehr|auch|"
    r"surtout|vraiment|aussi|sobre todo|también|mucho)\s+){1,3}",
    re.IGNORECASE,
)


def _after(piece: str, head: str) -> str:
    rest = piece[piece.lower().find(head.lower()) + len(head) :].lstrip(" ,")
    return _ADVERBS.sub("", rest, count=1) if _ADVERBS.match(rest) else rest


def _ended(words: str) -> str:
    """Words that stand after a colon in a mail: no stop at the end, no quotes around."""
    return one_line(words).strip(' .,;:"“”„«»')


def _names_anybody(words: str, known: Sequence[Person]) -> bool:
    """Whether a name is still in it: told to that very person it would read oddly."""
    said = {plain(word) for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", words)}
    given = {n for p in known if (named := read_name(p.name)) for n in (plain(named.given),) if n}
    return bool(said & given)


# -- how, when, which -------------------------------------------------------------------


def in_own_words(text: str) -> str | None:
    """An answer as one line, without bullets; None where it says nothing."""
    said = " ".join(each if each[-1] in ".!?;:," else f"{each}." for each in sentences_of(text))
    return None if says_nothing(said) else said.rstrip(".") or None


def decision_day(
    text: str, anchor: datetime, *, zone: str, country: str, language: str
) -> date | None:
    """The day by which they decide, of what the user heard; another talk's day is none.

    `anchor` is when the answer was written. A sentence that speaks of deciding goes first.
    """
    best: tuple[int, date] | None = None
    for sentence in sentences_of(text):
        decides = _beginnings("decide").search(sentence.lower()) is not None
        if words_of("round").search(sentence) and not decides:
            continue
        days = find_days(sentence, anchor, zone=zone, country=country, language=language)
        for mention in days:
            weight = 2 * decides + mention.deadline
            if mention.day >= anchor.date() and (best is None or weight >= best[0]):
                best = (weight, mention.day)
    return best[1] if best else None


@cache
def _beginnings(name: str) -> re.Pattern[str]:
    """A pattern for words that begin with any of a list."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _words()[name]))})", re.IGNORECASE)


def meant_for(text: str, file: str, known: Sequence[Person]) -> str | None:
    """Whom a file is for, as the answer says: its own piece of the answer first, else the whole."""
    stems = set(re.findall(r"\w{2,}", plain(file)))
    pieces = re.split(r"[;\n]|,\s+|\.\s+|(?<!\w)(?:and|und|et|y)(?!\w)", text[:MOST])
    own = [p for p in pieces if stems & set(re.findall(r"\w{2,}", plain(p)))]
    for said in (*own, text):
        person = _only_one_in(said, known)
        if person is not None:
            return _key(person)
    return None


def _only_one_in(text: str, known: Sequence[Person]) -> Person | None:
    said = " ".join(["", *re.findall(r"[^\W_]+", text.lower()), ""])
    found = [p for p in known if any(f" {n} " in said for n in _parts(p) if n)]
    return found[0] if len(found) == 1 else None


def link_in(text: str) -> str | None:
    """The first link of a text."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;)") if found else None
