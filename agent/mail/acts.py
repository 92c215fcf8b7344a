"""What each sentence of a mail does: fixes a time, asks for one, declines, thanks ...

`read_acts` splits the new text into sentences, evens out their spelling and asks the
lexicon what each does. Hypothetical talk ("if you are selected, we will invite you")
is told apart: it states nothing. Linear in the text: every pattern is bounded, and no
sentence longer than `MAX_WORDS` words is looked at beyond that.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from agent.lexicon import Lexicon, folded, keys, parted

MAX_WORDS = 120
MAX_SENTENCES = 150
_TAIL = 12  # characters before a full stop that tell what it is for

_TOKEN = re.compile(r"[^\W_]+(?:['.][^\W_]+)*|[?!]")
_LINK = re.compile(r"https?://\S+|www\.\S+|\b\S+@\S+\b")
_BREAK = re.compile(
    r"(?=[\s;\"')\]])"  # what each of these begins with, told at once
    r"(?:(?<=[.!?…])[\"')\]]*\s+|\s*;\s+|\n+|\s+[-–—•]\s+(?=[A-Z]))"
)
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|vs|ext|inc|ltd|co|jr|sr|approx|e\.g|i\.e|incl|dept|ref|tel"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|fri|sat|sun"
    r"|okt|dez|nr|bzw|ca|usw|inkl|z\.b|str|mme|mlle|janv|févr|avr|juil|déc|sra|dra|sto|avda|dhr|mevr|bijv"
    r"|sig|dott|ssa|spett|ul|godz|tzn|np|wt|śr|czw|pt)|\b[a-z]|[ap]\.m)\.\s*$"
)
_SHORT_DAY = re.compile(r"\b(?:Mo|Di|Mi|Do|Fr|Hr|Hrn)\.\s*$")
# "jeu. 28/05", "seg. 16/02": days that are other words too, or their ends, behind no sentence but before figures.
_SHORT_BEFORE_DATE = re.compile(
    r"\b(?:lun|mer|jeu|ven|sam|dim|mié|mie|jue|vie|sáb|seg|ter|qua|qui|sex|sáb|gio|pon|niedz|sob"
    r"|ma|wo|vr|za|zo)\.\s*$"
)
_FIGURES = re.compile(r"\s*\d")
# "am 12. Mai", "w dniu 3. czerwca": an ordinal before a month or the like ends no sentence.
_ORDINAL = re.compile(r"\b\d{1,2}\.\s*$")
_MONTH = re.compile(
    r"\s*(?:[a-zäöüà-ÿ\d]|(?:Jan|Feb|M[äa]r|Apr|Ma[ijy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[^\W\d]{0,7}\b"
    r"|Uhr\b|Stock|Etage|Runde|Gespr)"
)
_CONTRACTIONS = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d", " would"),
    ("'m", " am"),
)


class Act(StrEnum):
    """What a sentence can do; the names are those of the lexicon's groups."""

    DECLINES = "declines"
    SOFTENS = "softens"
    OFFERS = "offers"
    CANCELS = "cancels"
    MOVES = "moves"
    ASKS_TIMES = "asks_times"
    FIXES = "fixes"
    SETS_TASK = "sets_task"
    ACKNOWLEDGES = "acknowledges"
    DESCRIBES_PROCESS = "describes_process"
    PROPOSES_ROLE = "proposes_role"
    TELLS_STATUS = "tells_status"
    PROMISES = "promises"
    REPLIES = "replies"
    ADVERTISES = "advertises"
    ABSENT = "absent"
    BOUNCES = "bounces"
    TICKETS = "tickets"


# What a sentence only does when it is said to happen, not when it might.
EVENTS = frozenset({Act.OFFERS, Act.CANCELS, Act.MOVES, Act.ASKS_TIMES, Act.FIXES, Act.SETS_TASK})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it stands in the text, and its words as the lexicon spells them."""

    span: tuple[int, int]
    text: str
    words: tuple[str, ...]

    @property
    def spelled(self) -> str:
        """The words as patterns see them, with a space at both ends."""
        return f" {' '.join(self.words)} "

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return "?" in self.words


@dataclass(frozen=True, slots=True)
class Doing:
    """One act of one sentence; `weight` is its strength, `job` how far it shows a job mail."""

    act: Act
    weight: float
    job: float
    sentence: Sentence
    hypothetical: bool
    pattern: str

    @property
    def states(self) -> bool:
        """Whether it newly states something, rather than talk of what may come."""
        return not (self.hypothetical and self.act in EVENTS)


def sentences(text: str, spellings: Mapping[str, str] | None = None) -> list[Sentence]:
    """The sentences of a text, in order; lines that a mail program wrapped are one."""
    table = spellings or {}
    found: list[Sentence] = []
    for start, end in _spans(text):
        piece = text[start:end]
        spelled = words(piece, table)
        if spelled:
            found.append(Sentence((start, end), piece, spelled))
        if len(found) >= MAX_SENTENCES:
            break
    return found


@lru_cache(maxsize=8)  # each time of a letter is asked about beside the same sentences
def told_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in its own spelling."""
    return tuple(sentences(text))


