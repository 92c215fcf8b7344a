"""Fixtures for signing in by OAuth: a server that grants, and a Dovecot that asks it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.dovecot import Dovecot, running_dovecot
from tests.servers.oauth import OAuthServer, running_oauth

_BEARER = """
auth_mechanisms = $auth_mechanisms {mechanism}
passdb {{
  driver = oauth2
  mechanisms = {mechanism}
  args = {file}
}}
"""

# The server is asked about each token that is shown (RFC 7662).
_INTROSPECTION = """\
introspection_mode = post
introspection_url = {address}
username_attribute = username
active_attribute = active
active_value = true
"""


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
    with tempfile.TemporaryDirectory(prefix="introspection-") as folder:
        file = Path(folder, "oauth2.conf")
        file.write_text(_INTROSPECTION.format(address=granting.url("introspect")))
        # Dovecot runs as somebody else.
        file.parent.chmod(0o755)
        more = _BEARER.format(mechanism=request.param, file=file)
        with running_dovecot(program, more) as server:
            yield server
