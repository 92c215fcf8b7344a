"""Mails that several tests deliver."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

_CALENDAR = """\
BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}
DTSTART:{start:%Y%m%dT%H%M%SZ}
DTEND:{end:%Y%m%dT%H%M%SZ}
SUMMARY:Interview: Backend Engineer at Acme
ORGANIZER;CN=Ann Lee:mailto:ann@acme.example
ATTENDEE;CN=Raj Patel;PARTSTAT=ACCEPTED:mailto:raj@acme.example
ATTENDEE;CN=Me Myself;PARTSTAT=NEEDS-ACTION:mailto:me@home.example
END:VEVENT
END:VCALENDAR
"""


def invitation(
    start: datetime,
    *,
    to: str = "me@home.example",
    written: datetime | None = None,
    uid: str = "talk-1@acme.example",
    sequence: int = 0,
    minutes: int = 60,
) -> bytes:
    """An interview at Acme with Raj Patel, arranged by Ann Lee: prose and a calendar part."""
    written = written or start - timedelta(days=2)
    mail = EmailMessage()
    mail["From"] = "Ann Lee <ann@acme.example>"
    mail["To"] = f"Me Myself <{to}>"
    mail["Date"] = format_datetime(written)
    mail["Subject"] = "Your interview for Backend Engineer at Acme"
    mail["Message-ID"] = f"<{uid}.{sequence}>"
    mail.set_content(
        "Hello,\n\nyour interview for the Backend Engineer role at Acme is confirmed; the "
        "invitation is attached. You will talk with Raj Patel.\n\nBest wishes\nAnn Lee\n"
    )
    text = _CALENDAR.format(
        uid=uid,
        sequence=sequence,
        stamp=written,
        start=start,
        end=start + timedelta(minutes=minutes),
    ).replace("\n", "\r\n")
    mail.add_alternative(text, subtype="calendar", params={"method": "REQUEST"})
    return mail.as_bytes()
