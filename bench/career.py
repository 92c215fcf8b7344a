"""Years of hunting, made up: what many employers write, and what the user sends back.

Everything follows from a seed. The words are this file's own; every domain is reserved (RFC 2606).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from bench.invitation import INVITATION

USER = ("Robin Vale", "robin@vale.example")
ZONE = "Europe/London"
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

_FIRST = (
    "Alder Amber Arrow Ash Aster Bay Beacon Birch Bramble Brook Cairn Cedar Clover Cobalt Copper "
    "Coral Crane Dale Dove Eagle Elm Ember Fern Flint Fox Garnet Glen Granite Harbor Hazel Heron "
    "Holly Iris Ivory Jade Juniper Kestrel Lark Laurel Linden Lotus Maple Marble Meadow Mill Moss "
    "North Oak Ochre Onyx Opal Otter Pebble Pine Quartz Raven Reed River Rowan Sable Sage Silver "
    "Slate Sorrel Spruce Stone Swift Tarn Teal Thistle Timber Vale Walnut Willow Wren"
).split()
_SECOND = (
    "bank bridge brook cliff combe croft dale fell field ford gate grove ham hurst ley mere mont "
    "moor pool port ridge shaw stead stow thorpe vale ward water well wick wood worth"
).split()
_TRADES = (
    "Analytics Bakeries Care Energy Engineering Foods Freight Gardens Homes Hotels Insurance "
    "Instruments Learning Logistics Media Optics Pharma Publishing Robotics Software Studios Systems "
    "Textiles Travel"
).split()
_GIVEN = (
    "Ada Ann Ben Carla Dan Elena Femi Grace Hugo Ines Jack Karen Liam Mei Nadia Omar Paula Quentin "
    "Rosa Samir Tara Uma Victor Wanda Yusuf Zoe"
).split()
_FAMILY = (
    "Abbott Baker Castillo Dunn Ellis Farrow Grant Holt Irving Jensen Keane Lowe Marsh Novak Okafor "
    "Price Quill Reyes Shaw Turner Underhill Vance Webb Young"
).split()
_ROLES = (
    "Backend Engineer|Data Analyst|Ward Nurse|Shop Manager|Product Designer|Account Manager|"
    "Quality Engineer|Office Manager|Civil Engineer|Marketing Manager|Payroll Specialist|"
    "Support Engineer|Chemistry Teacher|Warehouse Supervisor|Financial Analyst|Copy Editor|"
    "Systems Administrator|Research Scientist|Sales Executive|Project Manager"
).split("|")

_RECEIVED = (
    "Thank you for applying for the {role} position at {house}. We have received your application "
    "and will review it over the next weeks.",
    "We are writing to confirm that your application for the role of {role} has reached us. Our "
    "team reads every application, and you will hear from us once that is done.",
    "Many thanks for your interest in {house}. Your application for {role} was received today and "
    "has been passed on to the team that is hiring.",
    "Your application as {role} is with us. If your experience fits what we need, somebody will "
    "contact you about the next steps.",
)
_INVITED = (
    "thank you for your application. We would like to invite you to an interview for the {role} "
    "position on {day} at {clock}. You will meet {guest}, who leads the team. The talk takes "
    "about an hour.",
    "good news: we were impressed by your application as {role} and your interview is confirmed "
    "for {day} at {clock}. {guest} and I will speak with you by video.",
    "following our call I am pleased to confirm your interview for the {role} role at {house}. It "
    "will take place on {day} at {clock} in our offices; please ask for {guest} at the front desk.",
)
_MOVED = (
    "I am sorry, but {guest} has been called away and we need to move your interview for {role}. "
    "The new time is {day} at {clock}.",
    "your interview with {guest} has been rescheduled to {day} at {clock}. I apologise for the "
    "change, and hope that it suits you.",
)
_DECIDING = (
    "thank you for coming in to talk with us about the {role} position. We are still seeing other "
    "candidates and will make a decision by {day}.",
    "it was a pleasure to meet you. The team needs a little more time; you will hear from us by "
    "{day} about the {role} role.",
)
_REFUSED = (
    "Thank you for the time that you took to apply for the {role} position at {house}. "
    "Unfortunately, we have decided not to move forward with your application.",
    "We appreciate your interest in {house}. After careful consideration we will not be proceeding "
    "with your application for {role}. We wish you every success in your search.",
    "We regret to tell you that you have not been selected for the {role} role. The choice was "
    "hard, as many strong people applied.",
)
_OFFERED = (
    "we are delighted to offer you the position of {role} at {house}. The contract is on its way "
    "to you; please let us know whether you accept.",
    "I am very happy to extend an offer of employment to you as {role}. Salary and starting date "
    "are set out in the letter that follows.",
)
_ACCEPTING = (
    "thank you very much for the invitation. The time suits me well, and I look forward to "
    "speaking with you.",
    "many thanks; I am glad to confirm the appointment and will be there.",
)
_THANKING = (
    "thank you very much for the interview today. I enjoyed hearing about the team at {house}, and "
    "the work as {role} appeals to me even more now.",
    "thank you for your time this afternoon. Our talk about the {role} position was a pleasure.",
)
_NOISE = (
    ("Your loan is due", "A book that you took home is due back on Friday."),
    (
        "Water will be off on Tuesday",
        "The water in your street is turned off between nine and noon.",
    ),
    (
        "Your order has left our warehouse",
        "Two items are on their way and arrive within three days.",
    ),
    ("Choir practice", "We meet at half past seven as usual; bring the green book."),
)
_CLOSINGS = ("Best wishes", "Kind regards", "With best regards", "Many thanks")


def mails_of(seed: int, applications: int, years: float) -> Iterator[bytes]:
    """Every mail of so many applications, sent over so many years; in no order of time.

    Each is to a house of its own, and has at least one mail: so many applications come of it.
    """
    dice = random.Random(seed)  # noqa: S311 - no secret
    span = timedelta(days=365 * years)
    houses: set[str] = set()
    for number in range(applications):
        began = START + span * (number / max(applications, 1)) + timedelta(hours=dice.random() * 9)
        yield from _Course(dice, number, began, houses).mails()
        if not number % 8:
            yield _noise(dice, number, began)


@dataclass(slots=True)
class _Course:
    """One application, from the first mail to the last."""

    dice: random.Random
    number: int
    at: datetime
    houses: set[str]  # whom somebody has written to already

    house: str = ""
    domain: str = ""
    role: str = ""
    host: str = ""
    guest: str = ""
    last_id: str = ""
    written: int = 0

    def mails(self) -> Iterator[bytes]:
        dice = self.dice
        self.house = self._new_house()
        self.domain = f"{self.house.lower().replace(' ', '-')}.example"
        self.role = dice.choice(_ROLES)
        self.host, self.guest = (
            f"{given} {dice.choice(_FAMILY)}" for given in dice.sample(_GIVEN, 2)
        )
        if dice.random() < 0.8:
            yield self._by_machine(_RECEIVED, f"Your application as {self.role}")
        if dice.random() < 0.35:
            yield from self._talks()
        elif dice.random() < 0.4 or not self.written:
            self._wait(5, 30)
            yield self._by_machine(_REFUSED, f"Your application to {self.house}")

    def _new_house(self) -> str:
        while True:
            name = self.dice.choice(_FIRST) + self.dice.choice(_SECOND)
            house = f"{name} {self.dice.choice(_TRADES)}"
            if house not in self.houses:
                self.houses.add(house)
                return house

    def _talks(self) -> Iterator[bytes]:
        dice = self.dice
        self._wait(2, 14)
        start = self._slot()
        with_part = dice.random() < 0.5
        yield self._invitation(_INVITED, start, 0, with_part)
        if dice.random() < 0.4:
            self._wait(0, 0)
            yield self._from_user(_ACCEPTING)
        if dice.random() < 0.15:
            self._wait(0, 0)
            start += timedelta(days=7)
            yield self._invitation(_MOVED, start, 1, with_part)
        self.at = start + timedelta(hours=2)
        if dice.random() < 0.25:
            yield self._from_user(_THANKING)
        if dice.random() < 0.3:
            self._wait(1, 3)
            yield self._letter(_DECIDING, self.at + timedelta(days=dice.randint(5, 15)))
        self._wait(4, 20)
        match dice.choices(["silence", "no", "offer"], [5, 4, 1])[0]:
            case "no":
                yield self._letter(_REFUSED, self.at)
            case "offer":
                yield self._letter(_OFFERED, self.at)
            case _:
                pass

    def _wait(self, least: int, most: int) -> None:
        self.at += timedelta(
            days=self.dice.randint(least, most), minutes=self.dice.randint(20, 200)
        )

    def _slot(self) -> datetime:
        """A working day some days from now, by day."""
        day = self.at.date() + timedelta(days=self.dice.randint(3, 9))
        day += timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())
        clock = time(self.dice.randint(9, 16), self.dice.choice((0, 30)))
        return datetime.combine(day, clock, ZoneInfo(ZONE)).astimezone(UTC)

    # -- mails -----------------------------------------------------------------------

    def _said(self, stock: tuple[str, ...], day: datetime) -> str:
        local = day.astimezone(ZoneInfo(ZONE))
        return self.dice.choice(stock).format(
            role=self.role,
            house=self.house,
            guest=self.guest,
            day=f"{local:%A}, {local.day} {local:%B %Y}",
            clock=f"{local:%H:%M}",
        )

    def _address(self, person: str) -> str:
        return f"{person.replace(' ', '.').lower()}@{self.domain}"

    def _by_machine(self, stock: tuple[str, ...], subject: str) -> bytes:
        text = f"Dear Robin,\n\n{self._said(stock, self.at)}\n\nThe {self.house} hiring team\n"
        return self._mail((self.house, f"no-reply@{self.domain}"), USER, subject, text)

    def _letter(self, stock: tuple[str, ...], day: datetime) -> bytes:
        subject = f"Re: {self.role} at {self.house}"
        return self._from_host(subject, self._said(stock, day))

    def _invitation(
        self, stock: tuple[str, ...], start: datetime, sequence: int, with_part: bool
    ) -> bytes:
        subject = f"Interview for {self.role} at {self.house}"
        part = self._calendar(start, sequence) if with_part else ""
        return self._from_host(subject, self._said(stock, start), part)

    def _calendar(self, start: datetime, sequence: int) -> str:
        return INVITATION.format(
            tag=self.number,
            domain=self.domain,
            sequence=sequence,
            stamp=self.at,
            start=start,
            end=start + timedelta(hours=1),
            role=self.role,
            house=self.house,
            host=self.host,
            host_at=self._address(self.host),
            guest=self.guest,
            guest_at=self._address(self.guest),
            me=USER[0],
            me_at=USER[1],
        )

    def _from_host(self, subject: str, said: str, part: str = "") -> bytes:
        text = (
            f"Dear Robin,\n\n{said}\n\n{self.dice.choice(_CLOSINGS)}\n{self.host}\n{self.house}\n"
        )
        return self._mail((self.host, self._address(self.host)), USER, subject, text, part)

    def _from_user(self, stock: tuple[str, ...]) -> bytes:
        said = self._said(stock, self.at)
        text = f"Dear {self.host},\n\n{said}\n\n{self.dice.choice(_CLOSINGS)}\nRobin Vale\n"
        to = (self.host, self._address(self.host))
        return self._mail(USER, to, f"Re: {self.role} at {self.house}", text)

    def _mail(
        self,
        sender: tuple[str, str],
        to: tuple[str, str],
        subject: str,
        text: str,
        part: str = "",
    ) -> bytes:
        self.written += 1
        message_id = f"<{self.number}.{self.written}@{sender[1].partition('@')[2]}>"
        answered, self.last_id = self.last_id, message_id
        return _message(self.at, sender, to, subject, text, message_id, answered, part)


def _noise(dice: random.Random, number: int, at: datetime) -> bytes:
    subject, text = dice.choice(_NOISE)
    sender = ("Corner Library", "desk@library.example")
    return _message(at, sender, USER, subject, f"{text}\n", f"<n{number}@library.example>")


def _message(
    at: datetime,
    sender: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    text: str,
    message_id: str,
    answered: str = "",
    part: str = "",
) -> bytes:
    """A mail as bytes, `part` being its invitation; written straight, as thousands are made."""
    header = [
        f"From: {sender[0]} <{sender[1]}>",
        f"To: {to[0]} <{to[1]}>",
        f"Date: {format_datetime(at)}",
        f"Subject: {subject}",
        f"Message-ID: {message_id}",
        *([f"In-Reply-To: {answered}", f"References: {answered}"] if answered else ()),
        "MIME-Version: 1.0",
    ]
    plain = f'Content-Type: text/plain; charset="utf-8"\n\n{text}'
    if not part:
        return "\n".join((*header, plain)).encode("ascii")
    header.append('Content-Type: multipart/alternative; boundary="=_parts"')
    kind = 'Content-Type: text/calendar; charset="utf-8"; method="REQUEST"'
    return "\n".join(
        (*header, "", "--=_parts", plain, "--=_parts", f"{kind}\n\n{part}", "--=_parts--", "")
    ).encode("ascii")
