"""People whom the text of a mail names: those one meets, and those that labels and lists give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from agent.lexicon.display import legal_forms
from agent.lexicon.people import mention_words, writer_words
from agent.lexicon.who import common_words, people_words
from agent.mail.honours import honour_in, nominative, without_rank
from agent.mail.runs import JOINERS, Run, runs
from agent.mail.signer import is_name, is_title_line
from agent.mail.spelling import squash
from agent.mail.spoken import only_spoken_of
from agent.mail.titles import leads_on, trade

_READ = 6000
_BEFORE, _AFTER = 42, 160
_MOST_NAMES = 60  # of a text, people or not; the most of 4,000 mails is sixteen
_BETWEEN_NAMES = 90  # characters between two names of one list
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# A day of the month around the name of a month: "19 Jan|", "|June 5".
_DAY_BESIDE = re.compile(
    r"\d(?:st|nd|rd|th|\.|º|er)?\s\||\|\.?\s\d{1,2}(?:st|nd|rd|th|,|\s|$)(?![:.]\d)"
)
_ARTICLE = re.compile(r" (el|al|bin|ben|ibn|ait|op|te|ould) ([^\W\d_a-z][\w-]{1,20})")
_NUMBERED = re.compile(r"(?<![:.\d])\d{1,5}[a-z]?,?\s+$")
_BOTH = re.compile(r"[:*_](?:in|innen)$")  # "Kolleg:innen"
_NO_NAME = re.compile(r"-[a-zà-ÿ]|^[LlDd]['’][a-zà-ÿ]")
_QUOTED = re.compile(r"[»”“\"]\s{0,2}[–—-]{1,2}\s?$")
_POSSESSIVE = re.compile(r"['’]s?$")
# What follows a given name that is spoken of, not one of a street or a firm.
_AFTER_NAME = re.compile(r"(?:,| \(|['’]s?\b| [a-zà-ÿ]|\s*$|\.|\n)")


@dataclass(frozen=True, slots=True)
class Named:
    """One mention: the name as written, the address beside it, the title with it."""

    name: str
    email: str | None = None
    title: str | None = None


@lru_cache(maxsize=8)  # employer and people ask for the same of one mail
def named_in(text: str, *, freely: bool, language: str = "en") -> tuple[Named, ...]:
    """The people a text names. `freely`: also by weak signs, as in mails that fix a talk."""
    return tuple(_named_in(text[:_READ], freely=freely, language=language))


def people_named(text: str, language: str = "en") -> set[str]:
    """The letters of the names of the people that a text names, whole and in parts."""
    met = named_in(text, freely=True, language=language)
    return {squash(part) for each in met for part in (each.name, *each.name.split())}


def _named_in(text: str, *, freely: bool, language: str) -> Iterator[Named]:
    lowered = set(re.findall(r"(?<![\w.@-])[a-zà-ÿ]{3,}\b(?!@)", text))
    yield from labelled_in(text)
    yield from _addressed(text, freely=freely)
    last, waiting, words = -1, None, people_words().openings
    for begins, piece in _called_in(text):
        title = text[begins : piece.start].strip()
        follows = max(last, waiting.end if waiting else -1) <= begins
        start = begins if follows and is_title_line(title) else piece.start
        listed = last >= 0 and _in_one_list(text, last, start)
        # Any noun of a German sentence has a capital: one name alone is nobody's there.
        given = len(piece.words) == 1 and piece.text.lower() in people_words().given
        noun = language == "de" and len(piece.words) == 1 and not listed and not given
        noun = noun and not mention_words().shortened.search(text[max(0, start - 10) : start])
        noun = noun or (_opens(text, piece) and piece.text.lower() == words.get(language))
        if noun or not _counts(text, piece, lowered, freely=freely, listed=listed):
            waiting = piece if len(piece.words) > 1 and freely else None
            continue
        if only_spoken_of(text, start, piece.end):
            waiting = None
            continue
        if waiting and _in_one_list(text, waiting.end, start):
            yield _mention(text, waiting)  # "Felix Brand and Noor Haddad would love to"
        last, waiting = piece.end, None
        yield _mention(text, piece)


@lru_cache(maxsize=8)  # a text may be read twice, freely and not
def _called_in(text: str) -> tuple[tuple[int, Run], ...]:
    """What can be the names of people in a text, each with where the run begins that it is in."""
    found = (
        (run.start, _with_article(text, name))
        for run in runs(text)
        # most runs; "Lt. Price" is somebody
        if len(run.words) > 1
        or not _nobody(run.words[0])
        or text[run.start - 2 : run.start] == ". "
        for name in _persons(run)
    )
    return tuple(islice(found, _MOST_NAMES))


def _with_article(text: str, piece: Run) -> Run:
    """ "Farida el Amrani": a given name with a family name behind an article, where a run ends."""
    rest = _ARTICLE.match(text, piece.end) if len(piece.words) == 1 else None
    if rest is None or piece.text.lower() not in people_words().given:
        return piece
    return Run((*piece.words, rest[1], rest[2]), (*piece.starts, rest.start(1), rest.start(2)))


def _opens(text: str, piece: Run) -> bool:
    """Whether a name stands where a sentence begins."""
    before = text[: piece.start].rstrip(" ")
    return before[-1:] == "\n" or before[-1:] in {"", ".", "!", "?"}


def _in_one_list(text: str, end: int, start: int) -> bool:
    """Whether nothing but a comma, an "and" or a title stands between a name and the next."""
    between = text[end:start]
    if "\n\n" in between:
        return False  # a new paragraph begins another sentence: "Dear Dana, / Received with thanks"
    return len(between) < _BETWEEN_NAMES and mention_words().one_list.fullmatch(between) is not None


def _mention(text: str, piece: Run) -> Named:
    """A name with the address and the title beside it."""
    after = text[piece.end : piece.end + _AFTER]
    title = _title(after) or _title_before(text[max(0, piece.start - _BEFORE) : piece.start])
    name = mention_words().academic.sub("", without_rank(piece.text)).replace("Herrn ", "Herr ")
    rank = mention_words().shortened.search(text[max(0, piece.start - 10) : piece.start])
    return Named(nominative(f"{rank[0] if rank else ''}{name}"), _address(after), title)


def labelled_in(text: str) -> Iterator[Named]:
    """ "Interviewers: Ann Lee (CTO), Tom Hale" and its like."""
    for match in people_words().label.finditer(text):
        if legal_forms().ends.search(match[1].strip()):
            continue  # "With: Quillon & Partners LLP"
        for item in _items(match[1]):
            head = re.split(r"\s*[(<,]\s*|\s+[-–—]\s+", item.strip())[0].strip()
            if head and is_name(head) and not is_title_line(head):
                rest = item.strip()[len(head) :]
                title = _title(rest)
                yield Named(head, _address(rest), title)


def _items(listed: str) -> Iterator[str]:
    """The entries of a list; "Director of Rooms" is one, whatever "of" says in Dutch."""
    start = last = 0
    for parting in mention_words().item.finditer(listed):
        whole = mention_words().item.split(listed[parting.end() :], maxsplit=1)[0]
        title = f"{listed[last : parting.end()]}{whole}".strip()
        if parting[0] != " of " or not is_title_line(title):
            yield listed[start : parting.start()]
            start = parting.end()
        last = parting.end()
    yield listed[start:]


def _addressed(text: str, *, freely: bool) -> Iterator[Named]:
    """ "de heer Van Rijn", "dott.ssa Marchetti": with a title in small letters."""
    for match in mention_words().small_honour.finditer(text) if freely else ():
        if not mention_words().greeting.search(text[max(0, match.start() - 20) : match.start()]):
            yield Named(
                nominative(match[0]), None, _title(text[match.end() : match.end() + _AFTER])
            )


def _persons(run: Run) -> Iterator[Run]:
    """The names in a run: cut at small words that join two names, honours kept."""
    first = 0
    if "&" in run.words and not _of_people(run.words):
        return  # "Curl Up & Dye" is a firm
    for index in range(len(run.words) + 1):
        if index == len(run.words) or run.words[index] in mention_words().between:
            if first < index:
                yield from _person(run.part(first, index))
            first = index + 1


def _of_people(words: tuple[str, ...]) -> bool:
    """Whether a run with an "&" names people: one given name is enough, or "Grace & Hal"."""
    known, lowered = people_words(), [word.lower() for word in words if word != "&"]
    return not known.given.isdisjoint(lowered) or known.given_words.issuperset(lowered)


def _person(run: Run) -> Iterator[Run]:
    """The name in these words, without what stands before and after it."""
    if run.words[0][1:2] in ("'", "’") and run.words[0][:1].islower():
        run = Run((run.words[0][2:], *run.words[1:]), (run.starts[0] + 2, *run.starts[1:]))
    first = honour_in(run.words)
    honoured = first is not None
    if not honoured and is_title_line(run.text):
        yield from _behind_title(run)
        return
    low, high = _past_office(run.words, first), len(run.words)
    while low < high and not honoured and _before_name(run.words, low):
        low += 1  # "10:00 Raj Patel", "Then Tom Hale", "alle Zeiten von Mira"
    while low < high and _behind_name(run.words, low, high):
        high -= 1
    if high < len(run.words) and high - low == 1 and _firms_first(run, low, honoured=honoured):
        return  # "Docklands Mutual"
    if high - low == 1 and not honoured and _lettered_firm(run.words, low):
        return  # "NHS Glenorrin"
    if high < len(run.words) and run.words[high].lower() in mention_words().called_after:
        return  # "Anna Lindh Room"
    name = _before_firm(run.part(low, high)) if honoured else run.part(low, high)
    if not name.words or not is_name(name.text):
        return
    if any(_POSSESSIVE.search(word) for word in name.words[:-1]):
        return  # "Orrin Tool's GM"
    if not name.text.endswith(("'s", "’s")):
        yield name
    elif len(name.words) < 3:  # "Angharad's been recalled"
        yield _without_s(name)


def _past_office(words: tuple[str, ...], first: int | None) -> int:
    """Where a name begins: its honour, or past an office: "Mme la Directrice Hélène Vasseur"."""
    if first is None:
        return 0
    office = words[first + 1 : first + 2]
    if office and office[0] in writer_words().articles:
        for at in range(first + 3, len(words) - 1):
            if words[at].lower() in people_words().given:
                return at
    return first


def _before_name(words: tuple[str, ...], at: int) -> bool:
    """Whether a word only stands before a name: a time, "Then"; but "Des" in "Des Fry" is a name."""
    if words[at][0].isdigit() or (at and words[at].islower()) or _BOTH.search(words[at]):
        return True
    if at + 1 == len(words):
        return _never(words[at])
    word, known = words[at].lower(), people_words().given
    if words[at].isupper() and word in mention_words().lettered and words[at + 1].lower() in known:
        return True  # "our ED Simone"
    return word not in known and (_never(words[at]) or _opens_sentence(words, at))


def _behind_name(words: tuple[str, ...], low: int, high: int) -> bool:
    """Whether a word only stands behind a name: a time, a day, "Fatima van de" before "OR"."""
    last = words[high - 1]
    if last[0].isdigit() or last.islower():
        return words[low].lower() in people_words().given or not last[0].isdigit()
    family = high - low == 2 and last.lower() in people_words().surnames
    return _never(last) and not (family and words[low].lower() in people_words().given)


def _firms_first(run: Run, low: int, *, honoured: bool) -> bool:
    """Whether one word that is left before another that is no name's is no given name: "Docklands"."""
    first = run.words[low].lower()
    known = first in people_words().given or first in people_words().given_words
    return (
        not known and not honoured and run.words[low + 1].isalpha() and run.words[low + 1].istitle()
    )


