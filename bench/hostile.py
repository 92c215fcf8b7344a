"""How much longer a mail takes to read that was written to take long.

    python -m bench.hostile [--of 100] [--subset 1/1] [--worst 5]

Each hostile text is one piece, joined to itself until there are as many thousand characters as
--of says; a number or a name in it can be another each time. It is read as a plain text, as a
page of HTML, as the words of an invitation and as those of header fields; of its lines are made
the rows of a table, the guests of an invitation, the parts of a message, a quoted mail and a text
twenty parts deep too. Printed are the worst of each sort: how many times the processor time of an
ordinary plain text of the same size they take, measured beside them, and the milliseconds. Each
is read twice, the slow ones four times, and the least counts: the words of a language are read
the first time. With --subset 2/10, only every tenth text is read, from the second; all of them,
of 100 KB, take some twelve minutes. Nothing is asserted.
"""

import argparse
import gc
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, cycle, islice, product
from math import inf

from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.read import read

USER = Identity("Alex Moreno", ("alex@moreno.example",), "Europe/London", "GB")

#: What a reader of mail looks for, in the shapes that make it look again.
PIECES = (
    # Hours, and what may be hours.
    "3pm", "10", "10:00", "10.30", "0900", "14h30", "at 3", "9 or 10", "9, 10 or 11", "from 2 to 3",
    "10:00 - 11:00", "10:00 (9:00)", "10:00-10:30 [8:00-8:30]", "16:00 CET (15:00 GMT)",
    "10am PT / 1pm ET", "half past 3", "noon", "45 min", "3 hours", "Europe/Berlin", "UTC+2",
    # Days, and hours of days.
    "Monday", "Monday or", "Tuesday, Wednesday,", "12 May", "12/05", "2026-05-12", "the 12th", "today",
    "next Tuesday", "week of 12 May", "every Monday", "Monday: 10, 11", "Tuesday at 6",
    "Tuesday at 10 or Wednesday at 11,", "Tuesday (9 or 10) Wednesday (9 or 3:30)",
    "Tue 10:00\nWed 11:00", "on 17 and 18 November, at 9am and 2pm each day",
    "9.15, 10.30 and 1.45, all on Friday", "tomorrow, 19.11, at 12:45", "9.00 Tour",
    # What becomes of a talk.
    "moved from Tuesday 3pm to Thursday 4pm, same time", "rather than 4", "instead of Tuesday",
    "starts at 3 instead of 2", "an hour later", "postponed", "cancelled", "can't make 3",
    "or Friday?", "does that work?", "not Tuesday but Wednesday", "Yes, 3 is good.", "interview on",
    "by Friday", "within 5 business days", "before the end of the week", "by EOD", "unfortunately",
    # People, firms, jobs.
    "Aa", "A B,", "AA", "Dr. Mr.", "Anna Bela", "with Anna and Bela", "Anna Bela, Head of Design",
    "10:00 Anna Bela", "Best,\nAnna", "-- \nAnna", "CEO", "HR", "Harbour Foods Ltd", "GmbH", "at Harbour",
    "on behalf of Harbour", "& Anna", "of the", "the the", "Senior Planner", "role of Planner", "(m/w/d)",
    # Labels, quotes, links, numbers, places.
    "Who:", "When: Tuesday", "Where:", "Position: Planner", "Interviewer: Anna Bela", "To: x", "> ", ">>>>",
    "On Tuesday Anna wrote:", "-----Original Message-----", "From: Anna <a@b.example>",
    "https://zoom.us/j/123456789", "http://", "a@b.example", "www.x.example", "+44 20 7946 0000",
    "Meeting ID: 123 456 789", "12 High Street, London", "SW1A 1AA", "Room 4", "by phone", "floor 3",
    # Other languages.
    "am Dienstag um 15 Uhr", "von Dienstag 15 Uhr auf Donnerstag 16 Uhr verschoben", "bis Freitag",
    "Frau Müller", "mardi à 15 h", "déplacé de mardi 15h à jeudi 16h", "entre 10h et 11h",
    "el martes a las 3", "antes del viernes", "martedì alle 15", "dinsdag om 15 uur", "terça às 15h",
    "we wtorek o 15", "火曜日 15時", "周二下午三点",
    # Signs, and markup where none belongs.
    "1", "1.", "12345678", "１２", "a", " ", "\t", "\n", ".", ",", ":", ";:", "-", "—", "’", "'s", '"', "(", "[", "((3))", "|",
    "| 10:00 | Anna |", "*", "**10:00**", "_", "=", "\u200b", "\u00a0", "<div>", "&amp;", "{{x}}", "=20", "• Tuesday",
    "BEGIN:VEVENT", "DTSTART:20260512T100000",
    # What was found by chance: pieces together, and names and places of other languages.
    "pani Anna", "il dottor Bianchi", "\u2028", "To: x by 5pm on Friday 12 May 2026",
    "at Harbour call me on 020 7946 0000 starts at 3 instead of 2", "dial +1 555 0100,,123#",
    "Monday: 10, 11 week of 12 May of the reschedule", "________________________________\nFrom: Anna",
    "entre o dia 3 e o dia 5 de maio", "12 rue de la Paix, 75002 Paris", "X GmbH & Co. KG",
    # Another each time, so that nothing which was read once helps.
    "<name>", "with <name>", "<name> and <name> of the", "From: <name>", "<name>, Head of <name>",
    "<name> Foods Ltd", "the role of Senior <name> Planner at <name>.", "Frau Dr. <name>",
    "<n>.<n>.", "<n>:", "<n>-", "the <n>th of", "on <n> May at <n>:15 with <name>", "<n> <name> Street, London",
    "On <n> May 2026, <name> <a<n>@b.example> wrote:", "-- \n<name>", "+44 20 7946 0<n>", "https://zoom.us/j/<n>",
)  # fmt: skip
JOINS = (" ", "\n", ", ")
_GIVEN = [f"{name} " for name in "Anna Bela Carl Dora Emil Fay Gus Hana Ivan Jutta".split()]
_FAMILY = ("Bor", "dan", "kel", "lim", "mar", "nov", "pet", "ros", "son", "tal", "ver", "wyn")

