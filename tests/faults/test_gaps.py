"""Failure modes whose test has no better place."""

import asyncio
import contextlib

import pytest

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.daemon import Daemon
from agent.errors import ConfigError, FollowthroughError, ServerUnavailable
from agent.mail.template import Variant, filled
from bench.fire.work import Way, context_for
from tests.faults.conftest import NOON
from tests.test_daemon import Manager, Notices


async def test_pauses_grow_and_stay_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 10: 2, 4, 8 … 80 seconds, a fifth more or less, for as long as the server is away."""
    clock = SimulatedClock(NOON)
    mailbox = MemoryMailbox(clock=clock)
    pauses: list[float] = []
    stop = asyncio.Event()

    async def away() -> None:
        raise ServerUnavailable("mail.home.example does not answer.")

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 10:
            stop.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(mailbox, "connect", away)
    store = SqliteStore(None)
    context = context_for(Way(1, "me", ""), store, mailbox, clock)
    await asyncio.wait_for(Daemon(context, Manager(), Notices(), sleep=sleep).run(stop), 10)
    store.close()
    for pause, length in zip(pauses, (2, 4, 8, 16, 32, 64, 80, 80, 80, 80), strict=True):
        assert 0.8 * length <= pause <= 1.2 * length
    assert len({pause / round(pause) for pause in pauses}) > 1


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ name.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% for x in range(1000000000) %}{{ x }}{% endfor %}",
    ],
)
def test_a_template_cannot_reach_python(text: str) -> None:
    """Row 42: what a template may not do ends as a word to the user, and shows nothing."""
    shown = ""
    with contextlib.suppress(FollowthroughError):
        shown = filled(Variant(text, 1, "en/own.txt"), {"name": "Ann"})
    assert "class" not in shown
    assert "uid=" not in shown
    assert len(shown) < 100


def test_text_of_a_mail_is_only_a_value() -> None:
    """Row 42: braces out of a mail stay braces."""
    hostile = "{{ 7 * 7 }} {% raw %} {{ ''.__class__ }}"
    assert filled(Variant("Dear {{ name }}", 1, "en/own.txt"), {"name": hostile}) == (
        f"Dear {hostile}"
    )


def test_a_template_of_the_users_own_that_fails_is_named() -> None:
    """Row 42: with its file and line."""
    with pytest.raises(ConfigError, match=r"en/own\.txt"):
        filled(Variant("{{ name / 2 }}", 3, "en/own.txt"), {"name": "Ann"})
