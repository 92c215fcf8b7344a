"""A sentence as the learned model sees it: evened-out words, and the grams made of them.

`tokens` lowers words, spells contractions out and puts a class where the word itself would
teach nothing: DAY, CLOCK and WHEN (a day with a clock time) for dates, NUM, MONEY, URL, ADDR,
and USER for the user's own name. Grams are words, their runs of two and three (`runs`) and the pieces
of three to five letters inside them (`pieces`), which carry over to inflections, misspellings and related
languages. Linear in the text; nothing here depends on the lexicons, so that a phrase added
there does not make the trained weights stale.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[£$€]?\d[\d,.:]*(?:[^\W\d_]+)?|[?!%€£$]"
)
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles miercoles jueves viernes sábado domingo"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag terça quarta quinta sexta"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica lunedi martedi mercoledi giovedi venerdi"
    " poniedziałek poniedziałku wtorek środa środę środy czwartek czwartku piątek piątku sobota sobotę"
    " niedziela".split()
)
_MONTHS = frozenset(
    "january february march april june july august september october november december jan feb apr jun"
    " jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember"
    " janvier février mars avril juin juillet août septembre octobre novembre décembre"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " januari februari maart mei augustus janeiro fevereiro março maio junho julho setembro outubro"
    " novembro dezembro gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre"
    " stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
)
_CLOCK_TIME = re.compile(r"\d{1,2}(?::|h)\d{2}|\d{1,2}(?:[.:]\d{2})?(?:am|pm)$")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|er)$")
_DATE_SIGNS = re.compile(r"\d+[./]\d+(?:[./]\d+)?\.?$")
_CONTRACTIONS = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d", " would"),
    ("'m", " am"),
    ("'s", " s"),
)
_DATED = frozenset({"DOW", "MONTH", "CLOCK", "ORD", "DATE", "NUM"})
_HOUR_WORDS = frozenset({"am", "pm", "uhr", "h", "oclock", "noon", "midday"})
_BETWEEN = _HOUR_WORDS | frozenset(
    "at on the of um den à le a las de om alle o às".split()  # stands between a day and its hour
)
_NUMBERS_DATE = frozenset({"MONTH", "am", "pm", "uhr", "h", "oclock"})


MOST_LETTERS = 600  # of a sentence; a person writes less


def tokens(text: str, names: Iterable[str] = ()) -> list[str]:
    """The evened-out words of a sentence; `names` are the user's own, lower case."""
    own = frozenset(names)
    found: list[str] = []
    for token in _TOKEN.findall(text[:MOST_LETTERS]):
        lowered = token.lower()
        found += ("USER",) if lowered in own else _evened(lowered)
    return _with_dates_as_one(found)


@lru_cache(maxsize=8192)
def _evened(low: str) -> tuple[str, ...]:
    """One token to its class or to its plain spelling, which may be two words."""
    if low.startswith(("http", "www.")):
        return ("URL",)
    if "@" in low:
        return ("ADDR",)
    if low in _WEEKDAYS:
        return ("DOW",)
    if low in _MONTHS:
        return ("MONTH",)
    if low[0] in "£$€":
        return ("MONEY",) if len(low) > 1 else (low,)
    if low[0].isdigit():
        return (_number(low),)
    return _spelled_out(low.replace("’", "'"))


def _number(low: str) -> str:
    if _CLOCK_TIME.match(low):
        return "CLOCK"
    if _ORDINAL.match(low):
        return "ORD"
    if (low.endswith("k") and low[:-1].isdigit()) or ("," in low and len(low) > 4):
        return "MONEY"
    if _DATE_SIGNS.match(low):
        return "DATE"
    return "MIX" if low[-1].isalpha() else "NUM"


def _spelled_out(low: str) -> tuple[str, ...]:
    if "'" not in low:
        return (low,)
    for ending, full in _CONTRACTIONS:
        if low.endswith(ending):
            return tuple((low[: -len(ending)] + full).split())
    return (low.replace("'", ""),)


def _with_dates_as_one(found: list[str]) -> list[str]:
    """The tokens with every run of date words as one: DAY, CLOCK or WHEN."""
    if _DATED.isdisjoint(found):
        return found
    merged: list[str] = []
    index = 0
    while index < len(found):
        if _starts_date(found, index):
            name, index = _date_run(found, index)
            merged.append(name)
        else:
            merged.append(found[index])
            index += 1
    return merged


def _starts_date(found: Sequence[str], index: int) -> bool:
    token = found[index]
    if token == "NUM":  # noqa: S105 - a class of words
        return index + 1 < len(found) and found[index + 1] in _NUMBERS_DATE
    return token in _DATED


def _date_run(found: Sequence[str], start: int) -> tuple[str, int]:
    """The class of the run that starts there, and where it ends."""
    parts: set[str] = set()
    end = index = start
    while index < len(found) and (found[index] in _DATED or found[index] in _BETWEEN):
        if found[index] in _DATED:
            parts.add(found[index])
            end = index
        elif found[index] in _HOUR_WORDS:
            parts.add("CLOCK")
            end = index
        index += 1
    if "CLOCK" not in parts:
        return "DAY", end + 1
    return ("CLOCK" if parts <= {"CLOCK", "NUM"} else "WHEN"), end + 1


def runs(words: Sequence[str]) -> list[str]:
    """The runs of two and of three tokens."""
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return pairs + [f"{pair} {c}" for pair, c in zip(pairs, words[2:], strict=False)]


def pieces(word: str) -> tuple[str, ...]:
    """The pieces of three to five letters of a word with its edges marked, each led by "#"."""
    if not 4 <= len(word) <= 40 or word.isupper():
        return ()
    marked = f"<{word}>"
    return tuple({f"#{marked[i : i + n]}" for n in (3, 4, 5) for i in range(len(marked) - n + 1)})
