"""A random hunt: which mails come when, and what the user does with each draft.

Everything follows from a seed, so that the same hunt can be lived through twice: once in peace
and once under fire.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from bench.invitation import INVITATION

USER = "me@home.example"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LENGTH = timedelta(days=40)

_HOUSES = "Alder Birch Cedar Dogwood Elmfield Firth Gorse Hazelby Ivyport Juniper".split()
_PEOPLE = ["Ann Lee", "Raj Patel", "Mia Wong", "Tom Hale", "Ida Boss", "Lou Reyes"]
_ROLES = ["Backend Engineer", "Ward Nurse", "Data Analyst", "Shop Manager"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail that arrives in a folder."""

    at: datetime
    folder: str
    data: bytes
    message_id: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What the user does with a draft, and how long after it was written; "leave" for nothing."""

    deed: str
    after: timedelta


def fate_of(seed: int, key: str, revision: int) -> Fate:
    """The same for the same draft, whatever happened on the way to it."""
    dice = random.Random(f"{seed}:{key}:{revision}")  # noqa: S311 - no secret
    deed = dice.choices(
        ["leave", "send", "edit", "retouch", "delete", "edit_send"], [4, 4, 3, 2, 1, 1]
    )[0]
    return Fate(deed, timedelta(minutes=dice.choice([3, 20, 90, 60 * 20])))


def mails_of(seed: int, houses: int = 4) -> list[Delivery]:
    """The mails of one hunt, by their time."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    mails: list[Delivery] = []
    for number, house in enumerate(dice.sample(_HOUSES, houses)):
        mails += _Talks(dice, house, f"{seed}-{number}").mails()
    mails += [_noise(dice, seed, number) for number in range(dice.randint(2, 5))]
    return sorted(mails, key=lambda mail: mail.at)


class _Talks:
    """What one employer writes."""

    def __init__(self, dice: random.Random, house: str, tag: str) -> None:
        self.dice, self.house, self.tag = dice, house, tag
        self.domain = f"{house.lower()}.example"
        self.host, self.guest = dice.sample(_PEOPLE, 2)
        self.role = dice.choice(_ROLES)
        self.subject = f"Your interview for {self.role} at {house}"

    def mails(self) -> list[Delivery]:
        dice = self.dice
        at = START + timedelta(days=dice.randint(0, 12), minutes=dice.randint(0, 600))
        day = at + timedelta(days=dice.randint(1, 4))
        start = day.replace(hour=dice.randint(9, 17), minute=0, second=0, microsecond=0)
        mails = [self._invitation(at, start, 0)]
        match dice.choice(["plain", "plain", "moved", "moved_late", "no", "no_later", "by_hand"]):
            case "moved":
                mails.append(
                    self._invitation(at + timedelta(hours=3), start + timedelta(days=2), 1)
                )
            case "moved_late":
                # It did not take place, though its thank-you lies ready: that is taken back.
                late = start + timedelta(hours=1, minutes=40)
                mails.append(self._invitation(late, start + timedelta(days=3), 1))
            case "no":
                mails.append(self._refusal(start + timedelta(hours=1, minutes=50)))
            case "no_later":
                mails.append(self._refusal(start + timedelta(days=dice.randint(2, 15))))
            case "by_hand":
                mails.append(self._own_thanks(start + timedelta(hours=2)))
            case _:
                pass
        return mails

    def _address(self, person: str) -> str:
        return f"{person.split()[0].lower()}@{self.domain}"

    def _invitation(self, at: datetime, start: datetime, sequence: int) -> Delivery:
        text = (
            f"Hello,\n\nyour interview for the {self.role} role at {self.house} is confirmed; the "
            f"invitation is attached. You will talk with {self.guest}.\n\nBest wishes\n{self.host}\n"
        )
        mail = self._mail(at, f"invitation-{sequence}", text)
        calendar = INVITATION.format(
            me="Me Myself",
            me_at="me@home.example",
            tag=self.tag,
            domain=self.domain,
            sequence=sequence,
            stamp=at,
            start=start,
            end=start + timedelta(hours=1),
            role=self.role,
            house=self.house,
            host=self.host,
            host_at=self._address(self.host),
            guest=self.guest,
            guest_at=self._address(self.guest),
        ).replace("\n", "\r\n")
        mail.add_alternative(calendar, subtype="calendar", params={"method": "REQUEST"})
        return _delivery(at, "INBOX", mail)

    def _refusal(self, at: datetime) -> Delivery:
        text = (
            f"Hello,\n\nthank you for your time. We have decided not to move forward with your "
            f"application for the {self.role} role at {self.house}. We wish you all the best.\n\n"
            f"Best wishes\n{self.host}\n"
        )
        return _delivery(at, "INBOX", self._mail(at, "no", text))

    def _own_thanks(self, at: datetime) -> Delivery:
        mail = EmailMessage()
        mail["From"] = f"Me Myself <{USER}>"
        mail["To"] = f"{self.guest} <{self._address(self.guest)}>"
        mail["Date"] = format_datetime(at)
        mail["Subject"] = "Thank you"
        mail["Message-ID"] = f"<own-{self.tag}@home.example>"
        mail.set_content(
            f"Hello,\n\nthank you very much for the interview today. I enjoyed our talk about "
            f"{self.house}.\n\nMe Myself\n"
        )
        return _delivery(at, "Sent", mail)

    def _mail(self, at: datetime, what: str, text: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = f"{self.host} <{self._address(self.host)}>"
        mail["To"] = f"Me Myself <{USER}>"
        mail["Date"] = format_datetime(at)
        mail["Subject"] = self.subject
        mail["Message-ID"] = f"<{what}-{self.tag}@{self.domain}>"
        mail.set_content(text)
        return mail


def _noise(dice: random.Random, seed: int, number: int) -> Delivery:
    at = START + timedelta(days=dice.randint(0, 20), minutes=dice.randint(0, 1400))
    mail = EmailMessage()
    mail["From"] = "Corner Library <desk@library.example>"
    mail["To"] = USER
    mail["Date"] = format_datetime(at)
    mail["Subject"] = f"Your loan {number} is due"
    mail["Message-ID"] = f"<loan-{seed}-{number}@library.example>"
    mail.set_content("A book that you took home is due on Friday.\n" + "x" * dice.randint(0, 9000))
    return _delivery(at, "INBOX", mail)


def _delivery(at: datetime, folder: str, mail: EmailMessage) -> Delivery:
    data = mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return Delivery(at, folder, data, str(mail["Message-ID"]).strip("<>"))
