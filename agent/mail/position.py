"""The title of the role that a mail about a job is about.

A title is read where something says that it is one: a label ("Position: Night Loader"), words
before it ("your application for", "Stelle als"), a noun after it ("the Dock Lead role"), or the
subject, cut into its parts. Each reading has a weight; what the mail says twice outweighs what
it says once, and quoted history counts half.
"""

import re
from collections.abc import Iterable, Iterator

from agent.lexicon.who import words_around_roles
from agent.mail import titles
from agent.mail.role import is_title
from agent.mail.runs import runs
from agent.mail.spelling import squash
from agent.mail.titles import titled

_READ = 6000  # characters of a portion that are looked at
_LEAST = 1.0  # what a title must weigh in all
_CAPITALISING = frozenset({"en", "de"})  # languages that write titles with capitals in a sentence
_SUBJECT_PARTS = re.compile(r"\s+[-–—|·•/:]+\s+|:\s+|\s*[|•]\s*|,\s+|\s+@\s+")
_PREFIX = re.compile(
    r"(?i)^(?:\s*(?:re|fwd?|aw|wg|sv|antw|tr|rif|rv|odp|enc|undeliverable|automatic reply|out of office)\s*:\s*)+"
)
_OF_SOMEBODY = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:,|\s?\()$|[^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w.'’-]+ ?[-–—|:]$|\b(?i:our|their|his|her|by|with|the)$"
)
_LEADS_TO = re.compile(r"(?i)\b(?:for|as|your|becoming|about|on|the following test:|an?)$")
_SAYS_JOB = re.compile(
    r"(?i)\b(?:postes?|emploi|fonction|puesto|vacante|vaga|função|lugar|functie|vacature|rol|posizione|ruolo|stanowisk\w{1,2})\s(?:(?:de|van|di|del|als|voor|na)\s|d['’])?\"?$|stanowisk\w{1,2} $"
)
_FULLER = re.compile(
    r" (?:\([^()]{2,30}\)|I{1,3}|IV|V|(?i:band|level|grade|step|tier|groep) ?\w{1,2})"
)
_BRACKETED = re.compile(r"\(([^\W\d_][^()\n]{2,50}(?:\([^()]{1,4}\)[^()\n]{0,30})?)\)")
_PERSON_BEFORE = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w.'’-]+|(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M|Sr|Sra|with|and|mit|avec|und|et) ?\.? ?[^\W\d_a-z][\w.'’-]+)\s*$"
)

Reading = tuple[str, float]


def position(
    subject: str,
    text: str,
    quoted: str = "",
    *,
    never: Iterable[str] = (),
    language: str = "en",
) -> str | None:
    """The role's title as the mail writes it, without reference numbers; None where it has none.

    `never` are names that are no titles: the employer's, the user's, those of people.
    """
    names = {squash(name) for name in never if name}
    weights: dict[str, float] = {}
    spelled: dict[str, str] = {}
    for title, weight in _readings(subject, text, quoted, loose=language not in _CAPITALISING):
        plain = titles.trimmed(_beside_names(title, names))
        if plain is None or squash(plain) in names or not titles.plausible(plain):
            continue
        key = squash(plain)
        weights[key] = weights.get(key, 0.0) + weight
        if key not in spelled or (plain[0].isupper() and not plain.isupper()):
            spelled[key] = plain
    return _elected(weights, spelled)


def _elected(weights: dict[str, float], spelled: dict[str, str]) -> str | None:
    """The heaviest title, in its fullest spelling."""
    for key in sorted(weights, key=len):  # "Lead" said after "Radiology Team Lead" is the same
        longer = [other for other in weights if other != key and other.endswith(key)]
        if longer and " " not in spelled[key]:
            weights[max(longer, key=lambda other: weights[other])] += weights.pop(key)
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is None or weights[best] < _LEAST:
        return None
    fuller = [k for k in weights if _FULLER.fullmatch(spelled[k].removeprefix(spelled[best]))]
    return spelled[fuller[0] if fuller else best]


def _beside_names(title: str, names: set[str]) -> str:
    """A title up to where the employer's or the user's name begins in it, or after it."""
    words = title.split()
    for index, word in enumerate(words):
        if squash(word) in names:
            return " ".join(words[:index] if index else words[1:])
    for end in range(1, len(words)):
        if squash(" ".join(words[:end])) in names:
            return " ".join(words[end:])
    return title