def _lettered_firm(words: tuple[str, ...], low: int) -> bool:
    """Whether the letters of a firm stand before one word that is no given name."""
    before = words[low - 1] if low else ""
    lettered = len(before) > 1 and before.isupper() and before.isalpha()
    return lettered and words[low].lower() not in people_words().given


def _opens_sentence(words: tuple[str, ...], at: int) -> bool:
    """Whether a word only begins the sentence of a name: "Parteciperà Corrado Meini"."""
    following = next((word for word in words[at + 1 :] if not word.islower()), "").lower()
    known = following in people_words().given or following in people_words().given_words
    if not known or words[at].lower() in people_words().given_words:
        return False
    said = mention_words().opens.fullmatch(words[at]) is not None
    return said or trade(words[at])


def _behind_title(run: Run) -> Iterator[Run]:
    """ "CEO Mia Wong", "Engineering Manager Tom Hale": who bears a title written before the name."""
    for first in range(1, len(run.words) - 1):
        name = run.part(first)
        given = name.words[0].lower() in people_words().given
        if given and is_name(name.text) and not is_title_line(name.text):
            yield name
            return


def _before_firm(name: Run) -> Run:
    """ "Herr Kubitschek von der Wohnbau Elster" without the firm; "Sabine van der Berg" is whole."""
    words = mention_words()
    for index in range(2, len(name.words) - 2):
        if name.words[index] in words.before_firm:
            surname = sum(word[:1].isupper() for word in name.words[index:]) == 1
            if name.words[index] in words.in_no_name or not surname:
                return name.part(0, index)
    return name


