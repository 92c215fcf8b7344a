"""Problems in a configuration, in the words of the person who wrote it.

Each problem is one line: the dotted path, what is wrong, what is allowed, and the
nearest right name.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from agent.config import schema
from agent.config.values import nearest

_SECRETS = frozenset(
    {"password", "passwd", "pass", "passphrase", "secret", "app_password", "pw", "passwort"}
)

_EXPECTED = {
    "string_type": 'text in quotes, such as "…"',
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number, without quotes",
    "float_type": "a number, without quotes",
    "bool_type": "true or false, without quotes",
    "tuple_type": 'a list, such as ["…", "…"]',
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    (int, "a whole number"),
    (float, "a number"),
    ((datetime, date, time), "a date or time"),
    (Mapping, "a table"),
    ((list, tuple), "a list"),
)


def dotted(path: schema.Path) -> str:
    """`accounts.home.folders[2]`: the path as the file writes it, list entries from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def in_words(error: ValidationError) -> Iterator[tuple[schema.Path, str]]:
    """Every problem of a refused configuration, as (path, what is wrong)."""
    for details in error.errors(include_url=False):
        if not _follows_from_another(details):
            yield details["loc"], _sentence(details)


def _follows_from_another(details: ErrorDetails) -> bool:
    """A default that waits for a wrong field, and a list that is short of its wrong entries."""
    waits = details["type"] == "default_factory_not_called"
    return waits or (details["type"] == "too_short" and bool(details["input"]))


def _sentence(details: ErrorDetails) -> str:
    kind, path = details["type"], details["loc"]
    if str(path[-1]).casefold() in _SECRETS:
        return _secret_in_file(path)  # never shown, whatever else is wrong with it
    if kind == "missing":
        return _missing(path)
    if kind == "extra_forbidden":
        return unknown_key(path)
    if kind in _EXPECTED and str(path[-1]) == "client_secret":
        return f"what stands here does not fit; write {_EXPECTED[kind]}"
    if path[0] in ("accounts", "playbooks") and len(path) == 2 and kind in _EXPECTED:
        return f"this belongs in a table under a name of yours, such as [{path[0]}.home]"
    if kind in _EXPECTED:
        return f"{_shown(details['input'])} does not fit; write {_EXPECTED[kind]}"
    if kind == "literal_error":
        return _not_a_choice(path, details["input"])
    if kind == "value_error":
        return str(details["ctx"]["error"])
    return _limit(details)


def _missing(path: schema.Path) -> str:
    field = schema.field_at(path)
    what = f": {field.description}" if field and field.description else ""
    if path == ("identity",):
        return "the table [identity] is missing; it says who you are (name, addresses)"
    return f"missing{what}"


def unknown_key(path: schema.Path) -> str:
    """What is said of a key that does not exist: the nearest one, and all that do."""
    name = str(path[-1])
    allowed = schema.keys_at(path[:-1])
    hint = nearest(name, allowed) or _elsewhere(name) or "."
    return f"unknown key{hint} Allowed here: {', '.join(f'`{key}`' for key in allowed)}"


def _elsewhere(name: str) -> str:
    """Where a key belongs that is right, but stands in the wrong table."""
    tables = [dotted(path[:-1]) for path in schema.every_key() if path[-1] == name and path[1:]]
    return f"; it belongs in [{tables[0]}]." if tables else ""


def _secret_in_file(path: schema.Path) -> str:
    owner = {("accounts", 3): str(path[-2:][0]), ("smtp", 2): "smtp"}.get(
        (str(path[0]), len(path)), "NAME"
    )
    return (
        "a secret does not belong in this file; remove the line, then keep it in your keyring "
        f"(`followthrough password {owner}`) or name a `password_command` that prints it"
    )


def _not_a_choice(path: schema.Path, value: object) -> str:
    choices = _choices(path)
    listed = ", ".join(f'"{choice}"' for choice in choices)
    hint = nearest(value, choices) if isinstance(value, str) else ""
    return f"{_shown(value)} is not one of {listed}{hint}"


def _choices(path: schema.Path) -> tuple[str, ...]:
    return tuple(str(choice) for choice in get_args(schema.annotation_at(path)))


def _limit(details: ErrorDetails) -> str:
    if details["type"] == "too_short":
        return "this list is empty; write at least one entry"
    words = details["msg"].replace("Input should be", "it must be")
    return f"{_shown(details['input'])} does not fit: {words}"


def _shown(value: object) -> str:
    """A value as the file may have written it, shortened, with its kind."""
    for kind, words in _KINDS:
        if isinstance(value, kind):
            if isinstance(value, Mapping | list | tuple):
                return words
            text = str(value).lower() if isinstance(value, bool) else str(value)
            short = text if len(text) <= 40 else text[:39] + "…"
            return f'"{short}"' if isinstance(value, str) else f"{short} ({words})"
    return type(value).__name__
