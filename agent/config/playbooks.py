"""Playbooks by name: the shipped ones, and the user's own, which mostly extend another.

A playbook that says `extends = "balanced"` is that one with changes: its steps are those of
the other, overridden by name, key by key; a step of a new name is added at the end. One of
the user's own may have the name of a shipped one, and goes before it.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from agent import playbooks, resources
from agent.config.paths import user_templates
from agent.config.values import nearest
from agent.domain.playbook import Playbook, PlaybookProblems
from agent.domain.tables import Path, Problem

Tables = Mapping[str, Mapping[str, Any]]

#: Families of templates, of which the situation picks one.
_FAMILIES = frozenset({"thank_you", "check_in"})


def known_names(own: Collection[str]) -> tuple[str, ...]:
    """Every playbook there is: the shipped ones, then the user's own."""
    return tuple(dict.fromkeys((*playbooks.names(), *sorted(own))))


def read(name: str, own: Tables) -> Playbook:
    """A playbook by name, the user's own first.

    Raises PlaybookProblems with everything that is wrong, its base included, and KeyError
    for a name that there is none of.
    """
    if name not in own and name not in playbooks.names():
        raise KeyError(name)
    found: list[Problem] = []
    table = _whole(name, own, found, ())
    found += _unknown_templates(_by_name(table.get("steps")) or {})
    try:
        playbook = Playbook.load(name, table)
    except PlaybookProblems as error:
        raise PlaybookProblems([*found, *error.found]) from None
    if found:
        raise PlaybookProblems(found)
    return playbook


def step_names(own: Tables) -> tuple[str, ...]:
    """The names of the steps of every playbook that can be read."""
    found: dict[str, None] = {}
    for name in known_names(own):
        try:
            found.update(dict.fromkeys(step.name for step in read(name, own).steps))
        except PlaybookProblems:
            continue  # told by itself
    return tuple(found)


def problems_of(own: Tables) -> Iterator[tuple[Path, str]]:
    """Everything that is wrong in the user's own playbooks, by its place in the file."""
    told: set[Problem] = set()
    for name in sorted(own, key=lambda each: _depth(each, own)):
        try:
            read(name, own)
        except PlaybookProblems as error:
            # What is wrong in the one that it extends is told there.
            for path, what in error.found:
                if (path, what) not in told:
                    yield ("playbooks", name, *path), what
            told.update(error.found)


def _depth(name: str, own: Tables) -> int:
    """How many of the user's own a playbook stands on, so that its base is told of first."""
    seen: list[str] = []
    while name in own and name not in seen:
        seen.append(name)
        name = str(own[name].get("extends", ""))
    return len(seen)


def _whole(name: str, own: Tables, found: list[Problem], above: tuple[str, ...]) -> dict[str, Any]:
    """A playbook's table with all that it extends."""
    mine = name in own and name not in above
    if not mine and name not in playbooks.names():
        return {}
    table = dict(own[name] if mine else playbooks.table(name))
    base = table.pop("extends", None)
    if base is None:
        return table
    below = (*above, name) if mine else above
    known = [each for each in known_names(own) if each not in below or each in playbooks.names()]
    if not isinstance(base, str) or base not in known:
        why = "they extend each other in a circle" if base in below else f"{base!r} is no playbook"
        hint = nearest(base, known) if isinstance(base, str) else ""
        found.append((("extends",), f"{why}{hint or '.'} There are: {', '.join(known)}"))
        base = "balanced"
    merged = _merged(_whole(base, own, found, below), table)
    if mine:  # another's title and summary would say what this one is not
        merged["title"] = table.get("title", name)
        merged["summary"] = table.get("summary", _changes(base, table))
    return merged


def _changes(base: str, table: Mapping[str, Any]) -> str:
    """What one of the user's own is, where they do not say: the other, and what it changes."""
    changed = [*(_by_name(table.get("steps")) or {}), *(["close"] if "close" in table else [])]
    return f"As {base}, but with its own {', '.join(changed)}." if changed else f"As {base}."


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **changes}
    if "steps" in changes:
        merged["steps"] = _merged_steps(base.get("steps"), changes["steps"])
    if isinstance(base.get("close"), Mapping) and isinstance(changes.get("close"), Mapping):
        merged["close"] = {**base["close"], **changes["close"]}
    return merged


def _merged_steps(base: Any, changes: Any) -> Any:
    """Steps overridden by name; what is no list or table of steps is left to be complained of."""
    over = _by_name(changes)
    under = _by_name(base)
    if over is None or under is None:
        return changes
    for name, row in over.items():
        under[name] = _overridden(under.get(name, {}), row)
    return [row if not isinstance(row, Mapping) else {**row, "name": n} for n, row in under.items()]


def _by_name(steps: Any) -> dict[str, Any] | None:
    if isinstance(steps, Mapping):
        return dict(steps)
    if not isinstance(steps, list):
        return None
    named = {row["name"]: row for row in steps if isinstance(row, Mapping) and _is_named(row)}
    return named if len(named) == len(steps) else None


def _is_named(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("name"), str)


def _overridden(under: Any, row: Any) -> Any:
    if not isinstance(row, Mapping) or not isinstance(under, Mapping):
        return row
    kept = dict(under)
    if row.get("afterwards") == "periodic":
        kept.pop("cap", None)  # what goes on for ever is not counted any more
    return {**kept, **row}


def _unknown_templates(steps: Mapping[str, Any]) -> Iterator[Problem]:
    known = _FAMILIES | _shipped_templates() | _own_templates()
    for step, row in steps.items():
        named = row.get("template") if isinstance(row, Mapping) else None
        for name in named if isinstance(named, list) else [named]:
            if isinstance(name, str) and name and name not in known:
                hint = nearest(name, sorted(known))
                what = f'"{name}" is no template{hint or "."} `templates list` shows them all'
                yield ("steps", step, "template"), what


@cache
def _shipped_templates() -> frozenset[str]:
    return frozenset(path.stem for path in resources.templates().glob("en/*.txt"))


def _own_templates() -> frozenset[str]:
    return frozenset(path.stem for path in user_templates().glob("*/*.txt"))
