"""Who somebody is in a talk, by role and title: who hires, who recruits; and who was there."""

import re
from collections.abc import Iterable

from agent.domain.application import Application
from agent.domain.facts import Person, PersonRole
from agent.domain.talks import Round, Talk, rounds

#: Titles of people one works for, in the languages that drafts are written in.
_LEADS = re.compile(
    r"\b(?:manager|managing|head|director|lead|leader|leading|vp|vice president|president|chief|"
    r"founder|co-?founder|owner|ceo|cto|cfo|coo|principal investigator|"
    r"\w{0,30}leiter(?:in)?|\w{0,30}leitung|geschäftsführer(?:in)?|vorstand|chefin?|chef(?:fe)?|"
    r"directeur|directrice|responsable|gérante?|jef[ea]|gerente|directora?)\b",
    re.IGNORECASE,
)
#: Managers of things, for whom nobody works.
_OF_THINGS = re.compile(
    r"\b(?:product|project|program(?:me)?|account|office|community|content|event|case|customer "
    r"success|social media|produkt|projekt|proyecto|producto|projet|produit)[- ]?"
    r"(?:manager(?:in)?|lead)\b",
    re.IGNORECASE,
)
_RECRUITS = re.compile(
    r"\b(?:recruit\w{0,12}|talent\w{0,12}|sourcer|staffing|headhunter|hr|human resources|people "
    r"(?:ops|operations|partner|team)|personal(?:abteilung|referent(?:in)?|leit\w{0,10})|"
    r"recrut\w{0,12}|rrhh|recursos humanos|ressources humaines|selección)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 120


def recruits(person: Person) -> bool:
    """Whether somebody finds people for others to work with, rather than for themselves."""
    if person.role in (PersonRole.RECRUITER, PersonRole.COORDINATOR):
        return True
    return bool(_RECRUITS.search((person.title or "")[:_LONGEST_TITLE]))


def leads(person: Person) -> bool:
    """Whether the title is that of somebody whom the user would work for."""
    title = (person.title or "")[:_LONGEST_TITLE]
    return bool(_LEADS.search(_OF_THINGS.sub("", title))) and not recruits(person)


def met(app: Application, round_: Round) -> tuple[Person, ...]:
    """Everybody who interviewed in a round, in order."""
    return behind(app, round_.who)


def behind(app: Application, keys: Iterable[str]) -> tuple[Person, ...]:
    """Who are meant by names and addresses, each once: "Tom" and "Tom Hale" may be one."""
    return tuple(dict.fromkeys(app.person(key) or stranger(key) for key in keys))


def stranger(key: str) -> Person:
    """Somebody known by one mention only."""
    if "@" in key:
        return Person(name=None, email=key, role=PersonRole.INTERVIEWER)
    return Person(name=key, role=PersonRole.INTERVIEWER)


def caller(app: Application, zone: str) -> str | None:
    """Who is likely to ask a reference: whom the user would work for, else the main contact."""
    named = [p for round_ in rounds(app.talks, zone) for p in met(app, round_) if p.name]
    for person in (*(p for p in named if leads(p)), app.contact(), *named):
        if person is not None and person.name:
            return person.name
    return None


def number_of_theirs(talks: tuple[Talk, ...], mine: str | None) -> str | None:
    """A telephone number of their side that a talk was held by, the newest; not the user's own.

    The number of a video meeting is nobody's: one who calls it back reaches a machine.
    """
    own = _digits(mine or "")
    for talk in sorted((t for t in talks if t.stands), key=lambda t: t.start, reverse=True):
        number = talk.interview.phone
        if number and not talk.interview.url and _digits(number)[-7:] != (own[-7:] or "-"):
            return number
    return None


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
