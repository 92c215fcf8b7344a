"""Fixtures for signing in by OAuth: a server that grants, and a Dovecot that asks it."""

from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.oauth import OAuthServer, running_oauth


@pytest.fixture
def oauth() -> Iterator[OAuthServer]:
    """A fresh OAuth server."""
    with running_oauth() as server:
        yield server


@pytest.fixture(scope="module")
def granting() -> Iterator[OAuthServer]:
    """The OAuth server that the Dovecots of a module ask about tokens."""
    with running_oauth() as server:
        yield server


@pytest.fixture(scope="module", params=["oauthbearer", "xoauth2"])
def bearing(  # type: ignore[no-untyped-def]
    request: pytest.FixtureRequest, need, granting: OAuthServer
) -> Iterator[Dovecot]:
    """A Dovecot that takes tokens by one mechanism, which is the parameter."""
    program = need("dovecot", package="dovecot-imapd")
    address = granting.url("introspect")
    with running_dovecot(program, introspection=address, bearer=request.param) as server:
        yield server
