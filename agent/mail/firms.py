"""Names in the text of a mail that an employer can have, with what the words around them say.

A name is a run of words in capitals, without the person, the role or the desk beside it. How
much the words around it say for its being the employer's is its cue: 0, weak, or strong; what a
firm does to a candidacy ("X have gone the other way") is told by `acts`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from agent.lexicon import role_words
from agent.lexicon.display import display_words, legal_forms
from agent.lexicon.firms import firm_words
from agent.lexicon.who import common_words, employer_words, people_words
from agent.mail.role import is_title
from agent.mail.runs import Run, runs
from agent.mail.shown import (
    desk_after,
    institutional,
    is_desk_word,
    without_desk,
    without_legal_form,
)
from agent.mail.signer import is_title_line
from agent.mail.spelling import aligned
from agent.mail.titles import titled, trade

READ = 6000  # characters of a portion in which names are looked for
_MOST, _FEWEST = 120, 40  # names of a portion that are looked at: all of a mail are 39 at most
SIGNATURE = 0.9  # the share of a signature's names
_BEFORE, _AFTER = 48, 40  # characters around a name that say what it is
_IN_BRACKETS = re.compile(r"([^\W\d_a-z][\w'’-]+ [^\W\d_a-z][\w'’-]+) \((?:[^()\n]{2,40}, )?$")
_YEAR = re.compile(r"20\d\d")
_OF_FRENCH = re.compile(r"^d['’](?=[^\W\d_a-z])")
_ITEM = re.compile(r"\d{1,2}[.)] ")
_NUMBERED = re.compile(r"[^\W\d_]+\.? \d[\w/-]{0,20}\.?|[A-Z]{1,3}-?\d[\d-]*")


@dataclass(frozen=True, slots=True)
class Firm:
    """A name in one portion of the mail: its share there, and what the words around it say."""

    name: str
    words: tuple[str, ...]
    cue: float
    share: float
    acts: bool = False


def firms(portions: Iterable[tuple[str, float]]) -> list[Firm]:
    """The first names of every portion, each with the share of its portion.

    Of history fewer count where the mail itself has many.
    """
    named: list[Firm] = []
    for text, share in portions:
        most = _MOST if share >= SIGNATURE else max(_FEWEST, _MOST - len(named))
        named += islice(_firms(text[:READ], share), most)
    return named


def spelled(label: str, words: tuple[str, ...]) -> str | None:
    """The part of a run that a label is made of, with the words of business after it."""
    fit = aligned(label, words)
    if fit is None or (len(label) < 5 and fit.quality < 1.0):
        return None
    start, end = fit.start, fit.end
    if bodied := firm_words().state_body.match(" ".join(words[start > 0 and words[0] == "The" :])):
        named = words.index(bodied[0].split()[0])
        start = min(start, named)  # "Office of Civic Data" of civicdata
    for index in range(end, len(words)):
        word = words[index].lower().strip(".,")
        business = index == end and word in role_words().business and not is_desk_word(word)
        known = word in employer_words().institutions
        if is_desk_word(word) and not (known and index == end == fit.end):
            break  # "Oswega County Personnel Office" is a desk of the county
        if business or known:
            end = index + 1
    if start == 1 and words[0] == "The" and not label.startswith("the"):
        return without_legal_form(" ".join(words[start:end]))
    if start and words[start - 1] in firm_words().articles_kept:
        start -= 1
    if (
        start
        and institutional(" ".join(words[:end]))
        and not institutional(" ".join(words[start:end]))
    ):
        start = 0
    return without_legal_form(" ".join(words[start:end]))


def _firms(text: str, share: float) -> Iterator[Firm]:
    for run in runs(text):
        for piece in _pieces(run):
            if piece.words[-1].strip(".") == "Co" and legal_forms().behind_co.match(
                text, piece.end
            ):
                piece = piece.part(0, -1)  # "Shirakawa Engineering Co., Ltd."
            if not piece.words:
                continue
            if (is_title(piece.text) or _begins(piece)) and not _firm(piece):
                continue  # "District Manager" is a role, not District's manager
            if name := _clean(piece.text, ends=not text[piece.end : piece.end + 1].strip(" ")):
                cue = _cue(text, piece, name)
                yield Firm(name, piece.words, cue, share, _acts(text, piece, name))


def _pieces(run: Run) -> Iterator[Run]:
    """The run, or what stands in it before a possessive, behind a person, or before a role.

    "Orrin Tool's GM" is of Orrin Tool, "Herr Kubitschek von der Wohnbau Elster" of the latter.
    """
    if people_words().honour.match(f"{run.words[0]} "):
        at = next((i for i, word in enumerate(run.words) if i and word in firm_words().of), 0)
        while at and at < len(run.words) and not run.words[at][:1].isupper():
            at += 1
        if at and at < len(run.words):
            yield run.part(at)
            return
    told = len(run.words) > 2 and run.words[0] in firm_words().told_of
    if told and run.words[1] in firm_words().of and run.words[2][:1].isupper():
        yield run.part(2)  # "Rückmeldung von Tarn Foods"
        return
    if (of := _behind_person(run)) is not None:
        yield from (of,) if of.words else ()
        return
    for index, word in enumerate(run.words[:-1]):
        if word.endswith(("'s", "’s")) and not institutional(run.text):
            yield Run((*run.words[:index], word[:-2]), run.starts[: index + 1])
            return
    yield _before_title(run)


def _behind_person(run: Run) -> Run | None:
    """The firm behind somebody: "Ivo Brandt of Hatchway"; nothing behind two people; else None."""
    given, words = people_words().given, run.words
    for index in (1, 2):
        if len(words) <= index + 1 or words[0].lower() not in given:
            break
        if words[index] in firm_words().behind_person and index == 2:
            return run.part(index + 1)
        after = words[index + 1 :]
        if words[index] in firm_words().two_people and len(after) < 4:
            two = after[0].lower() in given and index == 2 and not institutional(run.text)
            return Run((), ()) if two else None
    return None


def _begins(run: Run) -> bool:
    """Whether a run is one word, and that a trade: "Gerente de calidad" in small letters; or a post."""
    if run.words[0] in firm_words().posts and titled(" ".join(run.words[1:])):
        return True  # "Ihr Interesse an der Stelle Medizinische Fachangestellte"
    return len(run.words) == 1 and not institutional(run.text) and trade(run.text)


def _before_title(run: Run) -> Run:
    """ "Land & Rivers Agency for Executive Officer": the part before the role, or behind it."""
    known, words = employer_words().institutions, run.words
    for index in range(1, len(words) - 1):
        behind = index > 1 and words[index] in firm_words().object_articles
        if behind and institutional(" ".join(words[:index])):
            return run.part(0, index)  # "baue bei Zuger Medtech das Regulatory-Team auf"
        if words[index] in firm_words().for_role and _for_post(words, index):
            return run.part(0, index)  # "your CV has gone to Halden Marine for Yard Manager"
        if words[index] in firm_words().at and titled(" ".join(words[:index])):
            return run.part(index + 1)  # "Analista de Suprimentos Pleno na Verdejante"
    for index in range(1, len(words) - 1):
        if words[index].lower() not in known:
            continue
        rest = words[index + 1 :]
        if len(rest) == 1 and words[index].lower() in firm_words().of_roles:
            continue  # "Assistant Front Office Manager" is a role as a whole
        rest = rest[1:] if rest[0] in firm_words().as_role else rest
        if rest and is_title(" ".join(rest)) and not is_title(" ".join(words[: index + 1])):
            return run.part(0, index + 1)
    return run


def _for_post(words: tuple[str, ...], index: int) -> bool:
    """Whether two words or more of no title stand before `index`, and a title behind it."""
    before, rest = " ".join(words[:index]), " ".join(words[index + 1 :])
    return index > 1 and is_title(rest) and not titled(before)


def _firm(run: Run) -> bool:
    """Whether a run that ends like a title is a firm's name: "Seward & Finch Solicitors"."""
    joins = display_words().joins
    if len(run.words) > 2 and run.words[-2] in joins and run.words[-1] == "Partner":
        return True  # "Kanzlei Noll und Partner"
    if not run.words[-1].endswith("s"):
        return False
    named = len(run.words) == 2 and run.words[0].lower() not in common_words()
    return named or "&" in run.words or institutional(run.text)  # "Corrie Distillers"