def _readings(subject: str, text: str, quoted: str, *, loose: bool) -> Iterator[Reading]:
    plain = _PREFIX.sub("", subject)
    yield from _of_subject(plain)
    for portion, share in ((plain, 1.0), (text[:_READ], 1.0), (quoted[:_READ], 0.5)):
        for title, weight in _of_text(portion, loose=loose):
            yield title, weight * share


def _of_subject(subject: str) -> Iterator[Reading]:
    """The parts of a subject that are titles, without what frames them."""
    fields = words_around_roles().fields
    for part in _SUBJECT_PARTS.split(titles.without_codes(subject)):
        bare = titles.unframed(titles.without_codes(part.strip()))
        if not bare:
            continue
        if titled(bare) and len(bare.split()) < titles.LONGEST:
            yield bare, 2.6 if bare[0].isupper() else 2.0
        elif 1 < len(bare.split()) <= 3 and bare.lower().split()[-1] in fields:
            yield bare, 1.2


def _of_text(text: str, *, loose: bool) -> Iterator[Reading]:
    """Every reading of a portion; `loose` where its language writes titles in small letters."""
    yield from _labelled(text)
    yield from _announced(text, loose=loose)
    if not loose:
        yield from _before_noun(text)
    yield from _standing(text)
    yield from _bracketed(text)


def _labelled(text: str) -> Iterator[Reading]:
    """ "Position: Night Loader"."""
    for match in words_around_roles().label.finditer(text):
        line = text[match.end() : match.end() + 120].partition("\n")[0].partition(" | ")[0]
        if title := titles.title_at(titles.unframed(line), 0):
            yield title, 4.0 if titled(title) else 2.0


def _announced(text: str, *, loose: bool) -> Iterator[Reading]:
    """ "your application for X", "Stelle als X"; after looser words what ends like a title."""
    around = words_around_roles()
    for match in around.strong_before.finditer(text):
        title = titles.title_at(text, match.end())
        if title and (
            titles.capitalised(title)
            or (loose and (titled(title) or _SAYS_JOB.search(match[0]) is not None))
        ):
            yield title, _weight(title)
    for match in around.weak_before.finditer(text):
        title = titles.title_at(text, match.end())
        if title and titled(title) and titles.capitalised(title):
            yield title, 1.5 if title[0].isupper() else 1.1


def _weight(title: str) -> float:
    """How much a phrase after strong words counts: most where it ends like a title."""
    if titled(title):
        return 3.0 if title[:1].isupper() else 2.5
    return 1.2 if title[:1].isupper() else 1.4


def _before_noun(text: str) -> Iterator[Reading]:
    """The words before "role", "position", "vacancy"; before "committee" a title in capitals."""
    around = words_around_roles()
    for pattern in (around.followed, around.gathered):
        for match in pattern.finditer(text):
            line = text[max(0, match.start() - 90) : match.start()]
            clause = re.split(r"[.!?;:\n\"“(]|,\s", line)[-1].split()
            title = titles.title_ending(clause)
            surely = pattern is around.followed
            if not title or not titles.capitalised(title):
                continue
            if surely or (titled(title) and title[0].isupper()):
                yield title, 3.0 if titled(title) else 1.2


def _standing(text: str) -> Iterator[Reading]:
    """Titles in capitals that stand in a sentence by themselves, not after somebody's name."""
    for run in runs(text):
        words, before = run.words, text[max(0, run.start - 40) : run.start].rstrip(' \n"“')
        if "for" in words:
            at = words.index("for")
            words, before = words[at + 1 :], f"{words[at - 1]} for"
        leads = _LEADS_TO.search(before) is not None
        title = _beginning(words)
        if not title and leads and titled(" ".join(words)):
            title = " ".join(words)
        if title and not _OF_SOMEBODY.search(before):
            yield title, 1.8 if leads else 1.3


def _beginning(words: tuple[str, ...]) -> str:
    """The longest title of two words or more with which a run begins; "" where there is none."""
    for end in range(len(words), 1, -1):
        if is_title(" ".join(words[:end])):
            return " ".join(words[:end])
    return ""


def _bracketed(text: str) -> Iterator[Reading]:
    """ "your interview on Friday (Night Receptionist)"; not what stands after a person's name."""
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if titled(match[1]) and not titles.generic(match[1]) and not _PERSON_BEFORE.search(before):
            yield match[1], 1.2
