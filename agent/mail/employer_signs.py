"""What speaks for and against a name's being the employer's: the signs by which one is chosen.

A sign is a word or two: how the name fits the sender's domain ("fit full"), what the words around
it say ("cue 2.0"), whether it is the name shown, where it stands, what it is made of, which other
names of the mail hold it or are held by it, and the very words beside it ("text< at"). Most count
anew for each sort of sender ("agency, fit full"): an agency's own domain tells who it is not.

None is a candidate too, for mail that names no employer. `agent/lexicon/employers.txt` says what
each sign weighs; `python -m training.employers` fits it to the labelled mails.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.lexicon import platform_names, platform_of, role_words
from agent.lexicon.display import display_words
from agent.lexicon.firms import firm_words, sender_words
from agent.lexicon.who import agency_words, common_words, employer_words, people_words, relays
from agent.mail.agency import consults, is_agency, on_behalf
from agent.mail.domains import is_free_mail
from agent.mail.firms import SIGNATURE, Firm
from agent.mail.letterhead import Letterhead
from agent.mail.machine import unattended
from agent.mail.named import people_named
from agent.mail.proposals import for_another, formerly, sought_for
from agent.mail.role import is_title
from agent.mail.runs import JOINERS
from agent.mail.shown import anonymous, institutional, is_desk_word, without_desk
from agent.mail.spelling import abbreviates, aligned, covers, initials, squash
from agent.mail.titles import titled

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|\n")
_REPLY = re.compile(r"^(?:\w{2,3}: ?){1,4}")  # "Re: ", "AW: "
_PAUSE = re.compile(r"\s?[-–—:|,/(]+\s")
_AROUND = 50  # characters beside a name in which its neighbours are looked for
_MANY = 4  # from here on times, words and names are not told apart any more
_LONG = 3  # letters by which a name can be told in a domain


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all candidates of a mail have in common."""

    letter: Letterhead
    sort: str  # of sender
    proposed: bool
    another: bool  # whether the job that is proposed is filled for another
    people: frozenset[str]
    lines: Sequence[str]
    parts: Sequence[str]  # of those lines, by bars
    said: Mapping[str, frozenset[str]]  # sign → names of which the text says it
    spelled: bool = False  # whether a name that stands in the mail fits the sender's domain


def employer_signs(
    letter: Letterhead, names: Iterable[str], *, proposed: bool = False
) -> Mapping[str | None, Sequence[str]]:
    """The signs of each name's being the employer's, and those of its being none of them.

    `proposed` says that the mail proposes a job to somebody who has not applied.
    """
    names, scene = tuple(names), _scene(letter, proposed=proposed)
    scene = replace(scene, spelled=any(_spells(scene, name) for name in names))
    found: dict[str | None, Sequence[str]] = {None: tuple(_of_none(scene, names))}
    for name in names:
        plain = ("name", *_plain(scene, name), *_beside(name, names))
        joined = (f"{scene.sort}, {sign}" for sign in plain)
        offered = (f"proposed, {sign}" for sign in plain) if proposed else ()
        found[name] = (*plain, *joined, *offered, *_around(scene, name), *_words(name, names))
    return found


def _scene(letter: Letterhead, *, proposed: bool) -> _Scene:
    lines = letter.last_lines
    return _Scene(
        letter,
        _sort(letter),
        proposed,
        proposed and for_another(letter.text, letter.signature, letter.named, letter.label),
        frozenset(people_named(letter.text, letter.language)),
        lines,
        letter.parts_below,
        {
            sign: frozenset(squash(each.name) for each in found)
            for sign, found in _said(letter, lines, proposed=proposed)
        },
    )


