"""Memos and the user's word beside a running daemon, against a real Dovecot over TLS."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mails import invitation
from tests.servers.fixtures import dovecot
from tests.test_run import Home, ended, eventually, home

__all__ = ["dovecot", "home"]


def reply(memo: EmailMessage, text: str, *files: tuple[str, bytes]) -> bytes:
    """The user's answer from another client: to themself, the memo quoted below."""
    mail = EmailMessage()
    mail["From"] = mail["To"] = "Me Myself <me@home.example>"
    mail["Subject"] = f"Re: {memo['Subject']}"
    mail["Date"] = datetime.now(UTC)
    mail["Message-ID"] = "<reply@home.example>"
    mail["In-Reply-To"] = mail["References"] = str(memo["Message-ID"])
    quoted = "".join(f"> {line}\n" for line in memo.get_content().splitlines())
    mail.set_content(f"{text}\n\nOn a day, Followthrough <me@home.example> wrote:\n{quoted}")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def memos(home: Home, words: str) -> list[EmailMessage]:
    return [mail for mail in home.mails("INBOX") if words in mail["Subject"]]


def written(home: Home, words: str) -> list[EmailMessage]:
    """The drafts that say this."""
    return [d for d in home.drafts() if words in d.get_body().get_content()]


def test_a_debrief_is_answered_by_reply_and_the_draft_says_it(home: Home) -> None:
    """Unread in the inbox, once; the reply lies in INBOX and Sent; a file goes with the draft."""
    with home.daemon():
        home.outsider.deliver(ended(20), datetime.now(UTC))
        (memo,) = eventually(lambda: memos(home, "how did it go?"), "a debrief")
        (draft,) = eventually(home.drafts, "a draft")
        answer = reply(
            memo,
            "1. Raj\n2. Raj: quieter nights\n3. start with the runbooks\n4. by Friday next week\n"
            "5. the roadmap",
            ("Roadmap.pdf", b"%PDF-1.7 \x00\xff"),
        )
        home.outsider.deliver(answer, datetime.now(UTC))
        home.outsider.deliver(answer, datetime.now(UTC), folder="Sent", flags=(r"\Seen",))
        (again,) = eventually(lambda: written(home, "quieter nights"), "the draft with it")
        assert len(home.drafts()) == 1
    assert again["Message-ID"] != draft["Message-ID"]
    assert "start with the runbooks" in again.get_body().get_content()
    (file,) = again.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Roadmap.pdf", b"%PDF-1.7 \x00\xff")
    assert home.run("run", "--once").returncode == 0
    assert (len(memos(home, "how did it go?")), len(home.drafts())) == (2, 1), "memo and reply"
    shown = home.run("show", "1").stdout
    assert "they said on" in shown, "the date that they named"


def test_a_prep_note_for_a_talk_that_is_near(home: Home) -> None:
    """Its evening before is over, so it comes at once; after a move there is a new one."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    start = now + timedelta(hours=3)
    home.outsider.deliver(invitation(start, written=now - timedelta(days=1)), now)
    assert home.run("run", "--once").returncode == 0
    (memo,) = memos(home, "interview with Acme")
    assert memo["Subject"] == f"{start:%A %H:%M}, interview with Acme"
    assert memo["To"] == "Me Myself <me@home.example>"
    assert f"{start:%H:%M}" in memo.get_content()
    assert "- Raj Patel" in memo.get_content()
    assert home.run("run", "--once").returncode == 0
    assert len(memos(home, "interview with Acme")) == 1
    later = start + timedelta(hours=1)
    if later.date() != start.date():
        later = start - timedelta(hours=1)  # "New time" is of the same day, whenever the test runs
    home.outsider.deliver(invitation(later, written=now, sequence=1), now)
    assert home.run("run", "--once").returncode == 0
    assert len(memos(home, "New time: ")) == 1
    assert home.drafts() == []


def test_the_users_word_at_the_terminal_reaches_a_running_daemon(
    home: Home, tmp_path: Path
) -> None:
    """The store is shared; the daemon looks within its next tick."""
    file = tmp_path / "cv.pdf"
    file.write_bytes(b"%PDF")
    with home.daemon():
        home.outsider.deliver(ended(20), datetime.now(UTC))
        eventually(home.drafts, "a draft")
        done = home.run("note", "1", "Raj cares about quiet nights.")
        assert done.returncode == 0, done.stderr
        assert home.run("attach", "1", str(file)).returncode == 0
        assert home.run("set", "1", "role=Lead Welder").returncode == 0
        eventually(lambda: written(home, "quiet nights"), "the draft with the note")
        eventually(lambda: any(list(d.iter_attachments()) for d in home.drafts()), "the file on it")
        assert len(home.drafts()) == 1


@pytest.mark.parametrize("table", ["debrief = false\nprep = false"])
def test_memos_can_be_switched_off(home: Home, table: str) -> None:
    """Then the inbox stays as it was."""
    home.config.write_text(home.config.read_text() + f"\n[memos]\n{table}\n")
    home.outsider.deliver(ended(20), datetime.now(UTC))
    before = home.outsider.snapshot(("INBOX",))
    assert home.run("run", "--once").returncode == 0
    assert home.outsider.snapshot(("INBOX",)) == before
