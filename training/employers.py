"""Fit the weights by which the employer is chosen among the names of a mail.

    python -m training.employers FOLDER … [--short FILE …] [--measure [--wrong HAND]]

Every FOLDER holds labelled mails (NNN.eml with NNN.json) by one hand, whose user stands in
`hands.toml` beside it. A FILE holds mails of a few words, a line each: employer, From, subject,
text and signature, as its head tells. What comes out is `agent/lexicon/employers.txt`; `--measure` leaves out
one hand at a time instead and prints how many were read as labelled.
Needs numpy and scipy (`pip install '.[train]'`).
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from agent.domain.facts import Kind
from agent.lexicon import lexicon
from agent.mail.choice import best
from agent.mail.employer import candidates
from agent.mail.employer_signs import employer_signs
from agent.mail.extract import spoken_in
from agent.mail.invite import read_invites
from agent.mail.label_names import in_full
from agent.mail.language import language_of
from agent.mail.letterhead import Letterhead, letterhead
from agent.mail.message import Identity, ParsedMail
from agent.mail.parse import parse
from agent.mail.read import language_of_mail, portions_of
from agent.mail.structured import structured
from bench.understanding import firm
from training.choice import Case, Penalty, fit
from training.hands import mails_of, reader_of

TABLE = Path(__file__).parent.parent / "agent" / "lexicon" / "employers.txt"
SHORT_COUNT = 3  # how often a short mail counts: there are few, of what is rare among the others
LEAST = 3  # candidates that have a sign before it counts
PROPOSED = "proposed:"
UNASKED = {Kind.OTHER, Kind.JOB_ALERT, Kind.AUTO_REPLY}  # name no employer, or by other rules
HEAD = """# How much each sign says that a name is the employer's, in log odds against the mail's other names.
# Made by `python -m training.employers`; what the signs are is told in agent/mail/employer_signs.py.
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mail: whose hand, the signs of its names, and the employer as labelled."""

    hand: str
    name: str
    signs: Mapping[str | None, Sequence[str]]
    company: str | None
    language: str

    def is_right(self, name: str | None) -> bool:
        """Whether a name is the labelled one, as the measure compares them."""
        full = in_full(name, self.language) if name else None
        return firm(full) == firm(self.company)

    @property
    def case(self) -> Case:
        """What is to be learned from it."""
        return Case(tuple(self.signs.values()), tuple(map(self.is_right, self.signs)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit the table, or measure it hand by hand."""
    parser = argparse.ArgumentParser(
        prog="training.employers", description="Fit the weights of employers' names."
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--short", action="append", default=[], type=Path)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--wrong", help="list what was misread of that hand")
    options = parser.parse_args(arguments)
    mails = [mail for folder in options.folders for mail in labelled(folder)]
    mails += [mail for file in options.short for mail in short(file) for _ in range(SHORT_COUNT)]
    if options.measure:
        hands = [file.stem for file in (*options.folders, *options.short)]
        _measure(mails, hands, options.wrong)
        return 0
    weights = _fitted(mails)
    rows = (f"{weight:.2f}\t{sign}\n" for sign, weight in weights.items())
    TABLE.write_text(HEAD + "".join(rows), encoding="utf-8")
    sys.stdout.write(f"{len(mails)} mails, {len(weights)} weights: {TABLE}\n")
    return 0


def _fitted(mails: Iterable[Labelled]) -> dict[str, float]:
    return fit((mail.case for mail in mails), Penalty(), LEAST)


# -- what is learned from ------------------------------------------------------------------------


def labelled(folder: Path) -> Iterator[Labelled]:
    """The mails of a hand that can name an employer, with the signs of their names."""
    who = reader_of(folder)
    for each in mails_of(folder):
        if each.kind in UNASKED:
            continue
        mail = parse(each.raw)
        if mail.json_ld and structured(mail).company:
            continue  # told by the markup
        letter, proposed = _letter(mail, who, each.kind), each.kind is Kind.RECRUITER_OUTREACH
        signs = employer_signs(letter, candidates(mail, letter), proposed=proposed)
        yield Labelled(folder.name, each.name, signs, each.label.get("company"), letter.language)


def short(file: Path) -> Iterator[Labelled]:
    """The mails of a file of short ones; its head says how a line is read."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        told, sender, subject, text, signed = (part.strip() for part in line.split("||"))
        proposed, company = told.startswith(PROPOSED), told.removeprefix(PROPOSED).strip()
        text, signed = text.replace("\\n", "\n"), signed.replace("\\n", "\n")
        mail = parse(_message(sender, subject, f"{text}\n\n{signed}"))
        language = language_of(text)
        letter = letterhead(mail, mail.from_, text, signed, "", (), language)
        signs = employer_signs(letter, candidates(mail, letter), proposed=proposed)
        yield Labelled(file.stem, str(number), signs, None if company == "-" else company, language)


def _message(sender: str, subject: str, text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, subject
    mail["To"] = "Alex Moreno <alex@moreno.example>"
    mail.set_content(text)
    return mail.as_bytes()


def _letter(mail: ParsedMail, who: Identity, kind: Kind) -> Letterhead:
    """What the mail is read from, as `agent.mail.employer` has it for its kind."""
    portions = portions_of(mail)
    language = spoken_in(mail.subject, portions, lexicon(language_of_mail(mail, portions)).language)
    if kind is Kind.OWN:
        return letterhead(mail, mail.to[0], mail.text, "", portions.quoted, (), language)
    titles = tuple(event.summary for event in read_invites(mail.calendars, who).events[:3])
    history = f"{portions.quoted}\n{portions.forwarded}"
    return letterhead(
        mail, mail.from_, portions.text, portions.signature, history, titles, language
    )


# -- measuring -----------------------------------------------------------------------------------


def _measure(mails: Sequence[Labelled], hands: Iterable[str], listed: str | None) -> None:
    """Read each hand with weights fitted to the others."""
    right = whole = 0
    for hand in hands:
        weights = _fitted(mail for mail in mails if mail.hand != hand)
        asked = [mail for mail in mails if mail.hand == hand]
        told = [(mail, best(weights, mail.signs)) for mail in asked]
        counted = [(mail, name) for mail, name in told if mail.company or name]
        hits = sum(mail.is_right(name) for mail, name in counted)
        right, whole = right + hits, whole + len(counted)
        sys.stdout.write(f"{hand:4}{hits / max(1, len(counted)):.3f} of {len(counted)}\n")
        for mail, name in counted if hand == listed else ():
            if not mail.is_right(name):
                sys.stdout.write(f"  {mail.name}: {mail.company}, not {name}\n")
    sys.stdout.write(f"all {right / max(1, whole):.3f} of {whole}\n")


if __name__ == "__main__":
    raise SystemExit(main())