def _said(
    letter: Letterhead, lines: Sequence[str], *, proposed: bool
) -> Iterator[tuple[str, Iterable[Firm]]]:
    """Of which names the text says what: that it is sent for them, that they sent word, …"""
    named, text = letter.named, f"{letter.subject}\n{letter.text}"
    yield "behalf", on_behalf(f"{letter.text}\n{letter.signature}", named)
    ends = {found.end() for found in sender_words().reports.finditer(text)}
    if ends and not sender_words().referees.search(text):
        yield "reported", (e for e in named if any(text.startswith(e.name, end) for end in ends))
    part_of = firm_words().part_of
    lines = lines if part_of.search("\n".join(lines)) else ()
    parts = [line[: found.start()] for line in lines if (found := part_of.search(line))]
    yield "of a group", (each for each in named if any(part.endswith(each.name) for part in parts))
    owned = {found.end() for found in firm_words().subsidiaries.finditer(text)}
    yield "of the writers", (e for e in named if any(text.startswith(e.name, end) for end in owned))
    yield "group told", _groups(named, f"{text}\n{letter.signature}")
    yield "called an agency", _agencies(named, f"{letter.sender.name}\n{text}\n{letter.signature}")
    if proposed:
        yield "former", formerly(named, letter.text)
        yield "sought", sought_for(named, letter.text)


def _groups(named: Iterable[Firm], text: str) -> Iterator[Firm]:
    """The names of groups of firms: "Terralogic - a Vanterra Group company", "part of Vanterra"."""
    ends = {found.end() for found in firm_words().part_of.finditer(text)}
    for each in named:
        at = text.find(each.name)
        behind = at >= 0 and firm_words().group_firms.match(text, at + len(each.name))
        if behind or any(text.startswith(each.name, end) for end in ends):
            yield each


def _agencies(named: Iterable[Firm], text: str) -> Iterator[Firm]:
    """The names behind which the word of an agency stands: "Meek & Mild Recruitment"."""
    for each in named:
        at = text.find(each.name)
        line = text[at : at + len(each.name) + _AROUND].partition("\n")[0] if at >= 0 else ""
        if agency_words().names.search(" ".join(line.split()[: each.name.count(" ") + 2])):
            yield each


def _sort(letter: Letterhead) -> str:
    """The sort of a sender: for whom, and whether, its domain speaks."""
    sender = letter.sender
    if letter.label:
        if is_agency(sender, f"{letter.signature}\n{letter.text}", letter.shown) or consults(
            letter
        ):
            return "agency"
        if sender_words().group.search(letter.label):
            return "group"
        return "robot" if unattended(sender) else "house"
    platform = platform_of(sender.email)
    if platform is not None:
        behind = sender.email in platform.people
        return "messages" if behind else platform.kind
    return "free" if is_free_mail(sender.domain) else "service"


def _of_none(scene: _Scene, names: Sequence[str]) -> Iterator[str]:
    """The signs of a mail that names no employer."""
    letter = scene.letter
    cue = max((each.cue for each in letter.named if each.share >= 1.0), default=-1.0)
    signs = [f"{min(len(names), _MANY)} names", f"best cue {cue:.1f}"]
    if any(aligned(letter.label, each.words) for each in letter.named):
        signs.append("domain told")
    if 0 < len(letter.label) < _LONG:
        signs.append("short domain")
    if scene.another:
        signs.append("for another")
    if scene.proposed:
        signs.append("proposed")
    if agency_words().says.search(f"{letter.text}\n{letter.signature}"):
        signs.append("client told")
    yield "none"
    yield from (f"none, {sign}" for sign in signs)
    yield from (f"none, {scene.sort}, {sign}" for sign in ("", *signs))


# -- one name ---------------------------------------------------------------------------------


def _plain(scene: _Scene, name: str) -> Iterator[str]:
    """The signs of one name that stand for themselves."""
    letter, key = scene.letter, squash(name)
    told = [each for each in letter.named if squash(each.name) == key]
    yield from _told(told)
    if letter.named and told and squash(letter.named[0].name) == key:
        yield "first named"
    fit = _fit(letter.label, name)
    yield f"fit {fit}"
    yield f"fit {fit}, {'house' if institutional(name) else 'plain'}, {_stands(scene, name)}"
    if scene.spelled and _stands(scene, name) == "nowhere":
        yield "spelled otherwise"  # "ehpad-lesglycines.example", shown as "Résidence Les Glycines"
    yield from _slugs(letter, name)
    yield _shown(letter, key)
    yield from _in_subject(letter.subject, name)
    yield from _places(scene, name)
    if scene.another:
        yield f"for another, fit {fit}"
    yield from (sign for sign, names in scene.said.items() if key in names)
    if key in scene.people:
        yield "somebody"
    if any(aligned(label, tuple(name.split())) for label in letter.passed):
        yield "passed on"
    yield from _nature(name, key)


