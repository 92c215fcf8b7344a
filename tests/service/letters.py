"""Short histories written as letters, run through `replay`; what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent import bootstrap, config

ZONE = ZoneInfo("Europe/London")
RUTH = "Ruth Okafor <ruth@harbourfoods.example>"
ME = "Alex Moreno <alex@moreno.example>"
_CONFIG = """
[identity]
name = "Alex Moreno"
addresses = ["alex@moreno.example"]
timezone = "{}"
country = "{}"
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of a history; from Ruth at Harbour Foods to Alex unless told otherwise."""

    at: str  # London's time
    subject: str
    text: str
    from_: str = RUTH
    to: str = ME
    id: str = ""
    answers: str = ""

    def data(self, number: int) -> bytes:
        """Its bytes; `number` makes its Message-ID where it has none."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.from_, self.to, self.subject
        mail["Date"] = datetime.fromisoformat(self.at).replace(tzinfo=ZONE)
        mail["Message-ID"] = f"<{self.id or f'letter{number}@mail.example'}>"
        if self.answers:
            mail["In-Reply-To"] = mail["References"] = f"<{self.answers}>"
        mail.set_content(self.text)
        return mail.as_bytes()


@dataclass(frozen=True, slots=True)
class Note:
    """A draft that was left: when (London's time), for what, to whom, what it says."""

    at: str
    job: str
    to: str
    subject: str
    body: str
    send_by: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """What it says between greeting and sign-off."""
        return self.body.strip().split("\n\n")[1:-1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a replay told: its drafts, and every line."""

    notes: list[Note]
    lines: list[dict[str, Any]]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The lines of a type."""
        return [line for line in self.lines if line["type"] == kind]


async def replayed(
    tmp_path: Path,
    *letters: Letter | bytes,
    until: str,
    sends: int | None = None,
    more: str = "",
    zone: str = "Europe/London",
    country: str = "GB",
) -> Told:
    """Run a history to `until` (London's time); `sends` in minutes, `more` of the configuration."""
    file = tmp_path / "config.toml"
    file.write_text(_CONFIG.format(zone, country) + more, encoding="utf-8")
    rehearsal = bootstrap.rehearsal(config.load(file))
    rehearsal.sends = timedelta(minutes=sends) if sends else None
    mails = [each if isinstance(each, bytes) else each.data(n) for n, each in enumerate(letters)]
    end = datetime.fromisoformat(until).replace(tzinfo=ZONE)
    await rehearsal.run([(str(n), data) for n, data in enumerate(mails)], end)
    report = list(rehearsal.report())
    notes = [_note(line.at, line.fields, line.data) for line in report if line.data]
    return Told(notes, [line.fields for line in report])


def _note(at: datetime, fields: dict[str, Any], data: bytes) -> Note:
    mail = message_from_bytes(data, policy=policy.default)
    body = mail.get_body(("plain",))
    text = body.get_content().replace("\r\n", "\n") if body else ""
    when = at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    to = mail["To"].addresses[0].addr_spec
    return Note(when, fields["followup"], to, mail["Subject"], text, mail["X-Send-By"] or "")
