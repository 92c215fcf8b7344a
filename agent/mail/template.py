"""Template files: sections of plain text, each with several ways to say it, filled with Jinja2.

The law of this file: a variant is said only when every value it uses is known. A value that is
not known is false in an {% if %} and an end to any other use, so a sentence with a hole in it
cannot come out. The sandbox keeps a template to text: it reads no file and calls nothing of ours.

    # A line that begins with # is a note and reaches no mail.
    == opening
    Thank you for your time {{ on_day }}.
    ---
    Thank you for speaking with me about {{ the_role }}.

Whatever is wrong in a file is told at once, by line, in words for who wrote it.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent.errors import ConfigError

_HEADING = re.compile(r"==[ \t]*([a-z_]+)[ \t]*\Z")
_NEXT_VARIANT = "---"

_ENV = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, loader=None)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say a section; `line` is where its text starts, `path` its file."""

    text: str
    line: int
    path: str = ""


Sections = Mapping[str, tuple[Variant, ...]]


class ValueMissing(UndefinedError):
    """A variant used a value that is not known."""


class Unknown(StrictUndefined):
    """A value that is not known."""

    def __bool__(self) -> Literal[False]:  # type: ignore[override]
        return False


def unknown(name: str) -> Unknown:
    """The stand-in for a value of that name."""
    return Unknown(name=name, exc=ValueMissing)


def sections_of(text: str, names: frozenset[str], path: str) -> Sections:
    """The sections of a file in its order; `names` are the values that it may use.

    Raises ConfigError with everything that is wrong in it.
    """
    if problems := problems_of(text, names):
        raise ConfigError(f"templates/{path}", problems)
    return _read(text, path)


def section_names(text: str) -> frozenset[str]:
    """The names of a file's sections, whatever else is wrong in it."""
    return frozenset(_read(text, ""))


@lru_cache(maxsize=256)
def problems_of(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """What is wrong in a file: headings, Jinja2 that is none, values that there are none of."""
    problems = [
        f"line {number}: a heading is == and one word in small letters, such as == opening"
        for number, line in enumerate(text.splitlines(), start=1)
        if line.startswith("==") and not _HEADING.match(line.rstrip())
    ]
    for variants in _read(text, "").values():
        for variant in variants:
            problems.extend(_problems_of_variant(variant, names))
    return tuple(problems)


def sayable(variants: Iterable[Variant], values: Mapping[str, object]) -> Iterator[Variant]:
    """The variants that no missing value keeps from being said, in their order."""
    for variant in variants:
        _, used = _compiled(variant.text)
        # Only an unknown value that is used outside an {% if %} stands in the way: try it out.
        if not any(isinstance(values.get(name), Unknown) for name in used) or _can(variant, values):
            yield variant


def fullest(
    variants: Iterable[Variant], values: Mapping[str, object], counted: frozenset[str]
) -> list[Variant]:
    """Those of the sayable variants that use the most of the `counted` values that are known.

    Saying more is saying it better: with an employer known, the sentence that names it wins.
    """
    known = {n for n in counted if n in values and not isinstance(values[n], Unknown)}
    weighed = [
        (len(_compiled(variant.text)[1] & known), variant) for variant in sayable(variants, values)
    ]
    most = max((weight for weight, _ in weighed), default=0)
    return [variant for weight, variant in weighed if weight == most]


def filled(variant: Variant, values: Mapping[str, object]) -> str:
    """The variant's text with its values.

    Raises ValueMissing where one is not known, and ConfigError where the variant does with a
    value what cannot be done.
    """
    template, used = _compiled(variant.text)
    if not used and "{" not in variant.text:
        return variant.text
    try:
        # Not `render`: it writes a traceback into the template's lines for each value that is
        # missing, which takes longer than everything else, and nobody reads it here. The values
        # are shared, not copied: there is nothing else that a template may name.
        context = template.new_context(dict(values), shared=True)
        return "".join(template.root_render_func(context))
    except ValueMissing:
        raise
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        where = f"line {variant.line}: {error}"
        raise ConfigError(f"templates/{variant.path}", [where]) from error


def names_used(sections: Sections) -> set[str]:
    """Every name that a file's sections use."""
    return {n for variants in sections.values() for v in variants for n in _compiled(v.text)[1]}


def _can(variant: Variant, values: Mapping[str, object]) -> bool:
    try:
        filled(variant, values)
    except ValueMissing:
        return False
    return True


@lru_cache(maxsize=256)
def _read(text: str, path: str) -> Sections:
    """The sections in order; a section that is named twice goes on where it left off."""
    found: dict[str, list[Variant]] = {}
    name = ""
    start = 1
    lines: list[str] = []
    for number, raw in enumerate([*text.splitlines(), _NEXT_VARIANT], start=1):
        line = raw.rstrip()
        heading = _HEADING.match(line)
        if heading or line == _NEXT_VARIANT:
            if name:
                found.setdefault(name, []).append(Variant("\n".join(lines), start, path))
            name, start, lines = heading.group(1) if heading else name, number + 1, []
        elif not line.startswith("#"):
            lines.append(line)
        elif not lines:
            start = number + 1
    return {key: tuple(variants) for key, variants in found.items()}


def _problems_of_variant(variant: Variant, names: frozenset[str]) -> list[str]:
    try:
        _, used = _compiled(variant.text)
    except TemplateSyntaxError as error:
        return [f"line {variant.line + error.lineno - 1}: {error.message}"]
    return [
        f"line {variant.line}: there is no value called {name}{_nearest(name, names)}"
        for name in sorted(used - names)
    ]


@lru_cache(maxsize=2048)
def _compiled(text: str) -> tuple[Template, frozenset[str]]:
    """The variant made ready, and the names of the values it uses."""
    used = find_undeclared_variables(_ENV.parse(text))
    return _ENV.from_string(text), frozenset(used)


def _nearest(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(names), n=1)
    return f"; did you mean {close[0]}?" if close else ""