def _cue(text: str, run: Run, name: str) -> float:
    """What the words around a name say for its being the employer's."""
    words = employer_words()
    before = text[max(0, run.start - _BEFORE) : run.start]
    after = text[run.end : run.end + _AFTER]
    shift = run.text.startswith(("The ", "A "))
    cue = 0.0
    if firm_words().opens_room.match(after):
        return cue  # "Hollis Grant has invited you to a scheduled Zoom meeting"
    if run.words[0] in firm_words().clients and len(run.words) > 1:
        return 2.0  # "für unseren Kunden Rheinchem Spezialitäten"
    if firm_words().trades.match(after):
        return cue  # "Client: Banking domain"
    if firm_words().engages.match(after):
        return 2.5
    if words.strong_before.search(before) and not (shift and not before.strip()):
        cue = 2.0
    elif words.strong_after.match(after):
        cue = 1.5
    elif words.weak_before.search(before) or words.weak_after.match(after):
        cue = 0.6
    if 0.0 < cue < 1.5 and firm_words().interviews.match(after) and not _common(name):
        cue = 1.5  # "your availability for Oakhaven interviews"
    if cue < 2.0 and (role := firm_words().role_at.search(before)) and titled(role[1]):
        # "Healthcare Assistant at Northbeck Community Trust"; it can be a town elsewhere
        town = role[2].strip() in firm_words().in_town and not institutional(name)
        cue = cue if town and (role[2] == "," or " " not in name) else 2.0
    if cue < 2.0 and (bracket := _IN_BRACKETS.search(before)) and after[:1] in {")", ","}:
        told = institutional(name) if is_title(bracket[1]) else not is_title_line(name)
        cue = max(cue, 2.0 * told)
    if cue < 2.0 and firm_words().who_writes.search(before):
        cue = 2.0  # "it's Barb from Curl Up & Dye"
    if cue < 2.5 and firm_words().somebody_at.search(before):
        whole = (
            "&" in run.words
            or len(run.words) > 1
            or before.split()[-1] in firm_words().behind_person
        )
        cue = 2.5 if whole else max(cue, 2.0)
    if cue < 2.0 and before[-1:] == "(" and after[:1] == ")" and _ends_with_title(before):
        cue = 2.0 if institutional(name) or len(run.words) > 1 else cue
    if cue and is_title(name) and not _firm(run):
        return 0.0
    if run.text != name and desk_after(run.words):
        cue += 1.0
    return cue


