"""Fixtures for the real servers; import them into the conftest of the tests that need them."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from agent.adapters.demo_servers import pymap_server
from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.outsider import Outsider
from tests.servers.rooted import CannotRun, Rooted, running_in_a_root


@pytest.fixture(scope="session")
def dovecot(need) -> Iterator[Dovecot]:  # type: ignore[no-untyped-def]
    """One Dovecot for the whole run; ask it for a `new_user()`."""
    with running_dovecot(need("dovecot", package="dovecot-imapd")) as server:
        yield server


@pytest_asyncio.fixture
async def pymap() -> AsyncIterator[Outsider]:
    """A fresh pymap inside the process, with one user; the outsider knows the way."""
    async with pymap_server({"alice": "secret"}) as (host, port):
        yield Outsider(host, port, "alice", "secret")


@pytest.fixture(scope="session")
def cyrus(unavailable) -> Iterator[Rooted]:  # type: ignore[no-untyped-def]
    """One Cyrus for the whole run, in a root of its own."""
    yield from _in_a_root("cyrus", unavailable)


@pytest.fixture(scope="session")
def courier(unavailable) -> Iterator[Rooted]:  # type: ignore[no-untyped-def]
    """One Courier for the whole run, in a root of its own."""
    yield from _in_a_root("courier", unavailable)


def _in_a_root(kind: str, unavailable) -> Iterator[Rooted]:  # type: ignore[no-untyped-def]
    try:
        with running_in_a_root(kind) as server:
            yield server
    except CannotRun as error:
        unavailable(str(error))