def _stands(scene: _Scene, name: str) -> str:
    """The surest place that a name stands in."""
    letter = scene.letter
    if name in scene.lines:
        return "line"
    if name in letter.sender.name:
        return "sender"
    if any(each.name == name and each.share >= SIGNATURE for each in letter.named):
        return "text"
    return "history" if name in letter.quoted else "nowhere"


def _spells(scene: _Scene, name: str) -> bool:
    """Whether a name stands in the mail and the sender's domain is made of it, or of a part."""
    fits = _fit(scene.letter.label, name) not in ("none", "of no domain", "middle")
    return fits and _stands(scene, name) != "nowhere"


def _told(told: Sequence[Firm]) -> Iterator[str]:
    """What the words around a name say, in text, signature and history."""
    for sign, least, most in (
        ("cue", 1.0, 9.0),
        ("signed cue", SIGNATURE, 1.0),
        ("quoted cue", 0.0, SIGNATURE),
    ):
        cue = max((each.cue for each in told if least <= each.share < most), default=-1.0)
        yield f"{sign} {cue:.1f}" if cue >= 0.0 else f"no {sign}"
    if any(each.acts for each in told):
        yield "acts"
    yield f"{min(len(told), _MANY)} times"


def _fit(label: str, name: str) -> str:
    """How the sender's domain is made of a name."""
    words, key, letters = tuple(name.split()), squash(name), squash(label)
    if not label:
        return "of no domain"
    if key == letters:
        return "exact"
    if fit := aligned(label, words):
        begins, ends = fit.start == 0, fit.end == len(words)
        if begins and ends:
            return "full" if fit.quality >= 1.0 else "loose"
        return "beginning" if begins else "end" if ends else "middle"
    if len(key) > _LONG and key in letters:
        at = "begins" if letters.startswith(key) else "ends" if letters.endswith(key) else "in"
        return f"{at} domain"
    if covers(label, words):
        return "covers"
    return (
        "initials" if initials(label, words) else "short" if abbreviates(label, words) else "none"
    )


def _slugs(letter: Letterhead, name: str) -> Iterator[str]:
    """Whether an address of a platform, a link or another address in the mail has the name."""
    words = tuple(name.split())
    if letter.tenant:
        yield "tenant" if aligned(letter.tenant, words) else "no tenant"
    if any(aligned(slug, words) for slug in letter.slugs):
        yield "slug"
    if any(aligned(label, words) for label in letter.writers):
        yield "writer"
    if len(words) > 1 and squash(name) in squash(letter.sender.local):
        yield "in mailbox"


def _shown(letter: Letterhead, key: str) -> str:
    """How a name stands to the one that the sender shows."""
    if letter.shown is None:
        return "none shown"
    shown = squash(letter.shown.name)
    how = "is" if shown == key else "in" if key in shown else "holds" if shown in key else "not"
    return f"{how} shown{' surely' if letter.shown.certain else ''}"


def _in_subject(subject: str, name: str) -> Iterator[str]:
    """Whether the subject is a name, or begins or ends with it: "Frostline - new time"."""
    bare = _REPLY.sub("", subject).strip(" .:!?-–—|")
    if bare == name:
        yield "is subject"
    elif bare.startswith(name) and _PAUSE.match(bare, len(name)):
        yield "begins subject"
    elif bare.endswith(name) and _PAUSE.fullmatch(bare[: -len(name)][-2:].strip() + " "):
        yield "ends subject"


def _places(scene: _Scene, name: str) -> Iterator[str]:
    """Where a name stands."""
    letter, lines = scene.letter, scene.lines
    places = (
        ("in sender", letter.sender.name), ("in subject", letter.subject), ("in text", letter.text),
        ("in history", letter.quoted),
    )  # fmt: skip
    yield from (sign for sign, text in places if name in text)
    if name in lines:
        yield "line"
    if lines and lines[-1] == name:
        yield "last line"
    if name.partition(" ")[0] in lines and " " in name:
        yield "first name below"
    if any(line.startswith(f"{name},") for line in lines):
        yield "begins line"
    if any(line.endswith(f", {name}") for line in lines):
        yield "ends line"
    if name in scene.parts and name not in lines:
        yield "part of line"
    if any(letter.sender.domain in line and line.startswith(name) for line in lines):
        yield "before address"