def _without_s(name: Run) -> Run:
    return Run((*name.words[:-1], name.words[-1][:-2]), name.starts)


@lru_cache(maxsize=8192)
def _nobody(word: str) -> bool:
    """Whether one word alone is never somebody's name, whatever stands around it."""
    lowered, words = word.lower(), people_words()
    if word[0].isdigit() or _never(word):
        return True
    named = lowered in words.given or lowered in words.given_words
    return not named and lowered in common_words()


@lru_cache(maxsize=4096)
def _never(word: str) -> bool:
    return _POSSESSIVE.sub("", word.lower()).strip(".,'’") in people_words().never


def _counts(text: str, run: Run, lowered: set[str], *, freely: bool, listed: bool) -> bool:
    """Whether a run that looks like a name is somebody one meets."""
    before = text[max(0, run.start - _BEFORE) : run.start].rpartition("\n\n")[2]
    after = text[run.end : run.end + _AFTER]
    words = people_words()
    opens = not before.strip(" \t") or before.rstrip(" \t")[-1:] == "\n"
    called = opens and run.start < 200 and after[:1] in ",:!" and after[1:2] in "\n "
    greeted = mention_words().greeting.search(before)
    if greeted and "," in greeted[0] and re.match(r"\s[a-zà-ÿ]", after):
        greeted = None  # "so sorry, Hector has an audit"
    if (
        greeted
        or is_title_line(run.text)
        or (called and mention_words().called.match(run.text))
        or _heads_a_line(text, run)
        or _ends_title(before, run)
    ):
        return False
    honoured = words.honour.match(f"{run.text} ") is not None and len(run.words) > 1
    honoured = honoured or mention_words().shortened.search(before) is not None
    full = len([word for word in run.words if len(word) > 1]) > 1
    strong = words.strong_before.search(before) is not None or _title_before(before) is not None
    strong = strong or _behind_label(before)
    given = run.words[0].lower() in words.given
    strong = strong or (full and given and freely and _of_house(before))
    if given and _QUOTED.search(before) and _title(after) is not None:
        return True  # "« ... » – Soraya, Head of Product"
    alone = not full and not honoured
    if alone and not _one_can_be(run, before, after, lowered, met=strong or listed):
        return False
    if not honoured and full and not _full_can_be(run):
        return False
    if (full or honoured or after.startswith((" (", " <"))) and "@" in after and _bears(run, after):
        return True  # "please direct all questions to Brenda Oates at brenda.oates@..."
    if honoured or (strong and full):
        return strong or freely
    if not freely:
        given = run.text.lower() in words.given and mention_words().decides.match(after) is not None
        return alone and (given or mention_words().judges.match(after) is not None)
    if listed or strong:
        return True
    said = words.after.match(after) is not None or (full and opens and _titled_below(after))
    if alone:
        ours = mention_words().of_ours.match(after) is not None
        return said or ours or _given_alone(run, before, after)
    weak = words.weak_before.search(before) is not None or _title(after) is not None
    vocative = not text[: run.start].strip() and mention_words().calls_on.match(after) is not None
    return (
        said or weak or (_named_first(run) and not _of_place(before, whole=True) and not vocative)
    )