_ORDINARY = (
    "Thank you for the time you took to tell us about yourself and your work.",
    "The team looks after the planning of every delivery from the harbour to the shops.",
    "You would report to the head of planning, and work with the people in the warehouse.",
    "We were glad to read about the tables that you built for the drivers.",
    "Our office has moved to the old mill, where the canteen is better than it was.",
    "Most of us come in twice a week and are at home otherwise.",
    "There is no need to prepare anything, though you are welcome to look at our reports.",
    "Last year we opened two stores, and one more is to follow.",
    "If you have questions about the pay or the hours, please ask me.",
    "A colleague of mine will show you around, and you can see how a shift begins.",
)
_HEAD = "Thank you for your application {}. Your interview for the planner position has moved.\n"
_FIELDS = (
    "From: {sender}\r\nTo: Alex Moreno <alex@moreno.example>\r\nSubject: {subject}\r\n"
    "Date: Fri, 08 May 2026 09:00:00 +0100\r\nMessage-ID: <1@mail.example>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n\r\n"
)
_INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@mail.example\r\n"
    "DTSTAMP:20260508T080000Z\r\nDTSTART:20260512T100000Z\r\nSUMMARY:Interview {}\r\n"
    "DESCRIPTION:{}\r\nLOCATION:{}\r\nORGANIZER:mailto:ruth@harbourfoods.example\r\n"
    "ATTENDEE:mailto:alex@moreno.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def plain(text: str, head: str) -> bytes:
    """A mail whose plain text is the head and the text."""
    return _mail(head + text, "text/plain")


def page(text: str, head: str) -> bytes:
    """A mail of HTML, a paragraph a line."""
    paragraphs = "</p>\n<p>".join(escape(line) for line in (head + text).split("\n"))
    return _mail(f"<html><body><p>{paragraphs}</p></body></html>", "text/html")


def invitation(text: str, head: str) -> bytes:
    """An invitation with a third of the text in its title, its description and its place each."""
    title, told, place = _thirds(text)
    words = map(_in_calendar, (title, head + told, place))
    return _mail(_INVITATION.format(*words), "text/calendar; method=REQUEST")


