"""The last guard before a draft is stored: what nobody should find in a mail from us.

Each rule is a mistake that would embarrass the user: a placeholder, a phrase that recruiters
are tired of, a hole where a value was missing. A text without problems may still be bland;
a text with one is not to be stored.
"""

import re
from collections.abc import Iterator

#: A whole mail below or above this cannot be meant, whatever the template: a paragraph is
#: missing, or something poured in that does not belong.
FEWEST_WORDS, MOST_WORDS = 30, 400

#: How long each family of templates reads best, all lines counted.
LENGTHS = {"thank_you": (70, 160)}
ORDINARY_LENGTH = (40, 110)

_PLACEHOLDER = re.compile(
    r"[{}]|\[[^\[\]\n]{0,60}\]|<[^<>\n]{0,60}>"
    r"|\b(?:None|null|undefined|NaN|TODO|TBD|FIXME|XXX+|N/A|lorem ipsum)\b"
)

_WORN_OUT = (
    "just checking in", "just wanted to check in", "circling back", "circle back",
    "per my last email", "per my last e-mail", "as per my", "hope this finds you well",
    "hope this email finds you", "touch base", "touching base", "to whom it may concern",
    "bump this", "bumping this", "ping you", "pinging you", "reach out",
    "ich wollte nur mal nachfragen", "wollte nur kurz nachhaken", "hoffe, diese mail erreicht sie",
    "je reviens vers vous", "je me permets de vous relancer", "en espérant que ce mail vous trouve",
    "espero que este correo le encuentre bien", "solo quería saber si",
)  # fmt: skip

_COUNTED = re.compile(r"[^\W_]\S*")
_LINK = re.compile(r"https?://\S{1,2000}")
_LONGEST_GREETING = 100

_SALUTATION = (
    r"dear|hi|hello|guten tag|liebe|lieber|sehr geehrte|bonjour|cher|chère|hola|estimad[oa]"
)
_EMPTY_GREETING = re.compile(
    rf"(?:{_SALUTATION})\s+[,:.!]|(?:dear|liebe|lieber|sehr geehrte|cher|chère|estimad[oa])\s*[,:]?\Z",
    re.I,
)
# Only words that end no sentence: "look at", "trage dazu bei" and "nehme an" do.
_DANGLING = re.compile(
    r"(?:(?<!look )(?<!looking )\bat|\bthe|(?<!I )\bam|\bals|\bchez|\bdel)"
    r"(?= ?[,;:?!]|\.(?:\s|\Z))"
)  # in small letters: a sentence does not begin with its last word, and a firm may be called "THE"
# The second is never a capital where a value is missing; the first only where a sentence begins, and
# not alone: "Le Le", "A A", "A.A a" and "AA A a" are names.
_SMALL = "at|the|a|an|of|for|on|to|in|by|bei|als|am|bis|zum|chez|le|la|les|de|du|en|el|y|et|und|and"
_OPENING = "|".join(word.capitalize() for word in _SMALL.split("|") if len(word) > 1)
_TWICE = re.compile(
    rf"(?:(?<![\w.])({_SMALL})|(?:^|(?<=[.!?]\s))({_OPENING}))\s+(?=[a-z])(?i:\1|\2)\b",
    re.MULTILINE,
)
_STRAY = re.compile(r"(?<=[^\s.…])[ ][,.](?=\s|\Z)|,[,.;:!?]|;[,.;:]|(?<!\.)\.\.(?!\.)")


def problems_in(body: str, template: str | None = None) -> tuple[str, ...]:
    """What is wrong with a text that is about to become a draft, in plain words; () if nothing.

    With the name of its template the length is held against what suits that kind of mail.
    """
    return tuple(_problems(body, template))


def problems_in_piece(text: str) -> tuple[str, ...]:
    """What is wrong with a text that is no whole mail: lines to say, to post, or to copy by hand."""
    whole = f"Hello,\n\n{text}"
    return (*_bad_phrases(whole), *_reading_problems(whole))


def fit_to_name(name: str | None) -> str | None:
    """A name of a role or an employer, None where it reads as worn-out or as a placeholder."""
    lower = (name or "").lower()
    odd = any(phrase in lower for phrase in _WORN_OUT)
    odd = odd or any(pattern.search(name or "") for pattern in (_TWICE, _PLACEHOLDER))
    return None if odd else name


def word_count(body: str) -> int:
    """How many words a reader counts: what has a letter or a digit in it, greeting and all."""
    return len(_COUNTED.findall(body))


def _problems(body: str, template: str | None) -> Iterator[str]:
    yield from _bad_phrases(body)
    yield from _length_problems(body, template)
    yield from _reading_problems(body)


def _bad_phrases(body: str) -> Iterator[str]:
    lower = " ".join(body.lower().split())
    if found := _PLACEHOLDER.search(body):
        yield f"a placeholder was left in: {found.group()!r}"
    for phrase in _WORN_OUT:
        if phrase in lower:
            yield f"a worn-out phrase: {phrase!r}"
    if body.count("!") >= 3:
        yield "three exclamation marks"


def _length_problems(body: str, template: str | None) -> Iterator[str]:
    words = word_count(body)
    least, most = FEWEST_WORDS, MOST_WORDS
    if template is not None:
        least, most = LENGTHS.get(template.partition(".")[0], ORDINARY_LENGTH)
    if words < least:
        yield f"{words} words are too few: at least {least}"
    if words > most:
        yield f"{words} words are too many: at most {most}"


def _reading_problems(body: str) -> Iterator[str]:
    """Holes that a missing value leaves: where a reader would stumble."""
    body = _LINK.sub("link", body)
    greeting = body.strip().partition("\n")[0].strip()
    if _EMPTY_GREETING.match(greeting) or len(greeting) > _LONGEST_GREETING or greeting[-1:] == ".":
        yield "the greeting is missing or empty"
    if "  " in body or "\t" in body:
        yield "a doubled space"
    for pattern, what in ((_STRAY, "stray punctuation"), (_TWICE, "a word twice")):
        if found := pattern.search(body):
            yield f"{what}: {_around(body, found.start())!r}"
    # A greeting may end in anybody's name: Del, Am and At are names too.
    if found := _DANGLING.search(body, len(greeting) + 1):
        yield f"a sentence that breaks off: {_around(body, found.start())!r}"
    if "\n\n\n" in body:
        yield "an empty paragraph"


def _around(body: str, at: int) -> str:
    return " ".join(body[max(0, at - 20) : at + 20].split())