_APART = re.compile(r"[,;:(|\n]|\s[-–—·]\s")


def _bears(run: Run, after: str) -> bool:
    """Whether the address beside a name is made of a part of it."""
    local = squash((_address(after) or "").partition("@")[0])
    return any(len(word) > 2 and squash(word) in local for word in run.words)


def _titled_below(after: str) -> bool:
    """Whether a line ends here, and the next one is a title: a panel of names and titles."""
    below = after.partition("\n")
    return not below[0].strip() and is_title_line(below[2].partition("\n")[0].strip())


def _heads_a_line(text: str, run: Run) -> bool:
    """Whether a run goes over a line's end to the word of a label: "300 S Wacker Dr / Dress: ..."."""
    return text[run.end : run.end + 1] == ":" and "\n" in text[run.start : run.end]


def _ends_title(before: str, run: Run) -> bool:
    """Whether a run is what a title is of: "Ann Lee, Director of Institutional Giving"."""
    lead = _APART.split(before)[-1].strip()
    return leads_on(lead) and is_title_line(f"{lead} {run.text}")


def _one_can_be(run: Run, before: str, after: str, lowered: set[str], *, met: bool) -> bool:
    """Whether one word alone can be somebody's name here; `met`: words before it say so."""
    word, words = run.text.lower(), people_words()
    known = word in words.given or (met and word in words.given_words)
    if run.text.isupper() or len(run.text) < (2 if known else 3):
        return False
    if not (known or met) and _NO_NAME.search(run.text):
        return False  # "Hi-vis", "L'assenza"
    if word in lowered or (not known and word in common_words()):
        return False
    named = word in words.given
    if not named and (mention_words().common.search(word) or words.places.search(before)):
        return False  # "Wiring", "in Denver"; but Kelly and Irving are names
    if words.honour.fullmatch(f"{run.text} ") or word in mention_words().cities:
        return False  # "Cole Iverson, Sr. Manager", "summoned to Washington"
    if mention_words().of_firm.search(before) or before.endswith(("the ", "The ")):
        return False
    if mention_words().beside.search(before) and _title(after) is None:
        return False
    dated = mention_words().months.fullmatch(word) and _DAY_BESIDE.search(f"{before}|{after}")
    return not dated


