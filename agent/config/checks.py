"""What two values of a configuration say about each other.

These checks read the raw tables, so that they are reported beside every other problem
even where the models refuse a value; what is no text or table is left to the models.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from agent.config import playbooks, sign_in
from agent.config.schema import Path
from agent.config.values import nearest

Problem = tuple[Path, str]


def cross_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Every contradiction between values, as (path, what is wrong)."""
    yield from _account_names(_table(raw, "accounts"))
    yield from _open_connections(raw)
    yield from _sign_ins(_table(raw, "accounts"))
    yield from _notices_to_a_stranger(raw)
    yield from _playbooks(raw)


def _account_names(accounts: Mapping[str, Any]) -> Iterator[Problem]:
    for name in accounts:
        # The name becomes part of file names (systemd credentials) and of commands.
        if not name or len(name) > 64 or not all(sign.isalnum() or sign in "-_" for sign in name):
            yield ("accounts", name), "an account's name is made of letters, digits, - and _"
        elif name == "smtp":
            yield ("accounts", name), "this name is taken: `smtp` is the secret of [smtp]"


def _open_connections(raw: Mapping[str, Any]) -> Iterator[Problem]:
    accounts = _table(raw, "accounts")
    servers = [(("accounts", name), _table(accounts, name)) for name in accounts]
    for path, server in [*servers, (("smtp",), _table(raw, "smtp"))]:
        host = server.get("host")
        if server.get("security") == "none" and isinstance(host, str) and not _is_here(host):
            yield (
                (*path, "security"),
                f'"none" would send your password in the clear to {host}; it is allowed for a '
                'server on this very machine only. Write "tls" or "starttls"',
            )


def _sign_ins(accounts: Mapping[str, Any]) -> Iterator[Problem]:
    for name in accounts:
        yield from sign_in.problems_of(name, _table(accounts, name))


def _is_here(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _notices_to_a_stranger(raw: Mapping[str, Any]) -> Iterator[Problem]:
    to = _table(raw, "smtp").get("to")
    tables = [_table(raw, "identity"), *_tables(_table(raw, "accounts"))]
    lists = [table.get("addresses") for table in tables]
    own = [each for some in lists if isinstance(some, list) for each in some]
    own = [each.strip().lower() for each in own if isinstance(each, str)]
    if isinstance(to, str) and own and to.strip().lower() not in own:
        yield (
            ("smtp", "to"),
            f'"{to}" is none of your own addresses, and nothing is ever sent to anybody else; '
            f"write one of {', '.join(own)}, or add it to identity.addresses",
        )


def _playbooks(raw: Mapping[str, Any]) -> Iterator[Problem]:
    own = {name: t for name, t in _table(raw, "playbooks").items() if isinstance(t, Mapping)}
    yield from playbooks.problems_of(own)
    chosen = raw.get("playbook")
    table = _table(raw, "playbook")
    name = chosen if isinstance(chosen, str) else table.get("default")
    known = playbooks.known_names(own)
    if isinstance(name, str) and name not in known:
        listed = ", ".join(known)
        path = ("playbook",) if isinstance(chosen, str) else ("playbook", "default")
        yield path, f'"{name}" is no playbook{nearest(name, known) or "."} There are: {listed}'
    yield from _unknown_steps(table.get("off"), own)


def _unknown_steps(off: object, own: playbooks.Tables) -> Iterator[Problem]:
    """Names that are to be switched off, and that no playbook has a step of."""
    steps = playbooks.step_names(own)
    for number, name in enumerate(off if isinstance(off, list) else ()):
        if isinstance(name, str) and name not in steps:
            listed = ", ".join(steps)
            yield (
                ("playbook", "off", number),
                f'"{name}" is no step{nearest(name, steps) or "."} There are: {listed}',
            )


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def _tables(tables: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries that are tables."""
    return [table for table in tables.values() if isinstance(table, Mapping)]
