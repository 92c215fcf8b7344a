"""When two ways to name somebody mean one person: "Tom", "Mr Hale" and "Tom Hale"."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from agent.domain.facts import Fact, Person

_HONOUR = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|herrn?|frau|mme|mlle|madame|monsieur|m|sr|sra|"
    r"srta|señora?|dra|don|doña)\.?\s+)+",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # the same few people are looked at with every mail of theirs
def _words(name: str) -> tuple[str, ...]:
    return tuple(_HONOUR.sub("", name.strip(), count=1).casefold().split())


def is_short_for(short: str | None, full: str | None) -> bool:
    """Whether one name is the given or the family name of the other, alone or with an honour."""
    one, whole = _words(short or ""), _words(full or "")
    return len(one) == 1 and len(whole) > 1 and one[0] in (whole[0], whole[-1])


def in_full(person: Person, people: Iterable[Person]) -> Person:
    """Somebody called by one name, as the one person known who bears it; else as they are."""
    if person.email is not None:
        return person
    known = [p for p in people if is_short_for(person.name, p.name)]
    if len(known) != 1:
        return person
    return replace(
        person, name=known[0].name, email=known[0].email, title=person.title or known[0].title
    )


def named_in_full(fact: Fact, people: Iterable[Person]) -> Fact:
    """The fact with everybody under the name by which they are known already."""
    known = tuple(people)
    met = tuple(in_full(p, known) for p in fact.people)
    talks = tuple(
        replace(i, with_=tuple(in_full(Person(n), known).name or n for n in i.with_))
        if i.with_
        else i
        for i in fact.interviews
    )
    return (
        fact
        if met == fact.people and talks == fact.interviews
        else replace(fact, people=met, interviews=talks)
    )