def _nature(name: str, key: str) -> Iterator[str]:
    """What a name is made of."""
    words, common = name.split(), common_words()
    lowered = [word.lower() for word in words]
    marks = {
        "institution": institutional(name),
        "nobody's": anonymous(name),
        "title": is_title(name),
        "titled": titled(name),
        "behind a title": any(is_title(" ".join(words[:end])) for end in range(1, len(words))),
        "given": lowered[0] in people_words().given,
        "platform": name.lower() in platform_names() or key in relays(),
        "agency's": agency_words().names.search(name) is not None,
        "board's": agency_words().boards.search(key) is not None,
        "unit": not employer_words().units.isdisjoint(lowered),
        "university": not employer_words().universities.isdisjoint(lowered),
        "common": common.issuperset(lowered),
        "common first": lowered[0] in common,
        "common last": lowered[-1] in common,
        "business": lowered[-1] in role_words().business,
        "desk last": is_desk_word(lowered[-1]),
        "desk first": is_desk_word(words[0]),
        "capitals": name.isupper(),
        "&": "&" in words,
        f"{min(len(words), _MANY + 1)} words": True,
    }
    yield from (mark for mark, holds in marks.items() if holds)


# -- other names, and the words ---------------------------------------------------------------


def _beside(name: str, names: Iterable[str]) -> Iterator[str]:
    """Which other names of the mail hold this one or are held by it, at which end."""
    own, short = institutional(name), _letters_of(name)
    bare = _bare(name)
    for other in names:
        if other != name and bare == squash(other):
            yield "with a desk"
        elif other != name and other.find(name) >= 0 and _bare(other) == squash(name):
            yield "desk beside"
        if squash(name) == _letters_of(other):
            yield "stands for another"
        elif short and short == squash(other):
            yield "has a short form"
        if other.startswith(f"{name} "):
            yield f"longer by {min(other.count(' ') - name.count(' '), _MANY)}"
            yield f"longer, {institutional(other):d}{own:d}"
        elif other.endswith(f" {name}"):
            yield "longer before"
        elif name.startswith(f"{other} "):
            yield f"shorter by {min(name.count(' ') - other.count(' '), _MANY)}"
            yield f"shorter, {own:d}{institutional(other):d}"
        elif name.endswith(f" {other}"):
            yield "shorter before"


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return squash(without_desk(name.split(), "")[0])


@lru_cache(maxsize=1024)
def _letters_of(name: str) -> str:
    """The first letters of a name's words, an article apart, where it has three or more; "" else."""
    said = name.split()
    told = said[said[0].lower() in display_words().articles :] if said else said
    words = [word for word in told if word not in JOINERS]
    return "".join(squash(word)[:1] for word in words) if len(words) >= _LONG else ""


def _words(name: str, names: Iterable[str]) -> Iterator[str]:
    """The words at which a name ends, and those by which it and others of the mail differ."""
    yield f"last= {name.split()[-1].lower()}"
    yield f"head= {name.split()[0].lower()}"
    for other in names:
        if other.startswith(f"{name} "):
            yield f"longer= {other.split()[-1].lower()}"
        elif other.endswith(f" {name}"):
            yield f"before= {other.split()[0].lower()}"


def _around(scene: _Scene, name: str) -> Iterator[str]:
    """The words beside a name where it first stands in each portion of the mail."""
    letter = scene.letter
    for place, text in (
        ("sender", letter.sender.name), ("subject", letter.subject), ("text", letter.text),
        ("signed", letter.signature), ("quoted", letter.quoted),
    ):  # fmt: skip
        at = text.find(name)
        if at < 0:
            continue
        end = at + len(name)
        before = ["^", "^", *_WORD.findall(text[max(0, at - _AROUND) : at].lower())][-2:]
        after = [*_WORD.findall(text[end : end + _AROUND].lower())[:2], "$", "$"][:2]
        before, after = (
            ["\\" if word == "\n" else word for word in side] for side in (before, after)
        )
        yield f"{place}< {before[1]}"
        yield f"{place}<< {before[0]} {before[1]}"
        yield f"{place}> {after[0]}"
        yield f"{place}>> {after[0]} {after[1]}"