def fields(text: str, head: str) -> bytes:
    """A mail with two thirds of the text in its subject and one in the name of its sender."""
    name, *subject = (part.replace("\n", "\r\n ") for part in _thirds(text))
    return _mail(head, "text/plain", subject="".join(subject), name=name.replace('"', "'"))


def table(text: str, head: str) -> bytes:
    """A page with a table: a row a line, a cell a word."""
    rows = (f"<tr><td>{escape(line).replace(' ', '</td><td>')}</td></tr>" for line in _lines(text))
    page = f"<p>{escape(head)}</p><table>{''.join(rows)}</table>"
    return _mail(f"<html><body>{page}</body></html>", "text/html")


def guests(text: str, head: str) -> bytes:
    """An invitation of which each line names a guest."""
    named = (line.replace('"', "'").strip("\\") for line in _lines(text))
    lines = (f'ATTENDEE;CN="{name}":mailto:a{n}@b.example\r\n' for n, name in enumerate(named))
    before, end, after = _INVITATION.format("", _in_calendar(head), "").partition("END:VEVENT")
    return _mail(f"{before}{''.join(lines)}{end}{after}", "text/calendar; method=REQUEST")


def parts(text: str, head: str) -> bytes:
    """A message of many parts, each of a line."""
    each = (
        f"--=_b\r\nContent-Type: text/plain\r\n\r\n{line}\r\n" for line in (head, *_lines(text))
    )
    return _mail(f"{''.join(each)}--=_b--\r\n", 'multipart/mixed; boundary="=_b"')


def history(text: str, head: str) -> bytes:
    """A plain text below which a mail is quoted, with the text at its top."""
    below = "\n".join(f"> {line}" for line in _lines(text))
    return _mail(f"{head}\nOn 5 May 2026, Ruth <ruth@b.example> wrote:\n{below}", "text/plain")


def deep(text: str, head: str) -> bytes:
    """A plain text in twenty parts, each in the one before, of which none is closed."""
    bounds = range(DEEP)
    heads = [f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in bounds]
    body = f"--=_b\r\n{''.join(heads)}Content-Type: text/plain\r\n\r\n{head}{text}"
    return _mail(body, 'multipart/mixed; boundary="=_b"')


