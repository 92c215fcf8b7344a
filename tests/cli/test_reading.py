"""`explain`, as a user calls it on files of mail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run

MAIL = """\
From: Ann Lee <ann@northwind.example>
To: ada@mail.example
Date: Mon, 2 Nov 2026 09:14:00 +0000
Message-ID: <1@northwind.example>
Subject: Interview for Backend Engineer
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hi Zoë,

your interview for the Backend Engineer role at Northwind is confirmed for
Tuesday, 10 November 2026 at 2 pm. We look forward to meeting you.

Ann Lee
"""


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """One mail in a file."""
    file = tmp_path / "invite.eml"
    file.write_text(MAIL, "utf-8")
    return file


def test_as_json(run: Run, mail: Path) -> None:
    """One object a mail, one a line, in ASCII, in the order of the arguments."""
    done = run("explain", "--json", mail, mail)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == second
    assert first["message_id"] == "1@northwind.example"
    assert first["kind"] == "interview_confirmed"


def test_as_a_card(run: Run, mail: Path) -> None:
    """For a person, a card that fits the terminal and needs no account."""
    done = run("explain", mail)
    assert done.returncode == 0, done.stderr
    assert "interview confirmed" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_from_standard_input(run: Run) -> None:
    """A mail can come through a pipe."""
    done = run("explain", "--json", "-", input=MAIL)
    assert json.loads(done.stdout)["source"] == "-"


def test_in_the_zone_of_the_user(run: Run, mail: Path, identity: Path) -> None:
    """With a configuration, times left without a zone are the user's."""
    done = run("explain", "--json", "--config", identity, mail)
    (interview,) = json.loads(done.stdout)["interviews"]
    assert interview["start"] == "2026-11-10T14:00:00+01:00"


def test_a_broken_configuration(run: Run, mail: Path) -> None:
    """A configuration that was named has to be good."""
    done = run("explain", "--json", "--config", "none.toml", mail)
    assert (done.returncode, done.stdout) == (78, "")


def test_an_unreadable_mail(run: Run, tmp_path: Path) -> None:
    """Bytes that are no mail give an object with the trouble named, and no traceback."""
    file = tmp_path / "junk.eml"
    file.write_bytes(bytes(range(160)) * 20)
    done = run("explain", "--json", file)
    assert json.loads(done.stdout)["problems"]
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away(mail: Path, tmp_path: Path) -> None:
    """`explain … | head` ends without a word."""
    mails = " ".join(["'" + str(mail) + "'"] * 60)
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m agent explain --json {mails} | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