def words(text: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Lower case without accents, one spelling a word, contractions spelt out, of signs "?" and "!".

    `spellings` are without accents, as a lexicon gives them.
    """
    lowered = text[: MAX_WORDS * 12].lower()
    if "@" in lowered or "://" in lowered or "www." in lowered:
        lowered = _LINK.sub(" url ", lowered)
    lowered = lowered.replace("’", "'").replace("ʼ", "'")
    spelled: list[str] = []
    for token in _TOKEN.findall(parted(folded(lowered))):
        if token in spellings or "'" in token:
            spelled += _spell(token, spellings)
        else:
            spelled.append(token)
    return tuple(spelled[:MAX_WORDS])


def _spell(token: str, spellings: Mapping[str, str]) -> list[str]:
    known = spellings.get(token)
    if known is not None:
        return known.split(" ")
    if "'" in token:
        for ending, full in _CONTRACTIONS:
            if token.endswith(ending):
                return (token[: -len(ending)] + full).split(" ")
        return [token.partition("'")[0], "s"] if token.endswith("'s") else [token.replace("'", "")]
    return [token]


def _spans(text: str) -> Iterable[tuple[int, int]]:
    joined = _unwrap(text)
    start = 0
    for gap in _BREAK.finditer(joined):
        end = gap.start()
        tail = joined[max(start, end - _TAIL) : end]
        if "\n" not in gap[0] and tail.endswith(".") and _goes_on(tail, joined, gap.end()):
            continue
        if joined[start:end].strip():
            yield start, end
        start = gap.end()
    if joined[start:].strip():
        yield start, len(joined)


def _goes_on(tail: str, text: str, following: int) -> bool:
    """Whether a full stop only shortens the word before it, or makes a number an ordinal."""
    if _SHORT.search(tail.lower()) or _SHORT_DAY.search(tail):
        return True
    if _SHORT_BEFORE_DATE.search(tail.lower()) and _FIGURES.match(text, following):
        return True
    return bool(_ORDINAL.search(tail[-5:]) and _MONTH.match(text, following))


def _unwrap(text: str) -> str:
    """The text with line breaks inside a paragraph as spaces; every position stays what it was."""
    lines = text.split("\n")
    pieces = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        pieces += [line, " " if _continues(line, following) else "\n"]
    return "".join(pieces[:-1])


def _continues(line: str, following: str) -> bool:
    """Whether a line was broken for width: it is long, unfinished, and goes on in running text."""
    tail, head = line.rstrip(), following.lstrip()
    if len(tail) < 52 or not head or tail[-1] in ".!?:":
        return bool(
            tail and head and len(tail) > 30 and head[0].islower() and tail[-1] not in ".!?:"
        )
    return head[0] not in "-*•–>|" and not re.match(r"[A-Z][\w &/]{0,24}:", head)


def read_acts(found: Iterable[Sentence], lexicon: Lexicon) -> list[Doing]:
    """Every act of every sentence; of several phrases for one act the strongest counts."""
    doings: list[Doing] = []
    for sentence in found:
        doings += _acts_of(sentence, lexicon)
    return doings


def _acts_of(sentence: Sentence, lexicon: Lexicon) -> list[Doing]:
    spelled, lookup = sentence.spelled, keys(sentence.words)
    phrases = lexicon.acts.matches(spelled, lookup)
    if not phrases:
        return []
    hypothetical = lexicon.hypothetical.first(spelled, lookup) is not None
    best: dict[Act, Doing] = {}
    for phrase in phrases:
        act = Act(phrase.name)
        if act not in best or phrase.weight > best[act].weight:
            best[act] = Doing(
                act, phrase.weight, phrase.job, sentence, hypothetical, phrase.pattern.source
            )
    return list(best.values())


def strength(doings: Iterable[Doing], act: Act) -> float:
    """How strongly a mail does something: its strongest sentence, others counting less and less."""
    weights = [d.weight for d in doings if d.act is act and d.states]
    if not weights:
        return 0.0  # of most acts a mail does none
    weights.sort(reverse=True)
    return sum(weight * share for weight, share in zip(weights, (1.0, 0.4, 0.2, 0.1), strict=False))
