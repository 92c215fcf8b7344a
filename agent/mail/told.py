"""What the words of a mail tell of the employer, where its domain is not the employer's own.

Behind a service, a free mailbox or an address that nobody reads a name is told by what is said
of it, by the lines it stands in and by the name shown; each counts, and people count against.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from agent.lexicon import platform_names, platform_of
from agent.lexicon.firms import sender_words
from agent.lexicon.who import common_words, employer_words, people_words, relays
from agent.mail.domains import is_free_mail
from agent.mail.firms import SIGNATURE, Ballot, said, spelled
from agent.mail.letterhead import Letterhead
from agent.mail.machine import unattended
from agent.mail.named import named_in
from agent.mail.role import is_title
from agent.mail.shown import anonymous, institutional, without_desk, without_legal_form
from agent.mail.signer import last_name_in, signed
from agent.mail.spelling import squash
from agent.mail.titles import titled, trade

_BESIDE_TITLE = re.compile(r"\s+[-–—|]\s+|:\s+")
_TAIL = re.compile(r"(?: [-–—|]|[,:(]) ?$")  # what stands before the last part of a subject


def employer_told(letter: Letterhead, *, behind: bool, least: float = 0.9) -> str | None:
    """The employer by what the text calls one, by its last line, and by the name shown."""
    letter = replace(letter, named=[each for each in letter.named if not anonymous(each.name)])
    shown, ahead = letter.shown, _firms_ahead(letter)
    firms_only = _hires(letter, behind=behind)
    people = _people_around(letter, firms_only=firms_only) - set(ahead)
    relayed = sender_words().via.search(letter.sender.name) is not None and shown is not None
    writes = squash(shown.name) if shown and relayed and not shown.certain else ""
    writes = writes if writes in people else ""  # "Larkspur Bio via GoodTime" is a firm
    ballot = said(
        each
        for each in letter.named
        if (not writes or squash(each.name) != writes)
        and (
            squash(each.name) not in people
            or institutional(each.name)
            or each.cue >= (1.5 if firms_only and " " in each.name else 2.5)
        )
    )
    for key in ahead:
        ballot.add(next(n.name for n in letter.named if squash(n.name) == key), 1.0)
    for twice, share in _repeated(letter, people).items():
        ballot.add(twice, share)
    if not behind:
        _count_subject(ballot, letter, people)
    _count_last_line(ballot, letter, people)
    _count_lines(ballot, letter, people)
    if not behind:
        _count_shown(ballot, letter, people)
    for slug in letter.slugs:
        for each in letter.named:
            if name := spelled(slug, each.words):
                ballot.add(name, 2.0 * each.share)
    for each in letter.named:
        if any(spelled(label, each.words) for label in letter.writers):
            ballot.add(each.name, 1.0 * each.share)
    found = ballot.joined().best(least=least)
    return found or next((letter.spelled_out(slug) for slug in letter.slugs), None)


def _by_service(letter: Letterhead) -> bool:
    """Whether a service sends the mail, or an address that nobody reads."""
    return platform_of(letter.sender.email) is not None or unattended(letter.sender)


def _hires(letter: Letterhead, *, behind: bool) -> bool:
    """Whether a platform sends for employers alone: who it says talks with the user is one."""
    platform = platform_of(letter.sender.email)
    if platform is None or behind:
        return False
    return platform.kind != "scheduler" or platform.tenant is not None


def _people_around(letter: Letterhead, *, firms_only: bool = False) -> set[str]:
    """The names of the people of a mail, the one who signs it among them, whole and in parts.

    With `firms_only` one word alone is somebody only where it is a given name: "your interview
    with Sparrow", whose last line is "Sparrow" too.
    """
    shown, people = letter.shown, people_named(letter.text, full=firms_only)
    signer = signed(letter.signature)
    writer = signer[0] if signer else last_name_in(letter.text)
    if writer and not institutional(writer) and not (firms_only and _unknown(writer)):
        people |= {squash(part) for part in (writer, *writer.split()[:1])}
    if shown and writer and shown.name.startswith(f"{writer} "):
        people |= {squash(part) for part in (shown.name, *shown.name.split())}
    return people


def _count_subject(ballot: Ballot, letter: Letterhead, people: Collection[str]) -> None:
    """Count the name with which a service's subject ends: "Interview Cancelled - Ferrowell"."""
    if not _by_service(letter):
        return
    for name in {each.name for each in letter.named}:
        if _TAIL.search(letter.subject.removesuffix(")").removesuffix(name)) is None:
            continue
        if letter.subject.removesuffix(")").endswith(name) and _can_be_firm(name, people):
            ballot.add(name, 1.0)


def _count_lines(ballot: Ballot, letter: Letterhead, people: Collection[str]) -> None:
    """Count the names that are lines under a service's letter, alone or after somebody's title."""
    if not _by_service(letter):
        return
    lines = [*letter.text[-250:].splitlines()[-3:], *letter.signature.splitlines()]
    ends = [
        line.strip(" .*_-–—")
        for line in lines[-8:-1]
        if line.rstrip()[-1:] not in ",!:?" and not people_words().closing.match(line)
    ]
    for name in {each.name for each in letter.named}:
        for line in ends:
            title, _, firm = line.rpartition(", ")
            team = without_desk(line.split()[:7], "")[0]
            titled_so = bool(title) and is_title(title) and squash(firm) == squash(name)
            alone = squash(team) == squash(name) and bool(team)
            if (titled_so or alone) and _can_be_firm(name, people):
                ballot.add(name, 1.0)


