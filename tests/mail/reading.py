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
