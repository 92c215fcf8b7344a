"""The mails that the model is trained and measured on, as it sees them.

A folder holds labelled mails (NNN.eml with NNN.json) by one hand; its user is the address that
most of its mails are written to. `training/short/*.txt` holds mails of which the kind alone is
labelled, many to a file. `training/phrases/*.txt` holds sentences by kind, and some that decide
nothing: mails are made of them.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses, parseaddr
from functools import cached_property
from pathlib import Path

from agent.domain.facts import Kind
from agent.mail.classify import Verdict, by_rules
from agent.mail.context import JOB
from agent.mail.grams import pieces, runs, tokens
from agent.mail.learned import own_names, signs, texts
from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.read import signals_of

KINDS: list[Kind] = [kind for kind in Kind if kind is not Kind.OWN]
QUIET, QUIET_TEST, PHRASES, SHORT = "quiet", "quiet, not trained on", "phrases", "short"
COPIES = 2  # mails made of each phrase
_FIELD = re.compile(r"(from|subject|event|notes):(.*)")


@dataclass(frozen=True, slots=True)
class Text:
    """The distinct words and runs of a sentence, or of a whole mail."""

    words: frozenset[str]
    runs: frozenset[str]

    def grams(self) -> Counter[str]:
        """Each gram with its number: a piece counts once for every word that has it."""
        found = Counter(self.runs)
        for word in self.words:
            found.update((word, *pieces(word)))
        return found


@dataclass
class Example:
    """One mail, as the model sees it, with what the rules say of it."""

    hand: str
    kind: Kind
    sentences: tuple[Text, ...]
    name: str = ""
    signs: dict[str, float] = field(default_factory=dict)
    ruled: Verdict | None = None
    points: float = JOB

    @cached_property
    def whole(self) -> Text:
        """The mail as one text."""
        words = frozenset[str]().union(*(s.words for s in self.sentences))
        return Text(words, frozenset[str]().union(*(s.runs for s in self.sentences)))


def read_hand(folder: Path) -> Iterator[Example]:
    """The labelled mails of one hand; the user's own are told by their sender, not by a model."""
    user = user_of(folder)
    for label in sorted(folder.glob("*.json")):
        kind = Kind(json.loads(label.read_text(encoding="utf-8"))["kind"])
        if kind is not Kind.OWN:
            mail = label.with_suffix(".eml").read_bytes()
            yield _example(folder.name, kind, label.stem, mail, user)


def user_of(folder: Path) -> Identity:
    """To whom most of a folder's mails are written; their zone does not matter for kinds."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.eml")):
        to = message_from_bytes(path.read_bytes()).get_all("To", [])
        found.update((name, address.lower()) for name, address in getaddresses(map(str, to)))
    (name, address), _ = found.most_common(1)[0]
    return Identity(name, (address,), "UTC", "US")


def read_quiet(folder: Path, user: Identity) -> Iterator[Example]:
    """Everyday mails: every second one is trained on, the others count false alarms."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".eml"} and p.is_file())
    for number, path in enumerate(files):
        hand = QUIET_TEST if number % 2 else QUIET
        yield _example(hand, Kind.OTHER, path.stem, path.read_bytes(), user)


def _example(hand: str, kind: Kind, name: str, mail: bytes, user: Identity) -> Example:
    signals = signals_of(parse(mail), user)
    read, ruled = _texts(texts(signals), own_names(signals)), by_rules(signals)
    return Example(hand, kind, read, name, signs(signals), ruled, signals.context.points)


def _texts(read: Iterator[str] | Sequence[str], names: Sequence[str] = ()) -> tuple[Text, ...]:
    said = (tokens(text, names) for text in read)
    return tuple(Text(frozenset(words), frozenset(runs(words))) for words in said) or (
        Text(frozenset(), frozenset()),
    )


# -- short mails -------------------------------------------------------------------------------


def read_short(folder: Path) -> Iterator[Example]:
    """The mails of which the kind alone is labelled.

    A file opens with "user: Name <address>"; a mail with "=== kind", "from: Name <address>" and
    "subject: …", and its text follows. "Re:" in the subject says that it stands in a thread.
    Before the text may stand "event: METHOD SEQUENCE title", of a calendar part, and "notes: …",
    its description.
    """
    for path in sorted(folder.glob("*.txt")):
        head, *blocks = path.read_text(encoding="utf-8").split("\n=== ")
        name, address = parseaddr(head.partition("user:")[2].strip())
        user = Identity(name, (address.lower(),), "UTC", "US")
        for number, block in enumerate(blocks):
            kind, *lines = block.splitlines()
            mail = _short(lines, address)
            yield _example(SHORT, Kind(kind.strip()), f"{path.stem} {number}", bytes(mail), user)


def _short(lines: Sequence[str], address: str) -> EmailMessage:
    """One short mail, written to an address."""
    fields: dict[str, str] = {}
    text = list(lines)
    while text and (field_ := _FIELD.match(text[0])) and field_[1] not in fields:
        fields[field_[1]] = field_[2].strip()
        del text[0]
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = fields["from"], address, fields["subject"]
    if mail["Subject"].lower().startswith("re:"):
        mail["In-Reply-To"] = "<before@mail.example>"
    mail.set_content("\n".join(text))
    if event := fields.get("event"):
        method, sequence, title = event.split(" ", 2)
        _invite(mail, method, sequence, title, fields.get("notes", ""))
    return mail


def _invite(mail: EmailMessage, method: str, sequence: str, title: str, notes: str) -> None:
    """Add a calendar part (RFC 5545) whose day matters to no kind."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        "UID:event@mail.example",
        f"SEQUENCE:{sequence}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        "DTSTAMP:20260401T080000Z",
        "DTSTART:20260415T090000Z",
        "DTEND:20260415T100000Z",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(notes)}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    calendar = "\r\n".join(lines)
    mail.add_alternative(calendar, subtype="calendar", params={"method": method})


def _escaped(text: str) -> str:
    """TEXT as RFC 5545 (3.3.11) writes it."""
    return re.sub(r"([\\,;])", r"\\\1", text)


# -- phrases -----------------------------------------------------------------------------------


def read_phrases(folder: Path) -> Iterator[Example]:
    """Mails made of a phrase and some that decide nothing, of one language each."""
    chance = random.Random(0)  # noqa: S311 - reproducible on purpose
    languages: dict[str, dict[str, list[str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        sections = languages.setdefault(path.stem.partition("_")[0], {})
        _add_sections(path.read_text(encoding="utf-8"), sections)
    for sections in languages.values():
        filler, subjects = sections.pop("filler", []), sections.pop("subject", [])
        for kind, phrases in sections.items():
            for phrase in phrases if kind != Kind.OWN else ():
                for _ in range(COPIES):
                    made = list(_made(kind, phrase, filler, subjects, chance))
                    yield Example(PHRASES, Kind(kind), _texts(made))


def _add_sections(text: str, sections: dict[str, list[str]]) -> None:
    current: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(line)


def _made(
    kind: str, phrase: str, filler: Sequence[str], subjects: Sequence[str], chance: random.Random
) -> Iterator[str]:
    """The lines of one mail: filler makes the phrase the one thing by which it can be told."""
    ordinary = kind in {Kind.OTHER, Kind.JOB_ALERT}
    if subjects and not ordinary and kind != Kind.AUTO_REPLY and chance.random() < 0.6:
        yield chance.choice(subjects)
    around = [] if ordinary or not filler else chance.choices(filler, k=chance.randrange(4))
    around.insert(chance.randrange(len(around) + 1), phrase)
    yield from around
