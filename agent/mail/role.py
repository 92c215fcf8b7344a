"""Which role a mail is about, as its subject or text calls it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.lexicon import role_words
from agent.lexicon.shapes import Shape, Words

_CAP = r"[A-Z(][\w&/+#'’()-]*(?:\.\w[\w()]*)*"
_TITLE = rf"({_CAP}(?:[ ,/&-]{{1,3}}(?:<within> )?(?:{_CAP}|\d\w*\b)){{0,7}})"
_NUMBER = r"[A-Z]{1,3}-?\d[\w-]*\s+"  # of a vacancy


def _shape(source: str, *, caseless: bool = False, lines: bool = False) -> Shape:
    return Shape("title", source, caseless=caseless, lines=lines)


# Each names the role in its one group; in order of trust. But for the first three a title's last
# word must be one of a job (see roles.toml), because the same words frame other things.
_LABELLED = (
    _shape(
        rf"^\s*<label>\s*:\s*(?:{_NUMBER}|-?\d[\w-]*\s+)?(.{{3,80}})$", caseless=True, lines=True
    ),
    _shape(rf"<appointed> <post_of> {_TITLE}"),
    _shape(rf"<whose>\s+(?:<open> )?{_TITLE}\s+<noun>"),
    _shape(rf"(?:<applied>|<Applied>) <applied_for>(?: <applied_of>)? (?:{_NUMBER})?{_TITLE}"),
    _shape(rf"\b(?:[A-Z]{{1,3}}-?\d{{3,}}[\w-]*)\s+{_TITLE}"),
    _shape(rf"(?i:<take>) {_TITLE} (?:<test>|<Test>)"),
    _shape(rf"(?:<>|–|-|\|) [^\n(]{{2,40}}\(({_CAP}(?: {_CAP}){{0,5}})\)"),
    _shape(rf"<titled_as> {_TITLE}"),
    _shape(rf"<hiring> (?:<first> )?{_TITLE}"),
)
_SMALL = _shape(r"<small_before> ((?:[a-z][a-z-]+ ){0,3}[a-z][a-z-]+)")
_CODE = _shape(
    r"\s*(?:[-–—|,]?\s*\(?\s*(?:<reference>[.:#\s]*[\w/-]*\d[\w/-]*|[A-Z]{1,4}-?\d{3,}[\w-]*|#\d+|\d{2,4}-\d{3,})\s*\)?)\s*$",
    caseless=True,
)
_LEAD = re.compile(r"^(?:[A-Z]{1,4}-?\d{3,}[\w-]*)\s+")
_CUT = _shape(r"\s+<cut>.*$")
_SPLIT = re.compile(r"\s+[-–—|·:]+\s+|\s*[|•]+\s*|:\s+|\s+//?\s+|\|\|")
_FRAME = _shape(
    r"^(?:<reply>\s*:\s*)+|^(?:<whose> )?<framed>[^:]*:\s*|^<notice> .*? - ", caseless=True
)
_BESIDE_HEAD = re.compile(r"\([^)]*\)|\b(?:I{1,3}|IV|V|\d+)\b|[^\w\s'-]")
_ENDINGS, _HEADS_OF = Words("title", "head_endings"), Words("title", "heads_of")
_NEVER, _OF = Words("title", "never"), Words("title", "of")
_ASKS = _shape(r"^<asks_about> ", caseless=True)
_BEFORE = _shape(r"^<before>\s+", caseless=True)


def role_in(subject: str, text: str) -> str | None:
    """The role's title as the mail gives it, without reference numbers; None where it gives none."""
    for found in (*_framed(subject), *_in_subject(subject), *_framed(text)):
        return found
    return (subject_role(subject) if subject else None) or next(_small(text), None)


def _small(text: str) -> Iterator[str]:
    """A title that the text writes in small letters, where it says that it is one."""
    for match in _SMALL.finditer(text[:6000]):
        title = _trimmed(match[1])
        if title and is_title(title) and len(title.split()) > 1:
            yield title


@lru_cache(maxsize=64)  # asked for by context and by triage of one mail
def subject_role(subject: str) -> str | None:
    """The title that a subject, or a part of it, consists of or frames."""
    return (
        next(_in_subject(subject), None)
        or _lower_case(subject)
        or next(_framed(subject), None)
        or next((m[1] for m in _SMALL.finditer(subject) if is_title(m[1])), None)
    )


@lru_cache(maxsize=4096)
def is_title(phrase: str) -> bool:
    """Whether a phrase ends like a job's title: "Ward Clerk", "Engineer II (nights)"."""
    plain = _BESIDE_HEAD.sub(" ", phrase).split()
    if not plain or len(plain) > 9:
        return False
    last = plain[-1].lower().strip("'")
    singular = last[:-1] if last.endswith("s") and last not in role_words().heads else last
    firsts = {word.lower() for word in plain}
    headed = (
        singular in role_words().heads
        or singular.endswith(_endings())
        or (
            len(plain) > 2
            and any(map(_OF.__contains__, firsts))
            and any(map(_HEADS_OF.__contains__, firsts))
        )
    )
    return headed and singular not in _NEVER


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(_ENDINGS.all)


def _framed(text: str) -> Iterator[str]:
    for number, pattern in enumerate(_LABELLED):
        for match in pattern.finditer(text[:6000]):
            title = _trimmed(match[1])
            if title and (
                number == 0 or is_title(title) or (number in (1, 2) and _plausible(title))
            ):
                yield title


def _in_subject(subject: str) -> Iterator[str]:
    plain = _FRAME.sub("", subject)
    for part in sorted(_SPLIT.split(plain), key=lambda p: -len(p)):
        title = _trimmed(part)
        if title and is_title(title) and title[0].isupper():
            yield title


def _lower_case(subject: str) -> str | None:
    """A title in small letters, as people type it: "plumbers mate", "Re: weekend presenter"."""
    for part in _SPLIT.split(_FRAME.sub("", subject)):
        title = _trimmed(part)
        if title and len(title.split()) <= 4 and is_title(title):
            return title
    return None


def _plausible(title: str) -> bool:
    words = title.split()
    return 1 < len(words) <= 6 and not any(w.lower().strip(".,") in _NEVER for w in words)


@lru_cache(maxsize=2048)
def _trimmed(title: str) -> str | None:
    title = _CUT.sub("", _LEAD.sub("", title.strip()))
    for _ in range(2):
        title = _CODE.sub("", title).strip(" .,;:-–—|\"'“”")
    title = _BEFORE.sub("", _ASKS.sub("", title))
    if title.count("(") != title.count(")"):
        title = title.replace("(", "").replace(")", "").strip()
    return title if 2 < len(title) <= 80 else None
