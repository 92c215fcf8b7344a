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

from agent.mail.when.phrases import Phrase, Setting
from agent.mail.when.tokens import Atom


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

    @property
    def beyond(self) -> Atom | None:
        """The second atom after the match."""
        return self.atoms[self.last + 1] if self.last + 1 < len(self.atoms) else None

    @property
    def final(self) -> Atom:
        """The last atom of the match."""
        return self.atoms[self.last - 1]


Action = Callable[[Match, Setting], Phrase | None]
Names = tuple[tuple[str, str], ...]  # of a row: (slot, class) for each element


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what it means: a phrase, or None where the words fit but the sense does not."""

    pattern: str
    action: Action


@dataclass(frozen=True, slots=True)
class _Element:
    name: str
    word_class: str
    glued: bool


@dataclass(frozen=True, slots=True)
class _End:
    """Where a row of elements is complete."""

    order: int
    action: Action
    names: Names


@dataclass(slots=True)
class _Node:
    """What may come next: an element that stands apart or not, or one that must touch."""

    loose: dict[str, "_Node"] = field(default_factory=dict)
    glued: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[_End] = field(default_factory=list)


class Grammar:
    """A set of rules, ready to be matched."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._root = _Node()
        for order, rule in enumerate(rules):
            for row in _rows(rule.pattern.split()):
                self._add(row, order, rule.action)
        self._opens = self._root.loose.keys() | self._root.glued.keys()

    def _add(self, row: Sequence[_Element], order: int, action: Action) -> None:
        node = self._root
        for element in row:
            edges = node.glued if element.glued else node.loose
            node = edges.setdefault(element.word_class, _Node())
        names = tuple((element.name, element.word_class) for element in row)
        node.ends.append(_End(order, action, names))

    def at(self, atoms: Sequence[Atom], first: int, setting: Setting) -> Phrase | None:
        """The longest phrase that begins at an atom, or None."""
        if self._opens.isdisjoint(atoms[first].classes):
            return None
        found: list[tuple[int, _End]] = []
        _walk(self._root, atoms, first, found)
        found.sort(key=lambda end: (-end[0], end[1].order))
        for last, end in found:
            slots = {name: (first + at, kind) for at, (name, kind) in enumerate(end.names)}
            phrase = end.action(Match(atoms, first, last, slots), setting)
            if phrase is not None:
                return phrase
        return None


def _walk(node: _Node, atoms: Sequence[Atom], at: int, found: list[tuple[int, _End]]) -> None:
    """Collect every end of a row that can be reached; no deeper than the longest row."""
    found.extend((at, end) for end in node.ends)
    if at >= len(atoms):
        return
    atom = atoms[at]
    for word_class in atom.classes:
        if (child := node.loose.get(word_class)) is not None:
            _walk(child, atoms, at + 1, found)
        if atom.glued and (child := node.glued.get(word_class)) is not None:
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
