"""The whole program as a process, on three real servers: from an invitation to a note that is sent.

Cyrus and Courier run where the mailbox contract can have them (see tests/servers/rooted.py), and
the reason is said where they cannot.
"""

import contextlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agent.adapters.sqlite import SqliteStore
from agent.domain.followup import FollowUpStatus
from tests.configuration import one_account
from tests.mails import invitation
from tests.servers.outsider import Outsider
from tests.test_run import Home, ended, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.dovecot import Dovecot
    from tests.servers.rooted import Rooted

S = FollowUpStatus
SEEN = (r"\Seen",)


@dataclass
class Place(Home):
    """A user of one of the servers, by whose names of folders the world goes."""

    named: Callable[[str], str] = str

    def mails(self, folder: str) -> list:  # type: ignore[type-arg]
        return super().mails(self.named(folder))

    def contents(self) -> dict[str, object]:
        """What lies where, with flags and hashes."""
        names = {folder: self.named(folder) for folder in ("INBOX", "Drafts", "Sent")}
        found = self.outsider.snapshot(list(names.values()))
        return {folder: found[name] for folder, name in names.items()}

    def send_the_draft(self) -> None:
        """As a mail program does: the copy comes to lie in Sent, then the draft goes."""
        drafts = self.named("Drafts")
        with self.outsider.client() as client:
            client.select(drafts, readonly=True)
            data = client.fetch("1", "(BODY.PEEK[])")[1][0][1]
        (uid,) = self.contents()["Drafts"]  # type: ignore[misc]
        self.outsider.deliver(data, datetime.now(UTC), folder=self.named("Sent"), flags=SEEN)
        self.outsider.remove(uid, folder=drafts)

    def stand(self, *statuses: FollowUpStatus) -> list[str]:
        """The steps that stand so, as the program's own state says."""
        with self.kept() as store:
            return [f.step for f in store.followups_in(*statuses)]

    @contextmanager
    def kept(self) -> "Iterator[SqliteStore]":
        store = SqliteStore(self.folder / "state" / "followthrough.db")
        try:
            yield store
        finally:
            store.close()


@pytest.fixture(params=["dovecot", "cyrus", "courier"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    server: Dovecot | Rooted = request.getfixturevalue(request.param)
    user, password = server.new_user()
    below = (
        (lambda name: name if name == "INBOX" else f"INBOX.{name}")
        if (request.param == "courier")
        else str
    )
    made = Place(Outsider(server.host, server.port, user, password), tmp_path, below)
    made.config.write_text(
        one_account(
            server.host,
            server.port,
            user,
            security="none",
            password_command=f"echo {password}",
        )
    )
    return made


def another(tag: str) -> bytes:
    """An invitation to a talk to come: news that wakes the daemon."""
    return invitation(datetime.now(UTC).replace(microsecond=0) + timedelta(days=2), uid=tag)


def test_from_an_invitation_to_a_note_that_is_sent(place: Place) -> None:
    """One draft, still one after a kill and a restart, and credited when the user sends it."""
    place.outsider.deliver(ended(20), datetime.now(UTC))
    before = place.contents()
    with contextlib.suppress(AssertionError), place.daemon() as process:
        eventually(place.drafts, "a draft")
        process.kill()  # it does not end as it should, then
    assert len(place.drafts()) == 1
    with place.daemon():
        place.outsider.deliver(another("second"), datetime.now(UTC))
        eventually(lambda: "second.0" in place.log(), "the second invitation")
        eventually(lambda: place.stand(S.DRAFTED) == ["thank_you"], "the draft to be known")
        assert len(place.drafts()) == 1
        place.send_the_draft()
        place.outsider.deliver(another("third"), datetime.now(UTC))
        eventually(lambda: place.stand(S.SENT) == ["thank_you"], "the note to be credited")
    done = place.run("run", "--once")
    assert done.returncode == 0, done.stderr
    after = place.contents()
    assert (after["Drafts"], len(after["Sent"])) == ({}, 1)  # type: ignore[arg-type]
    assert set(before["INBOX"].items()) <= set(after["INBOX"].items())  # type: ignore[attr-defined]
    assert place.stand(S.DRAFTED, S.DRAFTING, S.THEIRS, S.DECLINED) == []


def test_a_no_takes_the_untouched_draft_back(place: Place) -> None:
    """By UID EXPUNGE of that one; a draft of the user's own stays as it is."""
    place.outsider.deliver(ended(20), datetime.now(UTC))
    done = place.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert len(place.drafts()) == 1
    place.outsider.deliver(
        b"Subject: mine\r\nFrom: me@home.example\r\n\r\nA draft of my own\r\n",
        folder=place.named("Drafts"),
        flags=(r"\Draft",),
    )
    now = datetime.now(UTC).replace(microsecond=0)
    moved = invitation(now + timedelta(days=3), written=now, sequence=1)
    place.outsider.deliver(moved, datetime.now(UTC))
    done = place.run("run", "--once")
    assert done.returncode == 0, done.stderr
    assert [draft["Subject"] for draft in place.drafts()] == ["mine"]
    assert place.stand(S.DRAFTED, S.DRAFTING) == []
