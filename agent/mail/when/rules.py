"""Rules over classes of words: "weekday ,? dom of? month year?" and what they mean.

A pattern is a row of elements with spaces between. An element names a class, or a
sign that stands for itself; `a|b` is either of two, `?` makes it optional, `~`
asks that it touch the atom before it, `name=class` names what it captures (else
the class names it), and `[ … ]` makes a row of elements optional. Every element
takes one atom, so a rule is a small graph, walked from each place in the text that one
of its first elements fits: the longest phrase wins, and of equals the rule written first.
"""

from collections.abc import Callable, Sequence
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

    def look(self, steps: int) -> Atom | None:
        """The atom so many steps before the match (-1, -2 …) or after it (1, 2 …)."""
        at = self.first + steps if steps < 0 else self.last + steps - 1
        return self.atoms[at] if 0 <= at < len(self.atoms) else None

    @property
    def before(self) -> Atom | None:
        """The atom before the match."""
        return self.look(-1)

    @property
    def after(self) -> Atom | None:
        """The atom after the match."""
        return self.look(1)

    @property
    def final(self) -> Atom:
        """The last atom of the match."""
        return self.atoms[self.last - 1]

    def preceded_by(self, *classes: str) -> bool:
        """Whether the atom before the match is of one of those classes."""
        before = self.before
        return before is not None and any(name in before.classes for name in classes)

    def followed_by(self, *classes: str) -> bool:
        """Whether the atom after the match is of one of those classes."""
        after = self.after
        return after is not None and any(name in after.classes for name in classes)


Action = Callable[[Match, Setting], Phrase | None]
Names = tuple[tuple[str, str], ...]  # of a row: (slot, class) for each element


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what it means: a phrase, or None where the words fit but the sense does not."""

    pattern: str
    action: Action


@dataclass(frozen=True, slots=True)
class _Edge:
    """One atom of `word_class` leads on to `target`; a glued one must touch the atom before it."""

    word_class: str
    name: str
    glued: bool
    target: "_State"


@dataclass(slots=True)
class _State:
    """A place within a pattern: what may come next, and whether the pattern may end here.

    States are shared by every way through the pattern, so a pattern of n elements has about
    n of them, however many rows it allows.
    """

    edges: dict[str, list[_Edge]] = field(default_factory=dict)
    may_end: bool = False

    def joined(self, other: "_State") -> "_State":
        """Either of two places: what is optional may be passed over."""
        edges = {name: [*found] for name, found in self.edges.items()}
        for name, found in other.edges.items():
            edges.setdefault(name, []).extend(found)
        return _State(edges, self.may_end or other.may_end)


@dataclass(frozen=True, slots=True)
class _End:
    """Where a pattern is complete: one past its last atom, and what it captured."""

    last: int
    order: int
    names: Names


@dataclass(slots=True)
class _Opening:
    """The rules that a class of word opens: those of one word, and the rest by their second."""

    single: list[tuple[int, _Edge]] = field(default_factory=list)
    second: dict[str, list[tuple[int, _Edge, _Edge]]] = field(default_factory=dict)

    def add(self, order: int, edge: _Edge) -> None:
        """File a rule that this edge opens."""
        if edge.target.may_end:
            self.single.append((order, edge))
        for word_class, onward in edge.target.edges.items():
            self.second.setdefault(word_class, []).extend((order, edge, each) for each in onward)


@dataclass(slots=True)
class Course:
    """One way through a text: its atoms, and how many steps of patterns were taken so far."""

    atoms: Sequence[Atom]
    steps: int = 0


class Grammar:
    """A set of rules, ready to be matched."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._actions = [rule.action for rule in rules]
        self._opens: dict[str, _Opening] = {}
        for order, rule in enumerate(rules):
            start = _compiled(rule.pattern.split(), _State(may_end=True))
            for word_class, edges in start.edges.items():
                opening = self._opens.setdefault(word_class, _Opening())
                for edge in edges:
                    opening.add(order, edge)

    def at(self, course: Course, first: int, setting: Setting) -> Phrase | None:
        """The longest phrase that begins at an atom, or None."""
        atoms, found = course.atoms, self._ends(course, first)
        found.sort(key=lambda end: (-end.last, end.order))
        for end in found:
            slots = {name: (first + at, kind) for at, (name, kind) in enumerate(end.names)}
            match = Match(atoms, first, end.last, slots)
            phrase = self._actions[end.order](match, setting)
            if phrase is not None:
                return phrase
        return None

    def _ends(self, course: Course, first: int) -> list[_End]:
        """Every end of a rule that can be reached from an atom.

        Most words open a rule and find no second word: they cost two look-ups.
        """
        found: list[_End] = []
        atoms = course.atoms
        atom, at = atoms[first], first + 1
        following = atoms[at] if at < len(atoms) else None
        for kind in atom.classes:
            opening = self._opens.get(kind)
            if opening is None:
                continue
            for order, edge in opening.single:
                if atom.glued or not edge.glued:
                    found.append(_End(at, order, ((edge.name, kind),)))
            for next_kind in following.classes if following else ():
                for order, edge, onward in opening.second.get(next_kind, ()):
                    if atom.glued or not edge.glued:
                        _walk(onward, order, course, at, ((edge.name, kind),), found)
        return found


def _walk(
    edge: _Edge, order: int, course: Course, at: int, names: Names, found: list[_End]
) -> None:
    """Take an edge, and collect every end that can be reached; no deeper than the pattern."""
    atoms = course.atoms
    atom = atoms[at]
    course.steps += 1
    if edge.glued and not atom.glued:
        return
    names = (*names, (edge.name, edge.word_class))
    state, at = edge.target, at + 1
    if state.may_end:
        found.append(_End(at, order, names))
    if at >= len(atoms):
        return
    for word_class in atoms[at].classes:
        for onward in state.edges.get(word_class, ()):
            _walk(onward, order, course, at, names, found)


def _compiled(parts: Sequence[str], then: _State) -> _State:
    """The place before these parts of a pattern, where `then` is the place after them."""
    if not parts:
        return then
    if parts[0] == "[":
        close = _closing(parts)
        after = _compiled(parts[close + 1 :], then)
        return _compiled(parts[1:close], after).joined(after)
    after = _compiled(parts[1:], then)
    return _element(parts[0], after)


def _closing(parts: Sequence[str]) -> int:
    """Where the bracket that opens these parts closes."""
    depth = 0
    for at, part in enumerate(parts):
        depth += {"[": 1, "]": -1}.get(part, 0)
        if not depth:
            return at
    raise ValueError(f"a pattern leaves a bracket open: {' '.join(parts)}")


def _element(part: str, after: _State) -> _State:
    """The place before one element."""
    glued, optional = part.startswith("~"), part.endswith("?") and len(part) > 1
    body = part.removeprefix("~").removesuffix("?" if optional else "")
    name, equals, classes = body.partition("=")
    if not equals:
        name, classes = "", body
    state = _State({kind: [_Edge(kind, name or kind, glued, after)] for kind in classes.split("|")})
    return state.joined(after) if optional else state