def _count_last_line(ballot: Ballot, letter: Letterhead, people: Collection[str]) -> None:
    """Count the name under the letter, alone or with its desk."""
    line, platform = last_line(letter), platform_of(letter.sender.email)
    head, town, _ = line.partition(", ")
    if town and platform and platform.kind == "ats" and without_legal_form(head) != head:
        line = head  # "Helvébyte SA, Lausanne"
    last = squash(without_legal_form(line))
    nobody = {*people, *relays()}
    for each in letter.named:
        if each.share >= SIGNATURE and squash(each.name) == last and last not in nobody:
            ballot.add(each.name, 1.0 + institutional(each.name))
    team, desk = without_desk(last_line(letter).split()[:6], "")
    for each in letter.named:
        if desk and squash(each.name) == squash(team):
            ballot.add(each.name, 2.0)  # "Team Feldmann Optik"


def _count_shown(ballot: Ballot, letter: Letterhead, people: Collection[str]) -> None:
    """Count the name that a service shows for whom it sends, unless that is somebody's."""
    sender, shown = letter.sender, letter.shown
    if shown and (_by_service(letter) or sender.local in sender_words().forms):
        person = sender_words().via.search(sender.name) is not None
        firm = not person and any(
            squash(each.name) == squash(shown.name) and each.cue for each in letter.named
        )
        if firm or (squash(shown.name) not in people and not person):
            ballot.add(shown.name, 2.5)


def _firms_ahead(letter: Letterhead) -> list[str]:
    """Names that a service's mail is headed with, or shows, as people are not: "Quillstone: ..."."""
    given = people_words().given
    shown = (
        letter.shown.name
        if letter.shown and not sender_words().via.search(letter.sender.name)
        else ""
    )
    if is_free_mail(letter.sender.domain):
        return _firm_of_title(letter)
    if not _by_service(letter):
        return []
    if squash(shown) != squash(last_line(letter)):
        shown = ""  # "Rosemary Hale", who signs with her title
    subject = sender_words().notice.sub("", letter.subject)
    ahead = (
        squash(each.name)
        for each in letter.named
        if each.words[0].lower() not in given
        and not all(word.lower() in common_words() for word in each.words)
        and (sender_words().ahead.match(subject.removeprefix(each.name)) or each.name == shown)
        and (subject.startswith(each.name) or each.name == shown)
    )
    return list(dict.fromkeys(ahead))


def _firm_of_title(letter: Letterhead) -> list[str]:
    """The firm that a subject from a free mailbox puts beside a title: "Pellworth - kiln hand"."""
    parts = _BESIDE_TITLE.split(letter.subject)
    if len(parts) != 2:
        return []
    for name, rest in (parts, parts[::-1]):
        beside = titled(rest) or is_title(rest) or trade(rest.split()[-1].lower() if rest else "")
        named = any(each.name == name for each in letter.named)
        if named and beside and _can_be_firm(name, people_named(letter.text)):
            return [squash(name)]
    return []


def _repeated(letter: Letterhead, people: Collection[str]) -> dict[str, float]:
    """Names of several words that a service's mail says twice; once, where they are institutions'."""
    if not _by_service(letter):
        return {}
    found: dict[str, float] = {}
    for each in letter.named:
        key, plain = squash(each.name), " " in each.name and not each.cue
        if plain and key not in relays() and _can_be_firm(each.name, people):
            known = institutional(each.name) and not anonymous(each.name)
            found[each.name] = found.get(each.name, 0.0) + (0.9 if known else 0.5) * each.share
    return found


def _can_be_firm(name: str, people: Collection[str]) -> bool:
    """Whether a name that nothing speaks of as an employer's can be one: no person's, no title."""
    given = name.split()[0].lower() in people_words().given
    if name.split()[-1].lower() in employer_words().talks:
        return False  # "Your Recruiter Screen is scheduled"
    if squash(name) in people or squash(name) in relays() or name.lower() in platform_names():
        return False
    return (
        not anonymous(name)
        and not is_title(name)
        and not titled(name)
        and (not given or institutional(name))
    )


def last_line(letter: Letterhead) -> str:
    """The last line that the sender wrote, without a full stop."""
    lines = f"{letter.text.strip()}\n{letter.signature.strip()}".strip().splitlines()
    return lines[-1].strip(" .*_-–—") if lines else ""


def people_named(text: str, *, full: bool = False) -> set[str]:
    """The names of the people that a text names, whole and in parts; `full`: no lone surnames."""
    met = [each.name for each in named_in(text, freely=True)]
    met = [name for name in met if not _unknown(name)] if full else met
    return {squash(part) for name in met for part in (name, *name.split())}


def _unknown(name: str) -> bool:
    """Whether a name is one word, and no given name."""
    return " " not in name and name.lower() not in people_words().given
