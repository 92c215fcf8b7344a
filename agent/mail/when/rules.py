"""Rules over classes of words: "weekday ,? dom of? month year?" and what they mean.

A pattern is a row of elements with spaces between. An element names a class, or a
sign that stands for itself; `a|b` is either of two, `?` makes it optional, `~`
asks that it touch the atom before it, `name=class` names what it captures (else
the class names it), and `[ … ]` makes a row of elements optional. Every element
takes one atom, so all rules together make a tree, walked once for each place in
the text: the longest phrase wins, and of equals the rule written first.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from agent.mail.when.tokens import Atom

T = TypeVar("T")


@dataclass(slots=True)
class Match:
    """Where a rule fits. `slots` says which atom each captured name is."""

    atoms: Sequence[Atom]
    first: int
    last: int  # one past the end
    slots: dict[str, tuple[int, str]]

    def has(self, name: str) -> bool:
        """Whether an optional element is there."""
        return name in self.slots

    def value(self, name: str) -> int:
        """The number of the captured word in its class; the element must be there."""
        at, word_class = self.slots[name]
        return self.atoms[at].classes[word_class]

    def maybe(self, name: str) -> int | None:
        """The number of the captured word, or None where the element is not there."""
        return self.value(name) if name in self.slots else None

    def atom(self, name: str) -> Atom:
        """The captured atom."""
        return self.atoms[self.slots[name][0]]

    @property
    def before(self) -> Atom | None:
        """The atom before the match."""
        return self.atoms[self.first - 1] if self.first else None

    @property
    def after(self) -> Atom | None:
        """The atom after the match."""
        return self.atoms[self.last] if self.last < len(self.atoms) else None


Action = Callable[[Match], T | None]


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """A pattern, and what it means: a phrase, or None where the words fit but the sense does not."""

    pattern: str
    action: Callable[..., T | None]


@dataclass(slots=True)
class _Node(Generic[T]):
    loose: dict[str, "_Node[T]"] = field(default_factory=dict)
    glued: dict[str, "_Node[T]"] = field(default_factory=dict)
    ends: list[tuple[int, Callable[..., T | None], tuple[tuple[str, str], ...]]] = field(
        default_factory=list
    )


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    word_class: str
    glued: bool


class Grammar(Generic[T]):
    """A set of rules, ready to be matched."""

    def __init__(self, rules: Sequence[Rule[T]]) -> None:
        self._root: _Node[T] = _Node()
        for order, rule in enumerate(rules):
            for row in _rows(rule.pattern.split()):
                self._add(row, order, rule)

    def _add(self, row: Sequence[_Element], order: int, rule: Rule[T]) -> None:
        node = self._root
        for element in row:
            edges = node.glued if element.glued else node.loose
            node = edges.setdefault(element.word_class, _Node())
        names = tuple((element.name, element.word_class) for element in row)
        node.ends.append((order, rule.action, names))

    def at(self, atoms: Sequence[Atom], first: int, *context: object) -> T | None:
        """The longest phrase that begins at an atom, or None."""
        if not atoms[first].classes.keys() & self._root.loose.keys():
            return None
        found: list[tuple[int, int, Callable[..., T | None], tuple[tuple[str, str], ...]]] = []
        _walk(self._root, atoms, first, found)
        found.sort(key=lambda end: (-end[0], end[1]))
        for last, _, action, names in found:
            slots = {
                name: (first + place, word_class) for place, (name, word_class) in enumerate(names)
            }
            phrase = action(Match(atoms, first, last, slots), *context)
            if phrase is not None:
                return phrase
        return None


def _walk(
    node: _Node[T],
    atoms: Sequence[Atom],
    at: int,
    found: list[tuple[int, int, Callable[..., T | None], tuple[tuple[str, str], ...]]],
) -> None:
    """Collect every end of a rule that can be reached; depth is that of the longest rule."""
    found.extend((at, order, action, names) for order, action, names in node.ends)
    if at >= len(atoms):
        return
    atom = atoms[at]
    for word_class in atom.classes:
        child = node.loose.get(word_class)
        if child is not None:
            _walk(child, atoms, at + 1, found)
        if atom.glued:
            child = node.glued.get(word_class)
            if child is not None:
                _walk(child, atoms, at + 1, found)


def _rows(parts: Sequence[str]) -> Iterator[tuple[_Element, ...]]:
    """Every row of elements that a pattern allows."""
    choices: list[list[tuple[_Element, ...]]] = []
    at = 0
    while at < len(parts):
        if parts[at] == "[":
            close = _closing(parts, at)
            choices.append([(), *_rows(parts[at + 1 : close])])
            at = close + 1
        else:
            choices.append(_alternatives(parts[at]))
            at += 1
    for chosen in itertools.product(*choices):
        yield tuple(itertools.chain.from_iterable(chosen))


def _closing(parts: Sequence[str], opening: int) -> int:
    depth = 0
    for at in range(opening, len(parts)):
        depth += {"[": 1, "]": -1}.get(parts[at], 0)
        if not depth:
            return at
    raise ValueError(f"a pattern leaves a bracket open: {' '.join(parts)}")


def _alternatives(part: str) -> list[tuple[_Element, ...]]:
    """The rows that one element stands for."""
    glued, optional = part.startswith("~"), part.endswith("?") and len(part) > 1
    body = part.removeprefix("~").removesuffix("?" if optional else "")
    name, equals, classes = body.partition("=")
    if not equals:
        name, classes = "", body
    rows: list[tuple[_Element, ...]] = [
        (_Element(name or word_class, word_class, glued),) for word_class in classes.split("|")
    ]
    return [*rows, ()] if optional else rows
