"""Mails for the tests of reading, built from a few words, and the user they are written to."""

from email.message import EmailMessage

from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.parse import parse
from agent.mail.read import read

USER = Identity("Alex Moreno", ("alex@moreno.example",), "Europe/London", "GB")
SENT = "Fri, 08 May 2026 09:00:00 +0100"


def message(
    text: str, *, subject: str = "", sender: str = "", date: str = SENT, **fields: str
) -> ParsedMail:
    """A plain mail to the user; `fields` are further header fields, "_" for "-"."""
    mail = EmailMessage()
    mail["From"] = sender or "Ruth Okafor <ruth@harbourfoods.example>"
    mail["To"] = "Alex Moreno <alex@moreno.example>"
    mail["Subject"] = subject
    mail["Date"] = date
    mail["Message-ID"] = "<1@mail.example>"
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return parse(mail.as_bytes())


def reading(text: str, **fields: str) -> Reading:
    """What is read from such a mail."""
    return read(message(text, **fields), USER)


def invitation_mail(title: str, *, rule: str = "") -> ParsedMail:
    """A mail that is nothing but an invitation of that title, its zone defined in it."""
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:19701025T020000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    event = (
        f"BEGIN:VEVENT\r\nUID:1@mail.example\r\nDTSTAMP:20260508T080000Z\r\nSUMMARY:{title}\r\n"
        "DTSTART;TZID=Here:20260512T100000\r\nORGANIZER:mailto:ruth@harbourfoods.example\r\n"
        "ATTENDEE:mailto:alex@moreno.example\r\n"
        + (f"RRULE:{rule}\r\n" if rule else "")
        + "END:VEVENT\r\n"
    )
    mail = EmailMessage()
    mail["From"] = "Ruth Okafor <ruth@harbourfoods.example>"
    mail["To"] = "Alex Moreno <alex@moreno.example>"
    mail["Subject"], mail["Date"] = title, SENT
    mail["Message-ID"] = "<2@mail.example>"
    mail.set_content(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n{zone}{event}END:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": "REQUEST"},
    )
    return parse(mail.as_bytes())
