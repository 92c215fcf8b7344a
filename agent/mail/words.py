"""The words of a draft: a template file, what is known, and a seed become subject and body.

The law of this file: text from a mail is only ever a value, never a template, and a value that
is not known is never papered over. A variant that needs a value we do not have is passed over
for one that does without it, so each sentence that is written is meant.

A template file is plain text (templates/README.md says it to users):

    # A line that begins with # is a note and reaches no mail.
    == opening              a paragraph of the mail, in the order of the file
    Thank you for your time {{ on_day }}.
    ---                     three dashes begin another way to say it
    Thank you for speaking with me about {{ the_role }}.

Of the variants whose values are all known, those that use the most of them are kept, and one
of these is picked by the seed: the same for the same note, another one for another person.
`phrases.txt` beside the templates of a language holds its greeting, its sign-off, its dates, and
phrases such as `the_role` that read on whatever is missing. A language without a template falls
back to English as a whole: no mail is in two languages.
"""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent.errors import ConfigError
from agent.mail.compose import clean_body, clean_header
from agent.mail.names import full_name, greeting_name, list_names

FALLBACK_LANGUAGE = "en"

_LONGEST_NAME = 60  # of a role or an employer: what is longer was read wrongly


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What is known when a draft is written; None where it is not.

    `recipient` is the person's name as their mail shows it; `day` the date of the talk and `now`
    the instant of writing, both seen in `zone` (the user's). `others` are the names of those to be
    thanked through the recipient. `talk` is one of phone screen, video call, interview, panel,
    visit; anything else reads as a conversation. `matters`, `plan` and `value` are the user's
    own words: what mattered to this person, how the user would do the job, something useful to
    pass on. `caller` and `caller_phone` tell a reference who may ring, and from which number.
    """

    user_name: str
    now: datetime
    zone: ZoneInfo
    user_phone: str | None = None
    recipient: str | None = None
    company: str | None = None
    role: str | None = None
    day: date | None = None
    others: tuple[str, ...] = ()
    talk: str | None = None
    decision_by: date | None = None
    attempt: int = 1
    matters: str | None = None
    plan: str | None = None
    value: str | None = None
    caller: str | None = None
    caller_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A mail's subject, and its body with LF line ends and a paragraph a line."""

    subject: str
    body: str


#: Values that may be unknown: a variant that uses one says more than one that does not.
OPTIONAL = frozenset(
    {
        "name", "full_name", "company", "role", "others", "decision_day", "matters", "plan",
        "value", "user_phone", "caller", "caller_phone",
    }
)  # fmt: skip

#: Values that are always there, if need be as "".
ALWAYS = frozenset(
    {"user_name", "attempt", "talk_kind", "day_is", "weekday", "date", "day_number", "month"}
)

#: Sections of phrases.txt that are no phrases of a sentence.
_FRAME = ("greeting", "sign_off")
_TABLES = ("weekdays", "months", "date_format")


def render(
    template: str,
    values: Values,
    *,
    sources: Mapping[str, str],
    seed: str,
    language: str = FALLBACK_LANGUAGE,
    nth: int = 0,
) -> Words:
    """The words of one mail.

    `template` is a name such as "thank_you.interviewer"; `sources` holds the files' texts by
    their path under templates/ ("en/thank_you.interviewer.txt"), the user's own in place of ours.
    `seed` names the employer, and `nth` counts the people there that get a note, from 0: two of
    them share no sentence while there are variants left. Equal arguments give equal words.
    Raises ConfigError where a template file cannot be used, with every problem in it.
    """
    language = language_for(template, language, sources)
    phrases = _file(f"{language}/phrases.txt", sources)
    sections = _file(f"{language}/{template}.txt", sources, phrases)
    known = _Known(values, phrases, language)
    choice = _Choice(f"{seed}\n{template}", nth)
    paragraphs = [
        known.say(name, variants, choice) for name, variants in _in_mail_order(sections, phrases)
    ]
    subject = known.say("subject", sections.get("subject", ()), choice)
    return Words(
        clean_header(" ".join(subject.split())),
        clean_body("\n\n".join(paragraph for paragraph in paragraphs if paragraph)),
    )


def language_for(template: str, language: str, sources: Mapping[str, str]) -> str:
    """The language that a template is written in for a reader of `language` ("de-AT" reads de)."""
    base = language.replace("_", "-").partition("-")[0].lower()
    has_both = {f"{base}/{template}.txt", f"{base}/phrases.txt"} <= sources.keys()
    return base if has_both else FALLBACK_LANGUAGE


def problems_in_sources(sources: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that is wrong in a set of template files, in words for who wrote them."""
    problems: list[str] = []
    for path in sorted(sources):
        if not path.endswith(".txt") or "/" not in path:
            continue
        phrases = sources.get(f"{path.partition('/')[0]}/phrases.txt", "")
        problems.extend(f"{path}, {problem}" for problem in _problems(sources[path], phrases))
    return tuple(problems)


# -- Reading a template file ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Variant:
    """One way to say a paragraph; `line` is where it starts in its file."""

    text: str
    line: int


_Sections = dict[str, tuple[_Variant, ...]]

_HEADING = re.compile(r"==\s*([a-z_]+)\s*=*\s*\Z")


@lru_cache(maxsize=256)
def _sections(text: str) -> _Sections:
    """The sections of a file in its order, each with its variants."""
    found: dict[str, list[_Variant]] = {}
    name, start, lines = "", 1, list[str]()

    def finish() -> None:
        kept = "\n".join(lines).strip("\n")
        if name:
            found.setdefault(name, []).append(_Variant(kept, start))

    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.rstrip()
        heading = _HEADING.match(line)
        if line.startswith("#"):
            continue
        if heading or (name and line == "---"):
            finish()
            name, start, lines = (heading.group(1) if heading else name), number + 1, []
        else:
            lines.append(line)
    finish()
    return {key: tuple(variants) for key, variants in found.items()}


def _file(path: str, sources: Mapping[str, str], phrases: Iterable[str] = ()) -> _Sections:
    """A file's sections, once nothing is wrong with it."""
    text = sources.get(path)
    if text is None:
        raise ConfigError(f"templates/{path}", ["there is no such template"])
    phrases_text = sources.get(f"{path.partition('/')[0]}/phrases.txt", "")
    if problems := _problems(text, phrases_text):
        raise ConfigError(f"templates/{path}", problems)
    return _sections(text)


@lru_cache(maxsize=256)
def _problems(text: str, phrases: str) -> tuple[str, ...]:
    """What is wrong in a file: jinja it cannot be, and values there are none of."""
    names = OPTIONAL | ALWAYS | _sections(phrases).keys()
    problems = [
        f"line {number}: a heading is == and one word in small letters, such as == opening"
        for number, line in enumerate(text.splitlines(), start=1)
        if line.startswith("==") and not _HEADING.match(line.rstrip())
    ]
    for variants in _sections(text).values():
        for variant in variants:
            problems.extend(_problems_of(variant, names))
    return tuple(problems)


def _problems_of(variant: _Variant, names: frozenset[str]) -> list[str]:
    try:
        used = meta.find_undeclared_variables(_ENV.parse(variant.text))
        _ENV.from_string(variant.text)
    except TemplateSyntaxError as error:
        return [f"line {variant.line + error.lineno - 1}: {error.message}"]
    return [
        f"line {variant.line}: there is no value called {name}{_nearest(name, names)}"
        for name in sorted(used - names)
    ]


def _nearest(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(names), n=1)
    return f"; did you mean {close[0]}?" if close else ""


# -- Filling it in ----------------------------------------------------------------


class _ValueMissing(UndefinedError):
    """A variant used a value that is not known."""


class _Unknown(StrictUndefined):
    """A value that is not known: false in an {% if %}, and an end to any other use."""

    def __bool__(self) -> Literal[False]:  # type: ignore[override]
        return False


_ENV = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, loader=None)


@lru_cache(maxsize=1024)
def _compiled(text: str) -> tuple[Template, frozenset[str]]:
    """The variant, and the optional values it uses."""
    used = meta.find_undeclared_variables(_ENV.parse(text))
    return _ENV.from_string(text), frozenset(used) & OPTIONAL


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which of several ways to take: stable for a seed, another one for each next person."""

    seed: str
    nth: int

    def among(self, section: str, count: int) -> int:
        """An index below `count`. After `count` people each section moves on by a step of its
        own, so that the next ones share at most single sentences, with different people."""
        digest = hashlib.sha256(f"{self.seed}\n{section}".encode("utf-8", "surrogatepass")).digest()
        start, stride = int.from_bytes(digest[:4]), int.from_bytes(digest[4:8])
        step = 1 + stride % (count - 1) if count > 1 else 0
        return (start + self.nth + self.nth // count * step) % count


class _Known:
    """What the sentences of one mail can draw on."""

    def __init__(self, values: Values, phrases: _Sections, language: str) -> None:
        tables = {name: _table(phrases, name) for name in _TABLES}
        spelled = _Spelled(tables)
        self._context: dict[str, object] = {
            name: value if value is not None else _Unknown(name=name, exc=_ValueMissing)
            for name, value in _named(values, spelled, language).items()
        }
        self._first = _Choice("", 0)
        for name, variants in phrases.items():
            if name not in _FRAME and name not in _TABLES:
                self._context[name] = self._phrase(name, variants)

    def say(self, section: str, variants: Sequence[_Variant], choice: _Choice) -> str:
        """The text of one section, "" where no variant can be said."""
        sayable = self._sayable(variants)
        if not sayable:
            return ""
        keep_lines = section == "sign_off"
        return _tidied(sayable[choice.among(section, len(sayable))], keep_lines=keep_lines)

    def _phrase(self, name: str, variants: Sequence[_Variant]) -> object:
        sayable = self._sayable(variants)
        return _tidied(sayable[0]) if sayable else _Unknown(name=name, exc=_ValueMissing)

    def _sayable(self, variants: Sequence[_Variant]) -> list[str]:
        """The variants whose values are all known, filled in: those that say the most."""
        filled: list[tuple[int, str]] = []
        for variant in variants:
            template, used = _compiled(variant.text)
            known = sum(not isinstance(self._context.get(name), _Unknown) for name in used)
            try:
                filled.append((known, template.render(self._context)))
            except _ValueMissing:
                continue
            except (UndefinedError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
                raise ConfigError(
                    "a template", [f"line {variant.line}, {variant.text[:40]!r}: {error}"]
                ) from error
        most = max((known for known, _ in filled), default=0)
        return [text for known, text in filled if known == most]


@dataclass(frozen=True, slots=True)
class _Spelled:
    """Dates in the words of a language."""

    tables: dict[str, tuple[str, ...]]

    def day(self, day: date) -> str:
        template, _ = _compiled(self.tables["date_format"][0])
        return template.render(day_number=day.day, month=self.tables["months"][day.month - 1])

    def weekday(self, day: date) -> str:
        return self.tables["weekdays"][day.weekday()]


def _table(phrases: _Sections, name: str) -> tuple[str, ...]:
    """A section of phrases.txt that lists words, by commas."""
    text = phrases[name][0].text if name in phrases else ""
    return (text,) if name == "date_format" else tuple(word.strip() for word in text.split(","))


def _named(values: Values, spelled: _Spelled, language: str) -> dict[str, str | int | None]:
    """Every value by the name that templates know it by; None where it is not known."""
    now = values.now.astimezone(values.zone)
    day = values.day
    return {
        "user_name": clean_header(values.user_name),
        "user_phone": _own_words(values.user_phone),
        "name": greeting_name(values.recipient, language),
        "full_name": full_name(values.recipient, language),
        "company": plain_company(values.company),
        "role": plain_role(values.role),
        "talk_kind": (values.talk or "").lower(),
        "day_is": _day_is(day, now),
        "weekday": spelled.weekday(day) if day else "",
        "date": spelled.day(day) if day else "",
        "day_number": day.day if day else "",
        "month": "",
        "decision_day": spelled.day(values.decision_by) if values.decision_by else None,
        "others": list_names(values.others, language) or None,
        "attempt": values.attempt,
        "matters": _own_words(values.matters),
        "plan": _own_words(values.plan),
        "value": _own_words(values.value),
        "caller": full_name(values.caller, language),
        "caller_phone": _own_words(values.caller_phone),
    }


def _day_is(day: date | None, now: datetime) -> str:
    """How a day is spoken of: "today", "this week" (its weekday will do), "earlier", "later", "".

    Late in the day "today" is not said: the draft may well be sent tomorrow. "Yesterday" never.
    """
    if day is None:
        return ""
    past = (now.date() - day).days
    if past < 0:
        return "later"
    if past == 0:
        return "today" if now.hour < _NO_MORE_TODAY else "this week"
    return "this week" if past < 7 else "earlier"


_NO_MORE_TODAY = 18

_LEGAL_FORM = re.compile(
    r",?\s+(?:inc|incorporated|llc|l\.l\.c|ltd|limited|plc|corp|corporation|gmbh|g\.m\.b\.h|ag|kg|"
    r"gmbh & co\.? kg|se|e\.v|s\.?a\.?r\.?l|s\.?a\.?s|s\.?a|s\.?l|s\.?l\.?u|s\.?r\.?l|b\.?v|n\.?v|oy|ab|"
    r"pte\.? ltd|pvt\.? ltd|pty\.? ltd|co)\.?\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]?")
_REQUISITION = re.compile(
    r"\s*[-–,:#]?\s*\b(?:(?:req|job|ref|id|jr|r)[ .:#-]{0,3}\d[\w-]{2,15}|#\d{2,12})\b.{0,20}\Z",
    re.I,
)
_NOUN_FOR_JOB = re.compile(r"\s+(?:role|position|job|vacancy|opening|stelle|poste?|puesto)\Z", re.I)
_NOT_A_NAME = re.compile(r"[{}\[\]<>|\\^~@*_=]|://|www\.", re.I)


def plain_company(text: str | None) -> str | None:
    """An employer as people write it in a sentence: "Acme" for "Acme, Inc."; None where unfit."""
    line = clean_header(text or "")
    shorter = _LEGAL_FORM.sub("", _ASIDE.sub("", line)).strip(" ,-–")
    return _fit(shorter or line)


def plain_role(text: str | None) -> str | None:
    """A role as it stands before the word role: without "(m/w/d)", numbers, articles."""
    line = _ASIDE.sub("", clean_header(text or ""))
    line = _REQUISITION.sub("", line)
    line = _NOUN_FOR_JOB.sub("", line.strip(" .,;:-–"))
    return _fit(re.sub(r"\A(?:the|a|an)\s+", "", line, flags=re.I))


def _fit(text: str) -> str | None:
    """The text where it can be a name, else None: a link or a placeholder was read by mistake."""
    text = text.strip(" .,;:-–")
    letters = any(each.isalpha() for each in text)
    return text if letters and len(text) <= _LONGEST_NAME and not _NOT_A_NAME.search(text) else None


def _own_words(text: str | None) -> str | None:
    """What the user wrote, as the end of a sentence of ours: one line, no full stop, no bullet."""
    line = " ".join(clean_header(part) for part in (text or "").splitlines())
    line = line.translate(str.maketrans("[]{}", "()()")).replace("...", "…")
    line = re.sub(r"!{2,}", "!", " ".join(line.split()))
    return line.lstrip("-*•– ").rstrip(" .,;:") or None


def _tidied(text: str, *, keep_lines: bool = False) -> str:
    """Lines joined to paragraphs, one space between words, none before a comma or a stop."""
    blocks = re.split(r"\n\s*\n", text.strip())
    join = "\n" if keep_lines else " "
    lines = [join.join(" ".join(part.split(" ")) for part in block.split("\n")) for block in blocks]
    return "\n\n".join(_spaced(line) for line in lines)


def _spaced(text: str) -> str:
    """One space between words and none before , or . (no-break spaces, as in French, stay)."""
    single = re.sub(r"[ \t]{2,}", " ", text).strip(" \t")
    closed = re.sub(r"[ \t]([,.])(?!\w)", r"\1", single)
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", closed)


def _in_mail_order(
    sections: _Sections, phrases: _Sections
) -> list[tuple[str, tuple[_Variant, ...]]]:
    """Greeting, the template's own paragraphs, sign-off; a template may bring its own of these."""
    frame = {name: sections.get(name) or phrases.get(name, ()) for name in _FRAME}
    own = [(name, found) for name, found in sections.items() if name not in (*_FRAME, "subject")]
    return [("greeting", frame["greeting"]), *own, ("sign_off", frame["sign_off"])]
