"""Which role a mail is about, as its subject or text calls it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.lexicon import role_words

_CAP = r"[A-Z(][\w&/+#'’()-]*(?:\.\w[\w()]*)*"
_TITLE = rf"({_CAP}(?:[ ,/&-]{{1,3}}(?:of |the |and |for |to |in )?(?:{_CAP}|\d\w*\b)){{0,7}})"
_NOUN = r"(?:role|position|post|job|vacancy|opening|opportunity|requisition)"

# Each names the role in its one group; in order of trust. Those marked * need a title's last
# word to be one of a job (see roles.toml), because the same words frame other things.
_LABELLED = (
    re.compile(
        r"(?im)^\s*(?:job title|position|role|job|post|vacancy|requisition|classification)\s*:\s*(?:[A-Z]{0,3}-?\d[\w-]*\s+)?(.{3,80})$"
    ),
    re.compile(rf"\b(?:{_NOUN}|appointment) (?:of|as|for) (?:an? |the |our )?{_TITLE}"),
    re.compile(
        rf"\b(?:the|our|this|for|an?|your)\s+(?:open |vacant |available )?{_TITLE}\s+{_NOUN}\b"
    ),
    re.compile(
        rf"\b(?:[Aa]pplication|[Aa]pplying|[Aa]pplied|[Ii]nterview\w*|[Aa]ssessment|[Oo]ffer|[Cc]andidacy|[Cc]onsideration|opened|considered|submission|interest|received|challenge|test|exercise|profile|screen|selected|chosen|pipeline|requirement) (?:for|to|in|as)(?: the| our| an?)?(?: post of| position of| role of)? (?:[A-Z]{{1,3}}-?\d[\w-]*\s+)?{_TITLE}"
    ),
    re.compile(rf"\b(?:[A-Z]{{1,3}}-?\d{{3,}}[\w-]*)\s+{_TITLE}"),
    re.compile(
        rf"\b(?i:take|complete) (?:the |our |a |an )?{_TITLE} (?:[Cc]hallenge|[Aa]ssessment|[Tt]est)"
    ),
    re.compile(rf"(?:<>|–|-|\|) [^\n(]{{2,40}}\(({_CAP}(?: {_CAP}){{0,5}})\)"),
    re.compile(rf"\b(?:title (?:stays|is|will be)|as) (?:an? |our |the )?{_TITLE}"),
    re.compile(
        rf"\b(?:hiring|recruiting|looking for|searching for|find|need|for)(?: for)? (?:an? |our |the )?(?:first |new |next |senior |experienced )?{_TITLE}"
    ),
)
_SMALL = re.compile(
    r"\b(?:as (?:our|an?|the|my)|(?:hiring|looking for|need|short \w+)(?: an?)?|(?:role|job|position|post) (?:of|as)(?: an?)?|applic\w+ (?:as|for|to)(?: an?| the| your)?|for (?:an?|the|our)) ((?:[a-z][a-z-]+ ){0,3}[a-z][a-z-]+)"
)
_CODE = re.compile(
    r"\s*(?:[-–—|,]?\s*\(?\s*(?:(?:ref|id|req|job|requisition|no|nr)\b[.:#\s]*[\w/-]*\d[\w/-]*|[A-Z]{1,4}-?\d{3,}[\w-]*|#\d+|\d{2,4}-\d{3,})\s*\)?)\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:[A-Z]{1,4}-?\d{3,}[\w-]*)\s+")
_CUT = re.compile(
    r"\s+(?:at|with|in our|within|position|role|job|vacancy|post|opening|opportunity|team|has|is|was|will|and we|and i|reference|ref|from|by|on|starting|based|interview|application|search|applicant|on-?site)\b.*$"
)
_SPLIT = re.compile(r"\s+[-–—|·:]+\s+|\s*[|•]+\s*|:\s+|\s+//?\s+|\|\|")
_FRAME = re.compile(
    r"(?i)^(?:(?:re|fwd?|aw|wg|sv|antw|automatic reply|out of office)\s*:\s*)+|^(?:your |the |an? )?(?:application|interview|offer|invitation|assessment|reminder|update|confirmation|thank you|thanks)\b[^:]*:\s*|^notice of .*? - "
)
_BESIDE_HEAD = re.compile(r"\([^)]*\)|\b(?:I{1,3}|IV|V|\d+)\b|[^\w\s'-]")
_ENDINGS = (
    "sman",
    "swoman",
    "person",
    "ician",
    "ologist",
    "keeper",
    "monger",
    "wright",
    "smith",
    "maker",
    "worker",
    "grapher",
    "therapist",
    "hand",
)
_NEVER = frozenset(
    "interview call chat meeting team application position role job hiring recruiting recruitment talent offer thanks thank support".split()
)


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
        or singular.endswith(_ENDINGS)
        or bool(
            firsts & {"head", "director", "manager", "vp", "chief", "assistant"}
            and len(plain) > 2
            and "of" in firsts
        )
    )
    return headed and singular not in _NEVER


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
    title = re.sub(
        r"(?i)^(?:quick )?(?:questions?|news|chat|mail|message|note) (?:about|on|regarding) ",
        "",
        title,
    )
    title = re.sub(r"(?i)^(?:the|a|an|our|your|open|new|of|for|urgent requirement)\s+", "", title)
    if title.count("(") != title.count(")"):
        title = title.replace("(", "").replace(")", "").strip()
    return title if 2 < len(title) <= 80 else None