def _full_can_be(run: Run) -> bool:
    """Whether several words can be somebody's name: "Prairie Gas" and "Position Koch" cannot."""
    first, last = run.words[0].lower(), run.words[-1].lower().strip(".")
    every_day = last in common_words() or (
        first in common_words() and first not in people_words().given_words
    )
    if first in mention_words().saints:
        return False  # "St. George's"
    if last in mention_words().called_after and len(run.words) > 2:
        return False  # "Tom Ray Scholarship"
    if mention_words().street.fullmatch(last) or (last == "day" and len(run.words) > 2):
        return False  # "Willem de Zwijgerlaan", "Martin Luther King Day"
    return _named_first(run) or not every_day


def _named_first(run: Run) -> bool:
    """Whether a run begins with a given name, and does not end with a word of every day if doubtful."""
    first, words = run.words[0].lower(), people_words()
    doubtful = first in words.given_words and run.words[-1].lower() not in common_words()
    shouted = run.words[0].isupper() and not run.words[-1].isupper()  # "IDA Business"
    return (first in words.given and not shouted) or doubtful


def _of_place(before: str, *, whole: bool = False) -> bool:
    """Whether a number or a small word before a full name makes it a street's: "14 Marina Close"."""
    words = mention_words()
    found = words.apart.search(before)
    if found and whole and found[0].strip().lower() == "to":
        found = None  # "we have moved you to Amanda Frost"
    return bool(found or words.place_of.search(before) or _NUMBERED.search(before))


def _given_alone(run: Run, before: str, after: str) -> bool:
    """Whether a given name alone is spoken of as one who will be there."""
    if run.text.lower() not in people_words().given or not _AFTER_NAME.match(after):
        return False
    if _title(after) is not None:
        return True
    return not (_of_place(before) or mention_words().arranges.match(after))


def _address(after: str) -> str | None:
    """The address beside a name, or on the line below it."""
    match = _EMAIL.search(after)
    if match is None:
        return None
    between = after[: match.start()]
    apart = between.count("\n") > 1 or mention_words().somebody_else.search(between)
    return None if apart else match[0].lower()


def _title(after: str) -> str | None:
    match = mention_words().title.match(after)
    title = (match[1] or match[2]).strip() if match else ""
    return title if title and is_title_line(title) and len(title.split()) <= 7 else None


def _title_before(before: str) -> str | None:
    """ "our CTO, Dana Fox", "hiring manager Dana Fox", "la directora, Pilar Otero"."""
    match = people_words().owned.search(before)
    title = match[1] if match else ""
    last = title.rpartition(" ")[2].lower()
    joined = last in JOINERS or last in mention_words().in_no_title
    return title if title and not joined and is_title_line(title) else None


def _behind_label(before: str) -> bool:
    """Whether a title and a colon open the line of a name: "HR specialist for this action: ..."."""
    label = before.rpartition("\n")[2].rstrip()
    return label.endswith(":") and len(label.split()) < 8 and is_title_line(label[:-1])


def _of_house(before: str) -> bool:
    """Whether a full name follows a word of whose, and what somebody is: "notre éducatrice, ..."."""
    words = people_words()
    if words.with_owner.search(before):
        return True
    article = words.with_article.search(before)
    return article is not None and (is_title_line(article[1]) or trade(article[1].split()[-1]))
