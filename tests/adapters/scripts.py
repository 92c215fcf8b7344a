"""A signed-in mailbox on a scripted server, for the tests of what servers get wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from agent.adapters.imap import ImapMailbox, ImapSettings, Timeouts
from tests.servers.scripted import ScriptedServer, scripted

QUICK = Timeouts(connect=3, read=1, reidle=300, poll=0.1, goodbye=0.2)


def settings_for(server: ScriptedServer, **changes: Any) -> ImapSettings:
    """An account on that server, in plain text, with short time limits."""
    settings = ImapSettings(
        "test", server.host, "alice", port=server.port, security="none", timeouts=QUICK
    )
    return replace(settings, **changes)


@asynccontextmanager
async def mailbox_on(
    answers: dict[str, Any] | None = None, **changes: Any
) -> AsyncIterator[tuple[ImapMailbox, ScriptedServer]]:
    """A scripted server, and a mailbox that is connected to it."""
    with scripted(answers) as server:
        mailbox = ImapMailbox(settings_for(server, **changes), lambda: "secret")
        await mailbox.connect()
        try:
            yield mailbox, server
        finally:
            await mailbox.close()
