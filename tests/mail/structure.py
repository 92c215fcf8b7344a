"""Small builders for tests that read the structure of mail."""

from datetime import UTC, datetime
from pathlib import Path

from agent.mail.message import CalendarPart, Identity, ParsedMail
from agent.mail.parse import parse

SAMPLES = Path(__file__).parent / "samples"
SAM = Identity("Sam Beck", ("sam@beck.example",), "Europe/Berlin", "DE")
SAM_AT_HOST = Identity(
    "Sam Beck", ("sam@beck.example",), "Europe/Berlin", "DE", ("mx.beck.example",)
)


def sample(name: str) -> ParsedMail:
    """A sample mail, parsed."""
    return parse((SAMPLES / name).read_bytes())


def mail(fields: str = "", body: str = "Hello.") -> ParsedMail:
    """A mail of a few fields over a usual header; a field given here comes first and wins."""
    usual = "From: Jane Roe <jane@acme.example>\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n"
    return parse(f"{fields}{usual}\n{body}".encode())


def invitation(event: str, calendar: str = "METHOD:REQUEST\n") -> list[CalendarPart]:
    """A calendar part of one event with the given lines."""
    text = (
        f"BEGIN:VCALENDAR\n{calendar}BEGIN:VEVENT\nUID:talk-1@acme.example\n"
        f"DTSTAMP:20260501T100000Z\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return [CalendarPart(text)]


def utc(*when: int) -> datetime:
    """An instant, in UTC."""
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc,arg-type]
