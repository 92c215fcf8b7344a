"""The title of the role that a mail about a job is about.

Every phrase of the subject, of a calendar's events, of the text and of quoted history is weighed
(`agent.mail.title_weights`), and what is the same title but for its spelling is added up. The
likeliest is the mail's, where it is likelier than that the mail names none.

Of a title belongs to it what most readers of mail keep: grade, field and place stay where they
are part of how the mail calls the job; reference numbers, "(m/w/d)" and shares of a full post do
not.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.domain.facts import Kind
from agent.lexicon.shapes import tables
from agent.mail import titles
from agent.mail.spelling import squash
from agent.mail.title_weights import alone, weighed
from agent.mail.title_words import Names, language_group, tokens

_SUBJECT, _READ, _QUOTED, _NOTE = 400, 4000, 2000, 400  # characters that are looked at
_BLANKS = re.compile(r"[ \t\xa0]{2,}")
# The end of a line that only the width of the page made: a long line, and a sentence that goes on.
_WRAPPED = re.compile(r"(?<=[^\n]{45})(?<![.!?:;,])\n(?:>[> ]{0,6})?(?=[a-zß-ÿ(])")
_NEAR = 4.0  # in log odds: what is less likely than another by more than this adds nothing
LEAST_LIKELY = -0.5  # how much likelier than none a title must be, in log odds
_EDGES = " .,;:-–—/'’"
_SHORTEST_NAME = 3  # letters of a word of a name that tells it


@dataclass(slots=True)
class _Title:
    """One title in all the places where a mail has it."""

    share: float  # the sum of the odds of its places
    best: float
    spelled: str  # as it stands in the likeliest place


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a mail can name its role.

    `kind` is the mail's, `never` are names that are no titles: the employer's, the user's; `sender`
    is the sender's name. `events` are the summaries of a calendar's events, each like a subject,
    `notes` what they say further.
    """

    subject: str
    text: str
    quoted: str = ""
    kind: Kind | None = None
    never: tuple[str, ...] = ()
    sender: str = ""
    language: str = "en"
    events: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def portions(self) -> Iterator[tuple[str, str]]:
        """The portions in which a title is looked for, each with its name, as they are read."""
        plain = _on_one_line(self.subject)
        yield "subject", plain
        for event in map(_on_one_line, self.events):
            if event and event not in plain:
                yield "event", event
        yield "text", _unwrapped(self.text[:_READ])
        for note in self.notes:
            if note.strip():
                yield "note", _unwrapped(note[:_NOTE])
        if self.quoted.strip():
            yield "quoted", _unwrapped(self.quoted[:_QUOTED])

    def names(self) -> Names:
        """The words of the names that a title has none of, or seldom."""
        return Names(_words_of(self.never), _words_of((self.sender,)))

    def none(self) -> tuple[str, ...]:
        """What speaks for there being no title, by the names of the table."""
        return "none", f"none {self.kind}", f"none {self.language}"


def position(wording: Wording) -> str | None:
    """The role's title as the mail writes it, without reference numbers; None where it has none."""
    names, group = wording.names(), language_group(wording.language)
    none = alone(*wording.none())
    found: list[tuple[float, str]] = []
    for portion, read in wording.portions():
        cut = tokens(read)
        found += (
            (phrase.weight, read[cut[phrase.first].start : cut[phrase.last].end])
            for phrase in weighed(cut, portion, group, names, none - _NEAR)
        )
    return _elected(found, none, wording)


def _on_one_line(text: str) -> str:
    return " ".join(text[:_SUBJECT].split())


def _unwrapped(text: str) -> str:
    return _BLANKS.sub(" ", _WRAPPED.sub(" ", text))


def _words_of(names: Iterable[str]) -> frozenset[str]:
    """The words of names in small letters, those apart that are too short to tell anything."""
    words = (word.lower() for name in names if name for word in name.split())
    return frozenset(word for word in words if len(word) >= _SHORTEST_NAME)


def _elected(found: Iterable[tuple[float, str]], none: float, wording: Wording) -> str | None:
    """The likeliest title of phrases with their weights; None where `none` is likelier."""
    phrases = list(found)
    highest = max((weight for weight, _ in phrases), default=none)
    known: dict[str, _Title] = {}
    for weight, phrase in phrases:
        if weight < highest - _NEAR:
            continue
        title = _without_name(tidied(phrase, wording.language), wording.never)
        if not title:
            continue
        odds = math.exp(weight - highest)
        same = known.setdefault(squash(title), _Title(0.0, weight, title))
        same.share += odds
        if weight > same.best:
            same.best, same.spelled = weight, title
    best = max(known.values(), key=lambda title: title.share, default=None)
    if best is None or math.log(best.share) + highest < none + LEAST_LIKELY:
        return None
    return best.spelled


def tidied(phrase: str, language: str) -> str:
    """A phrase without reference numbers and what else is no part of a title, on one line.

    A Polish title stands in the case that its sentence needs: it is given as it stands by itself.
    """
    line = titles.without_codes(" ".join(phrase.split())).strip(_EDGES)
    return _nominative(line) if language == "pl" else line


def _without_name(title: str, never: Iterable[str]) -> str:
    """A title without the employer's name before it: "Acme Data Analyst" at Acme."""
    for name in never:
        if name and title.lower().startswith(f"{name.lower()} "):
            return title[len(name) :].strip(_EDGES)
    return title


def _nominative(title: str) -> str:
    """ "specjalistki ds. eksportu", as it stands after "na stanowisko", in its own form."""
    first, space, rest = title.partition(" ")
    own = _own_form(first, "nominative")
    if own == first:
        return title
    second, blank, others = rest.partition(" ")
    return f"{own}{space}{_own_form(second, 'agreeing')}{blank}{others}"


def _own_form(word: str, table: str) -> str:
    """A word with the ending that it has by itself."""
    for ending, own in tables("title")[table].items():
        if word.endswith(ending):
            return f"{word.removesuffix(ending)}{own}"
    return word