def _common(name: str) -> bool:
    """Whether a name is made of words of every day alone: "Panel"."""
    return all(word.lower() in common_words() for word in name.split())


def _ends_with_title(before: str) -> bool:
    """Whether a title stands before a bracket: "Gestor de Compras (Fundição Ribatejo)"."""
    words = before[:-1].split()[-4:]
    return any(w[0].isupper() and titled(" ".join(words[i:])) for i, w in enumerate(words))


def _acts(text: str, run: Run, name: str) -> bool:
    """Whether the name does what only an employer does; a person's singular verb tells nothing."""
    found = employer_words().acts.match(text[run.end : run.end + _AFTER])
    if not found or len(name) < 3 or is_title_line(run.text) or name[:1].islower():
        return False
    beside = text[max(0, run.start - 25) : run.start].split()
    several = not firm_words().two_people.isdisjoint(beside)
    if len(beside) > 1 and beside[-1] in firm_words().at | firm_words().behind_person:
        return beside[-2][:1].isupper()  # "Roger at Hexley rang"
    plural = firm_words().plural.match(found[0])
    trade = len(run.words) > 1 and run.words[-1].lower() in role_words().business
    return (plural is not None and not several) or institutional(name) or trade


@lru_cache(maxsize=4096)
def _clean(name: str, *, ends: bool = False) -> str | None:
    """A name without legal form, desk and framing words; None where nothing of a name is left.

    `ends` says that nothing follows it on its line: "St Bede's" is whole there.
    """
    if name.startswith("The ") and firm_words().state_body.match(name[4:]):
        name = name[4:]  # "The Office of Civic Data confirms"
    whole = name if firm_words().state_body.match(name) else without_desk(name.split(), "")[0]
    kept = whole.split()
    body = whole is name and firm_words().state_body.match(name)
    while kept and not body and kept[0] != "The" and _no_name(kept[0]):
        kept = kept[1:]
    while kept and _no_name(kept[-1]) and not _reinsures(kept):
        kept = kept[:-1]
    plain = _OF_FRENCH.sub("", " ".join(kept).strip(" .,'’&-–—"))
    if plain[:1].isdigit() and (plain == plain.lower() or _ITEM.match(plain)):
        return None  # "12 and 1 have gone", "2. Offers"
    if ends and name.endswith(("'s", "’s")) and plain.split(" ")[0] in firm_words().saints:
        plain = f"{plain.removesuffix(name[-2:])}{name[-2:]}"
    else:
        plain = plain.removesuffix("'s").removesuffix("’s")
    alone = " " not in plain and (plain.lower() in people_words().never or plain[-1:].isdigit())
    if len(plain) < 2 or not any(letter.isalpha() for letter in plain) or alone:
        return None
    return None if _NUMBERED.fullmatch(plain) or firm_words().nobody.fullmatch(plain) else plain


def _reinsures(words: Sequence[str]) -> bool:
    """Whether the last word is what reinsurers are called by ("Castor Re"), no reply's mark."""
    return len(words) > 1 and words[-1] == "Re" and words[-2].lower() not in common_words()


@lru_cache(maxsize=4096)
def _no_name(word: str) -> bool:
    """Whether a word at the end of a run is none of a name's: a day, a greeting, "I'd"."""
    plain = word.lower().strip(".,'’")
    return (
        plain in firm_words().never
        or _YEAR.fullmatch(plain) is not None
        or word in firm_words().articles
        or firm_words().contracted.fullmatch(word) is not None
    )


def shape(name: str) -> tuple[bool, bool, int]:
    """How much a spelling looks like a name: capitals, then spaces between words."""
    return (name[:1].isupper(), not name.isupper(), name.count(" "))