#: The sorts of mail that a text can be read in, each made from the text and the head above it.
SORTS: dict[str, Callable[[str, str], bytes]] = {
    "plain text": plain,
    "HTML": page,
    "calendar": invitation,
    "headers": fields,
    "table": table,
    "guests": guests,
    "parts": parts,
    "history": history,
    "deep parts": deep,
}
BY_LINE = frozenset(
    {"table", "guests", "parts", "history", "deep parts"}
)  # of what is joined otherwise these make one line
DEEP = 20  # parts in each other
SLOW = 1.7  # times an ordinary text, from which on a text is read again
NUMBER, NAME = "<n>", "<name>"  # in a piece: another each time


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile text: a piece, what joins it to the next, and the sort of mail it stands in."""

    sort: str
    piece: str
    join: str

    def text(self, size: int) -> str:
        """The piece, again and again, cut at so many characters."""
        one = self.piece + self.join
        if NUMBER not in one and NAME not in one:
            return (one * (size // len(one) + 1))[:size]
        given = product(_GIVEN, _FAMILY, _FAMILY, _FAMILY)
        return "".join(islice(_varied(one, cycle(map("".join, given))), size))[:size]

    def mail(self, size: int, number: int = 0) -> bytes:
        """The mail with so many characters of it; another number makes it another mail."""
        return SORTS[self.sort](self.text(size), _HEAD.format(number))


@dataclass(frozen=True, slots=True)
class Cost:
    """What the reading of a text cost, in processor time; `ratio` to that of an ordinary one."""

    text: Hostile
    seconds: float
    ratio: float


def _varied(piece: str, names: Iterator[str]) -> Iterator[str]:
    """A piece again and again, each of its numbers and names another than the one before."""
    numbers = cycle(range(1, 29))
    pieces = [each for each in re.split(f"({NUMBER}|{NAME})", piece) if each]
    while True:
        for each in pieces:
            yield str(next(numbers)) if each == NUMBER else next(names) if each == NAME else each


def hostile(sort: str, first: int = 1, step: int = 1) -> Iterator[Hostile]:
    """The hostile texts of a sort: each `step`th piece, from another one on with each join."""
    joins = ("\n",) if sort in BY_LINE else JOINS
    for (at, piece), (shift, join) in product(enumerate(PIECES), enumerate(joins)):
        if (at + shift) % step == first - 1:
            yield Hostile(sort, piece, join)


def ordinary(size: int, number: int = 0) -> bytes:
    """A plain text of prose, of so many characters."""
    sentence = min(map(len, _ORDINARY))
    text = " ".join(islice(cycle(_ORDINARY), size // sentence + 1))[:size]
    return plain(text, _HEAD.format(number))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, and print the worst of each sort."""
    parser = argparse.ArgumentParser(
        prog="bench.hostile", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--of", type=int, default=100, help="thousands of characters of a text")
    parser.add_argument(
        "--subset", type=_subset, default=(1, 1), help="N/M: each Mth, from the Nth"
    )
    parser.add_argument("--worst", type=int, default=5, help="how many are shown of each sort")
    chosen = parser.parse_args(arguments)
    _seconds(ordinary(chosen.of * 1_000))
    gc.freeze()  # the collector looks for circles among what was read since, as in the commands
    first, step = chosen.subset
    for sort in SORTS:
        found = list(costs(hostile(sort, first, step), chosen.of * 1_000))
        _print(sort, found, chosen.worst)


def costs(texts: Iterable[Hostile], size: int) -> Iterator[Cost]:
    """What each text costs, beside an ordinary one that is read at the same time."""
    numbers = count(1)
    _seconds(ordinary(size))  # the words of the language are read once
    for text in texts:
        usual = worst = inf
        for tried, number in enumerate(islice(numbers, 4)):
            # The least: what else runs here is not asked, nor what is read once for a language.
            if tried > 1 and worst < SLOW * usual:
                break
            usual = min(usual, _seconds(ordinary(size, number)))
            worst = min(worst, _seconds(text.mail(size, number)))
        yield Cost(text, worst, worst / usual)


def _seconds(data: bytes) -> float:
    began = time.process_time()
    read(parse(data), USER)
    return time.process_time() - began


def _print(sort: str, found: Sequence[Cost], most: int) -> None:
    if not found:
        return
    usual = statistics.median(cost.seconds / cost.ratio for cost in found)
    middle = statistics.median(cost.ratio for cost in found)
    print(
        f"{sort}, {len(found)} texts: half of them under {middle:.1f} times an ordinary plain text"
    )
    print(f"of the same size, which takes {1000 * usual:.0f} ms here; the worst:")
    for cost in sorted(found, key=lambda cost: -cost.ratio)[:most]:
        shown = f"{cost.text.piece!r} joined by {cost.text.join!r}"
        print(f"{cost.ratio:6.1f} times {1000 * cost.seconds:6.0f} ms   {shown}")


def _subset(said: str) -> tuple[int, int]:
    first, _, step = said.partition("/")
    if not (first.isdecimal() and step.isdecimal() and 1 <= int(first) <= int(step)):
        raise argparse.ArgumentTypeError(f"{said}: write it as 2/10, the second of every ten")
    return int(first), int(step)


def _mail(body: str, kind: str, *, subject: str = "", name: str = "Ruth Okafor") -> bytes:
    head = _FIELDS.format(
        sender=f'"{name}" <ruth@harbourfoods.example>',
        subject=f"Re: interview {subject}",
        kind=kind,
    )
    return (head + body).encode()


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _thirds(text: str) -> tuple[str, str, str]:
    third = len(text) // 3
    return text[:third], text[third : 2 * third], text[2 * third :]


def _in_calendar(text: str) -> str:
    """A text as RFC 5545, section 3.3.11, writes it."""
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


if __name__ == "__main__":
    main()
