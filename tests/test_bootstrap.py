"""Everything put together: what a program that starts again still knows."""

from datetime import timedelta
from pathlib import Path

from agent import bootstrap, config
from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.service import sweep
from tests.mails import invitation
from tests.making import at

START = at("2026-03-02T12:00")
CONFIG = """
[identity]
name = "Me Myself"
addresses = ["me@home.example"]
timezone = "America/New_York"
country = "US"
"""


async def test_employers_are_known_after_a_restart(tmp_path: Path) -> None:
    """Else a look-alike of one would be believed from the next start on."""
    file = tmp_path / "config.toml"
    file.write_text(CONFIG, encoding="utf-8")
    loaded, store, clock = config.load(file), SqliteStore(None), SimulatedClock(START)
    mailbox = MemoryMailbox(clock=clock)
    mailbox.deliver(invitation(START + timedelta(days=2)), START)
    first = bootstrap.context(loaded, store=store, mailboxes={"home": mailbox}, clock=clock)
    assert not first.known_domains
    first.folders["home"] = await mailbox.connect()
    await sweep.sweep(first, "home")
    assert set(first.known_domains) == {"acme.example"}
    again = bootstrap.context(loaded, store=store, mailboxes={"home": mailbox}, clock=clock)
    assert set(again.known_domains) == {"acme.example"}
    store.close()
